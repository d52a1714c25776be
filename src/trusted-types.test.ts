import { describe, expect, test } from 'vitest'
import { admittedScript } from './trusted-types.ts'

const page = 'https://console.example/kms/keys/key-1?region=cn-hangzhou'
const admit = (text: string): string => admittedScript(text, page, '/kms/')

describe('the Trusted Types policy', () => {
  test.each([
    ['/kms/mockServiceWorker.js', 'https://console.example/kms/mockServiceWorker.js'],
    ['https://console.example/kms/mockServiceWorker.js', 'https://console.example/kms/mockServiceWorker.js'],
    ['/kms/assets/emulator-worker-Ab_9-xYz.js', 'https://console.example/kms/assets/emulator-worker-Ab_9-xYz.js'],
  ])('admits %s', (text, whole) => {
    expect(admit(text)).toBe(whole)
  })

  test.each([
    'mockServiceWorker.js',
    '/mockServiceWorker.js',
    '/kms/mockServiceWorker.js?x',
    '/kms/mockServiceWorker.js#x',
    '/kms/assets/../other.js',
    '/kms/assets/index-Ab_9-xYz.js',
    '/kms/assets/emulator-worker-Ab_9-xYz.js?x',
    '/kms/assets/emulator-worker-Ab_9-xYz.js.map',
    '/kms/assets/emulator-worker-.js',
    '/kms/assets/x/emulator-worker-Ab_9-xYz.js',
    'https://other.example/kms/mockServiceWorker.js',
    '//other.example/kms/mockServiceWorker.js',
    'http://console.example/kms/mockServiceWorker.js',
    'https://console.example@other.example/kms/mockServiceWorker.js',
    'data:text/javascript,1',
    'blob:https://console.example/0',
    'javascript:1',
    '',
  ])('refuses %s', (text) => {
    expect(() => admit(text)).toThrow(TypeError)
  })
})
