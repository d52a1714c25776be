import ChevronDown from 'lucide-react/icons/chevron-down'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import type { MenuPlace, MenuSection } from './menu.ts'

const load = () => import('./menu-popup.tsx')
const MenuPopup = lazy(load)

/** What the menu holds: its sections, or, where those are loaded too, a MenuPopup with them and how to load it in advance. */
type Content =
  | { sections: readonly MenuSection[] | (() => readonly MenuSection[]); popup?: never; preload?: never }
  | { sections?: never; popup: (place: MenuPlace) => ReactNode; preload: () => void }

/**
 * A button that opens a menu. The menu's code loads when the pointer or the focus reaches the first such button, and a closed menu costs
 * nothing: a table may have one in every row. Sections may be a function, called when the menu opens.
 */
export function MenuButton(
  props: Omit<ButtonProps, 'onClick' | 'onKeyDown' | 'busy'> &
    Content & {
      align?: 'start' | 'end'
      /** Leave out the arrow, e.g. on an icon alone. */
      plain?: boolean
    },
): ReactNode {
  const { sections, popup, preload, align = 'start', plain = props.iconOnly ?? false, children, ...rest } = props
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'byKeyboard' | 'byPointer' | null>(null)

  function near(): void {
    void load()
    preload?.()
  }

  function content(place: MenuPlace): ReactNode {
    if (popup) return popup(place)
    return <MenuPopup {...place} sections={typeof sections === 'function' ? sections() : sections} />
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || props.disabledReason !== undefined) return
    event.preventDefault()
    setOpen('byKeyboard')
  }

  function click(event: MouseEvent): void {
    // Enter and Space click without a pointer, and so without a count of presses.
    if (open) setOpen(null)
    else setOpen(event.detail === 0 ? 'byKeyboard' : 'byPointer')
  }

  return (
    <>
      <Button
        {...rest}
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onPointerEnter={near}
        onFocus={near}
        onClick={click}
        onKeyDown={keyDown}
      >
        {children}
        {plain ? null : <ChevronDown size={14} aria-hidden />}
      </Button>
      {open && button.current ? (
        <Suspense>
          {content({
            anchor: button.current,
            align,
            focusFirst: open === 'byKeyboard',
            onClose: () => setOpen(null),
          })}
        </Suspense>
      ) : null}
    </>
  )
}
