/** ResourceSharing: an instance shared with another account, and taken back. */
import { sharedResourceType } from '#src/api/contract/sharing.ts'
import { accounts } from '#mocks/scenarios/names.ts'
import { does, type Case, type Known } from './case.ts'

const retail = accounts.retail.accountId
const product = 'resourcesharing'
const share = ({ shareId }: Known) => ({ ResourceShareId: shareId! })
const self = () => ({ ResourceOwner: 'Self' })

export const sharingCases: readonly Case[] = [
  does(
    'CreateResourceShare',
    ({ payments }) => ({
      ResourceShareName: 'conformance',
      'Resources.1.ResourceId': payments!,
      'Resources.1.ResourceType': sharedResourceType,
    }),
    { product, remember: { shareId: 'ResourceShare.ResourceShareId' } },
  ),
  does('UpdateResourceShare', (known) => ({ ...share(known), ResourceShareName: 'conformance-2' }), {
    product,
    answers: () => ({ 'ResourceShare.ResourceShareName': 'conformance-2' }),
  }),
  does('AssociateResourceShare', (known) => ({ ...share(known), 'Targets.1': retail }), { product }),
  does('ListResourceShares', self, { product }),
  does('ListResourceShareAssociations', () => ({ AssociationType: 'Target' }), { product }),
  does('ListSharedResources', self, { product }),
  does('ListSharedTargets', self, { product }),
  does('DisassociateResourceShare', (known) => ({ ...share(known), 'Targets.1': retail }), { product }),
  does('DeleteResourceShare', share, { product }),
]
