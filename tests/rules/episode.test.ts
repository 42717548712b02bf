import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getShortestPaths, getSimplePaths } from 'xstate/graph'
import { dueDates, type Course, type MeetingHeld } from '../../shared/episode/clocks.ts'
import { episodeEvents, type EpisodeEvent, type EpisodeState } from '../../shared/episode/episode.ts'
import { blocksOf, problemsWithStarting } from '../../shared/episode/starting.ts'
import { episodeMachine, mayDo, stateOf } from '../../shared/episode/state.ts'
import { newId } from '../../shared/ids.ts'
import { ruleCodes } from '../../shared/rule/rule.ts'
import { ruleOn } from '../../shared/rule/rules.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { workingDayAfter } from '../../shared/setting/workingTime.ts'
import { addDays } from '../../shared/time/london.ts'
import { row } from '../fixtures/hours.ts'

const seeds = seedSettings()

/**
 * Issue 5, section 1 as a table beside the machine: the state, whether it is finalised, and where it stood before it closed.
 * Every act that is not named leads nowhere.
 */
interface Place {
  state: EpisodeState
  isFinalised: boolean
  before: EpisodeState
}
const opened: Place = { state: 'registered', isFinalised: false, before: 'registered' }
const isOpen = ({ state }: Place) => state !== 'closed' && state !== 'stepped-up'
function asWritten(place: Place, event: EpisodeEvent): Place {
  const { state } = place
  if (event === 'close') return isOpen(place) ? { ...place, state: 'closed', before: state } : place
  if (event === 'step-up') return isOpen(place) ? { ...place, state: 'stepped-up' } : place
  if (event === 'reopen') return state === 'closed' ? { ...place, state: place.before } : place
  if (event === 'set-up') return state === 'registered' ? { ...place, state: 'set-up' } : place
  if (event === 'start') return state === 'set-up' ? { ...place, state: 'assessing' } : place
  if (event === 'agree-plan') return state === 'assessing' ? { ...place, state: 'plan-agreed' } : place
  const begun = ['assessing', 'plan-agreed', 'reviewing'].includes(state)
  if (event === 'finalise') return begun ? { ...place, isFinalised: true } : place
  return state === 'plan-agreed' ? { ...place, state: 'reviewing' } : place
}
const walk = (events: readonly EpisodeEvent[]): Place => events.reduce(asWritten, opened)

describe('R22, R32, issue 5: the states of an assessment', () => {
  const simple = getSimplePaths(episodeMachine, {
    events: episodeEvents.map((type) => ({ type })),
    serializeState: ({ value, context, historyValue }) =>
      JSON.stringify([
        value,
        context,
        Object.values(historyValue)
          .flat()
          .map(({ id }) => id)
      ])
  })
  const acts = simple.map(({ steps }) => steps.slice(1).map(({ event }) => event.type))

  it('every path is walked, and each ends where the issue says', () => {
    expect(acts.length).toBeGreaterThan(50)
    for (const events of acts) expect([events, stateOf(events)]).toEqual([events, walk(events).state])
  })

  it('every state is reached', () => {
    expect(new Set(acts.map((events) => stateOf(events)))).toEqual(
      new Set(['registered', 'set-up', 'assessing', 'plan-agreed', 'reviewing', 'closed', 'stepped-up'])
    )
  })

  it('the shortest way to a review takes every step in its order', () => {
    const ways = getShortestPaths(episodeMachine, {
      events: episodeEvents.map((type) => ({ type })),
      toState: ({ value }) => JSON.stringify(value).includes('reviewing')
    })
    const shortest = ways.map(({ steps }) => steps.slice(1).map(({ event }) => event.type))
    expect(shortest[0]).toEqual(['set-up', 'start', 'agree-plan', 'review'])
  })

  const sequence = fc.array(fc.constantFrom(...episodeEvents), { maxLength: 30 })

  it('after any sequence of acts, possible or not, the state is the one that the issue says', () => {
    fc.assert(fc.property(sequence, (events) => stateOf(events) === walk(events).state))
  })

  it('what may be done is what changes something, or is a review more', () => {
    fc.assert(
      fc.property(sequence, (events) => {
        const here = walk(events)
        const expected = episodeEvents.filter((event) => {
          if (event === 'review') return here.state === 'plan-agreed' || here.state === 'reviewing'
          if (event === 'finalise' && here.isFinalised) return false
          return JSON.stringify(asWritten(here, event)) !== JSON.stringify(here)
        })
        expect(mayDo(events)).toEqual(expected)
      })
    )
  })

  it.each<[string, EpisodeEvent[], EpisodeState]>([
    ['nothing starts before it is set up', ['start'], 'registered'],
    ['finalised before the plan is agreed', ['set-up', 'start', 'finalise', 'agree-plan'], 'plan-agreed'],
    ['finalised after it', ['set-up', 'start', 'agree-plan', 'finalise'], 'plan-agreed'],
    [
      'reopened it stands where it stood',
      ['set-up', 'start', 'agree-plan', 'close', 'reopen'],
      'plan-agreed'
    ],
    ['closed before it was set up', ['close'], 'closed'],
    ['stepped up is an end', ['set-up', 'step-up', 'reopen', 'start'], 'stepped-up'],
    ['closed twice, reopened once', ['set-up', 'close', 'close', 'reopen'], 'set-up']
  ])('%s', (_name, events, state) => {
    expect(stateOf(events)).toBe(state)
  })

  it('R32: it is finalised once', () => {
    expect(mayDo(['set-up', 'start', 'finalise'])).not.toContain('finalise')
    expect(mayDo(['set-up', 'start', 'finalise', 'close', 'reopen'])).not.toContain('finalise')
  })
})

const meeting = (changes: Partial<MeetingHeld>): MeetingHeld => ({
  ...{ id: newId(), kind: 'first', heldOn: '', arrangedFor: '2026-12-24', isCancelled: false },
  ...{ recordedOn: '', copiedOn: '' },
  ...changes
})
const course = (changes: Partial<Course>): Course => ({
  ...{ registeredOn: '2026-08-10', finalisedOn: '', isOpen: true, meetings: [], overrides: [] },
  ...changes
})
const due = (changes: Partial<Course>, today: string, settings = seeds) =>
  dueDates(course(changes), settings, today)
const ofRule = (rule: string, ...about: Parameters<typeof due>) =>
  due(...about).find((each) => each.rule === rule)

describe('R31, R34, domain D: the clocks of an assessment', () => {
  it('registered on Monday 10 August 2026: finalised by Monday 31 August, a bank holiday, which stays and says so', () => {
    expect(ofRule('R31', {}, '2026-08-31')).toMatchObject({
      ruleDay: '2026-08-31',
      dueOn: '2026-08-31',
      closedDay: 'Summer bank holiday',
      isOverdue: false
    })
    expect(ofRule('R31', {}, '2026-09-01')?.isOverdue).toBe(true)
  })

  it('and the first meeting of the team by Monday 21 September', () => {
    expect(ofRule('R34-first', {}, '2026-08-10')).toMatchObject({ dueOn: '2026-09-21', closedDay: '' })
  })

  it('a meeting on Thursday 24 December 2026: record by Thursday 31 December, copy by Tuesday 5 January 2027', () => {
    const meetings = [meeting({ heldOn: '2026-12-24' })]
    expect(ofRule('R34-record', { meetings }, '2026-12-31')).toMatchObject({
      dueOn: '2026-12-31',
      isOverdue: false
    })
    expect(ofRule('R34-copy', { meetings }, '2027-01-01')?.dueOn).toBe('2027-01-05')
  })

  it.each([
    ['Thursday before Easter + 1', '2026-04-02', 1, '2026-04-07'],
    ['Saturday + 1', '2026-11-21', 1, '2026-11-23'],
    ['Friday + 3', '2026-11-20', 3, '2026-11-25'],
    ['29 February + 1', '2028-02-29', 1, '2028-03-01'],
    ['over the clocks going forward', '2026-03-27', 1, '2026-03-30']
  ])('%s working days: a day that the desk is open', (_name, day, days, end) => {
    expect(workingDayAfter(seeds, day, days)).toBe(end)
  })

  it('a desk that never opens wants no record, and fails at nothing', () => {
    expect(workingDayAfter([], '2026-11-23', 3)).toBe('')
    expect(
      due({ meetings: [meeting({ heldOn: '2026-11-02' })] }, '2026-12-01', []).map(({ rule }) => rule)
    ).toEqual(['R31', 'R34-first', 'R34-review'])
  })

  it('a review is due six weeks after the last meeting of the team, and one of another kind changes nothing', () => {
    const first = meeting({ heldOn: '2026-09-01', arrangedFor: '2026-09-01' })
    const other = meeting({ kind: 'other', heldOn: '2026-09-20', arrangedFor: '2026-09-20' })
    expect(ofRule('R34-review', { meetings: [first, other] }, '2026-10-01')).toMatchObject({
      aboutId: first.id,
      dueOn: '2026-10-13'
    })
    expect(ofRule('R34-first', { meetings: [other] }, '2026-10-01')?.doneOn).toBe('')
  })

  it('a meeting whose day has come wants its record before anybody said that it was held; one cancelled wants none', () => {
    const waits = meeting({ arrangedFor: '2026-11-20' })
    const cancelled = meeting({ arrangedFor: '2026-11-20', isCancelled: true })
    const ahead = meeting({ arrangedFor: '2026-12-20' })
    const records = due({ meetings: [waits, cancelled, ahead] }, '2026-11-26').filter(
      ({ rule }) => rule === 'R34-record'
    )
    expect(records).toMatchObject([{ aboutId: waits.id, dueOn: '2026-11-25', isOverdue: true }])
  })

  it('goes by the setting of the day on which the clock began, whatever is set later', () => {
    const later = row(
      'assessment',
      'hub',
      {
        finaliseDays: 10,
        firstMeetingDays: 20,
        reviewDays: 30,
        recordWorkingDays: 1,
        copyWorkingDays: 2
      },
      '2026-09-01'
    )
    expect(ofRule('R31', {}, '2026-12-01', [...seeds, later])?.dueOn).toBe('2026-08-31')
    expect(ofRule('R31', { registeredOn: '2026-09-01' }, '2026-12-01', [...seeds, later])?.dueOn).toBe(
      '2026-09-11'
    )
  })

  it('C12: the newest other day counts, and the day of the rule stays beside it', () => {
    const override = { rule: 'R31', aboutId: '', reason: 'Away', byName: 'Kay Tan' } as const
    const overrides = [
      { ...override, dueOn: '2026-09-07' },
      { ...override, dueOn: '2026-09-14' }
    ]
    expect(ofRule('R31', { overrides }, '2026-09-10')).toMatchObject({
      ...{ ruleDay: '2026-08-31', dueOn: '2026-09-14', isOverdue: false },
      ...{ overriddenBy: 'Kay Tan', overrideReason: 'Away', closedDay: '' }
    })
  })

  it('L29: once it has closed nothing is due, and what was done stays', () => {
    const found = due({ isOpen: false, finalisedOn: '2026-08-20' }, '2027-01-01')
    expect(found).toMatchObject([{ rule: 'R31', doneOn: '2026-08-20', isOverdue: false }])
  })

  it('is never overdue on its day, on any day of any year', () => {
    const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days))
    fc.assert(
      fc.property(day, (registeredOn) => {
        const end = addDays(registeredOn, 21)
        expect(ofRule('R31', { registeredOn }, end)).toMatchObject({ dueOn: end, isOverdue: false })
        expect(ofRule('R31', { registeredOn }, addDays(end, 1))?.isOverdue).toBe(true)
      })
    )
  })
})

describe('R2, R3, S0 to S2: when not to do an assessment', () => {
  const none = { severalAgencies: 'yes', progressingWell: 'no', alreadyIdentified: 'no' } as const

  it.each([
    ['several agencies, and nothing known yet', none, []],
    ['one service can meet it', { ...none, severalAgencies: 'no' }, ['R2']],
    ['progressing well', { ...none, progressingWell: 'yes' }, ['R3']],
    ['identified already', { ...none, alreadyIdentified: 'yes' }, ['R3']],
    [
      'all of it',
      { severalAgencies: 'no', progressingWell: 'yes', alreadyIdentified: 'yes' },
      ['R2', 'R3', 'R3']
    ],
    ['unanswered', { severalAgencies: '', progressingWell: '', alreadyIdentified: '' }, []]
  ])('%s', (_name, answers, rules) => {
    expect(blocksOf(answers).map(({ rule }) => rule)).toEqual(rules)
  })

  it('C12: a manager lets it start with the reason; anybody else is told who may', () => {
    const step = { ...none, severalAgencies: 'no', overrideReason: '' } as const
    expect(problemsWithStarting(step, false)).toMatchObject([{ path: 'severalAgencies' }])
    expect(problemsWithStarting({ ...step, overrideReason: 'Because' }, false)[0]?.message).toContain(
      'triage manager or a coordinator'
    )
    expect(problemsWithStarting(step, true)).toMatchObject([{ path: 'overrideReason' }])
    expect(problemsWithStarting({ ...step, overrideReason: 'Because' }, true)).toEqual([])
  })
})

describe('C12: each rule tells itself, its source and since when', () => {
  it.each(ruleCodes)('%s', (code) => {
    const { name, words, source } = ruleOn(code, seeds, '2026-11-23')
    expect(name.length).toBeGreaterThan(5)
    expect(words).toMatch(/\.$/)
    expect(source).not.toBe('')
  })

  it('a clock tells the figure of its day, with the setting that it comes from', () => {
    expect(ruleOn('R31', seeds, '2026-11-23')).toMatchObject({
      words: expect.stringContaining('within 21 days') as string,
      since: '2019-12-01',
      provisional: true
    })
  })
})
