import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord, ToldText } from '../../shared/export/told.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { PlanOutcome } from '../../shared/plan/plan.ts'
import { progressNow } from '../../shared/plan/standing.ts'
import type { StepUp, StepUpEvidence } from '../../shared/stepUp/record.ts'
import { stepUpQuestions } from '../../shared/stepUp/stepUp.ts'
import { showDate, showDay } from '../../shared/time/london.ts'
import { domainLabels } from '../../shared/words/assessment.ts'
import { attendanceLabels, meetingKindLabels } from '../../shared/words/meeting.ts'
import { endingLabels, progressLabels } from '../../shared/words/plan.ts'
import { eventSaid, questionLabels, stepUpStateLabels } from '../../shared/words/stepUp.ts'
import { transferReasonLabels } from '../../shared/words/transfer.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { readEvidence } from '../stepUp/readEvidence.ts'
import { readStepUps } from '../stepUp/readStepUps.ts'
import { below, joined, toldTexts, unlessEmpty, type Said } from './toldTexts.ts'

/**
 * The requests for step-up of a family, the first first: the six answers, the meetings that looked at each, what they decided
 * and what was done since, with what continues.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldStepUps(db: ReadDb, familyId: Id, actor: Actor): Promise<ToldRecord[]> {
  await mustOpen(db, familyId, actor)
  const meetings = meetingsOf(db, familyId)
  return readStepUps(db, sql`s.family_id = ${familyId}`, actor).map((stepUp) => ({
    ...{ id: stepUp.id, kind: 'step-up', reference: stepUp.reference, title: 'Request for step-up' },
    ...{ on: stepUp.requestedOn, recordedAt: stepUp.recordedAt, byName: stepUp.byName },
    texts: toldTexts([...askedSaid(stepUp), ...metSaid(stepUp, meetings), ...happenedSaid(stepUp)]),
    files: []
  }))
}

interface MeetingOf {
  id: Id
  onDay: CivilDate
  startsAt: string
  place: string
  chairName: string
}

const meetingsOf = (db: ReadDb, familyId: Id): MeetingOf[] =>
  db.all(sql`SELECT m.id, m.on_day AS onDay, m.starts_at AS startsAt, m.place, coalesce(a.name, '') AS chairName
    FROM impact_meeting m LEFT JOIN account a ON a.id = m.chair_id
    WHERE m.deleted_at IS NULL AND m.id IN (SELECT x.meeting_id FROM step_up_event x WHERE x.family_id = ${familyId})
    ORDER BY m.on_day, m.starts_at, m.id`)

const askedSaid = ({ episodeReference, hubName, lastNoteOn, oldNotesReason, answers }: StepUp): Said[] => [
  ['assessment', 'Assessment', episodeReference],
  ['hub', 'Local hub', hubName],
  ...stepUpQuestions.map((question): Said => [question, questionLabels[question], answers[question]]),
  ['lastNoteOn', 'The last case note', lastNoteOn && showDate(lastNoteOn)],
  ['oldNotesReason', 'Why the case notes were not up to date', oldNotesReason]
]

const metSaid = ({ events }: StepUp, meetings: readonly MeetingOf[]): Said[] =>
  meetings
    .filter(({ id }) => events.some(({ meetingId }) => meetingId === id))
    .map(({ id, onDay, startsAt, place, chairName }): Said => [
      `meetings.${id}`,
      'Action and Impact Meeting',
      joined(showDay(onDay), startsAt, place, unlessEmpty('chaired by ', chairName))
    ])

const happenedSaid = ({ state, events, confirmed, isOpen }: StepUp): Said[] => [
  ...events.map((event): Said => [
    `events.${event.id}`,
    'What happened',
    below(`${showDate(event.on)}: ${eventSaid(event)}. Recorded by ${event.byName}.`, event.words)
  ]),
  ['state', 'Where it stands', stepUpStateLabels[state]],
  ['feedback', 'Feedback', isOpen ? 'No feedback is recorded yet.' : 'Feedback is recorded.'],
  [
    'continues',
    'What continues',
    confirmed ? below(joined(confirmed.who, showDate(confirmed.on)), confirmed.words) : ''
  ]
]

/**
 * The evidence that goes with a request, as its page assembles it from the record (R42): needs, plan, meetings, case notes by
 * their number, keyworkers and levels.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldEvidence(db: ReadDb, episodeId: Id, actor: Actor): Promise<ToldText[]> {
  const evidence = await readEvidence(db, { episodeId }, actor)
  const { reason, reference, registeredOn, notes } = evidence
  return toldTexts([
    [
      'record.reason',
      'Why the assessment began',
      below(reason, `${reference}, registered on ${showDate(registeredOn)}`)
    ],
    ...needsSaid(evidence),
    ...evidence.outcomes.map((outcome): Said => [
      `record.plan.${outcome.id}`,
      'The plan',
      outcomeWords(outcome)
    ]),
    ['record.meetings', 'Meetings that were held', below(...evidence.meetings.map(meetingWords))],
    [
      'record.notes',
      'Case notes',
      notes.count === 0 ? 'None yet' : `${String(notes.count)}, the last of ${showDate(notes.lastOn)}`
    ],
    ['record.keyworkers', 'Keyworkers', below(...evidence.keyworkers.map(keyworkerWords))],
    [
      'record.transfers',
      'Transfers',
      below(
        ...evidence.transfers.map(({ on, reason: why }) => `${showDate(on)}: ${transferReasonLabels[why]}`)
      )
    ],
    ...evidence.levels.map(({ id, on, levelName, rationale }): Said => [
      `record.levels.${id}`,
      'Level of need',
      `${showDate(on)}: ${levelName}. ${rationale}`
    ])
  ])
}

const needsSaid = ({ needs }: StepUpEvidence): Said[] =>
  needs.map(({ personId, personName, domain, needs: words, strengths, on }) => [
    `record.needs.${personId}.${domain}`,
    'What was assessed',
    `${personName || 'Not known'}, ${domainLabels[domain]}, ${showDate(on)}: ${words || `No need. ${strengths}`}`
  ])

const outcomeWords = ({ words, ending, scores, actions }: PlanOutcome): string =>
  below(
    `${words}: ${ending === '' ? 'goes on' : endingLabels[ending]}`,
    unlessEmpty(
      'Scored ',
      joined(...scores.map(({ score, on }) => `${String(score)} out of 10 on ${showDate(on)}`))
    ),
    ...actions.map(
      (action) =>
        `${action.words} (${action.ownerName}): ${progressLabels[progressNow(action)].toLowerCase()}`
    )
  )

const meetingWords = ({ on, kind, attendance }: StepUpEvidence['meetings'][number]): string => {
  const there = attendance.map(
    (each) => `${each.name || 'Not known'} (${attendanceLabels[each.attendance].toLowerCase()})`
  )
  return `${showDate(on)}, ${meetingKindLabels[kind].toLowerCase()}${unlessEmpty(': ', joined(...there))}`
}

const keyworkerWords = ({
  name,
  agencyName,
  validFrom,
  validTo,
  isCover
}: StepUpEvidence['keyworkers'][number]): string =>
  joined(
    name,
    agencyName,
    `from ${showDate(validFrom)}${unlessEmpty(' to ', validTo && showDate(validTo))}`,
    isCover ? 'standing in' : ''
  )
