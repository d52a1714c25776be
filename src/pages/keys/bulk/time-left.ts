/** Seconds that the rest takes at the pace so far; null before anything is done. */
export function timeLeft(progress: { readonly done: number; readonly total: number }, passedMs: number): number | null {
  const { done, total } = progress
  return done === 0 || passedMs <= 0 ? null : Math.ceil(((total - done) * passedMs) / done / 1000)
}
