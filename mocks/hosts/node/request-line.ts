/** What is logged of a request: never what it held. */
import { fieldsOf, nameOf } from '#mocks/trace/redact.ts'
import type { RequestLine } from './public.ts'
import type { Served } from './server.ts'

/** Longer paths than any of this server's are nobody's. */
const pathLength = 200

export function requestLine(
  port: RequestLine['port'],
  { request, requestId, status, durationMs, from }: Served,
): RequestLine {
  const url = new URL(request.url)
  const action = request.headers.get('x-acs-action') ?? url.searchParams.get('Action')
  return {
    time: new Date().toISOString(),
    port,
    method: request.method,
    path: url.pathname.slice(0, pathLength),
    query: Object.fromEntries(fieldsOf(url.searchParams)),
    action: action === null ? null : nameOf(action),
    status,
    requestId,
    ms: Math.round(durationMs * 10) / 10,
    from,
  }
}
