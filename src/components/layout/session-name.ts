import { characterSets, limits } from '#src/api/contract/rules.ts'

/** A session is named after who assumes the role, as far as its characters allow. */
export function presetSessionName(identityName: string): string {
  const name = [...identityName].map((one) => (characterSets.sessionName.one.test(one) ? one : '-')).join('')
  return name.slice(0, limits.sessionName.max).padEnd(limits.sessionName.min, '-')
}
