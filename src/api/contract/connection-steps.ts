/** How an external instance is connected, step by step, and why a step can fail. */

/** In the order in which they are taken; `zones` only for an endpoint service. */
export const connectionSteps = ['resolve', 'zones', 'reach', 'certificate', 'path', 'credential', 'health'] as const
export type ConnectionStep = (typeof connectionSteps)[number]

/** Why a step failed. Each belongs to one step. */
export const connectionCauses = {
  nameNotResolved: 'resolve',
  endpointServiceNotFound: 'resolve',
  accountNotAllowed: 'resolve',
  zoneMismatch: 'zones',
  unreachable: 'reach',
  connectionNotAccepted: 'reach',
  wrongFingerprint: 'certificate',
  certificateExpired: 'certificate',
  wrongPath: 'path',
  wrongCredential: 'credential',
  tooSlow: 'health',
  unhealthy: 'health',
  unreadable: 'health',
} as const satisfies Record<string, ConnectionStep>
export type ConnectionCause = keyof typeof connectionCauses
