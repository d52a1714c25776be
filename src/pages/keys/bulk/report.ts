/** The report of a run: what became of every key, for a spreadsheet and for a program. */
import { csvText } from '#src/pages/keys/files/csv.ts'
import { skipGroup, verbTable, type Order, type Skip } from './orders.ts'
import type { OutcomeName, Row } from './runner.ts'

export interface ReportRow {
  readonly keyId: string
  readonly aliases: readonly string[]
  readonly result: OutcomeName
  /** A code: the API's, or why the key was passed over. Empty where there is nothing to say. */
  readonly reason: string
  /** The same in the person's language. */
  readonly explanation: string
  /** What the API said. */
  readonly message: string
  readonly requestId: string
  /** When the answer came, ISO 8601; empty where nothing was asked. */
  readonly time: string
}

export interface ReportHead {
  readonly region: string
  /** Who did it. */
  readonly principalArn: string
  readonly order: Order
  /** When the report was made, ms. */
  readonly now: number
}

/** How reasons are put into the person's words. */
export interface ReportWords {
  readonly skip: (skip: Skip) => string
  readonly failure: (outcome: Row['outcome'] & { readonly at: 'failed' }) => string
}

const iso = (time: number): string => new Date(time).toISOString()

export function reportRow({ keyId, aliases, outcome }: Row, words: ReportWords): ReportRow {
  const none = { keyId, aliases, result: outcome.at, reason: '', explanation: '', message: '', requestId: '', time: '' }
  switch (outcome.at) {
    case 'done':
      return { ...none, requestId: outcome.requestId ?? '', time: iso(outcome.time) }
    case 'skipped':
      return { ...none, reason: skipGroup(outcome.skip), explanation: words.skip(outcome.skip) }
    case 'failed': {
      const { error, time } = outcome
      return {
        ...none,
        reason: error.code === '' ? error.kind : error.code,
        explanation: words.failure(outcome),
        message: error.message,
        requestId: error.requestId ?? '',
        time: iso(time),
      }
    }
    default:
      return none
  }
}

const columns = [
  'keyId',
  'aliases',
  'action',
  'result',
  'reason',
  'explanation',
  'message',
  'requestId',
  'time',
] as const

export function csvReport(rows: readonly ReportRow[], { order }: ReportHead): string {
  const { action } = verbTable[order.verb]
  const cellsOf = (row: ReportRow): readonly string[] =>
    columns.map((column) => {
      if (column === 'action') return action
      return column === 'aliases' ? row.aliases.join(' ') : row[column]
    })
  return csvText([columns, ...rows.map(cellsOf)])
}

export function jsonReport(rows: readonly ReportRow[], { region, principalArn, order, now }: ReportHead): string {
  const { verb, ...parameters } = order
  const counts: Partial<Record<OutcomeName, number>> = {}
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1
  const report = {
    action: verbTable[verb].action,
    verb,
    parameters,
    region,
    principalArn,
    reportedAt: iso(now),
    counts,
    keys: rows,
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
