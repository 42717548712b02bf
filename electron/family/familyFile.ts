import type { ImportProblem } from '../../shared/family/import.ts'
import {
  findImportColumns,
  readImportedRow,
  type ColumnPlaces,
  type ImportedRow,
  type Importing
} from '../../shared/family/importRow.ts'
import { NotAList, readCsvFile, type CsvFile } from '../import/csvFile.ts'

/** All of it is held in memory until it is stored. */
const MOST_ROWS = 200_000
/** One more than a family may have: of a key that stands on every row no more is kept. */
const ROWS_KEPT = 31

/** The rows of one family, and what must be put right in them. */
export interface FileFamily {
  key: string
  rows: ImportedRow[]
  problems: ImportProblem[]
}

export interface FamilyFile extends CsvFile {
  /** In the order in which they begin in the file. */
  families: FileFamily[]
  /** Rows that name no family. */
  loose: ImportProblem[]
  rows: number
  unreadColumns: string[]
}

export interface ReadOptions extends Importing {
  signal: AbortSignal
  progress: (rows: number) => void
}

/**
 * Reads a file of families as a stream: the thread's other work goes on between two pieces of it.
 *
 * @throws NotAList where it cannot be read to its end
 */
export async function readFamilyFile(path: string, options: ReadOptions): Promise<FamilyFile> {
  const list = collect(options)
  const file = await readCsvFile(path, options.signal, (row, line) => {
    list.take(row, line)
  })
  return { ...file, ...list.end() }
}

/** Takes the rows one by one: the first names the columns, the others are people, who are put together by family. */
function collect({ progress, ...about }: ReadOptions) {
  let places: ColumnPlaces | undefined
  let rows = 0
  const loose: ImportProblem[] = []
  const families = new Map<string, FileFamily>()

  function takeRow(known: ColumnPlaces, cells: string[], line: number) {
    if (++rows > MOST_ROWS) {
      throw new NotAList(`The file has more than ${MOST_ROWS.toLocaleString('en-GB')} rows. Split it up.`)
    }
    const { row, problems } = readImportedRow(known, cells, line, about)
    if (row.key === '') return loose.push(...problems)
    const family = families.get(row.key) ?? { key: row.key, rows: [], problems: [] }
    families.set(row.key, family)
    if (family.rows.length === ROWS_KEPT) return
    family.rows.push(row)
    family.problems.push(...problems)
  }

  return {
    take(cells: string[], line: number) {
      if (cells.every((cell) => cell.trim() === '')) return
      if (places) takeRow(places, cells, line)
      else places = placesOf(cells)
      progress(rows)
    },
    end(): Omit<FamilyFile, keyof CsvFile> {
      if (!places) throw new NotAList('The file is empty.')
      return { families: [...families.values()], loose, rows, unreadColumns: places.unread }
    }
  }
}

function placesOf(header: string[]): ColumnPlaces {
  const found = findImportColumns(header)
  if (!('missing' in found)) return found
  throw new NotAList(`The file has no column ${found.missing.map((name) => `“${name}”`).join(', ')}.`)
}
