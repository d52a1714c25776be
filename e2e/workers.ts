/** Shared and service workers belong to no page, so tests reach them by the browser's own protocol. */
import type { Browser } from '@playwright/test'

type WorkerType = 'shared_worker' | 'service_worker'

/** Addresses of the shared and service workers that run. */
export async function workerUrls(browser: Browser): Promise<string[]> {
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  await session.detach()
  return targetInfos.filter(({ type }) => type === 'shared_worker' || type === 'service_worker').map(({ url }) => url)
}

/** Runs a script inside the one worker of a type that runs. */
export async function runInWorker(browser: Browser, type: WorkerType, expression: string): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  const target = targetInfos.find((info) => info.type === type)
  if (!target) throw new Error(`No ${type} runs.`)
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false })
  const answered = new Promise<void>((resolve) => session.once('Target.receivedMessageFromTarget', () => resolve()))
  const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } })
  await session.send('Target.sendMessageToTarget', { sessionId, message })
  await answered
  await session.detach()
}
