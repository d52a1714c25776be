/** What no public API offers, as far as a client can call it. */
import { rootArn } from '#src/api/contract/arn.ts'
import { accounts, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { stepMs } from '#mocks/kms/attempt.ts'
import { certificateAt } from '#mocks/xki/sites.ts'
import { does, type Case, type Known } from './case.ts'

const PrincipalArn = rootArn(accounts.main.accountId)
const key = ({ keyId }: Known) => ({ KeyId: keyId! })
const { region } = instances.recovery
const recovery = ({ recovery: id }: Known) => ({ KmsInstanceId: id! })
const payments = ({ payments: id }: Known) => ({ KmsInstanceId: id! })
const credential = ({ xksId, xksSecret }: Known) => ({ AccessKeyId: xksId!, AccessKeySecret: xksSecret! })
const endpoint = 'xki.example.com'

export const extensionCases: readonly Case[] = [
  does('DescribeExternalKeys', (known) => ({ ...payments(known), 'ExternalKeyId.1': externalKeys.ready[0] }), {
    answers: () => ({ 'ExternalKeys.ExternalKey.0.Status': 'ENABLED' }),
  }),
  does('DescribeKeyPermissions', ({ keyId }) => ({ 'KeyId.1': keyId! }), {
    answers: ({ keyId }) => ({ 'Keys.Key.0.KeyId': keyId }),
  }),
  does('DetectKeyAssociations', key),
  does('DescribeKeyAssociations', key),
  does('ListKeyActivity', key, { answers: () => ({ PageNumber: 1 }) }),
  does('ExplainAccess', (known) => ({ PrincipalArn, Permission: 'kms:Encrypt', ...key(known) })),
  does('DescribeKeyAccess', key),
  does('ListKeysByAccess', () => ({ PrincipalArn, Permission: 'kms:Encrypt' })),
  does('ListGrantors', ({ keyArn }) => ({ Permission: 'kms:Encrypt', Resource: keyArn! })),
  does('ListRequests', () => ({ EventName: 'ListGrantors' }), {
    remember: { requestId: 'Requests.Request.0.RequestId' },
  }),
  does('DescribeRequest', ({ requestId }) => ({ RequestId: requestId! })),
  does('SetSharingOwnership', ({ group }) => ({ KmsInstanceId: group!, Ownership: 'Independent' })),
  does('DescribeConnectionChoices', () => ({}), {
    region,
    remember: { vpcId: 'Vpcs.Vpc.0.VpcId', vSwitchId: 'Vpcs.Vpc.0.VSwitches.VSwitch.0.VSwitchId' },
  }),
  does(
    'ConnectExternalInstance',
    (known) => ({
      ...recovery(known),
      InstanceName: 'hyok-new',
      VpcId: known['vpcId']!,
      ZoneIds: 'cn-shanghai-b,cn-shanghai-g',
      VSwitchIds: known['vSwitchId']!,
      Connectivity: 'Public',
      Endpoint: endpoint,
      UriPathPrefix: '/xks',
      CertificateFingerprint: certificateAt(endpoint)!.fingerprint,
      Dialect: 'xks-v1',
      ...credential(known),
    }),
    { region },
  ),
  does('ChangeProxyCredential', (known) => ({ ...recovery(known), ...credential(known) }), {
    region,
    afterMs: 7 * stepMs,
  }),
  does('DescribeConnection', payments, { answers: ({ payments: id }) => ({ KmsInstanceId: id }) }),
  does('DescribeConnectionHealth', (known) => ({ ...payments(known), Minutes: '15' }), {
    answers: () => ({ BucketSeconds: 15 }),
  }),
  does('DisconnectExternalInstance', payments),
  does('ReconnectExternalInstance', payments),
]
