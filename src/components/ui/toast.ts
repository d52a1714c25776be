import type { ReactNode } from 'react'

export interface ToastRequest {
  readonly tone: 'ok' | 'info' | 'bad'
  readonly title: string
  readonly detail?: ReactNode
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
}

type Show = (request: ToastRequest) => void

let show: Show | null = null
let waiting: ToastRequest[] = []
let onFirst: (() => void) | null = null

/** Tells that something is done or has failed, where no place on the page can say it. A form's errors stay in the form. */
export function showToast(request: ToastRequest): void {
  if (show) return show(request)
  waiting.push(request)
  onFirst?.()
}

/** The region, once loaded, takes what was asked for before. */
export function connectToasts(next: Show): () => void {
  show = next
  for (const request of waiting) next(request)
  waiting = []
  return () => {
    show = null
  }
}

export function whenFirstToast(listener: () => void): () => void {
  onFirst = listener
  if (waiting.length > 0) listener()
  return () => {
    onFirst = null
  }
}
