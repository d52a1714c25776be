/** What answers on the cloud's port: the API for whoever signs, and for this server's own pages the key manager, the lab and the console. */
import type { Cloud } from '#mocks/cloud.ts'
import { targetOf } from '#mocks/gateway/decode.ts'
import type { Handler } from './server.ts'
import { answerPreflight, isOwn, isPreflight, readableByAll } from './cors.ts'
import { labPath } from './lab-surface.ts'

export interface KmsPort {
  readonly cloud: Pick<Cloud, 'fetch' | 'answer' | 'now'>
  readonly lab: (request: Request) => Promise<Response>
  /** Null: nothing that the console has at this path. */
  readonly page: (request: Request) => Promise<Response | null>
}

const foreign = (): Response =>
  Response.json({ error: { code: 'Forbidden', message: 'Not for pages of other origins.' } }, { status: 403 })

/** No preflight: whoever asks what is allowed at all. */
const answerOptions = (): Response =>
  new Response(null, { status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } })

export function createKmsPort({ cloud, lab, page }: KmsPort): Handler {
  return async (request, origin) => {
    const { path, query } = targetOf(request.url)
    if (path.startsWith(labPath)) return lab(request)
    // Nobody signs for the key manager: a page that can reach it may do everything there.
    if (path.includes('/api/key-manager/')) return isOwn(request) ? cloud.fetch(request, origin) : foreign()
    if (isPreflight(request)) return answerPreflight(request)
    if (request.method === 'OPTIONS') return answerOptions()
    const found = isPageRequest(request, query) ? await page(request) : null
    return found ?? readableByAll(await cloud.answer(request, origin), cloud.now())
  }
}

/** The console is asked for by browsers, without a parameter of the API; its own files say what they are by their path. */
const isPageRequest = ({ method, url, headers }: Request, query: string): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !headers.has('x-acs-action') &&
  !url.includes('/api/') &&
  !/(?:^|&)(?:Action|Version)=/.test(query)
