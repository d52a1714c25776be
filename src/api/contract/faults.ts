/** The named faults that a cloud of the emulator can be given. Apart from the port to it: the console names none. */
/** `flapping`: unreachable and well by turns, beginning with unreachable. */
export const managerFaultKinds = [
  'unreachable',
  'timeout',
  'error',
  'refuseCredential',
  'latency',
  'throttle',
  'lostAnswer',
  'flapping',
] as const
export type ManagerFaultKind = (typeof managerFaultKinds)[number]

/**
 * What a proxy does wrong besides. Its answers: no JSON that means anything, under another content type, cut short; and for an encryption,
 * another tag, an initialization vector of a wrong length, or a ciphertext of another key. `smallLimits`: it takes no more than XKS obliges it to.
 */
export const proxyFaultKinds = [
  'rubbish',
  'wrongContentType',
  'truncated',
  'wrongTag',
  'wrongIv',
  'otherCiphertext',
  'smallLimits',
] as const

export const faultKinds = [...managerFaultKinds, ...proxyFaultKinds] as const
export type FaultKind = (typeof faultKinds)[number]
