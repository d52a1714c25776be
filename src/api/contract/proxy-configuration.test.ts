import { describe, expect, test } from 'vitest'
import {
  maxConfigurationBytes,
  readProxyConfiguration,
  writeProxyConfiguration,
  type ProxyConfiguration,
} from './proxy-configuration.ts'

const read = (text: string) => readProxyConfiguration(new TextEncoder().encode(text))

const whole: ProxyConfiguration = {
  Endpoint: 'xki.example.com',
  UriPathPrefix: '/payments',
  CertificateFingerprint: `sha256-${'0'.repeat(64)}`,
  Dialect: 'xki',
  AccessKeyId: 'A'.repeat(26),
  AccessKeySecret: 'a'.repeat(44),
}

test('what is written is read', () => {
  expect(read(writeProxyConfiguration(whole))).toEqual({ ok: true, configuration: whole })
})

test('the import file of XKS fills path and credential', () => {
  const text = JSON.stringify({
    XksProxyUriPath: '/payments/kms/xks/v1',
    XksProxyAuthenticationCredential: { AccessKeyId: 'ID', RawSecretAccessKey: 'secret' },
  })
  expect(read(text)).toEqual({
    ok: true,
    configuration: { Dialect: 'xks-v1', UriPathPrefix: '/payments', AccessKeyId: 'ID', AccessKeySecret: 'secret' },
  })
})

describe('a bad file says what is wrong with it', () => {
  test.each([
    ['', { code: 'notJson' }],
    ['{', { code: 'notJson' }],
    ['[]', { code: 'notObject' }],
    ['"text"', { code: 'notObject' }],
    ['{}', { code: 'nothing' }],
    ['{"Port":"443"}', { code: 'unknownField', field: 'Port' }],
    ['{"__proto__":"x"}', { code: 'unknownField', field: '__proto__' }],
    ['{"Endpoint":443}', { code: 'fieldNotText', field: 'Endpoint' }],
    ['{"Dialect":"grpc"}', { code: 'dialect', field: 'Dialect' }],
    ['{"XksProxyUriPath":"/a","Other":"x"}', { code: 'unknownField', field: 'Other' }],
    [`{"Endpoint":"${'a'.repeat(maxConfigurationBytes)}"}`, { code: 'tooLarge' }],
  ])('%.40s', (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem })
  })

  test('bytes that are no UTF-8', () => {
    expect(readProxyConfiguration(new Uint8Array([0xff, 0xfe]))).toEqual({ ok: false, problem: { code: 'notText' } })
  })
})
