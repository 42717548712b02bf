import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { assessmentCheck, formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import type { agreedHows, CheckDraft } from '../../shared/check/check.ts'
import { problemsWithCheck } from '../../shared/check/problems.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import type { employers } from '../../shared/practitioner/practitioner.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate } from '../../shared/time/london.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { writtenBy } from '../family/written.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { insertChecked, isToldIn } from './insertChecked.ts'

type Begun = Output<'check.begin'>

/**
 * Begins a check: who agreed to it, when and how (R18), who asks and about whom. The same again answers with the first
 * result (L6). An agency that the directory does not have gets no answer until staff add it from an independent source.
 *
 * @throws Refusal invalid (by field), clashing-id, not-your-draft
 */
export async function beginCheck(
  tx: Tx,
  draft: CheckDraft,
  actor: Actor
): Promise<Begun | AlreadyDone<Begun>> {
  const [before] = await tx.select().from(assessmentCheck).where(eq(assessmentCheck.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isBegun(tx, draft, before))) refuse('clashing-id')
    return alreadyDone({ id: before.id, reference: before.reference })
  }
  const [kept] = await tx
    .select({ ownerId: formDraft.ownerId })
    .from(formDraft)
    .where(eq(formDraft.id, draft.id))
  if (kept && kept.ownerId !== actor.id) refuse('not-your-draft')

  const today = londonDate(actor.now)
  const problems = problemsWithCheck(draft, today)
  if (problems.length > 0) invalid(...problems)
  const employer = draft.employer as (typeof employers)[number]
  const directory = await inDirectory(tx, employer, draft.employerId)
  if (!directory) {
    return invalid({
      path: 'employerId',
      message: 'This is not in the directory. Add it from an independent source first'
    })
  }
  const written = writtenBy(actor, COUNTY_HUB_ID)
  const reference = deskReference('CHK', actor.deskCode, await nextNumber(tx, 'check'))
  await tx.insert(assessmentCheck).values({
    ...written,
    id: draft.id,
    reference,
    ...told(draft),
    employerName: directory.name,
    mainNumber: directory.mainNumber
  })
  await insertChecked(tx, draft.children, { checkId: draft.id, actId: draft.id }, today, written)
  await tx.delete(formDraft).where(eq(formDraft.id, draft.id))
  return { id: draft.id, reference }
}

/** What stands in a check as it was typed. The form has been checked. */
const told = (draft: CheckDraft) => ({
  callerName: draft.callerName.trim(),
  callerRole: draft.callerRole.trim(),
  employer: draft.employer as (typeof employers)[number],
  employerId: draft.employerId,
  agreedBy: draft.agreedBy.trim(),
  agreedRelation: draft.agreedRelation.trim(),
  agreedOn: readDate(draft.agreedOn),
  agreedHow: draft.agreedHow as (typeof agreedHows)[number]
})

/** Is this form the check that was begun, word for word (L6)? */
async function isBegun(
  tx: Tx,
  draft: CheckDraft,
  before: typeof assessmentCheck.$inferSelect
): Promise<boolean> {
  const typed = told(draft)
  const isSame = (Object.keys(typed) as (keyof typeof typed)[]).every((key) => before[key] === typed[key])
  const act = { checkId: draft.id, actId: draft.id }
  return isSame && isToldIn(tx, draft.children, act, londonDate(before.createdAt))
}
