import { expect, test } from 'vitest'
import { toXml } from './xml.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>'

test('an answer is its fields as elements, arrays as their element repeated', () => {
  const body = { Keys: { Key: [{ KeyId: 'a' }, { KeyId: 'b' }] }, TotalCount: 2, Rest: [], None: null, Left: undefined }
  expect(toXml('ListKeys', body)).toBe(
    `${head}<ListKeysResponse><Keys><Key><KeyId>a</KeyId></Key><Key><KeyId>b</KeyId></Key></Keys><TotalCount>2</TotalCount></ListKeysResponse>`,
  )
})

test('text is escaped, and what XML cannot hold is replaced', () => {
  expect(toXml(null, { Message: 'a < b & c > d\r\n\u0000\ud800🔑' })).toBe(
    `${head}<Error><Message>a &lt; b &amp; c &gt; d&#13;\n\ufffd\ufffd🔑</Message></Error>`,
  )
})
