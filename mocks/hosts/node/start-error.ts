/** Why the cloud did not start, in words for whoever started it. */
export class CloudStartError extends Error {
  override readonly name = 'CloudStartError'
}
