import Download from 'lucide-react/icons/download'
import { lazy, type ReactNode } from 'react'
import type { Filter } from '#src/api/contract/params.ts'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'

const load = () => withMessages(['bulk'], import('#src/pages/keys/bulk/export-menu.tsx'))
const ExportMenu = lazy(load)

/** A list that can be taken along: all keys that the filters name, on every page. */
export interface ExportedList {
  readonly region: string
  /** Null: keys outside every instance; `keyIds` names them, for no filter does. */
  readonly instanceId: string | null
  readonly filters: readonly Filter[]
  readonly keyIds: readonly string[] | null
  /** How many there are. */
  readonly total: number
}

export function ExportButton(props: ExportedList): ReactNode {
  const t = useText('keys.table')
  return (
    <MenuButton
      iconOnly
      align="end"
      aria-label={t('export')}
      icon={<Download size={16} aria-hidden />}
      disabledReason={props.total === 0 ? t('exportNothing') : undefined}
      popup={(place) => <ExportMenu {...place} {...props} />}
      preload={() => void load()}
    />
  )
}
