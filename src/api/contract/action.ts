import type { Of, Shape } from './shapes.ts'
import type { ErrorCode } from './errors.ts'
import type { InputOf, Param } from './params.ts'

export type Product = 'kms' | 'ram' | 'sts' | 'resourcesharing'

/** Version → product: the gateway knows the product from it (design, pipeline). Hosts are what requests are signed for. */
export const products = {
  kms: {
    version: '2016-01-20',
    regional: true,
    host: (region: string) => `kms.${region}.aliyuncs.com`,
  },
  ram: { version: '2015-05-01', regional: false, host: () => 'ram.aliyuncs.com' },
  resourcesharing: {
    version: '2020-01-10',
    regional: true,
    host: (region: string) => `resourcesharing.${region}.aliyuncs.com`,
  },
  sts: { version: '2015-04-01', regional: false, host: () => 'sts.aliyuncs.com' },
} as const satisfies Record<Product, { version: string; regional: boolean; host: (region: string) => string }>

/** Path segment of actions that have no region. */
export const globalRegion = 'global'

/**
 * What an action is about, and so which resource its permission names (KMS user guide, Use RAM to control access to resources):
 * a key by its KeyId parameter, all keys, all aliases, alias and key together, an alias with the key behind it, a ciphertext's key, a
 * ciphertext's key and a destination, a key by its ID or ARN for its protection, a resource share, a role by its ARN, what RAM has of
 * the account by the names in the request, or nothing to check.
 */
export type Subject =
  | 'key'
  | 'keys'
  | 'aliases'
  | 'aliasAndKey'
  | 'alias'
  | 'ciphertext'
  | 'reEncrypt'
  | 'protected'
  | 'resources'
  | 'instance'
  | 'resourceShare'
  | 'account'
  | 'role'
  | 'ram'
  | 'none'

export interface Action {
  readonly product: Product
  /** What crypto and credentials answer is secret: neither is cached, by type. */
  readonly kind: 'read' | 'write' | 'crypto' | 'credentials'
  /** The RAM action; null: needs no authorisation. */
  readonly permission: string | null
  readonly subject: Subject
  readonly params: Readonly<Record<string, Param<unknown>>>
  /** Published parameters that this build does not implement: refused by name. */
  readonly refused: readonly string[]
  readonly output: Shape<object>
  /** Published, and never carried out by this build: refused with this code for an external key, else with UnsupportedOperation. */
  readonly absent?: { readonly external: ErrorCode }
  /** True for what no public API offers: marked in answers, off under strict compatibility. */
  readonly extension?: true
}

/** Keeps an action's own types while checking its shape. */
export const action = <const A extends Action>(definition: A): A => definition

export type ActionInput<A extends Action> = InputOf<A['params']>
export type ActionOutput<A extends Action> = Of<A['output']>
