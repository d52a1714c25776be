import type { ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { Field } from '#src/components/ui/field.tsx'
import { Checkbox, Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { vSwitchesIn, type ConnectForm } from './connect-form.ts'
import { useConnectField, useConnectScope, useConnectValue } from './connect-scope.ts'
import styles from './connect.module.css'

/** Where in the account's network the instance stands. `named`: it is given a name here. */
export function NetworkFields({ named }: { named: boolean }): ReactNode {
  return (
    <>
      {named ? <NameField /> : null}
      <VpcField />
      <ZonesField />
      <VSwitchField />
    </>
  )
}

function NameField(): ReactNode {
  const t = useText('instances.connect')
  const { field, error } = useConnectField('name')
  return (
    <Field label={t('name')} hint={t('nameHint')} required error={error}>
      <TextInput maxLength={128} {...field} />
    </Field>
  )
}

/** Where another VPC is chosen, its own first vSwitch with room is. */
function useRoomyVSwitch() {
  const { choices } = useConnectScope()
  const { setValue } = useFormContext<ConnectForm>()
  return (network: Pick<ConnectForm, 'vpcId' | 'zoneIds'>): void => {
    const roomy = vSwitchesIn(choices, network).find(({ AvailableIpAddressCount: free }) => free > 0)
    setValue('vSwitchId', roomy?.VSwitchId ?? '', { shouldDirty: true, shouldValidate: true })
  }
}

function VpcField(): ReactNode {
  const t = useText('instances.connect')
  const { choices } = useConnectScope()
  const { field, error } = useConnectField('vpcId')
  const zoneIds = useConnectValue('zoneIds')
  const chooseVSwitch = useRoomyVSwitch()
  return (
    <Field label={t('vpc')} required error={error}>
      <Select
        {...field}
        onChange={(event) => {
          field.onChange(event)
          chooseVSwitch({ vpcId: event.target.value, zoneIds })
        }}
        options={choices.Vpcs.Vpc.map(({ VpcId, VpcName }) => ({ value: VpcId, label: `${VpcName} · ${VpcId}` }))}
      />
    </Field>
  )
}

function ZonesField(): ReactNode {
  const t = useText('instances.connect')
  const { choices } = useConnectScope()
  const { field, error } = useConnectField('zoneIds')
  const vpcId = useConnectValue('vpcId')
  const vSwitchId = useConnectValue('vSwitchId')
  const chooseVSwitch = useRoomyVSwitch()
  const zones = choices.Zones.Zone
  function toggle(zone: string): void {
    const zoneIds = zones.filter((one) => (one === zone) !== field.value.includes(one))
    field.onChange(zoneIds)
    const stays = vSwitchesIn(choices, { vpcId, zoneIds }).some(({ VSwitchId }) => VSwitchId === vSwitchId)
    if (!stays) chooseVSwitch({ vpcId, zoneIds })
  }
  return (
    <Field
      group
      label={t('zones')}
      hint={t(zones.length === 1 ? 'zonesHintSingle' : 'zonesHint')}
      required
      error={error}
    >
      <div className={styles.zones}>
        {zones.map((zone, index) => (
          <Checkbox
            key={zone}
            label={zone}
            checked={field.value.includes(zone)}
            onChange={() => toggle(zone)}
            onBlur={field.onBlur}
            {...(index === 0 ? { ref: field.ref } : {})}
          />
        ))}
      </div>
    </Field>
  )
}

function VSwitchField(): ReactNode {
  const t = useText('instances.connect')
  const { choices } = useConnectScope()
  const { field, error } = useConnectField('vSwitchId')
  const vpcId = useConnectValue('vpcId')
  const zoneIds = useConnectValue('zoneIds')
  const options = vSwitchesIn(choices, { vpcId, zoneIds }).map((one) => ({
    value: one.VSwitchId,
    label: t('vSwitchOption', { name: one.VSwitchName, zone: one.ZoneId, free: one.AvailableIpAddressCount }),
  }))
  return (
    <Field label={t('vSwitch')} hint={t('vSwitchHint')} required error={error}>
      <Select {...field} options={field.value === '' ? [{ value: '', label: t('choose') }, ...options] : options} />
    </Field>
  )
}
