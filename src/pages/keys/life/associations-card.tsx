import type { ReactNode } from 'react'
import { Card } from '#src/components/ui/card.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Dependants } from './dependants.tsx'
import { useAssociations } from './use-associations.ts'

/** What depends on the key, detected when asked. */
export function AssociationsCard(props: { keyId: string; region: string; aliasNames: readonly string[] }): ReactNode {
  const { keyId, region, aliasNames } = props
  const t = useText('life.associations')
  const associations = useAssociations(region, keyId, { fresh: false })
  return (
    <Card title={t('title')}>
      <Dependants associations={associations} region={region} aliasNames={aliasNames} />
    </Card>
  )
}
