import { createHash } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { listFileName, type ListExport, type ListFormat } from '../../shared/list/list.ts'
import { londonDate } from '../../shared/time/london.ts'
import { listWords } from '../../shared/words/list.ts'
import { leave, type Content, type Hashes, type Mine } from '../export/leaving.ts'
import { giveWay, type ExportStep } from '../export/underWay.ts'
import type { ZipFile } from '../export/zipFile.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { asCsv } from './asCsv.ts'
import { asXlsx, type Sheet } from './asXlsx.ts'
import type { Cell } from './column.ts'
import { findList } from './findList.ts'
import type { FoundList } from './foundList.ts'
import { mustBeComplete } from './prepareList.ts'

/** What main's dialog added to what was typed. */
export interface ListToWrite extends ListExport {
  reference: string
  path: string
}

/** Rows in one turn: whoever types waits for no more than this. */
const CHUNK = 200

/**
 * Rows of one sheet; more begin another. Excel holds 1,048,576, but a part of a workbook may not grow beyond 4 GB, which
 * this many of the longest calls that people write do not.
 */
const ROWS_OF_SHEET = 200_000

/**
 * Writes a list to the file that main's dialog gave, as it stands when it begins.
 *
 * @throws Refusal not-allowed, invalid (by field), clashing-id, export-running
 */
export const writeList: Job<ListToWrite, ExportStep> = async (store, wanted, actor) => {
  await store.read((db) => mustBeComplete(db, wanted, actor))
  return leave(
    store,
    {
      ...{ id: wanted.id, path: wanted.path, reference: wanted.reference, familyId: '' },
      ...{ operation: 'list.save', subjectIds: [wanted.id] },
      ...{ isProtected: wanted.isProtected, isZip: wanted.isProtected },
      gather: (turn) => contentOf(store, wanted, actor, turn)
    },
    actor
  )
}

async function contentOf(
  store: Store,
  wanted: ListToWrite,
  actor: Actor,
  turn: () => Promise<void>
): Promise<Content> {
  const list = await findList(store, wanted.query, actor, turn)
  return {
    ...{ included: list.total, excluded: 0 },
    write: (zip, mine) => write(zip, mine, list, wanted, actor),
    ending: (hashes) => Promise.resolve({ row: rowOf(hashes, list.total, wanted, actor), shared: null })
  }
}

/** @returns the SHA-256 of its labels and rows, each as JSON on a line of its own */
async function write(
  zip: ZipFile,
  mine: Mine,
  list: FoundList,
  { query, format, reference }: ListToWrite,
  actor: Actor
): Promise<string> {
  const hash = createHash('sha256')
  const add = (rows: readonly (readonly Cell[])[]) =>
    hash.update(rows.map((cells) => `${JSON.stringify(cells)}\n`).join(''))
  add([list.heads.map(({ label }) => label)])
  async function* rows(from: number, to: number): AsyncGenerator<Cell[][]> {
    for (let at = from; at < to; at += CHUNK) {
      const some = await list.read(at, Math.min(at + CHUNK, to))
      add(some)
      yield some
      mine.progress = { stage: 'running', done: at + some.length, total: list.total, part: 0, parts: 0 }
      await giveWay(mine)
    }
  }
  const content =
    format === 'csv'
      ? csvOf(list, rows(0, list.total))
      : asXlsx(list.heads, sheetsOf(listWords[query.list].title, list.total, rows), actor.now)
  const entry = listFileName(query.list, reference, londonDate(actor.now), format)
  await zip.add(entry, content, isPacked(format))
  return hash.digest('hex')
}

/** A workbook is a zip itself. */
const isPacked = (format: ListFormat): boolean => format === 'xlsx'

async function* csvOf({ heads }: FoundList, rows: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  const csv = asCsv(heads)
  yield Buffer.from(csv.header())
  for await (const some of rows) yield Buffer.from(csv.rows(some))
}

/** At least one, however few rows there are. */
export function sheetsOf(
  title: string,
  total: number,
  rows: (from: number, to: number) => AsyncIterable<Cell[][]>,
  most = ROWS_OF_SHEET
): Sheet[] {
  const count = Math.max(1, Math.ceil(total / most))
  return Array.from({ length: count }, (_, place) => ({
    name: count === 1 ? title : `${title} ${String(place + 1)}`,
    rows: () => rows(place * most, Math.min((place + 1) * most, total))
  }))
}

/** What left, and what for: of which list, and not how it was narrowed, which may name somebody. */
const rowOf = (
  { itemsSha256, fileSha256 }: Hashes,
  included: number,
  { id, reference, query, format, purpose, isProtected, openReason }: ListToWrite,
  actor: Actor
) => ({
  ...writtenBy(actor, ''),
  ...{ id, reference, familyId: '', scope: 'list' as const, subjectId: query.list, format },
  ...{ purpose: purpose.trim(), sharingId: '', receiverId: '' },
  ...{ isProtected, openReason: isProtected ? '' : openReason.trim() },
  ...{ included, excluded: 0, contentSha256: itemsSha256, fileSha256 }
})
