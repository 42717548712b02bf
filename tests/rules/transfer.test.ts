import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getSimplePaths } from 'xstate/graph'
import { newId, type CivilDate } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'
import {
  emptyTransfer,
  missingForProposal,
  problemsWithStep,
  saidInRequest
} from '../../shared/transfer/problems.ts'
import { isWaiting, mayDo, standing, transferMachine, type StepOnDay } from '../../shared/transfer/state.ts'
import {
  transferKinds,
  transferReasons,
  transferStates,
  transferSteps,
  type TransferKind,
  type TransferState,
  type TransferStep
} from '../../shared/transfer/transfer.ts'
import { transferReasonLabels } from '../../shared/words/transfer.ts'
import { aTransferStep } from '../fixtures/transfers.ts'

const DAY = '2026-11-23'
const CHANGEOVER = '2026-12-03'

/** Issue 6 as a table beside the machine: where a transfer stands, and from which day on. Whatever is not named leads nowhere. */
interface Place {
  state: TransferState
  changeoverOn: CivilDate
}
function asWritten(kind: TransferKind, { state, changeoverOn }: Place, { step, on }: StepOnDay): Place {
  const isOut = kind === 'out-of-county'
  const waits = state === 'requested' || state === 'proposed'
  if (step === 'propose' && waits) return { state: 'proposed', changeoverOn: on }
  if (step === 'accept' && state === 'proposed') return { state: 'accepted', changeoverOn }
  if (step === 'decline' && state === 'proposed') return { state: 'requested', changeoverOn }
  if (step === 'hand-over' && state === 'accepted' && isOut) return { state: 'handed-over', changeoverOn }
  if (step === 'cancel' && (waits || (state === 'accepted' && (isOut || on < changeoverOn))))
    return { state: 'cancelled', changeoverOn }
  return { state, changeoverOn }
}
const walk = (kind: TransferKind, steps: readonly StepOnDay[]) =>
  steps.reduce<Place>((place, step) => asWritten(kind, place, step), {
    state: 'requested',
    changeoverOn: ''
  })

describe('R36 to R39, issue 6: the states of a transfer', () => {
  it.each(transferKinds)('%s: every path is walked, and each ends where the issue says', (kind) => {
    const days = [addDays(CHANGEOVER, -1), CHANGEOVER]
    const paths = getSimplePaths(transferMachine, {
      input: { kind },
      events: transferSteps.flatMap((step) =>
        days.map((on) => ({ type: step, taken: { step, on: step === 'propose' ? CHANGEOVER : on } }))
      ),
      serializeState: ({ value, context }) => JSON.stringify([value, context.proposal?.on])
    })
    const walked = paths.map((path) => path.steps.slice(1).map(({ event }) => event.taken))
    const reached = new Set<TransferState>()
    for (const steps of walked) {
      const { state } = standing(kind, steps)
      expect([steps, state]).toEqual([steps, walk(kind, steps).state])
      reached.add(state)
    }
    const all = transferStates.filter((state) => state !== 'handed-over' || kind === 'out-of-county')
    expect(reached).toEqual(new Set(all))
  })

  const someSteps = fc.array(
    fc.record({
      step: fc.constantFrom(...transferSteps),
      on: fc.integer({ min: -20, max: 20 }).map((days) => addDays(DAY, days))
    }),
    { maxLength: 12 }
  )
  const kind = fc.constantFrom(...transferKinds)

  it('after any steps, possible or not, the state and the proposal are what the issue says', () => {
    fc.assert(
      fc.property(kind, someSteps, (which, steps) => {
        const { state, changeoverOn } = walk(which, steps)
        const stands = state !== 'requested' && state !== 'cancelled'
        const { state: found, proposal } = standing(which, steps)
        expect([found, proposal?.on ?? '']).toEqual([state, stands ? changeoverOn : ''])
      })
    )
  })

  it('what may be done changes the state, or is a fact that changes none; nothing is done after an end', () => {
    fc.assert(
      fc.property(kind, someSteps, (which, steps) => {
        const { state } = standing(which, steps)
        const may = mayDo(which, steps, DAY)
        for (const step of may) {
          const after = standing(which, [...steps, { step, on: DAY }]).state
          expect(after !== state || facts.includes(step) || step === 'propose').toBe(true)
        }
        if (state === 'cancelled' || state === 'handed-over') expect(may).toEqual([])
        if (which === 'in-county') expect(may).not.toContain('contact-authority')
      })
    )
  })
  const facts: TransferStep[] = [
    ...(['plan-review', 'hold-review', 'tell-family', 'review-agreement'] as const),
    ...(['contact-authority', 'introduce'] as const)
  ]

  it.each<[TransferKind, TransferState, CivilDate, boolean]>([
    ['in-county', 'requested', '', true],
    ['in-county', 'proposed', CHANGEOVER, true],
    ['in-county', 'accepted', addDays(DAY, 1), true],
    ['in-county', 'accepted', DAY, false],
    ['out-of-county', 'accepted', addDays(DAY, -9), true],
    ['out-of-county', 'handed-over', DAY, false],
    ['in-county', 'cancelled', '', false]
  ])('%s, %s, for %s: waits %s', (which, state, changeoverOn, waits) => {
    expect(isWaiting({ kind: which, state, changeoverOn }, DAY)).toBe(waits)
  })
})

describe('R30, R37 to R39: what is asked before a step', () => {
  const about = {
    kind: 'in-county',
    requestedOn: DAY,
    registeredOn: '2026-11-02',
    today: '2026-11-25'
  } as const
  const of = { id: newId(), familyId: newId(), episodeId: newId() }
  const at = (step: TransferStep, changes: object) =>
    problemsWithStep(aTransferStep(of, step, changes), about).map(({ path }) => path)

  it.each<[TransferStep, CivilDate, boolean]>([
    ['review-agreement', '2026-11-22', false],
    ['review-agreement', DAY, true],
    ['review-agreement', '2026-11-26', false],
    ['hold-review', '2026-11-22', false],
    ['hold-review', DAY, true],
    ['plan-review', '2026-11-24', false],
    ['plan-review', '2026-11-25', true],
    ['tell-family', '2026-11-02', true],
    ['tell-family', '2026-11-01', false],
    ['accept', '2026-11-26', false],
    ['cancel', '2026-11-25', true]
  ])('%s on %s: %s', (step, on, isPossible) => {
    expect(at(step, { on })).toEqual(isPossible ? [] : ['on'])
  })

  it('R38: a proposal names whom, and a day of agreement that has come', () => {
    expect(at('propose', { on: CHANGEOVER })).toEqual(['practitionerId'])
    expect(at('propose', { on: CHANGEOVER, practitionerId: newId(), agreedOn: '2026-11-26' })).toEqual([
      'agreedOn'
    ])
    expect(at('propose', { on: '2027-11-27', practitionerId: newId() })).toEqual(['on'])
    expect(at('propose', { on: '2027-11-26', practitionerId: newId() })).toEqual([])
  })

  it('R37, R39: what is still missing before it', () => {
    const nothing = {
      ...{ kind: 'out-of-county' as const, familyToldOn: '', reviewHeldOn: '', reviewPlannedFor: '' },
      authorityContactedOn: ''
    }
    expect(missingForProposal(nothing, DAY)).toEqual(['tell-family', 'review', 'contact-authority'])
    expect(missingForProposal({ ...nothing, kind: 'in-county', familyToldOn: DAY }, DAY)).toEqual(['review'])
    const planned = { ...nothing, familyToldOn: DAY, authorityContactedOn: DAY, reviewPlannedFor: DAY }
    expect(missingForProposal(planned, DAY)).toEqual([])
    expect(missingForProposal(planned, addDays(DAY, 1))).toEqual(['review'])
    expect(missingForProposal({ ...planned, reviewHeldOn: DAY }, addDays(DAY, 1))).toEqual([])
  })

  it('a request that does not say where to or why says nothing yet', () => {
    const empty = emptyTransfer(of)
    expect(saidInRequest(empty, DAY)).toBeUndefined()
    expect(
      saidInRequest({ ...empty, kind: 'in-county', reason: 'local-move', authority: 'luton' }, DAY)
    ).toEqual({
      ...{ kind: 'in-county', reason: 'local-move', belowThreshold: '', requestedOn: DAY, note: '' },
      authority: ''
    })
  })

  it('R36: every reason has its words', () => {
    expect(Object.keys(transferReasonLabels).toSorted()).toEqual([...transferReasons].toSorted())
  })
})
