import { desc, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownFamily } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse, Refusal } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'

/**
 * Which family of the record a step-down is of, or that it is none that is known. Somebody may say it anew until a keyworker
 * has accepted, and not while one is asked about it; the newest counts, and whoever says it has read the one before (L7).
 *
 * @throws Refusal not-found, family-restricted, changed-since, step-not-possible (asked or accepted), clashing-id
 */
export async function matchStepDown(
  tx: Tx,
  matched: Parsed<'stepDown.match'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, stepDownId, basedOn, familyId, words } = matched
  const opened = await mustOpenStepDown(tx, stepDownId, actor)
  const [before] = await tx.select().from(stepDownFamily).where(eq(stepDownFamily.id, id))
  if (before) {
    const isSame = before.stepDownId === stepDownId && before.familyId === familyId && before.words === words
    if (before.createdBy !== actor.id || !isSame) refuse('clashing-id')
    return alreadyDone(null)
  }
  if (familyId !== '') await mustOpen(tx, familyId, actor)
  await mustBeMatchable(tx, opened, basedOn)
  await insertMatch(tx, opened, { id, familyId, how: familyId === '' ? 'none' : 'matched', words }, actor)
  return null
}

/** What a keyworker has accepted, or is asked about, is of the family that it is of. */
export async function mustBeMatchable(db: ReadDb, opened: OpenedStepDown, basedOn: Id): Promise<void> {
  if ((await newestMatch(db, opened.stepDownId)) !== basedOn) throw new Refusal({ code: 'changed-since' })
  const isAsked = opened.state === 'allocated' && opened.familyId !== ''
  if (isAsked || opened.ending === 'accepted') refuse('step-not-possible')
}

/** What was said last of which family it is; '' where nobody has said anything. */
export async function newestMatch(db: ReadDb, stepDownId: Id): Promise<Id> {
  const [newest] = await db
    .select({ id: stepDownFamily.id })
    .from(stepDownFamily)
    .where(eq(stepDownFamily.stepDownId, stepDownId))
    .orderBy(desc(stepDownFamily.createdAt), desc(stepDownFamily.id))
    .limit(1)
  return newest?.id ?? ''
}

export const insertMatch = (
  tx: Tx,
  { stepDownId, hubId, lastAt }: OpenedStepDown,
  match: Pick<typeof stepDownFamily.$inferInsert, 'id' | 'familyId' | 'how' | 'words'>,
  actor: Actor
) =>
  tx.insert(stepDownFamily).values({ ...writtenAfter(writtenBy(actor, hubId), lastAt), ...match, stepDownId })
