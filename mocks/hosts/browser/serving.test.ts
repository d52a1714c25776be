/** Pages, their workers and the one cloud, with the browser played by fakes: locks, a channel, ports, and workers that can be ended. */
import { beforeEach, describe, expect, it } from 'vitest'
import { StartError, type Change, type Lab } from '#src/api/contract/backend.ts'
import type { ServedCloud } from './answer.ts'
import { AnswerLost, createBridge, type Bridge } from './bridge.ts'
import { createHub, type Hub, type Port } from './hub.ts'
import { protocol, type ChannelMessage, type WorkerMessage } from './messages.ts'
import type { WireRequest } from './wire.ts'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A queue of holders; what it returns ends the holding of one who cannot end it himself. */
function fakeLock() {
  const waiting: { owner: string; grant: () => void }[] = []
  let holder: { owner: string; release: () => void } | null = null
  const next = (): void => {
    if (!holder) waiting.shift()?.grant()
  }
  return {
    request: (owner: string, work: () => Promise<void>): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting.push({
          owner,
          grant: () => {
            const release = (): void => {
              holder = null
              next()
            }
            holder = { owner, release }
            work().then(
              () => (release(), resolve()),
              (error: unknown) => (release(), reject(error)),
            )
          },
        })
        next()
      }),
    end(owner: string): void {
      waiting.splice(0, waiting.length, ...waiting.filter((entry) => entry.owner !== owner))
      if (holder?.owner === owner) holder.release()
    },
    owner: () => holder?.owner,
  }
}

interface FakeCloud extends ServedCloud {
  readonly announce: (change: Change) => void
}

/** What every cloud of a test has in common, as if it were stored. */
interface Disk {
  notes: string[]
  /** Requests that got no answer yet. */
  held: (() => void)[]
  holding: boolean
  open: number
  fresh: boolean
  clockOffsetMs: number
  problem: StartError | null
  /** Until when opening it takes. */
  opening: Promise<void>
  lose: () => void
}

function fakeCloud(disk: Disk): FakeCloud {
  const listeners = new Set<(change: Change) => void>()
  const nonces = new Set<string>()
  return {
    async fetch(request) {
      const nonce = request.headers.get('x-acs-signature-nonce')
      if (nonce !== null && nonces.has(nonce)) return new Response('replay', { status: 400 })
      if (nonce !== null) nonces.add(nonce)
      if (request.method === 'POST') disk.notes.push(await request.text())
      if (disk.holding) await new Promise<void>((resolve) => disk.held.push(resolve))
      return new Response(disk.notes.join(), { headers: { 'x-mark': 'here' } })
    },
    lab: {
      scenarios: async () => ['default'],
      reset: async () => disk.notes.splice(0) as unknown as void,
    } as Partial<Lab> as Lab,
    identities: () => [],
    signingKey: () => {
      throw new Error('There is no such access key.')
    },
    now: () => 1_000 + disk.clockOffsetMs,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    announce: (change) => {
      for (const listener of listeners) listener(change)
    },
  }
}

function browser() {
  const lock = fakeLock()
  const disk: Disk = {
    notes: [],
    held: [],
    holding: false,
    open: 0,
    fresh: false,
    clockOffsetMs: 5,
    problem: null,
    opening: Promise.resolve(),
    lose: () => {},
  }
  const workers = new Map<string, { hub: Hub; ended: Promise<void>; end: () => void; alive: boolean }>()
  const onChannel = new Set<(from: string, message: ChannelMessage) => void>()
  let ids = 0
  let cloud: FakeCloud | null = null

  const broadcast = (from: string, message: ChannelMessage): void => {
    const copy = structuredClone(message)
    for (const listener of onChannel) queueMicrotask(() => listener(from, copy))
  }

  function worker(name: string) {
    const running = workers.get(name)
    if (running?.alive) return running
    // The browser starts a new one under the same name: another worker for all others.
    const id = `${name}#${(ids += 1)}`
    let end!: () => void
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const started = {
      ended,
      alive: true,
      end(): void {
        started.alive = false
        lock.end(id)
        end()
      },
      hub: createHub({
        worker: id,
        newTerm: () => `term#${(ids += 1)}`,
        wallNow: () => 1_000,
        underLock: (work) => lock.request(id, work),
        openCloud: async (onLost) => {
          await disk.opening
          if (disk.problem) throw disk.problem
          disk.open += 1
          disk.lose = onLost
          cloud = fakeCloud(disk)
          return { cloud, fresh: disk.fresh, close: async () => void (disk.open -= 1) }
        },
        broadcast: (message) => {
          if (started.alive) broadcast(id, message)
        },
      }),
    }
    onChannel.add((from, message) => {
      if (started.alive && from !== id) started.hub.fromChannel(message)
    })
    workers.set(name, started)
    byId.set(id, started)
    return started
  }
  const byId = new Map<string, { ended: Promise<void> }>()

  /** A page that uses the worker of that name. */
  function page(name: string): Bridge {
    const bridge = createBridge({
      base: '/',
      connect: (receive: (message: WorkerMessage) => void) => {
        const joined = worker(name)
        const port: Port = {
          post: (message) => {
            const copy = structuredClone(message)
            queueMicrotask(() => {
              if (joined.alive) receive(copy)
            })
          },
        }
        return (message) => {
          const copy = structuredClone(message)
          queueMicrotask(() => {
            if (joined.alive) joined.hub.fromPage(port, copy)
          })
        }
      },
      whenEnded: (id) => byId.get(id)!.ended,
      newId: () => `call#${(ids += 1)}`,
    })
    bridge.ready.catch(() => {})
    return bridge
  }

  return {
    disk,
    lock,
    page,
    broadcast,
    end: (name: string) => workers.get(name)!.end(),
    announce: (change: Change) => cloud!.announce(change),
    release: () => {
      for (const go of disk.held.splice(0)) go()
    },
  }
}

let nonces = 0
const request = (method: string, body: string | null = null, headers: WireRequest['headers'] = []): WireRequest => ({
  method,
  url: 'http://console.example/api/key-manager/keys',
  headers: [['x-acs-signature-nonce', `${(nonces += 1)}`], ...headers],
  body: body === null ? null : (new TextEncoder().encode(body).buffer as ArrayBuffer),
})
const read = async (page: Bridge): Promise<string> =>
  new TextDecoder().decode((await page.call('fetch', request('GET'))).body)
const write = (page: Bridge, note: string) => page.call('fetch', request('POST', note))

let world: ReturnType<typeof browser>
beforeEach(() => {
  world = browser()
})

describe('one worker', () => {
  it('answers its pages, with status and headers', async () => {
    const page = world.page('a')
    await page.ready
    const { status, headers, body } = await page.call('fetch', request('POST', 'one'))
    expect({ status, text: new TextDecoder().decode(body) }).toEqual({ status: 200, text: 'one' })
    expect(headers).toContainEqual(['x-mark', 'here'])
    await expect(page.call('scenarios')).resolves.toEqual(['default'])
    await expect(page.call('signingKey', 'none')).rejects.toThrow('no such access key')
  })

  it('keeps all pages in step', async () => {
    const pages = [world.page('a'), world.page('a')]
    const told: Change[] = []
    for (const page of pages) {
      page.onChange((change) => told.push(change))
      await page.ready
      expect(page.clockOffsetMs()).toBe(5)
    }
    world.disk.clockOffsetMs = 70
    world.announce({ table: 'clock', ids: [] })
    await settle()
    expect(told).toEqual([
      { table: 'clock', ids: [] },
      { table: 'clock', ids: [] },
    ])
    expect(pages.map((page) => page.clockOffsetMs())).toEqual([70, 70])
  })

  it('says why it cannot open the data, and tries again when asked again', async () => {
    world.disk.problem = new StartError('storageFull')
    const page = world.page('a')
    await expect(page.ready).rejects.toMatchObject({ problem: 'storageFull' })
    await expect(page.call('identities')).rejects.toMatchObject({ problem: 'storageFull' })
    world.disk.problem = null
    await expect(page.call('identities')).resolves.toEqual([])
    await world.page('a').ready
  })

  it('is started anew when it ends: reads are repeated, writes are lost', async () => {
    const page = world.page('a')
    await page.ready
    const told: Change[] = []
    page.onChange((change) => told.push(change))
    world.disk.holding = true
    const reading = read(page)
    const writing = write(page, 'perhaps')
    const lost = expect(writing).rejects.toThrow(AnswerLost)
    await settle()
    world.disk.holding = false
    world.end('a')
    await lost
    await expect(reading).resolves.toBe('perhaps')
    expect(told.map(({ table }) => table)).toEqual([
      'keys',
      'aliases',
      'instances',
      'sharing',
      'externalKeys',
      'usage',
      'clock',
    ])
  })

  it('opens the data anew when it is taken away', async () => {
    const page = world.page('a')
    await page.ready
    const told: Change[] = []
    page.onChange((change) => told.push(change))
    world.disk.fresh = true
    world.disk.lose()
    await expect(page.call('identities')).resolves.toEqual([])
    await settle()
    expect(world.disk.open).toBe(1)
    expect(told.at(-1)).toEqual({ table: 'everything', ids: [] })
  })
})

describe('two workers', () => {
  it('have one writer: the second passes calls on, and hears of changes', async () => {
    const [first, second] = [world.page('a'), world.page('b')]
    await Promise.all([first.ready, second.ready])
    const told: Change[] = []
    second.onChange((change) => told.push(change))
    await write(first, 'one')
    await write(second, 'two')
    expect(await read(first)).toBe('one,two')
    await expect(second.call('signingKey', 'none')).rejects.toThrow('no such access key')
    world.announce({ table: 'keys', ids: ['k'] })
    await settle()
    expect(told).toEqual([{ table: 'keys', ids: ['k'] }])
    expect(world.disk.open).toBe(1)
  })

  it('hand over when the holder ends; nobody else is disturbed', async () => {
    const [first, second, third] = [world.page('a'), world.page('b'), world.page('c')]
    await Promise.all([first.ready, second.ready, third.ready])
    await write(first, 'one')
    world.disk.holding = true
    const writing = expect(write(third, 'perhaps')).rejects.toThrow(AnswerLost)
    const reading = read(third)
    await settle()
    world.disk.holding = false
    world.disk.open -= 1
    world.end('a')
    await writing
    expect(await reading).toBe('one,perhaps')
    await write(second, 'two')
    // The first page's worker is started anew, and is now one of those that pass on.
    expect(await read(first)).toBe('one,perhaps,two')
    expect(world.lock.owner()).toMatch(/^b/)
    expect(world.disk.open).toBe(1)
  })

  it('carry out what is asked for while the next opens the data', async () => {
    const [first, second] = [world.page('a'), world.page('b')]
    await Promise.all([first.ready, second.ready])
    await write(first, 'one')
    let opened!: () => void
    world.disk.opening = new Promise((resolve) => {
      opened = resolve
    })
    world.end('a')
    await settle()
    const writing = write(second, 'two')
    await settle()
    opened()
    await writing
    expect(await read(second)).toBe('one,two')
    expect(world.lock.owner()).toMatch(/^b/)
  })

  it('lose what a worker passed on when that one ends: the holder would see a replay', async () => {
    const [first, second] = [world.page('a'), world.page('b')]
    await Promise.all([first.ready, second.ready])
    world.disk.holding = true
    const reading = expect(read(second)).rejects.toThrow(AnswerLost)
    await settle()
    world.end('b')
    await reading
    world.disk.holding = false
    world.release()
    expect(await read(second)).toBe('')
    expect(world.lock.owner()).toMatch(/^a/)
  })

  it('come to the next in the queue when the holder cannot open the data any more', async () => {
    const [first, second] = [world.page('a'), world.page('b')]
    await Promise.all([first.ready, second.ready])
    world.disk.problem = new StartError('storedByNewerBuild')
    world.disk.open -= 1
    world.end('a')
    await settle()
    await expect(second.call('identities')).rejects.toMatchObject({ problem: 'storedByNewerBuild' })
    world.disk.problem = null
    await expect(second.call('identities')).resolves.toEqual([])
    await expect(first.call('identities')).resolves.toEqual([])
    expect(world.disk.open).toBe(1)
  })
})

describe('a build with another protocol', () => {
  const foreign = { protocol: protocol + 1, kind: 'holder', term: 'foreign', clockOffsetMs: 0 } as const

  it('is named when it holds the cloud, and replaced when it ends', async () => {
    void world.lock.request('foreign', () => new Promise(() => {}))
    const page = world.page('a')
    await settle()
    world.broadcast('foreign', foreign)
    await expect(page.ready).rejects.toMatchObject({ problem: 'otherBuildRuns' })
    await expect(page.call('identities')).rejects.toMatchObject({ problem: 'otherBuildRuns' })
    await expect(world.page('a').ready).rejects.toMatchObject({ problem: 'otherBuildRuns' })
    world.lock.end('foreign')
    await expect(page.call('identities')).resolves.toEqual([])
  })

  it('is told who holds the cloud, and nothing that it says is obeyed', async () => {
    const page = world.page('a')
    await page.ready
    await settle()
    world.broadcast('foreign', {
      protocol: protocol + 1,
      kind: 'call',
      id: '1',
      term: 'term#2',
      call: { method: 'reset', args: [] },
    })
    await write(page, 'one')
    expect(await read(page)).toBe('one')
  })
})
