/** A request as an HTTP Archive 1.2; what the format has no place for stands in fields that begin with an underscore, as it provides. */
import type { RequestField, RequestTrace } from '#src/api/contract/requests.ts'

const pairs = (fields: readonly RequestField[]) =>
  fields.map(({ Name, Value, Size }) => ({
    name: Name,
    value: Value ?? '',
    ...(Value === null ? { comment: Size === null ? 'not kept' : `left out: ${Size} characters` } : {}),
  }))

export function harOf(trace: RequestTrace): object {
  const { Time, DurationMs, Method, Host, Headers, Parameters, BodyBytes, Status, RequestId, Answer, ErrorCode } = trace
  const mimeType = Headers.find(({ Name }) => Name === 'content-type')?.Value ?? 'application/x-www-form-urlencoded'
  const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1 }
  return {
    log: {
      version: '1.2',
      creator: { name: 'KMS Console', version: '1' },
      entries: [
        {
          startedDateTime: Time,
          time: DurationMs,
          request: {
            ...common,
            method: Method,
            url: `https://${Host}/`,
            headers: pairs(Headers),
            queryString: [],
            ...(BodyBytes > 0 ? { postData: { mimeType, params: pairs(Parameters), text: '' } } : {}),
            bodySize: BodyBytes,
          },
          response: {
            ...common,
            status: Status,
            statusText: ErrorCode,
            headers: [{ name: 'x-acs-request-id', value: RequestId }],
            content: { size: -1, mimeType: 'application/json' },
            redirectURL: '',
            bodySize: -1,
            _fields: pairs(Answer),
            _detail: trace.Detail,
          },
          cache: {},
          timings: { send: 0, wait: DurationMs, receive: 0 },
          _action: trace.Action,
          _principal: trace.PrincipalArn,
          _steps: trace.Steps,
          _hops: trace.Hops,
        },
      ],
    },
  }
}
