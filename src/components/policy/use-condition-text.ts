import { conditionOperators, tagKeyPrefix } from '#src/api/contract/conditions.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { ConditionPart } from './condition-parts.ts'

const wordsOfKeys = { 'acs:CurrentTime': 'time', 'acs:SecureTransport': 'tls', 'acs:SourceIp': 'ip' } as const
const isWorded = (key: string): key is keyof typeof wordsOfKeys => Object.hasOwn(wordsOfKeys, key)

/** What a condition key asks about: *the source IP address*; `kms:tag/` alone is any tag. */
export function useConditionKeyText(): (key: string) => string {
  const t = useText('policy.condition.key')
  return (key) => {
    if (isWorded(key)) return t(wordsOfKeys[key])
    if (key === tagKeyPrefix) return t('anyTag')
    return key.startsWith(tagKeyPrefix) ? t('tag', { tag: key.slice(tagKeyPrefix.length) }) : t('other', { key })
  }
}

/** A part in words: *the source IP address is within 10.0.0.0/8*. */
export function useConditionText(): (part: ConditionPart) => string {
  const t = useText('policy.condition')
  const keyText = useConditionKeyText()
  return ({ operator, key, values }) => {
    const message = `operator.${operator}` as Parameters<typeof t>[0]
    const isText = Object.hasOwn(conditionOperators, operator) && conditionOperators[operator]!.type === 'text'
    const told = values.map((value) => (isText ? t('text', { value }) : value)).join(t('or'))
    return t.has(message) ? t(message, { key: keyText(key), values: told } as never) : `${operator} · ${key}`
  }
}
