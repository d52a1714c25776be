/** What is known of a connection that was made at some time before: its endpoint service and the certificate at its host. */
import type { BoundVpc, ProxyConnection } from '#mocks/store/rows.ts'
import { certificateAt } from '#mocks/xki/sites.ts'
import { endpointServiceFor } from '#mocks/kms/vpcs.ts'

/** Where nothing listens now, nothing is trusted: the fingerprint is empty. */
export function seenOf(
  { connectivity, endpoint }: Pick<ProxyConnection, 'connectivity' | 'endpoint'>,
  region: string,
  zoneIds: readonly string[],
): Pick<ProxyConnection, 'endpointService' | 'certificate' | 'certificateFingerprint'> {
  const certificate = certificateAt(endpoint)
  return {
    endpointService: connectivity === 'Public' ? null : endpointServiceFor(region, zoneIds),
    certificate,
    certificateFingerprint: certificate?.fingerprint ?? '',
  }
}

/** A VPC that was bound some time before, through a vSwitch that is named after it. */
export const boundVpc = (vpcId: string, regionId: string, ownerId: string): BoundVpc => ({
  vpcId,
  vSwitchId: `vsw-${vpcId.slice('vpc-'.length)}`,
  regionId,
  ownerId,
})
