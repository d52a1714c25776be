/** What the package exports as `kms-console/cloud`: types alone, and nothing that a program of another project would have to resolve. */

export interface StartCloudOptions {
  /** A name of docs/testing.md; `default` if left out. Laid where nothing is stored. */
  readonly scenario?: string
  /** Draws the scenario's identifiers: the same seed gives the same world. 1 if left out. */
  readonly seed?: number
  /** Of requests that name none; `cn-hangzhou` if left out. */
  readonly region?: string
  /** A directory in which everything survives. In memory only if left out. */
  readonly dataDir?: string
  /** Where the cloud's clock is moved to, ms since the epoch: forward only. The computer's own if left out. */
  readonly clock?: number
  /** Of KMS, RAM, STS and ResourceSharing; 0, or left out: any that is free. */
  readonly port?: number
  /** Of the proxy; 0, or left out: any that is free. */
  readonly xkiPort?: number
  /** Address to listen at; `127.0.0.1` if left out. */
  readonly host?: string
  /** Strict compatibility: no extensions. */
  readonly strict?: boolean
  /** A build of the console, served where HTML is asked for; none if left out. */
  readonly consoleDir?: string
  /**
   * Real proxies that external instances may be connected to: host names, `name=address` where no DNS knows one, `*` for any. They are reached over
   * TLS, their certificate pinned by its fingerprint. None if left out.
   */
  readonly proxies?: readonly string[]
  /** How long KMS waits for an answer of the proxy, ms; 250 if left out. */
  readonly answerBudgetMs?: number
  /** Told of every request, without what it held. */
  readonly onRequest?: (line: RequestLine) => void
}

export interface RequestLine {
  /** RFC 3339, UTC. */
  readonly time: string
  readonly port: 'kms' | 'xki'
  readonly method: string
  readonly path: string
  /** Names of the query's parameters; values of those that name things. */
  readonly query: Readonly<Record<string, string | number | null>>
  readonly action: string | null
  /** 0: the connection was broken off. */
  readonly status: number
  readonly requestId: string | null
  readonly ms: number
  readonly from: string
}

export interface CloudIdentity {
  /** Account ID. */
  readonly account: string
  readonly name: string
  readonly type: 'account' | 'user' | 'role'
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/** A credential of the XKS proxy API, and keys that may do different things. */
export interface XksCredential {
  readonly uriPrefix: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly keys: {
    readonly full: string
    readonly encryptOnly: string
    readonly decryptOnly: string
    readonly useless: string
  }
}

export interface CloudFault {
  readonly id: string
  readonly hop: 'kms' | 'proxy' | 'keyManager'
  /** See docs/testing.md. */
  readonly kind: string
  /** Only requests of this action. */
  readonly action?: string
  /** For `latency`, milliseconds. */
  readonly ms?: number
  /** How many requests it still hits; left out: until cleared. */
  readonly times?: number
}

/** Time, faults and worlds. */
export interface CloudLab {
  readonly scenario: () => Promise<{ readonly name: string; readonly seed: number }>
  readonly scenarios: () => Promise<readonly string[]>
  /** Replaces the whole cloud. Rejects with RangeError for an unknown name. */
  readonly load: (choice: { readonly name: string; readonly seed: number }) => Promise<void>
  /** The scenario that runs, from its beginning. */
  readonly reset: () => Promise<void>
  /** Moves the cloud's clock forward; signature times stay with the computer's. */
  readonly advanceClock: (ms: number) => Promise<void>
  readonly faults: () => Promise<readonly CloudFault[]>
  readonly setFaults: (faults: readonly CloudFault[]) => Promise<void>
  /** Keeps everything as it is now, clock and faults too; resolves with its name. Cheap. The last 100 are kept, in memory. */
  readonly snapshot: () => Promise<string>
  /** Makes everything what it was then, as often as one likes. Rejects with RangeError for a name that is none. */
  readonly restore: (id: string) => Promise<void>
}

export interface StartedCloud {
  /** Address of KMS, RAM, STS and ResourceSharing, `http://…` without a slash at its end. */
  readonly kms: string
  /** Address of the proxy. */
  readonly xki: string
  /** Whom one may act as; the first is the main account itself. */
  readonly identities: readonly CloudIdentity[]
  /** A connected external instance, and a key of its key manager on which a KMS key can be made. */
  readonly externalInstance: string
  readonly externalKeyId: string
  readonly xks: XksCredential
  readonly lab: CloudLab
  /** Opens the lab over HTTP, at `<kms>/_lab/`. */
  readonly labToken: string
  /** Milliseconds since the epoch by the cloud's clock. */
  readonly now: () => number
  /** Resolves when requests under way have been answered, the ports are free, and the data directory can be opened by another. */
  readonly close: () => Promise<void>
}

/** Rejects with a CloudStartError where a port or the data cannot be had. */
export type StartCloud = (options?: StartCloudOptions) => Promise<StartedCloud>
export declare const startCloud: StartCloud
