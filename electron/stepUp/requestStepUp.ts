import { and, desc, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { caseNote, stepUp } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { triageOn } from '../../shared/setting/inForce.ts'
import {
  areNotesOld,
  problemsWithStepUp,
  saidInStepUp,
  type SaidInStepUp
} from '../../shared/stepUp/problems.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { mustHaveFeedback } from './mustHaveFeedback.ts'

type Requested = Output<'stepUp.request'>

/**
 * "Request step-up": somebody asks that statutory services take a family, with the six questions answered and the case
 * notes up to date (R42, R43, R46). Agreement is not asked for here: that it is missing never holds up a concern. An
 * assessment has one request without feedback. The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, step-up-waits, invalid (by field), clashing-id,
 *   not-your-draft
 */
export async function requestStepUp(
  tx: Tx,
  draft: Parsed<'stepUp.request'>,
  actor: Actor
): Promise<Requested | AlreadyDone<Requested>> {
  const { id, familyId, episodeId } = draft
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(stepUp).where(eq(stepUp.id, id))
  if (before) {
    const said = saidInStepUp(draft, before.oldNotesReason !== '')
    const isSame = before.createdBy === actor.id && before.episodeId === episodeId && isSaid(before, said)
    if (!isSame) refuse('clashing-id')
    return alreadyDone({ reference: before.reference })
  }
  await endDraft(tx, id, actor)
  await mustBeOpen(tx, draft)
  mustHaveFeedback(tx, episodeId)

  const today = londonDate(actor.now)
  const lastNoteOn = await dayOfLastNote(tx, draft)
  const { noteDays } = triageOn(await settingsInRecord(tx), today)
  const about = { today, lastNoteOn, noteDays }
  const problems = problemsWithStepUp(draft, about)
  if (problems.length > 0) invalid(...problems)
  const reference = deskReference('SUP', actor.deskCode, await nextNumber(tx, 'step-up'))
  await tx.insert(stepUp).values({
    ...writtenBy(actor, hubId),
    ...saidInStepUp(draft, areNotesOld(about)),
    ...{ id, familyId, episodeId, reference, requestedOn: today, lastNoteOn }
  })
  return { reference }
}

const isSaid = (row: typeof stepUp.$inferSelect, said: SaidInStepUp): boolean =>
  (Object.keys(said) as (keyof SaidInStepUp)[]).every((key) => row[key] === said[key])

/** R46: the London day of what the last case note of an assessment tells of; '' where there is none. */
async function dayOfLastNote(
  db: ReadDb,
  { familyId, episodeId }: { familyId: Id; episodeId: Id }
): Promise<CivilDate> {
  const [last] = await db
    .select({ at: caseNote.happenedAt })
    .from(caseNote)
    .where(and(eq(caseNote.familyId, familyId), eq(caseNote.episodeId, episodeId), eq(caseNote.addsTo, '')))
    .orderBy(desc(caseNote.happenedAt), desc(caseNote.id))
    .limit(1)
  return last ? londonDate(last.at) : ''
}
