/**
 * What is secret is in the answer that it is meant for, and nowhere else: a run of everything that handles secrets, with every fault on the
 * way, and then a search through both stores, the disks, the trace, the views of it, the key manager's log and all URLs.
 */
import { expect, test } from 'vitest'
import { managerFaultKinds, proxyFaultKinds } from '#src/api/contract/faults.ts'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { hex, utf8, type Bytes } from '#mocks/crypto/bytes.ts'
import { aliases, externalKeys, softwareAliases } from '#mocks/scenarios/names.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { openExported, wrappingParameters } from '#mocks/testing/wrapping.ts'

const canary = utf8('canary-51b0c7 PAN 4111 1111 1111 1111 expires 12/29, held by nobody')

/** The texts that bytes could be found as: themselves, Base64 at each of its three alignments, hex, and percent-encoded. */
function formsOf(bytes: Bytes): readonly string[] {
  const aligned = [0, 1, 2].map((skip) => encodeBase64(bytes.slice(skip, skip + 24)).slice(0, 30))
  const text = String.fromCharCode(...bytes)
  return [...aligned, hex(bytes), text, encodeURIComponent(encodeBase64(bytes)), encodeURIComponent(text)]
}

/** Every text in a value, however deep, names too, with its path; bytes as hex. */
function textsIn(value: unknown, path = ''): (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (value instanceof CryptoKey) return value.extractable ? [[path, extractable]] : []
  if (ArrayBuffer.isView(value)) return [[path, hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    [`${path}/(name)`, name] as const,
    ...textsIn(inner, `${path}/${name}`),
  ])
}
const extractable = 'a key that can be read'

/** The paths at which a value holds one of these secrets in any form, or a key that can be read. */
function finds(value: unknown, secrets: readonly Bytes[]): string[] {
  const texts = textsIn(value)
  const all = texts.map(([, text]) => text).join('\n')
  const found = [extractable, ...secrets.flatMap(formsOf)].filter((form) => all.includes(form))
  return texts.filter(([, text]) => found.some((form) => text.includes(form))).map(([path]) => path)
}

test('the search finds what it looks for', () => {
  const held = {
    a: [{ text: `x${String.fromCharCode(...canary)}` }],
    b: encodeBase64(new Uint8Array([1, ...canary])),
    c: encodeBase64(new Uint8Array([1, 2, ...canary])),
    d: hex(canary),
    e: new Uint8Array([9, ...canary]),
    [encodeURIComponent(String.fromCharCode(...canary))]: 1,
    f: 'canary',
  }
  expect(finds(held, [canary])).toEqual(['/a/0/text', '/b', '/c', '/d', '/e', '/(name)'])
})

test('plaintext, data keys and secrets are nowhere but in their answers', async () => {
  const disks = { cloud: memoryDisk(), vault: memoryDisk() }
  const persistence = { cloud: disks.cloud.open(), vault: disks.vault.open() }
  const { cloud, call, signed, defects } = await testCloud({ persistence })
  const Plaintext = encodeBase64(canary)
  const secrets: Bytes[] = [canary]
  const urls: string[] = []
  const answers: string[] = []

  async function ask<N extends ActionName>(action: N, input: Input<N>) {
    urls.push((await signed('kms', action, [])).url)
    const { status, body } = await call(action, input)
    const refused = status !== 200
    if (refused) answers.push(JSON.stringify(body))
    return body as Readonly<Record<string, string | undefined>>
  }
  /** An answer's data key becomes one of the secrets. */
  const drawn = (text: string | undefined): void => {
    if (text !== undefined) secrets.push(decodeBase64(text)!)
  }

  async function everything(KeyId: string): Promise<void> {
    const EncryptionContext = { order: '7' }
    const { CiphertextBlob = 'AAAA' } = await ask('Encrypt', { KeyId, Plaintext, EncryptionContext })
    await ask('Decrypt', { CiphertextBlob, EncryptionContext })
    await ask('Decrypt', { CiphertextBlob })
    const key = await ask('GenerateDataKey', { KeyId })
    drawn(key['Plaintext'])
    drawn((await ask('Decrypt', { CiphertextBlob: key['CiphertextBlob'] ?? 'AAAA' }))['Plaintext'])
    const hidden = await ask('GenerateDataKeyWithoutPlaintext', { KeyId })
    drawn((await ask('Decrypt', { CiphertextBlob: hidden['CiphertextBlob'] ?? 'AAAA' }))['Plaintext'])
    const exported = await ask('GenerateAndExportDataKey', { KeyId, ...wrappingParameters })
    if (exported['ExportedDataKey'] !== undefined) drawn(openExported(exported['ExportedDataKey']))
    await ask('ReEncrypt', { CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId: KeyId })
    // Where it does not belong: in names, and as no plaintext at all.
    await ask('Decrypt', { CiphertextBlob: Plaintext })
    await ask('Encrypt', { KeyId: Plaintext, Plaintext })
    await ask('Encrypt', { KeyId, Plaintext: `${Plaintext}*` })
  }

  for (const alias of [aliases.working, softwareAliases.rotating, aliases.externalKeyDisabled]) await everything(alias)
  expect(secrets.length).toBeGreaterThan(6)
  for (const [hop, kinds] of [
    ['proxy', [...managerFaultKinds, ...proxyFaultKinds]],
    ['keyManager', managerFaultKinds],
  ] as const)
    for (const kind of kinds) {
      await cloud.lab.setFaults([{ id: kind, hop, kind, ms: 300 }])
      await everything(aliases.working)
    }
  await cloud.lab.setFaults([])

  const manage = async (method: string, path: string, body?: object): Promise<unknown> => {
    const request = new Request(`https://console.test/api/key-manager/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    urls.push(request.url)
    return (await cloud.fetch(request)).json()
  }
  const managed = [
    await manage('POST', 'keys', { id: 'mine' }),
    await manage('DELETE', `keys/${externalKeys.ready[0]}`),
    await manage('GET', 'keys'),
    await manage('GET', 'requests'),
    await manage('GET', 'health'),
  ]
  const views = [await ask('ListRequests', { PageSize: 200 })]
  const { trace } = cloud.dump()
  for (const { id } of trace.slice(0, 50)) views.push(await ask('DescribeRequest', { RequestId: id }))

  const kept = { dump: cloud.dump(), cloud: disks.cloud.rows(), vault: disks.vault.rows() }
  expect(JSON.stringify(kept.dump.trace)).toContain('GenerateDataKey')
  expect(JSON.stringify(managed)).toContain('encrypt')
  expect(finds({ ...kept, managed, views, urls, answers }, secrets)).toEqual([])
  expect(defects).toEqual([])
}, 30_000)

test('the bytes of an external key are stored wrapped, and no answer of the manager tells even those', async () => {
  const { cloud } = await testCloud()
  const { externalKeys: rows = [] } = cloud.dump().vault
  const wrapped = rows.map((row) => (row as { wrapped: Bytes }).wrapped)
  expect(wrapped.length).toBeGreaterThan(3)
  for (const bytes of wrapped) expect(bytes).toHaveLength(40)
  const told = await cloud.fetch(new Request('https://console.test/api/key-manager/keys'))
  expect(finds(await told.json(), wrapped)).toEqual([])
})
