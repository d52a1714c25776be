import { describe, expect, it } from 'vitest'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { chosenInstance, createRefusal, presetInstance } from './instances.ts'

const instance = (
  InstanceId: string,
  Status: KmsInstance['Status'],
  InstanceType?: KmsInstance['InstanceType'],
): KmsInstance => ({ InstanceId, InstanceName: InstanceId, Status, ...(InstanceType ? { InstanceType } : {}) })

const software = instance('kst-software', 'Connected', 'Software')
const hardware = instance('kst-hardware', 'Connected', 'Hardware')
const broken = instance('kst-broken', 'Disconnected', 'External')
const external = instance('kst-external', 'Connected', 'External')

describe('presetInstance', () => {
  it('prefers a connected external instance, then any external one, then the first', () => {
    expect(presetInstance([software, broken, external])).toBe(external)
    expect(presetInstance([software, broken])).toBe(broken)
    expect(presetInstance([software, hardware])).toBe(software)
    expect(presetInstance([])).toBeUndefined()
  })

  it('takes the oldest of several', () => {
    const newer = { ...external, InstanceId: 'kst-newer', CreateTime: '2026-03-01T00:00:00Z' }
    const older = { ...external, InstanceId: 'kst-older', CreateTime: '2025-03-01T00:00:00Z' }
    expect(presetInstance([external, newer, older])).toBe(older)
  })
})

it('a link names its instance, and does not silently show another', () => {
  expect(chosenInstance([external, software], 'kst-software')).toBe(software)
  expect(chosenInstance([external, software], 'kst-elsewhere')).toBeUndefined()
})

describe('createRefusal', () => {
  it.each([
    [external, null],
    [software, null],
    [hardware, null],
    [broken, 'external.Disconnected'],
    [instance('kst-new', 'Uninitialized', 'External'), 'external.Uninitialized'],
    [instance('kst-down', 'Error', 'Hardware'), 'other.Error'],
    [instance('kst-plain', 'Connected'), 'typeUnknown'],
  ])('of %j is %s', (given, refusal) => {
    expect(createRefusal(given)).toBe(refusal)
  })
})
