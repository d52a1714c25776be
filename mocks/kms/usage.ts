/**
 * Who uses which key for cryptography: counted in memory, so that no Encrypt pays a write of its own, and kept every ten seconds at the
 * latest. Refused uses of a key that waits for its deletion are kept at once: whoever decides about the deletion must not miss one.
 */
import { actions } from '#src/api/contract/actions.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { KeyRequest, RequestListener } from '#mocks/kms/context.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { CloudTables, KeyUseRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, Store, WriteTransaction } from '#mocks/store/store.ts'

const dayMs = 24 * 60 * 60 * 1000
/** By the host's clock. */
const keptAfterMs = 10_000

/** Days since the epoch, UTC. */
const dayOf = (time: number): number => Math.floor(time / dayMs)

/** Calls of today and the 29 days before, by the cloud's clock. */
export function callsUntil(now: number, { days }: Pick<KeyUseRow, 'days'>): number {
  const oldest = dayOf(now) - limits.callHistoryDays + 1
  return Object.entries(days).reduce((sum, [day, calls]) => (Number(day) < oldest ? sum : sum + calls), 0)
}

/** Two counts of the same principal's calls as one. Days that are too old by the later one are dropped. */
export function addUses(one: KeyUseRow | undefined, other: KeyUseRow): KeyUseRow {
  if (!one) return other
  const { lastAt, lastAction } = one.lastAt > other.lastAt ? one : other
  const oldest = dayOf(lastAt) - limits.callHistoryDays + 1
  const days: Record<string, number> = {}
  for (const [day, calls] of [...Object.entries(one.days), ...Object.entries(other.days)])
    if (Number(day) >= oldest) days[day] = (days[day] ?? 0) + calls
  return { ...other, lastAt, lastAction, days }
}

export const keyUseId = (keyId: string, principalArn: string): string => `${keyId}/${principalArn}`

function usesIn({ action, caller, keys, at }: KeyRequest): readonly KeyUseRow[] {
  return keys.map(({ keyId }) => ({
    id: keyUseId(keyId, caller.arn),
    keyId,
    principalArn: caller.arn,
    lastAt: at,
    lastAction: action,
    days: { [dayOf(at)]: 1 },
  }))
}

const isUse = ({ action, code }: KeyRequest): boolean => actions[action].kind === 'crypto' && code === null

const isAttempt = ({ action, code }: KeyRequest): boolean =>
  actions[action].kind === 'crypto' && code === 'Rejected.PendingDeletion'

function putAttempt(
  tx: WriteTransaction<CloudTables>,
  keyId: string,
  { requestId, action, caller, at }: KeyRequest,
): void {
  const newestFirst = attemptsOn(tx, keyId)
  for (const { id } of newestFirst.slice(limits.attemptsPerKey - 1)) tx.useAttempts.delete(id)
  tx.useAttempts.put({ id: `${keyId}/${requestId}`, keyId, requestId, principalArn: caller.arn, action, at })
}

/** Newest first. */
export const attemptsOn = ({ useAttempts }: Pick<ReadTransaction<CloudTables>, 'useAttempts'>, keyId: string) =>
  [...useAttempts.values()].filter((row) => row.keyId === keyId).sort((a, b) => b.at - a.at)

/** When the deletion is cancelled. */
export function forgetAttempts(tx: Pick<WriteTransaction<CloudTables>, 'useAttempts'>, keyId: string): void {
  for (const { id } of attemptsOn(tx, keyId)) tx.useAttempts.delete(id)
}

/** When the key has gone. */
export function forgetUse(
  tx: Pick<WriteTransaction<CloudTables>, 'useAttempts' | 'keyUses' | 'detections'>,
  keyId: string,
): void {
  forgetAttempts(tx, keyId)
  for (const row of tx.keyUses.values()) if (row.keyId === keyId) tx.keyUses.delete(row.id)
  tx.detections.delete(keyId)
}

export interface Usage extends RequestListener {
  /** Writes what was counted. */
  readonly keep: () => void
  /** Drops what was counted: its world has gone. */
  readonly forget: () => void
}

export function createUsage(db: Store<CloudTables>, later: Runtime['later']): Usage {
  const counted = new Map<string, KeyUseRow>()

  function keep(): void {
    if (counted.size === 0) return
    db.write((tx) => {
      for (const use of counted.values())
        if (tx.keys.get(use.keyId)) tx.keyUses.put(addUses(tx.keyUses.get(use.id), use))
    })
    counted.clear()
  }

  return {
    answering: (request) => {
      if (!isAttempt(request)) return
      const waiting = request.keys.filter(({ state }) => state === 'PendingDeletion')
      db.write((tx) => {
        for (const { keyId } of waiting) putAttempt(tx, keyId, request)
      })
    },
    answered: (request) => {
      if (!isUse(request)) return
      if (counted.size === 0) later(keptAfterMs, keep)
      for (const use of usesIn(request)) counted.set(use.id, addUses(counted.get(use.id), use))
    },
    keep,
    forget: () => counted.clear(),
  }
}
