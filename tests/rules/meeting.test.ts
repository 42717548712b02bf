import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import type { MeetingDraft, TeamMember } from '../../shared/meeting/meeting.ts'
import { emptyMeetingDraft } from '../../shared/meeting/emptyForms.ts'
import { proposedDay } from '../../shared/meeting/nextMeeting.ts'
import {
  heldOn,
  problemsWithCopy,
  problemsWithRecord,
  type Recording
} from '../../shared/meeting/problems.ts'
import { alreadyInTeam, newestMembers, teamOn } from '../../shared/meeting/team.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'

const seeds = seedSettings()

const member = (changes: Partial<TeamMember> = {}): TeamMember => {
  const id = newId()
  return {
    ...{
      id,
      ofId: id,
      personId: '',
      practitionerId: '',
      name: 'Ash',
      role: '',
      employer: '',
      employerId: ''
    },
    ...{ agencyName: '', phone: '', email: '', isKeyworker: false, validFrom: '2026-11-23', validTo: '' },
    ...{ inError: false, reason: '', byName: 'Morgan', recordedAt: '2026-11-23T10:00:00.000Z' },
    ...changes
  }
}

describe('who is in the team on a day (R33, L19)', () => {
  const ash = member()
  const left = { ...ash, id: newId(), validTo: '2026-12-01' }
  const keyworker = member({ practitionerId: 'p1', isKeyworker: true, name: 'Priya' })

  it('counts the newest version, first and last day included, the keyworker first', () => {
    const rows = [ash, keyworker, left]
    expect(newestMembers(rows)).toEqual([left, keyworker])
    const names = (on: string) => teamOn(rows, on).here.map(({ name }) => name)
    expect(names('2026-11-22')).toEqual([])
    expect(names('2026-11-23')).toEqual(['Priya', 'Ash'])
    expect(names('2026-12-01')).toEqual(['Priya', 'Ash'])
    expect(names('2026-12-02')).toEqual(['Priya'])
    expect(teamOn(rows, '2026-12-02').gone).toEqual([left])
  })

  it('a member who became the keyworker stands there once, and what was entered in error nowhere', () => {
    const before = member({ practitionerId: 'p1', name: 'Priya' })
    expect(teamOn([before, keyworker], '2026-11-23').here).toEqual([keyworker])
    expect(teamOn([member({ inError: true })], '2026-11-23')).toEqual({ here: [], gone: [] })
  })

  it('nobody is in it twice on one day, and whoever left may come back', () => {
    const gone = member({ personId: 'jo', validTo: '2026-12-01' })
    const comes = (validFrom: string, validTo = '') => ({ ...member({ personId: 'jo' }), validFrom, validTo })
    expect(alreadyInTeam([gone], comes('2026-12-01'))).toBe(gone)
    expect(alreadyInTeam([gone], comes('2026-11-01', '2026-11-23'))).toBe(gone)
    expect(alreadyInTeam([gone], comes('2026-12-02'))).toBeUndefined()
    expect(alreadyInTeam([gone], comes('2026-11-01', '2026-11-22'))).toBeUndefined()
    expect(alreadyInTeam([member()], member())).toBeUndefined()
  })
})

describe('the record of a meeting (R34)', () => {
  const draft = (changes: Partial<MeetingDraft> = {}): MeetingDraft => ({
    ...emptyMeetingDraft({ id: newId(), familyId: newId(), episodeId: newId(), meetingId: newId() }),
    ...{ attendance: [{ memberId: 'a', attendance: 'came', note: '' }], record: 'Said' },
    ...changes
  })
  const recording: Recording = {
    meeting: { kind: 'first', on: '2028-02-29' },
    ...{ recordedDay: '', registeredOn: '2028-02-01', team: ['a'], today: '2028-02-29' }
  }
  const paths = (changes: Partial<MeetingDraft>, of: Partial<Recording> = {}) =>
    problemsWithRecord(draft(changes), { ...recording, ...of }).map(({ path }) => path)

  it('is of the arranged day unless another is said; 29 February is one', () => {
    expect(heldOn(draft(), recording)).toBe('2028-02-29')
    expect(heldOn(draft({ heldOn: '28/2/28' }), recording)).toBe('2028-02-28')
    expect(heldOn(draft({ heldOn: '28/2/28' }), { ...recording, recordedDay: '2028-02-27' })).toBe(
      '2028-02-27'
    )
    expect(paths({})).toEqual([])
    expect(paths({ heldOn: '30/2/28' })).toEqual(['heldOn'])
    expect(paths({}, { today: '2028-02-28' })).toEqual(['heldOn'])
    expect(paths({ heldOn: '31/1/2028' })).toEqual(['heldOn'])
    expect(paths({ heldOn: '1/2/2028' })).toEqual([])
  })

  it('of one that nobody arranged says which it was and when', () => {
    expect(paths({}, { meeting: undefined })).toEqual(['kind', 'heldOn'])
    expect(paths({ kind: 'other', heldOn: '2/2/2028' }, { meeting: undefined })).toEqual([])
  })

  it('names somebody who is known, and says something; what is added needs no attendance', () => {
    expect(paths({ attendance: [], record: ' ' })).toEqual(['attendance', 'record'])
    expect(paths({ attendance: [] }, { recordedDay: '2028-02-29' })).toEqual([])
    expect(paths({ attendance: [{ memberId: 'b', attendance: '', note: '' }] })).toEqual(['attendance'])
  })

  it('a copy is given from the day of the meeting to today', () => {
    const given = (on: string, heldDay = '2026-12-24') =>
      problemsWithCopy(on, heldDay, '2027-01-05').map(({ path }) => path)
    expect(given('2026-12-24')).toEqual([])
    expect(given('2027-01-05')).toEqual([])
    expect(given('2026-12-23')).toEqual(['on'])
    expect(given('2027-01-06')).toEqual(['on'])
    expect(given('2027-01-05', '')).toEqual(['meetingId'])
  })
})

describe('the day that is proposed for the next meeting (R34)', () => {
  it('is the last one of the review interval on which the hub is open', () => {
    // six weeks after Monday 23 November 2026 is Monday 4 January
    expect(proposedDay(seeds, '2026-11-23', '2026-11-23')).toBe('2027-01-04')
    // six weeks after 14 November is Saturday 26 December: the Thursday before Christmas is open
    expect(proposedDay(seeds, '2026-11-14', '2026-11-23')).toBe('2026-12-24')
    // over the end of summer time nothing is lost
    expect(proposedDay(seeds, '2026-09-14', '2026-09-14')).toBe('2026-10-26')
  })

  it('is none where the interval is over', () => {
    expect(proposedDay(seeds, '2026-11-23', '2027-01-04')).toBe('2027-01-04')
    expect(proposedDay(seeds, '2026-11-23', '2027-01-05')).toBe('')
  })
})
