import { useSyncExternalStore, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import MenuPopup from '#src/components/ui/menu-popup.tsx'
import type { MenuEntry, MenuPlace } from '#src/components/ui/menu.ts'
import { currentWork, onWork } from '#src/components/in-hand/work.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { ExportedList } from '#src/pages/keys/list/export-button.tsx'
import { beginExport } from './export-session.tsx'
import type { Chosen } from './reader.ts'

/** What an ExportButton opens, loaded when it is first wanted. */
export default function ExportMenu(props: MenuPlace & ExportedList): ReactNode {
  const { region, instanceId, filters, keyIds, total, ...place } = props
  const t = useText('bulk')
  const api = useApi()
  const isBusy = useSyncExternalStore(onWork, () => currentWork()?.work.isUnderWay() ?? false)
  const chosen: Chosen = keyIds
    ? { kind: 'picked', keyIds, count: total }
    : { kind: 'matching', filters, except: new Set(), count: total }
  const entries = (['csv', 'json'] as const).map((kind): MenuEntry => ({
    id: kind,
    label: t(`export.${kind}`),
    disabledReason: isBusy ? t('bar.busy') : undefined,
    onSelect: () => beginExport({ api, region, instanceId, filters, chosen, kind }),
  }))
  return <MenuPopup {...place} sections={[{ id: 'export', label: t('export.keys', { count: total }), entries }]} />
}
