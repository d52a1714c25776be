import { useState, useSyncExternalStore } from 'react'
import { isApiError, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { useWrite } from '#src/api/queries.ts'
import { dropDraft } from '#src/components/form/drafts.ts'
import { openSubmission, isBusy, type Attempt, type MadeKey, type Submission } from './submission.ts'

export interface KeyMaker {
  readonly submission: Submission
  /** Sends the attempt; does nothing while another is under way. Resolves when it has ended, however it ended. */
  readonly create: (attempt: Attempt) => Promise<void>
  /** After a lost answer: this is the key that was made. */
  readonly take: (key: MadeKey) => Promise<void>
  readonly backToForm: () => void
  readonly retryAlias: (aliasName: string) => Promise<void>
  readonly skipAlias: () => void
}

/** Carries an attempt through CreateKey and CreateAlias. Nothing is sent twice unless a person asks for it. */
export function useCreateKey(draftKey: string, region: string): KeyMaker {
  const { client } = useApi()
  const [store] = useState(() => openSubmission(draftKey))
  const submission = useSyncExternalStore(store.subscribe, store.current)
  const createKey = useWrite('CreateKey', region)
  const createAlias = useWrite('CreateAlias', region)

  /** Whether the key has the alias already: an answer that was lost, or a second try after one, leaves that open. */
  async function hasAlias({ keyId }: MadeKey, aliasName: string, error: ApiError): Promise<boolean> {
    if (error.kind === 'refused' && error.code !== 'AliasAlreadyExists') return false
    const aliases = await client.call('ListAliasesByKeyId', { KeyId: keyId }, { region })
    return aliases.ok && aliases.data.Aliases.Alias.some(({ AliasName }) => AliasName === aliasName)
  }

  async function setAlias(key: MadeKey, aliasName: string): Promise<void> {
    try {
      await createAlias.mutateAsync({ KeyId: key.keyId, AliasName: aliasName })
      store.dispatch({ type: 'aliasSet' })
    } catch (error) {
      if (!isApiError(error)) throw error
      store.dispatch((await hasAlias(key, aliasName, error)) ? { type: 'aliasSet' } : { type: 'aliasRefused', error })
    }
  }

  async function goOnWith(key: MadeKey): Promise<void> {
    dropDraft(draftKey)
    const state = store.dispatch({ type: 'made', key })
    if (state.at === 'aliasing') await setAlias(key, state.aliasName)
  }

  return {
    submission,
    create: async (attempt) => {
      if (isBusy(store.current())) return
      store.dispatch({ type: 'start', attempt })
      try {
        const { KeyMetadata } = await createKey.mutateAsync(attempt.input)
        await goOnWith({ keyId: KeyMetadata.KeyId, arn: KeyMetadata.Arn })
      } catch (error) {
        if (!isApiError(error)) throw error
        store.dispatch({ type: 'refused', error })
      }
    },
    take: goOnWith,
    backToForm: () => void store.dispatch({ type: 'edit' }),
    retryAlias: async (aliasName) => {
      const state = store.dispatch({ type: 'retryAlias', aliasName })
      if (state.at === 'aliasing') await setAlias(state.key, aliasName)
    },
    skipAlias: () => void store.dispatch({ type: 'skipAlias' }),
  }
}
