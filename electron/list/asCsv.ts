import { stringify } from 'csv-stringify/sync'
import type { Cell, ColumnKind, Head } from './column.ts'
import { shortDate, toldOnce, yesOrNo, type Told } from './told.ts'

/** Lines of CSV for a spreadsheet (L26): UTF-8 with its mark, and no cell that it would take for a formula. */
export interface Csv {
  header(): string
  rows(rows: readonly (readonly Cell[])[]): string
}

export function asCsv(heads: readonly Head[]): Csv {
  const told = toldOnce()
  const writers = heads.map(({ kind }) => writerOf(kind, told))
  return {
    header: () => stringify([heads.map(({ label }) => label)], { bom: true }),
    rows: (rows) =>
      stringify(
        rows.map((cells) => cells.map((cell, place) => uncovered(writers[place]?.(cell) ?? ''))),
        { escape_formulas: true }
      )
  }
}

function writerOf(kind: ColumnKind, { londonDay, londonTime, phone }: Told): (cell: Cell) => string {
  const orNothing = (write: (text: string) => string) => (cell: Cell) =>
    typeof cell === 'string' && cell !== '' ? write(cell) : ''
  switch (kind) {
    case 'text':
      return orNothing((text) => text)
    case 'phone':
      return orNothing(phone)
    case 'date':
      return orNothing(shortDate)
    case 'day':
      return orNothing((at) => shortDate(londonDay(at)))
    case 'time':
      return orNothing(londonTime)
    case 'instant':
      return orNothing((at) => `${shortDate(londonDay(at))} ${londonTime(at)}`)
    case 'number':
      return (cell) => (typeof cell === 'number' ? String(cell) : '')
    case 'yes-no':
      return (cell) => (typeof cell === 'boolean' ? yesOrNo(cell) : '')
  }
}

/** A sign that begins a formula, behind what cannot be seen: the escaping looks at the first character alone. */
const HIDDEN_SIGN = /^[\s\p{Cc}\p{Cf}]+(?=[=+\-@＝＋－＠])/u

/** Most begin with a letter or a digit: to ask that first costs a twentieth. */
const uncovered = (text: string): string =>
  text > '!' && text < '\u007f' ? text : text.replace(HIDDEN_SIGN, '')
