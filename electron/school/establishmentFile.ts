import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse, type CsvError, type Info } from 'csv-parse'
import {
  findColumns,
  laNameOf,
  readEstablishment,
  type Columns,
  type Establishment
} from '../../shared/school/establishment.ts'

/** The directory is Hertfordshire's: rows of other authorities are counted and left out. */
const AUTHORITY = 'Hertfordshire'
const MOST_BYTES = 300_000_000
/** A row of the Department's file has some 4,000 characters; one without an end is a stray quotation mark. */
const LONGEST_ROW = 100_000
const REFUSED_SHOWN = 50

export type FileRow = Extract<Establishment, { kind: 'school' }>

export interface EstablishmentFile {
  fileName: string
  sha256: string
  /** Hertfordshire's, one for each URN. */
  schools: FileRow[]
  rows: number
  otherAuthorities: number
  /** The first of them; `refusedCount` counts all. */
  refused: { line: number; reason: string }[]
  refusedCount: number
}

/** The file is no list of schools. `message` says why, in words for the person who chose it. */
export class NotAList extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NotAList'
  }
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
  const { encoding, sha256 } = await look(path, options.signal)
  const list = collect(options)
  let lastLine = 0
  const parser = parse({
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW
  })
  try {
    await pipeline(
      createReadStream(path, { signal: options.signal }),
      decoded(encoding),
      parser,
      async (rows: AsyncIterable<{ record: string[]; info: Info }>) => {
        for await (const { record, info } of rows) {
          lastLine = info.lines
          list.take(record, info.lines)
        }
      }
    )
  } catch (error) {
    if (isCsvError(error)) {
      throw new NotAList(
        `The row after line ${lastLine} has no end. Look there for a quotation mark too many.`
      )
    }
    throw error
  }
  return { fileName: basename(path), sha256, ...list.end() }
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

/** A first time through: an accent that tells how the file is encoded may come on its last line. */
async function look(path: string, signal: AbortSignal): Promise<{ encoding: string; sha256: string }> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) throw new NotAList('The file cannot be opened.')
  if (file.size > MOST_BYTES) throw new NotAList('The file is larger than 300 MB.')
  const hash = createHash('sha256')
  const strict = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  for await (const bytes of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    hash.update(bytes)
    isUtf8 &&= decodes(strict, bytes)
  }
  return { encoding: isUtf8 ? 'utf-8' : 'windows-1252', sha256: hash.digest('hex') }
}

function decodes(strict: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

const decoded = (encoding: string) =>
  async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding)
    for await (const bytes of pieces) yield decoder.decode(bytes, { stream: true })
    yield decoder.decode()
  }

/** Takes the rows one by one: the first names the columns, the others are schools, someone else's, or refused. */
function collect({ codes, progress }: ReadOptions) {
  let columns: Columns | undefined
  const lineOf = new Map<string, number>()
  const list: Omit<EstablishmentFile, 'fileName' | 'sha256'> = {
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
