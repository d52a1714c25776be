/**
 * The gateway: (Request) → Response, in the order in which everything is checked. The order is behaviour: a request that is wrong in
 * two ways gets the earlier step's refusal.
 */
import type { ActionName, Actions, Input } from '#src/api/contract/actions.ts'
import { assumedRoleArn, parseKeyArn } from '#src/api/contract/arn.ts'
import type {
  Rules,
  Caller,
  Circumstances,
  Context,
  FoundBySubject,
  KeyRequest,
  RequestListener,
  Resource,
} from '#mocks/kms/context.ts'
import { find } from '#mocks/kms/find.ts'
import { denialOf } from '#mocks/ram/access.ts'
import type { Runtime } from '#mocks/runtime.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'
import { fieldsOf, headersOf, nameOf } from '#mocks/trace/redact.ts'
import type { SpanRecorder, TraceRecorder } from '#mocks/trace/trace.ts'
import type { XkiPort } from '#mocks/xki/port.ts'
import { authenticate } from './authenticate.ts'
import { authorise } from './authorise.ts'
import { decode, placeOf, type Call } from './decode.ts'
import { answerDryRun, isDryRun } from './dry-run.ts'
import { encode, refusal, success, type Answer, type Encoded } from './encode.ts'
import { usedExtensions, withoutExtensions } from './extensions.ts'
import { ConnectionLost, injectFaults, type FaultBoard } from './faults.ts'
import { knownAction } from './known-action.ts'
import type { Nonces } from './nonces.ts'
import type { RatedRequest } from './rates.ts'
import { checkState } from './state.ts'
import { validate } from './validate.ts'

export interface Gateway {
  readonly runtime: Runtime
  readonly db: Store<CloudTables>
  readonly rules: Rules<ActionName>
  readonly xki: XkiPort
  readonly trace: TraceRecorder
  /** Throws Rejected.Throttling for a request above the rate limits, where they are enforced. */
  readonly admit: (request: RatedRequest) => void
  readonly faults: FaultBoard
  readonly nonces: Nonces
  readonly strict: boolean
  /** Of requests that name none. */
  readonly region: string
  /** The cloud's clock, ms since the epoch. */
  readonly now: () => number
  /** Does what became due by the cloud's clock. */
  readonly settle: (now: number) => void
  readonly listener: RequestListener
  /** See Context, both. */
  readonly healthOf: Context['healthOf']
  readonly keepUses: () => void
  /** Told of every defect: something was thrown that is no refusal. */
  readonly report: (error: unknown) => void
}

/** Where a request comes from, as its host sees it. */
export type Origin = Omit<Circumstances, 'now'>

/** The page's own requests never leave the machine, and stand for requests over TLS (assumed). */
export const pageOrigin: Origin = { sourceIp: '127.0.0.1', secureTransport: true }

/** Never rejects and never hangs: a defect is reported and answered with InternalFailure. Resolves with null where the connection breaks. */
export function createPipeline(gateway: Gateway): (request: Request, origin?: Origin) => Promise<Encoded | null> {
  return async (request, origin = pageOrigin) => {
    const requestId = gateway.runtime.uuid()
    // Reads count too: what is told may be another request's change that is not kept yet.
    const durable = gateway.db.checkpoint()
    const span = gateway.trace.start(requestId, 'kms', nameOf(request.headers.get('x-acs-action') ?? ''))
    const { region, host } = placeOf(request)
    span.tell({ at: gateway.now(), method: request.method, region, host, headers: headersOf(request.headers) })
    const refuse = (error: ServiceError): Answer => refusal(requestId, host, error, gateway.strict)

    let answer: Answer | null
    const arrival: Arrival = { request, origin, requestId, span, about: null, asXml: null }
    try {
      answer = await carryOut(arrival, gateway)
    } catch (error) {
      if (error instanceof ServiceError) answer = refuse(error)
      else if (error instanceof ConnectionLost) answer = null
      else {
        gateway.report(error)
        answer = refuse(new ServiceError('InternalFailure'))
      }
    }
    tell('answering', arrival, answer, gateway)
    await durable().catch(() => {
      answer = refuse(new ServiceError('ServiceUnavailableTemporary'))
    })
    if (answer) span.tell(answerFacts(answer))
    span.end(answer?.status ?? 0, answer?.code ?? null)
    if (answer?.code === null && watching.has(span.operation)) span.forget()
    tell('answered', arrival, answer, gateway)
    const { asXml } = arrival
    // Hardly anybody asks for it: loaded then.
    const toXml = answer && asXml !== null ? (await import('./xml.ts')).toXml : null
    const action = answer?.code === null ? asXml : null
    return answer && encode(answer, toXml && ((body) => toXml(action, body)))
  }
}

/** Looking at requests is no request to look at: else following them would drive out what is followed. */
const watching: ReadonlySet<string> = new Set<ActionName>(['ListRequests', 'DescribeRequest'])

const answerFacts = ({ code, body }: Answer) =>
  code === null ? { answer: fieldsOf(Object.entries(body)) } : { detail: 'Detail' in body ? body.Detail : undefined }

/** A request on its way. */
interface Arrival {
  readonly request: Request
  readonly origin: Origin
  readonly requestId: string
  readonly span: SpanRecorder
  /** Known once its keys were found. */
  about: Omit<KeyRequest, 'code'> | null
  /** The action's name as asked for, where the answer is to be XML. */
  asXml: string | null
}

function tell(step: keyof RequestListener, { about }: Arrival, answer: Answer | null, gateway: Gateway): void {
  if (!about) return
  try {
    // Without an answer it was carried out and the answer was lost: connections that break earlier have found nothing.
    gateway.listener[step]({ ...about, code: answer?.code ?? null })
  } catch (error) {
    gateway.report(error)
  }
}

async function carryOut(arrival: Arrival, gateway: Gateway): Promise<Answer> {
  const { request, origin, requestId, span } = arrival
  const { runtime, db, strict } = gateway

  const call = await decode(request, gateway.region)
  span.tell({
    region: call.region,
    query: fieldsOf(call.query),
    parameters: fieldsOf(call.params),
    bodyBytes: call.body.length,
  })
  // Only clients of signature version 3 say it in a header.
  span.rename(nameOf(call.action ?? ''))
  span.mark('decode')

  if (call.format === 'XML') arrival.asXml = call.action ?? ''

  const name = knownAction(call, strict)
  span.mark('action', `${name} at ${call.host}`)

  const { nonces, now } = gateway
  const caller = await authenticate(call, { tables: db.read, nonces, wallNow: runtime.wallNow, now, span })
  span.mark('authenticate', nameOfCaller(caller))

  gateway.admit({ accountId: caller.accountId, region: call.region, name })
  const losesAnswer = await injectFaults(gateway.faults, name, runtime.sleep)
  span.mark('faults')

  const ctx = contextOf({ call, caller, origin, requestId, span }, gateway)
  gateway.settle(ctx.now)
  const weighed = () => weigh(name, call, ctx, arrival)
  const { input, found } = isDryRun(name, call.params) ? answerDryRun(weighed) : weighed()

  const output = await act(gateway.rules, name, ctx, input, found)
  span.mark('act')

  if (losesAnswer) throw new ConnectionLost()
  return strict
    ? success(requestId, withoutExtensions(name, output), [])
    : success(requestId, output, usedExtensions(name, call.params, output))
}

/** Steps 5 to 8: all that can be said of a request without carrying it out. Throws the refusal of the first that fails. */
function weigh<N extends ActionName>(name: N, call: Call, ctx: Context, arrival: Arrival) {
  const { caller, db, span, strict } = ctx
  const { input, ignored } = validate(name, call.params, strict)
  span.mark('validate', ignored.length > 0 ? `ignored: ${ignored.map(nameOf).join(', ')}` : undefined)

  const { found, resources } = find(ctx, name, input)
  span.mark('find', resources.map(({ arn }) => arn).join(', '))
  noteKeys(arrival, name, ctx, resources)

  authorise(name, caller, resources, ctx.circumstances, db.read)
  span.mark('authorise')

  checkState(name, found, db.read.instances)
  span.mark('state')
  return { input, found }
}

/**
 * What the trace and the listener are told. A request is about the keys that it needs permission on, one by one: the key that loses an
 * alias is among them, and a listing of all keys is about none.
 */
function noteKeys(arrival: Arrival, action: ActionName, ctx: Context, resources: readonly Resource[]): void {
  const found = new Set<KeyRow>()
  for (const { arn } of resources) {
    const key = ctx.db.read.keys.get(parseKeyArn(arn)?.keyId ?? '')
    if (key) found.add(key)
  }
  if (found.size === 0) return
  const keys = [...found]
  const { caller, now: at, region, requestId } = ctx
  arrival.about = { requestId, action, caller, keys, at }
  const keyIds = keys.map(({ keyId }) => keyId)
  arrival.span.about({ action, at, region, accountId: caller.accountId, principalArn: caller.arn, keyIds })
}

/** With the session, where a role asks. */
const nameOfCaller = ({ accountId, arn, name, session }: Caller): string =>
  session === undefined ? arn : assumedRoleArn(accountId, name, session)

interface Known extends Pick<Arrival, 'origin' | 'requestId' | 'span'> {
  readonly call: Call
  readonly caller: Caller
}

function contextOf({ call, caller, origin, requestId, span }: Known, gateway: Gateway): Context {
  const { runtime, db, xki, strict } = gateway
  const now = gateway.now()
  const { sourceIp, secureTransport } = origin
  const circumstances = { sourceIp, secureTransport, now }
  return {
    region: call.region,
    caller,
    requestId,
    db,
    now,
    circumstances,
    runtime,
    xki,
    span,
    trace: gateway.trace,
    healthOf: gateway.healthOf,
    keepUses: gateway.keepUses,
    strict,
    may: (permission, resource) => denialOf(caller, permission, resource, circumstances, db.read) === null,
    denial: (permission, resource) => denialOf(caller, permission, resource, circumstances, db.read),
  }
}

/** One action's rule, with the types that belong to it. */
function act<N extends ActionName>(
  rules: Rules<ActionName>,
  name: N,
  ctx: Context,
  input: Input<N>,
  found: FoundBySubject[Actions[N]['subject']],
): object | Promise<object> {
  return rules[name](ctx, input, found)
}
