/** The rule of every action. What no start needs is loaded when it is first asked for. */
import { whenAsked } from '#mocks/cloud/when-asked.ts'
import { absentRules } from '#mocks/kms/absent.ts'
import { aliasRules } from '#mocks/kms/aliases.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { cryptoRules } from '#mocks/kms/crypto.ts'
import { exportRules } from '#mocks/kms/export.ts'
import { extensionRules } from '#mocks/kms/extensions.ts'
import { instanceRules } from '#mocks/kms/instances.ts'
import { keyRules } from '#mocks/kms/keys.ts'
import { ownershipRules } from '#mocks/kms/ownership.ts'
import { permissionRules } from '#mocks/kms/permissions.ts'
import { policyRules } from '#mocks/kms/policies.ts'
import { tagRules } from '#mocks/kms/tags.ts'
import { versionRules } from '#mocks/kms/versions.ts'
import { stsRules } from '#mocks/ram/sts.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import { connectionActions } from '#src/api/contract/connections.ts'
import { directoryActions } from '#src/api/contract/directory.ts'
import { explanationActions } from '#src/api/contract/explanations.ts'
import { instanceLifeActions } from '#src/api/contract/instance-life.ts'
import { ramPolicyActions } from '#src/api/contract/ram-policies.ts'
import { ramActions } from '#src/api/contract/ram.ts'
import { requestActions } from '#src/api/contract/requests.ts'
import { sharingActions } from '#src/api/contract/sharing.ts'

const namesOf = <A extends object>(named: A) => Object.keys(named) as Extract<keyof A, ActionName>[]

/** Missing an action, this does not compile. */
export const rules: Rules<ActionName> = {
  ...instanceRules,
  ...keyRules,
  ...policyRules,
  ...aliasRules,
  ...tagRules,
  ...cryptoRules,
  ...exportRules,
  ...versionRules,
  ...absentRules,
  ...whenAsked(
    ['DetectKeyAssociations', 'DescribeKeyAssociations', 'ListKeyActivity', ...namesOf(requestActions)],
    async () => (await import('#mocks/kms/telling.ts')).tellingRules,
  ),
  ...permissionRules,
  ...whenAsked(namesOf(explanationActions), async () => (await import('#mocks/access/rules.ts')).accessRules),
  ...extensionRules,
  ...whenAsked(
    namesOf(instanceLifeActions),
    async () => (await import('#mocks/kms/instance-life.ts')).instanceLifeRules,
  ),
  ...whenAsked(namesOf(connectionActions), async () => (await import('#mocks/kms/connections.ts')).connectionRules),
  ...whenAsked(
    namesOf({ ...directoryActions, ...ramActions, ...ramPolicyActions }),
    async () => (await import('#mocks/ram/administration.ts')).administrationRules,
  ),
  ...stsRules,
  ...ownershipRules,
  ...whenAsked(namesOf(sharingActions), async () => (await import('#mocks/sharing/rules.ts')).sharingRules),
}
