import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Setting } from '../../shared/setting/setting.ts'
import { answerDays, type AskedOn } from '../../shared/subjectAccess/due.ts'
import { namesIn } from '../../shared/subjectAccess/namesIn.ts'
import { mayHappen, standingOf, type RequestEventInOrder } from '../../shared/subjectAccess/state.ts'
import { requestEvents } from '../../shared/subjectAccess/subjectAccess.ts'
import { addDays, addMonths, daysBetween, weekday } from '../../shared/time/london.ts'

const bankHoliday = (day: string): Setting<'closed-day'> => ({
  ...{ id: day, kind: 'closed-day', key: day, value: { name: 'Bank holiday', bankHoliday: true } },
  ...{ validFrom: day, validTo: day, provisional: false, source: '' },
  recordedAt: '2026-01-01T00:00:00.000Z'
})
const christmas = ['2026-12-25', '2026-12-28', '2027-01-01'].map(bankHoliday)

const asked = (receivedOn: string, changes: Partial<AskedOn> = {}): AskedOn => ({
  ...{ kind: 'subject-access', receivedOn, answerBy: '', identityOn: receivedOn, isExtended: false },
  ...changes
})
const dueOn = (receivedOn: string, changes: Partial<AskedOn> = {}, settings: readonly Setting[] = []) =>
  answerDays(asked(receivedOn, changes), settings).dueOn

describe('one calendar month (UK GDPR art. 12(3))', () => {
  it.each([
    ['2026-09-03', '2026-10-05', 'Saturday 3 October goes on to Monday'],
    ['2026-11-03', '2026-12-03', 'the corresponding day'],
    ['2027-01-31', '2027-03-01', 'February has no 31st: its last day is a Sunday'],
    ['2028-01-31', '2028-02-29', 'a leap year'],
    ['2028-01-30', '2028-02-29', 'and a day that February has not'],
    ['2027-03-31', '2027-04-30', 'a month of 30 days'],
    ['2026-12-31', '2027-02-01', 'over the end of the year, past a Sunday']
  ])('of %s ends on %s: %s', (receivedOn, due) => {
    expect(dueOn(receivedOn)).toBe(due)
  })

  it('goes past bank holidays and the weekend between them, but not past a closure of ours', () => {
    expect(dueOn('2026-11-25', {}, christmas)).toBe('2026-12-29')
    const ours = { ...bankHoliday('2026-12-03'), value: { name: 'Training', bankHoliday: false } }
    expect(dueOn('2026-11-03', {}, [ours])).toBe('2026-12-03')
  })

  it('is three with an extension, counted from the same day', () => {
    expect(dueOn('2026-11-30', { isExtended: true })).toBe('2027-03-01')
    expect(answerDays(asked('2026-11-30', { isExtended: true }), []).firstDueOn).toBe('2026-12-30')
  })

  it('begins when whoever asks has proved who they are, and has not begun before', () => {
    expect(answerDays(asked('2026-11-03', { identityOn: '' }), [])).toEqual({
      ...{ begins: '', firstDueOn: '', dueOn: '' }
    })
    expect(dueOn('2026-11-03', { identityOn: '2026-11-10' })).toBe('2026-12-10')
    // known already when it came
    expect(dueOn('2026-11-03', { identityOn: '2026-10-01' })).toBe('2026-12-03')
  })

  it('is not what a court goes by', () => {
    expect(dueOn('2026-11-03', { kind: 'court-order', answerBy: '2026-11-14', identityOn: '' })).toBe(
      '2026-11-14'
    )
  })

  it('never ends on a weekend, never before the corresponding day, and never more than a few days after it', () => {
    const days = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2024-01-01', days))
    fc.assert(
      fc.property(days, fc.boolean(), (day, isExtended) => {
        const due = dueOn(day, { isExtended }, christmas)
        const corresponding = addMonths(day, isExtended ? 3 : 1)
        expect(['saturday', 'sunday']).not.toContain(weekday(due))
        expect(daysBetween(corresponding, due)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(corresponding, due)).toBeLessThanOrEqual(4)
      })
    )
  })
})

describe('where a request stands', () => {
  const begun = { ...asked('2026-11-03'), ownerId: 'a', identityHow: 'Passport' }
  const events = fc.array(
    fc.record<RequestEventInOrder>({
      event: fc.constantFrom(...requestEvents),
      on: fc.constant('2026-11-10'),
      toId: fc.constantFrom('b', 'c'),
      words: fc.constant('')
    })
  )

  it('follows only what may happen, always has an owner, and is extended once', () => {
    fc.assert(
      fc.property(events, (wanted) => {
        const happened: RequestEventInOrder[] = []
        for (const event of wanted) {
          const standing = standingOf(begun, happened, [])
          if (mayHappen(standing, begun).includes(event.event)) happened.push(event)
        }
        const { state, ownerId } = standingOf(begun, happened, [])
        const last = happened.findLast(({ event }) => ['withdraw', 'answer', 'reopen'].includes(event))
        expect(state).toBe(
          last?.event === 'withdraw' ? 'withdrawn' : last?.event === 'answer' ? 'answered' : 'open'
        )
        expect(ownerId).toBe(happened.findLast(({ event }) => event === 'assign')?.toId ?? 'a')
        expect(happened.filter(({ event }) => event === 'extend').length).toBeLessThanOrEqual(1)
      })
    )
  })
})

describe('whether a text names somebody', () => {
  const names = namesIn(['Róbin Vale', 'O’Ryan'])
  it.each(['ROBIN slept', 'robin’s bed', 'with Robin, and', "O'Ryan came", 'Ro\u0301bin'])('%s', (text) => {
    expect(names(text)).toBe(true)
  })
  it.each(['robinson came', 'the Vale family', '', 'a robinia'])('not %s', (text) => {
    expect(names(text)).toBe(false)
  })
})
