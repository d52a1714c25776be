import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isApiError, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { q, useWrite } from '#src/api/queries.ts'
import type { PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { savePolicy, type PolicyCalls } from './save-policy.ts'

export interface PolicySaver {
  readonly isSaving: boolean
  /** Why the last attempt did not save; null: there was none, or it ended otherwise. */
  readonly refusal: ApiError | null
  readonly forgetRefusal: () => void
  /** Resolves when it has ended, however it ended. */
  readonly save: (draft: PolicyDraft) => Promise<void>
}

/** The one query of a key's policy, that all who show it share. */
export const policyQuery = (api: Parameters<typeof q>[0], region: string, keyId: string) =>
  q(api, region, 'GetKeyPolicy', { KeyId: keyId, PolicyName: 'default' })

/** What is read anew before saving is the page's to compare. */
export function useSavePolicy(region: string, keyId: string, onSaved: () => void): PolicySaver {
  const api = useApi()
  const queryClient = useQueryClient()
  const setPolicy = useWrite('SetKeyPolicy', region)
  const [isSaving, setIsSaving] = useState(false)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const calls: PolicyCalls = {
    read: async () => (await queryClient.fetchQuery({ ...policyQuery(api, region, keyId), staleTime: 0 })).Policy,
    write: (Policy) => setPolicy.mutateAsync({ KeyId: keyId, PolicyName: 'default', Policy }),
  }

  return {
    isSaving,
    refusal,
    forgetRefusal: () => setRefusal(null),
    save: async (draft) => {
      if (isSaving) return
      setIsSaving(true)
      setRefusal(null)
      try {
        if ((await savePolicy(draft, calls)) === 'saved') onSaved()
      } catch (error) {
        if (!isApiError(error)) throw error
        setRefusal(error)
      } finally {
        setIsSaving(false)
      }
    },
  }
}
