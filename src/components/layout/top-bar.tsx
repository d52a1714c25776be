import { Link } from '@tanstack/react-router'
import Menu from 'lucide-react/icons/menu'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { HelpMenu } from './help-menu.tsx'
import { IdentityMenu } from './identity-menu.tsx'
import { LanguageMenu, ThemeMenu } from './look-menus.tsx'
import { Mark } from './mark.tsx'
import { RegionPicker } from './region-picker.tsx'
import styles from './top-bar.module.css'

const NavDrawer = lazy(() => import('./nav-drawer.tsx'))

export function TopBar(): ReactNode {
  const t = useText('shell')
  const [navigating, setNavigating] = useState(false)
  return (
    <header className={styles.bar}>
      <span className={styles.narrowOnly}>
        <Button
          variant="bar"
          iconOnly
          aria-label={t('nav.open')}
          aria-haspopup="dialog"
          aria-expanded={navigating}
          icon={<Menu size={18} aria-hidden />}
          onClick={() => setNavigating(true)}
        />
      </span>
      <Link to="/keys" className={styles.home} aria-label={t('product')}>
        <Mark />
        <span className={styles.name}>{t('product')}</span>
      </Link>
      <span className={styles.divider} />
      <RegionPicker />
      <span className={styles.gap} />
      <LanguageMenu />
      <ThemeMenu />
      <HelpMenu />
      <span className={styles.divider} />
      <IdentityMenu />
      {navigating ? (
        <Suspense>
          <NavDrawer onClose={() => setNavigating(false)} />
        </Suspense>
      ) : null}
    </header>
  )
}
