import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { dialects } from '#src/api/contract/connections.ts'
import {
  maxConfigurationBytes,
  readProxyConfiguration,
  writeProxyConfiguration,
  type ConfigurationProblem,
} from '#src/api/contract/proxy-configuration.ts'
import { download } from '#src/components/download.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { withConfiguration, type ConnectField, type ConnectForm } from './connect-form.ts'
import { useConnectField, useConnectScope, useConnectValue } from './connect-scope.ts'
import styles from './connect.module.css'

/** The way to the proxy: reached how, and trusted by what. */
export function ProxyFields(): ReactNode {
  const t = useText('instances.connect')
  const connectivity = useConnectValue('connectivity')
  return (
    <>
      <h3 className={styles.section}>{t('proxySection')}</h3>
      <ConfigurationField />
      <ConnectivityField />
      {connectivity === 'Public' ? (
        <TextField name="endpoint" placeholder="xki.example.com" mono />
      ) : (
        <EndpointServiceField />
      )}
      <DialectField />
      <TextField name="uriPathPrefix" placeholder="/example" mono />
      <TextField name="certificateFingerprint" placeholder="sha256-…" mono required />
      <TextField name="accessKeyId" mono required />
      <SecretField />
    </>
  )
}

/** In which words each field is named; they are the form's own names. */
function TextField(props: {
  name: Extract<ConnectField, 'endpoint' | 'uriPathPrefix' | 'certificateFingerprint' | 'accessKeyId'>
  placeholder?: string
  mono?: boolean
  required?: boolean
}): ReactNode {
  const { name, placeholder, mono = false, required = name === 'endpoint' } = props
  const t = useText('instances.connect')
  const { field, error } = useConnectField(name)
  return (
    <Field label={t(name)} hint={t(`${name}Hint`)} required={required} error={error}>
      <TextInput mono={mono} {...(placeholder === undefined ? {} : { placeholder })} {...field} />
    </Field>
  )
}

function ConnectivityField(): ReactNode {
  const t = useText('instances.connect')
  const words = useText('keys.instance.connectivity')
  const { field } = useConnectField('connectivity')
  return (
    <Field group label={t('connectivity')}>
      <RadioCards
        value={field.value}
        onChange={field.onChange}
        cards={[
          { value: 'Public', label: words('Public'), detail: t('publicDetail') },
          { value: 'VpcEndpointService', label: words('VpcEndpointService'), detail: t('serviceDetail') },
        ]}
      />
    </Field>
  )
}

function EndpointServiceField(): ReactNode {
  const t = useText('instances.connect')
  const { choices } = useConnectScope()
  const { field, error } = useConnectField('endpointService')
  const services = choices.EndpointServices.EndpointService
  const known = field.value === '' || services.some(({ ServiceName }) => ServiceName === field.value)
  const options = [
    { value: '', label: t('choose') },
    ...services.map(({ ServiceName, ZoneIds }) => ({
      value: ServiceName,
      label: t('serviceOption', { name: ServiceName, zones: ZoneIds.join(', ') }),
    })),
    // A file may name one that the account is not told of.
    ...(known ? [] : [{ value: field.value, label: field.value }]),
  ]
  return (
    <Field label={t('endpointService')} hint={t('endpointServiceHint')} required error={error}>
      <Select {...field} options={options} />
    </Field>
  )
}

function DialectField(): ReactNode {
  const t = useText('instances.connect')
  const { field } = useConnectField('dialect')
  return (
    <Field label={t('dialect')} hint={t(`dialectHint.${field.value}`)}>
      <Select {...field} options={dialects.map((value) => ({ value, label: t(`dialectName.${value}`) }))} />
    </Field>
  )
}

function SecretField(): ReactNode {
  const t = useText('instances.connect')
  const { secret, setSecret, secretError, clearSecretError } = useConnectScope()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (secretError !== null) input.current?.focus()
  }, [secretError])
  return (
    <Field label={t('secret')} hint={t('secretHint')} required error={secretError ?? undefined}>
      <TextInput
        ref={input}
        type="password"
        autoComplete="off"
        mono
        value={secret}
        onChange={(event) => {
          setSecret(event.target.value)
          clearSecretError()
        }}
      />
    </Field>
  )
}

/** What stands in the example: every field, with values that show their form. */
const example = writeProxyConfiguration({
  Endpoint: 'xki.example.com',
  UriPathPrefix: '/example',
  CertificateFingerprint: `sha256-${'0'.repeat(64)}`,
  Dialect: 'xks-v1',
  AccessKeyId: 'A'.repeat(26),
  AccessKeySecret: `${'a'.repeat(43)}=`,
})

/** Typed in, or from a file: which fills the same fields, so that it can be looked at before it is used. */
function ConfigurationField(): ReactNode {
  const t = useText('instances.connect.file')
  const { getValues, setValue, clearErrors } = useFormContext<ConnectForm>()
  const { setSecret, clearSecretError } = useConnectScope()
  const [way, setWay] = useState<'manual' | 'file'>('manual')
  const [loaded, setLoaded] = useState<string | null>(null)
  const [problem, setProblem] = useState<ConfigurationProblem | null>(null)
  const input = useRef<HTMLInputElement>(null)

  async function load(file: File): Promise<void> {
    const read =
      file.size > maxConfigurationBytes
        ? ({ ok: false, problem: { code: 'tooLarge' } } as const)
        : readProxyConfiguration(new Uint8Array(await file.arrayBuffer()))
    setProblem(read.ok ? null : read.problem)
    setLoaded(read.ok ? file.name : null)
    if (!read.ok) return
    const next = withConfiguration(getValues(), read.configuration)
    for (const [name, value] of Object.entries(next) as [ConnectField, ConnectForm[ConnectField]][])
      setValue(name, value, { shouldDirty: true })
    clearErrors()
    if (read.configuration.AccessKeySecret !== undefined) {
      setSecret(read.configuration.AccessKeySecret)
      clearSecretError()
    }
  }

  return (
    <>
      <Field group label={t('label')}>
        <RadioCards
          value={way}
          onChange={setWay}
          cards={[
            { value: 'manual', label: t('manual'), detail: t('manualDetail') },
            { value: 'file', label: t('upload'), detail: t('uploadDetail') },
          ]}
        />
      </Field>
      {way === 'file' ? (
        <div className={styles.file}>
          <input
            ref={input}
            type="file"
            accept="application/json,.json"
            className={styles.hidden}
            tabIndex={-1}
            aria-label={t('choose')}
            onChange={(event) => {
              const [file] = event.target.files ?? []
              // The same file may be chosen again after it was mended.
              event.target.value = ''
              if (file) void load(file)
            }}
          />
          <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
          <Button variant="link" onClick={() => download('proxy-configuration', 'json', example)}>
            {t('example')}
          </Button>
        </div>
      ) : null}
      {problem ? (
        <Notice live tone="bad" title={t('refused')}>
          {t(`problem.${problem.code}`, { field: 'field' in problem ? problem.field : '' })}
        </Notice>
      ) : loaded !== null ? (
        <Notice live tone="ok">
          {t('loaded', { name: loaded })}
        </Notice>
      ) : null}
    </>
  )
}
