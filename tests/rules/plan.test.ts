import { describe, expect, it } from 'vitest'
import { scoredOutcome } from '../../shared/plan/plan.ts'
import {
  endsAction,
  isOverdue,
  openActions,
  problemsWithEnding,
  problemsWithProgress,
  problemsWithScore
} from '../../shared/plan/standing.ts'
import { newId } from '../../shared/ids.ts'

const TODAY = '2026-11-23'
const TOMORROW = '2026-11-24'
const paths = (problems: { path: string }[]) => problems.map(({ path }) => path)

describe('an action', () => {
  it.each([
    ['the day before it is due', '2026-11-24', '', false],
    ['on the day', TODAY, '', false],
    ['the day after', '2026-11-22', '', true],
    ['that was done', '2026-11-22', '2026-11-23', false]
  ])('%s: due %s, ended "%s"', (_when, dueOn, endedOn, overdue) => {
    expect(isOverdue({ dueOn, endedOn }, TODAY)).toBe(overdue)
  })

  it('ends by being done or dropped, and by nothing else', () => {
    expect((['not-begun', 'under-way', 'done', 'dropped'] as const).filter(endsAction)).toEqual([
      'done',
      'dropped'
    ])
    const action = {
      ...({ id: newId(), words: 'Ring', owner: 'name', ownerId: '', ownerName: 'Bea' } as const)
    }
    const rest = { dueOn: TODAY, rowVersion: 1, progress: [] }
    const [open, ended] = [
      { ...action, ...rest, endedOn: '' },
      { ...action, ...rest, endedOn: TODAY }
    ]
    expect(openActions({ actions: [open, ended] })).toEqual([open])
  })
})

describe('what is recorded has happened', () => {
  it('is of today or before', () => {
    expect(problemsWithProgress({ on: TODAY, progress: 'done', words: '' }, TODAY)).toEqual([])
    expect(paths(problemsWithProgress({ on: TOMORROW, progress: 'done', words: '' }, TODAY))).toEqual(['on'])
    expect(problemsWithScore({ on: TODAY }, TODAY)).toEqual([])
    expect(paths(problemsWithScore({ on: TOMORROW }, TODAY))).toEqual(['on'])
    expect(paths(problemsWithEnding({ on: TOMORROW, ending: 'met', why: 'Seen' }, TODAY))).toEqual(['on'])
  })

  it('what is dropped, ends or goes on after all says why', () => {
    expect(paths(problemsWithProgress({ on: TODAY, progress: 'dropped', words: ' ' }, TODAY))).toEqual([
      'words'
    ])
    expect(problemsWithProgress({ on: TODAY, progress: 'dropped', words: 'They moved' }, TODAY)).toEqual([])
    for (const ending of ['met', 'partly', 'not-met', 'dropped', ''] as const) {
      expect(paths(problemsWithEnding({ on: TODAY, ending, why: '' }, TODAY))).toEqual(['why'])
      expect(problemsWithEnding({ on: TODAY, ending, why: 'The register' }, TODAY)).toEqual([])
    }
  })
})

describe('a score', () => {
  const score = (value: number) =>
    scoredOutcome.safeParse({
      ...{ id: newId(), familyId: newId(), episodeId: newId(), outcomeId: newId(), meetingId: '' },
      ...{ on: TODAY, score: value, words: '' }
    }).success

  it.each([
    [-1, false],
    [0, true],
    [10, true],
    [11, false],
    [4.5, false],
    [Number.NaN, false]
  ])('of %d: %s', (value, isAllowed) => {
    expect(score(value)).toBe(isAllowed)
  })
})
