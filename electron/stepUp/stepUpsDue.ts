import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { waitingStepUps } from '../../db/stepUps.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS, type Whose } from '../../shared/call/loop.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import type { NextOfStepUp } from '../../shared/stepUp/state.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { readStepUps } from './readStepUps.ts'

/** A request without feedback, or one that was accepted while its assessment is open (R59). */
const isGoing = sql.raw(`s.id IN (${waitingStepUps({ accepted: true })})`)

const kinds: Record<NextOfStepUp['act'], FamilyDue['kind']> = {
  'plan-meeting': 'step-up-to-plan',
  'record-outcome': 'step-up-meeting',
  inform: 'step-up-information',
  'decide-without-agreement': 'step-up-without-agreement',
  confirm: 'step-up-to-confirm',
  'end-assessment': 'step-up-to-end'
}

/**
 * What waits about requests for step-up, up to a day, each with whose it is (C10, L18): the triage managers see what is with
 * nobody in particular, a chair what is on their agenda, whoever asked for it and the hub's coordinators what is asked of
 * them.
 */
export function stepUpsDue(
  db: ReadDb,
  { whose, actor, until }: { whose: Whose; actor: Actor; until: CivilDate }
): FamilyDue[] {
  return readStepUps(db, sql`${isGoing} AND ${knownFamilies(actor) ?? sql`1`}`, actor)
    .filter((stepUp) => whose === 'everyone' || isTheirs(stepUp, actor))
    .flatMap((stepUp) => (stepUp.next ? [asRow(stepUp, stepUp.next)] : []))
    .filter(({ dueOn }) => dueOn <= until)
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .slice(0, OPEN_ROWS)
}

function isTheirs({ ownerId, next, hubId }: StepUp, actor: Actor): boolean {
  if (ownerId === actor.id) return true
  if (ownerId === '' && hasRole(actor, 'triage-manager')) return true
  return next?.owner === 'requester' && hasRole(actor, 'coordinator') && actor.hubIds.includes(hubId)
}

const asRow = (stepUp: StepUp, { act }: NextOfStepUp): FamilyDue => ({
  kind: kinds[act],
  id: stepUp.id,
  rowVersion: 0,
  familyId: stepUp.familyId,
  familyReference: stepUp.familyReference,
  familyName: stepUp.childNames,
  dueOn: act === 'record-outcome' ? stepUp.meetingOn : (stepUp.events.at(-1)?.on ?? stepUp.requestedOn),
  ownerName: stepUp.ownerName,
  note: stepUp.reference
})
