import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsWithClosing, saidInClosing, type AboutClosing } from '../../shared/episode/closing.ts'
import type { ClosingDraft } from '../../shared/episode/episode.ts'
import { daysRunOut, overdueClocks, overdueOf, type OverdueRule } from '../../shared/episode/overdue.ts'
import { newId } from '../../shared/ids.ts'
import { clocksOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays } from '../../shared/time/london.ts'
import { aClosing, aStepUp } from '../fixtures/closing.ts'

const family = { id: newId(), episodeId: newId() }
const [outcomeId, actionId] = [newId(), newId()]
const about: AboutClosing = {
  today: '2026-11-23',
  openSince: '2026-08-10',
  openOutcomeIds: [],
  openActionIds: []
}
const withPlan: AboutClosing = { ...about, openOutcomeIds: [outcomeId], openActionIds: [actionId] }
const paths = (draft: ClosingDraft, of = about) => problemsWithClosing(draft, of).map(({ path }) => path)
const close = (changes: Partial<ClosingDraft>, of = about) => paths(aClosing(family, changes), of)
const stepUp = (changes: Partial<ClosingDraft>, of = about) => paths(aStepUp(family, changes), of)

describe('“Close assessment”', () => {
  it('asks for its reason, what the family is told and who is told', () => {
    expect(close({})).toEqual([])
    expect(close({ closureReason: ' ' })).toEqual(['closureReason'])
    expect(close({ stepOutAdvice: '' })).toEqual(['stepOutAdvice'])
    expect(close({ told: [] })).toEqual(['told.0.who'])
    expect(close({ told: [{ who: '', words: '' }] })).toEqual(['told.0.who'])
    expect(
      close({
        told: [
          { who: 'Jo', words: '' },
          { who: ' ', words: 'By letter' }
        ]
      })
    ).toEqual(['told.1.who'])
  })

  it('R35: asks whether it could be transferred instead, and why it closes whatever the answer is', () => {
    expect(close({ couldTransfer: '' })).toEqual(['couldTransfer'])
    expect(close({ couldTransfer: 'no', transferNote: '' })).toEqual(['transferNote'])
    expect(close({ couldTransfer: 'yes', transferNote: '' })).toEqual(['transferNote'])
    expect(close({ couldTransfer: 'yes', transferNote: 'The aunt’s keyworker; they want none' })).toEqual([])
  })

  it('a day that is not in the future, and on which it was open; empty is today (L28)', () => {
    expect(close({ closedOn: '23/11/2026' })).toEqual([])
    expect(close({ closedOn: '10/8/2026' })).toEqual([])
    for (const closedOn of ['24/11/2026', '9/8/2026', '31/2/2026', 'today'])
      expect(close({ closedOn }), closedOn).toEqual(['closedOn'])
    expect(saidInClosing(aClosing(family), '2026-11-23').closure.closedOn).toBe('2026-11-23')
  })

  it('says of every open outcome of the plan what became of it, with words', () => {
    const met = { outcomeId, result: 'met', words: 'Four days of five since June' } as const
    expect(close({}, withPlan)).toEqual(['outcomes'])
    expect(close({ outcomes: [met] }, withPlan)).toEqual([])
    expect(close({ outcomes: [{ ...met, result: '' }] }, withPlan)).toEqual(['outcomes.0.result'])
    expect(close({ outcomes: [{ ...met, words: '' }] }, withPlan)).toEqual(['outcomes.0.words'])
    const ended = { ...met, outcomeId: newId() }
    expect(close({ outcomes: [met, ended] }, withPlan)).toEqual(['outcomes.1.result'])
  })
})

describe('“Step up”', () => {
  it('R45: lists the work that goes on, or says that none does', () => {
    expect(stepUp({})).toEqual([])
    expect(stepUp({ goesOn: [] })).toEqual(['note'])
    expect(stepUp({ goesOn: [{ actionId: '', who: ' ', words: '' }] })).toEqual(['note'])
    expect(stepUp({ goesOn: [], note: 'The social worker takes over everything' })).toEqual([])
    expect(stepUp({ goesOn: [{ actionId: '', who: 'School', words: '' }] })).toEqual(['goesOn.0.words'])
    expect(stepUp({ goesOn: [{ actionId: '', who: '', words: 'Breakfast' }] })).toEqual(['goesOn.0.who'])
  })

  it('takes actions of the plan that are open, and no others', () => {
    const goesOn = [{ actionId, who: 'Aunt Bea', words: 'Walk to school' }]
    const outcomes = [{ outcomeId, result: 'partly', words: 'Some mornings' } as const]
    expect(stepUp({ goesOn, outcomes }, withPlan)).toEqual([])
    expect(stepUp({ goesOn })).toEqual(['goesOn.0.words'])
  })

  it('does not ask what only closing asks, and keeps none of it', () => {
    const draft = aStepUp(family, { couldTransfer: 'yes', transferNote: 'Left from before' })
    expect(paths(draft)).toEqual([])
    expect(saidInClosing(draft, '2026-11-23').closure).toMatchObject({ couldTransfer: '', transferNote: '' })
    const closing = aClosing(family, { goesOn: [{ actionId: '', who: 'School', words: 'Breakfast' }] })
    expect(saidInClosing(closing, '2026-11-23').parts.map(({ kind }) => kind)).toEqual(['told'])
  })
})

/** Rows of the clocks' setting, from any days on. */
const someSettings = fc
  .array(
    fc.record({
      start: fc.integer({ min: 0, max: 300 }),
      lasts: fc.option(fc.integer({ min: 0, max: 60 })),
      finaliseDays: fc.integer({ min: 1, max: 90 }),
      firstMeetingDays: fc.integer({ min: 1, max: 90 }),
      reviewDays: fc.integer({ min: 1, max: 90 })
    }),
    { maxLength: 4 }
  )
  .map((rows): Setting[] =>
    rows.map(({ start, lasts, ...days }, index) => {
      const validFrom = addDays('2026-01-01', start)
      return {
        ...{ id: newId(), kind: 'assessment', key: 'clocks', provisional: false, source: '' },
        ...{ validFrom, validTo: lasts === null ? '' : addDays(validFrom, lasts) },
        recordedAt: `2025-01-0${String(index + 1)}T10:00:00.000Z`,
        value: { ...days, recordWorkingDays: 3, copyWorkingDays: 5 }
      }
    })
  )
const rules = Object.keys(overdueClocks) as OverdueRule[]

describe('L18: what is overdue, by the clocks in force on the day that each began (R31, R34)', () => {
  it('section D: registered Mon 10 Aug 2026, due on Mon 31 Aug and overdue from the day after', () => {
    const now = {
      ...{ registeredOn: '2026-08-10', finalisedOn: '', firstMeetingOn: '', lastMeetingOn: '' },
      otherDays: { R31: '', 'R34-first': '', 'R34-review': '' }
    }
    const settings = seedSettings()
    expect(overdueOf(now, settings, '2026-08-31')).toEqual([])
    expect(overdueOf(now, settings, '2026-09-01')).toEqual([{ rule: 'R31', dueOn: '2026-08-31' }])
    expect(overdueOf(now, settings, '2026-09-22')).toEqual([
      { rule: 'R31', dueOn: '2026-08-31' },
      { rule: 'R34-first', dueOn: '2026-09-21' }
    ])
    const met = {
      ...now,
      finalisedOn: '2026-08-28',
      firstMeetingOn: '2026-09-01',
      lastMeetingOn: '2026-09-01'
    }
    expect(overdueOf(met, settings, '2026-10-13')).toEqual([])
    expect(overdueOf(met, settings, '2026-10-14')).toEqual([{ rule: 'R34-review', dueOn: '2026-10-13' }])
    const later = { ...met, otherDays: { ...now.otherDays, 'R34-review': '2026-11-02' } }
    expect(overdueOf(later, settings, '2026-10-14')).toEqual([])
  })

  it('asked of all at once it is what it is of each, whatever settings began and ended when (seed 4713)', () => {
    const today = '2026-11-23'
    fc.assert(
      fc.property(
        someSettings,
        fc.integer({ min: -400, max: 0 }),
        fc.constantFrom(...rules),
        (settings, back, rule) => {
          const began = addDays(today, back)
          const isRunOut = addDays(began, clocksOn(settings, began)[overdueClocks[rule]]) < today
          const isListed = daysRunOut(settings, rule, today).some(
            ({ from, to }) => began >= from && began <= to
          )
          expect(isListed).toBe(isRunOut)
        }
      ),
      { numRuns: 2_000, seed: 4713 }
    )
  })
})
