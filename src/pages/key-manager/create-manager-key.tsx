import { useState, type ReactNode } from 'react'
import { isApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { managerKeyIdProblem, managerKeyNameProblem, type ManagerKey } from '#src/api/contract/key-manager.ts'
import { createManagerKey } from '#src/api/key-manager.ts'
import { TextFormField } from '#src/components/form/fields.tsx'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { useText } from '#src/i18n/use-text.ts'

interface Values {
  id: string
  name: string
}

/** The panel that makes a key at the key manager. What it refuses for its ID lands on that field. */
export function CreateManagerKey(props: { onClose: () => void; onCreated: (key: ManagerKey) => void }): ReactNode {
  const api = useApi()
  const t = useText('manager.panel')
  const draft = useDraftForm<Values>('key-manager/create', { id: '', name: '' })
  const [failure, setFailure] = useState<unknown>(null)
  const { control } = draft.form
  return (
    <SidePanelForm
      draft={draft}
      title={t('title')}
      subtitle={t('subtitle')}
      submitLabel={t('submit')}
      submitError={failure}
      onClose={props.onClose}
      onSubmit={async ({ id, name }, form) => {
        setFailure(null)
        try {
          const key = await createManagerKey(api, { name, ...(id === '' ? {} : { id }) })
          draft.discard()
          props.onCreated(key)
        } catch (error) {
          if (isApiError(error) && error.code === 'AlreadyExists')
            form.setError('id', { message: t('exists') }, { shouldFocus: true })
          else setFailure(error)
        }
      }}
    >
      <TextFormField control={control} name="id" label={t('id')} hint={t('idHint')} rule={managerKeyIdProblem} mono />
      <TextFormField
        control={control}
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        rule={managerKeyNameProblem}
      />
    </SidePanelForm>
  )
}
