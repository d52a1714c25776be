/** What a tab remembers of who acts in it: names. Keys and tokens stay where they were given. */
import type { RememberedActor } from './actor.ts'
import { isPlainObject, parseJson } from './contract/rules.ts'
import type { RoleToAssume } from './role-session.ts'

const identityKey = 'kms.identity'
const roleKey = 'kms.role'

function readRole(text: string | null): RoleToAssume | null {
  const value = text === null ? undefined : parseJson(text)
  if (!isPlainObject(value)) return null
  const { roleArn, sessionName, seconds } = value
  if (typeof roleArn !== 'string' || typeof sessionName !== 'string' || typeof seconds !== 'number') return null
  return { roleArn, sessionName, seconds }
}

export function recallActor(): RememberedActor | null {
  try {
    const accessKeyId = sessionStorage.getItem(identityKey)
    return accessKeyId === null ? null : { accessKeyId, role: readRole(sessionStorage.getItem(roleKey)) }
  } catch {
    return null
  }
}

export function rememberActor({ accessKeyId, role }: RememberedActor): void {
  try {
    sessionStorage.setItem(identityKey, accessKeyId)
    if (role === null) sessionStorage.removeItem(roleKey)
    else sessionStorage.setItem(roleKey, JSON.stringify(role))
  } catch {
    // Storage refused: the choice lasts until the tab is reloaded.
  }
}
