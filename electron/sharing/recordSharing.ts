import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { sharing } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { agreementOn } from '../../shared/agreement/standing.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import {
  goesWithoutAgreement,
  problemsWithSharing,
  sharedOn,
  shareeId
} from '../../shared/sharing/problems.ts'
import type { SharingDraft, SharingHow } from '../../shared/sharing/sharing.ts'
import { londonDate } from '../../shared/time/london.ts'
import { agencyNames } from '../agency/agencyNames.ts'
import { endDraft } from '../draft/endDraft.ts'
import { readFamily } from '../family/readFamily.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

type Recorded = Output<'sharing.record'>

/**
 * Information about a family was, or is now to be, shared with somebody outside. What the family had not agreed to on that
 * day goes ahead with a reason, and never without one (domain 0.4, R5). The form's draft goes in the same act (L3); the
 * same again answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, not-your-draft
 */
export async function recordSharing(
  tx: Tx,
  draft: SharingDraft,
  actor: Actor
): Promise<Recorded | AlreadyDone<Recorded>> {
  await mustOpen(tx, draft.familyId, actor)
  const [before] = await tx.select().from(sharing).where(eq(sharing.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !isShared(draft, before)) refuse('clashing-id')
    return alreadyDone({ id: draft.id })
  }
  await endDraft(tx, draft.id, actor)
  await tx.insert(sharing).values(await sharedRow(tx, draft, actor))
  return { id: draft.id }
}

/**
 * The row of a sharing, with the agreement that stands on its day.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field)
 */
export async function sharedRow(
  db: ReadDb,
  draft: SharingDraft,
  actor: Actor
): Promise<typeof sharing.$inferInsert> {
  const { hubId, members, agreements } = await readFamily(db, { id: draft.familyId }, actor)
  const today = londonDate(actor.now)
  const { here, gone } = membersOn(members, today)
  const people = [...here, ...gone].map(({ keptId }) => keptId)
  const problems = problemsWithSharing(draft, { people, agreements, today })
  if (problems.length > 0) invalid(...problems)

  const isAgreed = !goesWithoutAgreement(draft, agreements, today)
  return {
    ...writtenBy(actor, hubId),
    id: draft.id,
    familyId: draft.familyId,
    ...typed(draft, isAgreed, today),
    agencyName: await nameOfSharee(db, draft),
    agreementId: agreementOn(agreements, sharedOn(draft, today))?.id ?? '',
    isAgreed
  }
}

/** As the directory names them today, or as they were typed. */
async function nameOfSharee(db: ReadDb, draft: Parsed<'sharing.record'>): Promise<string> {
  if (draft.notInDirectory) return draft.bodyName.trim()
  const [found] = await agencyNames(db, { ids: [draft.agencyId] })
  if (!found) return invalid({ path: 'agencyId', message: 'Choose the agency or school from the list' })
  return found.name
}

/** What of a form is kept as it was typed. A reason that was not asked for is left out. The form has been checked. */
const typed = (draft: SharingDraft, isAgreed: boolean, today: CivilDate) => ({
  agencyId: shareeId(draft),
  personThere: draft.personThere.trim(),
  personIds: draft.personIds.join(' '),
  what: draft.what.trim(),
  purpose: draft.purpose.trim(),
  how: draft.how as SharingHow,
  sharedOn: sharedOn(draft, today),
  ground: isAgreed ? ('' as const) : draft.ground,
  advisedBy: !isAgreed && draft.ground === 'public-interest' ? draft.advisedBy.trim() : '',
  reason: isAgreed ? '' : draft.reason.trim()
})

/** Is this form what was recorded, word for word (L6)? */
function isShared(draft: SharingDraft, before: typeof sharing.$inferSelect): boolean {
  const again = typed(draft, before.isAgreed, londonDate(before.createdAt))
  const isSameBody = !draft.notInDirectory || before.agencyName === draft.bodyName.trim()
  return (
    isSameBody && (Object.keys(again) as (keyof typeof again)[]).every((key) => before[key] === again[key])
  )
}
