/**
 * What is published about who may do what, put down by hand as cases: a second reading, from the pages alone, that the engine was not
 * consulted for. Tests ask the signed API each of them. One table is easier to hold beside the pages than several: hence its length.
 *
 * The marks: [SEED] KMS user guide, Manage external keys. [H: …] and [GHDOC …] help pages of that title. [DOC21 …] the documentation of
 * 2021. [SDK] texts of the SDK for KMS API 2016-01-20. [META24] published metadata of that API. `assumed: <id>`: no page says so; the
 * assumption of that name does.
 *
 * Columns: what it is about | who | does what | with what given | the key's policy | the caller's RAM policies | the answer.
 */
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import { errors, type ErrorCode } from '#src/api/contract/errors.ts'
import type { PolicyStatement } from '#src/api/contract/policy.ts'

export const home = '1111111111111111'
export const other = '2222222222222222'
const third = '3333333333333333'

/**
 * `home` owns all instances, `other` received two of them, `third` has none. `user` is in the home account's group `team`, `colleague` is
 * not. Roles act by credentials that the account's user `assumer` got for them.
 */
export const principals = {
  home: `acs:ram::${home}:*`,
  'home:root': `acs:ram::${home}:root`,
  user: `acs:ram::${home}:user/alice`,
  colleague: `acs:ram::${home}:user/bob`,
  assumer: `acs:ram::${home}:user/assumer`,
  role: `acs:ram::${home}:role/app`,
  other: `acs:ram::${other}:*`,
  'other:root': `acs:ram::${other}:root`,
  'other-user': `acs:ram::${other}:user/carol`,
  'other-colleague': `acs:ram::${other}:user/dave`,
  'other-role': `acs:ram::${other}:role/job`,
  'third-user': `acs:ram::${third}:user/erin`,
} as const satisfies Record<string, string>

const callers = [
  'home',
  'user',
  'colleague',
  'role',
  'other',
  'other-user',
  'other-colleague',
  'other-role',
  'third-user',
] as const
export type DocumentedCaller = (typeof callers)[number]

/** The console's roles, as the pages list them. */
const actionLists: Readonly<Record<string, string>> = {
  Administrator:
    'kms:List*,kms:Describe*,kms:Create*,kms:Enable*,kms:Disable*,kms:Get*,kms:Set*,kms:Update*,kms:Delete*,kms:Cancel*,kms:TagResource,kms:UntagResource,kms:ImportKeyMaterial,kms:ScheduleKeyDeletion',
  User: 'kms:Encrypt,kms:Decrypt,kms:GenerateDataKey,kms:GenerateAndExportDataKey,kms:AsymmetricEncrypt,kms:AsymmetricDecrypt,kms:DescribeKey,kms:DescribeKeyVersion,kms:ListKeyVersions,kms:ListAliasesByKeyId,kms:TagResource',
}

const table = `
# [H: Overview of key policies] a caller in the owner's account: allowed if the key policy or the RAM policy says Allow, and neither Deny
the key policy alone                     | user | Encrypt | | Allow user kms:Encrypt | | allowed
the RAM policy alone                     | user | Encrypt | | Allow colleague kms:Encrypt | Allow kms:Encrypt on * | allowed
both                                     | user | Encrypt | | Allow user kms:Encrypt | Allow kms:Encrypt on * | allowed
neither                                  | user | Encrypt | | Allow colleague kms:Encrypt | | denied
both, for something else                 | user | Encrypt | | Allow user kms:Decrypt | Allow kms:Describe* on * | denied
a Deny of the key, both allow            | user | Encrypt | | Allow user kms:Encrypt; Deny user kms:Encrypt | Allow kms:Encrypt on * | denied
a Deny of the key, RAM allows            | user | Encrypt | | Deny user kms:Encrypt | Allow kms:Encrypt on * | denied
a Deny of RAM, the key allows            | user | Encrypt | | Allow user kms:Encrypt | Deny kms:Encrypt on * | denied
a Deny of RAM, RAM allows                | user | Encrypt | | Allow colleague kms:Encrypt | Allow kms:* on *; Deny kms:Encrypt on * | denied
a Deny before the Allow                  | user | Encrypt | | Deny user kms:Encrypt; Allow user kms:Encrypt | | denied
a Deny by kms:* in the key               | user | Encrypt | | Allow user kms:Encrypt; Deny user kms:* | | denied
a Deny by suffix in the key              | user | DescribeKey | | Deny user kms:Describe* | Allow kms:* on * | denied
a Deny by suffix in RAM                  | user | GenerateDataKey | | Allow user kms:GenerateDataKey | Deny kms:Generate* on * | denied
a Deny of something else in the key      | user | Encrypt | | Allow user kms:Encrypt; Deny user kms:Decrypt | | allowed
a Deny of something else in RAM          | user | Encrypt | | Allow user kms:Encrypt | Deny kms:Decrypt on * | allowed
a Deny of somebody else                  | user | Encrypt | | Allow user kms:Encrypt; Deny colleague kms:Encrypt | | allowed
a Deny of another key in RAM             | user | Encrypt | | Allow user kms:Encrypt | Deny kms:* on acs:kms:cn-hangzhou:{home}:key/{second} | allowed
a Deny of this key in RAM                | user | Encrypt | | Allow user kms:Encrypt | Deny kms:* on acs:kms:cn-hangzhou:{home}:key/{key} | denied
one of several principals                | user | Encrypt | | Allow colleague,role,user kms:Encrypt | | allowed
one of several actions                   | user | Encrypt | | Allow user kms:Decrypt,kms:Encrypt | | allowed
the second of two statements             | user | Encrypt | | Allow colleague kms:*; Allow user kms:Encrypt | | allowed
the second of two RAM policies           | user | Encrypt | | Allow colleague kms:* | Allow kms:List* on *; Allow kms:Encrypt on * | allowed
a user whose name begins so              | user | Encrypt | | Allow acs:ram::{home}:user/al kms:Encrypt | | denied
a user whose name goes on                | user | Encrypt | | Allow acs:ram::{home}:user/alice.b kms:Encrypt | | denied
the other account's user of that name    | user | Encrypt | | Allow acs:ram::{other}:user/alice kms:Encrypt | | denied
a role of the user's name                | user | Encrypt | | Allow acs:ram::{home}:role/alice kms:Encrypt | | denied
allowed for a group's member             | user | Encrypt | | Allow colleague kms:* | team: Allow kms:Encrypt on * | allowed
denied for a group's member              | user | Encrypt | | Allow user kms:Encrypt | team: Deny kms:Encrypt on * | denied
allowed to him, denied to his group      | user | Encrypt | | Allow colleague kms:* | Allow kms:Encrypt on *; team: Deny kms:Encrypt on * | denied
allowed to his group, denied to him      | user | Encrypt | | Allow colleague kms:* | Deny kms:Encrypt on *; team: Allow kms:Encrypt on * | denied
allowed to a group without him           | colleague | Encrypt | | Allow user kms:* | team: Allow kms:Encrypt on * | denied
allowed to the role in RAM               | role | Encrypt | | Allow colleague kms:* | Allow kms:Encrypt on * | allowed
denied to the role in RAM                | role | Encrypt | | Allow home kms:* | Allow kms:* on *; Deny kms:Encrypt on * | denied
allowed to who assumed the role          | role | Encrypt | | Allow colleague kms:* | assumer: Allow kms:* on * | denied
denied to who assumed the role           | role | Encrypt | | Allow colleague kms:* | Allow kms:Encrypt on *; assumer: Deny kms:* on * | allowed
the account itself, by the default policy      | home | Encrypt | | | | allowed
the account itself, named by no statement      | home | Encrypt | | Allow user kms:Encrypt | | allowed
the account itself, when a user is denied      | home | Encrypt | | Deny user kms:* | | allowed
the account itself may take its key back       | home | SetKeyPolicy | | Allow user kms:Encrypt | | allowed
a key without a policy, by RAM                 | user | Encrypt | on=none | | Allow kms:Encrypt on * | allowed
a key without a policy, without RAM            | user | Encrypt | on=none | | | denied
a key without a policy, the account itself     | home | Encrypt | on=none | | | allowed

# assumed: policy-sessions
a session of the role                    | role | Encrypt | | Allow role kms:Encrypt | | allowed
a session of a role that is denied       | role | Encrypt | | Deny role kms:Encrypt | Allow kms:* on * | denied
a session of another role                | role | Encrypt | | Allow acs:ram::{home}:role/application kms:Encrypt | | denied
a user of the role's name                | role | Encrypt | | Allow acs:ram::{home}:user/app kms:Encrypt | | denied
the key allows who assumed the role      | role | Encrypt | | Allow assumer kms:Encrypt | | denied
the key denies who assumed the role      | role | Encrypt | | Deny assumer kms:* | Allow kms:Encrypt on * | allowed

# assumed: policy-root
the account denied as :root              | home | Encrypt | | Deny home:root kms:Encrypt | | denied
the account denied as :*                 | home | Encrypt | | Deny home kms:Encrypt | | denied
the account denied by kms:*              | home | GetKeyPolicy | | Deny home:root kms:* | | denied
the account denied by kms:Describe*      | home | DescribeKey | | Deny home:root kms:Describe* | | denied
the account denied something else        | home | Encrypt | | Deny home:root kms:Decrypt | | allowed

# assumed: policy-account
the default policy, a user without RAM   | user | Encrypt | | | | denied
the default policy, a user with RAM      | user | Encrypt | | | Allow kms:Encrypt on * | allowed
the default policy, a role without RAM   | role | Encrypt | | | | denied
the account as :root, without RAM        | user | Encrypt | | Allow home:root kms:* | | denied
the account as :root, with RAM           | user | Encrypt | | Allow home:root kms:* | Allow kms:Encrypt on * | allowed
the account named for less than RAM      | user | Encrypt | | Allow home kms:DescribeKey | Allow kms:Encrypt on * | allowed
the account denied as :*, a user         | user | Encrypt | | Deny home kms:Encrypt | Allow kms:Encrypt on * | denied
the account denied as :*, a named user   | user | Encrypt | | Deny home kms:Encrypt; Allow user kms:Encrypt | | denied
another account as :*, with RAM          | other-user | Encrypt | | Allow other kms:Encrypt | Allow kms:Encrypt on * | allowed
another account as :root, with RAM       | other-user | Encrypt | | Allow other:root kms:Encrypt | Allow kms:Encrypt on * | allowed
another account as :*, without RAM       | other-user | Encrypt | | Allow other kms:Encrypt | | denied
another account as :*, a role without RAM | other-role | Encrypt | | Allow other kms:Encrypt | | denied
another account as :*, itself            | other | Encrypt | | Allow other kms:Encrypt | | allowed
another account denied as :*, its user   | other-user | Encrypt | | Allow other-user kms:Encrypt; Deny other kms:Encrypt | Allow kms:* on * | denied
another account, only its user named     | other | Encrypt | | Allow other-user kms:Encrypt | | denied

# [H: Overview of key policies] a caller in another account: allowed only if both the key policy and the RAM policy say Allow
both                                     | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:Encrypt on * | allowed
both, this key alone in RAM              | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:Encrypt on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
the key policy alone                     | other-user | Encrypt | | Allow other-user kms:Encrypt | | denied
the RAM policy alone                     | other-user | Encrypt | | Allow user kms:Encrypt | Allow kms:Encrypt on * | denied
RAM for his own account's keys           | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:* on acs:kms:*:{other}:* | denied
RAM for another key                      | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:* on acs:kms:cn-hangzhou:{home}:key/{second} | denied
RAM for something else                   | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:Decrypt on * | denied
the key policy for something else        | other-user | Encrypt | | Allow other-user kms:Decrypt | Allow kms:* on * | denied
a Deny of the key                        | other-user | Encrypt | | Allow other-user kms:Encrypt; Deny other-user kms:* | Allow kms:* on * | denied
a Deny of RAM                            | other-user | Encrypt | | Allow other-user kms:Encrypt | Allow kms:* on *; Deny kms:Encrypt on * | denied
a Deny of somebody else                  | other-user | Encrypt | | Allow other-user kms:Encrypt; Deny other-colleague kms:* | Allow kms:* on * | allowed
his colleague is named                   | other-user | Encrypt | | Allow other-colleague kms:Encrypt | Allow kms:* on * | denied
a third account is named                 | other-user | Encrypt | | Allow third-user kms:Encrypt | Allow kms:* on * | denied
a third account, when the other is named | third-user | Encrypt | | Allow other-user,other-role kms:Encrypt | Allow kms:* on * | denied
the owner's account is named             | other-user | Encrypt | | Allow home kms:* | Allow kms:* on * | denied
a data key                               | other-user | GenerateDataKey | | Allow other-user User | Allow kms:GenerateDataKey on * | allowed
decrypting                               | other-user | Decrypt | | Allow other-user User | Allow kms:Decrypt on * | allowed
describing                               | other-user | DescribeKey | | Allow other-user User | Allow kms:DescribeKey on * | allowed
its aliases                              | other-user | ListAliasesByKeyId | | Allow other-user User | Allow kms:ListAliasesByKeyId on * | allowed
making and exporting a data key          | other-user | GenerateAndExportDataKey | | Allow other-user User | Allow kms:* on * | allowed
decrypting, the key policy alone         | other-user | Decrypt | | Allow other-user User | | denied
reading the policy, both                 | other-user | GetKeyPolicy | | Allow other-user kms:Get* | Allow kms:GetKeyPolicy on * | allowed
reading the policy, RAM alone            | other-user | GetKeyPolicy | | Allow other-user User | Allow kms:GetKeyPolicy on * | denied
the receiver's key, the sharer's user named, without RAM | user | Encrypt | on=joint of=other by=arn | Allow other kms:*; Allow user kms:Encrypt | | denied
the receiver's key, the sharer's user named, with RAM    | user | Encrypt | on=joint of=other by=arn | Allow other kms:*; Allow user kms:Encrypt | Allow kms:Encrypt on * | allowed
the receiver's key, the sharer not named, the sharer     | home | Encrypt | on=joint of=other by=arn | Allow other kms:* | | denied
by a group of his own account            | other-user | Encrypt | | Allow other-user kms:Encrypt | crew: Allow kms:Encrypt on * | allowed
a system policy in RAM                   | other-user | Encrypt | | Allow other-user kms:Encrypt | AliyunKMSFullAccess | allowed
a key of no policy                       | other-user | Encrypt | on=none | | Allow kms:* on * | denied

# assumed: policy-sessions
a role, both                             | other-role | Encrypt | | Allow other-role kms:Encrypt | Allow kms:Encrypt on * | allowed
a role, the key policy alone             | other-role | Encrypt | | Allow other-role kms:Encrypt | | denied
a role, RAM alone                        | other-role | Encrypt | | Allow other-user kms:Encrypt | Allow kms:Encrypt on * | denied
a role, RAM of who assumed it            | other-role | Encrypt | | Allow other-role kms:Encrypt | other-assumer: Allow kms:* on * | denied

# [SDK] the key of another account goes by its ARN; of no alias does another account know
granted, by its ID                       | other-user | Encrypt | by=id | Allow other-user kms:Encrypt | Allow kms:* on * | Forbidden.KeyNotFound
granted, by its alias                    | other-user | Encrypt | by=alias | Allow other-user kms:Encrypt | Allow kms:* on * | Forbidden.AliasNotFound
granted, by its ARN                      | other-user | GenerateDataKey | by=arn | Allow other-user kms:GenerateDataKey | Allow kms:* on * | allowed
one's own, by its ARN                    | user | Encrypt | by=arn | Allow user kms:Encrypt | | allowed

# assumed: hidden-keys
not granted, by its ARN                  | other-user | DescribeKey | by=arn | | Allow kms:* on * | denied
not granted, by its ID                   | other-user | DescribeKey | by=id | | Allow kms:* on * | Forbidden.KeyNotFound
not granted, to the account, by its ID   | other | DescribeKey | by=id | | | Forbidden.KeyNotFound
not granted, to the account, by its ARN  | other | DescribeKey | by=arn | | | denied
the sharer's, to the receiver, by its ID | other | ScheduleKeyDeletion | on=joint by=id | | | Forbidden.KeyNotFound
one's own, not granted, by its ID        | user | DescribeKey | by=id | | | denied

# [SEED] an administrator: fourteen actions and no cryptography
describes                                | user | DescribeKey | | Allow user Administrator | | allowed
enables                                  | user | EnableKey | | Allow user Administrator | | allowed
disables                                 | user | DisableKey | | Allow user Administrator | | allowed
changes the description                  | user | UpdateKeyDescription | | Allow user Administrator | | allowed
lists tags                               | user | ListResourceTags | | Allow user Administrator | | allowed
lists aliases of the key                 | user | ListAliasesByKeyId | | Allow user Administrator | | allowed
reads the policy                         | user | GetKeyPolicy | | Allow user Administrator | | allowed
sets the policy                          | user | SetKeyPolicy | | Allow user Administrator | | allowed
sets the protection                      | user | SetDeletionProtection | | Allow user Administrator | | allowed
tags                                     | user | TagResource | | Allow user Administrator | | allowed
untags                                   | user | UntagResource | | Allow user Administrator | | allowed
schedules the deletion                   | user | ScheduleKeyDeletion | | Allow user Administrator | | allowed
cancels the deletion                     | user | CancelKeyDeletion | state=PendingDeletion | Allow user Administrator | | allowed
encrypts                                 | user | Encrypt | | Allow user Administrator | | denied
decrypts                                 | user | Decrypt | | Allow user Administrator | | denied
makes a data key                         | user | GenerateDataKey | | Allow user Administrator | | denied

# [SEED] a user: eleven actions
encrypts                                 | user | Encrypt | | Allow user User | | allowed
decrypts                                 | user | Decrypt | | Allow user User | | allowed
makes a data key                         | user | GenerateDataKey | | Allow user User | | allowed
makes and exports a data key             | user | GenerateAndExportDataKey | | Allow user User | | allowed
describes                                | user | DescribeKey | | Allow user User | | allowed
lists aliases of the key                 | user | ListAliasesByKeyId | | Allow user User | | allowed
tags                                     | user | TagResource | | Allow user User | | allowed
untags                                   | user | UntagResource | | Allow user User | | denied
lists tags                               | user | ListResourceTags | | Allow user User | | denied
disables                                 | user | DisableKey | | Allow user User | | denied
reads the policy                         | user | GetKeyPolicy | | Allow user User | | denied
sets the policy                          | user | SetKeyPolicy | | Allow user User | | denied
schedules the deletion                   | user | ScheduleKeyDeletion | | Allow user User | | denied
makes a data key without plaintext       | user | GenerateDataKeyWithoutPlaintext | | Allow user User | | denied
changes the description                  | user | UpdateKeyDescription | | Allow user User | | denied

# [H: Configure a key policy] actions outside the published list can be stored and have no effect
GenerateDataKeyWithoutPlaintext, allowed | user | GenerateDataKeyWithoutPlaintext | | Allow user kms:GenerateDataKeyWithoutPlaintext | | denied
TagResources, allowed                    | user | TagResources | | Allow user kms:TagResources | | denied
ReEncrypt, allowed                       | user | ReEncrypt | | Allow user kms:ReEncryptFrom | Allow kms:ReEncryptTo on * | denied
ExportDataKey, allowed                   | user | ExportDataKey | | Allow user kms:ExportDataKey | | denied
ListResourceTags fits List*              | user | ListResourceTags | | Allow user kms:List* | | allowed
ListResourceTags by its name             | user | ListResourceTags | | Allow user kms:ListResourceTags | | allowed
GetKeyPolicy by its name                 | user | GetKeyPolicy | | Allow user kms:GetKeyPolicy | | allowed
UpdateKeyDescription by its name         | user | UpdateKeyDescription | | Allow user kms:UpdateKeyDescription | | allowed
DisableKey by its name                   | user | DisableKey | | Allow user kms:DisableKey | | allowed
SetDeletionProtection by its name        | user | SetDeletionProtection | | Allow user kms:SetDeletionProtection | | allowed
what is outside is RAM's                 | user | GenerateDataKeyWithoutPlaintext | | Allow colleague kms:* | Allow kms:GenerateDataKeyWithoutPlaintext on * | allowed
denied, it is allowed by RAM still       | user | GenerateDataKeyWithoutPlaintext | | Deny user kms:GenerateDataKeyWithoutPlaintext | Allow kms:GenerateDataKeyWithoutPlaintext on * | allowed
ReEncrypt*, allowed                      | user | ReEncrypt | | Allow user kms:ReEncrypt* | Allow kms:ReEncryptTo on * | denied
ReEncryptFrom, denied                    | user | ReEncrypt | | Deny user kms:ReEncryptFrom | Allow kms:ReEncrypt* on * | allowed
ReEncrypt*, denied                       | user | ReEncrypt | | Deny user kms:ReEncrypt* | Allow kms:* on * | allowed
G*, denied                               | user | GenerateDataKeyWithoutPlaintext | | Deny user kms:G* | Allow kms:* on * | allowed
denied to the account itself             | home | GenerateDataKeyWithoutPlaintext | | Deny home:root kms:GenerateDataKeyWithoutPlaintext | | allowed
allowed to another account's user        | other-user | GenerateDataKeyWithoutPlaintext | | Allow other-user kms:GenerateDataKeyWithoutPlaintext | Allow kms:* on * | denied
no action of that name                   | user | Encrypt | | Allow user kms:Scramble | | denied

# assumed: policy-wildcards
kms:* for a user, cryptography           | user | Encrypt | | Allow user kms:* | | allowed
kms:* for a user, administration         | user | ScheduleKeyDeletion | | Allow user kms:* | | allowed
kms:Describe* and nothing else           | user | GetKeyPolicy | | Allow user kms:Describe* | | denied
kms:Gen*                                 | user | GenerateDataKey | | Allow user kms:Gen* | | allowed
kms:Untag*                               | user | UntagResource | | Allow user kms:Untag* | | allowed
kms:D* decrypts                          | user | Decrypt | | Allow user kms:D* | | allowed
kms:D* encrypts                          | user | Encrypt | | Allow user kms:D* | | denied
kms:* for a user, outside the list       | user | GenerateDataKeyWithoutPlaintext | | Allow user kms:* | | allowed
kms:* denied, outside the list           | user | GenerateDataKeyWithoutPlaintext | | Deny user kms:* | Allow kms:* on * | denied
kms:* for a user, re-encrypting from     | user | ReEncrypt | | Allow user kms:* | Allow kms:ReEncryptTo on acs:kms:*:{home}:key/{second} | allowed
kms:* denied, re-encrypting from         | user | ReEncrypt | | Deny user kms:* | Allow kms:* on * | denied
kms:* for another account's user         | other-user | GenerateDataKeyWithoutPlaintext | | Allow other-user kms:* | Allow kms:* on * | allowed
kms:GenerateDataKey*, outside the list   | user | GenerateDataKeyWithoutPlaintext | | Allow user kms:GenerateDataKey* | | denied
kms:List* lists no keys                  | user | ListKeys | | Allow user kms:List* | | denied
kms:Create* makes no key                 | user | CreateKey | | Allow user kms:Create* | | denied
kms:List* lists no aliases               | user | ListAliases | | Allow user kms:List* | | denied
a key's Deny of List* hides no list      | user | ListKeys | | Deny user kms:List* | Allow kms:ListKeys on * | allowed

# [DOC21 使用RAM实现对资源的访问控制] the action's name, and the resource that it is about
the key                                  | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
another key                              | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-hangzhou:{home}:key/{second} | denied
another region                           | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-beijing:{home}:key/{key} | denied
another account                          | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-hangzhou:{other}:key/{key} | denied
another product                          | user | DescribeKey | | | Allow kms:DescribeKey on acs:ecs:cn-hangzhou:{home}:key/{key} | denied
all keys is no key                       | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-hangzhou:{home}:key | denied
another action                           | user | DescribeKey | | | Allow kms:DescribeKeyVersion on * | denied
another product's action                 | user | DescribeKey | | | Allow ram:* on * | denied
the list of keys                         | user | ListKeys | | | Allow kms:ListKeys on acs:kms:cn-hangzhou:{home}:key | allowed
the list of keys, by a key               | user | ListKeys | | | Allow kms:ListKeys on acs:kms:cn-hangzhou:{home}:key/{key} | denied
the list of keys, elsewhere              | user | ListKeys | | | Allow kms:ListKeys on acs:kms:cn-beijing:{home}:key | denied
making a key                             | user | CreateKey | | | Allow kms:CreateKey on acs:kms:cn-hangzhou:{home}:key | allowed
making a key, by the aliases             | user | CreateKey | | | Allow kms:CreateKey on acs:kms:cn-hangzhou:{home}:alias | denied
the list of aliases                      | user | ListAliases | | | Allow kms:ListAliases on acs:kms:cn-hangzhou:{home}:alias | allowed
the list of aliases, by the keys         | user | ListAliases | | | Allow kms:ListAliases on acs:kms:cn-hangzhou:{home}:key | denied
re-encrypting, From and To               | user | ReEncrypt | | | Allow kms:ReEncryptFrom on acs:kms:cn-hangzhou:{home}:key/{key}; Allow kms:ReEncryptTo on acs:kms:cn-hangzhou:{home}:key/{second} | allowed
re-encrypting, by kms:ReEncrypt*         | user | ReEncrypt | | | Allow kms:ReEncrypt* on * | allowed
re-encrypting, From alone                | user | ReEncrypt | | | Allow kms:ReEncryptFrom on * | denied
re-encrypting, To alone                  | user | ReEncrypt | | | Allow kms:ReEncryptTo on * | denied
re-encrypting, the wrong way round       | user | ReEncrypt | | | Allow kms:ReEncryptTo on acs:kms:cn-hangzhou:{home}:key/{key}; Allow kms:ReEncryptFrom on acs:kms:cn-hangzhou:{home}:key/{second} | denied
re-encrypting, by Encrypt and Decrypt    | user | ReEncrypt | | | Allow kms:Encrypt,kms:Decrypt on * | denied
tagging several                          | user | TagResources | | | Allow kms:TagResources on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
decrypting, the key of the ciphertext    | user | Decrypt | | | Allow kms:Decrypt on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
decrypting, another key                  | user | Decrypt | | | Allow kms:Decrypt on acs:kms:cn-hangzhou:{home}:key/{second} | denied

# [GHDOC Manage a key alias] aliases need the permission on the alias and on the key; in place of a key ID, on the key alone
creating, alias and key                  | user | CreateAlias | | | Allow kms:CreateAlias on acs:kms:cn-hangzhou:{home}:alias/new,acs:kms:cn-hangzhou:{home}:key/{key} | allowed
creating, the key alone                  | user | CreateAlias | | | Allow kms:CreateAlias on acs:kms:cn-hangzhou:{home}:key/{key} | denied
creating, the alias alone                | user | CreateAlias | | | Allow kms:CreateAlias on acs:kms:cn-hangzhou:{home}:alias/new | denied
creating, another alias                  | user | CreateAlias | | | Allow kms:CreateAlias on acs:kms:cn-hangzhou:{home}:alias/old,acs:kms:cn-hangzhou:{home}:key/{key} | denied
creating, the key by its policy          | user | CreateAlias | | Allow user kms:Create* | Allow kms:CreateAlias on acs:kms:cn-hangzhou:{home}:alias/new | allowed
creating, the key by its policy alone    | user | CreateAlias | | Allow user kms:Create* | | denied
creating, the alias denied               | user | CreateAlias | | Allow user kms:Create* | Allow kms:* on *; Deny kms:CreateAlias on acs:kms:*:{home}:alias/new | denied
creating, the key denied                 | user | CreateAlias | | Deny user kms:Create* | Allow kms:* on * | denied
deleting, the key by its policy          | user | DeleteAlias | | Allow user kms:Delete* | Allow kms:DeleteAlias on acs:kms:cn-hangzhou:{home}:alias/key | allowed
deleting, the key denied                 | user | DeleteAlias | | Deny user kms:Delete* | Allow kms:* on * | denied
moving, the key it comes to denied       | user | UpdateAlias | | Deny user kms:Update* | Allow kms:* on * | denied
moving, the key it leaves denied in RAM  | user | UpdateAlias | | | Allow kms:* on *; Deny kms:UpdateAlias on acs:kms:cn-hangzhou:{home}:key/{second} | denied
deleting, alias and key                  | user | DeleteAlias | | | Allow kms:DeleteAlias on acs:kms:cn-hangzhou:{home}:alias/key,acs:kms:cn-hangzhou:{home}:key/{key} | allowed
deleting, the alias alone                | user | DeleteAlias | | | Allow kms:DeleteAlias on acs:kms:cn-hangzhou:{home}:alias/key | denied
deleting, the key alone                  | user | DeleteAlias | | | Allow kms:DeleteAlias on acs:kms:cn-hangzhou:{home}:key/{key} | denied
moving, alias and both keys              | user | UpdateAlias | | | Allow kms:UpdateAlias on acs:kms:cn-hangzhou:{home}:alias/second,acs:kms:cn-hangzhou:{home}:key/{key},acs:kms:cn-hangzhou:{home}:key/{second} | allowed
moving, without the key it leaves        | user | UpdateAlias | | | Allow kms:UpdateAlias on acs:kms:cn-hangzhou:{home}:alias/second,acs:kms:cn-hangzhou:{home}:key/{key} | denied
moving, without the key it comes to      | user | UpdateAlias | | | Allow kms:UpdateAlias on acs:kms:cn-hangzhou:{home}:alias/second,acs:kms:cn-hangzhou:{home}:key/{second} | denied
the aliases of a key                     | user | ListAliasesByKeyId | | | Allow kms:ListAliasesByKeyId on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
the aliases of a key, by the aliases     | user | ListAliasesByKeyId | | | Allow kms:ListAliasesByKeyId on acs:kms:cn-hangzhou:{home}:alias | denied
by alias, the key alone                  | user | Encrypt | by=alias | | Allow kms:Encrypt on acs:kms:cn-hangzhou:{home}:key/{key} | allowed
by alias, the alias alone                | user | Encrypt | by=alias | | Allow kms:Encrypt on acs:kms:cn-hangzhou:{home}:alias/key | denied
by alias, the alias denied               | user | Encrypt | by=alias | | Allow kms:Encrypt on acs:kms:cn-hangzhou:{home}:key/{key}; Deny kms:* on acs:kms:cn-hangzhou:{home}:alias/* | allowed
by alias, the key denied                 | user | Encrypt | by=alias | Deny user kms:Encrypt | Allow kms:* on * | denied
by alias, by the key policy              | user | Encrypt | by=alias | Allow user kms:Encrypt | | allowed

# assumed: ram-patterns
everything                               | user | DescribeKey | | | Allow * on * | allowed
every key                                | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:cn-hangzhou:{home}:key/* | allowed
every region and account                 | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:*:key/{key} | allowed
every region                             | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:{home}:key/* | allowed
everything of the account                | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:{home}:* | allowed
keys that begin with key-                | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:*:key/key-* | allowed
keys that begin otherwise                | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:*:key/mrk-* | denied
every alias                              | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:*:alias/* | denied
every key is no list of keys             | user | ListKeys | | | Allow kms:ListKeys on acs:kms:cn-hangzhou:{home}:key/* | denied
the list of keys, every region           | user | ListKeys | | | Allow kms:ListKeys on acs:kms:*:{home}:key | allowed
aliases that begin so                    | user | CreateAlias | | | Allow kms:CreateAlias on acs:kms:*:{home}:alias/n*,acs:kms:*:{home}:key/* | allowed
one of several resources                 | user | DescribeKey | | | Allow kms:DescribeKey on acs:kms:*:*:alias/*,acs:kms:*:*:key/* | allowed

# assumed: system-policies
everything of KMS                        | user | ScheduleKeyDeletion | | | AliyunKMSFullAccess | allowed
everything of KMS, cryptography          | user | Decrypt | | | AliyunKMSFullAccess | allowed
reading                                  | user | DescribeKey | | | AliyunKMSReadOnlyAccess | allowed
reading, lists                           | user | ListKeys | | | AliyunKMSReadOnlyAccess | allowed
reading encrypts nothing                 | user | Encrypt | | | AliyunKMSReadOnlyAccess | denied
reading changes nothing                  | user | DisableKey | | | AliyunKMSReadOnlyAccess | denied
the administrator of keys                | user | DisableKey | | | AliyunKMSCryptoAdminAccess | allowed
the administrator of keys encrypts not   | user | Encrypt | | | AliyunKMSCryptoAdminAccess | denied
the user of keys                         | user | Encrypt | | | AliyunKMSCryptoUserAccess | allowed
the user of keys, without plaintext      | user | GenerateDataKeyWithoutPlaintext | | | AliyunKMSCryptoUserAccess | allowed
the user of keys disables none           | user | DisableKey | | | AliyunKMSCryptoUserAccess | denied
the user of keys sets no policy          | user | SetKeyPolicy | | | AliyunKMSCryptoUserAccess | denied
a group's                                | user | Encrypt | | | team: AliyunKMSCryptoUserAccess | allowed
a role's                                 | role | Encrypt | | | AliyunKMSCryptoUserAccess | allowed
denied besides                           | user | Encrypt | | | AliyunKMSFullAccess; Deny kms:Encrypt on * | denied
another product's                        | user | DescribeKey | | | AliyunRAMFullAccess | denied

# [DOC21 使用RAM实现对资源的访问控制] conditions on acs:CurrentTime, in RAM
before                                   | user | Encrypt | at=2026-03-02T08:59:59Z | | Allow kms:Encrypt on * if DateLessThan acs:CurrentTime 2026-03-02T09:00:00Z | allowed
before, at that moment                   | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateLessThan acs:CurrentTime 2026-03-02T09:00:00Z | denied
until, at that moment                    | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateLessThanEquals acs:CurrentTime 2026-03-02T09:00:00Z | allowed
after                                    | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:Encrypt on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z | allowed
after, at that moment                    | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z | denied
from, at that moment                     | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateGreaterThanEquals acs:CurrentTime 2026-03-02T09:00:00Z | allowed
at                                       | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateEquals acs:CurrentTime 2026-03-02T09:00:00Z | allowed
not at                                   | user | Encrypt | at=2026-03-02T09:00:00Z | | Allow kms:Encrypt on * if DateNotEquals acs:CurrentTime 2026-03-02T09:00:00Z | denied
not at, a second later                   | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:Encrypt on * if DateNotEquals acs:CurrentTime 2026-03-02T09:00:00Z | allowed
at, a second later                       | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:Encrypt on * if DateEquals acs:CurrentTime 2026-03-02T09:00:00Z | denied
until, a second later                    | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:Encrypt on * if DateLessThanEquals acs:CurrentTime 2026-03-02T09:00:00Z | denied
from, a second before                    | user | Encrypt | at=2026-03-02T08:59:59Z | | Allow kms:Encrypt on * if DateGreaterThanEquals acs:CurrentTime 2026-03-02T09:00:00Z | denied
a Deny after                             | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:* on *; Deny kms:* on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z | denied
a Deny after, before                     | user | Encrypt | at=2026-03-02T08:59:59Z | | Allow kms:* on *; Deny kms:* on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z | allowed
between, in between                      | user | Encrypt | at=2026-03-02T09:30:00Z | | Allow kms:* on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z and DateLessThan acs:CurrentTime 2026-03-02T10:00:00Z | allowed
between, later                           | user | Encrypt | at=2026-03-02T10:30:00Z | | Allow kms:* on * if DateGreaterThan acs:CurrentTime 2026-03-02T09:00:00Z and DateLessThan acs:CurrentTime 2026-03-02T10:00:00Z | denied
of management as well                    | user | DisableKey | at=2026-03-02T09:30:00Z | | Allow kms:* on * if DateLessThan acs:CurrentTime 2026-03-02T09:00:00Z | denied
in time of another zone                  | user | Encrypt | at=2026-03-02T08:59:59Z | | Allow kms:Encrypt on * if DateLessThan acs:CurrentTime 2026-03-02T17:00:00+08:00 | allowed
in time of another zone, later           | user | Encrypt | at=2026-03-02T09:00:01Z | | Allow kms:Encrypt on * if DateLessThan acs:CurrentTime 2026-03-02T17:00:00+08:00 | denied

# [DOC21 使用RAM实现对资源的访问控制] conditions on kms:tag/<tag key>, in RAM: of cryptography alone
the tag                                  | user | Encrypt | tags=env:prod | | Allow kms:* on * if StringEquals kms:tag/env prod | allowed
another value                            | user | Encrypt | tags=env:test | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
another letter case                      | user | Encrypt | tags=env:PROD | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
another letter case, which is ignored    | user | Encrypt | tags=env:PROD | | Allow kms:* on * if StringEqualsIgnoreCase kms:tag/env prod | allowed
another key of that value                | user | Encrypt | tags=stage:prod | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
no tag                                   | user | Encrypt | | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
one of several values                    | user | Encrypt | tags=env:test | | Allow kms:* on * if StringEquals kms:tag/env prod,test | allowed
not the value                            | user | Encrypt | tags=env:prod | | Allow kms:* on * if StringNotEquals kms:tag/env prod | denied
not the value, another                   | user | Encrypt | tags=env:test | | Allow kms:* on * if StringNotEquals kms:tag/env prod | allowed
like                                     | user | Encrypt | tags=env:production | | Allow kms:* on * if StringLike kms:tag/env prod* | allowed
like, another                            | user | Encrypt | tags=env:preprod | | Allow kms:* on * if StringLike kms:tag/env prod* | denied
not like                                 | user | Encrypt | tags=env:production | | Allow kms:* on * if StringNotLike kms:tag/env prod* | denied
not like, another                        | user | Encrypt | tags=env:test | | Allow kms:* on * if StringNotLike kms:tag/env prod* | allowed
neither of two values                    | user | Encrypt | tags=env:test | | Allow kms:* on * if StringNotEquals kms:tag/env prod,test | denied
not the value, in another letter case    | user | Encrypt | tags=env:PROD | | Allow kms:* on * if StringNotEquals kms:tag/env prod | allowed
not the value, whose case is ignored     | user | Encrypt | tags=env:PROD | | Allow kms:* on * if StringNotEqualsIgnoreCase kms:tag/env prod | denied
not another, whose case is ignored       | user | Encrypt | tags=env:TEST | | Allow kms:* on * if StringNotEqualsIgnoreCase kms:tag/env prod | allowed
like, in another letter case             | user | Encrypt | tags=env:PROD | | Allow kms:* on * if StringLike kms:tag/env prod* | denied
like, in the middle                      | user | Encrypt | tags=env:my-prod-eu | | Allow kms:* on * if StringLike kms:tag/env *prod* | allowed
like, the whole and no part              | user | Encrypt | tags=env:production | | Allow kms:* on * if StringLike kms:tag/env prod | denied
an asterisk is no pattern for Equals     | user | Encrypt | tags=env:production | | Allow kms:* on * if StringEquals kms:tag/env prod* | denied
two tags                                 | user | Encrypt | tags=env:prod,team:blue | | Allow kms:* on * if StringEquals kms:tag/env prod and StringEquals kms:tag/team blue | allowed
two tags, one of them otherwise          | user | Encrypt | tags=env:prod,team:red | | Allow kms:* on * if StringEquals kms:tag/env prod and StringEquals kms:tag/team blue | denied
a Deny of the tag                        | user | Encrypt | tags=env:prod | | Allow kms:* on *; Deny kms:* on * if StringEquals kms:tag/env prod | denied
a Deny of another tag                    | user | Encrypt | tags=env:test | | Allow kms:* on *; Deny kms:* on * if StringEquals kms:tag/env prod | allowed
a Deny of the tag, no tag                | user | Encrypt | | | Allow kms:* on *; Deny kms:* on * if StringEquals kms:tag/env prod | allowed
decrypting                               | user | Decrypt | tags=env:prod | | Allow kms:Decrypt on * if StringEquals kms:tag/env prod | allowed
decrypting, another value                | user | Decrypt | tags=env:test | | Allow kms:Decrypt on * if StringEquals kms:tag/env prod | denied
a data key without plaintext             | user | GenerateDataKeyWithoutPlaintext | tags=env:prod | | Allow kms:* on * if StringEquals kms:tag/env prod | allowed
describing has no tags                   | user | DescribeKey | tags=env:prod | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
disabling has no tags                    | user | DisableKey | tags=env:prod | | Allow kms:* on * if StringEquals kms:tag/env prod | denied
a Deny of the tag denies no management   | user | DisableKey | tags=env:prod | | Allow kms:* on *; Deny kms:* on * if StringEquals kms:tag/env prod | allowed

# assumed: policy-conditions
over TLS                                 | user | Encrypt | tls=yes | | Allow kms:* on * if Bool acs:SecureTransport true | allowed
over TLS, without                        | user | Encrypt | tls=no | | Allow kms:* on * if Bool acs:SecureTransport true | denied
a Deny without TLS                       | user | Encrypt | tls=no | | Allow kms:* on *; Deny kms:* on * if Bool acs:SecureTransport false | denied
a Deny without TLS, with                 | user | Encrypt | tls=yes | | Allow kms:* on *; Deny kms:* on * if Bool acs:SecureTransport false | allowed
an address                               | user | Encrypt | ip=203.0.113.7 | | Allow kms:* on * if IpAddress acs:SourceIp 203.0.113.7 | allowed
another address                          | user | Encrypt | ip=203.0.113.8 | | Allow kms:* on * if IpAddress acs:SourceIp 203.0.113.7 | denied
a network                                | user | Encrypt | ip=10.255.0.1 | | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 | allowed
a network, its first neighbour           | user | Encrypt | ip=11.0.0.0 | | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 | denied
one of two networks                      | user | Encrypt | ip=192.0.2.9 | | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8,192.0.2.0/24 | allowed
not of a network                         | user | Encrypt | ip=10.0.0.1 | | Allow kms:* on * if NotIpAddress acs:SourceIp 10.0.0.0/8 | denied
not of a network, another                | user | Encrypt | ip=192.0.2.9 | | Allow kms:* on * if NotIpAddress acs:SourceIp 10.0.0.0/8 | allowed
of neither of two networks               | user | Encrypt | ip=192.0.2.9 | | Allow kms:* on * if NotIpAddress acs:SourceIp 10.0.0.0/8,192.0.2.0/24 | denied
a Deny from outside                      | user | Encrypt | ip=192.0.2.9 | Allow user kms:Encrypt | Deny kms:* on * if NotIpAddress acs:SourceIp 10.0.0.0/8 | denied
network and TLS                          | user | Encrypt | ip=10.0.0.1 tls=yes | | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 and Bool acs:SecureTransport true | allowed
network and no TLS                       | user | Encrypt | ip=10.0.0.1 tls=no | | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 and Bool acs:SecureTransport true | denied
in the key policy, an address            | user | Encrypt | ip=203.0.113.7 | Allow user kms:Encrypt if IpAddress acs:SourceIp 203.0.113.0/24 | | allowed
in the key policy, another address       | user | Encrypt | ip=198.51.100.7 | Allow user kms:Encrypt if IpAddress acs:SourceIp 203.0.113.0/24 | | denied
in the key policy, a Deny without TLS    | user | Encrypt | tls=no | Allow user kms:Encrypt; Deny user kms:* if Bool acs:SecureTransport false | | denied
in the key policy, a time                | user | Encrypt | at=2026-03-02T09:30:00Z | Allow user kms:Encrypt if DateLessThan acs:CurrentTime 2026-03-02T10:00:00Z | | allowed
in the key policy, a time that is over   | user | Encrypt | at=2026-03-02T10:30:00Z | Allow user kms:Encrypt if DateLessThan acs:CurrentTime 2026-03-02T10:00:00Z | | denied
in the key policy, over, and RAM allows  | user | Encrypt | at=2026-03-02T10:30:00Z | Allow user kms:Encrypt if DateLessThan acs:CurrentTime 2026-03-02T10:00:00Z | Allow kms:Encrypt on * | allowed
in the key policy, a tag                 | user | Encrypt | tags=env:prod | Allow user kms:* if StringEquals kms:tag/env prod | | allowed
in the key policy, another tag           | user | Encrypt | tags=env:test | Allow user kms:* if StringEquals kms:tag/env prod | | denied
in the key policy, a tag, describing     | user | DescribeKey | tags=env:prod | Allow user kms:* if StringEquals kms:tag/env prod | | denied
another account, its own side's address  | other-user | Encrypt | ip=192.0.2.9 | Allow other-user kms:Encrypt | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 | denied
another account, the key's address       | other-user | Encrypt | ip=192.0.2.9 | Allow other-user kms:Encrypt if IpAddress acs:SourceIp 10.0.0.0/8 | Allow kms:* on * | denied
another account, both addresses          | other-user | Encrypt | ip=10.0.0.1 | Allow other-user kms:Encrypt if IpAddress acs:SourceIp 10.0.0.0/8 | Allow kms:* on * if IpAddress acs:SourceIp 10.0.0.0/8 | allowed
the account, denied without TLS          | home | Encrypt | tls=no | Deny home:root kms:* if Bool acs:SecureTransport false | | denied

# assumed: order-of-checks
disabled, and no permission              | user | Encrypt | state=Disabled | | | denied
disabled, with permission                | user | Encrypt | state=Disabled | Allow user kms:Encrypt | | Rejected.Disabled
awaiting deletion, and no permission     | user | Encrypt | state=PendingDeletion | | | denied
awaiting deletion, with permission       | user | Encrypt | state=PendingDeletion | Allow user kms:Encrypt | | Rejected.PendingDeletion
awaiting deletion, denied                | user | EnableKey | state=PendingDeletion | Deny user kms:Enable* | Allow kms:* on * | denied
awaiting deletion, allowed               | user | EnableKey | state=PendingDeletion | | Allow kms:EnableKey on * | Rejected.StateModifiedFailed
awaiting deletion, describing            | user | DescribeKey | state=PendingDeletion | Allow user kms:DescribeKey | | allowed
another account, disabled, one side      | other-user | Encrypt | state=Disabled | Allow other-user kms:Encrypt | | denied
another account, disabled, both sides    | other-user | Encrypt | state=Disabled | Allow other-user kms:Encrypt | Allow kms:Encrypt on * | Rejected.Disabled
versions, and no permission              | user | ListKeyVersions | | | | denied
versions, with permission                | user | ListKeyVersions | | Allow user User | | Rejected.UnsupportedOperation
the parameters before the permission     | user | SetKeyPolicy | spoilt=Policy | | | InvalidParameter
the key before the permission            | user | DescribeKey | by=nothing | | | Forbidden.KeyNotFound

# assumed: dry-run
may, and does not                        | user | Encrypt | dry=yes | Allow user kms:Encrypt | | DryRunOperationError
may not                                  | user | Encrypt | dry=yes | | | AccessDeniedError
is denied                                | user | GenerateDataKey | dry=yes | Deny user kms:* | Allow kms:* on * | AccessDeniedError
may, and the key is disabled             | user | Encrypt | dry=yes state=Disabled | Allow user kms:Encrypt | | ValidationError
another account, one side                | other-user | Encrypt | dry=yes | Allow other-user kms:Encrypt | | AccessDeniedError

# [SEED] the default policy: on an instance that is not shared, the account alone
another account                          | other | Encrypt | on=plain | | | denied
another account's user with RAM          | other-user | Encrypt | on=plain | | Allow kms:* on * | denied

# [SEED] the default policy: on a shared instance, the sharer's keys are the sharer's
the sharer                               | home | Encrypt | on=joint | | | allowed
the receiver                             | other | Encrypt | on=joint | | | denied
the receiver's user with RAM             | other-user | Encrypt | on=joint | | Allow kms:* on * | denied
the receiver describes                   | other | DescribeKey | on=joint | | | denied
the receiver, though the key names it    | other | Encrypt | on=joint | Allow home,other kms:* | | allowed
the receiver, independent                | other | Encrypt | on=independent | | | denied

# [SEED] the default policy: on a shared instance, the receiver's keys are both accounts'
the receiver                             | other | Encrypt | on=joint of=other | | | allowed
the receiver's user with RAM             | other-user | Encrypt | on=joint of=other | | Allow kms:Encrypt on * | allowed
the receiver's user without RAM          | other-user | Encrypt | on=joint of=other | | | denied
the receiver's user, by the key policy   | other-user | Encrypt | on=joint of=other | Allow other-user kms:Encrypt | | allowed
the receiver's role, by the key policy   | other-role | Decrypt | on=independent of=other | Allow other-role kms:Decrypt | | allowed
the sharer                               | home | Encrypt | on=joint of=other by=arn | | | allowed
the sharer manages                       | home | DisableKey | on=joint of=other by=id | | | allowed
the sharer's user with RAM               | user | Encrypt | on=joint of=other by=arn | | Allow kms:Encrypt on * | allowed
the sharer's user without RAM            | user | Encrypt | on=joint of=other by=arn | | | denied
the sharer's user, denied in RAM         | user | Encrypt | on=joint of=other by=arn | | Allow kms:* on *; Deny kms:Encrypt on * | denied
a third account                          | third-user | Encrypt | on=joint of=other | | Allow kms:* on * | denied

# [GHDOC Share a KMS instance across multiple accounts] the receiver and its own keys: metadata, rotation, deletion, protection, aliases, tags, cryptography
describes                                | other | DescribeKey | on=joint of=other | | | allowed
schedules the deletion                   | other | ScheduleKeyDeletion | on=joint of=other | | | allowed
protects                                 | other | SetDeletionProtection | on=joint of=other | | | allowed
makes an alias                           | other | CreateAlias | on=joint of=other | | | allowed
tags                                     | other | TagResource | on=joint of=other | | | allowed
decrypts                                 | other | Decrypt | on=joint of=other | | | allowed
makes a key                              | other | CreateKey | on=joint of=other | | | allowed
makes a key, a user with RAM             | other-user | CreateKey | on=joint of=other | | Allow kms:CreateKey on acs:kms:cn-hangzhou:{other}:key | allowed
makes a key, a user without RAM          | other-user | CreateKey | on=joint of=other | | | denied
independent, describes                   | other | DescribeKey | on=independent of=other | | | allowed
independent, encrypts                    | other | Encrypt | on=independent of=other | | | allowed
independent, the sharer's user           | user | Encrypt | on=independent of=other by=arn | | Allow kms:* on * | denied
independent, the sharer                  | home | Encrypt | on=independent of=other by=arn | | | denied

# assumed: joint-ownership
the sharer, denied by the receiver       | home | Encrypt | on=joint of=other by=arn | Allow other,home kms:*; Deny home kms:Encrypt | | denied
the sharer, by the key's ID              | home | Encrypt | on=joint of=other by=id | | | allowed
independent, the sharer, by the key's ID | home | Encrypt | on=independent of=other by=id | | | Forbidden.KeyNotFound
independent, the sharer manages          | home | DisableKey | on=independent of=other by=id | | | Forbidden.KeyNotFound
# [SEED] a cross-account user: the same eleven actions, TagResource among them, by the key's ARN
tagging                                  | other-user | TagResource | | Allow other-user User | Allow kms:TagResource on * | allowed
# [H: 密钥管理服务系统权限策略参考] system policies by name
of secrets, its user                     | user | Encrypt | | | AliyunKMSSecretUserAccess | denied
of secrets, its administrator            | user | Encrypt | | | AliyunKMSSecretAdminAccess | denied
# [DOC21 使用RAM实现对资源的访问控制] condition keys known
the VPC, from outside                    | user | Encrypt | | | Allow kms:* on * if StringEquals acs:SourceVpc vpc-bp1 | denied
the address in the VPC, from outside     | user | Encrypt | | | Allow kms:* on * if IpAddress acs:VpcSourceIp 10.0.0.0/8 | denied
`

export interface DocumentedCase {
  readonly source: string
  readonly name: string
  readonly caller: DocumentedCaller
  readonly action: ActionName
  readonly key: {
    /** The account that makes it. */
    readonly owner: typeof home | typeof other
    /** Where: on an instance that is not shared, on one shared under either ownership, on none. */
    readonly on: 'plain' | 'joint' | 'independent' | 'none'
    readonly tags: readonly { readonly TagKey: string; readonly TagValue: string }[]
    readonly state: 'Enabled' | 'Disabled' | 'PendingDeletion'
    /** Null: as it is made. `{key}`, `{second}`, `{home}` and `{other}` stand for identifiers. */
    readonly policy: readonly PolicyStatement[] | null
  }
  readonly ram: readonly Attached[]
  /** How the caller names the key. */
  readonly by: 'id' | 'arn' | 'alias' | 'nothing'
  /** The parameter that is no good. */
  readonly spoilt: string | null
  readonly dryRun: boolean
  readonly circumstances: {
    /** ms since the epoch; null: when the cloud begins. */
    readonly at: number | null
    readonly sourceIp: string
    readonly secureTransport: boolean
  }
  readonly expected: 'allowed' | ErrorCode
}

/** A policy of the system by name, or a document's statement, and to whom it is attached: by default the caller. */
export interface Attached {
  readonly to: 'caller' | 'team' | 'crew' | 'assumer' | 'other-assumer'
  readonly policy: string | Omit<PolicyStatement, 'Principal' | 'Sid'>
}

type Condition = NonNullable<PolicyStatement['Condition']>

const accountOf = (caller: DocumentedCaller): string => /[0-9]{16}/.exec(principals[caller])![0]

const list = (text: string, apart: string): readonly string[] =>
  text
    .split(apart)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text)
  if (found === undefined) throw new Error(`${text} is none of ${allowed.join(', ')}.`)
  return found
}

/** `if <operator> <key> <value>,… and …` */
function conditionOf(text: string | undefined): { readonly Condition?: Condition } {
  if (text === undefined) return {}
  const found: Record<string, Record<string, string | readonly string[]>> = {}
  for (const part of text.split(' and ')) {
    const [operator = '', key = '', values = ''] = part.trim().split(' ')
    found[operator] = { ...found[operator], [key]: values.includes(',') ? values.split(',') : values }
  }
  return { Condition: found as Condition }
}

const placed = (text: string): string => text.replaceAll('{home}', home).replaceAll('{other}', other)

/** `Allow <principal>,… <action>,… [if …]` */
function keyStatement(text: string): PolicyStatement {
  const [head = '', condition] = text.split(' if ')
  const [effect = '', names = '', acts = ''] = head.trim().split(' ')
  return {
    Effect: oneOf(effect, ['Allow', 'Deny']),
    Principal: {
      RAM: names.split(',').map((name) => (name in principals ? principals[name as DocumentedCaller] : placed(name))),
    },
    Action: (actionLists[acts] ?? acts).split(','),
    Resource: ['*'],
    ...conditionOf(condition),
  }
}

/** `[<to>: ]<system policy>` or `[<to>: ]Allow <action>,… on <resource>,… [if …]` */
function attachedOf(text: string): Attached {
  const [, to = 'caller', rest = ''] = /^(?:([a-z-]+): )?(.*)$/.exec(text)!
  const [head = '', condition] = rest.split(' if ')
  const [effect = '', acts = '', , resources = ''] = head.split(' ')
  return {
    to: oneOf(to, ['caller', 'team', 'crew', 'assumer', 'other-assumer']),
    policy:
      effect.startsWith('Aliyun') && acts === ''
        ? effect
        : {
            Effect: oneOf(effect, ['Allow', 'Deny']),
            Action: acts.split(','),
            Resource: placed(resources).split(','),
            ...conditionOf(condition),
          },
  }
}

function caseOf(source: string, line: string): DocumentedCase {
  const [name = '', who = '', does = '', givens = '', policy = '', ram = '', answer = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const given = new Map(list(givens, ' ').map((word) => word.split('=') as [string, string]))
  const unknown = [...given.keys()].find(
    (key) => !['by', 'on', 'of', 'state', 'tags', 'spoilt', 'dry', 'at', 'ip', 'tls'].includes(key),
  )
  if (unknown !== undefined) throw new Error(`Nothing is given as ${unknown}.`)
  const caller = oneOf(who, callers)
  const owner = given.get('of') === 'other' ? other : home
  const at = given.get('at')
  return {
    source,
    name,
    caller,
    action: oneOf(does, Object.keys(actions) as ActionName[]),
    key: {
      owner,
      on: oneOf(given.get('on') ?? 'plain', ['plain', 'joint', 'independent', 'none']),
      tags: list(given.get('tags') ?? '', ',').map((tag) => {
        const [TagKey = '', TagValue = ''] = tag.split(':')
        return { TagKey, TagValue }
      }),
      state: oneOf(given.get('state') ?? 'Enabled', ['Enabled', 'Disabled', 'PendingDeletion']),
      policy: policy === '' ? null : list(policy, ';').map(keyStatement),
    },
    ram: list(ram, ';').map(attachedOf),
    by: oneOf(given.get('by') ?? (accountOf(caller) === owner ? 'id' : 'arn'), ['id', 'arn', 'alias', 'nothing']),
    spoilt: given.get('spoilt') ?? null,
    dryRun: given.get('dry') === 'yes',
    circumstances: {
      at: at === undefined ? null : Date.parse(at),
      sourceIp: given.get('ip') ?? '127.0.0.1',
      secureTransport: (given.get('tls') ?? 'yes') === 'yes',
    },
    expected:
      answer === 'denied'
        ? 'Forbidden.NoPermission'
        : oneOf(answer, ['allowed', ...(Object.keys(errors) as ErrorCode[])]),
  }
}

function read(text: string): readonly DocumentedCase[] {
  let source = ''
  return list(text, '\n').flatMap((line) => {
    if (!line.startsWith('#')) return caseOf(source, line)
    source = line.slice(1).trim()
    return []
  })
}

export const documentedAccess = read(table)
