import { and, desc, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { caseImport, episode } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CaseImportPreview, CaseImportProgress, FilePerson } from '../../shared/caseImport/caseImport.ts'
import { filesOn } from '../../shared/caseImport/problems.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { reasonsOf, type TallySection } from '../../shared/export/tally.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { bringIn, changeImport, importRow, inParts, notesOf, type BringingIn } from './bringIn.ts'
import { openCaseNotesZip, WrongWords, type CaseNotesZip } from './caseNotesZip.ts'
import { compareItems } from './compareItems.ts'
import { compareNotes, type ComparedNote } from './compareNotes.ts'
import { matchedPeople, sameRecord } from './filePeople.ts'
import { NotCaseNotes } from './notCaseNotes.ts'
import { readCaseNotes, type CaseNotesRead } from './readCaseNotes.ts'
import { peopleOfImport } from './storeItems.ts'
import { filesMissing, type Bringing } from './storeNotes.ts'

const COMPARED_AT_ONCE = 200
const PROBLEMS_SHOWN = 100

interface Import {
  familyId: Id
  progress: CaseImportProgress
  abort: AbortController
  zip?: CaseNotesZip
  /** What opened the zip: its files are sealed with the same. */
  passphrase: string
  /** Once the file has been read and held against the record. */
  read?: CaseNotesRead
  news: ComparedNote[]
  hasNews: boolean
  /** What reads or stores at the moment; resolved where nothing does. */
  going: Promise<unknown>
}

/** At most one, in this thread's memory: locking the desk ends the thread, and what was not confirmed with it. */
let current: Import | undefined

const isRunning = () => current?.progress.stage === 'reading' || current?.progress.stage === 'storing'

/** Stops what runs, and waits until nothing of it is at work any more: the desk is being locked. What is stored stays. */
export async function endImporting(): Promise<void> {
  current?.abort.abort()
  await current?.going
}

/** So that whoever ends it can wait for it. */
function heardOf<T>(mine: Import, going: Promise<T>): Promise<T> {
  mine.going = going.catch(() => undefined)
  return going
}

/** How far the import into a family is; where none is under way, the last one that did not end. @throws Refusal not-found, family-restricted */
export async function importProgress(
  db: ReadDb,
  { familyId }: Parsed<'caseImport.progress'>,
  actor: Actor
): Promise<CaseImportProgress> {
  await mustOpen(db, familyId, actor)
  return current?.familyId === familyId ? current.progress : unfinishedIn(db, familyId)
}

async function lastUnfinished(db: ReadDb, familyId: Id) {
  const [row] = await db
    .select()
    .from(caseImport)
    .where(and(eq(caseImport.familyId, familyId), eq(caseImport.doneAt, ''), isNull(caseImport.deletedAt)))
    .orderBy(desc(caseImport.createdAt), desc(caseImport.id))
    .limit(1)
  return row
}

async function unfinishedIn(db: ReadDb, familyId: Id): Promise<CaseImportProgress> {
  const row = await lastUnfinished(db, familyId)
  if (!row) return { stage: 'none' }
  const { reference, createdAt: begunAt, notes: total } = row
  return { stage: 'unfinished', reference, begunAt, stored: notesOf(db, row.id), total }
}

/**
 * Opens the file that main's dialog gave. Where it asks for no words it is read, and what bringing it in would do is said.
 * Nothing is stored.
 *
 * @throws Refusal not-found, family-restricted, import-running
 */
export async function previewImport(
  store: Store,
  { familyId, path }: { familyId: Id; path: string },
  actor: Actor
): Promise<CaseImportProgress> {
  await store.read((db) => mustOpen(db, familyId, actor))
  if (isRunning()) refuse('import-running')
  const before = current
  const mine: Import = {
    ...{ familyId, abort: new AbortController(), passphrase: '', news: [], hasNews: false },
    going: Promise.resolve(),
    progress: { stage: 'reading', of: 'notes', done: 0, total: 0 }
  }
  // before anything is waited for: whoever chooses a file meanwhile is told that one is read
  current = mine
  await before?.zip?.close()
  return orWhy(mine, async () => {
    const zip = await openCaseNotesZip(path)
    mine.zip = zip
    return zip.isProtected
      ? { stage: 'protected', fileName: zip.fileName, wasWrong: false }
      : previewed(store, mine, zip, actor)
  })
}

/**
 * Opens the zip by its six words, and goes on as if it asked for none. By other words nothing is lost: they are asked for
 * again.
 *
 * @throws Refusal not-found, family-restricted, import-gone
 */
export async function openImport(
  store: Store,
  { familyId, passphrase }: Parsed<'caseImport.open'>,
  actor: Actor
): Promise<CaseImportProgress> {
  await store.read((db) => mustOpen(db, familyId, actor))
  const mine = current
  const { zip } = mine ?? {}
  if (mine?.familyId !== familyId || mine.progress.stage !== 'protected' || !zip) return refuse('import-gone')
  mine.progress = { stage: 'reading', of: 'notes', done: 0, total: 0 }
  mine.passphrase = passphrase
  return orWhy(mine, async () => {
    try {
      if (passphrase.trim() === '') throw new WrongWords()
      return await previewed(store, mine, zip, actor)
    } catch (error) {
      if (!(error instanceof WrongWords)) throw error
      return { stage: 'protected', fileName: zip.fileName, wasWrong: true }
    }
  })
}

/** Whatever is wrong with the file is the progress from then on; cancelled, there is nothing left of it. */
async function orWhy(mine: Import, work: () => Promise<CaseImportProgress>): Promise<CaseImportProgress> {
  try {
    mine.progress = await heardOf(mine, work())
    return mine.progress
  } catch (error) {
    await mine.zip?.close()
    if (mine.abort.signal.aborted) return { stage: 'none' }
    mine.progress = failedBy(error)
    if (error instanceof NotCaseNotes) return mine.progress
    throw error
  }
}

function failedBy(error: unknown): CaseImportProgress {
  const [reason, problems] =
    error instanceof NotCaseNotes
      ? [error.message, error.problems]
      : ['The file could not be read to its end.', []]
  return {
    stage: 'failed',
    ...{ reason, problems: problems.slice(0, PROBLEMS_SHOWN), problemCount: problems.length }
  }
}

async function previewed(
  store: Store,
  mine: Import,
  zip: CaseNotesZip,
  actor: Actor
): Promise<CaseImportProgress> {
  const read = await readCaseNotes(zip, {
    ...{ passphrase: mine.passphrase, now: actor.now, signal: mine.abort.signal },
    progress: (of, done, total) => (mine.progress = { stage: 'reading', of, done, total })
  })
  mine.read = read
  const fates: Record<ComparedNote['fate'], number> = { new: 0, 'added-to': 0, known: 0, clashing: 0 }
  mine.news = []
  await inParts(read.items.notes, COMPARED_AT_ONCE, mine.abort.signal, async (part) => {
    for (const each of await store.read(async (db) => compareNotes(db, mine.familyId, part))) {
      fates[each.fate] += 1
      if (each.fate === 'new' || each.fate === 'added-to') mine.news.push(each)
    }
  })
  const { summary, items } = read
  const about = await store.read(async (db) => aboutFamily(db, mine, read, actor))
  const count = (key: 'entries' | 'assessments' | 'plans') => ({
    new: about.compared[key].length,
    known: about.compared.known[key]
  })
  const files = items.notes.flatMap((note) => filesOn(note).map(({ file }) => file))
  const preview: CaseImportPreview = {
    ...{ importId: idOf(mine.familyId, read), fileName: zip.fileName },
    ...{ reference: summary.reference, familyReference: summary.familyReference },
    ...{ isOtherFamily: summary.familyId !== mine.familyId },
    ...{ exportedAt: summary.exportedAt, byName: summary.byName },
    notes: {
      ...{ new: fates.new, addedTo: fates['added-to'] },
      ...{ known: fates.known, clashing: fates.clashing }
    },
    files: mine.news.reduce((sum, each) => sum + filesMissing(each).length, 0),
    filesLeftOut: files.filter(({ entry }) => entry === '').length,
    ...{ entries: count('entries'), assessments: count('assessments'), plans: count('plans') },
    ...{ people: about.people, family: about.family },
    leftOut: leftOutOf(summary),
    records: items.records.length,
    unread: zip.unread(new Set(files.map(({ entry }) => entry))),
    isBegun: about.isBegun
  }
  const { entries, assessments, plans } = preview
  mine.hasNews = mine.news.length + entries.new + assessments.new + plans.new > 0 || preview.isBegun
  return { stage: 'previewed', preview }
}

/** The same file in the same family is the same import. */
const idOf = (familyId: Id, { summary }: CaseNotesRead): Id =>
  naturalId('case-import', familyId, summary.reference, summary.itemsSha256)

async function aboutFamily(db: ReadDb, mine: Import, read: CaseNotesRead, actor: Actor) {
  const family = peopleKnown(db, mine.familyId, londonDate(actor.now))
  const personIds = family.flatMap((person) => person.personIds)
  const importId = idOf(mine.familyId, read)
  return {
    compared: compareItems(db, mine.familyId, personIds, read),
    people: chosenBefore(
      matchedPeople(read.items.people, family),
      await peopleOfImport(db, importId, mine.familyId)
    ),
    family: family.map((person) => ({ id: person.keptId, name: nameOfPerson(person), role: person.role })),
    isBegun: (await importRow(db, importId))?.doneAt === ''
  }
}

/** What was chosen when the file was begun counts when it goes on. */
const chosenBefore = (
  people: readonly FilePerson[],
  before: readonly Pick<FilePerson, 'id' | 'hereId'>[]
): FilePerson[] =>
  people.map((person) => {
    const chosen = before.find(({ id }) => id === person.id)
    return chosen && !person.isSame ? { ...person, hereId: chosen.hereId } : person
  })

const leftOutOf = ({ sections }: CaseNotesRead['summary']): CaseImportPreview['leftOut'] =>
  (Object.keys(sections) as TallySection[]).flatMap((section) => {
    const counted = sections[section]
    return counted === null ? [] : reasonsOf(counted).map((each) => ({ section, ...each }))
  })

/**
 * Stores what was previewed, some notes at a time, each whole with its people and files, so that nobody who types waits.
 * Stopped or killed before its end, it is said to be unfinished, and the same file goes on where it was.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), import-gone, import-running
 */
export async function confirmImport(
  store: Store,
  confirmed: Parsed<'caseImport.confirm'>,
  actor: Actor
): Promise<CaseImportProgress> {
  await store.read((db) => mustOpen(db, confirmed.familyId, actor))
  if (isRunning()) refuse('import-running')
  const mine = current
  if (mine?.familyId !== confirmed.familyId || !mine.read || !mine.zip) return refuse('import-gone')
  const importId = idOf(mine.familyId, mine.read)
  if (importId !== confirmed.importId) refuse('import-gone')
  if (mine.progress.stage === 'done') return mine.progress
  const shown = mine.progress
  // before anything is waited for: whoever confirms meanwhile is told that it runs
  mine.progress = { stage: 'storing', stored: 0, total: mine.news.length }
  const bringing = await store
    .read((db) => bringingOf(db, confirmed, actor))
    .catch((error: unknown) => {
      mine.progress = shown
      throw error
    })
  return heardOf(mine, stored(store, mine, workOf(mine, mine.read, mine.zip, bringing), actor))
}

async function stored(
  store: Store,
  mine: Import,
  work: BringingIn,
  actor: Actor
): Promise<CaseImportProgress> {
  const { zip, read } = work
  try {
    const counts = mine.hasNews ? await bringIn(store, work, actor) : nothing
    mine.progress = { stage: 'done', reference: read.summary.reference, ...counts }
    await zip.close()
    return mine.progress
  } catch (error) {
    // what is stored stays: from here on the record says how far it came
    if (current === mine) current = undefined
    await zip.close()
    if (mine.abort.signal.aborted) return store.read((db) => unfinishedIn(db, mine.familyId))
    // somebody else wrote into the file since it was read
    if (error instanceof NotCaseNotes) return failedBy(error)
    throw error
  }
}

const nothing = { notes: 0, files: 0, skipped: 0 }

const workOf = (mine: Import, read: CaseNotesRead, zip: CaseNotesZip, bringing: Bringing): BringingIn => ({
  ...{ read, zip, bringing, passphrase: mine.passphrase, signal: mine.abort.signal },
  notes: mine.news.map(({ note }) => note),
  progress: (stored) => (mine.progress = { stage: 'storing', stored, total: mine.news.length })
})

/** What was chosen, where it can be. */
async function bringingOf(
  db: ReadDb,
  { familyId, importId, episodeId, people }: Parsed<'caseImport.confirm'>,
  actor: Actor
): Promise<Bringing> {
  const [found] = await db
    .select({ id: episode.id })
    .from(episode)
    .where(and(eq(episode.id, episodeId), eq(episode.familyId, familyId)))
  if (!found) invalid({ path: 'episodeId', message: 'Choose an assessment of this family' })
  const family = peopleKnown(db, familyId, londonDate(actor.now))
  const before = await peopleOfImport(db, importId, familyId)
  const chosen = before.length > 0 ? before : people
  // whoever goes by the same id is the same
  const here = new Map(
    family.flatMap(({ keptId, personIds }) => personIds.map((personId) => [personId, keptId] as const))
  )
  for (const { id, hereId } of chosen) {
    if (hereId === '' || here.has(id)) continue
    const keptId = sameRecord(hereId, family)
    if (keptId === undefined) invalid({ path: 'people', message: 'Choose people of this family' })
    here.set(id, keptId)
  }
  return { importId, familyId, episodeId, here }
}

/**
 * Ends an import before anything is stored, or stops one that is being stored: what is stored stays. Of one that is said
 * to be unfinished nobody is told any more.
 *
 * @throws Refusal not-found, family-restricted, import-gone
 */
export async function cancelImport(
  store: Store,
  { familyId }: Parsed<'caseImport.cancel'>,
  actor: Actor
): Promise<CaseImportProgress> {
  await store.read((db) => mustOpen(db, familyId, actor))
  if (current?.familyId === familyId) {
    const { abort, zip, progress } = current
    abort.abort()
    current = undefined
    // what runs closes it when it hears of it
    if (progress.stage === 'protected' || progress.stage === 'previewed') await zip?.close()
    return store.read((db) => unfinishedIn(db, familyId))
  }
  const left = await store.read((db) => lastUnfinished(db, familyId))
  if (!left) return refuse('import-gone')
  await store.write((tx) => changeImport(tx, left.id, { deletedAt: actor.now, deletedBy: actor.id }, actor))
  return store.read((db) => unfinishedIn(db, familyId))
}
