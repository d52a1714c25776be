/**
 * The simulated Internet between KMS and the customer's proxies: host names, what answers at each, and the certificate that it shows. The proxy
 * before the simulated key manager serves whatever path prefix it has a credential for, at every name where something answers.
 */
import type { Certificate } from '#mocks/store/rows.ts'
import type { Host, Site } from './network.ts'

interface SimulatedSite {
  readonly host: string
  readonly certificate: Certificate | null
  /** Simulated time that the host takes for every answer, ms. */
  readonly delayMs?: number
}

/** One that its operator's own authority issued; for ten years, as nobody renews it here. */
const certificate = (
  host: string,
  digits: string,
  [from, to]: readonly [string, string] = ['2025-07-01', '2035-07-01'],
): Certificate => ({
  fingerprint: `sha256-${digits}`,
  subject: `CN=${host}`,
  notBefore: Date.parse(`${from}T00:00:00Z`),
  notAfter: Date.parse(`${to}T00:00:00Z`),
})

const listed = {
  public: certificate('xki.example.com', 'a6816c890d4aca05ab582f1aab5384dacf5247a4da76793c619ce0af47dd955d'),
  endpointService: certificate('hyok.example.net', '33f19cfd97813d72256a62fbaf2d3d626405cc721fdde7878eab18c4294690f1'),
  slow: certificate('slow.example.com', '0afa3bbf02f7e88aa646b3189c68dcedacf718afbf5a3c3d15fef394e40de9bb'),
  expired: certificate('expired.example.com', '435a1dfd1869d41ac99eaaa1633473338435efd9927c87945d2cb5110d28dd5f', [
    '2023-07-01',
    '2025-07-01',
  ]),
} as const

/** No other name exists. */
export const simulatedSites: readonly SimulatedSite[] = [
  { host: 'xki.example.com', certificate: listed.public },
  /** Behind the endpoint services. */
  { host: 'hyok.example.net', certificate: listed.endpointService },
  { host: 'slow.example.com', certificate: listed.slow, delayMs: 400 },
  { host: 'expired.example.com', certificate: listed.expired },
  { host: 'offline.example.com', certificate: null },
]

export const publicHost = 'xki.example.com'
export const offlineHost = 'offline.example.com'

export const certificateAt = (host: string): Certificate | null =>
  simulatedSites.find((site) => site.host === host)?.certificate ?? null

/** As the proxy's operator names them: where it serves well. */
export const operatorEndpoints = [listed.public, listed.endpointService].map(
  ({ subject, fingerprint, notAfter }, index) => ({
    host: subject.slice('CN='.length),
    connectivity: index === 0 ? ('Public' as const) : ('VpcEndpointService' as const),
    certificateFingerprint: fingerprint,
    certificateNotAfter: new Date(notAfter).toISOString(),
  }),
)

/** Those names with the proxy behind them. */
export function sitesOf(proxy: Host): ReadonlyMap<string, Site> {
  return new Map(
    simulatedSites.map(({ host, certificate: shown, delayMs = 0 }) => [
      host,
      {
        certificate: shown,
        answer: (request, spend, making) => {
          spend(delayMs)
          return proxy(request, spend, making)
        },
      },
    ]),
  )
}
