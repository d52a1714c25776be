import { useEffect, useRef } from 'react'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { ScenarioLinkProblem } from './scenario-link.ts'

/** Says, once, that the link's scenario was not loaded. Shows nothing in its place. */
export function ScenarioNotice({ problem }: { problem: ScenarioLinkProblem | null }): null {
  const t = useText('start')
  const told = useRef(false)
  useEffect(() => {
    if (!problem || told.current) return
    told.current = true
    const title =
      problem.code === 'badSeed'
        ? t('link.badSeed', { seed: problem.seed })
        : t('link.unknownScenario', { name: problem.name })
    showToast({ tone: 'bad', title, detail: t('link.detail') })
  }, [problem, t])
  return null
}
