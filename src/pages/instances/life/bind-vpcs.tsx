import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { BindVpc } from '#src/api/contract/instance-life.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Checkbox } from '#src/components/ui/inputs.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Meter } from '#src/components/ui/meter.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { ActDialog } from '#src/components/act-dialog.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useVpcQuota } from '#src/pages/instances/use-vpc-quota.ts'

interface Choice extends BindVpc {
  readonly name: string
}

/** Which VPCs besides its own reach the instance. */
export function BindVpcs(props: { instance: KmsInstance; region: string; onClose: () => void }): ReactNode {
  const { instance, region, onClose } = props
  const { InstanceId: KmsInstanceId, InstanceName, VpcId: ownVpc } = instance
  const api = useApi()
  const t = useText('instances.life.vpcs')
  const choices = useQuery(q(api, region, 'DescribeConnectionChoices', {}))
  const { info } = useVpcQuota(region, KmsInstanceId)
  const update = useWrite('UpdateKmsInstanceBindVpc', region)
  const before = instance.BindVpcs?.BindVpc.map(({ VpcId }) => VpcId) ?? []
  const [chosen, setChosen] = useState<readonly string[]>(before)
  const offered = offersOf(instance, region, api.identity.accountId, choices.data?.Vpcs.Vpc ?? [])
  const added = chosen.length - before.length
  const isSame = added === 0 && chosen.every((id) => before.includes(id))
  const over = info !== undefined && added > 0 && info.UsedQuantity + added > info.ResourceQuota
  return (
    <ActDialog
      title={t('title', { name: InstanceName || KmsInstanceId })}
      description={t('body')}
      actLabel={t('confirm')}
      wait={isSame ? t('same') : over ? t('over') : undefined}
      run={() =>
        update.mutateAsync({
          KmsInstanceId,
          BindVpcs: offered.filter(({ VpcId }) => chosen.includes(VpcId)).map(({ name: _, ...vpc }) => vpc),
        })
      }
      onClose={onClose}
      onDone={() => showToast({ tone: 'ok', title: t('done') })}
    >
      {choices.isError ? <ErrorNotice error={choices.error} onRetry={() => void choices.refetch()} /> : null}
      {choices.isPending ? <Skeleton width="full" /> : null}
      {choices.data ? (
        <Field group label={t('label')} hint={ownVpc === undefined ? undefined : t('own', { id: ownVpc })}>
          {offered.map(({ VpcId, name }) => (
            <Checkbox
              key={VpcId}
              label={name === '' ? VpcId : `${name} · ${VpcId}`}
              checked={chosen.includes(VpcId)}
              onChange={() =>
                setChosen(chosen.includes(VpcId) ? chosen.filter((id) => id !== VpcId) : [...chosen, VpcId])
              }
            />
          ))}
        </Field>
      ) : null}
      {info ? (
        <Meter
          label={t('quota')}
          total={info.ResourceQuota}
          used={info.UsedQuantity + Math.min(0, added)}
          added={Math.max(0, added)}
        />
      ) : null}
      {over ? <Notice tone="warn">{t('over')}</Notice> : null}
    </ActDialog>
  )
}

/** The account's VPCs but the instance's own, and what is bound besides. */
function offersOf(
  { BindVpcs: bound, VpcId: ownVpc }: KmsInstance,
  RegionId: string,
  accountId: string,
  vpcs: readonly {
    readonly VpcId: string
    readonly VpcName: string
    readonly VSwitches: { readonly VSwitch: readonly { readonly VSwitchId: string }[] }
  }[],
): readonly Choice[] {
  const present = bound?.BindVpc ?? []
  const others = vpcs.filter(({ VpcId }) => VpcId !== ownVpc && !present.some((one) => one.VpcId === VpcId))
  return [
    ...present.map((one) => ({
      VpcId: one.VpcId,
      VSwitchId: one.VSwitchId ?? '',
      RegionId: one.RegionId ?? RegionId,
      VpcOwnerId: one.VpcOwnerId ?? accountId,
      name: vpcs.find(({ VpcId }) => VpcId === one.VpcId)?.VpcName ?? '',
    })),
    ...others.map(({ VpcId, VpcName, VSwitches }) => ({
      VpcId,
      VSwitchId: VSwitches.VSwitch[0]?.VSwitchId ?? '',
      RegionId,
      VpcOwnerId: accountId,
      name: VpcName,
    })),
  ]
}
