/**
 * A cloud under load whose process is killed at random moments: what was answered must be there after the next start, and what was not may be
 * or not. Every worker writes to things of its own, so that it always knows what each must be.
 */
import { expect } from 'vitest'
import type { ActionName, Input, Output } from '#src/api/contract/actions.ts'
import { startCloudProcess, type CloudProcess, type ReadyLine } from './cloud-process.ts'
import { callOver } from './http-client.ts'

export interface KillingOptions {
  readonly dataDir: string
  readonly connections: number
  readonly kills: number
  /** Between two kills, ms: each is drawn from up to twice of it. */
  readonly meanLifeMs: number
  /** From 0 to 1. */
  readonly random: () => number
}

/** What a thing is by the answers; `unsure`: what else it may be, since the answer to a write never came. */
interface Known {
  value: string
  unsure: string | null
}

interface Thing {
  readonly known: Known
  /** What to write next, by what it is now. */
  readonly next: (now: string, count: number) => string
  readonly write: (cloud: ReadyLine, value: string) => Promise<unknown>
  readonly read: (found: Found) => string
}

/** All that workers write, as the cloud tells it. */
interface Found {
  readonly descriptions: ReadonlyMap<string, string>
  readonly aliases: ReadonlyMap<string, string>
  readonly tags: ReadonlyMap<string, string>
  readonly externalNames: ReadonlySet<string>
}

const call = <N extends ActionName>(cloud: ReadyLine, action: N, input: Input<N>): Promise<Output<N>> =>
  callOver(cloud, cloud.identities[0]!, action, input)

async function callManager({ kms }: ReadyLine, method: string, path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const answer = await fetch(`${kms}/api/key-manager/${path}`, init)
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

const absent = 'absent'

function thingsOf(worker: number, keyId: string, otherKeyId: string): readonly Thing[] {
  const AliasName = `alias/killed/${worker}`
  const externalKey = `killed-${worker}`
  const known = (value: string): Known => ({ value, unsure: null })
  return [
    {
      known: known(''),
      next: (_, count) => `description ${count}`,
      write: (cloud, Description) => call(cloud, 'UpdateKeyDescription', { KeyId: keyId, Description }),
      read: ({ descriptions }) => descriptions.get(keyId) ?? absent,
    },
    {
      known: known(absent),
      next: (_, count) => `value-${count}`,
      write: (cloud, TagValue) => call(cloud, 'TagResource', { KeyId: keyId, Tags: [{ TagKey: 'killed', TagValue }] }),
      read: ({ tags }) => tags.get(keyId) ?? absent,
    },
    // There and not there by turns, on one key or the other.
    {
      known: known(absent),
      next: (now, count) => (now !== absent ? absent : count % 2 === 0 ? keyId : otherKeyId),
      write: (cloud, value) =>
        value === absent
          ? call(cloud, 'DeleteAlias', { AliasName })
          : call(cloud, 'CreateAlias', { AliasName, KeyId: value }),
      read: ({ aliases }) => aliases.get(AliasName) ?? absent,
    },
    {
      known: known(absent),
      next: (now) => (now === absent ? externalKey : absent),
      write: (cloud, value) =>
        value === absent
          ? callManager(cloud, 'DELETE', `keys/${externalKey}`)
          : callManager(cloud, 'POST', 'keys', { id: externalKey, name: '' }),
      read: ({ externalNames }) => (externalNames.has(externalKey) ? externalKey : absent),
    },
  ]
}

export async function killAndCompare(options: KillingOptions): Promise<{ readonly acknowledged: number }> {
  const { connections, kills, meanLifeMs, random } = options
  let running: CloudProcess | null = null
  const start = async (): Promise<ReadyLine> => {
    running = startCloudProcess(['--data', options.dataDir, '--quiet'])
    return running.ready
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running?.process.kill(signal)
    await running?.ended
  }
  let acknowledged = 0
  try {
    let cloud = await start()
    const keyIds: string[] = []
    for (let worker = 0; worker <= connections; worker++) {
      const { externalInstance: DKMSInstanceId, externalKeyId: ExternalKeyId } = cloud
      keyIds.push((await call(cloud, 'CreateKey', { DKMSInstanceId, ExternalKeyId })).KeyMetadata.KeyId)
    }
    const workers = keyIds.slice(1).map((keyId, worker) => thingsOf(worker, keyId, keyIds[0]!))

    for (let life = 0; life <= kills; life++) {
      let alive = true
      const load = Promise.all(workers.map((things) => work(cloud, things, () => alive)))
      await new Promise((resolve) => setTimeout(resolve, random() * 2 * meanLifeMs))
      // The last end is an orderly one.
      if (life === kills) alive = false
      else await end('SIGKILL')
      alive = false
      acknowledged += (await load).reduce((sum, count) => sum + count, 0)
      if (life === kills) await end('SIGTERM')
      cloud = await start()
      const found = await find(cloud, keyIds)
      for (const { known, read } of workers.flat()) {
        const value = read(found)
        expect([known.value, known.unsure]).toContain(value)
        known.value = value
        known.unsure = null
      }
    }
  } finally {
    await end('SIGKILL')
  }
  return { acknowledged }
}

/** No value is written twice. */
let written = 0

/** Writes until the connection breaks or it is told to stop; resolves with how many writes were answered. */
async function work(cloud: ReadyLine, things: readonly Thing[], goesOn: () => boolean): Promise<number> {
  let answered = 0
  for (let turn = 0; goesOn(); turn++) {
    const { known, write, next } = things[turn % things.length]!
    const value = next(known.value, (written += 1))
    known.unsure = value
    try {
      await write(cloud, value)
    } catch (error) {
      if (error instanceof TypeError) return answered
      throw error
    }
    known.value = value
    known.unsure = null
    answered += 1
  }
  return answered
}

async function find(cloud: ReadyLine, keyIds: readonly string[]): Promise<Found> {
  const described = await Promise.all(keyIds.map((KeyId) => call(cloud, 'DescribeKey', { KeyId })))
  const aliases = new Map<string, string>()
  for (let PageNumber = 1, total = 1; (PageNumber - 1) * 100 < total; PageNumber++) {
    const page = await call(cloud, 'ListAliases', { PageNumber, PageSize: 100 })
    total = page.TotalCount
    for (const { AliasName, KeyId } of page.Aliases.Alias) aliases.set(AliasName, KeyId)
  }
  const tagged = await Promise.all(keyIds.map((KeyId) => call(cloud, 'ListResourceTags', { KeyId })))
  const { keys } = (await callManager(cloud, 'GET', 'keys')) as { keys: readonly { id: string }[] }
  return {
    descriptions: new Map(described.map(({ KeyMetadata }) => [KeyMetadata.KeyId, KeyMetadata.Description ?? ''])),
    aliases,
    tags: new Map(
      tagged.flatMap(({ Tags }, index) =>
        Tags.Tag.filter(({ TagKey }) => TagKey === 'killed').map(({ TagValue }) => [keyIds[index]!, TagValue] as const),
      ),
    ),
    externalNames: new Set(keys.map(({ id }) => id)),
  }
}
