import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'
import { copyText } from './copy.ts'
import { showToast } from './toast.ts'

/** How long the button shows that it has copied, ms. */
const shownFor = 1500

/** Copies `text`. `thing` names what is copied (*Copy key ID*); `label` shows a word beside the icon. */
export function CopyButton(props: { text: string; thing: string; label?: string }): ReactNode {
  const { text, thing, label } = props
  const t = useText('ui')
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownFor)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    if (await copyText(text)) {
      setCopied(true)
      announce(t('copied'))
    } else {
      showToast({ tone: 'bad', title: t('copyFailed') })
    }
  }

  const icon = copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />
  if (label !== undefined)
    return (
      <Button variant="link" icon={icon} onClick={() => void copy()}>
        {label}
      </Button>
    )
  return (
    <Button
      variant="quiet"
      iconOnly
      icon={icon}
      aria-label={copied ? t('copied') : t('copyThing', { thing })}
      onClick={() => void copy()}
    />
  )
}
