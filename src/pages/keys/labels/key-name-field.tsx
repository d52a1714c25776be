import type { ReactNode, Ref } from 'react'
import { Field } from '#src/components/ui/field.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { SuggestInput } from '#src/components/ui/suggest-input.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useKeySuggestions, type NamedKey } from '#src/pages/keys/use-named-key.ts'
import { KeySummary } from './key-summary.tsx'

/** Names a key by alias or ID, with suggestions, and shows which key that is. `named`: what `useNamedKey` says about `value`. */
export function KeyNameField(props: {
  label: string
  hint?: ReactNode
  error?: ReactNode
  region: string
  value: string
  named: NamedKey
  onChange: (value: string) => void
  onBlur?: () => void
  inputRef?: Ref<HTMLInputElement>
  /** What stands in the way of using the key that was found. */
  children?: ReactNode
}): ReactNode {
  const { label, hint, error, region, value, named, onChange, onBlur, inputRef, children } = props
  const t = useText('labels.keyName')
  const errorText = useErrorText()
  const suggestions = useKeySuggestions(region)
  // A part of a name that is suggested is on its way to being right.
  const isPart = suggestions.some((name) => name.includes(value.trim()))
  return (
    <Field
      label={label}
      required
      hint={hint ?? t('hint')}
      error={error ?? (named.at === 'refused' && !isPart ? errorText(named.error) : undefined)}
    >
      <SuggestInput
        mono
        value={value}
        onChange={onChange}
        suggestions={suggestions}
        placeholder={t('placeholder')}
        {...(onBlur ? { onBlur } : {})}
        {...(inputRef ? { inputRef } : {})}
      />
      <div aria-live="polite" aria-busy={named.at === 'asking'}>
        {named.at === 'asking' ? <Skeleton width="long" /> : null}
        {named.at === 'found' ? (
          <KeySummary keyMetadata={named.key} region={region}>
            {children}
          </KeySummary>
        ) : null}
      </div>
    </Field>
  )
}
