// An official SDK of Alibaba Cloud against the cloud on this computer: encrypts and decrypts with an external key of the default scenario.
// To use it elsewhere: npm install @alicloud/kms20160120@1.2.0
import { createRequire } from 'node:module'
import { startCloud } from 'kms-console/cloud'

const require = createRequire(import.meta.url)
const { default: Kms, EncryptRequest, DecryptRequest } = require('@alicloud/kms20160120')

const cloud = await startCloud()
const [{ accessKeyId, accessKeySecret }] = cloud.identities
const kms = new Kms({
  type: 'access_key',
  accessKeyId,
  accessKeySecret,
  regionId: 'cn-hangzhou',
  protocol: 'http',
  endpoint: new URL(cloud.kms).host,
})

const keyId = 'alias/orders/db'
const encryptionContext = { purpose: 'example' }
const { ciphertextBlob } = await kms.encrypt(new EncryptRequest({ keyId, plaintext: btoa('hello'), encryptionContext }))
const { plaintext } = await kms.decrypt(new DecryptRequest({ ciphertextBlob, encryptionContext }))
console.log(keyId, atob(plaintext))
await cloud.close()
