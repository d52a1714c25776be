/**
 * The way of a request through the cloud: extensions, a view of the emulator's trace. Whoever may list the activity of all keys is told of
 * all requests of its account, everybody of its own. What is secret was left out where it was recorded.
 */
import { action } from './action.ts'
import { integer, oneOf, page, required, text } from './params.ts'
import { errorHops } from './errors.ts'
import * as shape from './shapes.ts'

/** Asked for all keys of the account in the region. */
export const requestsPermission = 'kms:ListKeyActivity'

export const requestResults = ['Success', 'Refused', 'NoAnswer'] as const
export type RequestResult = (typeof requestResults)[number]
/** The gateway's steps in their order; `answer`: until the answer is durable. A request that ended early failed in the one after its last mark. */
export const requestSteps = [
  'decode',
  'action',
  'authenticate',
  'faults',
  'validate',
  'find',
  'authorise',
  'state',
  'act',
  'answer',
] as const
/** Of a hop to the proxy; `read`: understanding what it answered. */
export const hopSteps = ['request', 'answer', 'read'] as const
export const requestPageSize = { min: 1, max: 200, preset: 50 } as const

/** Ones and the same in the list and in the trace. Times are by the cloud's clock, ISO 8601 with milliseconds. */
const entry = {
  RequestId: shape.string(),
  Time: shape.string(),
  Action: shape.string(),
  /** Whose access key signed; whether rightly, the signature tells. */
  PrincipalArn: shape.string(),
  /** `global` for RAM and STS. */
  Region: shape.string(),
  Result: shape.oneOf(requestResults),
  /** HTTP status of the answer; 0: none was sent. */
  Status: shape.number(),
  /** Empty for success. */
  ErrorCode: shape.string(),
  /** Where it failed; empty for success. */
  Hop: shape.oneOf(['', ...errorHops]),
  DurationMs: shape.number(),
}
const listed = shape.object(entry)
export type RequestEntry = shape.Of<typeof listed>

/** A header, parameter or field of an answer. `Value` null: left out, only its `Size` in characters is known; that null too: a structure. */
const fields = shape.array(
  shape.object({ Name: shape.string(), Value: shape.nullable(shape.string()), Size: shape.nullable(shape.number()) }),
)
export type RequestField = shape.Of<typeof fields>[number]

/** In the order in which they were taken; times from the request's beginning. */
const steps = shape.array(
  shape.object({
    Name: shape.string(),
    StartMs: shape.number(),
    DurationMs: shape.number(),
    Note: shape.string(),
    /** The request ended here. */
    Failed: shape.boolean(),
  }),
)
export type RequestStep = shape.Of<typeof steps>[number]

const trace = shape.object({
  ...entry,
  Method: shape.string(),
  Host: shape.string(),
  AccessKeyId: shape.string(),
  Headers: fields,
  Parameters: fields,
  BodyBytes: shape.number(),
  /** As the verifier computed them; null: it never came to that. The body enters as its hash. */
  Signature: shape.nullable(
    shape.object({
      Version: shape.oneOf(['3', '1.0']),
      /** Of version 3. */
      SignedHeaders: shape.array(shape.string()),
      /** Of version 1.0 the canonical query string. */
      CanonicalRequest: shape.string(),
      StringToSign: shape.string(),
      /** Whether the body is the one whose hash was signed. */
      BodyMatches: shape.boolean(),
      Matches: shape.boolean(),
    }),
  ),
  Steps: steps,
  /** Requests that this one caused. */
  Hops: shape.array(
    shape.object({
      Hop: shape.oneOf(errorHops),
      Operation: shape.string(),
      StartMs: shape.number(),
      DurationMs: shape.number(),
      Status: shape.number(),
      ErrorCode: shape.string(),
      Steps: steps,
    }),
  ),
  /** Of the answer's top level. */
  Answer: fields,
  /** Of a refusal: see ErrorDetail. */
  Detail: shape.object({}),
})
export type RequestTrace = shape.Of<typeof trace>

export const requestActions = {
  /** Answered requests to the region's endpoints and to those without a region, newest first; looking at requests is none. */
  ListRequests: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {
      RequestId: text(),
      /** An action's name; `Action` itself is a common parameter of every request. */
      EventName: text(),
      PrincipalArn: text(),
      Result: oneOf(requestResults),
      Hop: oneOf(errorHops),
      /** ISO 8601, inclusive, by the cloud's clock. */
      Since: text(),
      Until: text(),
      PageNumber: page(),
      PageSize: integer(requestPageSize),
    },
    refused: [],
    output: shape.object({
      Requests: shape.object({ Request: shape.array(listed) }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
      /** Whose requests are told: the account's, or the asker's own. */
      Scope: shape.oneOf(['Account', 'Own']),
      /** What occurs, whatever is filtered: for the filters' choices. */
      Actions: shape.array(shape.string()),
      Principals: shape.array(shape.string()),
    }),
    extension: true,
  }),
  DescribeRequest: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: { RequestId: required(text()) },
    refused: [],
    /** Null: it is forgotten, never was, or is not for the asker to know. */
    output: shape.object({ Request: shape.nullable(trace) }),
    extension: true,
  }),
} as const
