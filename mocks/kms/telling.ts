/** What was done and what depends on it: asked for on the pages that show it, and so loaded late. */
import { activityRules } from './activity.ts'
import { associationRules } from './associations.ts'
import { requestRules } from './requests.ts'

export const tellingRules = { ...activityRules, ...associationRules, ...requestRules }
