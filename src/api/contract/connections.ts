/**
 * External instances' way to their proxies: enabled in the console only, no public API offers it (KMS user guide, Purchase and enable a KMS
 * instance), so all of it is an extension. What is asked of the user are the fields of that guide.
 */
import { action } from './action.ts'
import { connectionCauses, connectionSteps, type ConnectionCause } from './connection-steps.ts'
import { clearable, integer, oneOf, required, text } from './params.ts'
import * as shape from './shapes.ts'
import { errorHops, unavailableCauses } from './errors.ts'
import { instanceStatuses } from './states.ts'

export const connectivities = ['Public', 'VpcEndpointService'] as const
export type Connectivity = (typeof connectivities)[number]
export const dialects = ['xks-v1', 'xki'] as const
export type DialectName = (typeof dialects)[number]

export const credentialOverlapHours = { min: 0, max: 168, preset: 24 } as const

/** A day at most, in sixty parts. */
export const healthMinutes = { min: 1, max: 1440, preset: 60 } as const
export const healthBuckets = 60

const causeNames = Object.keys(connectionCauses) as ConnectionCause[]

const certificate = shape.object({
  Fingerprint: shape.string(),
  Subject: shape.string(),
  NotBefore: shape.string(),
  NotAfter: shape.string(),
})

const connection = shape.object({
  Connectivity: shape.oneOf(connectivities),
  /** Host name of the proxy; behind an endpoint service, the service's. */
  Endpoint: shape.string(),
  /** Empty for a public endpoint. */
  EndpointService: shape.string(),
  UriPathPrefix: shape.string(),
  Dialect: shape.oneOf(dialects),
  CertificateFingerprint: shape.string(),
  /** As it was seen when the instance was connected; null: it was not seen. */
  Certificate: shape.nullable(certificate),
  AccessKeyId: shape.string(),
  CredentialSince: shape.string(),
  /** Of the credential before: tried where the present one is refused, until then; null: there is none. */
  Previous: shape.nullable(shape.object({ AccessKeyId: shape.string(), ValidUntil: shape.string() })),
})

const attempt = shape.object({
  StartedAt: shape.string(),
  Outcome: shape.oneOf(['Running', 'Connected', 'Failed']),
  Steps: shape.array(
    shape.object({
      Step: shape.oneOf(connectionSteps),
      Status: shape.oneOf(['Waiting', 'Running', 'Passed', 'Failed']),
      /** Empty unless it failed. */
      Cause: shape.oneOf(['', ...causeNames]),
      /** What was found instead of what was expected (the certificate's fingerprint, the zones), or what passed; may be empty. */
      Found: shape.string(),
    }),
  ),
})

const connectionParams = {
  KmsInstanceId: required(text()),
  /** 1–128 letters, digits and `_/+=.@-`. */
  InstanceName: text(),
  VpcId: required(text()),
  /** Comma lists, as ConnectKmsInstance has them. */
  ZoneIds: required(text()),
  VSwitchIds: required(text()),
  Connectivity: required(oneOf(connectivities)),
  /** Domain of the proxy, with a port where it is not 443: for `Public`. */
  Endpoint: text(),
  /** For `VpcEndpointService`. */
  EndpointService: text(),
  /** External Proxy Path: before `/kms/xks/v1` or `/kms/xki/v1`. Empty for none. */
  UriPathPrefix: clearable(text()),
  CertificateFingerprint: required(text()),
  Dialect: required(oneOf(dialects)),
  AccessKeyId: required(text()),
  AccessKeySecret: required(text()),
}

/** Requests, those that failed by hop, and how long the proxy's answers took, ms; null: there were none. */
const measured = {
  Requests: shape.number(),
  Failures: shape.object({ kms: shape.number(), proxy: shape.number(), keyManager: shape.number() }),
  P50: shape.nullable(shape.number()),
  P90: shape.nullable(shape.number()),
  P99: shape.nullable(shape.number()),
}

const ofInstance = { KmsInstanceId: required(text()) }

export const connectionActions = {
  /** What there is to choose from in the region: VPCs with their vSwitches, zones, endpoint services. */
  DescribeConnectionChoices: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeConnectionChoices',
    subject: 'account',
    params: {},
    refused: [],
    output: shape.object({
      /** True: no host is reached but those of a simulated table. False: the others are real. */
      Simulated: shape.boolean(),
      Zones: shape.object({ Zone: shape.array(shape.string()) }),
      Vpcs: shape.object({
        Vpc: shape.array(
          shape.object({
            VpcId: shape.string(),
            VpcName: shape.string(),
            VSwitches: shape.object({
              VSwitch: shape.array(
                shape.object({
                  VSwitchId: shape.string(),
                  VSwitchName: shape.string(),
                  ZoneId: shape.string(),
                  AvailableIpAddressCount: shape.number(),
                }),
              ),
            }),
          }),
        ),
      }),
      EndpointServices: shape.object({
        EndpointService: shape.array(
          shape.object({ ServiceName: shape.string(), ZoneIds: shape.array(shape.string()) }),
        ),
      }),
    }),
    extension: true,
  }),
  /**
   * Begins to connect an instance that is not connected: with what is given, in the steps of `connectionSteps`. It takes a moment; see
   * DescribeConnection. A failed attempt leaves the instance as it was.
   */
  ConnectExternalInstance: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ConnectExternalInstance',
    subject: 'instance',
    params: connectionParams,
    refused: [],
    output: shape.object({}),
    extension: true,
  }),
  DescribeConnection: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeConnection',
    subject: 'instance',
    params: ofInstance,
    refused: [],
    output: shape.object({
      KmsInstanceId: shape.string(),
      Status: shape.oneOf(instanceStatuses),
      /** Null: it was never connected. */
      Connection: shape.nullable(connection),
      /** The last attempt to connect; null before the first. */
      Attempt: shape.nullable(attempt),
      /** Then no health check connects it again. */
      DisconnectedByHand: shape.boolean(),
      Simulated: shape.boolean(),
    }),
    extension: true,
  }),
  /**
   * KMS signs with another credential from now on; it is tried first and refused where the proxy refuses it (Rejected.Unavailable). The one
   * before is kept for so many hours, for the case that the new one is refused.
   */
  ChangeProxyCredential: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ChangeProxyCredential',
    subject: 'instance',
    params: {
      ...ofInstance,
      AccessKeyId: required(text()),
      AccessKeySecret: required(text()),
      PreviousValidHours: integer(credentialOverlapHours),
    },
    refused: [],
    output: shape.object({}),
    extension: true,
  }),
  /** By hand: nothing reaches the proxy until it is reconnected. */
  DisconnectExternalInstance: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DisconnectExternalInstance',
    subject: 'instance',
    params: ofInstance,
    refused: [],
    output: shape.object({}),
    extension: true,
  }),
  /** Begins to connect a disconnected instance again, with what it had. */
  ReconnectExternalInstance: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ReconnectExternalInstance',
    subject: 'instance',
    params: ofInstance,
    refused: [],
    output: shape.object({}),
    extension: true,
  }),
  /**
   * What KMS has seen of the way to the proxy in the last minutes by the cloud's clock: of the requests that were on it and of its own checks, one a
   * minute. Requests are remembered as ListRequests remembers them.
   */
  DescribeConnectionHealth: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeConnectionHealth',
    subject: 'instance',
    params: { ...ofInstance, Minutes: integer(healthMinutes) },
    refused: [],
    output: shape.object({
      From: shape.string(),
      To: shape.string(),
      /** KMS waits so long for an answer of the proxy. */
      AnswerBudgetMs: shape.number(),
      /** What the instance was at `From` first, or when the emulator first saw it, then each change. */
      States: shape.array(
        shape.object({
          At: shape.string(),
          Status: shape.oneOf(instanceStatuses),
          /** Of the health check that disconnected it, both; else empty. */
          Hop: shape.oneOf(['', ...errorHops]),
          Cause: shape.oneOf(['', ...unavailableCauses]),
        }),
      ),
      BucketSeconds: shape.number(),
      /** Of equal length, `healthBuckets` of them, the oldest first. */
      Buckets: shape.array(shape.object({ Start: shape.string(), ...measured })),
      /** The same over the whole time. */
      Total: shape.object(measured),
      /** The last 20, newest first. */
      Failures: shape.array(
        shape.object({
          RequestId: shape.string(),
          Time: shape.string(),
          Action: shape.string(),
          Hop: shape.oneOf(errorHops),
          Cause: shape.oneOf(unavailableCauses),
        }),
      ),
      /** Null before the first. */
      LastCheck: shape.nullable(
        shape.object({
          At: shape.string(),
          /** Empty: it passed. */
          Hop: shape.oneOf(['', ...errorHops]),
          Cause: shape.oneOf(['', ...unavailableCauses]),
          /** Null: there was no answer. */
          LatencyMs: shape.nullable(shape.number()),
        }),
      ),
    }),
    extension: true,
  }),
} as const
