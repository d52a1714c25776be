import { expect, test } from 'vitest'
import { cloudAddress } from './cloud-address.ts'

const page = 'http://127.0.0.1:4180/keys/alias%2Fa?region=cn-hangzhou'

test.each([
  ['/', undefined, 'http://127.0.0.1:4180/'],
  ['http://127.0.0.1:9000', undefined, 'http://127.0.0.1:9000/'],
  ['https://kms.corp.example/cloud?x=1#y', undefined, 'https://kms.corp.example/cloud/'],
  [null, 'http://127.0.0.1:4180', 'http://127.0.0.1:4180/'],
  ['/', 'http://elsewhere.example/', 'http://127.0.0.1:4180/'],
])('the page says %s, the build %s: %s', (said, built, expected) => {
  expect(cloudAddress(said, built, page)?.href).toBe(expected)
})

test.each([
  [null, undefined],
  ['', ''],
])('nobody says anything: %s, %s', (said, built) => {
  expect(cloudAddress(said, built, page)).toBeNull()
})
