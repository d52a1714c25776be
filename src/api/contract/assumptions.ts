/**
 * Where Alibaba Cloud has published nothing, this build fills the gap; this is the whole list. `docs/fidelity.md` is written
 * from it. Each is meant to be corrected in one place once the truth is known. One list is easier to read through than several: hence its length.
 */
export interface Assumption {
  readonly id: string
  /** The actions or the party that it concerns. */
  readonly about: string
  readonly statement: string
}

export const assumptions: readonly Assumption[] = [
  {
    id: 'external-key-id',
    about: 'CreateKey, DescribeKey',
    statement: 'The external key ID travels as ExternalKeyId, 1–128 of A-Za-z0-9._-, and never changes after creation.',
  },
  {
    id: 'external-key-refused',
    about: 'CreateKey',
    statement:
      'An external key that is unknown, not ENABLED or of a wrong type: InvalidParameter naming ExternalKeyId.',
  },
  {
    id: 'create-proxy-unreachable',
    about: 'CreateKey',
    statement: 'A proxy out of reach while a key is created: Rejected.Unavailable, and nothing is written.',
  },
  {
    id: 'create-not-connected',
    about: 'CreateKey',
    statement: 'An instance that is not Connected: Forbidden.DKMSInstanceStateInvalid.',
  },
  {
    id: 'external-metadata',
    about: 'DescribeKey',
    statement:
      'An external key has Origin EXTERNAL_KEY_STORE and ProtectionLevel EXTERNAL, our own words; it has no versions and AutomaticRotation is Disabled. (Origin EXTERNAL is published for imported material, which this is not.)',
  },
  {
    id: 'empty-fields',
    about: 'DescribeKey',
    statement:
      'Fields that do not apply are left out, except Description and MaterialExpireTime, which are empty text.',
  },
  {
    id: 'spec',
    about: 'CreateKey',
    statement: 'On an external instance every key spec but Aliyun_AES_256 is refused with InvalidParameter.',
  },
  {
    id: 'management-without-proxy',
    about: 'all but the cryptography',
    statement: 'Describing, disabling, aliases, tags and policies work while the proxy does not.',
  },
  {
    id: 'unavailable',
    about: 'all of the cryptography',
    statement:
      'A proxy or an external key that fails is no key state: cryptography answers 409 Rejected.Unavailable. A published code, for a state that no table names.',
  },
  {
    id: 'own-key-unavailable',
    about: 'all of the cryptography',
    statement:
      'While the instance of a software or hardware key is not Connected, cryptography answers 409 Rejected.Unavailable.',
  },
  {
    id: 'rotation-missed',
    about: 'EnableKey, CancelKeyDeletion',
    statement:
      'Rotations that fell due while a key was not Enabled come as one, when it is Enabled again. A rotation that finds the key quota of the instance used up is tried again an interval later; with the fiftieth version automatic rotation is Suspended for good.',
  },
  {
    id: 'key-units',
    about: 'CreateKey, GetKmsInstanceQuotaInfos',
    statement:
      'An external key takes one unit of the key quota of its instance, and so does each version of a hardware key, as a software key’s do.',
  },
  {
    id: 'create-own-refused',
    about: 'CreateKey',
    statement:
      'Outside external instances: a spec that is not made here, imported material, a parameter that the kind of key has no use for (ExternalKeyId, KeyStorageMechanism), rotation of a key inside the HSM, ProtectionLevel HSM for the default key: UnsupportedOperation. A policy for the default key: Forbidden.KeyPolicyUnSupported. RotationInterval without rotation is ignored.',
  },
  {
    id: 'default-key-count',
    about: 'CreateKey',
    statement:
      'A second default key in a region: Rejected.LimitExceeded, also while the first waits for its deletion. Service keys do not count.',
  },
  {
    id: 'version-limits',
    about: 'CreateKeyVersion',
    statement:
      'A fifty-first version, one within seven days of the last (the first and automatic ones included), or one without room in the key quota: Rejected.LimitExceeded. An instance that is not Connected: Rejected.Unavailable. A default key and a hardware key in the encrypted database may have versions by hand too; a key inside the HSM answers Rejected.UnsupportedOperation, as to UpdateRotationPolicy.',
  },
  {
    id: 'rotation-at-once',
    about: 'UpdateRotationPolicy, CreateKeyVersion',
    statement:
      'The next rotation is the interval after the last version, whoever made it; where that time has passed when rotation is turned on, it comes at once.',
  },
  {
    id: 'version-order',
    about: 'ListKeyVersions',
    statement: 'Newest first.',
  },
  {
    id: 'export-refused',
    about: 'GenerateAndExportDataKey, ExportDataKey',
    statement:
      'PublicKeyBlob is Base64 of a DER SubjectPublicKeyInfo; anything but an RSA key of 2,048 bits: InvalidParameter naming it. A data key longer than OAEP takes (190 bytes with SHA-256, 214 with SHA-1): InvalidParameter naming NumberOfBytes or CiphertextBlob. EC_SM2 and SM2PKE, which no browser has: UnsupportedOperation.',
  },
  {
    id: 're-encrypt-answer',
    about: 'ReEncrypt',
    statement: 'KeyId and KeyVersionId name the key and the version of the new ciphertext.',
  },
  {
    id: 'version-of-ciphertext',
    about: 'all of the cryptography',
    statement: 'KeyVersionId means nothing for an external key and is left out.',
  },
  {
    id: 'ciphertext-size',
    about: 'Decrypt, ExportDataKey, ReEncrypt',
    statement: 'A CiphertextBlob of more than 8,192 bytes is refused with InvalidParameter.',
  },
  {
    id: 'damaged-ciphertext',
    about: 'Decrypt, ExportDataKey, ReEncrypt',
    statement: 'A damaged ciphertext or a different encryption context: InvalidParameter naming CiphertextBlob.',
  },
  {
    id: 'empty-plaintext',
    about: 'Encrypt',
    statement: 'An empty plaintext is refused.',
  },
  {
    id: 'bound-ciphertext',
    about: 'Encrypt, Decrypt',
    statement:
      'A ciphertext names its key and, where KMS holds the material, the version. It is bound to its KMS key: the additional data is SHA-256 over format version, key ARN and canonical encryption context, each with its length.',
  },
  {
    id: 'data-key-origin',
    about: 'GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateAndExportDataKey',
    statement: 'KMS draws the data key itself and has the proxy encrypt it.',
  },
  {
    id: 'list-order',
    about: 'ListKeys',
    statement: 'Newest first.',
  },
  {
    id: 'filter-match',
    about: 'ListKeys',
    statement:
      'AliasName, Creator, TagKey and TagValue match the whole text. JSON that cannot be read: InvalidParameter.',
  },
  {
    id: 'filter-tag',
    about: 'ListKeys',
    statement: 'TagKey and TagValue together ask for one tag that has both. A filter without values asks for nothing.',
  },
  {
    id: 'state-rows',
    about:
      'TagResources, UntagResources, ListTagResources, GetKeyPolicy, SetKeyPolicy, SetDeletionProtection, ListAliasesByKeyId, GenerateAndExportDataKey, ExportDataKey, ReEncrypt',
    statement:
      'The published table of states leaves these out: reading works in every state, writing is refused with Rejected.PendingDeletion, cryptography needs Enabled; for ReEncrypt both keys do.',
  },
  {
    id: 'kind-before-state',
    about: 'every action on a key',
    statement: 'What a kind of key can never do is refused with that code, whatever the state of the key.',
  },
  {
    id: 'service-keys',
    about: 'every change of a key, and its cryptography',
    statement:
      'A key that a cloud service made cannot be changed or used directly: UnsupportedOperation. Published for its deletion and its direct use, assumed for the rest.',
  },
  {
    id: 'external-versions',
    about: 'ListKeyVersions, DescribeKeyVersion',
    statement:
      'On an external key Rejected.UnsupportedOperation, as is published for CreateKeyVersion and UpdateRotationPolicy.',
  },
  {
    id: 'absent-codes',
    about: 'DeleteKeyMaterial, GetPublicKey, AsymmetricSign, AsymmetricVerify, GenerateMac, VerifyMac',
    statement: 'On an external key the code of the nearest action that publishes one.',
  },
  {
    id: 'alias-not-key',
    about: 'every action whose page names no alias',
    statement: 'An alias in place of a key ID: Unsupported.Alias.',
  },
  {
    id: 'alias-length',
    about: 'CreateAlias',
    statement: 'The 255 characters of an alias do not count its prefix; two published pages differ.',
  },
  {
    id: 'v1-nonce',
    about: 'Signature version 1.0',
    statement: 'SignatureNonce is needed: the page does not name it, all official clients send it.',
  },
  {
    id: 'xml-answers',
    about: 'Answers with Format=XML',
    statement:
      'The root is <ActionResponse>, of a refusal <Error>. An array is its element repeated, an empty one nothing. What was refused before its action was known is JSON.',
  },
  {
    id: 'flattened-context',
    about: 'Encrypt, Decrypt, GenerateDataKey …',
    statement:
      'EncryptionContext may also be sent as EncryptionContext.<name>=<value> for each entry, as @alicloud/kms20160120 1.2.0 does. Both forms at once: InvalidParameter.',
  },
  {
    id: 'alias-account',
    about: 'CreateAlias, ListAliases, ListAliasesByKeyId',
    statement:
      'An alias belongs to the account that made it, also on a key of a receiver of the shared instance. It goes when its key is deleted.',
  },
  {
    id: 'protected-deletion',
    about: 'ScheduleKeyDeletion',
    statement: 'A key whose deletion protection is on: Rejected.StateModifiedFailed.',
  },
  {
    id: 'protected-resource',
    about: 'SetDeletionProtection',
    statement:
      'The key is named by KeyId or by ProtectedResourceArn. Both, naming two keys: InvalidParameter naming ProtectedResourceArn; neither, and no KmsInstanceId: MissingParameter naming KeyId.',
  },
  {
    id: 'protection-description',
    about: 'SetDeletionProtection',
    statement:
      'DeletionProtectionDescription is at most 8,192 characters, and goes when the protection is switched off.',
  },
  {
    id: 'empty-description',
    about: 'UpdateKeyDescription',
    statement: 'An empty description is accepted, and takes the old one away.',
  },
  {
    id: 'deleted-key',
    about: 'what falls due',
    statement:
      'With a key go its aliases, tags, versions and what was counted about it; its name and its quota unit are free at once. Its ciphertexts then answer Forbidden.KeyNotFound.',
  },
  {
    id: 'tag-count',
    about: 'CreateKey, TagResource, TagResources',
    statement: '20 tags for a key, where one page says 10; more: Rejected.LimitExceeded, and none is set.',
  },
  {
    id: 'untag',
    about: 'UntagResource, UntagResources',
    statement:
      'A tag key that the key does not have is passed over. One that begins with aliyun or acs: cannot be taken away: InvalidParameter.TagKey. UntagResources with neither TagKey nor All: MissingParameter naming TagKey.',
  },
  {
    id: 'tag-listing',
    about: 'ListTagResources',
    statement:
      'Tag filters ask for keys that have all of these tags, and only these tags are listed; a tag asked without a value fits any.',
  },
  {
    id: 'policy-name',
    about: 'GetKeyPolicy, SetKeyPolicy',
    statement: 'PolicyName may be left out and is then default.',
  },
  {
    id: 'policy-account',
    about: 'key policies',
    statement:
      'A principal :* or :root stands for the account and leaves the rest to RAM: a RAM user needs a RAM policy or a statement of its own besides.',
  },
  {
    id: 'policy-root',
    about: 'key policies',
    statement: 'The account itself may do everything to its own keys unless a statement denies it.',
  },
  {
    id: 'policy-sessions',
    about: 'key policies',
    statement:
      'Temporary credentials count as the role that was assumed: by its statements and its RAM policies alone, not by those of whoever assumed it.',
  },
  {
    id: 'ram-patterns',
    about: 'RAM',
    statement:
      'An asterisk in the resource of a RAM policy stands for any characters, in each part of the ARN and across parts.',
  },
  {
    id: 'policy-wildcards',
    about: 'key policies',
    statement:
      'A wildcard stands for the published actions about a key that fit it; CreateKey, ListKeys and ListAliases ask no key’s policy. ReEncrypt is controlled as ReEncryptFrom and ReEncryptTo.',
  },
  {
    id: 'policy-conditions',
    about: 'key policies',
    statement:
      'An element, a condition key or an operator that the evaluator cannot weigh is refused when the policy is written. The values of a key are alternatives, all excluded by a negated operator; a fact that is not there meets negated operators only. Operators fit the type of their key. Tags are known to cryptography only.',
  },
  {
    id: 'policy-sids',
    about: 'key policies',
    statement:
      'The statements of administrators, users and cross-account users carry no Sid; they follow the default one.',
  },
  {
    id: 'system-policies',
    about: 'RAM',
    statement: 'The system policies have their published names; what they allow is assumed.',
  },
  {
    id: 'shared-default-policy',
    about: 'CreateKey',
    statement:
      'The default policy of a key on a shared instance names the sharer, and, for a key of the receiver, both accounts; under independent ownership the receiver alone.',
  },
  {
    id: 'joint-ownership',
    about: 'every action on a key',
    statement:
      'Under joint ownership the owner of a shared instance lists and addresses the receivers’ keys like its own; a receiver has its own only. Inside a receiver, RAM alone decides about the instance.',
  },
  {
    id: 'policy-instance-state',
    about: 'SetKeyPolicy',
    statement:
      'Forbidden.DKMSInstanceStateInvalid unless the instance is Connected or Disconnected: a policy can be changed while the proxy is away.',
  },
  {
    id: 'quota-once',
    about: 'CreateKey, SetKeyPolicy',
    statement: 'An account that is shared to and named in policies as well takes one unit of the access quota.',
  },
  {
    id: 'quota-vpc',
    about: 'GetKmsInstanceQuotaInfos',
    statement: 'The access quota is the row of type vpc.',
  },
  {
    id: 'hidden-keys',
    about: 'every action on a key',
    statement:
      'A key of another account that grants the caller nothing: Forbidden.KeyNotFound by its ID, Forbidden.NoPermission by its ARN.',
  },
  {
    id: 'dry-run',
    about: 'DryRun of the cryptography',
    statement:
      'A dry run weighs parameters, key, permission and key state; neither instance nor proxy is asked, and nothing is opened. A denial is AccessDeniedError (403), any other refusal ValidationError (400), success DryRunOperationError (400): the codes are published, their status is not.',
  },
  {
    id: 'rate-limits',
    about: 'every action',
    statement:
      'The published requests per second are token buckets that hold one second, for each account and region. GetKeyPolicy counts with the lists, everything that changes a key with the changes; what no page names is not limited. A request that is refused later counts too.',
  },
  {
    id: 'order-of-checks',
    about: 'every action',
    statement:
      'Action, signature, throttling, parameters, resource, permission, state, in this order: the published pages name the refusals, not their order.',
  },
  {
    id: 'error-body',
    about: 'every action',
    statement:
      'Error bodies carry HttpStatus, Code, Message, RequestId, HostId and Recommend together; pages show subsets.',
  },
  {
    id: 'signature-methods',
    about: 'every action',
    statement: 'ACS3-HMAC-SHA256 only; ACS3-HMAC-SM3 and ACS3-RSA-SHA256 are refused with InvalidSignatureMethod.',
  },
  {
    id: 'contradicting-request',
    about: 'every action',
    statement:
      'A parameter given twice, or an action or version that contradicts its header: ParseRequestParameterException. A list with a gap, or EncryptionContext in parts: InvalidParameter.',
  },
  {
    id: 'unknown-place',
    about: 'every action',
    statement: 'A product or region that does not exist: InvalidAction.NotFound.',
  },
  {
    id: 'nonce-memory',
    about: 'authentication',
    statement:
      'A nonce is at most 256 characters, and is remembered as long as the emulator runs: after its restart a request of the last 15 minutes could be replayed.',
  },
  {
    id: 'permissions-told',
    about: 'DescribeKeyPermissions',
    statement:
      'Whoever sees a key may ask what it may not do with it; no permission is needed. Of alias actions the side of the key is told, of ReEncrypt kms:ReEncryptTo.',
  },
  {
    id: 'explanations-told',
    about: 'ExplainAccess, DescribeKeyAccess, ListKeysByAccess',
    statement:
      'About oneself anybody may ask. About others it needs kms:GetKeyPolicy on the key and ram:ListPoliciesForUser or ram:ListPoliciesForRole; the matrix ram:ListUsers and ram:ListRoles. Documents are told to who may read them. What another account attaches to its own users is told here, and cannot be seen in the real cloud.',
  },
  {
    id: 'grantors-told',
    about: 'ListGrantors',
    statement:
      'Whoever is denied may ask who could change the policies that decide, without a permission: ten users and roles of its own account are named, of another account nobody. Who could: kms:SetKeyPolicy on the key; ram:AttachPolicyToUser or ram:AttachPolicyToRole on the caller and any policy of the account; against a denial, detaching every policy that denies.',
  },
  {
    id: 'page-circumstances',
    about: 'conditions of policies',
    statement: 'A request of the page itself comes from 127.0.0.1 and over TLS.',
  },
  {
    id: 'associations-permission',
    about: 'DetectKeyAssociations, DescribeKeyAssociations, ListKeyActivity',
    statement:
      'The detection has no public API and so no published permission: kms:DescribeKeyAssociations for the first two, kms:ListKeyActivity for the last.',
  },
  {
    id: 'associations-privacy',
    about: 'DescribeKeyAssociations, ListKeyActivity',
    statement:
      'Resources of another account are told without ID and name. A principal of another account is told as its account, acs:ram::<uid>:*, unless the key policy names it.',
  },
  {
    id: 'associations-time',
    about: 'DetectKeyAssociations',
    statement:
      'A detection looks at the inventory when it starts and takes 300 ms for each service; starting again while one is under way keeps that one.',
  },
  {
    id: 'uses-counted',
    about: 'DescribeKeyAssociations',
    statement:
      'Successful cryptography is counted for each principal by UTC day, today and the 29 days before. When the emulator ends, with its last page or in a crash, the counts of the last 10 seconds can be lost.',
  },
  {
    id: 'sharing-external',
    about: 'CreateResourceShare, AssociateResourceShare',
    statement:
      'External instances can be shared, as the guide to external keys describes it; another published page names software and hardware instances only. The type of a shared instance is KMSInstance, read from the name of its permission.',
  },
  {
    id: 'sharing-directory',
    about: 'ResourceSharing',
    statement:
      'All accounts of the scenario are members of one resource directory, of one enterprise, and sharing inside it is enabled. Directories and folders as targets are refused with UnsupportedOperation.',
  },
  {
    id: 'sharing-at-once',
    about: 'ResourceSharing',
    statement:
      'Associations are made and withdrawn at once, so that none is Associating or Disassociating. What is withdrawn or deleted leaves no record; what Failed stays until it is removed.',
  },
  {
    id: 'sharing-failed',
    about: 'AssociateResourceShare, CreateResourceShare',
    statement:
      'An account that the access management quota of an instance has no room for: the association is there with the status Failed, LimitExceeded for that instance, and stands for the instances of the share that have room.',
  },
  {
    id: 'sharing-refusals',
    about: 'ResourceSharing',
    statement:
      'An instance that is not the account’s own, lies elsewhere or is not Connected: InvalidParameter.Resources. Withdrawing an instance from an account that still has keys there, those that wait for deletion among them: ResourceShareStatusMismatchAction. A parameter of a wrong form: InvalidParameter or MissingParameter naming it, where codes by parameter are published.',
  },
  {
    id: 'sharing-permission',
    about: 'ResourceSharing',
    statement:
      'The permission of a share does not narrow what its targets may do: AliyunRSDefaultPermissionKMSInstance and the deprecated one mean the same. Actions are permitted by resourcesharing:<Action> on acs:resourcesharing:<region>:<account>:resourceshare/<ID>.',
  },
  {
    id: 'sharing-view',
    about: 'GetKmsInstance',
    statement:
      'An account that an instance is shared to is told its ID, name, status, type and sharing; network, proxy, size and dates are the owner’s. Quotas are told to both.',
  },
  {
    id: 'sharing-ownership',
    about: 'SetSharingOwnership, CreateKey, SetKeyPolicy',
    statement:
      'Ownership belongs to the instance and is changed by an extension. On the change to Independent the owner’s account goes out of the policies of the receivers’ keys, and no such policy can let it in again: InvalidParameter.',
  },
  {
    id: 'sharing-aliases',
    about: 'CreateAlias, UpdateAlias',
    statement:
      'Under joint ownership two accounts cannot give one alias to keys of one instance: AliasAlreadyExists. Names from before a share stay.',
  },
  {
    id: 'attempts-kept',
    about: 'DescribeKeyAssociations',
    statement:
      'Cryptography that was refused because its key waits for deletion, dry runs aside, is kept at once, the newest 100 for each key, until the deletion is cancelled or the key has gone.',
  },
  {
    id: 'activity-source',
    about: 'ListKeyActivity',
    statement:
      'A view of the emulator’s trace: the last 10,000 requests, gone with a restart. Requests count from where their key was found; looking at activity and associations is none.',
  },
  {
    id: 'requests-told',
    about: 'ListRequests, DescribeRequest',
    statement:
      'Whoever has kms:ListKeyActivity on all keys of its account in a region is told of every request of the account there, and of RAM’s and STS’s; everybody else of its own, as the same user or role. A request belongs to the account whose access key it names, even if its signature is wrong; one whose access key or token is refused belongs to nobody. Successful requests of these two actions are not kept.',
  },
  {
    id: 'requests-redacted',
    about: 'ListRequests, DescribeRequest',
    statement:
      'Kept are the headers of the protocol, without signature and token; of parameters and of the answer’s fields the values of those that name things, up to 64 characters, and numbers; of all others the size. The body enters the signed text as its SHA-256 hash.',
  },
  {
    id: 'ram-names',
    about: 'key policies',
    statement: 'Names of RAM users and roles are 1–64 of A-Za-z0-9._-.',
  },
  {
    id: 'enabling-software',
    about: 'ConnectKmsInstance',
    statement:
      'An instance of another type: UnsupportedOperation. One that is not Uninitialized: Forbidden.DKMSInstanceStateInvalid. Enabling takes three seconds here, where the real thing takes about ten minutes.',
  },
  {
    id: 'bind-vpc',
    about: 'UpdateKmsInstanceBindVpc',
    statement:
      'The list replaces the one before. VPCs are told by their form alone; each takes a unit of the access management quota, and a list that grows beyond it is refused with Rejected.ShareQuotaExceedLimit.',
  },
  {
    id: 'release-instance',
    about: 'ReleaseKmsInstance',
    statement:
      'A subscription: UnsupportedOperation. Deletion protection of the instance or of a key in it, a share, or keys without ForceDeleteWithoutBackup (no backup exists here): Rejected.StateModifiedFailed. Keys, aliases and shares of a released instance are gone at once.',
  },
  {
    id: 'default-instance',
    about: 'GetDefaultKmsInstance',
    statement:
      'The oldest Connected software or hardware instance of the account in the region; an empty ID where there is none.',
  },
  {
    id: 'instance-protection',
    about: 'SetDeletionProtection',
    statement: 'KmsInstanceId names an instance, and then no key may be named. Its owner alone may do it.',
  },
  {
    id: 'connecting-external',
    about: 'ConnectExternalInstance, DescribeConnection',
    statement:
      'An external instance is enabled in the console only, by no published action. The steps (name, zones, reach, certificate, path, credential, health), their order and their causes are ours, and so is the time that they take (600 ms each, where the real thing takes about ten minutes). A failed attempt leaves the instance as it was.',
  },
  {
    id: 'connection-limits',
    about: 'ConnectExternalInstance, ChangeProxyCredential',
    statement:
      'Path prefix, access key ID and secret have the limits of the XKS Proxy API 1.0.3, in the dialect xki too. The fingerprint is SHA-256 of the certificate’s DER form; a certificate that is pinned is trusted in its time, whoever issued it. Two or three zones are named, one where the region has one; the zones of an endpoint service are those of the instance.',
  },
  {
    id: 'credential-overlap',
    about: 'ChangeProxyCredential',
    statement:
      'A new credential is tried before it is taken. The one before is kept for up to 168 hours (24 unless said otherwise), and tried where the proxy refuses the new one.',
  },
  {
    id: 'health-checks',
    about: 'DescribeConnectionHealth',
    statement:
      'KMS asks each connected proxy for its health once a minute by the cloud’s clock, in the operation KmsHealthCheck of XKS. Three checks in a row that fail make the instance Disconnected, and the first that passes makes it Connected again; one that was disconnected by hand stays so. Where the clock jumps, one check stands for all that were missed. A check uses up no fault that is set for a number of requests or for one operation, is hit by no fault that comes and goes by turns, and stands in neither the requests nor the key manager’s log.',
  },
  {
    id: 'simulated-network',
    about: 'DescribeConnectionChoices',
    statement:
      'VPCs, vSwitches, zones and endpoint services are a made-up table, the same for each account, as are the host names and certificates of the simulated Internet. Where the emulator runs in Node, other names may be let through to real proxies: a new connection has three seconds, and is kept.',
  },
  {
    id: 'proxy-wire',
    about: 'the external key proxy',
    statement:
      'Nothing is published about the wire between KMS and an XKI proxy. An instance speaks the XKS Proxy API v1, or the dialect xki: the same messages in Alibaba’s manner, after an unofficial reading. No compatibility with XKI is claimed.',
  },
  {
    id: 'xki-paths',
    about: 'the dialect xki',
    statement:
      'POST only, to /kms/xki/v1/health and /kms/xki/v1/keys/<id>/meta, encrypt and decrypt, after the path prefix; an endpoint for random numbers is not carried. Other paths 404 XkiNotFound, other verbs 405 MethodNotAllowed.',
  },
  {
    id: 'xki-messages',
    about: 'the dialect xki',
    statement:
      'Fields are those of XKS with a capital, but Algorithm, PrincipalArn and SourceVpc; the names around a ciphertext, its integrity value and what meta answers are analogies. Only AES_GCM, with the sizes and the layout of XKS.',
  },
  {
    id: 'xki-signature',
    about: 'the dialect xki',
    statement:
      'ACS4-HMAC-SHA256 over host, content type and every x-acs- header, product kms, the instance’s region, x-acs-action the verb, dates within 15 minutes (400 InvalidAcsDate); SM3 is refused and nonces are not remembered. A secret’s shape is that of XKS.',
  },
  {
    id: 'xki-errors',
    about: 'the dialect xki',
    statement:
      'Errors are {RequestId, Code, Message}, RequestId that of KMS or empty: 401 Unauthorized, 403 KeyDisabledForbidden, KeyUsageForbidden and AccessForbidden, 404 KeyNotFound, 429 TooManyRequests, 503 ServiceUnavaiable (so spelled), 504 Timeout, and for fields 400 <Field>Required or Invalid<Field>. InvalidOperation for what is too large and InvalidCiphertextBlob are guesses.',
  },
  {
    id: 'proxy-deadline',
    about: 'the external key proxy',
    statement: 'KMS waits 250 ms for an answer, as the XKS Proxy API asks for, and asks nothing twice.',
  },
  {
    id: 'proxy-causes',
    about: 'all of the cryptography',
    statement:
      'Which hop failed and why (Detail.Hop and Detail.Cause of Rejected.Unavailable) are our own words, as far as KMS can tell from its end of the wire.',
  },
  {
    id: 'key-manager',
    about: 'the external key manager',
    statement:
      'Its own interface (keys, their usage limits and deletion, the log of requests, health) belongs to no published API of any cloud. A limit counts encryptions and decryptions of one key in a minute that begins with the first; beyond it the proxy answers 429.',
  },
  {
    id: 'region-names',
    about: 'DescribeRegions',
    statement: 'Answers carry IDs only. The Chinese names of Seoul and Manila are assumed.',
  },
  {
    id: 'security-token',
    about: 'all actions',
    statement:
      'Temporary credentials are tried in this order: token there (MissingSecurityToken), well formed (InvalidSecurityToken.Malformed), theirs (InvalidSecurityToken.MismatchWithAccessKey, also for a token with a long-term key), in time by the cloud’s clock (InvalidSecurityToken.Expired); then date, nonce and signature. The codes are published, their order and status are not.',
  },
  {
    id: 'role-gone',
    about: 'all actions',
    statement:
      'Credentials of a role that was deleted since answer InvalidAccessKeyId.NotFound, also where another role has its name now; so do those that expired more than a day ago. What became of whoever assumed the role changes nothing.',
  },
  {
    id: 'assume-role',
    about: 'AssumeRole',
    statement:
      'It needs sts:AssumeRole by the caller’s own RAM policies and the role’s trust policy, in the same account too; an account in a trust policy stands for all of its users and roles. Who is not trusted gets NoPermission, and so does the account itself.',
  },
  {
    id: 'ram-parameters',
    about: 'RAM and STS',
    statement:
      'A parameter that breaks a rule answers InvalidParameter with its name in the details, where RAM has a code for each parameter and way to break it; a document that cannot be read answers MalformedPolicyDocument. Existence is told only to who has the permission.',
  },
  {
    id: 'ram-resources',
    about: 'RAM',
    statement:
      'Permission is asked for everything that a request names, acs:ram::<uid>:user/<name> and so on, policies of the system by acs:ram::system:policy/<name>; a list asks for <kind>/*.',
  },
  {
    id: 'ram-rest',
    about: 'RAM',
    statement:
      'RAM’s own quotas are not enforced, except five versions of a policy. Access keys of users are listed and deleted, never made. A version’s name is the next after the highest that is left.',
  },
  {
    id: 'trust-policy',
    about: 'CreateRole, AssumeRole',
    statement:
      'A trust policy names accounts, users and roles by their whole ARN, with sts:AssumeRole as the one action; services, identity providers and conditions are refused as MalformedPolicyDocument. RAM users and roles share the names’ characters.',
  },
  {
    id: 'region-at-root',
    about: 'Requests to the path /',
    statement:
      'Where the host names no region, RegionId does, and else the region that the cloud was started with. The product is known by its version.',
  },
]
