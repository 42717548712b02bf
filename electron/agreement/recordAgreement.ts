import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { agreement } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import { mayStart, problemsWithRecording } from '../../shared/agreement/problems.ts'
import { agreementNow } from '../../shared/agreement/standing.ts'
import { agreeingPeople } from '../../shared/agreement/who.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { childrenOn } from '../../shared/family/members.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { beginEpisode } from '../episode/beginEpisode.ts'
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
    if (before.createdBy !== actor.id || !isSaid(before, said)) refuse('clashing-id')
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
    const { episodeId: id, familyId, needs: reason, practitionerId, goesOnBecause: because } = draft
    const childIds = childrenOn(family.members, today)
    const goesOnBecause = await reasonToGoOn(tx, { familyId, childIds, because }, actor)
    await beginEpisode(tx, { id, familyId, reason, practitionerId, goesOnBecause }, actor, written)
  }
  return { id: draft.id }
}

/** As it will stand among the others. */
const asRow = (said: Said, { createdAt }: Written): AgreementRow => ({
  ...said,
  agencyIds: said.agencyIds.split(' ').filter((id) => id !== ''),
  recordedAt: createdAt,
  recordedByName: ''
})
