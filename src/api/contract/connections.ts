/**
 * External instances' way to their proxies: enabled in the console only, no public API offers it (KMS user guide, Purchase and enable a KMS
 * instance), so all of it is an extension. What is asked of the user are the fields of that guide.
 */
import { action } from './action.ts'
import { errorHops, unavailableCauses } from './errors.ts'
import { clearable, integer, oneOf, required, text } from './params.ts'
import * as shape from './shapes.ts'
import { instanceStatuses } from './states.ts'

export const connectivities = ['Public', 'VpcEndpointService'] as const
export type Connectivity = (typeof connectivities)[number]
export const dialects = ['xks-v1', 'xki'] as const
export type DialectName = (typeof dialects)[number]

/** In the order in which they are taken; `zones` only for an endpoint service. */
export const connectionSteps = ['resolve', 'zones', 'reach', 'certificate', 'path', 'credential', 'health'] as const
export type ConnectionStep = (typeof connectionSteps)[number]

/** Why a step failed. Each belongs to one step. */
export const connectionCauses = {
  nameNotResolved: 'resolve',
  endpointServiceNotFound: 'resolve',
  accountNotAllowed: 'resolve',
  zoneMismatch: 'zones',
  unreachable: 'reach',
  connectionNotAccepted: 'reach',
  wrongFingerprint: 'certificate',
  certificateExpired: 'certificate',
  wrongPath: 'path',
  wrongCredential: 'credential',
  tooSlow: 'health',
  unhealthy: 'health',
  unreadable: 'health',
} as const satisfies Record<string, ConnectionStep>
export type ConnectionCause = keyof typeof connectionCauses
const causeNames = Object.keys(connectionCauses) as ConnectionCause[]

/** `sha256-<64 lower-case hexadecimal digits>` of the DER certificate (assumed: after an unofficial reading). */
export const fingerprintPattern = /^sha256-[0-9a-f]{64}$/

export const credentialOverlapHours = { min: 0, max: 168, preset: 24 } as const
export const healthMinutes = { min: 5, max: 1440, preset: 60 } as const

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
  /** As it was last seen; null before the first contact. */
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
      /** True: host names, certificates and zones are a simulated table; false: hosts are real. */
      Simulated: shape.boolean(),
      Zones: shape.object({ Zone: shape.array(shape.string()) }),
      Vpcs: shape.object({
        Vpc: shape.array(
          shape.object({
            VpcId: shape.string(),
            VpcName: shape.string(),
            VSwitches: shape.object({
              VSwitch: shape.array(
                shape.object({ VSwitchId: shape.string(), VSwitchName: shape.string(), ZoneId: shape.string() }),
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
  /** What KMS has seen of the way to the proxy in the last minutes. Times are by the cloud's clock. */
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
      /** The status at `From` first, then each change. */
      States: shape.array(
        shape.object({
          At: shape.string(),
          Status: shape.oneOf(instanceStatuses),
          /** Why; empty where it is connected, or was disconnected by hand. */
          Hop: shape.oneOf(['', ...errorHops]),
          Cause: shape.oneOf(['', ...unavailableCauses]),
        }),
      ),
      /** Of equal length, 60 at most, the oldest first. Latencies of those requests that the proxy answered, ms; null: there were none. */
      Buckets: shape.array(
        shape.object({
          Start: shape.string(),
          Requests: shape.number(),
          Failures: shape.object({ kms: shape.number(), proxy: shape.number(), keyManager: shape.number() }),
          P50: shape.nullable(shape.number()),
          P90: shape.nullable(shape.number()),
          P99: shape.nullable(shape.number()),
        }),
      ),
      BucketSeconds: shape.number(),
      /** The same over the whole time. */
      Requests: shape.number(),
      Failed: shape.number(),
      P50: shape.nullable(shape.number()),
      P90: shape.nullable(shape.number()),
      P99: shape.nullable(shape.number()),
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
      /** The last health check; null before the first. */
      LastCheck: shape.nullable(
        shape.object({ At: shape.string(), Passed: shape.boolean(), LatencyMs: shape.nullable(shape.number()) }),
      ),
    }),
    extension: true,
  }),
} as const
