import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import {
  areNotesOld,
  emptyOutcome,
  emptyStepUp,
  isOutcomeTyped,
  outcomeDay,
  problemsWithMeeting,
  problemsWithStepUp,
  saidInStepUp
} from '../../shared/stepUp/problems.ts'
import { isOpen, mayHappen, nextOf, standingOf } from '../../shared/stepUp/state.ts'
import {
  stepUpEvents,
  stepUpQuestions,
  stepUpStates,
  type StepUpEvent,
  type StepUpState
} from '../../shared/stepUp/stepUp.ts'
import { eventSaid } from '../../shared/words/stepUp.ts'

const DAY = '2026-11-23'
const MEETING = 'a meeting'
const ANOTHER = 'another meeting'
const happened = (...events: StepUpEvent[]) =>
  events.map((event) => ({ event, meetingId: event === 'plan' ? MEETING : '' }))
const stateAfter = (...events: StepUpEvent[]) => standingOf(happened(...events)).state

describe('R42 to R46, C10: a request walks its states', () => {
  it.each<[StepUpEvent[], StepUpState]>([
    [[], 'submitted'],
    [['plan'], 'planned'],
    [['plan', 'take-off'], 'submitted'],
    [['plan', 'plan'], 'planned'],
    [['plan', 'more-information'], 'needs-information'],
    [['plan', 'more-information', 'inform'], 'submitted'],
    [['plan', 'accept'], 'accepted'],
    [['plan', 'accept', 'confirm', 'confirm'], 'accepted'],
    [['plan', 'not-accept'], 'not-accepted'],
    [['withdraw'], 'withdrawn'],
    [['plan', 'withdraw'], 'withdrawn'],
    [['agreement-withdrawn'], 'without-agreement'],
    [['plan', 'agreement-withdrawn', 'refer'], 'referred'],
    [['plan', 'more-information', 'agreement-withdrawn', 'withdraw'], 'withdrawn']
  ])('%j leads to %s', (events, state) => {
    expect(stateAfter(...events)).toBe(state)
  })

  it.each<[StepUpEvent[], StepUpEvent[]]>([
    [[], ['plan', 'agreement-withdrawn', 'withdraw']],
    [
      ['plan'],
      ['plan', 'take-off', 'more-information', 'accept', 'not-accept', 'agreement-withdrawn', 'withdraw']
    ],
    [
      ['plan', 'more-information'],
      ['inform', 'agreement-withdrawn', 'withdraw']
    ],
    [['agreement-withdrawn'], ['withdraw', 'refer']],
    [['plan', 'accept'], ['confirm']],
    [['plan', 'not-accept'], []],
    [['withdraw'], []],
    [['agreement-withdrawn', 'refer'], []]
  ])('after %j there may happen %j', (events, next) => {
    expect(mayHappen(happened(...events))).toEqual(next)
  })

  it('knows the meeting that looks at it, or looked at it last', () => {
    expect(standingOf(happened('plan')).meetingId).toBe(MEETING)
    expect(standingOf(happened('plan', 'agreement-withdrawn')).meetingId).toBe(MEETING)
    expect(standingOf(happened('plan', 'take-off')).meetingId).toBe('')
    const moved = [...happened('plan'), { event: 'plan' as const, meetingId: ANOTHER }]
    expect(standingOf(moved).meetingId).toBe(ANOTHER)
  })

  const anyEvents = fc.array(
    fc.record({ event: fc.constantFrom(...stepUpEvents), meetingId: fc.constantFrom(MEETING, ANOTHER) }),
    { maxLength: 12 }
  )

  it('an event that was not possible changes nothing, in any order in which rows arrive', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const possible = events.filter((each, index) => {
          const before = events.slice(0, index)
          return mayHappen(before).includes(each.event)
        })
        expect(standingOf(possible)).toEqual(standingOf(events))
      })
    )
  })

  it('C10: whatever happens, an open request has an owner and a next act; nothing is next of an end', () => {
    fc.assert(
      fc.property(anyEvents, fc.boolean(), fc.boolean(), (events, isConfirmed, hasEnded) => {
        const standing = standingOf(events)
        const next = nextOf({ ...standing, isConfirmed, hasEnded })
        if (isOpen(standing.state)) expect(next).toBeDefined()
        else if (standing.state !== 'accepted') expect(next).toBeUndefined()
        // whoever chairs is known only where there is a meeting
        if (next?.owner === 'chair') expect(standing.meetingId).not.toBe('')
      })
    )
  })

  it('R59: what was accepted is confirmed, then the assessment is stepped up, then nothing is next', () => {
    const accepted = { state: 'accepted' as const, meetingId: MEETING }
    const acts = [
      nextOf({ ...accepted, isConfirmed: false, hasEnded: false }),
      nextOf({ ...accepted, isConfirmed: true, hasEnded: false }),
      nextOf({ ...accepted, isConfirmed: true, hasEnded: true })
    ]
    expect(acts.map((next) => next?.act)).toEqual(['confirm', 'end-assessment', undefined])
  })

  it('R45: four states have no feedback', () => {
    expect(stepUpStates.filter(isOpen)).toEqual([
      ...['submitted', 'planned', 'needs-information', 'without-agreement']
    ])
  })

  it('each event has its sentence', () => {
    const sentences = stepUpEvents.map((event) => eventSaid({ event, who: 'Dana Whitfield' }))
    expect(new Set(sentences).size).toBe(stepUpEvents.length)
    expect(eventSaid({ event: 'confirm', who: '' })).toContain('nobody is in doubt')
  })
})

describe('what stands between a form and a request', () => {
  const ids = { id: newId(), familyId: newId(), episodeId: newId() }
  const answered = Object.fromEntries(stepUpQuestions.map((question) => [question, 'Said']))
  const whole = { ...emptyStepUp(ids), ...answered, immediateConcern: 'no' as const }
  const about = { today: DAY, lastNoteOn: DAY, noteDays: 14 }
  const paths = (draft: typeof whole, changes = {}) =>
    problemsWithStepUp(draft, { ...about, ...changes }).map(({ path }) => path)

  it('R43: nothing, once all six are answered', () => {
    expect(paths(whole)).toEqual([])
    for (const question of stepUpQuestions) expect(paths({ ...whole, [question]: '  ' })).toEqual([question])
  })

  it('R44: an immediate concern is said first, and nothing else', () => {
    expect(paths({ ...whole, immediateConcern: 'yes', tried: '' } as never)).toEqual(['immediateConcern'])
  })

  it('R46: the last note may be as many days old as the setting says, and no more', () => {
    expect(areNotesOld({ ...about, lastNoteOn: '2026-11-09' })).toBe(false)
    expect(areNotesOld({ ...about, lastNoteOn: '2026-11-08' })).toBe(true)
    expect(areNotesOld({ ...about, lastNoteOn: '' })).toBe(true)
    expect(paths(whole, { lastNoteOn: '2026-11-08' })).toEqual(['oldNotesReason'])
    expect(paths({ ...whole, oldNotesReason: 'Ill' }, { lastNoteOn: '2026-11-08' })).toEqual([])
  })

  it('a reason for old notes is kept where they were old', () => {
    const typed = { ...whole, oldNotesReason: ' Ill ' }
    expect(saidInStepUp(typed, true).oldNotesReason).toBe('Ill')
    expect(saidInStepUp(typed, false).oldNotesReason).toBe('')
  })
})

describe('a meeting and its outcomes', () => {
  it('lies between a month ago and a year ahead; the day that it has is right', () => {
    const isRight = (onDay: string, plannedFor = '') =>
      problemsWithMeeting({ onDay }, DAY, plannedFor).length === 0
    expect(isRight('2026-10-23')).toBe(true)
    expect(isRight('2026-10-22')).toBe(false)
    expect(isRight('2027-11-24')).toBe(true)
    expect(isRight('2027-11-25')).toBe(false)
    expect(isRight('2020-01-01', '2020-01-01')).toBe(true)
  })

  it('L28: an empty day is that of the meeting', () => {
    expect(outcomeDay({ on: '' }, DAY)).toBe(DAY)
    expect(outcomeDay({ on: '20/11/2026' }, DAY)).toBe('2026-11-20')
  })

  it('knows whether anything was typed of a request', () => {
    expect(isOutcomeTyped(emptyOutcome('a'))).toBe(false)
    expect(isOutcomeTyped({ ...emptyOutcome('a'), minutes: 'Said' })).toBe(true)
  })
})
