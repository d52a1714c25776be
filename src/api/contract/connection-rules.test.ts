import { expect, test } from 'vitest'
import {
  canonicalFingerprint,
  fingerprintProblem,
  instanceNameProblem,
  proxyAccessKeyIdProblem,
  proxyAccessKeySecretProblem,
  proxyHostProblem,
  uriPathPrefixProblem,
  vSwitchesProblem,
  zonesProblem,
} from './connection-rules.ts'

test.each([
  ['xki.example.com', null],
  ['XKI.Example.com:8443', null],
  ['', 'required'],
  ['localhost', 'host'],
  ['xki.example.com:0', 'host'],
  ['xki.example.com:65536', 'host'],
  ['-a.example.com', 'host'],
  ['密钥.example.com', 'host'],
  ['10.0.0.1', 'hostIsAddress'],
  ['[::1]', 'hostIsAddress'],
  ['https://xki.example.com', 'hostWithScheme'],
  ['user@xki.example.com', 'hostWithScheme'],
  [`${'a'.repeat(64)}.example.com`, 'host'],
] as const)('the host %s: %s', (host, problem) => {
  expect(proxyHostProblem(host)).toBe(problem)
})

test.each([
  ['', null],
  ['/a', null],
  [`/${'a'.repeat(116)}`, null],
  [`/${'a'.repeat(117)}`, 'prefixLength'],
  ['a', 'prefixStart'],
  ['/a/', 'prefixEnd'],
  ['/a//b', 'prefixCharacters'],
  ['/a b', 'prefixCharacters'],
  ['/a/kms/xki/v1', 'prefixProtocol'],
] as const)('the prefix %s: %s', (prefix, problem) => {
  expect(uriPathPrefixProblem(prefix, 'xks-v1')).toBe(problem)
})

test('fingerprints as tools print them', () => {
  const plain = '0123456789abcdef'.repeat(4)
  const colons = plain.toUpperCase().match(/../g)!.join(':')
  for (const text of [plain, `sha256-${plain}`, colons, `SHA256 Fingerprint=${colons}`, ` sha-256: ${plain} `])
    expect(canonicalFingerprint(text), text).toBe(`sha256-${plain}`)
  for (const [text, problem] of [
    ['', 'required'],
    [`sm3-${plain}`, 'fingerprintAlgorithm'],
    [plain.slice(1), 'fingerprint'],
    [`${plain.slice(1)}g`, 'fingerprint'],
  ] as const)
    expect(fingerprintProblem(text)).toBe(problem)
})

test('names and credentials at their limits', () => {
  expect([instanceNameProblem('a'.repeat(128)), instanceNameProblem('a'.repeat(129)), instanceNameProblem('')]).toEqual(
    [null, 'instanceName', 'required'],
  )
  for (const [length, problem] of [
    [19, 'accessKeyId'],
    [20, null],
    [30, null],
    [31, 'accessKeyId'],
  ] as const)
    expect(proxyAccessKeyIdProblem('A'.repeat(length))).toBe(problem)
  for (const [length, problem] of [
    [42, 'accessKeySecret'],
    [43, null],
    [64, null],
    [65, 'accessKeySecret'],
  ] as const)
    expect(proxyAccessKeySecretProblem('a'.repeat(length))).toBe(problem)
})

test('zones and vSwitches', () => {
  const three = ['a', 'b', 'c']
  expect(zonesProblem(['a', 'b'], three)).toBeNull()
  expect(zonesProblem(three, three)).toBeNull()
  expect(zonesProblem(['a'], three)).toBe('zoneCount')
  expect(zonesProblem(['a'], ['a'])).toBeNull()
  expect(zonesProblem(['a', 'd'], three)).toBe('zoneUnknown')
  expect(zonesProblem(['a', 'a'], three)).toBe('zoneTwice')
  expect(zonesProblem([], three)).toBe('required')
  const one = { VSwitchId: 'vsw-1', ZoneId: 'a', AvailableIpAddressCount: 1 }
  const full = { VSwitchId: 'vsw-2', ZoneId: 'b', AvailableIpAddressCount: 0 }
  expect(vSwitchesProblem(['vsw-1'], ['a', 'b'], [one, full])).toBeNull()
  expect(vSwitchesProblem(['vsw-2'], ['a', 'b'], [one, full])).toBe('vSwitchFull')
  expect(vSwitchesProblem(['vsw-2'], ['a'], [one, full])).toBe('vSwitchZone')
  expect(vSwitchesProblem(['vsw-3'], ['a'], [one, full])).toBe('vSwitchUnknown')
  expect(vSwitchesProblem(['vsw-1', 'vsw-1'], ['a'], [one])).toBe('vSwitchTwice')
  expect(vSwitchesProblem([], ['a'], [one])).toBe('required')
})
