/** RAM policies of the accounts' own: the same in every scenario. */
import { roleArn } from '#src/api/contract/arn.ts'
import { policyRoles } from '#src/api/contract/policy.ts'
import type { RamPolicy } from '#mocks/store/rows.ts'
import { accounts } from './names.ts'
import type { AccountName } from './plan.ts'

const assuming = (role: string): RamPolicy => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [role] }],
})

export const customPolicies = {
  ListKeysOnly: {
    account: 'main',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['kms:List*', 'kms:DescribeKey', 'kms:GetKmsInstance'],
          Resource: [`acs:kms:*:${accounts.main.accountId}:*`],
        },
      ],
    },
  },
  DenyKeyChanges: {
    account: 'main',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['kms:Create*', 'kms:Enable*', 'kms:Disable*', 'kms:Set*', 'kms:Delete*', 'kms:Schedule*'],
          Resource: ['*'],
        },
      ],
    },
  },
  UseKeysOfExampleMain: {
    account: 'partner',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: policyRoles.user,
          Resource: [`acs:kms:*:${accounts.main.accountId}:key/*`],
        },
      ],
    },
  },
  AssumeOrderApp: { account: 'main', document: assuming(roleArn(accounts.main.accountId, 'order-app')) },
  AssumeBreakGlass: { account: 'main', document: assuming(roleArn(accounts.main.accountId, 'break-glass')) },
  AssumeEtlOfExampleMain: { account: 'partner', document: assuming(roleArn(accounts.main.accountId, 'etl')) },
} as const satisfies Record<string, { account: AccountName; document: RamPolicy }>

export type CustomPolicyName = keyof typeof customPolicies
