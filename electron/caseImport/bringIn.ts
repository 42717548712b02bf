import { eq, sql } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb, Tx } from '../../db/open.ts'
import { caseImport } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { filesOn } from '../../shared/caseImport/problems.ts'
import { Refusal } from '../../shared/errors.ts'
import type { ExportedNote } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { beginFile, sealFile, type Unfinished } from '../attachment/sealFile.ts'
import { BLOCK } from '../attachment/sealedFile.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { changedBy } from '../import/changedBy.ts'
import type { CaseNotesZip } from './caseNotesZip.ts'
import { compareItems } from './compareItems.ts'
import { compareNotes } from './compareNotes.ts'
import { provedFile, type CaseNotesRead } from './readCaseNotes.ts'
import { otherItems, personItems, storeItems, type Item } from './storeItems.ts'
import { filesMissing, storeNotes, type Bringing, type StoredNotes } from './storeNotes.ts'

/** In one transaction: a draft that waits for the writer waits for no more than this. */
const NOTES_AT_ONCE = 20
const LETTERS_AT_ONCE = 100_000
const ITEMS_AT_ONCE = 50
const OPERATION = 'caseImport.confirm'

/** Case notes on their way into a family. */
export interface BringingIn {
  read: CaseNotesRead
  zip: CaseNotesZip
  bringing: Bringing
  /** Those that are not here, or not all of them. */
  notes: readonly ExportedNote[]
  passphrase: string
  signal: AbortSignal
  progress: (stored: number) => void
}

/** What came of it; `skipped`: notes in whose way something else stood by then. */
export interface BroughtInCounts {
  notes: number
  files: number
  skipped: number
}

/**
 * Stores case notes of a file some at a time, and then what comes with them. The record says from the beginning what is
 * under way, and once all of it is there.
 *
 * @throws Refusal not-found, family-restricted, attachment-…, and the signal's reason
 */
export async function bringIn(store: Store, work: BringingIn, actor: Actor): Promise<BroughtInCounts> {
  const { read, bringing, signal } = work
  await store.write((tx) => begin(tx, work, actor))
  await storeAll(store, personItems(peopleOf(read, bringing)), work, actor)
  const counts = { notes: 0, files: 0, skipped: 0 }
  for (const part of partsOf(work.notes)) {
    signal.throwIfAborted()
    const stored = await storePart(store, part, work, actor)
    counts.notes += stored.notes
    counts.files += stored.fileIds.length
    counts.skipped += stored.skipped
    work.progress(counts.notes + counts.skipped)
    await turn()
  }
  const compared = await store.read(async (db) => {
    const family = peopleKnown(db, bringing.familyId, londonDate(actor.now))
    return compareItems(
      db,
      bringing.familyId,
      family.flatMap(({ personIds }) => personIds),
      read
    )
  })
  await storeAll(store, otherItems(compared, read.summary.reference, bringing), work, actor)
  await store.write((tx) => finish(tx, work, counts, actor))
  return counts
}

/** Some at a time: others have their turn in between, and it can be stopped there. */
export async function inParts<T>(
  all: readonly T[],
  size: number,
  signal: AbortSignal,
  work: (part: readonly T[]) => Promise<void>
): Promise<void> {
  for (let at = 0; at < all.length; at += size) {
    signal.throwIfAborted()
    await work(all.slice(at, at + size))
    await turn()
  }
}

const peopleOf = ({ items }: CaseNotesRead, { here }: Bringing) =>
  items.people.map((person) => ({ ...person, hereId: here.get(person.id) ?? '', isSame: false }))

const storeAll = (store: Store, items: readonly Item[], { bringing, signal }: BringingIn, actor: Actor) =>
  inParts(items, ITEMS_AT_ONCE, signal, (part) => store.write((tx) => storeItems(tx, part, bringing, actor)))

/** Notes that go together: not too many, and not too long. */
function* partsOf(notes: readonly ExportedNote[]): Generator<ExportedNote[]> {
  let part: ExportedNote[] = []
  let letters = 0
  for (const note of notes) {
    part.push(note)
    letters += [note, ...note.addenda].reduce((sum, { words }) => sum + words.length, note.childsVoice.length)
    if (part.length < NOTES_AT_ONCE && letters < LETTERS_AT_ONCE) continue
    yield part
    part = []
    letters = 0
  }
  if (part.length > 0) yield part
}

/** Their files first, each sealed beside the record, so that no row is ever without its file; then all their rows in one act. */
async function storePart(
  store: Store,
  notes: readonly ExportedNote[],
  { zip, bringing, passphrase, signal }: BringingIn,
  actor: Actor
): Promise<StoredNotes> {
  const missing = await store.read(async (db) =>
    compareNotes(db, bringing.familyId, notes).flatMap(filesMissing)
  )
  const sealed = new Map<Id, Unfinished>()
  let isRowTried = false
  try {
    for (const { onId, file } of notes.flatMap(filesOn)) {
      if (!missing.includes(file.id)) continue
      const bytes = await provedFile(zip, file, passphrase, signal)
      const unfinished = await begun(store, file.id)
      if (!unfinished) continue
      sealed.set(file.id, unfinished)
      const place = {
        id: file.id,
        familyId: bringing.familyId,
        attachedTo: 'note',
        attachedId: onId
      } as const
      await sealFile(store.files, place, { pieces: inBlocks(bytes), size: bytes.length }, signal)
    }
    isRowTried = true
    const stored = await store.write(async (tx) => {
      const counts = await storeNotes(tx, notes, new Set(sealed.keys()), bringing, actor)
      const reason = `count=${String(counts.notes)} files=${String(counts.fileIds.length)}`
      const subjectIds = [bringing.familyId, bringing.importId]
      await appendAudit(tx, { operation: OPERATION, subjectIds, result: 'done', reason }, actor)
      return counts
    })
    for (const [id, unfinished] of sealed)
      await (stored.fileIds.includes(id) ? unfinished.end() : unfinished.remove())
    return stored
  } catch (error) {
    // where the commit itself failed the rows may stand after all: the next opening sees which they are
    if (!isRowTried || error instanceof Refusal)
      for (const unfinished of sealed.values()) await unfinished.remove()
    throw error
  }
}

/** Undefined where a file lies there that this record knows nothing of: it may belong to a copy of it. */
async function begun(store: Store, id: Id): Promise<Unfinished | undefined> {
  try {
    return await beginFile(store.files, id)
  } catch (error) {
    const { error: why } = error instanceof Refusal ? error : {}
    if (why?.code === 'refused' && why.reason === 'clashing-id') return undefined
    throw error
  }
}

async function* inBlocks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += BLOCK) {
    await turn()
    yield bytes.subarray(at, at + BLOCK)
  }
}

export const importRow = async (db: ReadDb, id: Id) =>
  (await db.select().from(caseImport).where(eq(caseImport.id, id))).at(0)

/** How many notes of an import are in the record. */
export const notesOf = (db: ReadDb, importId: Id): number =>
  db.get<{ notes: number }>(sql`SELECT count(*) AS notes FROM imported_origin o
    JOIN case_note n ON n.id = o.id AND n.adds_to = '' WHERE o.import_id = ${importId}`).notes

/** The file's own row: a new one, or that of the same file which did not end, or had less to bring in. */
async function begin(tx: Tx, { read, bringing, notes }: BringingIn, actor: Actor): Promise<void> {
  const { importId: id, familyId, episodeId } = bringing
  const { hubId } = await mustOpen(tx, familyId, actor)
  const begun = { episodeId, notes: notesOf(tx, id) + notes.length, doneAt: '' }
  if (await importRow(tx, id))
    return changeImport(tx, id, { ...begun, deletedAt: null, deletedBy: null }, actor)
  const { reference, familyReference, exportedAt, byName, itemsSha256: contentSha256 } = read.summary
  await tx.insert(caseImport).values({
    ...{ ...writtenBy(actor, hubId), ...begun, id, familyId, updatedAt: actor.now, updatedBy: actor.id },
    ...{ reference, familyReference, exportedAt, byName, contentSha256 }
  })
}

export async function changeImport(
  tx: Tx,
  id: Id,
  changes: Partial<typeof caseImport.$inferInsert>,
  actor: Actor
): Promise<void> {
  const changed = { ...changes, ...changedBy(caseImport.rowVersion, actor) }
  await tx.update(caseImport).set(changed).where(eq(caseImport.id, id))
}

async function finish(
  tx: Tx,
  { read, bringing: { familyId, importId } }: BringingIn,
  { notes, skipped }: BroughtInCounts,
  actor: Actor
): Promise<void> {
  await changeImport(tx, importId, { doneAt: actor.now, notes: notesOf(tx, importId) }, actor)
  await appendAudit(
    tx,
    {
      ...{ operation: OPERATION, subjectIds: [familyId, importId], result: 'done' },
      reason: `count=${String(notes)} excluded=${String(skipped)} sha256=${read.summary.itemsSha256}`
    },
    actor
  )
}
