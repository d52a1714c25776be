import Columns3 from 'lucide-react/icons/columns-3'
import { lazy, type ReactNode } from 'react'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { ListKind } from './look.ts'

const load = () => withMessages(['bulk'], import('./look-menu.tsx'))
const LookMenu = lazy(load)

/** Chooses the columns of a list, and how close its rows stand. */
export function LookButton({ kind }: { kind: ListKind }): ReactNode {
  const t = useText('keys.table')
  return (
    <MenuButton
      iconOnly
      align="end"
      aria-label={t('look')}
      icon={<Columns3 size={16} aria-hidden />}
      popup={(place) => <LookMenu {...place} kind={kind} />}
      preload={() => void load()}
    />
  )
}
