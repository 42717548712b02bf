import type { Cell, Column, Head } from './column.ts'

/** A list as it was found, whole: how many rows it has, and what stands in each of them. */
export interface FoundList {
  heads: readonly Head[]
  total: number
  /** The cells of the rows from the place `from` up to `to`, which is not among them. */
  read: (from: number, to: number) => Promise<Cell[][]>
}

/**
 * @param found what there is of each row: the row, or what it is read by
 * @param rowsOf reads the rows of some of it; where one is gone by then, nothing of the list must go
 */
export const foundList = <Found, Row>(
  columns: readonly Column<Row>[],
  found: readonly Found[],
  rowsOf: (some: readonly Found[]) => Promise<readonly Row[]>
): FoundList => ({
  heads: columns,
  total: found.length,
  async read(from, to) {
    const wanted = found.slice(from, to)
    const rows = await rowsOf(wanted)
    if (rows.length !== wanted.length) throw new Error('A row of the list is gone')
    return rows.map((row) => columns.map(({ cell }) => cell(row)))
  }
})

/** The same of rows that are read already. */
export const listOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): FoundList =>
  foundList(columns, rows, (some) => Promise.resolve(some))

interface Page<Row> {
  rows: readonly Row[]
  /** Where the next page goes on; '' at the end. */
  next: string
}

/** Every row of a list that the screen shows a page at a time, by the same read. */
export async function everyRow<Row>(
  page: (after: string) => Promise<Page<Row>>,
  giveWay: () => Promise<void>
): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | undefined = ''; after !== undefined;) {
    const answer: Page<Row> = await page(after)
    rows.push(...answer.rows)
    after = answer.next === '' ? undefined : answer.next
    await giveWay()
  }
  return rows
}
