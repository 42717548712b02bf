import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { agreement, episodeClosure } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Withdrawn } from '../../shared/agreement/agreement.ts'
import { problemsWithWithdrawal } from '../../shared/agreement/problems.ts'
import { agreementNow } from '../../shared/agreement/standing.ts'
import { agreeingPeople } from '../../shared/agreement/who.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { readFamily } from '../family/readFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { closureOf, hangsOnAgreement, type WithdrawalRow } from './hanging.ts'
import { isSaid, saidInWithdrawal } from './insertAgreement.ts'

/**
 * Somebody withdraws their agreement (R28, R29, L29). Where it still stands through someone else its scope narrows, and
 * nothing ends. Where none remains, everything that hangs on agreement ends at once, in this transaction: nothing of the
 * family's agreement is left in any list of what is due. The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), changed-since, no-agreement, clashing-id,
 * not-your-draft
 */
export async function withdrawAgreement(
  tx: Tx,
  draft: Parsed<'agreement.withdraw'>,
  actor: Actor
): Promise<Withdrawn | AlreadyDone<Withdrawn>> {
  const family = await readFamily(tx, { id: draft.familyId }, actor)
  const [before] = await tx.select().from(agreement).where(eq(agreement.id, draft.id))
  if (before) {
    const said = saidInWithdrawal(draft, before.reviewOn, londonDate(before.createdAt))
    const isSame = isSaid(before, said) && (await isClosedSo(tx, draft))
    if (before.createdBy !== actor.id || !isSame) refuse('clashing-id')
    return alreadyDone(await endedBy(tx, before))
  }
  await endDraft(tx, draft.id, actor)
  if ((family.agreements[0]?.id ?? '') !== draft.basedOn) throw new Refusal({ code: 'changed-since' })
  const now = agreementNow(family.agreements)
  if (now?.decision !== 'given') return refuse('no-agreement')

  const today = londonDate(actor.now)
  const open = family.episodes.find(({ closure }) => !closure)
  const problems = problemsWithWithdrawal(draft, {
    people: agreeingPeople(family, today),
    today,
    now,
    isAssessmentOpen: open !== undefined
  })
  if (problems.length > 0) invalid(...problems)

  const written = writtenAfter(writtenBy(actor, family.hubId), family.agreements[0]?.recordedAt)
  const said = saidInWithdrawal(draft, now.reviewOn, today)
  const then = agreementNow([...family.agreements, { ...said, recordedAt: written.createdAt }])
  if (then?.decision === 'given' && then.id !== said.id) {
    // a young person's yes prevails, and somebody else agreed after it: that would stand again
    const message = `Enter a day from ${showDate(then.decidedOn)} on, when somebody agreed again`
    invalid({ path: 'withdrawnOn', message })
  }
  await tx.insert(agreement).values({ ...written, ...said })
  if (draft.standing === 'none-remains') {
    const ending = { draft, withdrawnOn: said.decidedOn, openEpisodeId: open?.id, written, actor }
    for (const { end } of hangsOnAgreement) await end(tx, ending)
  }
  return endedBy(tx, { ...said, createdAt: written.createdAt })
}

/** Where this withdrawal closed an assessment: did it close as the form says (L6)? */
async function isClosedSo(db: ReadDb, draft: Parsed<'agreement.withdraw'>): Promise<boolean> {
  const [kept] = await db.select().from(episodeClosure).where(eq(episodeClosure.agreementId, draft.id))
  const said = closureOf(draft)
  return (Object.keys(said) as (keyof typeof said)[]).every((key) => !kept || kept[key] === said[key])
}

async function endedBy(db: ReadDb, withdrawal: WithdrawalRow): Promise<Withdrawn> {
  const ended: Withdrawn['ended'] = []
  for (const hanging of hangsOnAgreement) {
    const rows = await hanging.endedBy(db, withdrawal)
    ended.push(...rows.map(({ id }) => ({ what: hanging.what, id })))
  }
  return { ended }
}
