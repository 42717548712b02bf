import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpen, nextOpening, openSpan } from '../../shared/setting/hours.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { workingMinutes } from '../../shared/setting/workingTime.ts'
import { dueAt, timeLeft } from '../../shared/stepDown/clock.ts'
import { fromArrival, mayHappen, standingOf, type EventInOrder } from '../../shared/stepDown/state.ts'
import { stepDownEvents, stepDownStates, type StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { nextActs } from '../../shared/words/stepDown.ts'
import { clockWords } from '../../renderer/stepDown/words.ts'
import { anyMoment, at, row } from '../fixtures/hours.ts'

const seeds = seedSettings()
const ARRIVED = '2026-11-23T09:30:00.000Z'
const minute = (count: number) => new Date(Date.parse(ARRIVED) + count * 60_000).toISOString()
const inOrder = (events: readonly StepDownEvent[]): EventInOrder[] =>
  events.map((event, index) => ({
    event,
    aboutId: `about-${String(index)}`,
    toId: event === 'take' || event === 'propose' ? `to-${String(index)}` : '',
    recordedAt: minute(index + 1)
  }))
const standing = (...events: StepDownEvent[]) => standingOf(inOrder(events))

const anySequence = fc.array(fc.constantFrom(...stepDownEvents), { maxLength: 25 })

describe('R48: no sequence of events loses a family', () => {
  it('it is in exactly one list with something to be done, or has one end', () => {
    fc.assert(
      fc.property(anySequence, (events) => {
        const { state, ending } = standing(...events)
        expect(stepDownStates.filter((each) => each === state)).toHaveLength(1)
        expect(state === 'done').toBe(ending !== '')
        expect(nextActs[state] === '').toBe(state === 'done')
        const possible = mayHappen(inOrder(events))
        if (state !== 'done') expect(possible.filter((event) => event !== 'take')).not.toEqual([])
        expect(possible.includes('take')).toBe(state !== 'done')
      })
    )
  })

  it('what is not possible changes nothing', () => {
    fc.assert(
      fc.property(anySequence, fc.constantFrom(...stepDownEvents), (events, event) => {
        fc.pre(event !== 'take' && !mayHappen(inOrder(events)).includes(event))
        expect(standing(...events, event)).toEqual(standing(...events))
      })
    )
  })

  it('what was accepted stays accepted, whatever comes after it', () => {
    fc.assert(
      fc.property(anySequence, (events) => {
        const accepted: StepDownEvent[] = ['complete', 'decide-keyworker', 'propose', 'accept']
        expect(standing(...accepted, ...events)).toMatchObject({ state: 'done', ending: 'accepted' })
      })
    )
  })

  it('whoever took it last looks after it, wherever it stands', () => {
    fc.assert(
      fc.property(anySequence, (events) => {
        const taken = inOrder(events).findLast(({ event }) => event === 'take')
        expect(standing(...events).ownerId).toBe(taken?.toId ?? '')
      })
    )
  })

  it('each way of section 1 to 4', () => {
    const ways: [StepDownEvent[], ReturnType<typeof standing>['state']][] = [
      [[], 'received'],
      [['incomplete'], 'received'],
      [['complete'], 'to-triage'],
      [['incomplete', 'keep'], 'to-triage'],
      [['incomplete', 'return'], 'waiting'],
      [['incomplete', 'return', 'incomplete'], 'received'],
      [['incomplete', 'return', 'complete'], 'to-triage'],
      [['complete', 'return'], 'waiting'],
      [['complete', 'decide-keyworker'], 'to-allocate'],
      [['complete', 'decide-elsewhere'], 'done'],
      [['complete', 'decide-elsewhere', 'decide-keyworker'], 'to-allocate'],
      [['complete', 'decide-keyworker', 'propose'], 'allocated'],
      [['complete', 'decide-keyworker', 'propose', 'decline'], 'to-allocate'],
      [['complete', 'decide-keyworker', 'propose', 'take-back'], 'to-allocate'],
      [['complete', 'decide-keyworker', 'propose', 'withdraw-agreement'], 'to-triage'],
      [['complete', 'decide-keyworker', 'propose', 'accept'], 'done'],
      [['complete', 'end', 'reopen'], 'to-triage']
    ]
    for (const [events, state] of ways) expect([events, standing(...events).state]).toEqual([events, state])
  })
})

describe('C7, C8: whose clock runs from when', () => {
  it('the first runs from its arrival, whenever it was typed', () => {
    const events = inOrder(['incomplete', 'keep'])
    expect(standingOf(fromArrival(events, ARRIVED)).since).toBe(ARRIVED)
    expect(fromArrival([], ARRIVED)).toEqual([])
  })

  it('of what goes back the sender’s begins, and ours anew with their answer', () => {
    expect(standing('incomplete', 'return').since).toBe(minute(2))
    expect(standing('incomplete', 'return', 'complete').since).toBe(minute(3))
  })

  it('a no gives it back with its age, however often', () => {
    const asked: StepDownEvent[] = ['complete', 'decide-keyworker']
    for (let times = 0; times < 4; times++) {
      expect(standing(...asked)).toMatchObject({ state: 'to-allocate', since: minute(2), practitionerId: '' })
      asked.push('propose', 'decline')
    }
  })

  it.each([
    ['triage: Friday 15:59 + 2', 'to-triage', at('2026-11-20', '15:59'), at('2026-11-24', '17:00')],
    ['triage: Friday 16:00 + 2', 'to-triage', at('2026-11-20', '16:00'), at('2026-11-25', '17:00')],
    ['received counts as triage', 'received', at('2026-11-20', '16:00'), at('2026-11-25', '17:00')],
    ['allocation: Monday + 5', 'to-allocate', at('2026-11-23', '10:00'), at('2026-11-30', '17:00')],
    ['acceptance over Christmas', 'allocated', at('2026-12-24', '10:00'), at('2026-12-30', '17:00')],
    ['the sender: Monday + 5', 'waiting', at('2026-11-23', '10:00'), at('2026-11-30', '17:00')],
    ['what is done has none', 'done', at('2026-11-23', '10:00'), '']
  ] as const)('%s', (_name, state, since, due) => {
    expect(dueAt(seeds, state, since)).toBe(due)
  })

  it('the target of the day on which the clock began counts', () => {
    const [triage] = seeds.filter(({ kind }) => kind === 'triage')
    const quicker = { ...(triage?.value as object), triageWorkingDays: 1 }
    const settings = [...seeds, row('triage', 'hub', quicker as never, '2026-11-24')]
    expect(dueAt(settings, 'to-triage', at('2026-11-23', '10:00'))).toBe(at('2026-11-25', '17:00'))
    expect(dueAt(settings, 'to-triage', at('2026-11-24', '10:00'))).toBe(at('2026-11-25', '17:00'))
  })

  it('it ends at a closing time, and without hours never', () => {
    fc.assert(
      fc.property(anyMoment, (since) => {
        const due = dueAt(seeds, 'to-triage', since)
        expect(openSpan(seeds, londonDate(due))?.to).toBe(due)
        expect(due > since).toBe(true)
      })
    )
    expect(dueAt([], 'to-triage', ARRIVED)).toBe('')
  })
})

describe('C4: working time left never counts a closed minute', () => {
  it('while the desk is closed it stands still', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (now, since) => {
        fc.pre(!isOpen(seeds, now))
        const due = dueAt(seeds, 'to-triage', since)
        const opens = nextOpening(seeds, now) ?? now
        expect(timeLeft(seeds, opens, due).minutes).toBe(timeLeft(seeds, now, due).minutes)
      })
    )
  })

  it('what is left and what is over is told in open minutes', () => {
    fc.assert(
      fc.property(anyMoment, anyMoment, (now, since) => {
        const due = dueAt(seeds, 'to-allocate', since)
        const { isOverdue, days, minutes } = timeLeft(seeds, now, due)
        expect(isOverdue).toBe(due <= now)
        expect(minutes).toBe(isOverdue ? workingMinutes(seeds, due, now) : workingMinutes(seeds, now, due))
        // a day is open for eight hours at most
        expect(days * 7 * 60).toBeLessThanOrEqual(minutes)
      })
    )
  })

  it.each([
    ['two days ahead', at('2026-11-20', '15:59'), '2 working days left'],
    ['the day before', at('2026-11-23', '16:00'), '1 working day left'],
    ['on its day', at('2026-11-24', '12:30'), '4 hours left'],
    ['in its last hour', at('2026-11-24', '16:35'), '25 minutes left'],
    ['the minute that closes', at('2026-11-24', '17:00'), 'Overdue'],
    ['the morning after', at('2026-11-25', '10:00'), 'Overdue by 1 hour'],
    ['two days after', at('2026-11-26', '10:00'), 'Overdue by 1 working day'],
    ['over a weekend', at('2026-11-30', '09:30'), 'Overdue by 3 working days']
  ])('%s', (_name, now, words) => {
    expect(clockWords(seeds, now, at('2026-11-24', '17:00'))).toBe(words)
  })
})
