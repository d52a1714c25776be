import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isApiError, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { q, useWrite } from '#src/api/queries.ts'
import { isSamePolicy, type PolicyDraft } from './policy-draft.ts'

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

/**
 * Saves a draft, unless the policy is no longer the one that it was made from: KMS knows no condition on a write, so it is read once more
 * right before. What was read anew is the page's to compare. A write whose answer was lost is looked up instead of repeated.
 */
export function useSavePolicy(region: string, keyId: string, onSaved: () => void): PolicySaver {
  const api = useApi()
  const queryClient = useQueryClient()
  const setPolicy = useWrite('SetKeyPolicy', region)
  const [isSaving, setIsSaving] = useState(false)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const readAgain = async (): Promise<string> =>
    (await queryClient.fetchQuery({ ...policyQuery(api, region, keyId), staleTime: 0 })).Policy

  async function attempt({ base, text }: PolicyDraft): Promise<boolean> {
    if (!isSamePolicy(await readAgain(), base)) return false
    try {
      await setPolicy.mutateAsync({ KeyId: keyId, PolicyName: 'default', Policy: text })
      return true
    } catch (error) {
      const isLost = isApiError(error) && (error.kind === 'unreachable' || error.kind === 'unreadable')
      const found = isLost ? await readAgain().catch(() => null) : null
      if (found !== null && isSamePolicy(found, text)) return true
      throw error
    }
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
        if (await attempt(draft)) onSaved()
      } catch (error) {
        if (!isApiError(error)) throw error
        setRefusal(error)
      } finally {
        setIsSaving(false)
      }
    },
  }
}
