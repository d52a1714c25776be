import { useSearch } from '@tanstack/react-router'

/** The region on show: it stands in the URL of every page. */
export const useRegion = (): string => useSearch({ from: '__root__' }).region
