/** What stands where a list would, and the notice of a new key: loaded when they are wanted, since most visits see rows. */
import { createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react'

type States = typeof import('./list-states.tsx')
type Notices = typeof import('./created-notice.tsx')

/** A component that brings its own code along; until that is there, nothing stands in its place. */
function late<P extends object>(load: () => Promise<(props: P) => ReactNode>): (props: P) => ReactNode {
  const Late = lazy<ComponentType<P>>(async () => ({ default: await load() }))
  return (props) => <Suspense>{createElement(Late, props)}</Suspense>
}

const states = (): Promise<States> => import('./list-states.tsx')
const notices = (): Promise<Notices> => import('./created-notice.tsx')

export const CreatedNotice = late(async () => (await notices()).CreatedNotice)
export const InstanceNotEnabled = late(async () => (await states()).InstanceNotEnabled)
export const InstanceGone = late(async () => (await states()).InstanceGone)
export const ListFailure = late(async () => (await states()).ListFailure)
export const NoInstance = late(async () => (await states()).NoInstance)
export const NoKeys = late(async () => (await states()).NoKeys)
export const NoMatch = late(async () => (await states()).NoMatch)
export const PageBeyondEnd = late(async () => (await states()).PageBeyondEnd)
