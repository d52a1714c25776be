import { Menu } from '@base-ui/react/menu'
import Check from 'lucide-react/icons/check'
import { useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './float.module.css'
import type { MenuEntry, MenuPlace, MenuSection } from './menu.ts'

/** The floating part of a MenuButton, loaded when it is first wanted. */
export default function MenuPopup(props: MenuPlace & { sections: readonly MenuSection[] }): ReactNode {
  const { anchor, align, sections, focusFirst, onClose } = props
  const arrived = useRef(false)

  function focus(event: FocusEvent<HTMLElement>): void {
    if (arrived.current || event.target !== event.currentTarget) return
    arrived.current = true
    if (focusFirst) event.currentTarget.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Tab') return
    event.preventDefault()
    onClose()
  }

  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(open, details) => {
        // A press on the button is the button's own affair: it closes what it opened.
        if (details.reason === 'outside-press' && anchor.contains(details.event.target as Node)) details.cancel()
        else if (!open) onClose()
      }}
    >
      <Menu.Portal className={styles.portal}>
        <Menu.Positioner anchor={anchor} align={align} sideOffset={4} className={styles.positioner}>
          <Menu.Popup
            className={styles.popup}
            aria-label={anchor.getAttribute('aria-label') ?? anchor.textContent}
            finalFocus={() => anchor}
            onFocus={focus}
            onKeyDown={keyDown}
          >
            {sections.map((section) => (
              <Section key={section.id} section={section} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Section({ section }: { section: MenuSection }): ReactNode {
  const { label, note, entries } = section
  const chosen = entries.find((entry) => entry.checked)
  const isChoice = entries.some((entry) => entry.checked !== undefined)
  const items = entries.map((entry) => <Entry key={entry.id} entry={entry} />)
  const content = (
    <>
      {label === undefined ? null : <Menu.GroupLabel className={styles.heading}>{label}</Menu.GroupLabel>}
      {note === undefined ? null : <div className={styles.note}>{note}</div>}
      {isChoice ? <Menu.RadioGroup value={chosen?.id ?? null}>{items}</Menu.RadioGroup> : items}
    </>
  )
  return (
    <div className={styles.section} role="presentation">
      {label === undefined ? content : <Menu.Group>{content}</Menu.Group>}
    </div>
  )
}

function Entry({ entry }: { entry: MenuEntry }): ReactNode {
  const className = cx(styles.option, entry.danger && styles.danger)
  const disabled = entry.disabledReason !== undefined
  const detail = entry.disabledReason ?? entry.detail
  const words = (
    <span className={styles.words}>
      <span>{entry.label}</span>
      {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
    </span>
  )
  if (entry.link)
    return (
      <Menu.LinkItem className={className} closeOnClick render={entry.link}>
        {entry.icon}
        {words}
      </Menu.LinkItem>
    )
  if (entry.checked !== undefined)
    return (
      <Menu.RadioItem className={className} value={entry.id} disabled={disabled} closeOnClick onClick={entry.onSelect}>
        <span className={styles.check}>
          <Menu.RadioItemIndicator>
            <Check size={16} aria-hidden />
          </Menu.RadioItemIndicator>
        </span>
        {words}
      </Menu.RadioItem>
    )
  if (entry.ticked !== undefined)
    return (
      <Menu.CheckboxItem
        className={className}
        checked={entry.ticked}
        disabled={disabled}
        closeOnClick={false}
        onCheckedChange={() => entry.onSelect?.()}
      >
        <span className={styles.check}>
          <Menu.CheckboxItemIndicator>
            <Check size={16} aria-hidden />
          </Menu.CheckboxItemIndicator>
        </span>
        {words}
      </Menu.CheckboxItem>
    )
  return (
    <Menu.Item className={className} disabled={disabled} onClick={entry.onSelect}>
      {entry.icon}
      {words}
    </Menu.Item>
  )
}
