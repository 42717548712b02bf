import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { isWaiting, mayDo, standing } from '../../shared/transfer/state.ts'
import type { Transfer, TransferStep, TransferStepTaken } from '../../shared/transfer/transfer.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'

type StepRow = TransferStepTaken & Pick<Transfer, 'toId'>

/** A row of `transfer` with what was done for it. */
interface Found
  extends
    Standing,
    Pick<
      Transfer,
      | 'id'
      | 'familyId'
      | 'episodeId'
      | 'reference'
      | 'childNames'
      | 'kind'
      | 'reason'
      | 'belowThreshold'
      | 'requestedOn'
      | 'note'
      | 'authorityName'
      | 'notesGiven'
      | 'recordedAt'
      | 'byName'
    > {
  steps: string
  meetingHeldOn: CivilDate
  meetingArrangedFor: CivilDate
  agreedAnewOn: CivilDate
  familyReference: string
  lastMeetingOn: CivilDate
}

/** A transfer with what its lists ask for beside it. */
export interface ReadTransfer {
  transfer: Transfer
  /** How far its family is open to whoever asks. */
  standing: Standing
  familyReference: string
  /** The last meeting of the rhythm of the team (R34); '' where none was held. */
  lastMeetingOn: CivilDate
}

/**
 * Transfers as they stand, the newest request first; of a family that opens only with a reason nobody is named. Whoever calls has
 * made sure that it may be known of.
 *
 * @param where a condition on `transfer` as t, `episode` as e and `family_index`
 */
export function readTransfers(db: ReadDb, where: SQL, actor: Actor): ReadTransfer[] {
  const today = londonDate(actor.now)
  return db
    .all<Found>(
      sql`SELECT ${standingFor(actor)}, t.id, t.family_id AS familyId, t.episode_id AS episodeId, e.reference,
        ${childNames(sql`t.family_id`, today)} AS childNames, t.kind, t.reason, t.below_threshold AS belowThreshold,
        t.requested_on AS requestedOn, t.note, t.authority_name AS authorityName, t.created_at AS recordedAt,
        ${writtenBy('t')} AS byName, ${steps} AS steps, ${heldOn} AS meetingHeldOn, ${arrangedFor} AS meetingArrangedFor,
        ${agreedAnewOn} AS agreedAnewOn, ${notesGiven} AS notesGiven, y.reference AS familyReference,
        coalesce((SELECT n.last_meeting_on FROM episode_now n WHERE n.episode_id = t.episode_id), '') AS lastMeetingOn
      FROM transfer t JOIN episode e ON e.id = t.episode_id
        JOIN family y ON y.id = t.family_id
        JOIN family_index ON family_index.family_id = t.family_id
      WHERE ${where} ORDER BY t.requested_on DESC, t.created_at DESC, t.id DESC`
    )
    .map((found) => {
      const transfer = asTransfer(found, today)
      const { familyReference, lastMeetingOn } = found
      return {
        transfer: isOpenTo(actor, found) ? transfer : untold(transfer),
        standing: found,
        familyReference,
        lastMeetingOn
      }
    })
}

const writtenBy = (row: string): SQL =>
  sql.raw(`coalesce((SELECT name FROM account WHERE id = ${row}.created_by), '')`)

const steps = sql`(SELECT json_group_array(json_object(
    'id', s.id, 'step', s.step, 'on', s.on_day, 'toId', s.practitioner_id,
    'practitionerName', coalesce((SELECT name FROM practitioner WHERE id = s.practitioner_id), ''),
    'who', s.who, 'how', s.how, 'note', s.note, 'agreedOn', s.agreed_on, 'recordedAt', s.created_at,
    'byName', ${writtenBy('s')}) ORDER BY s.created_at, s.id)
  FROM transfer_step s WHERE s.transfer_id = t.id)`

/** A meeting of the rhythm (R34) that was held since the request is the review that R37 asks for. */
const heldOn = sql`coalesce((SELECT min(held) FROM (
    SELECT coalesce(
      (SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id ORDER BY r.created_at, r.id LIMIT 1),
      (SELECT m.on_day FROM episode_date d WHERE d.id = m.id AND d.ending = 'done')) AS held
    FROM meeting m WHERE m.episode_id = t.episode_id AND m.kind <> 'other')
  WHERE held >= t.requested_on), '')`

const arrangedFor = sql`coalesce((SELECT min(m.on_day) FROM meeting m JOIN episode_date d ON d.id = m.id
  WHERE m.episode_id = t.episode_id AND m.kind <> 'other' AND d.ending = '' AND d.deleted_at IS NULL
    AND m.on_day >= t.requested_on), '')`

/** R30: the family said yes since the request. */
const agreedAnewOn = sql`coalesce((SELECT min(a.decided_on) FROM agreement a
  WHERE a.family_id = t.family_id AND a.decision = 'given' AND a.decided_on >= t.requested_on), '')`

/** The newest counts (L24). */
const notesGiven = sql`coalesce((SELECT n.given FROM transfer_notes n WHERE n.transfer_id = t.id
  ORDER BY n.created_at DESC, n.id DESC LIMIT 1), '')`

function asTransfer(found: Found, today: CivilDate): Transfer {
  const taken = JSON.parse(found.steps) as StepRow[]
  const { state, proposal } = standing(found.kind, taken)
  const changeoverOn = proposal?.on ?? ''
  const dayOf = (step: TransferStep) => taken.findLast((each) => each.step === step)?.on ?? ''
  const { id, familyId, episodeId, reference, kind, reason, belowThreshold, requestedOn } = found
  const { authorityName, notesGiven: given, recordedAt, byName } = found
  return {
    ...{ id, familyId, episodeId, reference, kind, reason, belowThreshold, requestedOn, authorityName },
    childNames: found.childNames,
    note: found.note,
    state,
    mayDo: mayDo(kind, taken, today),
    isWaiting: isWaiting({ kind, state, changeoverOn }, today),
    toId: proposal?.toId ?? '',
    toName: proposal ? proposal.practitionerName || proposal.who : '',
    changeoverOn,
    reviewPlannedFor: found.meetingArrangedFor || dayOf('plan-review'),
    reviewHeldOn: dayOf('hold-review') || found.meetingHeldOn,
    familyToldOn: dayOf('tell-family'),
    agreementReviewedOn: earliest(
      ...taken.filter(({ step }) => step === 'review-agreement').map(({ on }) => on),
      found.agreedAnewOn
    ),
    authorityContactedOn: dayOf('contact-authority'),
    introducedOn: dayOf('introduce'),
    notesGiven: given,
    steps: taken.map(({ toId: _toId, ...step }) => step),
    recordedAt,
    byName
  }
}

/** Of a family that opens only with a reason neither its names nor who works with it are told. */
const untold = ({ steps: taken, ...transfer }: Transfer): Transfer => ({
  ...transfer,
  ...{ childNames: '', note: '', authorityName: '', toId: '', toName: '' },
  steps: taken.map((step) => ({ ...step, practitionerName: '', who: '', how: '', note: '' }))
})

/** '' is no day. */
const earliest = (...days: CivilDate[]): CivilDate => days.filter((day) => day !== '').toSorted()[0] ?? ''
