/** Starts the console over a cloud on a port: signs in, or takes up where the tab was signed in before. */
import type { ReactNode } from 'react'
import { StartError, type Backend } from '#src/api/contract/backend.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { createHttpBackend } from './http-backend.ts'
import { recallSession, rememberSession, sessionMs } from './session-store.ts'
import { signIn, type Place, type SignedIn } from './sign-in.ts'

/** `show` puts a page in the console's place. Resolves when somebody is signed in. Rejects with StartError. */
export async function startHttpBackend(cloud: URL, show: (page: ReactNode) => void): Promise<Backend> {
  if (!isSecureContext || !('subtle' in crypto)) throw new StartError('insecureContext')
  const address = cloud.href
  const place: Place = { address, fetch: (url, init) => fetch(url, init) }

  async function keep(signedIn: SignedIn | null): Promise<number> {
    const endsAt = Date.now() + sessionMs
    await rememberSession(address, signedIn && { ...signedIn, endsAt })
    return endsAt
  }

  const stored = await recallSession(address, Date.now())
  const signedIn = stored ?? (await askToSignIn(place, show))
  return createHttpBackend({
    ...place,
    isOwnOrigin: cloud.origin === location.origin,
    signedIn,
    endsAt: stored?.endsAt ?? (await keep(signedIn)),
    keep,
    beginAnew: () => location.reload(),
    wallNow: () => Date.now(),
    whileLookedAt,
  })
}

async function askToSignIn(place: Place, show: (page: ReactNode) => void): Promise<SignedIn> {
  const { SignInPage } = await withMessages(['signin'], import('#src/pages/sign-in/sign-in-page.tsx'))
  return new Promise((resolve) =>
    show(<SignInPage address={place.address} onSubmit={async (given) => resolve(await signIn(place, given))} />),
  )
}

function whileLookedAt(ms: number, work: () => void): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') work()
  }
  const timer = setInterval(look, ms)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
