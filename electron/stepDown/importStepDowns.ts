import { and, count, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb, Tx } from '../../db/open.ts'
import {
  importedStepDown,
  stepDown,
  stepDownImport,
  stepDownPerson,
  stepDownVersion
} from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { districtCodes } from '../../shared/school/establishment.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type {
  KnownAlready,
  StepDownImportPreview,
  StepDownImportProgress
} from '../../shared/stepDown/import.ts'
import { missingIn } from '../../shared/stepDown/missing.ts'
import { isChild, toldIn } from '../../shared/stepDown/told.ts'
import { londonDate } from '../../shared/time/london.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { writtenBy } from '../family/written.ts'
import { hubOf } from '../family/insertFamily.ts'
import { changedBy } from '../import/changedBy.ts'
import { NotAList } from '../import/csvFile.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { compareWithRecord, type ComparedStepDown, type Importing, type Storable } from './compareImported.ts'
import { districtToldIn } from './insertStepDown.ts'
import { childrenInFile, knownAlready, namesOf } from './knownAlready.ts'
import { childrenBeside } from './similarStepDowns.ts'
import { readStepDownFile, type StepDownFile } from './stepDownFile.ts'
import { storeImported } from './storeImported.ts'

/** In one transaction: a draft that waits for the writer waits for no more than this. */
const STORED_AT_ONCE = 3
const COMPARED_AT_ONCE = 25
/** Each is a look into the whole record. */
const LOOKED_UP_AT_ONCE = 5
const EXAMPLES = 10
const PROBLEMS_SHOWN = 100
const KNOWN_SHOWN = 50
const OPERATION = 'stepDown.confirmImport'

interface Import {
  /** '' until the file was read: it follows from its bytes. */
  id: Id
  progress: StepDownImportProgress
  abort: AbortController
  file?: StepDownFile
  /** What there is to store, once the file has been held against the record. */
  news: Storable[]
}

/** At most one, in this thread's memory: locking the desk ends the thread, and what was not confirmed with it. */
let current: Import | undefined

const running: StepDownImportProgress['stage'][] = ['reading', 'comparing', 'storing']
const isRunning = () => current !== undefined && running.includes(current.progress.stage)

/** How far the import is; where none is under way, the last one that did not end. */
export const importProgress = async (db: ReadDb): Promise<StepDownImportProgress> =>
  current?.progress ?? unfinishedIn(db)

async function unfinishedIn(db: ReadDb): Promise<StepDownImportProgress> {
  const [row] = await db
    .select()
    .from(stepDownImport)
    .where(and(eq(stepDownImport.doneAt, ''), isNull(stepDownImport.deletedAt)))
    .orderBy(desc(stepDownImport.createdAt), desc(stepDownImport.id))
    .limit(1)
  if (!row) return { stage: 'none' }
  const { id: importId, fileName, createdAt: begunAt, stepDowns: total } = row
  const stored = await db.$count(importedStepDown, eq(importedStepDown.importId, importId))
  return { stage: 'unfinished', importId, fileName, begunAt, stored, total }
}

/**
 * Reads the file that main's dialog gave and says what storing it would do. Nothing is stored.
 *
 * @throws Refusal import-running, not-a-step-down-list (the progress then says why)
 */
export async function previewImport(
  store: Store,
  { path }: { path: string },
  actor: Actor
): Promise<StepDownImportProgress> {
  if (isRunning()) refuse('import-running')
  const mine: Import = {
    ...{ id: '', abort: new AbortController(), news: [] },
    progress: { stage: 'reading', read: 0 }
  }
  current = mine
  const { signal } = mine.abort
  try {
    const about = await store.read((db) => importing(db, actor))
    mine.file = await readStepDownFile(path, {
      ...{ signal, today: about.rules.on },
      progress: (read) => (mine.progress = { stage: 'reading', read })
    })
    mine.id = naturalId('step-down-import', mine.file.sha256)
    const preview = await previewOf(store, mine, mine.file, about, actor)
    signal.throwIfAborted()
    mine.progress = { stage: 'previewed', preview }
  } catch (error) {
    if (signal.aborted) return { stage: 'none' }
    const isNoList = error instanceof NotAList
    mine.progress = {
      stage: 'failed',
      reason: isNoList ? error.message : 'The file could not be read to its end.'
    }
    if (isNoList) refuse('not-a-step-down-list')
    throw error
  }
  return mine.progress
}

async function importing(db: ReadDb, { now }: Actor): Promise<Importing> {
  const rules = rulesOn(await settingsInRecord(db), londonDate(now))
  return { now, rules, districtCodes: districtCodes(rules.districts), schools: new Map() }
}

async function previewOf(
  store: Store,
  mine: Import,
  file: StepDownFile,
  about: Importing,
  actor: Actor
): Promise<StepDownImportPreview> {
  const counts: Record<ComparedStepDown['what'], number> = {
    new: 0,
    answer: 0,
    changed: 0,
    known: 0,
    wrong: 0
  }
  const problems = [...file.loose]
  const described: Described[] = []
  await inParts(file.found, COMPARED_AT_ONCE, mine, async (part) => {
    const compared = await store.read(async (db) => {
      const each: ComparedStepDown[] = []
      for (const found of part) each.push(await compareWithRecord(db, found, about, actor))
      return each
    })
    for (const each of compared) {
      counts[each.what]++
      if (each.what === 'wrong') problems.push(...each.problems)
      else if (each.what !== 'known') {
        mine.news.push(each)
        described.push(describe(each, about))
      }
    }
  })
  problems.sort((one, other) => one.line - other.line)
  return {
    ...{ importId: mine.id, fileName: file.fileName, unreadColumns: file.unreadColumns },
    ...{ stepDowns: file.found.length, new: counts.new, answers: counts.answer, changed: counts.changed },
    ...{ known: counts.known, leftOut: counts.wrong },
    people: described.reduce((sum, { people }) => sum + people, 0),
    incomplete: described.filter(({ what, missing }) => what !== 'changed' && missing > 0).length,
    withoutDistrict: described.filter(({ district }) => district === '').length,
    isBegun: await store.read(async (db) => (await rowOf(db, mine.id))?.doneAt === ''),
    ...{ problems: problems.slice(0, PROBLEMS_SHOWN), problemCount: problems.length },
    ...(await lookUp(store, mine, about, actor)),
    examples: described.slice(0, EXAMPLES).map(({ district: _code, ...example }) => example)
  }
}

/** With the district's ONS code, '' where nobody knows. */
type Described = StepDownImportPreview['examples'][number] & { district: string }

function describe({ stepDown: { key }, what, draft }: Storable, { rules }: Importing): Described {
  const told = toldIn(draft, rules.on)
  const district = districtToldIn(draft, rules)
  const hubId = hubOf(district, rules)
  return {
    district,
    ...{ key, what, children: namesOf(told.people.filter(isChild)), people: told.people.length },
    missing: missingIn(told).length,
    hubName: rules.hubs.find((hub) => hub.key === hubId)?.name ?? ''
  }
}

type LookedUp = Pick<
  StepDownImportPreview,
  'likeFamily' | 'withOpenAssessment' | 'likeQueued' | 'knownAlready' | 'knownCount'
>

/** Whom of the new ones the record may know already (C5): told before anything is stored, and decided by nobody. */
async function lookUp(store: Store, mine: Import, about: Importing, actor: Actor): Promise<LookedUp> {
  const today = about.rules.on
  const fresh = mine.news.filter(({ what }) => what === 'new')
  const beside = {
    children: await store.read((db) => Promise.resolve(childrenBeside(db, actor))),
    inFile: await childrenInFile(fresh, today, mine.abort.signal)
  }
  const found: KnownAlready[] = []
  let looked = 0
  await inParts(fresh, LOOKED_UP_AT_ONCE, mine, async (part) => {
    await store.read(async (db) => {
      for (const each of part) {
        const known = await knownAlready(db, each, beside, actor)
        if (known) found.push(known)
      }
    })
    looked += part.length
    mine.progress = { stage: 'comparing', looked, total: fresh.length }
  })
  return {
    likeFamily: found.filter(({ families }) => families.length > 0).length,
    withOpenAssessment: found.filter(({ families }) =>
      families.some(({ assessmentReference }) => assessmentReference !== '')
    ).length,
    likeQueued: found.filter(({ queued, inFile }) => queued.length + inFile.length > 0).length,
    ...{ knownAlready: found.slice(0, KNOWN_SHOWN), knownCount: found.length }
  }
}

/** Some at a time: others have their turn in between, and it can be stopped there. */
async function inParts<T>(
  all: readonly T[],
  size: number,
  { abort }: Import,
  work: (part: readonly T[]) => Promise<void>
): Promise<void> {
  for (let at = 0; at < all.length; at += size) {
    abort.signal.throwIfAborted()
    await work(all.slice(at, at + size))
    await turn()
  }
}

/**
 * Stores what was previewed, a few step-downs at a time, each whole, so that nobody who types waits. Stopped or killed
 * before its end, it is said to be unfinished, and the same file goes on where it was.
 *
 * @throws Refusal import-gone, import-running
 */
export async function confirmImport(
  store: Store,
  { importId }: Parsed<'stepDown.confirmImport'>,
  actor: Actor
): Promise<StepDownImportProgress> {
  if (isRunning()) refuse('import-running')
  const mine = current
  if (mine?.id === importId && mine.progress.stage === 'done') return mine.progress
  if (mine?.id !== importId || mine.progress.stage !== 'previewed' || !mine.file) return refuse('import-gone')
  const isBegun = mine.progress.preview.isBegun
  mine.progress = { stage: 'storing', stored: 0, total: mine.news.length }
  try {
    if (mine.news.length > 0 || isBegun) await store.write((tx) => begin(tx, mine, mine.file!, actor))
    const leftOut = await storeAll(store, mine, actor)
    mine.progress = await store.write((tx) => finish(tx, mine.id, leftOut, actor))
    return mine.progress
  } catch (error) {
    // what is stored stays: from here on the record says how far it came
    if (current === mine) current = undefined
    if (mine.abort.signal.aborted) return store.read(importProgress)
    throw error
  }
}

/** @returns how many could be stored no more when it came to them */
async function storeAll(store: Store, mine: Import, actor: Actor): Promise<number> {
  const about = await store.read((db) => importing(db, actor))
  let stored = 0
  let leftOut = 0
  await inParts(mine.news, STORED_AT_ONCE, mine, async (part) => {
    leftOut += await store.write((tx) => storeSome(tx, part, mine.id, about, actor))
    stored += part.length
    mine.progress = { stage: 'storing', stored, total: mine.news.length }
  })
  return leftOut
}

async function storeSome(
  tx: Tx,
  part: readonly Storable[],
  importId: Id,
  about: Importing,
  actor: Actor
): Promise<number> {
  const subjectIds = [importId]
  let leftOut = 0
  for (const { stepDown: told } of part) {
    const ids = await storeImported(tx, told, importId, about, actor)
    if (ids) subjectIds.push(...ids)
    else leftOut++
  }
  await appendAudit(tx, { operation: OPERATION, subjectIds, result: 'done' }, actor)
  return leftOut
}

const rowOf = async (db: ReadDb, id: Id) =>
  (await db.select().from(stepDownImport).where(eq(stepDownImport.id, id))).at(0)

/** The file's own row: a new one, or that of the same file which did not end, or had less to bring in. */
async function begin(tx: Tx, { id, news }: Import, file: StepDownFile, actor: Actor): Promise<void> {
  const before = await broughtBy(tx, id)
  const begun = {
    stepDowns: before.stepDowns + news.length,
    people: before.people + news.reduce((sum, { draft }) => sum + draft.people.length, 0),
    doneAt: ''
  }
  if (await rowOf(tx, id)) return change(tx, id, { ...begun, deletedAt: null, deletedBy: null }, actor)
  await tx.insert(stepDownImport).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    ...begun,
    ...{ id, updatedAt: actor.now, updatedBy: actor.id },
    ...{ fileName: file.fileName, fileSha256: file.sha256 }
  })
}

async function change(
  tx: Tx,
  id: Id,
  changes: Partial<typeof stepDownImport.$inferInsert>,
  actor: Actor
): Promise<void> {
  const changed = { ...changes, ...changedBy(stepDownImport.rowVersion, actor) }
  await tx.update(stepDownImport).set(changed).where(eq(stepDownImport.id, id))
}

/** The import has ended: what the file brought, counted in the record. */
async function finish(tx: Tx, id: Id, leftOut: number, actor: Actor): Promise<StepDownImportProgress> {
  if ((await rowOf(tx, id))?.doneAt === '') await change(tx, id, { doneAt: actor.now }, actor)
  await appendAudit(tx, { operation: OPERATION, subjectIds: [id], result: 'done' }, actor)
  const { stepDowns, fresh, incomplete } = await broughtBy(tx, id)
  return { stage: 'done', new: fresh, added: stepDowns - fresh, incomplete, leftOut }
}

/** What of an import is in the record; a step-down that is new with it, and one to which it added, count the same. */
async function broughtBy(db: ReadDb, id: Id) {
  const ofImport = eq(importedStepDown.importId, id)
  const [versions] = await db
    .select({ all: count(), incomplete: sql<number>`total(${ne(stepDownVersion.missing, '')})` })
    .from(importedStepDown)
    .innerJoin(stepDownVersion, eq(stepDownVersion.id, importedStepDown.id))
    .where(ofImport)
  const [people] = await db
    .select({ all: count() })
    .from(importedStepDown)
    .innerJoin(stepDownPerson, eq(stepDownPerson.versionId, importedStepDown.id))
    .where(ofImport)
  const [fresh] = await db
    .select({ all: count() })
    .from(importedStepDown)
    .innerJoin(stepDown, and(eq(stepDown.id, importedStepDown.stepDownId), eq(stepDown.importId, id)))
    .where(ofImport)
  return {
    stepDowns: versions?.all ?? 0,
    incomplete: versions?.incomplete ?? 0,
    people: people?.all ?? 0,
    fresh: fresh?.all ?? 0
  }
}

/**
 * Ends an import before anything is stored, or stops one that is being stored: what is stored stays. Of one that is said
 * to be unfinished, nobody is told any more. One that runs is the only one, whatever id the page has.
 *
 * @throws Refusal import-gone
 */
export async function cancelImport(
  store: Store,
  { importId }: Parsed<'stepDown.cancelImport'>,
  actor: Actor
): Promise<StepDownImportProgress> {
  const isPreviewed = current?.progress.stage === 'previewed' && current.id === importId
  if (current && (isRunning() || isPreviewed)) {
    current.abort.abort()
    current = undefined
    return store.read(importProgress)
  }
  const left = await store.read(unfinishedIn)
  if (left.stage !== 'unfinished' || left.importId !== importId) refuse('import-gone')
  const leave = { deletedAt: actor.now, deletedBy: actor.id }
  await store.write((tx) => change(tx, importId, leave, actor))
  return store.read(unfinishedIn)
}
