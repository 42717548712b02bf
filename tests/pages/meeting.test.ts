import { describe, expect, it } from 'vitest'
import {
  entryFamily,
  entryLine,
  entryName,
  entryPath,
  monthName,
  monthsLater,
  weeksOf
} from '../../renderer/episode/calendarWords.ts'
import { arrangedFrom, problemsWithArranging, type Arranging } from '../../renderer/meeting/arranging.ts'
import {
  changed,
  emptyJoining,
  joined,
  problemsWithChanging,
  problemsWithJoining
} from '../../renderer/meeting/joining.ts'
import { dueOfMeeting, meetingName, recordId, statusOf, whenAndWhere } from '../../renderer/meeting/words.ts'
import { CALENDAR_DAYS, type CalendarEntry, type DueDate } from '../../shared/episode/episode.ts'
import { newId } from '../../shared/ids.ts'
import { teamMemberVersion, type TeamMember } from '../../shared/meeting/meeting.ts'
import { daysBetween, weekday } from '../../shared/time/london.ts'

const of = { id: newId(), familyId: newId(), episodeId: newId() }
const paths = (found: readonly { path: string }[]) => found.map(({ path }) => path)

describe('joining a team', () => {
  const typed = { ...emptyJoining('2026-11-23'), personId: newId(), name: 'Ash', phone: '01992 555 111' }

  it('sends only what belongs to where they come from', () => {
    expect(joined({ ...typed, origin: 'family' }, of)).toMatchObject({
      ...{ personId: typed.personId, name: '', phone: '', validFrom: '2026-11-23', ofId: of.id }
    })
    expect(joined({ ...typed, origin: 'other' }, of)).toMatchObject({
      ...{ personId: '', name: 'Ash', phone: '01992 555 111' }
    })
    expect(teamMemberVersion.safeParse(joined({ ...typed, origin: 'other' }, of)).success).toBe(true)
  })

  it('says beside its field what has no answer', () => {
    expect(paths(problemsWithJoining(typed))).toEqual(['origin'])
    expect(paths(problemsWithJoining({ ...typed, origin: 'directory' }))).toEqual(['practitionerId'])
    expect(paths(problemsWithJoining({ ...typed, origin: 'other', name: ' ', from: '31/11/26' }))).toEqual([
      'name',
      'from'
    ])
    expect(paths(problemsWithJoining({ ...typed, origin: 'other', employerText: 'Har' }))).toEqual([
      'employerId'
    ])
    expect(problemsWithJoining({ ...typed, origin: 'family' })).toEqual([])
  })
})

describe('leaving a team', () => {
  const member: TeamMember = {
    ...{ id: newId(), ofId: newId(), personId: '', practitionerId: '', name: 'Ash', role: 'Coach' },
    ...{ employer: '', employerId: '', agencyName: '', phone: '1', email: '', isKeyworker: false },
    ...{ validFrom: '2026-11-23', validTo: '', inError: false, reason: '', byName: '', recordedAt: '' }
  }
  const typed = { way: 'leaves', on: '1/12/2026', role: 'x', phone: 'x', email: 'x', reason: 'Gone' } as const

  it('is a version after the one that was read, which changes nothing else', () => {
    expect(changed(member, typed, of)).toMatchObject({
      ...{
        id: of.id,
        ofId: member.ofId,
        basedOn: member.id,
        validTo: '2026-12-01',
        role: 'Coach',
        phone: '1'
      }
    })
    expect(changed(member, { ...typed, way: 'changed' }, of)).toMatchObject({
      validTo: '',
      role: 'x',
      phone: 'x'
    })
    expect(changed(member, { ...typed, way: 'in-error' }, of)).toMatchObject({ inError: true, validTo: '' })
  })

  it('asks for the day and why', () => {
    expect(problemsWithChanging(typed, member)).toEqual([])
    expect(paths(problemsWithChanging({ ...typed, on: '22/11/2026', reason: ' ' }, member))).toEqual([
      'on',
      'reason'
    ])
    expect(paths(problemsWithChanging({ ...typed, on: 'soon' }, member))).toEqual(['on'])
  })
})

describe('arranging a meeting', () => {
  const typed: Arranging = {
    ...{ kind: 'first', on: '3/12/26', startsAt: '930', place: '', agenda: '' },
    ...{ invited: ['a', 'b'], how: { a: 'By letter', c: 'By phone' } }
  }
  it('reads the day and the time as they are typed in England', () => {
    expect(problemsWithArranging(typed)).toEqual([])
    expect(arrangedFrom(typed, of)).toMatchObject({
      ...{ on: '2026-12-03', startsAt: '09:30' },
      invited: [
        { memberId: 'a', how: 'By letter' },
        { memberId: 'b', how: '' }
      ]
    })
    expect(paths(problemsWithArranging({ ...typed, kind: '', on: '', startsAt: '25:00' }))).toEqual([
      'kind',
      'on',
      'startsAt'
    ])
  })
})

describe('what is said of a meeting', () => {
  const meeting = { kind: 'first', on: '2026-12-03', startsAt: '14:30', place: 'Ware' } as const

  it('names it, and when and where', () => {
    expect(meetingName(meeting)).toBe('First meeting on 3 December 2026')
    expect(meetingName({ ...meeting, kind: 'other' })).toBe('Meeting on 3 December 2026')
    expect(whenAndWhere(meeting)).toBe('Thursday 3 December 2026, 14:30, Ware')
  })

  it('says how it stands', () => {
    const status = (ending: '' | 'done' | 'cancelled', today: string) =>
      statusOf({ ending, on: '2026-12-03' }, today).text
    expect(status('', '2026-12-03')).toBe('Planned')
    expect(status('', '2026-12-04')).toBe('Not recorded yet')
    expect(status('done', '2026-12-04')).toBe('Held')
    expect(status('cancelled', '2026-12-04')).toBe('Cancelled')
  })

  it('says in words what is due of it, and that a due day is a bank holiday', () => {
    const due: DueDate = {
      ...{ rule: 'R34-record', aboutId: '', ruleDay: '2026-12-28', dueOn: '2026-12-28', doneOn: '' },
      ...{ isOverdue: false, closedDay: 'Boxing Day (substitute)', overriddenBy: '', overrideReason: '' }
    }
    expect(dueOfMeeting(due, '2026-12-28').text).toBe('Record: due today (Boxing Day (substitute))')
    expect(dueOfMeeting(due, '2026-12-29')).toMatchObject({ overdue: true })
    expect(dueOfMeeting({ ...due, doneOn: '2026-12-29' }, '2027-01-10')).toEqual({
      ...{ text: 'Recorded on 29 December 2026', overdue: false }
    })
  })

  it('begun again, somebody’s record of it is the one that they left; after it was filed it is another', () => {
    const held = { id: newId(), records: [] }
    const me = newId()
    expect(recordId(held, me)).toBe(recordId(held, me))
    expect(recordId(held, me)).not.toBe(recordId(held, newId()))
    const recorded = {
      id: newId(),
      heldOn: '',
      record: '',
      decisions: '',
      familyViews: '',
      at: '',
      byName: ''
    }
    expect(recordId({ ...held, records: [recorded] }, me)).not.toBe(recordId(held, me))
  })
})

describe('the calendar', () => {
  const entry: CalendarEntry = {
    ...{ id: 'x', what: 'meeting', rule: '', on: '2026-12-03', startsAt: '14:30', place: 'Ware' },
    ...{ episodeId: 'e', reference: 'FFA-7KQ3-000001', familyId: 'f', childNames: 'Robin Vale' },
    ...{ keyworkerName: 'Priya Shah', isDone: false, isOverdue: false }
  }

  it('says what each entry is, overdue in words too', () => {
    expect(entryLine(entry)).toBe('14:30 Team meeting, Robin Vale')
    const due = { ...entry, what: 'due', rule: 'R31', startsAt: '', isOverdue: true } as const
    expect(entryLine(due)).toBe('Due: assessment finalised, Robin Vale, overdue')
    expect(entryName({ what: 'agreement-review', rule: '' })).toBe('Review of agreement')
  })

  it('leads to the part of the assessment where it is seen to; a restricted family asks why first', () => {
    expect(entryPath(entry)).toBe('/assessments/e/team')
    expect(entryPath({ ...entry, what: 'action' })).toBe('/assessments/e/plan')
    expect(entryPath({ ...entry, what: 'due', rule: 'R34-copy' })).toBe('/assessments/e/team')
    expect(entryPath({ ...entry, what: 'due', rule: 'R31' })).toBe('/assessments/e/assessment')
    expect(entryPath({ ...entry, what: 'funding' })).toBe('/assessments/e/overview')
    const restricted = { ...entry, childNames: '' }
    expect(entryPath(restricted)).toBe('/families/f')
    expect(entryFamily(restricted)).toBe('Restricted family, FFA-7KQ3-000001')
  })

  it('asks for whole weeks of every month, and never for more than may be asked', () => {
    let month = '2023-12-01'
    for (let count = 0; count < 60; count++) {
      const { from, to } = weeksOf(month)
      expect([weekday(from), weekday(to)]).toEqual(['monday', 'sunday'])
      expect(from <= month && to >= month).toBe(true)
      expect(daysBetween(from, to)).toBeLessThanOrEqual(CALENDAR_DAYS)
      expect(monthsLater(monthsLater(month, 1), -1)).toBe(month)
      month = monthsLater(month, 1)
    }
    expect(month).toBe('2028-12-01')
    expect(monthName('2028-02-01')).toBe('February 2028')
    expect(weeksOf('2028-02-01')).toEqual({ from: '2028-01-31', to: '2028-03-05' })
  })
})
