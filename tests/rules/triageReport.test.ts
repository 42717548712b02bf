import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { openMinutes, targetsMet } from '../../shared/report/openTime.ts'
import { periodsOf } from '../../shared/report/period.ts'
import { describeTriage } from '../../shared/report/describeTriage.ts'
import type { TriageItem, TriageReport } from '../../shared/report/triage.ts'
import { countTriage, stepsOf } from '../../shared/report/triageCount.ts'
import { itemsOf, teamKey, waitingOf, type HistoryEvent } from '../../shared/report/triageHistory.ts'
import { triageTable } from '../../shared/report/triageTable.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { workingMinutes } from '../../shared/setting/workingTime.ts'
import { dueAt } from '../../shared/stepDown/clock.ts'
import { standingOf } from '../../shared/stepDown/state.ts'
import { stepDownEvents, type StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { openTimeWords } from '../../shared/words/triageReport.ts'

const settings = seedSettings()
const NOW = '2026-11-23T10:00:00.000Z'

type Told = Partial<Omit<HistoryEvent, 'event'>>
const happened = (event: StepDownEvent, recordedAt: string, told: Told = {}): HistoryEvent => ({
  ...{ id: newId(), event, recordedAt, aboutId: '', toId: '' },
  ...{ sendingTeam: '', isOver: false, isOutside: false },
  ...told
})
const history = (receivedAt: string, events: HistoryEvent[]) => ({
  id: newId(),
  hubId: 'hub',
  receivedAt,
  events
})
const counted = (receivedAt: string, events: HistoryEvent[]) =>
  itemsOf(history(receivedAt, events), targetsMet(settings))
const brief = (items: readonly TriageItem[]) =>
  items.map(({ measure, key, at }) => `${measure} ${key} ${at}`.trim())

describe('what is counted of one step-down', () => {
  it('from its arrival to a keyworker’s yes, after a return and a decline', () => {
    const items = counted('2026-11-02T09:30:00.000Z', [
      happened('incomplete', '2026-11-02T10:00:00.000Z'),
      happened('return', '2026-11-02T11:00:00.000Z', { sendingTeam: ' Assessment  Team East ' }),
      happened('complete', '2026-11-05T09:00:00.000Z'),
      // 2 working days from Thursday 5 November 9:00 end on Monday 9 November at 17:00
      happened('decide-keyworker', '2026-11-09T17:00:00.000Z'),
      happened('propose', '2026-11-10T09:00:00.000Z', { toId: 'first', isOver: true, isOutside: true }),
      happened('decline', '2026-11-11T09:00:00.000Z'),
      happened('propose', '2026-11-12T09:00:00.000Z', { toId: 'second' }),
      happened('accept', '2026-11-13T09:00:00.000Z')
    ])
    expect(brief(items)).toEqual([
      'received  2026-11-02T09:30:00.000Z',
      'returns assessment team east 2026-11-02T11:00:00.000Z',
      // at closing time the day is over
      'clock-triage late 2026-11-09T17:00:00.000Z',
      'overrides over-full 2026-11-10T09:00:00.000Z',
      'overrides outside-hub 2026-11-10T09:00:00.000Z',
      'clock-answer in-time 2026-11-11T09:00:00.000Z',
      'declines-keyworker first 2026-11-11T09:00:00.000Z',
      'declines-hub hub 2026-11-11T09:00:00.000Z',
      'done accepted 2026-11-13T09:00:00.000Z',
      'clock-answer in-time 2026-11-13T09:00:00.000Z',
      'clock-allocation in-time 2026-11-13T09:00:00.000Z'
    ])
    const allocation = items.find(({ measure }) => measure === 'clock-allocation')
    // whoever said no is part of the wait: from the decision to the second proposal
    expect(allocation?.ran).toEqual({ from: '2026-11-09T17:00:00.000Z', to: '2026-11-12T09:00:00.000Z' })
    expect(items.find(({ measure }) => measure === 'returns')?.name).toBe('Assessment  Team East')
  })

  it('C7: the clock runs from the arrival, however late it was typed', () => {
    const typedLate = counted('2026-11-02T09:30:00.000Z', [
      happened('complete', '2026-11-06T10:00:00.000Z'),
      happened('decide-elsewhere', '2026-11-06T11:00:00.000Z')
    ])
    expect(brief(typedLate)).toEqual([
      'received  2026-11-02T09:30:00.000Z',
      'done elsewhere 2026-11-06T11:00:00.000Z',
      'clock-triage late 2026-11-06T11:00:00.000Z'
    ])
  })

  it('counts nothing of what was not possible, and what was opened again as one more', () => {
    const items = counted('2026-11-02T09:30:00.000Z', [
      happened('complete', '2026-11-02T10:00:00.000Z'),
      happened('accept', '2026-11-03T10:00:00.000Z'),
      happened('end', '2026-11-04T10:00:00.000Z'),
      happened('decline', '2026-11-05T10:00:00.000Z'),
      happened('reopen', '2026-11-06T10:00:00.000Z')
    ])
    expect(brief(items)).toEqual([
      'received  2026-11-02T09:30:00.000Z',
      'done ended 2026-11-04T10:00:00.000Z',
      'reopened  2026-11-06T10:00:00.000Z'
    ])
  })

  it('waits under its age by London days, across the hour that the clocks lose', () => {
    const items = counted('2026-03-28T23:30:00.000Z', [happened('complete', '2026-03-28T23:40:00.000Z')])
    const ageOn = (day: string, until: string) => waitingOf(items, until, day)?.key
    expect(ageOn('2026-03-28', '2026-03-29T00:00:00.000Z')).toBe('today')
    expect(ageOn('2026-03-29', '2026-03-29T23:00:00.000Z')).toBe('week')
    expect(ageOn('2026-04-04', '2026-04-04T23:00:00.000Z')).toBe('week')
    expect(ageOn('2026-04-05', '2026-04-05T23:00:00.000Z')).toBe('fortnight')
    expect(ageOn('2026-04-11', '2026-04-11T23:00:00.000Z')).toBe('fortnight')
    expect(ageOn('2026-04-12', '2026-04-12T23:00:00.000Z')).toBe('older')
    expect(waitingOf(items, '2026-03-28T23:30:00.000Z', '2026-03-28')).toBeUndefined()
  })

  it('a team is one however it is written', () => {
    expect(teamKey('  Safeguarding\t Team  EAST ')).toBe(teamKey('safeguarding team east'))
    // one without a name has its own rows, not those of all
    expect(teamKey('  ')).not.toBe('')
  })

  it('for any events: what came in and has not ended is what the machine says is open', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stepDownEvents), { maxLength: 14 }), (names) => {
        const events = ['complete' as const, ...names].map((event, at) =>
          happened(event, new Date(Date.parse(NOW) + at * 60_000).toISOString(), { toId: String(at) })
        )
        const items = counted(NOW, events)
        const waits = waitingOf(items, '2027-01-01T00:00:00.000Z', '2026-12-31') !== undefined
        expect(waits).toBe(standingOf(events).state !== 'done')
        const of = (measure: TriageItem['measure']) => items.filter((item) => item.measure === measure).length
        expect(of('received') + of('reopened') - of('done')).toBe(waits ? 1 : 0)
      }),
      { numRuns: 300 }
    )
  })
})

describe('open time', () => {
  const instants = fc
    .integer({ min: Date.parse('2026-03-20T00:00:00.000Z'), max: Date.parse('2026-11-05T00:00:00.000Z') })
    .map((at) => new Date(at).toISOString())

  it('C4: is that of one clock at a time, across both changes of the clocks', () => {
    const minutes = openMinutes(settings, '2026-03-20', '2026-11-05')
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        expect(minutes(from, to)).toBe(workingMinutes(settings, from, to))
        expect(minutes(to, from)).toBe(0)
      }),
      { numRuns: 200 }
    )
    // Friday 27 March 15:00 to Monday 30 March 9:30, on which London is an hour ahead: 1 h and 30 min
    expect(minutes('2026-03-27T15:00:00.000Z', '2026-03-30T08:30:00.000Z')).toBe(90)
  })

  it('C7, C8: a target is met before the clock of the queue runs out, and not at that moment', () => {
    const isInTime = targetsMet(settings)
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom('to-triage' as const, 'to-allocate' as const, 'allocated' as const),
        (began, state) => {
          const due = dueAt(settings, state, began)
          expect(isInTime(state, began, new Date(Date.parse(due) - 1).toISOString())).toBe(true)
          expect(isInTime(state, began, due)).toBe(false)
        }
      ),
      { numRuns: 200 }
    )
  })

  it.each([
    [0, '0 min'],
    [59, '59 min'],
    [60, '1 h'],
    [390, '6 h 30 min'],
    [60_000, '1,000 h']
  ])('%i minutes are "%s"', (minutes, words) => {
    expect(openTimeWords(minutes)).toBe(words)
  })
})

describe('periods', () => {
  it('are days, weeks from Monday and months, cut to the range', () => {
    const range = { from: '2026-01-30', to: '2026-03-02' }
    expect(periodsOf(range, 'day')).toHaveLength(32)
    expect(periodsOf(range, 'week').at(0)).toEqual({ from: '2026-01-30', to: '2026-02-01' })
    expect(periodsOf(range, 'week').at(-1)).toEqual({ from: '2026-03-02', to: '2026-03-02' })
    expect(periodsOf(range, 'month')).toEqual([
      { from: '2026-01-30', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-02' }
    ])
  })

  it('are offered as long as they can be told apart', () => {
    expect(stepsOf({ from: '2025-11-24', to: '2026-11-23' })).toEqual(['day', 'week', 'month'])
    expect(stepsOf({ from: '2024-11-24', to: '2026-11-23' })).toEqual(['week', 'month'])
    expect(stepsOf({ from: '1996-11-24', to: '2026-11-23' })).toEqual(['month'])
  })
})

describe('the report', () => {
  const range = { from: '2026-11-02', to: '2026-11-15' }
  const reportOf = (histories: TriageItem[][], alone: TriageItem[] = []): TriageReport => {
    const count = countTriage({ range, hubId: '', step: 'week' }, settings, NOW)
    histories.forEach(count.addStepDown)
    alone.forEach(count.add)
    return {
      ...count.report({ practitioners: new Map([['first', 'Kit Amory']]) }),
      ...{ hubs: [], keyworkers: [], keyworkersTotal: 0 }
    }
  }
  const fromBefore = counted('2026-10-12T09:00:00.000Z', [happened('complete', '2026-10-12T09:00:00.000Z')])
  const quick = (day: string) =>
    counted(`${day}T09:00:00.000Z`, [
      happened('complete', `${day}T09:00:00.000Z`),
      happened('decide-elsewhere', `${day}T10:30:00.000Z`)
    ])

  it('adds up: what waited before, in, out, and what waits', () => {
    const { flow, ages, endings, clocks } = reportOf([
      fromBefore,
      quick('2026-11-03'),
      quick('2026-11-10'),
      counted('2026-11-12T09:00:00.000Z', [happened('incomplete', '2026-11-12T09:00:00.000Z')]),
      // in the range nothing of this one
      counted('2026-11-16T00:00:00.000Z', [happened('complete', '2026-11-16T00:00:00.000Z')])
    ])
    expect(flow).toEqual([
      { from: '2026-11-02', to: '2026-11-08', received: 1, reopened: 0, done: 1, waiting: 1 },
      { from: '2026-11-09', to: '2026-11-15', received: 2, reopened: 0, done: 1, waiting: 2 }
    ])
    expect(ages.map(({ count }) => count)).toEqual([0, 1, 0, 1])
    expect(endings.map(({ count }) => count)).toEqual([0, 2, 0])
    expect(clocks[0]).toEqual({
      ...{ clock: 'clock-triage', target: 2, inTime: 2, late: 0, half: 90, nineInTen: 90 }
    })
  })

  it('tells by nearest rank how long clocks took', () => {
    const took = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((minutes) =>
      counted('2026-11-03T09:00:00.000Z', [
        happened('complete', '2026-11-03T09:00:00.000Z'),
        happened(
          'decide-elsewhere',
          new Date(Date.parse('2026-11-03T09:00:00.000Z') + minutes * 60_000).toISOString()
        )
      ])
    )
    expect(reportOf(took).clocks[0]).toMatchObject({ half: 50, nineInTen: 90 })
    expect(reportOf([]).clocks[0]).toMatchObject({ half: 0, nineInTen: 0, inTime: 0 })
  })

  it('says in words what it shows, and that there was nothing', () => {
    const rules = rulesOn(settings, '2026-11-23')
    const nothing = reportOf([])
    expect(describeTriage('flow', nothing, rules)).toBe('No step-down came in, came to an end or waited.')
    expect(describeTriage('ages', nothing, rules)).toBe('Nothing waited at the end of 15 November 2026.')
    expect(describeTriage('clocks', nothing, rules)).toBe(
      'No clock ended. Time counts only while the desk is open.'
    )
    expect(describeTriage('returns', nothing, rules)).toBe('No step-down was sent back.')
    expect(describeTriage('declines-hub', nothing, rules)).toBe('No proposal was declined.')
    expect(describeTriage('step-ups', nothing, rules)).toBe('No step-up was requested.')
    expect(describeTriage('overrides', nothing, rules)).toBe('No rule was overridden.')
    expect(describeTriage('load-hubs', nothing, rules)).toBe('No keyworker is known.')

    const one = reportOf(
      [quick('2026-11-03')],
      [
        {
          id: newId(),
          at: NOW.replace('23', '03'),
          measure: 'overrides',
          key: 'R31',
          about: 'assessment',
          aboutId: newId()
        }
      ]
    )
    expect(describeTriage('flow', one, rules)).toBe(
      '1 step-down came in and 1 came to an end. 0 waited at the end.'
    )
    expect(describeTriage('clocks', one, rules)).toBe(
      'Until the decision: 1 of 1 in time (100%); half took 1 h 30 min or less, nine in ten 1 h 30 min or less. Time counts only while the desk is open.'
    )
    expect(describeTriage('overrides', one, rules)).toMatch(
      /^1 rule was overridden\. Most often: .+ \(R31\), once\.$/
    )
    expect(triageTable('overrides', one, rules).lines.at(-1)?.name).toMatch(/\(R31\)$/)
  })
})
