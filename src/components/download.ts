const types = { csv: 'text/csv;charset=utf-8', json: 'application/json', har: 'application/json' } as const
export type FileKind = keyof typeof types

/** How long the browser may take to begin with a file, ms. */
const beginsWithin = 60_000

/** Hands a file to the browser's downloads. It is made here and leaves for nowhere. */
export function download(name: string, kind: FileKind, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: types[kind] }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.${kind}`
  // Inside an open dialog what is outside is inert.
  const host = document.activeElement?.closest('[role="dialog"]') ?? document.body
  host.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), beginsWithin)
}

/** A moment as part of a file's name, UTC: `2026-11-25T0915Z`. */
export const stampOf = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace(':', '')}Z`
