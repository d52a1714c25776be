import { expect, test } from 'vitest'
import { ApiError } from '#src/api/api-error.ts'
import { csvReport, jsonReport, reportRow, type ReportHead } from './report.ts'
import type { Row } from './runner.ts'

const time = Date.parse('2026-03-02T08:00:00Z')
const rowOf = (keyId: string, outcome: Row['outcome'], aliases: readonly string[] = []): Row => ({
  keyId,
  aliases,
  checked: null,
  outcome,
})
const error = new ApiError({
  kind: 'refused',
  action: 'DisableKey',
  status: 503,
  code: 'ServiceUnavailableTemporary',
  message: '=Service, "unavailable".',
  requestId: 'R-2',
})
const rows: readonly Row[] = [
  rowOf('key-1', { at: 'done', time, requestId: 'R-1' }, ['alias/a', 'alias/b']),
  rowOf('key-2', { at: 'failed', time, error, isUnknown: false }),
  rowOf('key-3', { at: 'skipped', skip: { by: 'already', state: 'Disabled' } }),
  rowOf('key-4', { at: 'notTried' }),
]
const head: ReportHead = {
  region: 'cn-hangzhou',
  principalArn: 'acs:ram::1:user/a',
  order: { verb: 'schedule', days: 30 },
  now: time,
}
const words = { skip: () => '已禁用', failure: () => 'Try again' }
const reported = rows.map((row) => reportRow(row, words))

test('the spreadsheet says what became of every key, one row each, and runs nothing', () => {
  expect(csvReport(reported, head)).toBe(
    [
      '\uFEFFkeyId,aliases,action,result,reason,explanation,message,requestId,time',
      'key-1,alias/a alias/b,ScheduleKeyDeletion,done,,,,R-1,2026-03-02T08:00:00.000Z',
      `key-2,,ScheduleKeyDeletion,failed,ServiceUnavailableTemporary,Try again,"'=Service, ""unavailable"".",R-2,2026-03-02T08:00:00.000Z`,
      'key-3,,ScheduleKeyDeletion,skipped,already Disabled,已禁用,,,',
      'key-4,,ScheduleKeyDeletion,notTried,,,,,',
      '',
    ].join('\r\n'),
  )
})

test('the JSON tells the order, who gave it, and the counts', () => {
  expect(JSON.parse(jsonReport(reported, head))).toMatchObject({
    action: 'ScheduleKeyDeletion',
    verb: 'schedule',
    parameters: { days: 30 },
    region: 'cn-hangzhou',
    principalArn: 'acs:ram::1:user/a',
    reportedAt: '2026-03-02T08:00:00.000Z',
    counts: { done: 1, failed: 1, skipped: 1, notTried: 1 },
    keys: [{ keyId: 'key-1', aliases: ['alias/a', 'alias/b'], result: 'done' }, {}, {}, {}],
  })
})
