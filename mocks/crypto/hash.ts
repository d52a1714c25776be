import { hex, type Bytes } from './bytes.ts'

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** Lower-case hex SHA-256, as request signatures use it. */
export const sha256Hex = async (bytes: Bytes): Promise<string> => hex(await sha256(bytes))
