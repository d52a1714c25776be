/**
 * Collects what no test may leave behind: console errors and warnings, uncaught errors, violations of the Content Security
 * Policy, and requests that leave the console's own origin, of pages and of the workers that Playwright itself does not see.
 */
import type { Browser, BrowserContext, CDPSession, ConsoleMessage, Request, WebError } from '@playwright/test'

/** The browser's own note of a refused API call. The refusal is an answer like any other; the console shows it in words. */
const isRefusedCall = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource') && new URL(message.location().url).pathname.includes('/api/')

/** Returns what ends the watch. */
export function watchContext(
  context: BrowserContext,
  origins: readonly string[],
  report: (problem: string) => void,
): () => void {
  const onConsole = (message: ConsoleMessage): void => {
    if ((message.type() === 'error' || message.type() === 'warning') && !isRefusedCall(message)) {
      report(`console ${message.type()}: ${message.text()} (${message.location().url})`)
    }
  }
  const onError = (error: WebError): void => report(`uncaught: ${String(error.error().stack ?? error.error())}`)
  const onRequest = (request: Request): void => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && !origins.includes(url.origin)) report(`request to ${url.href}`)
  }
  context.on('console', onConsole)
  context.on('weberror', onError)
  context.on('request', onRequest)
  return () => {
    context.off('console', onConsole)
    context.off('weberror', onError)
    context.off('request', onRequest)
  }
}

/** Who is told of violations in a context: the test that runs in it. */
const violationReports = new WeakMap<BrowserContext, (problem: string) => void>()

/** Also what is not printed: a violation that a script swallows. Runs in the page. */
export async function watchViolations(context: BrowserContext, report: (problem: string) => void): Promise<void> {
  const isWatched = violationReports.has(context)
  violationReports.set(context, report)
  if (isWatched) return
  await context.exposeBinding('reportViolation', (_source, text: string) =>
    violationReports.get(context)?.(`policy violation: ${text}`),
  )
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation: (text: string) => void }).reportViolation
      report(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`)
    })
  })
}

interface LogEntry {
  readonly source: string
  readonly level: string
  readonly text: string
  readonly url?: string
  /** Milliseconds since the epoch, as of the other messages. */
  readonly timestamp: number
}

interface ConsoleCall {
  readonly timestamp: number
  readonly type: string
  readonly args: readonly { readonly value?: unknown; readonly description?: string }[]
}

interface Thrown {
  readonly timestamp: number
  readonly exceptionDetails: { readonly text: string; readonly exception?: { readonly description?: string } }
}

type WorkerMessage =
  | { readonly method: 'Log.entryAdded'; readonly params: { readonly entry: LogEntry } }
  | { readonly method: 'Runtime.consoleAPICalled'; readonly params: ConsoleCall }
  | { readonly method: 'Runtime.exceptionThrown'; readonly params: Thrown }
  | { readonly method?: 'Inspector.targetReloadedAfterCrash' }

/** What a message complains of; null: nothing, or it is older than `since` (milliseconds since the epoch). */
function problemOf(message: WorkerMessage, since: number): string | null {
  switch (message.method) {
    case 'Log.entryAdded': {
      const { level, source, text, timestamp } = message.params.entry
      if (timestamp < since) return null
      return (level === 'error' || level === 'warning') && source !== 'network' ? `worker ${source}: ${text}` : null
    }
    case 'Runtime.consoleAPICalled': {
      const { type, args, timestamp } = message.params
      if (timestamp < since) return null
      const text = args.map((arg) => String(arg.value ?? arg.description)).join(' ')
      return type === 'error' || type === 'warning' ? `worker console ${type}: ${text}` : null
    }
    case 'Runtime.exceptionThrown': {
      const { text, exception } = message.params.exceptionDetails
      if (message.params.timestamp < since) return null
      return `worker uncaught: ${text} ${exception?.description ?? ''}`
    }
    default:
      return null
  }
}

/**
 * Shared and service workers belong to no page, so they are attached to by the browser's own protocol. Each replays what it
 * printed before. Tests of one Playwright worker run one after the other, so whatever speaks from now on belongs to the running test;
 * what was said before is the last test's, whose workers may still be there.
 */
export async function watchWorkers(browser: Browser, report: (problem: string) => void): Promise<CDPSession> {
  const since = Date.now()
  const session = await browser.newBrowserCDPSession()
  let id = 0
  const tell = (sessionId: string, method: string): void => {
    const message = JSON.stringify({ id: ++id, method })
    // A worker that has ended meanwhile has nothing more to say.
    session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => undefined)
  }
  session.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'shared_worker' && targetInfo.type !== 'service_worker') return
    session.send('Target.attachToTarget', { targetId: targetInfo.targetId, flatten: false }).catch(() => undefined)
  })
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    for (const method of ['Inspector.enable', 'Log.enable', 'Runtime.enable']) tell(sessionId, method)
  })
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message: text }) => {
    const message = JSON.parse(text) as WorkerMessage
    // The only tab was reloaded: the browser starts its worker anew, and holds it until whoever watches lets it go.
    if (message.method === 'Inspector.targetReloadedAfterCrash') tell(sessionId, 'Runtime.runIfWaitingForDebugger')
    const problem = problemOf(message, since)
    if (problem) report(problem)
  })
  await session.send('Target.setDiscoverTargets', { discover: true })
  return session
}
