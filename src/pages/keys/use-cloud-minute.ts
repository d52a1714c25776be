import { useCloudTime } from '#src/components/use-cloud-time.ts'

/** The cloud's clock, ms, to the minute. */
export const useCloudMinute = (): number => useCloudTime(60_000)
