import type { Id } from '../../../shared/ids.ts'
import type { StepKind } from '../../../shared/episode/episode.ts'
import type { MeetingDraft, MeetingKind } from '../../../shared/meeting/meeting.ts'
import type { NoteDraft, NoteKind } from '../../../shared/note/note.ts'
import { naturalId, naturalIdBeside } from '../../../shared/ids.ts'
import { londonTime } from '../../../shared/time/london.ts'
import type { Act } from '../acts.ts'
import { momentOn, type Day } from '../days.ts'
import { concernAbout } from '../words.ts'
import { putDownOn, writtenAt, type Known, type Work } from './acts.ts'
import { asTyped } from './household.ts'

const kinds: readonly (readonly [NoteKind, number])[] = [
  ['visit', 34],
  ['call', 30],
  ['e-mail', 18],
  ['meeting', 10],
  ['decision', 5],
  ['management-oversight', 3]
]
const voices = [
  'I like it when we all eat together.',
  'I want my own bed.',
  'School is fine but the bus is loud.',
  ''
]

/** An assessment is set up, started and, four times in five, finalised in time; notes of it are taken from then on. */
export function assess(work: Work, known: Known): void {
  work.assessed.push(known)
  const { chance } = work
  step(work, known, 'set-up', 1)
  step(work, known, 'start', chance.between(2, 9))
  if (chance.yes(0.8)) step(work, known, 'finalise', chance.between(10, 24))
  for (
    let days = chance.between(25, 45), kind = 'first' as MeetingKind;
    chance.yes(0.75);
    days += chance.between(30, 60)
  ) {
    meet(work, known, kind, days)
    kind = 'review'
  }
}

/** The team met, and there is a record of it. */
function meet(work: Work, known: Known, kind: MeetingKind, days: number): void {
  putDownOn(work, known, momentAfter(work, known, days), (at, id, on, moment) => {
    const { id: familyId, draft } = known
    const of = { familyId, episodeId: draft.episodeId }
    const meetingId = work.chance.id(moment)
    const said = {
      record: 'Everybody told how things are.',
      decisions: 'To go on.',
      familyViews: 'It helps.'
    }
    const written = writtenAt(known, at)
    // the keyworker is in the team by itself
    const memberId = naturalId('keyworker', draft.episodeId, draft.practitionerId)
    const came = { memberId, attendance: 'came' as const, note: '' }
    return [
      {
        operation: 'meeting.record',
        subjectIds: [familyId, draft.episodeId, meetingId],
        rows: {
          meeting: [
            { ...written, ...of, id: meetingId, kind, onDay: on, startsAt: '', place: '', agenda: '' }
          ],
          meetingAttendance: [
            { ...written, ...of, ...came, id: naturalId('attendance', id, memberId), meetingId }
          ],
          meetingRecord: [{ ...written, ...of, ...said, id, meetingId, heldOn: on }]
        },
        input: {
          id,
          ...of,
          meetingId,
          kind,
          heldOn: asTyped(on),
          attendance: [came],
          ...said
        } satisfies MeetingDraft
      }
    ]
  })
}

/** A moment so many days after the registration, while the assessment is open; undefined where there is none. */
function momentAfter({ chance, ledger }: Work, known: Known, days: number) {
  const index = known.day + days
  const day = ledger.days[index]
  if (!day) return undefined
  const moment = momentOn(chance, day)
  const isOver = known.closedAt !== undefined && new Date(moment).toISOString() >= known.closedAt
  return isOver ? undefined : { index, moment }
}

function step(work: Work, known: Known, kind: StepKind, days: number): void {
  putDownOn(work, known, momentAfter(work, known, days), (at, id, on) => {
    const { id: familyId, draft } = known
    const asked =
      kind === 'start'
        ? ({ severalAgencies: 'yes', progressingWell: 'no', alreadyIdentified: 'no' } as const)
        : undefined
    const input = {
      ...{ id, familyId, episodeId: draft.episodeId, on, note: '', step: kind },
      ...(asked && { ...asked, overrideReason: '' })
    }
    return [
      {
        operation: 'episode.takeStep',
        subjectIds: [familyId, draft.episodeId, id],
        rows: {
          episodeStep: [
            {
              ...writtenAt(known, at),
              ...{ id, familyId, episodeId: draft.episodeId, step: kind, onDay: on, note: '' },
              ...(asked ?? { severalAgencies: '', progressingWell: '', alreadyIdentified: '' })
            }
          ]
        },
        input
      }
    ]
  })
}

/** So many case notes of one day, of whichever assessments are open. */
export function notesOfDay(work: Work, day: Day, count: number): Act[] {
  const acts: Act[] = []
  while (acts.length < count && work.assessed.length > 0) {
    const place = work.chance.below(work.assessed.length)
    const known = work.assessed[place]!
    const moment = momentOn(work.chance, day)
    if (known.closedAt !== undefined && known.closedAt <= new Date(moment).toISOString()) {
      work.assessed[place] = work.assessed.at(-1)!
      work.assessed.pop()
      continue
    }
    acts.push(noteOf(work, known, day, moment))
  }
  return acts
}

function noteOf({ chance }: Work, known: Known, { date }: Day, moment: number): Act {
  const at = new Date(moment).toISOString()
  const id = chance.id(moment)
  const children = known.draft.people.filter(({ role }) => role === 'child')
  const about = children.length > 0 ? [chance.pick(children)] : []
  const kind = chance.weighted(kinds)
  const draft: NoteDraft = {
    ...{ id, familyId: known.id, episodeId: known.draft.episodeId, addsTo: '', kind },
    ...{ happenedOn: asTyped(date), happenedTime: londonTime(at).slice(0, 5) },
    words: concernAbout(chance, about[0]?.name.split(' ')[0] ?? 'The child'),
    childsVoice: kind === 'visit' ? chance.pick(voices) : '',
    aboutIds: about.map((child) => child.id),
    presentIds: [],
    present: '',
    familyMaySee: 'yes',
    restrictedWhy: ''
  }
  const written = writtenAt(known, at)
  return {
    at,
    by: known.by,
    operation: 'note.add',
    subjectIds: [draft.familyId, draft.episodeId, id],
    rows: noteRows(draft, written, `${at.slice(0, 16)}:00.000Z`),
    input: draft
  }
}

/** The rows that `note.add` writes (electron/note/addNote.ts). */
function noteRows(draft: NoteDraft, written: ReturnType<typeof writtenAt>, happenedAt: string): Act['rows'] {
  const { id, familyId, episodeId, addsTo, words, childsVoice, present, restrictedWhy } = draft
  const personOf = (personId: Id) => ({
    ...written,
    ...{ id: naturalIdBeside(id, 'note-person', personId), noteId: id, personId },
    ...{ isAbout: draft.aboutIds.includes(personId), wasPresent: draft.presentIds.includes(personId) }
  })
  return {
    caseNote: [
      {
        ...written,
        ...{ id, familyId, episodeId, addsTo, words, childsVoice, present, restrictedWhy, happenedAt },
        kind: draft.kind as NoteKind,
        familyMaySee: draft.familyMaySee === 'yes'
      }
    ],
    caseNotePerson: [...new Set([...draft.aboutIds, ...draft.presentIds])].map(personOf)
  }
}
