/** The emulator's worker, as a SharedWorker or a dedicated Worker. */
import { createCloud } from '#mocks/cloud.ts'
import { systemRuntime } from '#mocks/runtime.ts'
import { openIndexedDb, type IndexedDbPersistence } from '#mocks/store/indexeddb.ts'
import { cloudTables, schemaVersion, vaultTables } from '#mocks/store/rows.ts'
import type { Persistence } from '#mocks/store/store.ts'
import { createHub, type Hub, type OpenedCloud, type Port } from './hub.ts'
import { channelName, cloudLock, databaseName, lifeLock, type ChannelMessage, type PageMessage } from './messages.ts'

const worker = crypto.randomUUID()

/** Resolves when this worker has its life's lock, which it never gives back. */
const alive = new Promise<void>((resolve) => {
  void navigator.locks.request(lifeLock(worker), () => {
    resolve()
    return new Promise<never>(() => {})
  })
})

async function openCloud(base: string, onLost: () => void): Promise<OpenedCloud> {
  const open = (party: 'cloud' | 'vault', tables: object): Promise<IndexedDbPersistence> =>
    openIndexedDb({ name: databaseName(party, base), tables: Object.keys(tables), version: schemaVersion, onLost })
  const opening = [open('cloud', cloudTables), open('vault', vaultTables)] as const
  const close = async (): Promise<void> => {
    for (const opened of await Promise.allSettled(opening)) if (opened.status === 'fulfilled') opened.value.close()
  }
  try {
    const [stored, vault] = await Promise.all(opening)
    let fresh = false
    const watched: Persistence = {
      ...stored,
      load: async () => {
        const rows = await stored.load()
        fresh = rows['world']?.length === 0
        return rows
      },
    }
    const cloud = await createCloud({ runtime: systemRuntime, persistence: { cloud: watched, vault } })
    return { cloud, fresh, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openHub(base: string): Hub {
  const channel = new BroadcastChannel(channelName(base))
  const opened = createHub({
    worker,
    newTerm: () => crypto.randomUUID(),
    wallNow: systemRuntime.wallNow,
    underLock: (work) => navigator.locks.request(cloudLock(base), work),
    openCloud: (onLost) => openCloud(base, onLost),
    broadcast: (message) => channel.postMessage(message),
  })
  channel.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => opened.fromChannel(data))
  return opened
}

let hub: Hub | null = null

function serve(messagePort: MessagePort): void {
  const port: Port = { post: (message) => messagePort.postMessage(message) }
  const receive = async (message: PageMessage): Promise<void> => {
    await alive
    if (message.kind === 'hello') hub ??= openHub(message.base)
    hub?.fromPage(port, message)
  }
  messagePort.addEventListener('message', ({ data }: MessageEvent<PageMessage>) => void receive(data))
  messagePort.addEventListener('close', () => hub?.forget(port))
  messagePort.start()
}

// Pages reach a SharedWorker by connecting; a dedicated one is handed the port in its first message.
addEventListener('connect', (event) => serve((event as MessageEvent).ports[0]!))
addEventListener('message', (event) => {
  const [port] = event.ports
  if (port) serve(port)
})
