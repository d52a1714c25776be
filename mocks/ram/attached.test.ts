import { expect, test } from 'vitest'
import { roleArn, rootArn, userArn } from '#src/api/contract/arn.ts'
import { accounts } from '#mocks/scenarios/names.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import { fill } from '#mocks/scenarios/world.ts'
import { cloudTables } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { attachedTo, documentOf, policyRowOf } from './attached.ts'

const { accountId } = accounts.main

test('every policy with the way that it came, the own ones first', async () => {
  const { cloud } = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })
  const db = await openStore(cloudTables)
  db.replace((tx) => fill(tx, cloud))
  const of = (arn: string, account = accountId) =>
    attachedTo({ accountId: account, arn }, db.read).map(({ name, type, via }) => [name, type, via])

  expect(of(userArn(accountId, 'key-operator'))).toEqual([
    ['AliyunKMSCryptoAdminAccess', 'System', 'user'],
    ['AliyunRAMReadOnlyAccess', 'System', 'user'],
    ['AssumeBreakGlass', 'Custom', 'group security-team'],
  ])
  expect(of(roleArn(accountId, 'kms-auditor'))).toEqual([['AliyunKMSReadOnlyAccess', 'System', 'role']])
  expect(of(userArn(accountId, 'intern'))).toEqual([])
  expect(of(rootArn(accountId))).toEqual([])
  expect(of(userArn(accountId, 'nobody'))).toEqual([])

  // A policy of the account's own does not stand for the system's of the same name, nor the other way round.
  const system = policyRowOf(db.read, accountId, { type: 'System', name: 'AliyunKMSReadOnlyAccess' })!
  expect(policyRowOf(db.read, accountId, { type: 'Custom', name: 'AliyunKMSReadOnlyAccess' })).toBeUndefined()
  const document = { Version: '1', Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }] } as const
  db.write((tx) =>
    tx.ramPolicies.put({
      ...system,
      id: `${accountId}/AliyunKMSReadOnlyAccess`,
      accountId,
      versions: [...system.versions, { id: 'v2', document, createdAt: 0 }],
      defaultVersion: 'v2',
    }),
  )
  const [applied] = attachedTo({ accountId, arn: roleArn(accountId, 'kms-auditor') }, db.read)
  expect(applied?.document).toEqual(documentOf(system))
  expect(documentOf(policyRowOf(db.read, accountId, { type: 'Custom', name: 'AliyunKMSReadOnlyAccess' })!)).toEqual(
    document,
  )
})
