import type { ComponentProps, ReactNode } from 'react'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { pastedAlias } from './alias-text.ts'

/** An alias without its `alias/`, which stands before it; pasted together with it, the prefix does not come twice. */
export function AliasInput(
  props: Omit<ComponentProps<typeof TextInput>, 'mono' | 'prefix' | 'onChange' | 'onPaste'> & {
    onChange: (suffix: string) => void
  },
): ReactNode {
  const { onChange, ...rest } = props
  return (
    <TextInput
      mono
      prefix={aliasPrefix}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text')
        const { value, selectionStart, selectionEnd } = event.currentTarget
        const replacesAll = selectionStart === 0 && selectionEnd === value.length
        if (pastedAlias(text) === text || !replacesAll) return
        event.preventDefault()
        onChange(pastedAlias(text))
      }}
    />
  )
}
