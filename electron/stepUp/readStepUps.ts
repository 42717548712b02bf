import { sql, type SQL } from 'drizzle-orm'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { isOpen, mayHappen, nextOf, standingOf, type NextOfStepUp } from '../../shared/stepUp/state.ts'
import type { StepUpEventRow, StepUpQuestion } from '../../shared/stepUp/stepUp.ts'
import { londonDate } from '../../shared/time/london.ts'
import { TRIAGE } from '../../shared/words/stepUp.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'

type Plain =
  | 'id'
  | 'familyId'
  | 'episodeId'
  | 'reference'
  | 'episodeReference'
  | 'familyReference'
  | 'childNames'
  | 'hubName'
  | 'requestedOn'
  | 'lastNoteOn'
  | 'oldNotesReason'
  | 'recordedAt'
  | 'byId'
  | 'byName'

/** A row of `step_up` with what happened to it. */
interface Found extends Standing, Pick<StepUp, Plain>, Record<StepUpQuestion, string> {
  isByAtWork: number
  hasEnded: number
  events: string
  meetings: string
}

interface MeetingOf {
  onDay: CivilDate
  chairId: Id
  chairName: string
  isChairAtWork: number
}

/**
 * Requests for step-up as they stand, the first asked for first; of a family that opens only with a reason nothing is told
 * that somebody wrote. Whoever calls has made sure that each may be known of.
 *
 * @param where a condition on `step_up` as s, `episode` as e and `family_index`
 */
export function readStepUps(db: ReadDb, where: SQL, actor: Actor): StepUp[] {
  return db
    .all<Found>(
      sql`SELECT ${standingFor(actor)}, s.id, s.family_id AS familyId, s.episode_id AS episodeId, s.reference,
        e.reference AS episodeReference, y.reference AS familyReference,
        ${childNames(sql`s.family_id`, londonDate(actor.now))} AS childNames, ${hubName} AS hubName,
        s.requested_on AS requestedOn, s.unmet_needs AS unmetNeeds, s.tried, s.within_resources AS withinResources,
        s.impact, s.evidence, s.advice, s.last_note_on AS lastNoteOn, s.old_notes_reason AS oldNotesReason,
        s.created_at AS recordedAt, s.created_by AS byId, ${nameOf('s.created_by')} AS byName,
        ${isAtWork('s.created_by')} AS isByAtWork, NOT ${sql.raw(isOpenEpisode('s.episode_id'))} AS hasEnded,
        ${events} AS events, ${meetings} AS meetings
      FROM step_up s JOIN episode e ON e.id = s.episode_id
        JOIN family y ON y.id = s.family_id
        JOIN family_index ON family_index.family_id = s.family_id
      WHERE ${where} ORDER BY s.requested_on, s.created_at, s.id`
    )
    .map((found) => {
      const stepUp = asStepUp(found)
      return isOpenTo(actor, found) ? stepUp : untold(stepUp)
    })
}

/**
 * A request of this assessment as it stands.
 *
 * @throws Refusal not-found
 */
export function theStepUp(
  db: ReadDb,
  { stepUpId, episodeId, familyId }: { stepUpId: Id; episodeId: Id; familyId: Id },
  actor: Actor
): StepUp {
  const [found] = readStepUps(
    db,
    sql`s.id = ${stepUpId} AND s.episode_id = ${episodeId} AND s.family_id = ${familyId}`,
    actor
  )
  return found ?? notFound()
}

const nameOf = (accountId: string): SQL =>
  sql.raw(`coalesce((SELECT name FROM account WHERE id = ${accountId}), '')`)

const isAtWork = (accountId: string): SQL =>
  sql.raw(`EXISTS (SELECT 1 FROM account WHERE id = ${accountId} AND status = 'active')`)

const events = sql`(SELECT json_group_array(json_object(
    'id', x.id, 'event', x.event, 'on', x.on_day, 'meetingId', x.meeting_id, 'who', x.who, 'words', x.words,
    'recordedAt', x.created_at, 'byName', ${nameOf('x.created_by')}) ORDER BY x.created_at, x.id)
  FROM step_up_event x WHERE x.step_up_id = s.id)`

/** R42: somebody who is a triage manager no more chairs nothing. */
const isChairAtWork = sql`EXISTS (SELECT 1 FROM account a JOIN account_role r ON r.account_id = a.id
  WHERE a.id = m.chair_id AND a.status = 'active' AND r.role = 'triage-manager' AND r.deleted_at IS NULL)`

/** By the id of each on whose agenda it was. */
const meetings = sql`(SELECT json_group_object(m.id, json_object(
    'onDay', m.on_day, 'chairId', m.chair_id, 'chairName', ${nameOf('m.chair_id')},
    'isChairAtWork', ${isChairAtWork}))
  FROM impact_meeting m WHERE m.id IN (SELECT x.meeting_id FROM step_up_event x WHERE x.step_up_id = s.id))`

function asStepUp(found: Found): StepUp {
  const { id, familyId, episodeId, reference, episodeReference, familyReference, hubId, requestedOn } = found
  const { unmetNeeds, tried, withinResources, impact, evidence, advice, lastNoteOn, oldNotesReason } = found
  const { recordedAt, byId, byName } = found
  const happened = JSON.parse(found.events) as StepUpEventRow[]
  const { state, meetingId } = standingOf(happened)
  const meeting = (JSON.parse(found.meetings) as Record<Id, MeetingOf>)[meetingId]
  const confirmed = happened.findLast(({ event }) => event === 'confirm')
  const next = nextOf({
    ...{ state, meetingId },
    isConfirmed: confirmed !== undefined,
    hasEnded: found.hasEnded === 1
  })
  return {
    ...{ id, familyId, episodeId, reference, episodeReference, familyReference, hubId, requestedOn },
    childNames: found.childNames,
    isHidden: false,
    hubName: found.hubName,
    answers: { unmetNeeds, tried, withinResources, impact, evidence, advice },
    ...{ lastNoteOn, oldNotesReason, state },
    mayDo: mayHappen(happened),
    isOpen: isOpen(state),
    meetingId,
    meetingOn: meeting?.onDay ?? '',
    next,
    ...ownerOf(next, found, meeting),
    confirmed: confirmed && { on: confirmed.on, who: confirmed.who, words: confirmed.words },
    events: happened,
    ...{ recordedAt, byId, byName }
  }
}

/** L18: what somebody has who is at work no more is with the triage managers. */
function ownerOf(
  next: NextOfStepUp | undefined,
  { byId, byName, isByAtWork }: Found,
  meeting: MeetingOf | undefined
): Pick<StepUp, 'ownerId' | 'ownerName'> {
  const withTriage = { ownerId: '', ownerName: TRIAGE }
  switch (next?.owner) {
    case undefined:
      return { ownerId: '', ownerName: '' }
    case 'triage':
      return withTriage
    case 'chair':
      return meeting?.isChairAtWork ? { ownerId: meeting.chairId, ownerName: meeting.chairName } : withTriage
    case 'requester':
      return isByAtWork ? { ownerId: byId, ownerName: byName } : withTriage
  }
}

const unanswered: StepUp['answers'] = {
  ...{ unmetNeeds: '', tried: '', withinResources: '', impact: '', evidence: '', advice: '' }
}

/** Of a family that opens only with a reason. */
const untold = (stepUp: StepUp): StepUp => ({
  ...stepUp,
  ...{ childNames: '', isHidden: true, answers: unanswered, oldNotesReason: '' },
  confirmed: stepUp.confirmed && { ...stepUp.confirmed, who: '', words: '' },
  events: stepUp.events.map((event) => ({ ...event, who: '', words: '' }))
})
