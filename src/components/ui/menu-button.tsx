import ChevronDown from 'lucide-react/icons/chevron-down'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import type { MenuSection } from './menu.ts'

const load = () => import('./menu-popup.tsx')
const MenuPopup = lazy(load)

/**
 * A button that opens a menu. The menu's code loads when the pointer or the focus reaches the first such button, and a closed menu costs
 * nothing: a table may have one in every row. Sections may be a function, called when the menu opens.
 */
export function MenuButton(
  props: Omit<ButtonProps, 'onClick' | 'onKeyDown' | 'busy'> & {
    sections: readonly MenuSection[] | (() => readonly MenuSection[])
    align?: 'start' | 'end'
    /** Leave out the arrow, e.g. on an icon alone. */
    plain?: boolean
  },
): ReactNode {
  const { sections, align = 'start', plain = props.iconOnly ?? false, children, ...rest } = props
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'byKeyboard' | 'byPointer' | null>(null)

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
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={click}
        onKeyDown={keyDown}
      >
        {children}
        {plain ? null : <ChevronDown size={14} aria-hidden />}
      </Button>
      {open && button.current ? (
        <Suspense>
          <MenuPopup
            anchor={button.current}
            align={align}
            sections={typeof sections === 'function' ? sections() : sections}
            focusFirst={open === 'byKeyboard'}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
