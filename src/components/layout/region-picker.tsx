import { useMatches, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { regions, type Region } from '#src/api/contract/regions.ts'
import type { PickOption } from '#src/components/ui/options.ts'
import { Picker } from '#src/components/ui/picker.tsx'
import { useLanguage, useText } from '#src/i18n/use-text.ts'
import { recentRegions } from '#src/preferences/recent-regions.ts'
import styles from './top-bar.module.css'
import { useRegion } from './use-region.ts'

/** Changing the region keeps the page and drops what does not exist there; the route tree says what that is (`staticData`). */
export function RegionPicker(): ReactNode {
  const t = useText('shell.region')
  const language = useLanguage()
  const region = useRegion()
  const change = useChangeRegion()
  const name = regions.find(({ id }) => id === region)?.[language] ?? region

  const recent = [region, ...recentRegions().filter((id) => id !== region)].flatMap((id) =>
    regions.filter((known) => known.id === id),
  )
  const rest = regions.filter((known) => !recent.includes(known))
  const option =
    (group: string) =>
    (known: Region): PickOption => ({
      value: known.id,
      label: known[language],
      detail: known.id,
      keywords: `${known.zh} ${known.en}`,
      group,
    })
  const options = [...recent.map(option(t('recent'))), ...rest.map(option(t('all')))]

  return (
    <Picker
      variant="bar"
      label={t('label')}
      searchLabel={t('search')}
      value={region}
      options={options}
      onChange={change}
    >
      <span className={styles.regionName}>{name}</span>
      <span className={`${styles.faint} ${styles.wideOnly}`}>{region}</span>
    </Picker>
  )
}

function useChangeRegion(): (region: string) => void {
  const navigate = useNavigate()
  const { staticData } = useMatches({ select: (matches) => matches.at(-1) }) ?? {}
  const { keptAcrossRegions = [], regionHome } = staticData ?? {}
  return (region) =>
    void navigate({
      to: regionHome ?? '.',
      search: (search: Readonly<Record<string, unknown>>) => ({
        ...Object.fromEntries(keptAcrossRegions.map((name) => [name, search[name]])),
        region,
      }),
    })
}
