import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { NotJson, readItems, type JsonItem } from '../../shared/import/json.ts'
import { mustNotBeUtf16, NotAList, type CsvFile } from './csvFile.ts'
import { takeTurns } from './turns.ts'

/** All of it is held in memory while it is read. */
const MOST_BYTES = 50_000_000

export interface JsonFile extends CsvFile {
  /** What stands in the file beside the list. */
  rest: Record<string, unknown>
}

/**
 * Reads a file of JSON whose list of this name may be long: the thread's other work goes on between its items. `take` is
 * given each with its place in the list.
 *
 * @throws NotAList where it cannot be read to its end
 */
export async function readJsonFile(
  path: string,
  list: string,
  signal: AbortSignal,
  take: (item: JsonItem, index: number) => void
): Promise<JsonFile> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) throw new NotAList('The file cannot be opened.')
  if (file.size > MOST_BYTES) throw new NotAList('The file is larger than 50 MB. Split it up.')
  const bytes = await readFile(path, { signal })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  try {
    const rest = await takeItems(readItems(decoded(bytes), list), signal, take)
    return { fileName: basename(path), sha256, rest }
  } catch (error) {
    if (error instanceof NotJson) {
      throw new NotAList(`Line ${error.line.toLocaleString('en-GB')} of the file: ${error.message}.`)
    }
    throw error
  }
}

/** RFC 8259: JSON is UTF-8. What is not may look right but for the names that have an accent. */
function decoded(bytes: Buffer): string {
  mustNotBeUtf16(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new NotAList('The file is not encoded as UTF-8. Save it as UTF-8.')
  }
}

async function takeItems(
  items: ReturnType<typeof readItems>,
  signal: AbortSignal,
  take: (item: JsonItem, index: number) => void
): Promise<Record<string, unknown>> {
  const others = takeTurns(signal)
  for (let index = 0; ; index++) {
    const next = items.next()
    if (next.done) return next.value
    take(next.value, index)
    await others()
  }
}
