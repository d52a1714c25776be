/** What is said about a denial, loaded when there is one. */
import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import { withMessages } from '#src/i18n/spoken.ts'

const load = () => withMessages(['identity'], import('./denial/denial.tsx'))
const LateFacts = lazy(async () => ({ default: (await load()).DenialFacts }))
const LatePlace = lazy(async () => ({ default: (await load()).DeniedPlace }))
const LateNotice = lazy(async () => ({ default: (await load()).DeniedNotice }))

const LateLink = lazy(async () => {
  const { ExplainLink } = await withMessages(['identity'], import('./denial/explain-link.tsx'))
  return { default: ExplainLink }
})

/** To the explanation of a permission that is missing. */
export const ExplainLink = (props: ComponentProps<typeof LateLink>): ReactNode => (
  <Suspense>
    <LateLink {...props} />
  </Suspense>
)

/** Who lacks which permission on what, why, who could change that, and the way to the whole explanation. */
export const DenialFacts = (props: { decision: AccessDetail }): ReactNode => (
  <Suspense>
    <LateFacts {...props} />
  </Suspense>
)

/** In the place of a page or a list that one may not see. */
export const DeniedPlace = (props: ComponentProps<typeof LatePlace>): ReactNode => (
  <Suspense>
    <LatePlace {...props} />
  </Suspense>
)

/** In the place of a part of a page: one sentence, and the rest when it is wanted. */
export const DeniedNotice = (props: ComponentProps<typeof LateNotice>): ReactNode => (
  <Suspense>
    <LateNotice {...props} />
  </Suspense>
)
