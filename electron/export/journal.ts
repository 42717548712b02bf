import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { caseExport, exportUnderWay, formDraft, sharing } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import type { ExportFile } from '../call/exportFile.ts'

/** What the audit tells of a file that leaves the building. */
export interface Told {
  operation: Operation
  subjectIds: readonly Id[]
}

export type SharedRow = typeof sharing.$inferInsert

/** What is recorded of an export once its file has its name. */
export interface Ending extends Told {
  id: Id
  included: number
  excluded: number
  fileSha256: string
  /** `null` where the audit is all that is kept of it. */
  row: typeof caseExport.$inferInsert | null
  /** `null` where it was shared with no agency or body; one of each family where it tells of several. */
  shared: SharedRow | readonly SharedRow[] | null
}

interface Begun extends Told {
  id: Id
  /** '' as long as nobody has said where to. */
  path: string
  familyId: Id
}

/** What an earlier start left: resolved when nobody looks for it any more. */
let ended: Promise<unknown> = Promise.resolve()

/** Says where a file is being written, before its first byte, and in the same act that it has begun: whatever has, ends. */
export async function begin(
  store: Store,
  { id, path, familyId, operation, subjectIds }: Begun,
  actor: Actor
): Promise<void> {
  // else what is removed of an earlier one, at the same place, might be this one
  await ended
  await store.write(async (tx) => {
    await tx.insert(exportUnderWay).values({
      ...{ id, path, familyId, beganAt: actor.now, operation, subjectIds: JSON.stringify(subjectIds) },
      ...{ actor: JSON.stringify(actor), ending: '', isTold: false }
    })
    await appendAudit(tx, { operation, subjectIds, result: 'begun' }, actor)
  })
}

/** What this person began and has not ended. @throws Refusal not-found */
export async function begunBy(db: ReadDb, id: Id, { id: actorId }: Actor): Promise<Told & { id: Id }> {
  const [row] = await db.select().from(exportUnderWay).where(eq(exportUnderWay.id, id))
  return row && (JSON.parse(row.actor) as Actor).id === actorId ? { id, ...toldOf(row, id) } : notFound()
}

/** Where something that has begun is written, before its first byte. */
export const willBeWritten = (store: Store, id: Id, path: string): Promise<unknown> =>
  store.write((tx) => tx.update(exportUnderWay).set({ path }).where(eq(exportUnderWay.id, id)))

/** Just before the file takes its name: killed from now on, the next start knows what there is to record. */
export const willBeNamed = (store: Store, id: Id, ending: Ending): Promise<unknown> =>
  store.write((tx) =>
    tx
      .update(exportUnderWay)
      .set({ ending: JSON.stringify(ending) })
      .where(eq(exportUnderWay.id, id))
  )

/** The file has its name: what it is, with whom it was shared, and that it is done, in one act. */
export const named = (store: Store, ending: Ending, actor: Actor): Promise<void> =>
  store.write((tx) => record(tx, ending, actor))

async function record(tx: Tx, ending: Ending, actor: Actor): Promise<void> {
  const { id, row, shared, operation, subjectIds, included, excluded, fileSha256 } = ending
  const rows = shared === null ? [] : [shared].flat()
  if (rows.length > 0) await tx.insert(sharing).values(rows)
  if (row) await tx.insert(caseExport).values(row)
  await tx.delete(exportUnderWay).where(eq(exportUnderWay.id, id))
  // what was typed ends with it (L3); the file has its name by now, so that nothing here may refuse
  await tx.delete(formDraft).where(and(eq(formDraft.id, id), eq(formDraft.ownerId, actor.id)))
  await appendAudit(
    tx,
    {
      ...{ operation, subjectIds, result: 'done' },
      reason: `count=${String(included)} excluded=${String(excluded)} sha256=${fileSha256}`
    },
    actor
  )
}

/**
 * It came to nothing.
 *
 * @param why a code
 * @param isRemoved whether nothing of it is left; what is left is looked for again at the next start
 */
export const failed = (
  store: Store,
  { id, operation, subjectIds }: Told & { id: Id },
  { why, isRemoved }: { why: string; isRemoved: boolean },
  actor: Actor
): Promise<void> =>
  store.write(async (tx) => {
    const mine = eq(exportUnderWay.id, id)
    await (isRemoved
      ? tx.delete(exportUnderWay).where(mine)
      : tx.update(exportUnderWay).set({ isTold: true, ending: '' }).where(mine))
    await tell(tx, { operation, subjectIds }, why, actor)
  })

/** Whether nothing of a file is left. */
export async function isDiscarded(file: ExportFile | undefined): Promise<boolean> {
  try {
    await file?.discard()
    return true
  } catch {
    // a folder that may only be read by now: looked for again at the next start
    return false
  }
}

const tell = (tx: Tx, told: Told, why: string, actor: Actor) =>
  appendAudit(tx, { ...told, result: 'failed', reason: why }, actor)

/**
 * Ends what a kill or a power cut left: the half-written file is removed and the audit says that it failed; one that had
 * its name already is recorded as it would have been. What cannot be reached, as on a stick that was taken away, is looked
 * for again at the next unlock.
 */
export async function endUnfinished(store: Store): Promise<null> {
  const ending = endEach(store)
  ended = ending.catch(() => undefined)
  await ending
  return null
}

/** @throws what the first says that could not be ended: it keeps no other from being */
async function endEach(store: Store): Promise<void> {
  const left = await store.read((db) => db.select().from(exportUnderWay))
  const problems: unknown[] = []
  for (const each of left) await end(store, each).catch((problem: unknown) => problems.push(problem))
  if (problems.length > 0) throw problems[0]
}

async function end(
  store: Store,
  { id, path, ending, isTold, actor: whose, ...begun }: typeof exportUnderWay.$inferSelect
): Promise<void> {
  const actor = JSON.parse(whose) as Actor
  const told = toldOf(begun, id)
  const part = path && `${path}.part`
  const isReachable = existsSync(dirname(path))
  // without either there is no knowing: a stick may have been taken away
  const isWhole = ending !== '' && !existsSync(part) && existsSync(path)
  const whole = isWhole ? (JSON.parse(ending) as Ending) : undefined
  // somebody may have another file of that name
  if (whole && (await sha256Of(path)) === whole.fileSha256) return named(store, whole, actor)
  const isRemoved = isReachable && (await removed(part))
  if (isRemoved && isTold)
    await store.write((tx) => tx.delete(exportUnderWay).where(eq(exportUnderWay.id, id)))
  else if (isRemoved) await failed(store, { id, ...told }, { why: 'killed', isRemoved }, actor)
  else if (!isTold)
    await store.write(async (tx) => {
      await tx.update(exportUnderWay).set({ isTold: true }).where(eq(exportUnderWay.id, id))
      await tell(tx, told, 'killed', actor)
    })
}

const toldOf = (
  { operation, subjectIds }: Pick<typeof exportUnderWay.$inferSelect, 'operation' | 'subjectIds'>,
  id: Id
): Told => ({
  operation: operation as Operation,
  subjectIds: subjectIds === '' ? [id] : (JSON.parse(subjectIds) as Id[])
})

/** '' where it cannot be read. */
async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  } catch {
    return ''
  }
  return hash.digest('hex')
}

async function removed(path: string): Promise<boolean> {
  // nobody had said where to
  if (path === '') return true
  try {
    await rm(path, { force: true })
    return true
  } catch {
    // something else holds it, as a virus scanner may
    return false
  }
}
