import {
  findColumns,
  laNameOf,
  readEstablishment,
  type Columns,
  type Establishment
} from '../../shared/school/establishment.ts'
import { NotAList, readCsvFile, type CsvFile } from '../import/csvFile.ts'

/** The directory is Hertfordshire's: rows of other authorities are counted and left out. */
const AUTHORITY = 'Hertfordshire'
const REFUSED_SHOWN = 50

export type FileRow = Extract<Establishment, { kind: 'school' }>

export interface EstablishmentFile extends CsvFile {
  /** Hertfordshire's, one for each URN. */
  schools: FileRow[]
  rows: number
  otherAuthorities: number
  /** The first of them; `refusedCount` counts all. */
  refused: { line: number; reason: string }[]
  refusedCount: number
}

export interface ReadOptions {
  codes: ReadonlyMap<string, string>
  signal: AbortSignal
  progress: (rows: number) => void
}

/**
 * Reads a file of establishments as a stream: the thread's other work goes on between two pieces of it.
 *
 * @throws NotAList where it cannot be read to its end
 */
export async function readEstablishmentFile(path: string, options: ReadOptions): Promise<EstablishmentFile> {
  const list = collect(options)
  const file = await readCsvFile(path, options.signal, (row, line) => {
    list.take(row, line)
  })
  return { ...file, ...list.end() }
}

/** Takes the rows one by one: the first names the columns, the others are schools, someone else's, or refused. */
function collect({ codes, progress }: ReadOptions) {
  let columns: Columns | undefined
  const lineOf = new Map<string, number>()
  const list: Omit<EstablishmentFile, keyof CsvFile> = {
    schools: [],
    rows: 0,
    otherAuthorities: 0,
    refused: [],
    refusedCount: 0
  }

  function refuseRow(line: number, reason: string) {
    list.refusedCount++
    if (list.refused.length < REFUSED_SHOWN) list.refused.push({ line, reason })
  }

  function takeRow(known: Columns, record: string[], line: number) {
    const authority = laNameOf(known, record)
    if (authority !== '' && authority !== AUTHORITY) return list.otherAuthorities++
    const read = readEstablishment(known, record, codes)
    if (read.kind === 'refused') return refuseRow(line, read.reason)
    if (authority === '') return refuseRow(line, 'The row names no local authority')
    const before = lineOf.get(read.urn)
    if (before !== undefined) return refuseRow(line, `URN ${read.urn} is on line ${before} already`)
    lineOf.set(read.urn, line)
    list.schools.push(read)
  }

  return {
    take(record: string[], line: number) {
      if (columns) {
        takeRow(columns, record, line)
        progress(++list.rows)
      } else columns = columnsOf(record)
    },
    end() {
      if (!columns) throw new NotAList('The file is empty.')
      return list
    }
  }
}

function columnsOf(header: string[]): Columns {
  const found = findColumns(header)
  if (!('missing' in found)) return found
  throw new NotAList(`The file has no column ${found.missing.map((name) => `“${name}”`).join(', ')}.`)
}
