/** ListRequests and DescribeRequest: extensions, a view of the trace. Texts are put together here, when they are asked for. */
import { canonicalRequest, stringToSign } from '#src/api/contract/acs3.ts'
import { globalRegion } from '#src/api/contract/action.ts'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { allKeysArn } from '#src/api/contract/arn.ts'
import type { Hop } from '#src/api/contract/errors.ts'
import {
  hopSteps,
  requestPageSize,
  requestSteps,
  requestsPermission,
  type RequestEntry,
  type RequestField,
  type RequestResult,
  type RequestStep,
  type RequestTrace,
} from '#src/api/contract/requests.ts'
import { v1CanonicalQuery, v1StringToSign } from '#src/api/contract/signature-v1.ts'
import { isPlainObject } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { invalidParameter } from '#mocks/service-error.ts'
import type { Field, Span, VerifiedSignature, VerifiedV1 } from '#mocks/trace/trace.ts'
import { pageOf } from './paging.ts'

const roundMs = (ms: number): number => Math.max(Math.round(ms * 1000) / 1000, 0)
const isoTime = (ms: number): string => new Date(ms).toISOString()

type Answered = Span & { readonly endedAt: number }
const isAnswered = (request: Span): request is Answered => request.endedAt !== null

const resultOf = ({ status, code }: Span): RequestResult =>
  code !== null ? 'Refused' : status === 0 ? 'NoAnswer' : 'Success'

function hopOf({ code, status, told: { detail } }: Span): RequestEntry['Hop'] {
  if (code === null) return status === 0 ? 'kms' : ''
  return isPlainObject(detail) && 'Hop' in detail ? (detail.Hop as Hop) : 'kms'
}

const entryOf = (request: Answered): RequestEntry => {
  const { id, operation, startedAt, endedAt, status, code, told } = request
  return {
    RequestId: id,
    Time: isoTime(told.at ?? 0),
    Action: operation,
    PrincipalArn: told.principalArn ?? '',
    Region: told.region ?? '',
    Result: resultOf(request),
    Status: status ?? 0,
    ErrorCode: code ?? '',
    Hop: hopOf(request),
    DurationMs: roundMs(endedAt - startedAt),
  }
}

const fieldOf = ([Name, value]: Field): RequestField => ({
  Name,
  Value: typeof value === 'string' ? value : null,
  Size: typeof value === 'number' ? value : null,
})

/** What was left out stands as its size, in a form that no percent-encoding changes. */
const shownValue = ([, value]: Field): string => (typeof value === 'number' ? `REDACTED-${value}` : (value ?? ''))

function v1SignatureOf({ told }: Span, { fields, matches }: VerifiedV1): RequestTrace['Signature'] {
  // Which access key it is was found out: it is told from there.
  const own = (field: Field): string =>
    field[0] === 'AccessKeyId' ? (told.accessKeyId ?? shownValue(field)) : shownValue(field)
  const parameters = fields.map((field) => [field[0], own(field)] as const)
  return {
    Version: '1.0',
    SignedHeaders: [],
    CanonicalRequest: v1CanonicalQuery(parameters),
    StringToSign: v1StringToSign(told.method ?? '', parameters),
    BodyMatches: true,
    Matches: matches,
  }
}

function signatureOf(request: Span, signature: VerifiedSignature): RequestTrace['Signature'] {
  if (signature.version === '1.0') return v1SignatureOf(request, signature)
  const { method = '', host = '', headers = [], query = [] } = request.told
  const sent = new Map(headers.map((field) => [field[0], shownValue(field)]))
  sent.set('host', host)
  const { signedNames, payloadHash, canonicalHash, bodyMatches, matches } = signature
  return {
    Version: '3',
    SignedHeaders: [...signedNames].sort(),
    CanonicalRequest: canonicalRequest({
      method,
      path: '/',
      query: query.map((field) => [field[0], shownValue(field)] as const),
      headers: new Map(signedNames.map((name) => [name, sent.get(name) ?? 'REDACTED'])),
      payloadHash,
    }),
    StringToSign: stringToSign(canonicalHash),
    BodyMatches: bodyMatches,
    Matches: matches,
  }
}

/** `order`: of the steps, the last of which is the one that no mark ends. `failed`: the span did not end well. */
function stepsOf(span: Answered, order: readonly string[], from: number, failed: boolean): RequestStep[] {
  let before = span.startedAt
  const taken = span.marks.map(({ step, at, note }): RequestStep => {
    const start = before
    before = at
    return {
      Name: step,
      StartMs: roundMs(start - from),
      DurationMs: roundMs(at - start),
      Note: note ?? '',
      Failed: false,
    }
  })
  const next = order[order.indexOf(span.marks.at(-1)?.step ?? '') + 1] ?? order.at(-1)!
  const last: RequestStep = {
    Name: next,
    StartMs: roundMs(before - from),
    DurationMs: roundMs(span.endedAt - before),
    Note: '',
    Failed: failed,
  }
  return [...taken, last]
}

const traceOf = (request: Answered): RequestTrace => {
  const { told, startedAt, children } = request
  const entry = entryOf(request)
  const { method = '', host = '', accessKeyId = '', headers = [], parameters = [], bodyBytes = 0, answer = [] } = told
  return {
    ...entry,
    Method: method,
    Host: host,
    AccessKeyId: accessKeyId,
    Headers: headers.map(fieldOf),
    Parameters: parameters.map(fieldOf),
    BodyBytes: bodyBytes,
    Signature: told.signature ? signatureOf(request, told.signature) : null,
    Steps: stepsOf(request, requestSteps, startedAt, entry.Result !== 'Success'),
    Hops: children.filter(isAnswered).map((hop) => ({
      Hop: hop.hop,
      Operation: hop.operation,
      StartMs: roundMs(hop.startedAt - startedAt),
      DurationMs: roundMs(hop.endedAt - hop.startedAt),
      Status: hop.status ?? 0,
      ErrorCode: hop.code ?? '',
      Steps: stepsOf(hop, hopSteps, startedAt, hop.code !== null),
    })),
    Answer: answer.map(fieldOf),
    Detail: isPlainObject(told.detail) ? told.detail : {},
  }
}

/** Whether a request is for the asker to know, and whether the asker knows the whole account's. */
function sightOf({ may, caller, region }: Context) {
  const seesAll = (of: string): boolean =>
    may(requestsPermission, {
      arn: allKeysArn(of, caller.accountId),
      accountId: caller.accountId,
      policy: null,
      tags: [],
    })
  const known = new Map<string, boolean>()
  const all = (of: string): boolean => {
    const place = of === '' || of === globalRegion ? region : of
    const seen = known.get(place) ?? seesAll(place)
    known.set(place, seen)
    return seen
  }
  return {
    all: all(region),
    sees: ({ told }: Span): boolean =>
      told.accountId === caller.accountId && (told.principalArn === caller.arn || all(told.region ?? '')),
  }
}

function timeOf(name: 'Since' | 'Until', text: string | undefined, absent: number): number {
  if (text === undefined) return absent
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw invalidParameter(name, { code: 'malformed', reason: 'shape' })
  return time
}

/** What a filter leaves, by the record alone: thousands are looked through for one page. */
function matcherOf(input: Input<'ListRequests'>): (request: Span) => boolean {
  const { RequestId, EventName, PrincipalArn, Result, Hop } = input
  const since = timeOf('Since', input.Since, -Infinity)
  const until = timeOf('Until', input.Until, Infinity)
  return (request) => {
    const { id, operation, told } = request
    const at = told.at ?? 0
    return (
      (RequestId ?? id) === id &&
      (EventName ?? operation) === operation &&
      (PrincipalArn === undefined || PrincipalArn === told.principalArn) &&
      (Result === undefined || Result === resultOf(request)) &&
      (Hop === undefined || Hop === hopOf(request)) &&
      at >= since &&
      at <= until
    )
  }
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

export const requestRules = {
  ListRequests: (ctx, input): Output<'ListRequests'> => {
    const matches = matcherOf(input)
    const { all, sees } = sightOf(ctx)
    const here = ({ told: { region } }: Span): boolean => region === ctx.region || region === globalRegion
    const requests = ctx.trace
      .requests()
      .filter((request): request is Answered => isAnswered(request) && here(request) && sees(request))
    const { page, paging } = pageOf(requests.filter(matches), input, requestPageSize.preset)
    return {
      Requests: { Request: page.map(entryOf) },
      ...paging,
      Scope: all ? 'Account' : 'Own',
      Actions: sorted(requests.map(({ operation }) => operation)),
      Principals: sorted(requests.map(({ told }) => told.principalArn ?? '')),
    }
  },

  DescribeRequest: (ctx, { RequestId }): Output<'DescribeRequest'> => {
    const { sees } = sightOf(ctx)
    const request = ctx.trace.requests().find(({ id }) => id === RequestId)
    return { Request: request && isAnswered(request) && sees(request) ? traceOf(request) : null }
  },
} satisfies Rules<'ListRequests' | 'DescribeRequest'>
