import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse, type CsvError, type Info } from 'csv-parse'

/** Of a file whose rows are not kept. */
const MOST_BYTES = 300_000_000
/** A row of the longest file that we read has some 4,000 characters; one without an end is a stray quotation mark. */
const LONGEST_ROW = 100_000

export interface CsvFile {
  fileName: string
  sha256: string
}

/** The file is no list. `message` says why, in words for the person who chose it. */
export class NotAList extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NotAList'
  }
}

/**
 * Reads a CSV file as a stream: the thread's other work goes on between two pieces of it. `take` is given each row that
 * is not empty, the first with the names of the columns, and the line on which it ends. Whoever keeps the rows in memory says
 * how many bytes it has room for.
 *
 * @throws NotAList where it cannot be read to its end
 */
export async function readCsvFile(
  path: string,
  signal: AbortSignal,
  take: (row: string[], line: number) => void,
  mostBytes = MOST_BYTES
): Promise<CsvFile> {
  const { encoding, sha256 } = await look(path, mostBytes, signal)
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
      createReadStream(path, { signal }),
      decoded(encoding),
      parser,
      async (rows: AsyncIterable<{ record: string[]; info: Info }>) => {
        for await (const { record, info } of rows) {
          lastLine = info.lines
          take(record, info.lines)
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
  return { fileName: basename(path), sha256 }
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

/** A first time through: an accent that tells how the file is encoded may come on its last line. */
async function look(
  path: string,
  mostBytes: number,
  signal: AbortSignal
): Promise<{ encoding: string; sha256: string }> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) throw new NotAList('The file cannot be opened.')
  if (file.size > mostBytes)
    throw new NotAList(`The file is larger than ${String(mostBytes / 1_000_000)} MB. Split it up.`)
  const hash = createHash('sha256')
  const strict = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let isFirst = true
  for await (const bytes of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    if (isFirst) mustNotBeUtf16(bytes)
    isFirst = false
    hash.update(bytes)
    isUtf8 &&= decodes(strict, bytes)
  }
  return { encoding: isUtf8 ? 'utf-8' : 'windows-1252', sha256: hash.digest('hex') }
}

/**
 * Read as anything else, each of its characters would be two.
 *
 * @throws NotAList
 */
export function mustNotBeUtf16(bytes: Uint8Array): void {
  const [first, second] = bytes
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (isMarked || first === 0 || second === 0) {
    throw new NotAList('The file is encoded as UTF-16. Save it as UTF-8.')
  }
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
