import { expect, test } from 'vitest'
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import { readNames } from './bridge.ts'

test('exactly the reads have the names of reads', () => {
  for (const name of Object.keys(actions) as ActionName[]) {
    // Never carried out, so that asking again changes nothing.
    if ('absent' in actions[name]) continue
    expect([name, readNames.test(name)]).toEqual([name, actions[name].kind === 'read'])
  }
})
