import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useController } from 'react-hook-form'
import { isApiError, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasPrefix, aliasSuffixProblem } from '#src/api/contract/rules.ts'
import { aliasesOfKey, allAliases, q, useWrite } from '#src/api/queries.ts'
import { afterGesture } from '#src/components/form/after-gesture.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AliasInput } from './alias-input.tsx'
import { KeyGone } from './key-gone.tsx'

interface AliasForm {
  /** Without its `alias/`. */
  alias: string
}

/** What the last attempt came to, and for which name. */
interface Refusal {
  readonly aliasName: string
  readonly error: ApiError
}

const isTaken = ({ error }: Refusal): boolean => error.code === 'AliasAlreadyExists'

/** Gives a key one more alias. One that exists elsewhere can be pointed here instead: `onRepoint` takes over then. */
export function CreateAliasPanel(props: {
  keyMetadata: KeyMetadata
  region: string
  onClose: () => void
  onRepoint: (aliasName: string, fromKeyId: string) => void
}): ReactNode {
  const { keyMetadata: key, region, onClose, onRepoint } = props
  const api = useApi()
  const queryClient = useQueryClient()
  const t = useText('labels.createAlias')
  const problemText = useProblemText()
  const draft = useDraftForm<AliasForm>(`create-alias/${api.identity.id}/${key.KeyId}`, { alias: '' })
  const create = useWrite('CreateAlias', region)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { field, fieldState } = useController({
    control: draft.form.control,
    name: 'alias',
    rules: { validate: (alias) => aliasSuffixProblem(alias) === null },
  })
  const problem = fieldState.error ? aliasSuffixProblem(field.value) : null
  const current = refusal?.aliasName === aliasPrefix + field.value ? refusal : null
  const taken = current && isTaken(current) ? current : null

  /** After a lost answer: whether it was carried out all the same. */
  async function isThere(aliasName: string): Promise<boolean> {
    const names = await queryClient
      .fetchQuery({ ...aliasesOfKey(api, region, key.KeyId), staleTime: 0 })
      .catch(() => [])
    return names.some((entry) => entry.AliasName === aliasName)
  }

  async function submit({ alias }: AliasForm): Promise<void> {
    const aliasName = aliasPrefix + alias
    setRefusal(null)
    try {
      await create.mutateAsync({ KeyId: key.KeyId, AliasName: aliasName })
    } catch (error) {
      if (!isApiError(error)) throw error
      if (error.kind === 'refused' || !(await isThere(aliasName))) return setRefusal({ aliasName, error })
    }
    showToast({ tone: 'ok', title: t('done', { aliasName }) })
    draft.discard()
    onClose()
  }

  return (
    <SidePanelForm
      draft={draft}
      title={t('title')}
      subtitle={t('subtitle', { keyId: key.KeyId })}
      submitLabel={t('submit')}
      submitError={taken ? null : current?.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyGone keyId={key.KeyId} region={region} />
      <Field
        label={t('label')}
        required
        hint={t('hint')}
        error={problem ? problemText(problem) : taken ? t('taken', { aliasName: taken.aliasName }) : null}
      >
        <AliasInput {...field} onBlur={() => afterGesture(field.onBlur)} />
      </Field>
      {taken ? (
        <TakenAlias
          aliasName={taken.aliasName}
          keyId={key.KeyId}
          region={region}
          onRepoint={(fromKeyId) => {
            draft.discard()
            onRepoint(taken.aliasName, fromKeyId)
          }}
        />
      ) : null}
    </SidePanelForm>
  )
}

/** Where an alias points that exists already, as far as the caller may see it. */
function TakenAlias(props: {
  aliasName: string
  keyId: string
  region: string
  onRepoint: (fromKeyId: string) => void
}): ReactNode {
  const { aliasName, keyId, region, onRepoint } = props
  const api = useApi()
  const t = useText('labels.createAlias')
  const aliases = useQuery(allAliases(api, region))
  // Who may not list aliases may still be let to see the key behind this one.
  const described = useQuery({
    ...q(api, region, 'DescribeKey', { KeyId: aliasName }),
    enabled: aliases.isError,
    retry: false,
  })
  const owner =
    aliases.data?.find(({ AliasName }) => AliasName === aliasName)?.KeyId ?? described.data?.KeyMetadata.KeyId ?? null
  if (aliases.isPending || aliases.isFetching || (aliases.isError && described.isPending))
    return <Notice>{t('asking')}</Notice>
  if (owner === null)
    return (
      <Notice tone="warn" live>
        {t(aliases.data ? 'gone' : 'unseen')}
      </Notice>
    )
  if (owner === keyId)
    return (
      <Notice tone="ok" live>
        {t('isHere')}
      </Notice>
    )
  return (
    <Notice
      tone="info"
      live
      title={t('pointsAt', { keyId: owner })}
      actions={
        <Button variant="link" onClick={() => onRepoint(owner)}>
          {t('repoint')}
        </Button>
      }
    >
      {t('offer')}
    </Notice>
  )
}
