/** The external key manager as the console reaches it: outside the cloud, unsigned, its own small interface. */
import { queryOptions } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import type { Api } from './api.tsx'
import { markHeader } from './contract/backend.ts'
import {
  managerError,
  managerHealth,
  managerKey,
  managerKeyList,
  managerProxy,
  managerRequestList,
  newProxyCredential,
  proxyCredential,
  type ManagerKey,
  type ManagerProxy,
  type ManagerProxyCredential,
  type ManagerRequest,
  type NewProxyCredential,
} from './contract/key-manager.ts'
import { Misfit, type Shape } from './contract/shapes.ts'

type Scope = Pick<Api, 'backend'>

async function ask<T>(
  api: Scope,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  shape: Shape<T>,
  body?: object,
): Promise<T> {
  const send = (): Promise<Response> =>
    api.backend.fetch(`${api.backend.address}api/key-manager/${path}`, {
      method,
      cache: 'no-store',
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
  const action = `${method} ${path}`
  let response: Response
  try {
    response = await send()
    if (!response.headers.has(markHeader)) {
      await api.backend.revive()
      response = await send()
    }
  } catch (error) {
    throw new ApiError({
      kind: 'unreachable',
      action,
      message: error instanceof Error ? error.message : String(error),
    })
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) {
    const read = shape.read(answer)
    if (!(read instanceof Misfit)) return read
  } else {
    const refused = managerError.read(answer)
    if (!(refused instanceof Misfit)) {
      const { code, message } = refused.error
      throw new ApiError({ kind: 'refused', action, status: response.status, code, message })
    }
  }
  throw new ApiError({
    kind: 'unreadable',
    action,
    status: response.status,
    message: `Unreadable answer (${response.status}).`,
  })
}

export const managerQueryKey = ['key-manager'] as const

export const managerKeys = (api: Scope) =>
  queryOptions<readonly ManagerKey[], ApiError>({
    queryKey: managerQueryKey,
    queryFn: async () => (await ask(api, 'GET', 'keys', managerKeyList)).keys,
  })

/** What came to the manager, newest first; of one key, where it is given. */
export const managerRequests = (api: Scope, id?: string) =>
  queryOptions<readonly ManagerRequest[], ApiError>({
    queryKey: [...managerQueryKey, 'requests', id ?? ''],
    queryFn: async () =>
      (await ask(api, 'GET', `${id === undefined ? '' : pathOf(id)}requests`, managerRequestList)).requests,
    refetchInterval: 2000,
  })

/** Asks the manager to make, wrap and use a key just now. */
export const checkManager = (api: Scope) => ask(api, 'GET', 'health', managerHealth)

const pathOf = (id: string): string => `keys/${encodeURIComponent(id)}/`

/** Makes an AES-256 key at the manager. Without an ID the manager draws one. */
export const createManagerKey = (api: Scope, key: { id?: string; name: string }): Promise<ManagerKey> =>
  ask(api, 'POST', 'keys', managerKey, key)

export const setManagerKeyEnabled = (api: Scope, id: string, enabled: boolean): Promise<ManagerKey> =>
  ask(api, 'POST', `${pathOf(id)}${enabled ? 'enable' : 'disable'}`, managerKey)

/** `requestsPerMinute` null: no limit. */
export const setManagerKeyLimit = (api: Scope, id: string, requestsPerMinute: number | null): Promise<ManagerKey> =>
  ask(api, 'PUT', `${pathOf(id)}limit`, managerKey, { requestsPerMinute })

/** For good: what was encrypted under it cannot be decrypted by anybody. Resolves with what is gone. */
export const deleteManagerKey = (api: Scope, id: string): Promise<ManagerKey> =>
  ask(api, 'DELETE', `keys/${encodeURIComponent(id)}`, managerKey)

/** Where the proxy answers, and what it takes. */
export const managerProxyQuery = (api: Scope) =>
  queryOptions<ManagerProxy, ApiError>({
    queryKey: [...managerQueryKey, 'proxy'],
    queryFn: () => ask(api, 'GET', 'proxy', managerProxy),
  })

/** The secret is in the answer, this once: it belongs in no query. */
export const createProxyCredential = (
  api: Scope,
  wanted: Pick<ManagerProxyCredential, 'uriPathPrefix' | 'dialect'>,
): Promise<NewProxyCredential> => ask(api, 'POST', 'proxy/credentials', newProxyCredential, wanted)

/** From now on the proxy refuses what is signed with it. */
export const deleteProxyCredential = (api: Scope, accessKeyId: string): Promise<ManagerProxyCredential> =>
  ask(api, 'DELETE', `proxy/credentials/${encodeURIComponent(accessKeyId)}`, proxyCredential)
