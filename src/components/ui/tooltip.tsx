import {
  cloneElement,
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
} from 'react'

const TooltipPopup = lazy(() => import('./tooltip-popup.tsx'))

/** Pause before a hovered tooltip opens, and before it closes so that the pointer can reach it, ms. */
const openDelay = 350
const closeDelay = 120

/**
 * Words beside an element on hover and keyboard focus; Escape closes them. For the eye only: what they say must reach assistive technology
 * by the element's own name or description. The floating part loads when the first tooltip opens.
 */
export function Tooltip(props: {
  text: string
  /** What a press does to it: a press that acts closes it, a press that is refused opens it (touch has no hover). */
  onPress?: 'close' | 'open'
  children: ReactElement<HTMLAttributes<HTMLElement>>
}): ReactNode {
  const { text, onPress = 'close', children } = props
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])

  function plan(next: Element | null, delay: number): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(next), delay)
  }
  function close(): void {
    clearTimeout(timer.current)
    setAnchor(null)
  }

  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          children.props.onPointerEnter?.(event)
          if (event.pointerType === 'mouse') plan(event.currentTarget, openDelay)
        },
        onPointerLeave: (event) => {
          children.props.onPointerLeave?.(event)
          plan(null, closeDelay)
        },
        onClick: (event) => {
          children.props.onClick?.(event)
          if (onPress === 'open') plan(event.currentTarget, 0)
          else close()
        },
        onFocus: (event: FocusEvent<HTMLElement>) => {
          children.props.onFocus?.(event)
          if (event.currentTarget.matches(':focus-visible')) plan(event.currentTarget, 0)
        },
        onBlur: (event) => {
          children.props.onBlur?.(event)
          close()
        },
      })}
      {anchor ? (
        <Suspense>
          <TooltipPopup
            anchor={anchor}
            text={text}
            onClose={close}
            onEnter={() => clearTimeout(timer.current)}
            onLeave={() => plan(null, closeDelay)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
