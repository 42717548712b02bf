import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import type { NoteDraft } from '../../shared/note/note.ts'
import { happenedAt, problemsWithNote } from '../../shared/note/problems.ts'

const NOW = '2026-11-23T10:00:30.500Z'
const robin = newId()
const complete: NoteDraft = {
  ...emptyNote({ id: newId(), familyId: newId(), episodeId: newId() }),
  ...{ kind: 'call', words: 'Rang his school', aboutIds: [robin], familyMaySee: 'yes' }
}
const at = (happenedOn: string, happenedTime: string, now = NOW) =>
  happenedAt({ addsTo: '', happenedOn, happenedTime }, now)
const wrong = (changes: Partial<NoteDraft>, now = NOW) =>
  problemsWithNote({ ...complete, ...changes }, { people: [robin], now })
const paths = (changes: Partial<NoteDraft>, now = NOW) => wrong(changes, now).map(({ path }) => path)

describe('when a note happened (R54)', () => {
  it.each([
    ['nothing typed: now', '', '', NOW],
    ['a time of today', '', '9.05', '2026-11-23T09:05:00.000Z'],
    ['an earlier day with its time', '3/9/26', '1430', '2026-09-03T13:30:00.000Z'],
    ['today by its date and no time: now', '23/11/2026', '', NOW],
    ['an earlier day without a time', '22/11/2026', '', undefined],
    ['a day that cannot be read', '31/2/2026', '9:00', undefined],
    ['a time that cannot be read', '', '25:00', undefined]
  ])('%s', (_name, day, time, expected) => {
    expect(at(day, time)).toBe(expected)
  })

  it('an hour that the clocks skipped is the hour after, and of one that came twice it is the first', () => {
    expect(at('29/3/2026', '1:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('25/10/2026', '1:30')).toBe('2026-10-25T00:30:00.000Z')
  })

  it('what is added happened when it was recorded', () => {
    const typed = { addsTo: newId(), happenedOn: '1/1/2026', happenedTime: '9:00' }
    expect(happenedAt(typed, NOW)).toBe(NOW)
  })
})

describe('what a note needs', () => {
  it('is complete with its kind, whom it is about, its words, and whether the family may see it', () => {
    expect(wrong({})).toEqual([])
    const nothing = emptyNote({ id: complete.id, familyId: complete.familyId, episodeId: complete.episodeId })
    expect(problemsWithNote(nothing, { people: [robin], now: NOW }).map(({ path }) => path)).toEqual([
      'kind',
      'aboutIds',
      'words',
      'familyMaySee'
    ])
  })

  it.each<[string, Partial<NoteDraft>, string]>([
    ['a day to come', { happenedOn: '24/11/2026' }, 'happenedOn'],
    ['a day that cannot be read', { happenedOn: 'Monday' }, 'happenedOn'],
    ['a slip in the year', { happenedOn: '3/9/1026', happenedTime: '9:00' }, 'happenedOn'],
    ['a time to come', { happenedTime: '10:01' }, 'happenedTime'],
    ['a time that cannot be read', { happenedTime: 'noon' }, 'happenedTime'],
    ['an earlier day without its time', { happenedOn: '20/11/2026' }, 'happenedTime'],
    ['somebody who is not of the family', { aboutIds: [robin, newId()] }, 'aboutIds'],
    ['somebody who was there and is not of the family', { presentIds: [newId()] }, 'presentIds'],
    ['blank words', { words: ' \n' }, 'words'],
    ['kept from the family without a reason', { familyMaySee: 'no', restrictedWhy: ' ' }, 'restrictedWhy']
  ])('%s', (_name, changes, path) => {
    expect(paths(changes)).toEqual([path])
  })

  it('may be of this very minute, and of the hour that comes twice in October', () => {
    expect(wrong({ happenedTime: '10:00' })).toEqual([])
    // 01:40 comes twice that night: at half past one in winter time the first of them is over
    expect(wrong({ happenedTime: '1:40' }, '2026-10-25T01:30:00.000Z')).toEqual([])
    expect(paths({ happenedTime: '1:40' }, '2026-10-25T00:30:00.000Z')).toEqual(['happenedTime'])
  })

  it('is written after midnight of the day before: the day is that of London', () => {
    // half past midnight in London is still the day before in UTC
    expect(wrong({ happenedOn: '2/7/2026', happenedTime: '0:10' }, '2026-07-01T23:30:00.000Z')).toEqual([])
    expect(paths({ happenedOn: '3/7/2026' }, '2026-07-01T23:30:00.000Z')).toEqual(['happenedOn'])
  })

  it('what is added has words, and nothing else is asked of it', () => {
    const addition = { ...emptyNote({ id: newId(), familyId: newId(), episodeId: newId() }), addsTo: newId() }
    const about = { people: [], now: NOW }
    expect(problemsWithNote({ ...addition, words: 'It was Tuesday' }, about)).toEqual([])
    expect(problemsWithNote(addition, about).map(({ path }) => path)).toEqual(['words'])
  })
})
