import { createContext, lazy, Suspense, useContext, useState, type ReactNode } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'

export const loadCreateAlias = () => import('./create-alias-panel.tsx')
export const loadRepointAlias = () => import('./repoint-alias-panel.tsx')
export const loadTags = () => import('./tags-panel.tsx')
const CreateAliasPanel = lazy(async () => ({ default: (await loadCreateAlias()).CreateAliasPanel }))
const RepointAliasPanel = lazy(async () => ({ default: (await loadRepointAlias()).RepointAliasPanel }))
const TagsPanel = lazy(async () => ({ default: (await loadTags()).TagsPanel }))

type LabelPanel =
  | { readonly is: 'createAlias'; readonly keyMetadata: KeyMetadata }
  | { readonly is: 'tags'; readonly keyMetadata: KeyMetadata }
  /** `toKeyId`: where the alias is to point, if that is known already; else empty. */
  | { readonly is: 'repoint'; readonly aliasName: string; readonly fromKeyId: string; readonly toKeyId: string }

/** Opens a panel; `onClosed` runs once it is closed. */
type OpenPanel = (panel: LabelPanel, onClosed?: () => void) => void

const OpenContext = createContext<OpenPanel | null>(null)

export function useLabelPanels(): OpenPanel {
  const open = useContext(OpenContext)
  if (!open) throw new Error('useLabelPanels is used outside LabelPanels.')
  return open
}

/** Holds the panel that a card opened, beside the page's content: the key may vanish under it, and what was typed must not go with it. */
export function LabelPanels(props: { region: string; children: ReactNode }): ReactNode {
  const { region, children } = props
  const [open, setOpen] = useState<{ readonly panel: LabelPanel; readonly onClosed?: (() => void) | undefined } | null>(
    null,
  )
  const show: OpenPanel = (panel, onClosed) => setOpen({ panel, onClosed })
  const close = (): void => {
    setOpen(null)
    open?.onClosed?.()
  }
  return (
    <OpenContext value={show}>
      {children}
      {open === null ? null : (
        <Suspense>
          <Panel panel={open.panel} region={region} onClose={close} onRepoint={(panel) => show(panel, open.onClosed)} />
        </Suspense>
      )}
    </OpenContext>
  )
}

function Panel(props: {
  panel: LabelPanel
  region: string
  onClose: () => void
  onRepoint: (panel: LabelPanel) => void
}): ReactNode {
  const { panel, region, onClose, onRepoint } = props
  switch (panel.is) {
    case 'createAlias': {
      const { keyMetadata } = panel
      return (
        <CreateAliasPanel
          keyMetadata={keyMetadata}
          region={region}
          onClose={onClose}
          onRepoint={(aliasName, fromKeyId) =>
            onRepoint({ is: 'repoint', aliasName, fromKeyId, toKeyId: keyMetadata.KeyId })
          }
        />
      )
    }
    case 'tags':
      return <TagsPanel keyMetadata={panel.keyMetadata} region={region} onClose={onClose} />
    case 'repoint': {
      const { aliasName, fromKeyId, toKeyId } = panel
      return <RepointAliasPanel {...{ aliasName, fromKeyId, toKeyId, region, onClose }} />
    }
  }
}
