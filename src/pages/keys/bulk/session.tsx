/** One bulk work from the choice of its verb to the end of its result: the run, what was typed for it, and how it is shown. */
import type { QueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode } from 'react'
import type { Api } from '#src/api/api.tsx'
import { refresh } from '#src/api/queries.ts'
import { readsAfterWrite } from '#src/api/invalidation.ts'
import { limits } from '#src/api/contract/rules.ts'
import { beginWork, endWork, noteWork, type Work } from '#src/components/in-hand/work.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import type { TagRow } from '#src/pages/keys/labels/tag-rows.ts'
import { BulkSummary } from './bulk-summary.tsx'
import { verbTable, type Verb } from './orders.ts'
import { inSteps, type Store } from './in-steps.ts'
import type { Chosen } from './reader.ts'
import { createBulkRun, type BulkRun, type BulkState } from './runner.ts'

const loadPanel = () => withMessages(['bulk', 'labels'], import('./bulk-panel.tsx'))
const BulkPanel = lazy(async () => ({ default: (await loadPanel()).BulkPanel }))

/** Fetches the panel's code before it is wanted. */
export const preloadBulkPanel = (): void => void loadPanel()

/** What is typed before the order is given. */
export interface Draft {
  readonly description: string
  readonly rows: readonly TagRow[]
  readonly tagKeys: readonly string[]
  readonly days: string
  /** The number of keys, typed to confirm. */
  readonly typed: string
}

export interface Session {
  readonly verb: Verb
  readonly region: string
  /** Who acts; the tab may have become somebody else meanwhile. */
  readonly principalArn: string
  /** Milliseconds by the cloud's clock. */
  readonly now: () => number
  readonly run: BulkRun
  readonly view: Store<BulkState>
  /** Kept over closing the panel. */
  readonly draft: Store<Draft> & { readonly change: (part: Partial<Draft>) => void }
}

function createDraft(): Session['draft'] {
  const listeners = new Set<() => void>()
  let draft = emptyDraft
  return {
    state: () => draft,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (part) => {
      draft = { ...draft, ...part }
      for (const listener of listeners) listener()
    },
  }
}

const emptyDraft: Draft = {
  description: '',
  rows: [{ key: '', value: '' }],
  tagKeys: [],
  days: String(limits.deletionDays.preset),
  typed: '',
}

export function beginBulk(options: {
  api: Api
  queryClient: QueryClient
  region: string
  chosen: Chosen
  verb: Verb
  /** The order is given: the selection has served. */
  onOrder: () => void
}): void {
  const { api, queryClient, region, chosen, verb, onOrder } = options
  const run = createBulkRun(
    {
      client: api.client,
      now: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    { region, chosen, verb },
  )
  const session: Session = {
    verb,
    region,
    principalArn: api.identity.arn,
    now: api.backend.now,
    run,
    view: inSteps(run),
    draft: createDraft(),
  }
  const work: Work = {
    Panel: (props): ReactNode => <BulkPanel session={session} {...props} />,
    Summary: (): ReactNode => <BulkSummary session={session} />,
    isUnderWay: () => run.state().order !== null && run.phase() !== 'finished',
    end: () => {
      run.stop()
      stopListening()
    },
  }

  let last = run.phase()
  const stopWatching = run.subscribe(() => {
    const phase = run.phase()
    if (phase === last) return
    last = phase
    noteWork(work)
    if (phase === 'running') onOrder()
    // Once for all: announced changes are followed while it runs, and where a backend announces none, this is all there is.
    if (phase === 'finished') void refresh(queryClient, readsAfterWrite[verbTable[verb].action])
  })
  // Another world has other keys.
  const stopHearing = api.backend.onChange(({ table }) => {
    if (table === 'everything') endWork(work)
  })
  function stopListening(): void {
    stopWatching()
    stopHearing()
  }
  beginWork(work)
}
