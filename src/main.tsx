import './trusted-types.ts'
import './components/ui/tokens.css'
import './components/ui/base.css'
import { lazy, StrictMode, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Backend } from './api/contract/backend.ts'
import { App } from './app.tsx'
import { cloudAddress } from './boot/cloud-address.ts'
import { ScenarioNotice } from './boot/scenario-notice.tsx'
import { readScenarioLink, scenarioLinkProblem, type ScenarioLinkProblem } from './boot/scenario-link.ts'
import { StartSkeleton } from './components/layout/start-skeleton.tsx'
import { LanguageProvider } from './i18n/language.tsx'
import { preferredLanguage } from './i18n/languages.ts'
import { speak } from './i18n/spoken.ts'
import { readPreference } from './preferences/stored.ts'
import { applyTheme } from './preferences/theme.ts'
import { preloadPage } from './router.tsx'
import { start } from './start.ts'

const StartProblemPage = lazy(async () => ({
  default: (await import('./pages/start-problem/start-problem-page.tsx')).StartProblemPage,
}))

applyTheme()

const base = import.meta.env.BASE_URL
const link = readScenarioLink(location.href)

/** What stands behind the console. A build without the emulator holds none of it: its import below is left out. */
async function connect(show: (page: ReactNode) => void): Promise<Backend> {
  const address = cloudAddress()
  if (address !== null || !__EMULATOR__) {
    const { startHttpBackend } = await import('./http/start.tsx')
    return startHttpBackend(address ?? new URL(base, location.href), show)
  }
  const { startBrowserBackend } = await import('#mocks/hosts/browser/start.ts')
  return startBrowserBackend({ base, scenario: link.choice ?? undefined })
}

/** Once the link's scenario is loaded, the address loses it: a reload keeps the data. */
async function settleLink(backend: Backend): Promise<ScenarioLinkProblem | null> {
  if (link.href !== location.href) history.replaceState(history.state, '', link.href)
  // The cloud loads its scenarios to name them.
  return scenarioLinkProblem(link, (link.choice && (await backend.lab?.scenarios())) ?? [])
}

async function run(root: Root): Promise<void> {
  const language = preferredLanguage(readPreference('kms.language'), navigator.languages)
  // Messages, the backend and the page's own code arrive side by side.
  const spoken = speak(language)
  const show = (page: ReactNode): void =>
    void spoken.then(() =>
      root.render(
        <StrictMode>
          <LanguageProvider>{page}</LanguageProvider>
        </StrictMode>,
      ),
    )
  const [started] = await Promise.all([start(() => connect(show)), spoken, preloadPage()])
  const linkProblem = started.ok ? await settleLink(started.backend) : null
  if (started.ok && started.backend.lab) window.kmsLab = started.backend.lab
  show(
    started.ok ? (
      <>
        <App backend={started.backend} identities={started.identities} />
        <ScenarioNotice problem={linkProblem} />
      </>
    ) : (
      <StartProblemPage problem={started.problem} detail={started.detail} onRetry={() => location.reload()} />
    ),
  )
}

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no element with the ID root.')
const root = createRoot(element)
root.render(<StartSkeleton />)
void run(root)
