import { useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Dependants } from './dependants.tsx'
import type { LifeDialogProps } from './life-dialogs.tsx'
import styles from './life.module.css'
import { useAssociations } from './use-associations.ts'

/** What depends on the key, before something is done that its dependants will feel. */
export function useDependants({ asked, live }: LifeDialogProps): {
  readonly part: ReactNode
  /** Why the decision has to wait. */
  readonly wait: string | undefined
} {
  const t = useText('life.associations')
  const associations = useAssociations(asked.region, asked.keyId, { fresh: true })
  const [isSkipped, setSkipped] = useState(false)
  const part = (
    <section className={styles.part} aria-label={t('dependants')}>
      <h3>{t('dependants')}</h3>
      <Dependants
        associations={associations}
        region={asked.region}
        aliasNames={live.aliasNames}
        skip={{ isSkipped, onSkip: () => setSkipped(true) }}
      />
    </section>
  )
  return { part, wait: associations.isUnderWay && !isSkipped ? t('wait') : undefined }
}
