/** One export of a list, from the choice of its kind of file to the file. */
import { lazy, type ReactNode } from 'react'
import type { Api } from '#src/api/api.tsx'
import type { Filter } from '#src/api/contract/params.ts'
import { beginWork, endWork, noteWork, type Work } from '#src/components/in-hand/work.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { download, type FileKind } from '#src/components/download.ts'
import { csvExport, exportName, jsonExport, type ExportHead } from './export-file.ts'
import { createExportRun, type ExportRun, type ExportState } from './export-run.ts'
import { ExportSummary } from './export-summary.tsx'
import { inSteps, type Store } from './in-steps.ts'
import type { Chosen } from './reader.ts'

const ExportPanel = lazy(async () => ({
  default: (await withMessages(['bulk'], import('./export-panel.tsx'))).ExportPanel,
}))

export interface ExportSession {
  readonly run: ExportRun
  readonly view: Store<ExportState>
  readonly kind: FileKind
  /** Hands what was read to the browser, and tells the file's name. */
  readonly save: (kind: FileKind) => string
  readonly fileName: (kind: FileKind) => string
}

export function beginExport(options: {
  api: Api
  region: string
  /** Null: keys outside every instance. */
  instanceId: string | null
  filters: readonly Filter[]
  chosen: Chosen
  kind: FileKind
}): void {
  const { api, region, instanceId, filters, chosen, kind } = options
  const run = createExportRun(
    {
      client: api.client,
      now: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    region,
    chosen,
  )
  /** By the cloud's clock: its dates stand in the file. */
  let readAt = api.backend.now()
  const head = (): ExportHead => ({
    region,
    instanceId,
    filters,
    principalArn: api.identity.arn,
    now: readAt,
    isWhole: run.phase() === 'finished',
  })
  const fileName = (as: FileKind): string => `${exportName(head())}.${as}`
  function save(as: FileKind): string {
    const { keys } = run.state()
    download(exportName(head()), as, as === 'csv' ? csvExport(keys) : jsonExport(keys, head()))
    return fileName(as)
  }
  const session: ExportSession = {
    run,
    view: inSteps(run),
    kind,
    save,
    fileName,
  }
  const work: Work = {
    Panel: (props): ReactNode => <ExportPanel session={session} {...props} />,
    Summary: (): ReactNode => <ExportSummary session={session} />,
    isUnderWay: () => run.phase() === 'gathering' || run.phase() === 'reading',
    end: () => {
      run.stop()
      stopWatching()
      stopHearing()
    },
  }
  let last = run.phase()
  const stopWatching = run.subscribe(() => {
    const phase = run.phase()
    if (phase === last) return
    last = phase
    readAt = api.backend.now()
    if (phase === 'finished') save(kind)
    noteWork(work)
  })
  // Another world has other keys.
  const stopHearing = api.backend.onChange(({ table }) => {
    if (table === 'everything') endWork(work)
  })
  beginWork(work)
}
