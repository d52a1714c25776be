import { explainRules } from './explain.ts'
import { grantorRules } from './grantors.ts'

export const accessRules = { ...explainRules, ...grantorRules }
