import { expect } from 'vitest'
import { errors } from '#src/api/contract/errors.ts'
import type { RefusalBody, TestAnswer, TestCloud } from './client.ts'

/** Sends it, and checks that the refusal has the table's status and that nothing was written. */
export async function refusalOf(cloud: TestCloud, send: () => Promise<TestAnswer<Partial<RefusalBody>>>) {
  const before = cloud.cloud.dump()
  const { status, body } = await send()
  const after = cloud.cloud.dump()
  expect({ cloud: after.cloud, vault: after.vault }).toEqual({ cloud: before.cloud, vault: before.vault })
  expect(cloud.defects).toEqual([])
  if (body.Code) expect(status).toBe(errors[body.Code].status)
  return { code: body.Code, parameter: body.Detail?.Parameter }
}
