import { StartError, type Backend, type Identity, type StartProblem } from './api/contract/backend.ts'

export type Started =
  | { readonly ok: true; readonly backend: Backend; readonly identities: readonly Identity[] }
  | { readonly ok: false; readonly problem: StartProblem; readonly detail: string }

/** Starts `connect`, and tells a failure as a problem that can be put into words. */
export async function start(connect: () => Promise<Backend>): Promise<Started> {
  try {
    const backend = await connect()
    return { ok: true, backend, identities: await backend.identities() }
  } catch (error) {
    const cause = error instanceof StartError ? (error.cause ?? error) : error
    return {
      ok: false,
      problem: error instanceof StartError ? error.problem : 'failed',
      detail: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    }
  }
}
