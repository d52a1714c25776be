import type { Bytes } from './bytes.ts'
import { primitives } from './primitives.ts'

export const sha256 = async (bytes: Bytes): Promise<Bytes> => primitives().sha256(bytes)

/** Lower-case hex SHA-256, of a text's UTF-8, as request signatures use it. */
export const sha256Hex = async (content: Bytes | string): Promise<string> => primitives().sha256Hex(content)
