import { expect, test } from 'vitest'
import { placeAfterKey, rowsOf, type PrincipalRow } from './cells.ts'
import { columnsOf } from './columns.ts'

const principal = (Name: string, Cells: string): PrincipalRow => ({
  PrincipalArn: `acs:ram::1203456789012345:user/${Name}`,
  AccountId: '1203456789012345',
  Kind: 'user',
  Name,
  DisplayName: '',
  Exists: true,
  Cells,
})

const access = {
  Principals: { Principal: [principal('li', 'ADN'), principal('wu', 'NNA')] },
  Obstacles: {
    Obstacle: [
      { Permission: 'kms:Decrypt', Reason: 'State' as const, ErrorCode: 'Rejected.Disabled', Hop: '', Cause: '' },
    ],
  },
}

test('an obstacle makes impossible what is granted, and nothing else', () => {
  const columns = columnsOf(['kms:Encrypt', 'kms:EnableKey', 'kms:Decrypt'])
  expect(columns.map(({ name }) => name)).toEqual(['Encrypt', 'Decrypt', 'EnableKey'])
  expect(rowsOf(access, columns).map(({ states }) => states)).toEqual([
    ['allowed', 'none', 'denied'],
    ['none', 'impossible', 'none'],
  ])
  expect(rowsOf(access, columns, 'denied').map(({ principal: { Name } }) => Name)).toEqual(['li'])
  expect(rowsOf(access, columnsOf(['kms:Encrypt', 'kms:EnableKey', 'kms:Decrypt'], 'read'), 'denied')).toEqual([])
})

test.each([
  ['ArrowDown', false, { row: 6, column: 2 }],
  ['ArrowLeft', false, { row: 5, column: 1 }],
  ['PageDown', false, { row: 7, column: 2 }],
  ['PageUp', false, { row: 0, column: 2 }],
  ['Home', false, { row: 5, column: 0 }],
  ['End', false, { row: 5, column: 3 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 7, column: 3 }],
  ['x', false, null],
])('%s (Ctrl: %s)', (key, ctrlKey, place) => {
  expect(placeAfterKey({ key, ctrlKey }, { row: 5, column: 2 }, { rows: 8, columns: 4 })).toEqual(place)
})
