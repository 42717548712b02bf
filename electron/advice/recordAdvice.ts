import { and, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { advice, episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { adviceDay, problemsWithAdvice } from '../../shared/advice/problems.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

type Draft = Parsed<'advice.record'>
type Recorded = Output<'advice.record'>

/**
 * R41: advice was asked, and what it was; or the answer to a question that was recorded before. The form's draft goes in
 * the same act (L3); the same again answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, not-your-draft
 */
export async function recordAdvice(
  tx: Tx,
  draft: Draft,
  actor: Actor
): Promise<Recorded | AlreadyDone<Recorded>> {
  const { hubId } = await mustOpen(tx, draft.familyId, actor)
  const [before] = await tx.select().from(advice).where(eq(advice.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !isRecorded(draft, before)) refuse('clashing-id')
    return alreadyDone({ id: draft.id })
  }
  await endDraft(tx, draft.id, actor)
  if (draft.episodeId !== '') await mustBeOfFamily(tx, draft)
  const question = draft.answersId === '' ? undefined : await questionOf(tx, draft)
  const today = londonDate(actor.now)
  const problems = problemsWithAdvice(draft, { today, question })
  if (problems.length > 0) invalid(...problems)
  await tx.insert(advice).values({ ...writtenBy(actor, hubId), ...typed(draft, today), id: draft.id })
  return { id: draft.id }
}

async function mustBeOfFamily(db: ReadDb, { familyId, episodeId }: Draft): Promise<void> {
  const [found] = await db
    .select({ id: episode.id })
    .from(episode)
    .where(and(eq(episode.id, episodeId), eq(episode.familyId, familyId)))
  if (!found) notFound()
}

/** The question of this family that is answered: an answer is no question. */
async function questionOf(db: ReadDb, { familyId, answersId }: Draft) {
  const [found] = await db
    .select({ askedOn: advice.askedOn })
    .from(advice)
    .where(and(eq(advice.id, answersId), eq(advice.familyId, familyId), eq(advice.answersId, '')))
  return found ?? notFound()
}

/** What of a form is kept as it was typed. An answer has the question beside it. */
const typed = (draft: Draft, today: CivilDate) => ({
  ...{ familyId: draft.familyId, episodeId: draft.episodeId, answersId: draft.answersId },
  askedOn: adviceDay(draft, today),
  askedWhom: draft.askedWhom.trim(),
  question: draft.answersId === '' ? draft.question.trim() : '',
  answer: draft.answer.trim()
})

/** Is this form what was recorded, word for word (L6)? */
function isRecorded(draft: Draft, before: typeof advice.$inferSelect): boolean {
  const again = typed(draft, londonDate(before.createdAt))
  return (Object.keys(again) as (keyof typeof again)[]).every((key) => before[key] === again[key])
}
