/** Step 10: answers on the wire (KMS API 2016-01-20, Responses). Every answer carries the emulator's mark. */
import { extensionHeader, markHeader } from '#src/api/contract/backend.ts'
import { errors } from '#src/api/contract/errors.ts'
import { jsonOf } from '#mocks/json.ts'
import type { ServiceError } from '#mocks/service-error.ts'

export const mark = 'emulator/1'

export interface Answer {
  readonly requestId: string
  readonly status: number
  readonly code: string | null
  readonly body: object
  /** Names of the extensions that it stands on. */
  readonly extensions: readonly string[]
}

export const success = (requestId: string, output: object, extensions: readonly string[]): Answer => ({
  requestId,
  status: 200,
  code: null,
  body: { ...output, RequestId: requestId },
  extensions,
})

/**
 * The gateway's and KMS's published error fields together (assumed superset), and the machine-readable `Detail` unless strict.
 * `host` is the logical host; empty where the URL addresses none.
 */
export function refusal(
  requestId: string,
  host: string,
  { code, message, detail }: ServiceError,
  strict: boolean,
): Answer {
  const { status } = errors[code]
  return {
    requestId,
    status,
    code,
    body: {
      HttpStatus: status,
      Code: code,
      Message: message,
      RequestId: requestId,
      HostId: host,
      Recommend: `Look up "${code}" among the error codes in the API reference.`,
      ...(strict || Object.keys(detail).length === 0 ? {} : { Detail: detail }),
    },
    extensions: [],
  }
}

/** An answer as it goes out, whatever carries it. */
export interface Encoded {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `xml`: writes the body as XML, for whoever asked for it; null: JSON. */
export const encode = (
  { requestId, status, body, extensions }: Answer,
  xml: ((body: object) => string) | null,
): Encoded => ({
  status,
  headers: {
    'content-type': `${xml ? 'text/xml' : 'application/json'}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-acs-request-id': requestId,
    [markHeader]: mark,
    ...(extensions.length > 0 ? { [extensionHeader]: extensions.join(', ') } : {}),
  },
  body: xml ? xml(body) : jsonOf(body),
})
