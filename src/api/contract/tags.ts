import * as shape from './shapes.ts'
import { action } from './action.ts'
import { boolean, json, oneOf, recordList, required, text, textList } from './params.ts'
import { readTags } from './tag-text.ts'
import { limits, type Problem } from './rules.ts'

/** `secret` is published too; this build has no secrets, so it answers InvalidParameter. */
const resourceTypes = ['key'] as const

function readTagKeys(value: unknown): readonly string[] | Problem {
  return Array.isArray(value) && value.every((key) => typeof key === 'string')
    ? value
    : { code: 'malformed', reason: 'shape' }
}

/** Of TagResource and UntagResource: secrets and certificates are not implemented. */
const otherResources = ['SecretName', 'CertificateId']

export const tagActions = {
  TagResource: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:TagResource',
    subject: 'key',
    params: { KeyId: required(text()), Tags: required(json(readTags)) },
    refused: otherResources,
    output: shape.object({}),
  }),
  UntagResource: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UntagResource',
    subject: 'key',
    params: { KeyId: required(text()), TagKeys: required(json(readTagKeys)) },
    refused: otherResources,
    output: shape.object({}),
  }),
  ListResourceTags: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListResourceTags',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({
      Tags: shape.object({
        Tag: shape.array(shape.object({ KeyId: shape.string(), TagKey: shape.string(), TagValue: shape.string() })),
      }),
    }),
  }),
  UntagResources: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UntagResources',
    subject: 'resources',
    params: {
      RegionId: required(text()),
      ResourceType: required(oneOf(resourceTypes)),
      ResourceId: required(textList({ max: limits.resourcesPerTagCall })),
      TagKey: textList({ max: limits.tagsPerKey }),
      /** Takes all tags away; counts only where no TagKey is given. */
      All: boolean(),
    },
    refused: [],
    output: shape.object({}),
  }),
  TagResources: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:TagResources',
    subject: 'resources',
    params: {
      RegionId: required(text()),
      ResourceType: required(oneOf(resourceTypes)),
      ResourceId: required(textList({ max: limits.resourcesPerTagCall })),
      /** Keys and values are weighed by the action itself, whose published refusals have codes of their own. */
      Tag: required(recordList(['Key', 'Value'], { max: limits.tagsPerKey })),
    },
    refused: [],
    output: shape.object({}),
  }),
  ListTagResources: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListTagResources',
    subject: 'resources',
    params: {
      RegionId: required(text()),
      ResourceType: required(oneOf(resourceTypes)),
      ResourceId: textList({ max: limits.resourcesPerTagCall }),
      Tag: recordList(['Key', 'Value'], { max: limits.tagsPerKey }),
      NextToken: text(),
    },
    refused: [],
    output: shape.object({
      TagResources: shape.object({
        TagResource: shape.array(
          shape.object({
            ResourceId: shape.string(),
            ResourceType: shape.string(),
            TagKey: shape.string(),
            TagValue: shape.string(),
          }),
        ),
      }),
      NextToken: shape.optional(shape.string()),
    }),
  }),
} as const
