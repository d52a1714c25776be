/**
 * The one source of the Content Security Policy and of the headers beside it: the preview, `npm start`, the tests and the
 * `<meta>` in the built page take it from here.
 */

/** A cloud elsewhere that the build is to use (src/boot/cloud-address.ts). */
const cloud = process.env['VITE_KMS_CLOUD']

const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'", ...(cloud ? [new URL(cloud).origin] : [])],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  /** The page may load code from the two URLs that src/trusted-types.ts admits, and turn no text into markup or code. */
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['default'],
}

type Policy = Readonly<Record<string, readonly string[]>>

const write = (directives: Policy): string =>
  Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ')

export const contentSecurityPolicy = write(policy)

/** For hosts that set no headers. Browsers ignore `frame-ancestors` in a `<meta>` and say so on the console. */
export const metaPolicy = write(
  Object.fromEntries(Object.entries(policy).filter(([name]) => name !== 'frame-ancestors')),
)

const headersWith = (csp: string): Record<string, string> => ({
  'Content-Security-Policy': csp,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
})

export const securityHeaders = headersWith(contentSecurityPolicy)

/** Development: Vite's inline preamble and styles carry a nonce, hot reload has its socket, and Trusted Types are off. */
export function developmentHeaders(nonce: string): Record<string, string> {
  const { 'require-trusted-types-for': _required, 'trusted-types': _names, ...rest } = policy
  return headersWith(
    write({
      ...rest,
      'script-src': [...policy['script-src'], `'nonce-${nonce}'`],
      'style-src': [...policy['style-src'], `'nonce-${nonce}'`],
      'connect-src': [...policy['connect-src'], 'ws:'],
    }),
  )
}
