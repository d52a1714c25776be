/**
 * The default scenario with no access quota left on `hyok-payments`: two VPCs, the partner, and an account that was withdrawn just now.
 * Five minutes later its unit is free.
 */
import { build } from './build.ts'
import { defaultPlan, instancePlans } from './default.ts'
import { instances as names, strangerAccountId } from './names.ts'
import type { Scenario } from './world.ts'

const instances = instancePlans.map((plan) => (plan.name === names.payments.name ? { ...plan, accessQuota: 4 } : plan))
const withdrawals = [{ instance: names.payments.name, accountId: strangerAccountId }]

export const quotaFullScenario: Scenario = (ingredients) =>
  build({ ...defaultPlan, scenario: 'quota-full', instances, withdrawals }, ingredients)
