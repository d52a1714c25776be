/** Why something that is allowed does not happen all the same: by the key's kind, its state, or because the way to it is broken. */
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import type { ErrorDetail } from '#src/api/contract/errors.ts'
import type { Obstacle } from '#src/api/contract/explanations.ts'
import type { Context } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { isExternal } from './metadata.ts'
import { refusalOfKind, refusalOfState } from './refusals.ts'
import { connectedInstance, refusalOf, unavailable } from './unavailable.ts'
import { arnOfKey } from './visible.ts'

/** The action that a permission is for. Null: none that this build knows. */
export function actionOf(permission: string): ActionName | null {
  const name = permission.startsWith('kms:ReEncrypt') ? 'ReEncrypt' : permission.slice(permission.indexOf(':') + 1)
  return isActionName(name) && actions[name].permission !== null ? name : null
}

const obstacle = (Reason: Obstacle['Reason'], ErrorCode: string, { Hop, Cause }: ErrorDetail = {}): Obstacle => ({
  Reason,
  ErrorCode,
  Hop: Hop ?? '',
  Cause: Cause ?? '',
})

/** What is known without asking anybody. */
export function standingObstacle({ db }: Pick<Context, 'db'>, key: KeyRow, permission: string): Obstacle | null {
  const name = actionOf(permission)
  if (name === null) return obstacle('Kind', 'UnsupportedOperation')
  const byKind = refusalOfKind(name, key, db.read.instances)
  if (byKind !== null) return obstacle('Kind', byKind)
  const byState = refusalOfState(name, key)
  if (byState !== null) return obstacle('State', byState)
  return 'absent' in actions[name] ? obstacle('Kind', 'UnsupportedOperation') : null
}

type Direction = 'ENCRYPT' | 'DECRYPT'

/** What each permission of cryptography needs of an external key. */
const directions: Readonly<Record<string, Direction>> = {
  'kms:Encrypt': 'ENCRYPT',
  'kms:GenerateDataKey': 'ENCRYPT',
  'kms:GenerateDataKeyWithoutPlaintext': 'ENCRYPT',
  'kms:GenerateAndExportDataKey': 'ENCRYPT',
  'kms:ReEncryptTo': 'ENCRYPT',
  'kms:Decrypt': 'DECRYPT',
  'kms:ExportDataKey': 'DECRYPT',
  'kms:ReEncryptFrom': 'DECRYPT',
}

/** Whether the way to a key's material stands now. Asks the proxy of an external key, once for all permissions. */
export async function wayToKey(ctx: Context, key: KeyRow): Promise<(permission: string) => Obstacle | null> {
  const none = (): null => null
  if (key.instanceId === null) return none
  const broken = (error: unknown) => {
    if (!(error instanceof ServiceError)) throw error
    const found = obstacle('Unavailable', error.code, error.detail)
    return (permission: string): Obstacle | null => (Object.hasOwn(directions, permission) ? found : null)
  }
  try {
    const instance = connectedInstance(ctx.db.read, key.instanceId)
    if (!isExternal(key)) return none
    const asking = {
      principalArn: ctx.caller.arn,
      operation: 'DescribeKeyAccess',
      requestId: ctx.requestId,
      keyArn: arnOfKey(key),
    }
    const { key: external } = await ctx.xki
      .metadata(instance, key.externalKeyId, asking, ctx.span)
      .catch((error: unknown) => {
        throw refusalOf(error)
      })
    if (external === null) return broken(unavailable('keyManager', 'externalKeyNotFound'))
    if (external.status === 'DISABLED') return broken(unavailable('keyManager', 'externalKeyDisabled'))
    const useless = unavailable('keyManager', 'externalKeyUsage')
    return (permission) => {
      const needed = directions[permission]
      return needed === undefined || external.usages.includes(needed) ? null : broken(useless)(permission)
    }
  } catch (error) {
    return broken(error)
  }
}
