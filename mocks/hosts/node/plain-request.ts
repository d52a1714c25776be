/**
 * A request as far as anything behind this host reads one, without what fetch brings along: streams, signals and checks of its own would cost more
 * than most answers.
 */
class PlainHeaders {
  readonly #values: ReadonlyMap<string, string>
  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null
  }
  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }
  keys(): IterableIterator<string> {
    return this.#values.keys()
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries()
  }
}

/** `headers`: lower-case names. What reads more of a Request than this holds has to be given one here. */
export function plainRequest(
  url: string,
  method: string,
  headers: ReadonlyMap<string, string>,
  body: Buffer<ArrayBuffer>,
): Request {
  const request = {
    url,
    method,
    headers: new PlainHeaders(headers),
    // Of its own memory: a Buffer may be a part of another's.
    arrayBuffer: async () => new Uint8Array(body).buffer,
    text: async () => body.toString(),
  }
  return request as Pick<Request, 'url' | 'method' | 'arrayBuffer' | 'text'> as Request
}
