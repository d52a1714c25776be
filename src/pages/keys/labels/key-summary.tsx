import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasesOfKey } from '#src/api/queries.ts'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** What tells one key from another at a glance. `children`: what stands in the way of using it here. */
export function KeySummary(props: { keyMetadata: KeyMetadata; region: string; children?: ReactNode }): ReactNode {
  const { keyMetadata: key, region, children } = props
  const api = useApi()
  const t = useText('labels.key')
  const aliases = useQuery(aliasesOfKey(api, region, key.KeyId))
  const names = aliases.data?.map(({ AliasName }) => AliasName) ?? []
  return (
    <>
      <Facts>
        <Fact term={t('keyId')}>
          <Identifier
            text={key.KeyId}
            thing={t('keyId')}
            link={(content) => (
              <Link to="/keys/$keyId" params={{ keyId: key.KeyId }} search={{ region }}>
                {content}
              </Link>
            )}
          />
        </Fact>
        <Fact term={t('state')}>
          <KeyStateMark state={key.KeyState} />
        </Fact>
        <Fact term={t('aliases')}>{names.length === 0 ? t('none') : names.join(t('separator'))}</Fact>
        <Fact term={t('instance')}>
          {key.DKMSInstanceId === undefined ? t('none') : <Identifier text={key.DKMSInstanceId} />}
        </Fact>
      </Facts>
      {children}
    </>
  )
}
