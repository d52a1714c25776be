import { useQuery } from '@tanstack/react-query'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'

/** Between two looks at an attempt that runs, ms. */
const runningPollMs = 400

/** The connection of an external instance, and its last attempt, followed while it runs. */
export function useConnection(region: string, instanceId: string, enabled = true) {
  const api = useApi()
  return useQuery({
    ...q(api, region, 'DescribeConnection', { KmsInstanceId: instanceId }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.Attempt?.Outcome === 'Running' ? runningPollMs : false),
  })
}
