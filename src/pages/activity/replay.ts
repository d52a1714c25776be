/** Sending a request again, signed anew by whoever acts now. */
import type { Action } from '#src/api/contract/action.ts'
import { consoleActions, type ConsoleActionName } from '#src/api/contract/console-actions.ts'
import { isInputRefusal, readInput, type InputOf } from '#src/api/contract/params.ts'
import type { RequestTrace } from '#src/api/contract/requests.ts'

const isConsoleAction = (name: string): name is ConsoleActionName => Object.hasOwn(consoleActions, name)

export interface Replay {
  readonly action: ConsoleActionName
  readonly input: InputOf<Action['params']>
}

/** How signature version 1.0 says who asks: it is said anew. */
const ofSigner: ReadonlySet<string> = new Set(['AccessKeyId', 'Signature', 'SecurityToken'])

/** A replay, or why there is none: only reads whose every value was kept are sent again. */
export function replayOf({ Action: name, Parameters }: RequestTrace): Replay | 'write' | 'redacted' {
  if (!isConsoleAction(name) || consoleActions[name].kind !== 'read') return 'write'
  const wire = new Map<string, string>()
  for (const { Name, Value } of Parameters) {
    if (ofSigner.has(Name)) continue
    if (Value === null) return 'redacted'
    wire.set(Name, Value)
  }
  const { params }: Action = consoleActions[name]
  const input = readInput(params, wire)
  return isInputRefusal(input) ? 'redacted' : { action: name, input }
}
