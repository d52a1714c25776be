import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import styles from './float.module.css'

/** The floating part of a tooltip, loaded when the first one opens. */
export default function TooltipPopup(props: {
  anchor: Element
  text: string
  onClose: () => void
  onEnter: () => void
  onLeave: () => void
}): ReactNode {
  return (
    <Tooltip.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={props.anchor} sideOffset={6} className={styles.positioner}>
          <Tooltip.Popup
            role="tooltip"
            className={styles.tooltip}
            onPointerEnter={props.onEnter}
            onPointerLeave={props.onLeave}
          >
            {props.text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
