/** Instances as they are enabled, bound, protected and released. */
import { enablingMs } from '#mocks/kms/attempt.ts'
import { accounts, instances } from '#mocks/scenarios/names.ts'
import { does, type Case, type Known } from './case.ts'

const { region } = instances.softwareBought
const bought = ({ bought: id }: Known) => ({ KmsInstanceId: id! })
const apps = ({ apps: id }: Known) => ({ KmsInstanceId: id! })
const singapore = { region: instances.softwareSingapore.region }
const released = ({ singapore: id }: Known) => ({ KmsInstanceId: id! })
const BindVpcs = JSON.stringify([
  { VpcId: 'vpc-1', VSwitchId: 'vsw-1', RegionId: 'cn-hangzhou', VpcOwnerId: accounts.main.accountId },
])

export const instanceCases: readonly Case[] = [
  does('GetDefaultKmsInstance', () => ({}), { answers: ({ apps: id }) => ({ DefaultKmsInstanceId: id }) }),
  does('UpdateKmsInstanceBindVpc', (known) => ({ ...apps(known), BindVpcs })),
  does(
    'ConnectKmsInstance',
    (known) => ({
      ...bought(known),
      VpcId: known['vpcId']!,
      ZoneIds: 'cn-shanghai-b,cn-shanghai-g',
      VSwitchIds: known['vSwitchId']!,
      KMProvider: 'Aliyun',
    }),
    { region },
  ),
  does('GetKmsInstance', bought, {
    name: 'tells when an instance is enabled',
    region,
    afterMs: enablingMs,
    answers: () => ({ 'KmsInstance.Status': 'Connected' }),
  }),
  does('ReleaseKmsInstance', apps, { name: 'refused for a subscription', code: 'UnsupportedOperation' }),
  does('ReleaseKmsInstance', (known) => ({ ...released(known), ForceDeleteWithoutBackup: 'true' }), singapore),
]
