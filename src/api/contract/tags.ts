import * as z from 'zod/mini'
import { action } from './action.ts'
import { oneOf, recordList, required, text, textList } from './params.ts'
import { limits } from './rules.ts'

/** `secret` is published too; this build has no secrets, so it answers InvalidParameter. */
const resourceTypes = ['key'] as const

export const tagActions = {
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
    output: z.looseObject({}),
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
    output: z.looseObject({
      TagResources: z.looseObject({
        TagResource: z.array(
          z.looseObject({
            ResourceId: z.string(),
            ResourceType: z.string(),
            TagKey: z.string(),
            TagValue: z.string(),
          }),
        ),
      }),
      NextToken: z.optional(z.string()),
    }),
  }),
} as const
