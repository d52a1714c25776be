/**
 * Stands in for `tldts`, the public suffix list that msw's cookie jar pulls in (115 kB compressed). Nothing here is about
 * cookies of other sites: every host is its own domain, and has no public suffix.
 */
export const getDomain = (host: string): string => host
export const getPublicSuffix = (): null => null
