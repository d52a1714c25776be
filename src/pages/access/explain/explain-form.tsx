import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import { useApi } from '#src/api/api.tsx'
import { keyPermissions } from '#src/api/contract/access.ts'
import { parsePrincipalArn, rootArn } from '#src/api/contract/arn.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { allAliases } from '#src/api/queries.ts'
import { Unlisted, usePrincipals, type Principals } from '#src/components/policy/principal-lists.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { Picker } from '#src/components/ui/picker.tsx'
import { SuggestInput } from '#src/components/ui/suggest-input.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/access/access.module.css'
import { readExplainSearch, type ExplainSearch } from '#src/pages/access/access-search.ts'
import { columnsOf } from '#src/pages/access/matrix/columns.ts'
import { principalCalled, principalNamed } from './names.ts'

/** In the order of the matrix. Those that are about no single key come last: people ask about keys. */
const permissions = [
  ...columnsOf(keyPermissions).map(({ permission }) => permission),
  'kms:CreateKey',
  'kms:ListKeys',
  'kms:ListAliases',
]

type Fields = Readonly<Record<'principal' | 'permission' | 'key' | 'ip' | 'tls' | 'at' | 'ask', string>>

/** The question, as it is being put. It counts once it stands in the address. */
export function ExplainForm(props: {
  search: ExplainSearch
  region: string
  onAsk: (next: ExplainSearch) => void
}): ReactNode {
  const { search, region, onAsk } = props
  const t = useText('access.explain')
  const [fields, setFields] = useState<Fields>({
    principal: search.principal ?? '',
    permission: search.permission ?? '',
    key: search.key ?? '',
    ip: search.ip ?? '',
    tls: search.tls ?? '',
    at: search.at ?? '',
    ask: search.ask ?? '',
  })
  const { accountId } = useApi().identity
  const principals = usePrincipals(region)
  const keys = useKeyNames(region)
  const principalInput = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const set = (part: Partial<Fields>): void => setFields((now) => ({ ...now, ...part }))
  const incomplete = fields.principal.trim() === '' || fields.permission.trim() === ''

  function submit(event?: FormEvent): void {
    event?.preventDefault()
    if (incomplete) return
    const principal = principalCalled(fields.principal, principals.options) ?? fields.principal
    if (parsePrincipalArn(principalNamed(principal, accountId)) === null) {
      setRefused(fields.principal)
      principalInput.current?.focus()
      return
    }
    onAsk(readExplainSearch({ ...fields, principal }))
  }

  return (
    <form className={styles.form} onSubmit={submit} aria-label={t('question')}>
      <div className={styles.kind}>
        <Field label={t('kind')}>
          <Select
            value={fields.ask}
            options={[
              { value: '', label: t('may') },
              { value: 'keys', label: t('keys') },
            ]}
            onChange={(event) => set({ ask: event.target.value })}
          />
        </Field>
      </div>
      <div className={styles.wide}>
        <PrincipalField
          principals={principals}
          value={fields.principal}
          error={refused === fields.principal ? t('noPrincipal') : undefined}
          inputRef={principalInput}
          onChange={(principal) => set({ principal })}
        />
      </div>
      <Field label={t('permission')} required hint={t('permissionHint')}>
        <SuggestInput
          mono
          value={fields.permission}
          suggestions={permissions}
          onChange={(permission) => set({ permission })}
        />
      </Field>
      {fields.ask === 'keys' ? null : (
        <Field label={t('keyField')} hint={t('keyHint')}>
          <SuggestInput mono value={fields.key} suggestions={keys} onChange={(key) => set({ key })} />
        </Field>
      )}
      <div className={styles.wide}>
        <Circumstances fields={fields} onChange={set} />
      </div>
      <div className={styles.wide}>
        <Button type="submit" variant="primary" disabledReason={incomplete ? t('need') : undefined}>
          {t(fields.ask === 'keys' ? 'runKeys' : 'run')}
        </Button>
      </div>
    </form>
  )
}

/** An ARN, typed or picked from the own account's users and roles. */
function PrincipalField(props: {
  principals: Principals
  value: string
  error: string | undefined
  inputRef: RefObject<HTMLInputElement | null>
  onChange: (arn: string) => void
}): ReactNode {
  const { principals, value, error, inputRef, onChange } = props
  const t = useText('access.explain')
  const { identity } = useApi()
  const account: PickOption = { value: rootArn(identity.accountId), label: t('account'), detail: identity.accountId }
  const self: PickOption = { value: identity.arn, label: t('self'), detail: identity.arn }
  const options = [...(identity.kind === 'account' ? [] : [self]), account, ...principals.options]
  return (
    <>
      <Field label={t('principal')} required hint={t('principalHint')} error={error}>
        <div className={styles.picked}>
          <TextInput ref={inputRef} mono value={value} onChange={(event) => onChange(event.target.value)} />
          <Picker
            label=""
            value={principalNamed(value, identity.accountId)}
            options={options}
            searchLabel={t('search')}
            onChange={onChange}
          >
            {t('choose')}
          </Picker>
        </div>
      </Field>
      <Unlisted lists={principals.unlisted} />
    </>
  )
}

function Circumstances(props: { fields: Fields; onChange: (part: Partial<Fields>) => void }): ReactNode {
  const { fields, onChange } = props
  const t = useText('access.explain')
  const [open, setOpen] = useState(`${fields.ip}${fields.tls}${fields.at}` !== '')
  return (
    <Disclosure summary={t('circumstances')} open={open} onToggle={setOpen}>
      <div className={styles.form}>
        <Field label={t('ip')} hint={t('ipHint')}>
          <TextInput mono value={fields.ip} onChange={(event) => onChange({ ip: event.target.value })} />
        </Field>
        <Field label={t('tls')}>
          <Select
            value={fields.tls}
            options={[
              { value: '', label: t('tlsAsNow') },
              { value: 'true', label: t('tlsYes') },
              { value: 'false', label: t('tlsNo') },
            ]}
            onChange={(event) => onChange({ tls: event.target.value })}
          />
        </Field>
        <Field label={t('at')} hint={t('atHint')}>
          <TextInput mono value={fields.at} onChange={(event) => onChange({ at: event.target.value })} />
        </Field>
      </div>
    </Disclosure>
  )
}

/** Aliases to suggest; any other key is named by its ID or ARN. */
function useKeyNames(region: string): readonly string[] {
  const aliases = useQuery(allAliases(useApi(), region))
  return (aliases.data ?? []).map(({ AliasName }) => AliasName).filter((name) => !name.startsWith(`${aliasPrefix}acs/`))
}
