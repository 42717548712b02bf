import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { agreement, episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import { mayStart, problemsWithRecording } from '../../shared/agreement/problems.ts'
import { agreementNow } from '../../shared/agreement/standing.ts'
import { agreeingPeople } from '../../shared/agreement/who.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { childrenOn } from '../../shared/family/members.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { beginEpisode, hasBegunSo, type Beginning } from '../episode/beginEpisode.ts'
import { reasonToGoOn } from '../episode/findElsewhere.ts'
import { readFamily } from '../family/readFamily.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'
import { isSaid, saidInAgreement, type Said } from './insertAgreement.ts'

type Recorded = Output<'agreement.record'>

/**
 * What a family decided after it was registered (R24 to R27): a new row, so that a refusal stays readable beside the yes
 * that came later. Where that yes finds no assessment open it may start one, with a keyworker who may be given it (R22,
 * R23); never a second one (R20). The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), changed-since, clashing-id, not-your-draft
 */
export async function recordAgreement(
  tx: Tx,
  draft: Parsed<'agreement.record'>,
  actor: Actor
): Promise<Recorded | AlreadyDone<Recorded>> {
  const family = await readFamily(tx, { id: draft.familyId }, actor)
  const [before] = await tx.select().from(agreement).where(eq(agreement.id, draft.id))
  if (before) {
    const said = saidInAgreement(draft, londonDate(before.createdAt))
    const isSame = isSaid(before, said) && (await isStarted(tx, draft, before.createdAt))
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone({ id: draft.id })
  }
  await endDraft(tx, draft.id, actor)
  if ((family.agreements[0]?.id ?? '') !== draft.basedOn) throw new Refusal({ code: 'changed-since' })

  const today = londonDate(actor.now)
  const written = writtenAfter(writtenBy(actor, family.hubId), family.agreements[0]?.recordedAt)
  const said = saidInAgreement(draft, today)
  const isAssessmentOpen = family.episodes.some(({ closure }) => !closure)
  const problems = problemsWithRecording(draft, {
    people: agreeingPeople(family, today),
    today,
    then: agreementNow([...family.agreements, asRow(said, written)]),
    isAssessmentOpen
  })
  if (problems.length > 0) invalid(...problems)
  const starts = mayStart(draft, isAssessmentOpen) && draft.starts === 'yes'
  if (starts) await mustBeGivable(tx, draft.practitionerId, today)

  await tx.insert(agreement).values({ ...written, ...said })
  if (starts) {
    const { goesOnBecause: because, ...begun } = beginningOf(draft)
    const { familyId } = begun
    const childIds = childrenOn(family.members, today)
    const goesOnBecause = await reasonToGoOn(tx, { familyId, childIds, because }, actor)
    await beginEpisode(tx, { ...begun, goesOnBecause }, actor, written)
  }
  return { id: draft.id }
}

const beginningOf = ({
  episodeId: id,
  needs: reason,
  familyId,
  practitionerId,
  goesOnBecause
}: Parsed<'agreement.record'>): Beginning => ({ id, familyId, reason, practitionerId, goesOnBecause })

/** Did this form start an assessment, or none, as it says (L6)? Nothing started where one was open then. */
async function isStarted(db: ReadDb, draft: Parsed<'agreement.record'>, then: Instant): Promise<boolean> {
  const starts = mayStart(draft, wasOpen(db, draft.familyId, then)) && draft.starts === 'yes'
  return starts
    ? hasBegunSo(db, beginningOf(draft))
    : (await db.$count(episode, eq(episode.id, draft.episodeId))) === 0
}

/** Had a family an open assessment just before? */
const wasOpen = (db: ReadDb, familyId: Id, then: Instant): boolean =>
  db.get<{ found: number }>(sql`SELECT EXISTS (SELECT 1 FROM episode e
    WHERE e.family_id = ${familyId} AND e.created_at < ${then} AND NOT EXISTS (
      SELECT 1 FROM episode_closure c WHERE c.episode_id = e.id AND c.created_at < ${then} AND NOT EXISTS (
        SELECT 1 FROM episode_reopening r WHERE r.closure_id = c.id AND r.created_at < ${then}))) AS found`)
    .found === 1

/** As it will stand among the others. */
const asRow = (said: Said, { createdAt }: Written): AgreementRow => ({
  ...said,
  agencyIds: said.agencyIds.split(' ').filter((id) => id !== ''),
  recordedAt: createdAt,
  recordedByName: ''
})
