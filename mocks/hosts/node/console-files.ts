/** A build of the console from its folder, with the headers that it needs. */
import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
}

const cloudMeta = '<meta name="kms-cloud" content="/" />'

/** The build says what it is to be served with. */
const headersFile = '.vite/headers.json'

/**
 * Answers null for what is no file of the build, where no HTML is asked for. Any other path is a page of the console, and gets its one document.
 * Rejects where the folder holds no build.
 */
export async function openConsoleFiles(folder: string): Promise<(request: Request) => Promise<Response | null>> {
  const headers = JSON.parse(await readFile(join(folder, headersFile), 'utf8')) as Readonly<Record<string, string>>

  async function file(path: string): Promise<Response | null> {
    const content = await readFile(path).catch(() => null)
    const type = types[path.slice(path.lastIndexOf('.') + 1)]
    if (!content || type === undefined) return null
    const named = path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(content, { headers: { ...headers, 'content-type': type, 'cache-control': named } })
  }

  /** The one document, which says that the cloud is where it came from (src/boot/cloud-address.ts). */
  async function page(): Promise<Response | null> {
    const found = await file(join(folder, 'index.html'))
    return found && new Response((await found.text()).replace('<head>', `<head>${cloudMeta}`), found)
  }

  return async ({ url, headers: asked }: Request): Promise<Response | null> => {
    const path = pathIn(folder, new URL(url).pathname)
    const found = path === null || path.endsWith(`${sep}index.html`) ? null : await file(path)
    if (found) return found
    return (asked.get('accept') ?? '').includes('text/html') ? page() : null
  }
}

/** Null for what lies outside the folder, or hides in it. */
function pathIn(folder: string, pathname: string): string | null {
  const decoded = decodedPath(pathname)
  if (decoded === null || /[\0\\]|\/\./.test(decoded)) return null
  const path = normalize(join(folder, decoded))
  return path.startsWith(normalize(folder + sep)) ? path : null
}

function decodedPath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
