import { and, countDistinct, desc, eq, isNull, sql } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb, Tx } from '../../db/open.ts'
import { familyImport, familyMember, importedFamily, personPair } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import type { FamilyImportPreview, FamilyImportProgress } from '../../shared/family/import.ts'
import type { ImportedFamily } from '../../shared/family/importFamily.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { districtCodes } from '../../shared/school/establishment.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { changedBy } from '../import/changedBy.ts'
import { NotAList } from '../import/csvFile.ts'
import { matchAgain, matchProgress } from '../person/matchAgain.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { compareWithRecord, type ComparedFamily, type SchoolsByUrn } from './compareWithRecord.ts'
import { readFamilyFile, type FamilyFile } from './familyFile.ts'
import { hubOf } from './insertFamily.ts'
import { districtOfImported, storeImported } from './storeImported.ts'
import { writtenBy } from './written.ts'

/** People in one transaction: a draft that waits for the writer waits for no more than this. */
const PEOPLE_AT_ONCE = 10
const COMPARED_AT_ONCE = 50
const EXAMPLES = 10
const PROBLEMS_SHOWN = 100
const OPERATION = 'family.confirmImport'

interface Import {
  /** '' until the file was read: it follows from its bytes. */
  id: Id
  progress: FamilyImportProgress
  abort: AbortController
  file?: FamilyFile
  /** What there is to store, once the file has been held against the record. */
  news: ImportedFamily[]
  /** All of the file is in the record, and nothing of it is left to do. */
  hasNothingNew: boolean
}

/** At most one, in this thread's memory: locking the desk ends the thread, and what was not confirmed with it. */
let current: Import | undefined

const isRunning = (stage: FamilyImportProgress['stage'] | undefined) =>
  stage === 'reading' || stage === 'storing' || stage === 'matching'

/** How far the import is; where none is under way, the last one that did not end. */
export async function importProgress(db: ReadDb): Promise<FamilyImportProgress> {
  if (current?.progress.stage === 'matching') {
    const { looked, total } = await matchProgress()
    return { stage: 'matching', looked, total }
  }
  return current?.progress ?? unfinishedIn(db)
}

async function unfinishedIn(db: ReadDb): Promise<FamilyImportProgress> {
  const [row] = await db
    .select()
    .from(familyImport)
    .where(and(eq(familyImport.doneAt, ''), isNull(familyImport.deletedAt)))
    .orderBy(desc(familyImport.createdAt), desc(familyImport.id))
    .limit(1)
  if (!row) return { stage: 'none' }
  return {
    stage: 'unfinished',
    importId: row.id,
    fileName: row.fileName,
    begunAt: row.createdAt,
    stored: (await broughtBy(db, row.id)).families,
    total: row.families,
    people: row.people,
    isStored: row.storedAt !== ''
  }
}

/**
 * Reads the file that main's dialog gave and says what storing it would do. Nothing is stored.
 *
 * @throws Refusal import-running, not-a-family-list (the progress then says why)
 */
export async function previewImport(
  store: Store,
  { path }: { path: string },
  actor: Actor
): Promise<FamilyImportProgress> {
  if (isRunning(current?.progress.stage)) refuse('import-running')
  const mine: Import = {
    id: '',
    progress: { stage: 'reading', rows: 0 },
    abort: new AbortController(),
    news: [],
    hasNothingNew: false
  }
  current = mine
  const { signal } = mine.abort
  try {
    const rules = await store.read((db) => rulesNow(db, actor))
    mine.file = await readFamilyFile(path, {
      ...{ rules, signal, today: rules.on, districtCodes: districtCodes(rules.districts) },
      progress: (rows) => (mine.progress = { stage: 'reading', rows })
    })
    mine.id = naturalId('family-import', mine.file.sha256)
    const preview = await compared(store, mine, mine.file, rules)
    signal.throwIfAborted()
    mine.hasNothingNew = preview.families === 0 && !preview.isBegun
    mine.progress = { stage: 'previewed', preview }
  } catch (error) {
    if (signal.aborted) return { stage: 'none' }
    const isNoList = error instanceof NotAList
    mine.progress = {
      stage: 'failed',
      reason: isNoList ? error.message : 'The file could not be read to its end.'
    }
    if (isNoList) refuse('not-a-family-list')
    throw error
  }
  return mine.progress
}

const peopleIn = (families: readonly ImportedFamily[]): number =>
  families.reduce((sum, { rows }) => sum + rows.length, 0)

const rulesNow = async (db: ReadDb, { now }: Actor): Promise<Rules> =>
  rulesOn(await settingsInRecord(db), londonDate(now))

async function compared(
  store: Store,
  mine: Import,
  file: FamilyFile,
  rules: Rules
): Promise<FamilyImportPreview> {
  const schools: SchoolsByUrn = new Map()
  const counts: Record<ComparedFamily['what'], number> = { new: 0, known: 0, wrong: 0 }
  const problems = [...file.loose]
  let withoutDistrict = 0
  for (let at = 0; at < file.families.length; at += COMPARED_AT_ONCE) {
    mine.abort.signal.throwIfAborted()
    const chunk = file.families.slice(at, at + COMPARED_AT_ONCE)
    for (const each of await store.read((db) => compareWithRecord(db, chunk, schools))) {
      counts[each.what]++
      problems.push(...each.problems)
      if (each.what !== 'new') continue
      mine.news.push(each.family)
      if (districtOfImported(each.family, rules) === '') withoutDistrict++
    }
    await turn()
  }
  problems.sort((one, other) => one.line - other.line)
  return {
    ...{ importId: mine.id, fileName: file.fileName, rows: file.rows, unreadColumns: file.unreadColumns },
    ...{ families: counts.new, known: counts.known, leftOut: counts.wrong },
    ...{ people: peopleIn(mine.news), withoutDistrict },
    problems: problems.slice(0, PROBLEMS_SHOWN),
    problemCount: problems.length,
    isBegun: await store.read(async (db) => (await rowOf(db, mine.id))?.doneAt === ''),
    examples: mine.news.slice(0, EXAMPLES).map((family) => exampleOf(family, rules))
  }
}

function exampleOf(family: ImportedFamily, rules: Rules): FamilyImportPreview['examples'][number] {
  const children = family.rows.filter(({ person: { role } }) => role === 'child' || role === 'unborn')
  const hubId = hubOf(districtOfImported(family, rules), rules)
  return {
    key: family.key,
    children: children.map(({ person: { name } }) => name || 'Unborn child').join(', '),
    people: family.rows.length,
    hubName: rules.hubs.find(({ key }) => key === hubId)?.name ?? ''
  }
}

/**
 * Stores what was previewed, a few families at a time, each whole, so that nobody who types waits and no family is ever
 * half there; then looks everybody up among the others (L11). Stopped or killed before, it is said to be unfinished, and
 * the same file goes on where it was. Of one whose families are all stored it looks up who is left.
 *
 * @throws Refusal import-gone, import-running
 */
export async function confirmImport(
  store: Store,
  { importId }: Parsed<'family.confirmImport'>,
  actor: Actor
): Promise<FamilyImportProgress> {
  if (current?.id === importId && current.progress.stage === 'done') return current.progress
  const mine = await confirmable(store, importId)
  try {
    mine.progress = await (mine.hasNothingNew ? nothingNew : broughtIn)(store, mine, actor)
    return mine.progress
  } catch (error) {
    // what is stored stays: from here on the record says how far it came
    if (current === mine) current = undefined
    if (mine.abort.signal.aborted) return store.read(importProgress)
    throw error
  }
}

async function nothingNew(store: Store, { id }: Import, actor: Actor): Promise<FamilyImportProgress> {
  await store.write((tx) =>
    appendAudit(tx, { operation: OPERATION, subjectIds: [id], result: 'done' }, actor)
  )
  return { stage: 'done', families: 0, people: 0, doubles: 0 }
}

async function broughtIn(store: Store, mine: Import, actor: Actor): Promise<FamilyImportProgress> {
  if (mine.file) await storeAll(store, mine, mine.file, actor)
  mine.progress = { stage: 'matching', looked: 0, total: 0 }
  await matchAgain(store, {}, actor)
  return store.write((tx) => finish(tx, mine.id, actor))
}

/** What was previewed, or an import whose families were all stored before the desk was locked or closed. */
async function confirmable(store: Store, importId: Id): Promise<Import> {
  if (current?.id === importId && current.progress.stage === 'previewed') {
    current.progress = { stage: 'storing', stored: 0, total: current.news.length }
    return current
  }
  if (isRunning(current?.progress.stage)) refuse('import-running')
  const left = await store.read(unfinishedIn)
  if (left.stage !== 'unfinished' || left.importId !== importId || !left.isStored) refuse('import-gone')
  current = {
    ...{ id: importId, abort: new AbortController(), news: [], hasNothingNew: false },
    progress: { stage: 'matching', looked: 0, total: 0 }
  }
  return current
}

async function storeAll(store: Store, mine: Import, file: FamilyFile, actor: Actor): Promise<void> {
  const { news, abort } = mine
  const rules = await store.read((db) => rulesNow(db, actor))
  await store.write((tx) => begin(tx, mine, file, actor))
  let stored = 0
  for (const chunk of chunksOf(news)) {
    abort.signal.throwIfAborted()
    await store.write((tx) => storeSome(tx, chunk, mine.id, rules, actor))
    stored += chunk.length
    mine.progress = { stage: 'storing', stored, total: news.length }
    await turn()
  }
  await store.write((tx) => change(tx, mine.id, { storedAt: actor.now }, actor))
}

const rowOf = async (db: ReadDb, id: Id) =>
  (await db.select().from(familyImport).where(eq(familyImport.id, id))).at(0)

/** The file's own row: a new one, or that of the same file which did not end, or had less to bring in. */
async function begin(tx: Tx, { id, news }: Import, file: FamilyFile, actor: Actor): Promise<void> {
  const before = await rowOf(tx, id)
  const { families: stored, people: peopleStored } = await broughtBy(tx, id)
  const begun = {
    ...{ families: stored + news.length, people: peopleStored + peopleIn(news) },
    ...{ storedAt: '', doneAt: '' }
  }
  if (before) return change(tx, id, { ...begun, deletedAt: null, deletedBy: null }, actor)
  await tx.insert(familyImport).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    ...begun,
    id,
    updatedAt: actor.now,
    updatedBy: actor.id,
    fileName: file.fileName,
    fileSha256: file.sha256
  })
}

async function change(
  tx: Tx,
  id: Id,
  changes: Partial<typeof familyImport.$inferInsert>,
  actor: Actor
): Promise<void> {
  const changed = { ...changes, ...changedBy(familyImport.rowVersion, actor) }
  await tx.update(familyImport).set(changed).where(eq(familyImport.id, id))
}

async function storeSome(
  tx: Tx,
  families: readonly ImportedFamily[],
  importId: Id,
  rules: Rules,
  actor: Actor
): Promise<void> {
  const subjectIds = [importId]
  for (const family of families) {
    subjectIds.push(...(await storeImported(tx, family, importId, rules, actor)))
  }
  await appendAudit(tx, { operation: OPERATION, subjectIds, result: 'done' }, actor)
}

/** The import has ended: what it brought, counted in the record. */
async function finish(tx: Tx, id: Id, actor: Actor): Promise<FamilyImportProgress> {
  const row = await rowOf(tx, id)
  if (row?.doneAt === '') {
    await change(tx, id, { doneAt: actor.now }, actor)
    await appendAudit(tx, { operation: OPERATION, subjectIds: [id], result: 'done' }, actor)
  }
  const [doubles] = await tx
    .select({ people: countDistinct(familyMember.personId) })
    .from(personPair)
    .innerJoin(familyMember, sql`${familyMember.personId} IN (${personPair.oneId}, ${personPair.otherId})`)
    .innerJoin(importedFamily, eq(importedFamily.id, familyMember.familyId))
    .where(eq(importedFamily.importId, id))
  return { stage: 'done', ...(await broughtBy(tx, id)), doubles: doubles?.people ?? 0 }
}

/** How many families and people of an import are in the record. */
async function broughtBy(db: ReadDb, id: Id): Promise<{ families: number; people: number }> {
  const [brought] = await db
    .select({ families: countDistinct(importedFamily.id), people: countDistinct(familyMember.personId) })
    .from(importedFamily)
    .innerJoin(familyMember, eq(familyMember.familyId, importedFamily.id))
    .where(eq(importedFamily.importId, id))
  return brought ?? { families: 0, people: 0 }
}

/**
 * Ends an import before anything is stored, or stops one that is being stored: what is stored stays. Of one that is said
 * to be unfinished, nobody is told any more. One that runs is the only one, whatever id the page has.
 *
 * @throws Refusal import-gone, import-running (nothing stops the looking for doubles)
 */
export async function cancelImport(
  store: Store,
  { importId }: Parsed<'family.cancelImport'>,
  actor: Actor
): Promise<FamilyImportProgress> {
  const stage = current?.progress.stage
  if (stage === 'matching') refuse('import-running')
  if (current && (isRunning(stage) || (stage === 'previewed' && current.id === importId))) {
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

/** Whole families, about so many people at once. */
function* chunksOf(families: readonly ImportedFamily[]): Generator<ImportedFamily[]> {
  let chunk: ImportedFamily[] = []
  let people = 0
  for (const family of families) {
    chunk.push(family)
    people += family.rows.length
    if (people < PEOPLE_AT_ONCE) continue
    yield chunk
    chunk = []
    people = 0
  }
  if (chunk.length > 0) yield chunk
}
