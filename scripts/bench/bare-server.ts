/** The cloud's own server with a handler that reads what it is sent and answers so many bytes: what a request costs before anything is done. */
import { limits } from '#src/api/contract/rules.ts'
import { serve } from '#mocks/hosts/node/server.ts'

const body = 'x'.repeat(Number(process.argv[2]))
const { address } = await serve({
  handle: async (request) => {
    await request.arrayBuffer()
    return { status: 200, headers: { 'content-type': 'application/json' }, body }
  },
  host: '127.0.0.1',
  port: 0,
  bodyBytes: limits.bodyBytes,
  report: (defect) => {
    throw defect
  },
})
console.log(address)
