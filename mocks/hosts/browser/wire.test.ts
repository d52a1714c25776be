import { describe, expect, it } from 'vitest'
import { packRequest, packResponse, unpackRequest, unpackResponse } from './wire.ts'

const url = 'http://console.example/api/kms/cn-hangzhou/'
const sent = async (request: Request): Promise<Request> => unpackRequest(structuredClone(await packRequest(request)))
const returned = async (response: Response): Promise<Response> =>
  unpackResponse(structuredClone(await packResponse(response)))

describe('the wire', () => {
  it('carries requests', async () => {
    const body = new Uint8Array([0, 1, 254, 255])
    const request = await sent(new Request(url, { method: 'POST', headers: { 'x-acs-action': 'Encrypt' }, body }))
    expect(request.url).toBe(url)
    expect(request.method).toBe('POST')
    expect(request.headers.get('x-acs-action')).toBe('Encrypt')
    expect(new Uint8Array(await request.arrayBuffer())).toEqual(body)
    expect((await sent(new Request(url))).body).toBeNull()
  })

  it('carries answers', async () => {
    const response = await returned(new Response('no', { status: 404, headers: { 'x-mark': 'a, b' } }))
    expect(response.status).toBe(404)
    expect(response.headers.get('x-mark')).toBe('a, b')
    expect(await response.text()).toBe('no')
    expect((await returned(new Response(null, { status: 204 }))).body).toBeNull()
  })

  it('carries a broken connection', async () => {
    expect((await returned(Response.error())).type).toBe('error')
  })
})
