/**
 * A worker's part in serving one cloud to all pages of the origin. It queues for the cloud's lock; while it has it, it is the holder: the
 * only one with the stored data open, and the one who answers. Otherwise it passes its pages' calls on to whoever is.
 */
import { StartError, type Change } from '#src/api/contract/backend.ts'
import { answerer, type ServedCloud } from './answer.ts'
import {
  protocol,
  type AnswerMessage,
  type Call,
  type CallMessage,
  type ChannelMessage,
  type Outcome,
  type PageMessage,
  type WorkerMessage,
} from './messages.ts'

/** The way to one page. */
export interface Port {
  readonly post: (message: WorkerMessage) => void
}

export interface OpenedCloud {
  readonly cloud: ServedCloud
  /** Nothing was stored: the cloud is a new one, and no other that pages may remember. */
  readonly fresh: boolean
  readonly close: () => Promise<void>
}

export interface HubOptions {
  /** This worker's own ID. */
  readonly worker: string
  readonly newTerm: () => string
  readonly wallNow: () => number
  /** Runs `work` while this worker alone has the cloud's lock. */
  readonly underLock: (work: () => Promise<void>) => Promise<void>
  /** Opens the stored data, or rejects with StartError. `onLost`: it was taken away from under the cloud. */
  readonly openCloud: (onLost: () => void) => Promise<OpenedCloud>
  readonly broadcast: (message: ChannelMessage) => void
}

export interface Hub {
  readonly fromPage: (port: Port, message: PageMessage) => void
  readonly fromChannel: (message: ChannelMessage) => void
  /** The page is gone. */
  readonly forget: (port: Port) => void
}

interface Holder {
  readonly term: string
  readonly clockOffsetMs: number
}
interface Office {
  readonly term: string
  readonly answer: (call: Call) => Promise<Outcome>
  readonly clockOffsetMs: () => number
}
type Refusal = Extract<WorkerMessage, { kind: 'refused' }>

const refusalOf = (error: unknown): Refusal => ({
  kind: 'refused',
  problem: error instanceof StartError ? error.problem : 'failed',
  reason: String(error instanceof StartError ? (error.cause ?? error) : error),
})

export function createHub(options: HubOptions): Hub {
  const ports = new Set<Port>()
  /** Who of our pages waits for which answer of another worker. */
  const relayed = new Map<string, Port>()
  let office: Office | null = null
  let holder: Holder | null = null
  let refusal: Refusal | null = null
  let queueing = false

  const toPages = (message: WorkerMessage): void => {
    for (const port of ports) port.post(message)
  }
  const holderMessage = ({ term, clockOffsetMs }: Holder): WorkerMessage => ({
    kind: 'holder',
    term,
    here: term === office?.term,
    clockOffsetMs,
  })

  function acknowledge(next: Holder): void {
    if (next.term !== holder?.term) relayed.clear()
    holder = next
    refusal = null
    toPages(holderMessage(next))
  }

  function refuse(next: Refusal): void {
    holder = null
    refusal = next
    toPages(next)
  }

  function announce({ term, clockOffsetMs }: Office): void {
    options.broadcast({ protocol, kind: 'holder', term, clockOffsetMs: clockOffsetMs() })
  }

  /** Holds the cloud until its data is lost; the worker's end ends it too, and the lock goes to the next. */
  async function holdOffice(): Promise<void> {
    let lose!: () => void
    const lost = new Promise<void>((resolve) => {
      lose = resolve
    })
    // Whoever had the lock before, of this build or another, is gone.
    holder = null
    refusal = null
    toPages({ kind: 'vacant' })
    const { cloud, fresh, close } = await options.openCloud(lose)
    const clockOffsetMs = (): number => cloud.now() - options.wallNow()
    office = { term: options.newTerm(), answer: answerer(cloud), clockOffsetMs }
    const tell = (change: Change): void => {
      const message = { kind: 'changed', change, clockOffsetMs: clockOffsetMs() } as const
      toPages(message)
      options.broadcast({ protocol, ...message })
    }
    announce(office)
    acknowledge({ term: office.term, clockOffsetMs: clockOffsetMs() })
    if (fresh) tell({ table: 'everything', ids: [] })
    const stopListening = cloud.onChange(tell)
    await lost
    office = null
    holder = null
    stopListening()
    await close()
  }

  /** Once in the queue, it stays until it got the lock and could not open the data. */
  async function queue(): Promise<void> {
    if (queueing) return
    queueing = true
    refusal = null
    options.broadcast({ protocol, kind: 'who' })
    try {
      for (;;) await options.underLock(holdOffice)
    } catch (error) {
      refuse(refusalOf(error))
    } finally {
      queueing = false
    }
  }

  async function answer(message: CallMessage, reply: (answer: AnswerMessage) => void): Promise<void> {
    if (message.term !== office?.term) return
    reply({ kind: 'answer', id: message.id, outcome: await office.answer(message.call) })
  }

  return {
    fromPage(port, message) {
      if (message.kind === 'call') {
        if (message.term === office?.term) void answer(message, port.post)
        else {
          relayed.set(message.id, port)
          options.broadcast({ protocol, ...message })
        }
        return
      }
      ports.add(port)
      port.post({ kind: 'welcome', worker: options.worker })
      if (holder) port.post(holderMessage(holder))
      // In the queue behind a build that it does not understand, there is nothing to try.
      else if (refusal && queueing) port.post(refusal)
      else void queue()
    },

    fromChannel(message) {
      if (message.kind === 'who') {
        if (office) announce(office)
      } else if (message.protocol !== protocol) {
        if (message.kind === 'holder') {
          refuse({ kind: 'refused', problem: 'otherBuildRuns', reason: `It speaks protocol ${message.protocol}.` })
        }
      } else if (message.kind === 'holder') {
        acknowledge(message)
        void queue()
      } else if (message.kind === 'changed') {
        toPages({ kind: 'changed', change: message.change, clockOffsetMs: message.clockOffsetMs })
      } else if (message.kind === 'call') {
        void answer(message, (reply) => options.broadcast({ protocol, ...reply }))
      } else {
        relayed.get(message.id)?.post({ kind: 'answer', id: message.id, outcome: message.outcome })
        relayed.delete(message.id)
      }
    },

    forget(port) {
      ports.delete(port)
    },
  }
}
