import type { ReactNode } from 'react'
import MenuPopup from '#src/components/ui/menu-popup.tsx'
import type { MenuEntry, MenuPlace } from '#src/components/ui/menu.ts'
import { useText } from '#src/i18n/use-text.ts'
import { chooseLook, densities, offeredColumns, resetLook, useLook, withColumn, type ListKind } from './look.ts'

/** What a LookButton opens, loaded when it is first wanted. */
export default function LookMenu({ kind, ...place }: MenuPlace & { kind: ListKind }): ReactNode {
  const t = useText('bulk.look')
  const columnText = useText('keys.table')
  const look = useLook()
  const columns = offeredColumns(kind).map((column): MenuEntry => {
    const isShown = look.columns[kind].includes(column)
    return {
      id: column,
      label: columnText(column),
      ticked: isShown,
      onSelect: () => chooseLook(withColumn(look, kind, column, !isShown)),
    }
  })
  const rows = densities.map((density): MenuEntry => ({
    id: density,
    label: t(density),
    checked: look.density === density,
    onSelect: () => chooseLook({ ...look, density }),
  }))
  return (
    <MenuPopup
      {...place}
      sections={[
        { id: 'columns', label: t(`columns.${kind}`), entries: columns },
        { id: 'density', label: t('density'), entries: rows },
        {
          id: 'reset',
          entries: [
            {
              id: 'reset',
              label: t('reset'),
              disabledReason: look.isPreset ? t('isPreset') : undefined,
              onSelect: resetLook,
            },
          ],
        },
      ]}
    />
  )
}
