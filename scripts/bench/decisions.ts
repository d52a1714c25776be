/**
 * What an explanation costs: a decision whose explanation is read beside one whose explanation is not, and the matrix of 200 principals
 * beside as many plain decisions. All in this process, turn by turn.
 */
import { keyPermissions, type Principal } from '#src/api/contract/access.ts'
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { customPolicy, policyRoles } from '#src/api/contract/policy.ts'
import { detailOf, questionOf } from '#mocks/ram/access.ts'
import { firstVersion } from '#mocks/ram/attached.ts'
import { evaluate, type Question } from '#mocks/ram/evaluate.ts'
import { keyResource } from '#mocks/kms/visible.ts'
import type { CloudTables, PolicyRef, PrincipalRow } from '#mocks/store/rows.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { account, keyIds, smallWorld } from '#mocks/testing/small-world.ts'
import { median } from './measure.ts'

const principalCount = 200
const budget = 1.5

/** 200 users and roles, each with three RAM policies, and a key whose policy names forty of them, with a condition and a deny. */
async function peopledWorld() {
  const base = await smallWorld()
  const [person] = base.cloud.principals
  const attached = (index: number): readonly PolicyRef[] =>
    [0, 1, 2].map((offset) => ({ name: `Own${(index + offset) % 10}`, type: 'Custom', attachedAt: testStart }))
  // With the account itself and the small world's people.
  const added = principalCount - 1 - base.cloud.principals.length
  const principals = Array.from({ length: added }, (_, index): PrincipalRow => {
    const kind = index % 4 === 0 ? 'role' : 'user'
    const name = `${kind}-${index}`
    const arn = kind === 'role' ? roleArn(account, name) : userArn(account, name)
    return { ...person!, arn, kind, name, id: `${1000 + index}`, policies: attached(index) }
  })
  const named = principals.slice(0, 40).map(({ arn }) => arn)
  const [keyPolicy] = [
    customPolicy([account], { administrator: named.slice(0, 10), user: named.slice(10), crossAccountUser: [] }),
  ]
  const policy = {
    ...keyPolicy,
    Statement: [
      ...keyPolicy.Statement,
      {
        Effect: 'Deny' as const,
        Principal: { RAM: named.slice(5, 9) },
        Action: ['kms:Decrypt'],
        Resource: ['*'],
        Condition: { NotIpAddress: { 'acs:SourceIp': ['192.0.2.0/24'] } },
      },
    ],
  }
  const ramPolicies = Array.from({ length: 10 }, (_, index) =>
    firstVersion({
      accountId: account,
      name: `Own${index}`,
      description: '',
      createdAt: testStart,
      document: {
        Version: '1',
        Statement: [
          { Effect: 'Allow', Action: policyRoles.user.slice(0, 1 + index), Resource: [`acs:kms:*:${account}:key/*`] },
          { Effect: 'Deny', Action: ['kms:Schedule*'], Resource: ['*'] },
        ],
      },
    }),
  )
  return {
    ...base,
    cloud: {
      ...base.cloud,
      principals: [...base.cloud.principals, ...principals],
      groups: [],
      ramPolicies: [...base.cloud.ramPolicies, ...ramPolicies],
      keys: base.cloud.keys.map((key) => (key.keyId === keyIds.enabled ? { ...key, policy } : key)),
    },
  }
}

type World = Awaited<ReturnType<typeof peopledWorld>>

function questionsOf({ cloud }: World): readonly Question[] {
  const table = <T>(rows: readonly T[], idOf: (row: T) => string) => new Map(rows.map((row) => [idOf(row), row]))
  const tables = {
    principals: table(cloud.principals, ({ arn }) => arn),
    groups: new Map<string, CloudTables['groups']>(),
    ramPolicies: table(cloud.ramPolicies, ({ id }) => id),
  }
  const resource = keyResource(cloud.keys.find(({ keyId }) => keyId === keyIds.enabled)!)
  const circumstances = { now: testStart, sourceIp: '127.0.0.1', secureTransport: true }
  return cloud.principals.flatMap((principal: Principal) =>
    keyPermissions.map((permission) => questionOf(principal, permission, resource, circumstances, tables as never)),
  )
}

/** Milliseconds. */
async function timed(run: () => unknown): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

export async function benchDecisions(rounds: number): Promise<void> {
  const world = await peopledWorld()
  const questions = questionsOf(world)
  const cloud = await testCloud({ world })
  let seen = 0
  const plain = (): void => {
    for (const question of questions) if (evaluate(question).verdict === 'allow') seen++
  }
  const explained = (): void => {
    for (const question of questions) seen += detailOf(question, evaluate(question)).Statements.length
  }
  const matrix = async (): Promise<void> => {
    const { Principals } = await cloud.ok(
      'DescribeKeyAccess',
      { KeyId: keyIds.enabled, PageSize: principalCount },
      { as: 'owner' },
    )
    if (Principals.Principal.length !== principalCount) throw new Error('The matrix is not whole.')
  }
  const times = { plain: [] as number[], explained: [] as number[], matrix: [] as number[] }
  for (let round = -2; round < rounds; round++) {
    const taken = { plain: await timed(plain), explained: await timed(explained), matrix: await timed(matrix) }
    if (round >= 0) for (const name of Object.keys(times) as (keyof typeof times)[]) times[name].push(taken[name])
  }
  if (seen === 0) throw new Error('Nothing was decided.')
  const base = median(times.plain)
  const ratio = (values: readonly number[]): string => (median(values) / base).toFixed(2)
  const over = median(times.explained) / base > budget ? `   over the budget of ${budget}` : ''
  console.log(
    `\n${questions.length} decisions (${principalCount - 1} principals × ${keyPermissions.length} permissions), median of ${rounds} rounds\n`,
  )
  console.log(`${'decided'.padEnd(34)}${base.toFixed(1).padStart(8)} ms`)
  console.log(
    `${'decided, explanation read'.padEnd(34)}${median(times.explained).toFixed(1).padStart(8)} ms  ${ratio(times.explained)}×${over}`,
  )
  console.log(
    `${`DescribeKeyAccess of ${principalCount} principals`.padEnd(34)}${median(times.matrix).toFixed(1).padStart(8)} ms  ${ratio(times.matrix)}×`,
  )
}
