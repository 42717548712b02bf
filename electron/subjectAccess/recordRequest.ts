import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { subjectRequest } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { requestReference } from '../../shared/subjectAccess/request.ts'
import { problemsWithRequest } from '../../shared/subjectAccess/requestProblems.ts'
import type { Requester, RequestKind, SubjectAccessDraft } from '../../shared/subjectAccess/subjectAccess.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { writtenBy } from '../family/written.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustOpenPerson } from '../person/openPerson.ts'

type Recorded = Output<'subjectAccess.record'>

/**
 * Somebody asks for everything that the record holds of a person, or a court orders it (C14). Whoever records it prepares
 * the answer, until it is given to somebody else. The form's draft goes in the same act (L3); the same again answers with
 * the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, not-your-draft
 */
export async function recordRequest(
  tx: Tx,
  draft: SubjectAccessDraft,
  actor: Actor
): Promise<Recorded | AlreadyDone<Recorded>> {
  const problems = problemsWithRequest(draft, londonDate(actor.now))
  if (problems.length > 0) invalid(...problems)
  const { hubId } = await mustOpenPerson(tx, draft.personId, actor)
  const content = contentOf(draft)
  const [before] = await tx.select().from(subjectRequest).where(eq(subjectRequest.id, draft.id))
  if (before) {
    const isSame = (Object.keys(content) as (keyof typeof content)[]).every(
      (key) => before[key] === content[key]
    )
    return isSame && before.createdBy === actor.id
      ? alreadyDone({ id: before.id, reference: before.reference })
      : refuse('clashing-id')
  }
  await endDraft(tx, draft.id, actor)
  const reference = requestReference(actor.deskCode, await nextNumber(tx, 'subject-request'))
  await tx.insert(subjectRequest).values({
    ...writtenBy(actor, hubId),
    ...{ id: draft.id, reference, ownerId: actor.id },
    ...content
  })
  return { id: draft.id, reference }
}

/** What of a form is kept. What was not asked for is left out. The form has been checked. */
function contentOf(draft: SubjectAccessDraft) {
  const isOrdered = draft.kind === 'court-order'
  const asksThemselves = draft.requester === 'person'
  const day = (typed: string): CivilDate => readDate(typed)
  return {
    kind: draft.kind as RequestKind,
    personId: draft.personId,
    requester: draft.requester as Requester,
    requesterName: asksThemselves ? '' : draft.requesterName.trim(),
    contact: draft.contact.trim(),
    entitledBy: asksThemselves ? '' : draft.entitledBy.trim(),
    receivedOn: day(draft.receivedOn),
    answerBy: isOrdered ? day(draft.answerBy) : '',
    identityHow: isOrdered ? '' : draft.identityHow.trim(),
    identityOn: isOrdered ? '' : day(draft.identityOn),
    fromDay: day(draft.from),
    toDay: day(draft.to),
    wanted: draft.wanted.trim()
  }
}
