/**
 * The external key manager's own interface: outside the cloud, not part of KMS. JSON over HTTP below `<base>api/key-manager/`:
 * `GET keys`, `POST keys`, `GET keys/<id>`, `DELETE keys/<id>`, `POST keys/<id>/enable`, `POST keys/<id>/disable`, `PUT keys/<id>/limit`,
 * `GET requests`, `GET keys/<id>/requests`, `GET health`; of the proxy before it `GET proxy`, `POST proxy/credentials`,
 * `DELETE proxy/credentials/<access key ID>`. Only the simulated manager serves it.
 */
import { connectivities, dialects } from './connections.ts'
import * as shape from './shapes.ts'
import { externalKeyIdProblem, type Problem } from './rules.ts'

export const managerKeyStatuses = ['ENABLED', 'DISABLED'] as const

export const managerKey = shape.object({
  id: shape.string(),
  name: shape.string(),
  spec: shape.string(),
  status: shape.oneOf(managerKeyStatuses),
  createdAt: shape.string(),
  /** Encryptions and decryptions that it allows in a minute; null: no limit. */
  requestsPerMinute: shape.nullable(shape.number()),
  /** KMS keys that asked for it, as the requests said that came; who asked last first, to the minute. */
  callers: shape.array(shape.object({ kmsKeyArn: shape.string(), lastRequestAt: shape.string() })),
})
export type ManagerKey = shape.Of<typeof managerKey>

export const managerKeyList = shape.object({ keys: shape.array(managerKey) })

/** A request that came to the proxy: who asked for what and how it ended, nothing of what it held. Null where it was refused before that was read. */
export const managerRequest = shape.object({
  time: shape.string(),
  dialect: shape.oneOf(['xks-v1', 'xki']),
  operation: shape.oneOf(['health', 'metadata', 'encrypt', 'decrypt']),
  /** Null for `health`. */
  keyId: shape.nullable(shape.string()),
  kmsOperation: shape.nullable(shape.string()),
  kmsRequestId: shape.nullable(shape.string()),
  kmsKeyArn: shape.nullable(shape.string()),
  principalArn: shape.nullable(shape.string()),
  /** Of the answer. */
  status: shape.number(),
  /** The dialect's own word for a refusal; null: it was carried out. */
  error: shape.nullable(shape.string()),
})
export type ManagerRequest = shape.Of<typeof managerRequest>

/** The last 1,000, newest first; gone with a restart. */
export const managerRequestList = shape.object({ requests: shape.array(managerRequest) })

/** `working`: it could make, wrap and use a key just now. */
export const managerHealth = shape.object({ working: shape.boolean(), checkedAt: shape.string() })

const credentialFields = {
  accessKeyId: shape.string(),
  uriPathPrefix: shape.string(),
  dialect: shape.oneOf(dialects),
  /** Null: nobody knows any more. */
  createdAt: shape.nullable(shape.string()),
}
export const proxyCredential = shape.object(credentialFields)
export type ManagerProxyCredential = shape.Of<typeof proxyCredential>

/** The proxy as its operator sees it. */
export const managerProxy = shape.object({
  /** Names at which it answers, and the certificates that it shows there. */
  endpoints: shape.array(
    shape.object({
      host: shape.string(),
      connectivity: shape.oneOf(connectivities),
      certificateFingerprint: shape.string(),
      certificateNotAfter: shape.string(),
    }),
  ),
  /** What requests may be signed with; the newest first. */
  credentials: shape.array(proxyCredential),
})
export type ManagerProxy = shape.Of<typeof managerProxy>

/** A new credential with its secret, which is told this once. */
export const newProxyCredential = shape.object({ ...credentialFields, accessKeySecret: shape.string() })
export type NewProxyCredential = shape.Of<typeof newProxyCredential>

export const maxProxyCredentials = 50

export const managerError = shape.object({
  error: shape.object({ code: shape.string(), message: shape.string() }),
})
export type ManagerErrorCode =
  | 'NotFound'
  | 'AlreadyExists'
  | 'InvalidRequest'
  | 'MethodNotAllowed'
  | 'TooLarge'
  | 'InternalFailure'

/** A name for people, 0–128 characters. */
export function managerKeyNameProblem(name: string): Problem | null {
  return name.length > 128 ? { code: 'tooLong', max: 128, length: name.length } : null
}
/** The key ID may be chosen, or left out and drawn by the manager. */
export const managerKeyIdProblem = externalKeyIdProblem

export const maxRequestsPerMinute = 60_000
/** What a usage limit may be: a whole number from 1, or null for none. */
export const isRequestsPerMinute = (value: number | null): boolean =>
  value === null || (Number.isInteger(value) && value >= 1 && value <= maxRequestsPerMinute)
