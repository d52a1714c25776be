import { hex, type Bytes } from './bytes.ts'
import { primitives } from './primitives.ts'

export const sha256 = async (bytes: Bytes): Promise<Bytes> => primitives().sha256(bytes)

/** Lower-case hex SHA-256, as request signatures use it. */
export const sha256Hex = async (bytes: Bytes): Promise<string> => hex(await sha256(bytes))
