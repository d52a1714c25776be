import { afterEach, expect, test } from 'vitest'
import { agoText, localStamp, utcStamp, zoneName } from './stamp.ts'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test.each([
  ['Asia/Shanghai', '2026-03-29 09:00', 'GMT+8'],
  ['America/New_York', '2026-03-28 21:00', 'EDT'],
  ['Asia/Kolkata', '2026-03-29 06:30', 'GMT+5:30'],
])('a moment in %s, and in UTC', (timeZone, local, name) => {
  process.env.TZ = timeZone
  const date = new Date('2026-03-29T01:00:00Z')
  expect(localStamp(date)).toBe(local)
  expect(zoneName(date, 'en-US')).toBe(name)
  expect(utcStamp(date)).toBe('2026-03-29 01:00 UTC')
})

test.each([
  [-5000, 'now', '现在'],
  [59_999, 'now', '现在'],
  [60_000, '1 minute ago', '1分钟前'],
  [3 * 3_600_000 + 1, '3 hours ago', '3小时前'],
  [86_400_000, 'yesterday', '昨天'],
  [40 * 86_400_000, '40 days ago', '40天前'],
])('%d ms ago', (ms, english, chinese) => {
  expect(agoText(ms, 'en-US')).toBe(english)
  expect(agoText(ms, 'zh-CN')).toBe(chinese)
})
