/** The dialogs about a key's life, loaded when the first is wanted. */
import type { ReactNode } from 'react'
import { CancelDeletionDialog } from './cancel-deletion-dialog.tsx'
import { DisableDialog } from './disable-dialog.tsx'
import { ProtectDialog, UnprotectDialog } from './protection-dialogs.tsx'
import { ScheduleDeletionDialog } from './schedule-deletion-dialog.tsx'
import type { Asked, KeyLife } from './use-key-life.tsx'
import { useLiveKey, type LiveKey } from './use-live-key.ts'

export interface LifeDialogProps {
  readonly asked: Asked
  readonly live: LiveKey
  /** Goes on with another verb instead. */
  readonly onAct: KeyLife['act']
  readonly onClose: () => void
}

const dialogs: Readonly<Record<Asked['verb'], (props: LifeDialogProps) => ReactNode>> = {
  disable: DisableDialog,
  protect: ProtectDialog,
  reword: ProtectDialog,
  unprotect: UnprotectDialog,
  scheduleDeletion: ScheduleDeletionDialog,
  cancelDeletion: CancelDeletionDialog,
}

export default function LifeDialogs(props: Omit<LifeDialogProps, 'live'>): ReactNode {
  const live = useLiveKey(props.asked.region, props.asked.keyId)
  const Dialog = dialogs[props.asked.verb]
  return <Dialog {...props} live={live} />
}
