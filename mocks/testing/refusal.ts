import { expect } from 'vitest'
import { errors } from '#src/api/contract/errors.ts'
import type { Dump } from '#mocks/cloud.ts'
import type { RefusalBody, TestAnswer, TestCloud } from './client.ts'

/**
 * What a refusal leaves as it is: all but the list of refused uses of keys in deletion, and what the key manager, which is another party,
 * remembers of who asked it.
 */
export const keptByRefusals = ({ cloud: { useAttempts: _, ...cloud }, vault }: Dump) => ({
  cloud,
  vault: { ...vault, externalKeys: (vault.externalKeys ?? []).flatMap(valuesButCallers) },
})

const valuesButCallers = (row: unknown): readonly unknown[] =>
  Object.entries(Object(row) as object).flatMap(([name, value]: [string, unknown]) =>
    name === 'callers' ? [] : [value],
  )

/** Sends it, and checks that the refusal has the table's status and that nothing was written. */
export async function refusalOf(cloud: TestCloud, send: () => Promise<TestAnswer<Partial<RefusalBody>>>) {
  const before = keptByRefusals(cloud.cloud.dump())
  const { status, body } = await send()
  expect(keptByRefusals(cloud.cloud.dump())).toEqual(before)
  expect(cloud.defects).toEqual([])
  if (body.Code) expect(status).toBe(errors[body.Code].status)
  return { code: body.Code, parameter: body.Detail?.Parameter }
}
