/** The rest of KMS: a key's whole life, its versions, its labels, and its instance. */
import { absentActions } from '#src/api/contract/absent.ts'
import { defaultPolicy } from '#src/api/contract/policy.ts'
import { defaultRegion } from '#src/api/contract/regions.ts'
import { accounts, aliases, externalKeys, softwareAliases } from '#mocks/scenarios/names.ts'
import { wrappingParameters } from '#mocks/testing/wrapping.ts'
import { does, type Case, type Known } from './case.ts'

const resource = ({ keyId }: Known) => ({
  RegionId: defaultRegion,
  ResourceType: 'key',
  'ResourceId.1': keyId!,
})
const external = ({ keyId }: Known) => ({ KeyId: keyId! })
const rotating = ({ rotatingId }: Known) => ({ KeyId: rotatingId! })

export const keyCases: readonly Case[] = [
  does('DescribeAccountKmsStatus', () => ({}), { answers: () => ({ AccountStatus: 'Enabled' }) }),
  does('GetKmsInstance', ({ payments }) => ({ KmsInstanceId: payments! }), {
    answers: ({ payments }) => ({ 'KmsInstance.InstanceId': payments }),
  }),
  does('GetKmsInstanceQuotaInfos', ({ payments }) => ({ KmsInstanceId: payments!, ResourceType: 'vpc' }), {
    answers: ({ payments }) => ({ KmsInstanceId: payments }),
  }),
  does(
    'CreateKey',
    ({ payments }) => ({ DKMSInstanceId: payments!, ExternalKeyId: externalKeys.ready[0], Description: 'conformance' }),
    {
      answers: () => ({ 'KeyMetadata.KeyState': 'Enabled', 'KeyMetadata.Description': 'conformance' }),
      remember: { madeId: 'KeyMetadata.KeyId', madeArn: 'KeyMetadata.Arn' },
    },
  ),
  does('SetKeyPolicy', ({ madeId }) => ({
    KeyId: madeId!,
    PolicyName: 'default',
    Policy: JSON.stringify(defaultPolicy([accounts.main.accountId])),
  })),
  does('DescribeKey', () => ({ KeyId: softwareAliases.rotating }), { remember: { rotatingId: 'KeyMetadata.KeyId' } }),
  does('DescribeKey', () => ({ KeyId: aliases.working }), { remember: { protectedId: 'KeyMetadata.KeyId' } }),
  does('CreateAlias', (known) => ({ ...external(known), AliasName: 'alias/conformance/2' })),
  does('UpdateAlias', (known) => ({ ...rotating(known), AliasName: 'alias/conformance/2' })),
  does('DeleteAlias', () => ({ AliasName: 'alias/conformance/2' })),
  does('ListAliases', () => ({ PageSize: '1' }), { answers: () => ({ PageSize: 1 }) }),
  does('TagResources', (known) => ({ ...resource(known), 'Tag.1.Key': 'wire', 'Tag.1.Value': '1' })),
  does('ListTagResources', resource, {
    answers: ({ keyId }) => ({ 'TagResources.TagResource.0.ResourceId': keyId }),
  }),
  does('ListResourceTags', external),
  does('UntagResources', (known) => ({ ...resource(known), 'TagKey.1': 'wire' })),
  does('SetDeletionProtection', ({ madeArn }) => ({
    ProtectedResourceArn: madeArn!,
    EnableDeletionProtection: 'true',
  })),
  {
    name: 'refused while it is protected',
    action: 'ScheduleKeyDeletion',
    parameters: ({ protectedId }) => ({ KeyId: protectedId!, PendingWindowInDays: '7' }),
    code: 'Rejected.StateModifiedFailed',
  },
  does('GenerateAndExportDataKey', (known) => ({ ...external(known), ...wrappingParameters }), {
    remember: { exportedBlob: 'CiphertextBlob' },
  }),
  does('ExportDataKey', ({ exportedBlob }) => ({ CiphertextBlob: exportedBlob!, ...wrappingParameters })),
  does('ReEncrypt', ({ exportedBlob }) => ({
    CiphertextBlob: exportedBlob!,
    DestinationKeyId: aliases.sameExternalKey[1],
  })),
  does('ListKeyVersions', rotating, { answers: () => ({ PageNumber: 1 }) }),
  does('CreateKeyVersion', rotating, { remember: { versionId: 'KeyVersion.KeyVersionId' } }),
  does('DescribeKeyVersion', (known) => ({ ...rotating(known), KeyVersionId: known['versionId']! }), {
    answers: ({ versionId }) => ({ 'KeyVersion.KeyVersionId': versionId }),
  }),
  does('UpdateRotationPolicy', (known) => ({ ...rotating(known), EnableAutomaticRotation: 'false' })),
  // Known, and never carried out: only their refusals can be told.
  ...Object.entries(absentActions).flatMap(([action, { absent }]): readonly Case[] => [
    { name: 'refused for an external key', action, parameters: external, code: absent.external },
    { name: 'refused for any other', action, parameters: rotating, code: 'UnsupportedOperation' },
  ]),
]
