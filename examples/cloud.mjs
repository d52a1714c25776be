// Starts the cloud in this process and encrypts with an external key, signing by hand (ACS3-HMAC-SHA256) where you would use an SDK.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { startCloud } from 'kms-console/cloud'

const cloud = await startCloud()
const [{ accessKeyId, accessKeySecret }] = cloud.identities
const sha256 = (text) => createHash('sha256').update(text).digest('hex')

async function call(action, parameters) {
  const body = new URLSearchParams(parameters).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    host: new URL(cloud.kms).host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': new Date().toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': '2016-01-20',
  }
  const names = Object.keys(headers).sort()
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const canonical = ['POST', '/', '', lines, names.join(';'), sha256(body)].join('\n')
  const text = `ACS3-HMAC-SHA256\n${sha256(canonical)}`
  const signature = createHmac('sha256', accessKeySecret).update(text).digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
  const answer = await fetch(cloud.kms, { method: 'POST', headers: { ...headers, authorization }, body })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

const { KeyMetadata } = await call('CreateKey', {
  DKMSInstanceId: cloud.externalInstance,
  ExternalKeyId: cloud.externalKeyId,
})
const { CiphertextBlob } = await call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: btoa('hello') })
const { Plaintext } = await call('Decrypt', { CiphertextBlob })
console.log(KeyMetadata.KeyId, atob(Plaintext))
await cloud.close()
