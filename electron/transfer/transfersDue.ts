import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS, type Whose } from '../../shared/call/loop.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { readTransfers, type ReadTransfer } from './readTransfers.ts'

type Due = Pick<FamilyDue, 'kind' | 'dueOn'>

/** The last transfer of an open assessment, unless nothing of it is to be done any more. */
const isGoing = sql`t.episode_id IN (SELECT episode_id FROM episode_now WHERE closed_on = '')
  AND NOT EXISTS (SELECT 1 FROM transfer later WHERE later.episode_id = t.episode_id
    AND (later.created_at, later.id) > (t.created_at, t.id))
  AND NOT EXISTS (SELECT 1 FROM transfer_step s WHERE s.transfer_id = t.id AND s.step IN ('cancel', 'hand-over'))
  AND (SELECT count(DISTINCT s.step) FROM transfer_step s
    WHERE s.transfer_id = t.id AND s.step IN ('accept', 'introduce', 'review-agreement')) < 3`

/**
 * What waits about transfers, up to a day: the review of the team, the changeover, an answer, and after the changeover what
 * is still open (R30, R37 to R39, R58). It is seen to by whoever asked for the transfer, and by the coordinator of the
 * family's hub.
 */
export function transfersDue(
  db: ReadDb,
  { whose, actor, until }: { whose: Whose; actor: Actor; until: CivilDate }
): FamilyDue[] {
  const today = londonDate(actor.now)
  const hubs = hasRole(actor, 'coordinator') ? actor.hubIds : []
  const isTheirs = sql`(t.created_by = ${actor.id}
    OR family_index.hub_id IN (SELECT value FROM json_each(${JSON.stringify(hubs)})))`
  const found = readTransfers(
    db,
    sql`${isGoing} AND ${whose === 'mine' ? isTheirs : sql`1`} AND ${knownFamilies(actor) ?? sql`1`}`,
    actor
  )
  return found
    .flatMap((each) => dueOf(each, today).map((due) => asRow(each, due)))
    .filter(({ dueOn }) => dueOn <= until)
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .slice(0, OPEN_ROWS)
}

const asRow = ({ transfer, familyReference }: ReadTransfer, due: Due): FamilyDue => ({
  ...due,
  id: transfer.id,
  rowVersion: 0,
  familyId: transfer.familyId,
  familyReference,
  familyName: transfer.childNames,
  ownerName: transfer.byName,
  note: whereTo(transfer)
})

const whereTo = ({ toName, authorityName }: Transfer): string =>
  [toName && `To ${toName}`, authorityName].filter(Boolean).join(', ')

/** What of one transfer waits, each with its day. */
function dueOf({ transfer, lastMeetingOn }: ReadTransfer, today: CivilDate): Due[] {
  const { state, kind, changeoverOn } = transfer
  if (state === 'accepted' && kind === 'in-county' && changeoverOn <= today)
    return afterChangeover(transfer, lastMeetingOn)
  return [...reviewOf(transfer), ...nextOf(transfer)]
}

/** R37: planned, or still to be planned. */
const reviewOf = ({ reviewHeldOn, reviewPlannedFor, requestedOn }: Transfer): Due[] =>
  reviewHeldOn === '' ? [{ kind: 'transfer-review', dueOn: reviewPlannedFor || requestedOn }] : []

function nextOf(transfer: Transfer): Due[] {
  const { state, kind, reviewHeldOn, changeoverOn, steps, requestedOn } = transfer
  if (state === 'proposed') {
    const proposedAt = steps.findLast(({ step }) => step === 'propose')?.recordedAt
    return [{ kind: 'transfer-answer', dueOn: proposedAt ? londonDate(proposedAt) : requestedOn }]
  }
  if (state === 'accepted')
    return [{ kind: kind === 'in-county' ? 'changeover' : 'hand-over', dueOn: changeoverOn }]
  return reviewHeldOn === '' ? [] : [{ kind: 'transfer-proposal', dueOn: reviewHeldOn }]
}

/** R30, and R58: asked for until the team has met once since. */
function afterChangeover(
  { agreementReviewedOn, introducedOn, reviewPlannedFor, changeoverOn }: Transfer,
  lastMeetingOn: CivilDate
): Due[] {
  const isIntroduced = introducedOn !== '' || lastMeetingOn >= changeoverOn
  const nextMeeting = reviewPlannedFor >= changeoverOn ? reviewPlannedFor : changeoverOn
  return [
    ...(agreementReviewedOn === '' ? [{ kind: 'transfer-agreement' as const, dueOn: changeoverOn }] : []),
    ...(isIntroduced ? [] : [{ kind: 'introduction' as const, dueOn: nextMeeting }])
  ]
}
