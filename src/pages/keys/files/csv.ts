/** Comma-separated values as spreadsheets read them (RFC 4180), in which no cell is taken for a formula. */

/** A spreadsheet may run what a cell begins with one of these, the full-width ones too. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell's text, harmless and quoted where it must be. */
export function csvCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Begins with a byte order mark: without it a spreadsheet does not read Chinese. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`
