/** Requests and answers as plain data. */

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Null: no body. */
  readonly body: ArrayBuffer | null
}

/** `status` 0: the connection broke before an answer came. */
export interface WireResponse {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: ArrayBuffer
}

const pairs = (headers: Headers): readonly (readonly [string, string])[] => [...headers]
const fromPairs = (headers: WireRequest['headers']): Headers =>
  new Headers(headers.map(([name, value]) => [name, value]))

export async function packRequest(request: Request): Promise<WireRequest> {
  const { method, url, headers } = request
  const bodiless = method === 'GET' || method === 'HEAD'
  return { method, url, headers: pairs(headers), body: bodiless ? null : await request.arrayBuffer() }
}

export function unpackRequest({ method, url, headers, body }: WireRequest): Request {
  return new Request(url, { method, headers: fromPairs(headers), body })
}

export async function packResponse(response: Response): Promise<WireResponse> {
  return { status: response.status, headers: pairs(response.headers), body: await response.arrayBuffer() }
}

export function unpackResponse({ status, headers, body }: WireResponse): Response {
  if (status === 0) return Response.error()
  // 204, 205 and 304 must have no body at all.
  return new Response(body.byteLength > 0 ? body : null, { status, headers: fromPairs(headers) })
}
