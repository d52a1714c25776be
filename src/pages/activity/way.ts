/** The rows of a request's waterfall, in the order of the way: KMS's steps, and after the step that they serve the hops beyond it. */
import type { Hop } from '#src/api/contract/errors.ts'
import type { RequestStep, RequestTrace } from '#src/api/contract/requests.ts'

export interface WayRow {
  readonly id: string
  /** `party`: one end of a hop, with all its time; `step`: a part of that. */
  readonly kind: 'party' | 'step'
  /** Whose time it is. */
  readonly hop: Hop
  /** Of a step its name, of a hop its operation; empty for the console's request and the key manager. */
  readonly name: string
  readonly depth: 0 | 1 | 2 | 3
  /** ms from the arrival; null: nobody told KMS. */
  readonly start: number | null
  readonly duration: number | null
  readonly note: string
  readonly failed: boolean
  /** Of a party that answered. */
  readonly status: number | null
  readonly code: string
}

const stepRow =
  (hop: Hop, depth: WayRow['depth'], from: string) =>
  (step: RequestStep, at: number): WayRow => ({
    id: `${from}.${at}`,
    kind: 'step',
    hop,
    name: step.Name,
    depth,
    start: step.StartMs,
    duration: step.DurationMs,
    note: step.Note,
    failed: step.Failed,
    status: null,
    code: '',
  })

type TracedHop = RequestTrace['Hops'][number]

/** A proxy that answered with its own protocol has asked its key manager, or had no need to: of that KMS sees the outcome alone. */
const keyManagerRow = (hop: TracedHop, id: string, trace: RequestTrace): readonly WayRow[] => {
  const failed = trace.Hop === 'keyManager' && hop.ErrorCode !== ''
  if (hop.Hop !== 'proxy' || !(failed || hop.ErrorCode === '')) return []
  const nothing = { start: null, duration: null, note: '', status: null, name: '' }
  return [{ ...nothing, id: `${id}.manager`, kind: 'party', hop: 'keyManager', depth: 2, failed, code: hop.ErrorCode }]
}

function hopRows(hop: TracedHop, id: string, trace: RequestTrace): readonly WayRow[] {
  const party: WayRow = {
    id,
    kind: 'party',
    hop: hop.Hop,
    name: hop.Operation,
    depth: 1,
    start: hop.StartMs,
    duration: hop.DurationMs,
    note: '',
    failed: hop.ErrorCode !== '' && trace.Hop !== 'keyManager',
    status: hop.Status,
    code: hop.ErrorCode,
  }
  const manager = keyManagerRow(hop, id, trace)
  // The key manager answers before the proxy's answer is understood.
  const steps = hop.Steps.map(stepRow(hop.Hop, 2, id))
  const before = steps.findIndex(({ name }) => name === 'read')
  const at = before < 0 ? steps.length : before
  return [party, ...steps.slice(0, at), ...manager, ...steps.slice(at)]
}

export function wayOf(trace: RequestTrace): readonly WayRow[] {
  // Only carrying out asks a proxy. Where the clock is coarse, times would not tell.
  const acting = trace.Steps.findIndex(({ Name }) => Name === 'act')
  return [
    {
      id: 'request',
      kind: 'party',
      hop: 'kms',
      name: '',
      depth: 0,
      start: 0,
      duration: trace.DurationMs,
      note: '',
      failed: false,
      status: trace.Status,
      code: trace.ErrorCode,
    },
    ...trace.Steps.flatMap((step, at) => [
      stepRow('kms', 1, 'kms')(step, at),
      ...(at === acting ? trace.Hops.flatMap((hop, index) => hopRows(hop, `hop${index}`, trace)) : []),
    ]),
  ]
}
