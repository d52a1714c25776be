import { Misfit, type Shape } from '#src/api/contract/shapes.ts'

/** What a shape reads of a value; throws where it does not fit. */
export function fitting<T>(shape: Shape<T>, value: unknown): T {
  const read = shape.read(value)
  if (read instanceof Misfit) throw new Error(`No fit at "${read.path.join('.')}": ${JSON.stringify(value)}`)
  return read
}
