/** Read from the page: the cloud's own server puts it there, or whoever serves a build. */
const metaName = 'kms-cloud'

/**
 * Where a cloud answers over HTTP that the console is to use, ending in `/`: what the page says (`<meta name="kms-cloud" content="…">`, relative
 * to the page), else what the build was made with (`VITE_KMS_CLOUD`). Null: neither says anything.
 */
export function cloudAddress(
  said: string | null = document.querySelector<HTMLMetaElement>(`meta[name="${metaName}"]`)?.content ?? null,
  built: string | undefined = import.meta.env.VITE_KMS_CLOUD,
  page: string = location.href,
): URL | null {
  const text = said || built
  if (!text) return null
  const url = new URL(text, page)
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  url.search = ''
  url.hash = ''
  return url
}
