import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, csvText } from './csv.ts'

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  [' padded ', '" padded "'],
  ['=1+1', "'=1+1"],
  ['+86 10', "'+86 10"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['=cmd,"x"', '"\'=cmd,""x"""'],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
])('%j is written as %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

/** A plain reader of RFC 4180. */
function read(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const one = text[at]
    if (quoted && one === '"' && text[at + 1] === '"') cell += text[++at]
    else if (one === '"') quoted = !quoted
    else if (!quoted && one === ',') [row, cell] = [[...row, cell], '']
    else if (!quoted && one === '\r' && text[at + 1] === '\n') {
      at += 1
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
    } else cell += one
  }
  return rows
}

const texts = fc.oneof(fc.string(), fc.stringMatching(/^[=+\-@,"\r\n a]*$/))

test('what is written is read back, but for the mark that disarms a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const text = csvText(rows)
      expect(text.startsWith('\uFEFF')).toBe(true)
      const back = read(text.slice(1))
      expect(back.map((cells) => cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')))).toEqual(
        rows.map((cells) => cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, ''))),
      )
      for (const cell of back.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
    }),
  )
})
