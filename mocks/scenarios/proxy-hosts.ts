/**
 * Host names at which the proxy before the simulated key manager answers: over the Internet, and through an endpoint service. It serves
 * whatever path prefix it has a credential for. No other name exists.
 */
export const proxyHosts = ['xki.example.com', 'hyok.example.net'] as const
