/** Everything of RAM API 2015-05-01 that this build answers. Loaded when first asked for: a cloud opens without it. */
import { attachmentRules } from './attachments.ts'
import { ramPolicyRules } from './policies.ts'
import { roleRules } from './roles.ts'
import { userRules } from './users.ts'

export const administrationRules = { ...userRules, ...roleRules, ...ramPolicyRules, ...attachmentRules }
