/** Published AES-GCM cases against `aes-gcm.ts`: in Node by the unit tests, in a browser by an end-to-end test that loads this as a script. */
import { open, seal } from './aes-gcm.ts'
import { hexBytes, sameBytes, type Bytes } from './bytes.ts'

/** As in Wycheproof's files; all but `result` and `tcId` is hex. */
export interface Vector extends Readonly<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag' | 'result', string>> {
  readonly tcId: number
}

const bytes = (hex: string): Bytes => hexBytes(hex)!

/** Whether opening and sealing come out as published. */
async function isRight(vector: Vector): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', bytes(vector.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const [iv, additionalData, plaintext] = [bytes(vector.iv), bytes(vector.aad), bytes(vector.msg)]
  const [ciphertext, tag] = [bytes(vector.ct), bytes(vector.tag)]
  const opened = await open(key, { iv, ciphertext, tag, additionalData })
  const sealed = await seal(key, { iv, plaintext, additionalData })
  if (vector.result !== 'valid') return opened === null && !sameBytes(sealed.tag, tag)
  return (
    opened !== null &&
    sameBytes(opened, plaintext) &&
    sameBytes(sealed.ciphertext, ciphertext) &&
    sameBytes(sealed.tag, tag)
  )
}

/** The `tcId` of the cases that come out otherwise than published. */
export async function failing(vectors: readonly Vector[]): Promise<readonly number[]> {
  const failed: number[] = []
  for (const vector of vectors) if (!(await isRight(vector))) failed.push(vector.tcId)
  return failed
}
