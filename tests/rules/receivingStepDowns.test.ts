import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { answerTo, emptyStepDown, emptyStepDownPerson } from '../../shared/stepDown/emptyStepDown.ts'
import { missingIn } from '../../shared/stepDown/missing.ts'
import {
  problemsWithReceipt,
  problemsWithReturn,
  problemsWithStepDown
} from '../../shared/stepDown/problems.ts'
import { registrationOf } from '../../shared/stepDown/registering.ts'
import { needed, stepDownDraft, type StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { receivedIn, toldIn } from '../../shared/stepDown/told.ts'
import { OPEN } from '../fixtures/desk.ts'
import {
  aRegisteredStepDown,
  aStepDown,
  aStepDownPerson,
  anIncompleteStepDown
} from '../fixtures/stepDowns.ts'

const about = {
  now: OPEN,
  rules: {
    districts: [{ key: 'E07000242', name: 'East Hertfordshire', shortName: 'East Herts', hubId: newId() }]
  }
}
const paths = (changes: Partial<StepDownDraft>) =>
  problemsWithStepDown(aStepDown(changes), about).map(({ path }) => path)

describe('C7, R47: the completeness gate', () => {
  it('a whole step-down lacks nothing, an empty one everything', () => {
    expect(missingIn(aStepDown())).toEqual([])
    const empty = emptyStepDown({ id: newId(), stepDownId: newId(), personId: newId() })
    expect(missingIn(empty)).toEqual(needed)
  })

  it.each(needed)('says that %s is missing, and nothing else but what hangs on it', (each) => {
    const missing = missingIn(anIncompleteStepDown([each]))
    expect(missing).toContain(each)
    expect(missing.filter((other) => other !== each)).toEqual(each === 'children' ? ['needs'] : [])
  })

  it('R47 “family agreement obtained by sender”: by whom, when and to what; a refusal is none', () => {
    const without = [
      { agreement: 'refused' },
      { agreement: 'not-asked' },
      { agreedOn: '' },
      { agreedScope: ' ' },
      { agreedById: '', agreedBy: ' ' }
    ] as const
    for (const changes of without) expect(missingIn(aStepDown(changes))).toEqual(['agreement'])
    expect(missingIn(aStepDown({ agreedById: '', agreedBy: 'Her grandmother' }))).toEqual([])
  })

  it('R47 “needs identified”: of each child, and of one who is not born yet', () => {
    const born = aStepDownPerson()
    const unborn = aStepDownPerson({ role: 'unborn', name: '', birth: '', expected: '3/3/2027', needs: '' })
    expect(missingIn(aStepDown({ people: [born, unborn] }))).toEqual(['needs'])
    expect(missingIn(aStepDown({ people: [born, { ...unborn, needs: 'A midwife' }] }))).toEqual([])
    expect(missingIn(aStepDown({ people: [born, { ...unborn, expected: '', needs: 'A midwife' }] }))).toEqual(
      ['children']
    )
  })

  it('an assessment before is told by its reference or its keyworker; a card that nobody wrote in is nobody', () => {
    expect(missingIn(aStepDown({ hadPrevious: 'yes' }))).toEqual(['previous'])
    expect(missingIn(aStepDown({ hadPrevious: 'yes', previousKeyworker: 'Lee Hart' }))).toEqual([])
    const people = [...aStepDown().people, emptyStepDownPerson(newId(), 'child')]
    expect(missingIn(aStepDown({ people }))).toEqual([])
  })

  it('what is missing of a draft is missing of the version that comes of it', () => {
    const some = fc.subarray([...needed])
    fc.assert(
      fc.property(some, (missing) => {
        const draft = anIncompleteStepDown(missing)
        expect(missingIn(toldIn(draft, '2026-11-23'))).toEqual(missingIn(draft))
      })
    )
  })
})

describe('what cannot be read', () => {
  it('stands next to its field; what is missing is no problem', () => {
    expect(
      problemsWithStepDown(emptyStepDown({ id: newId(), stepDownId: newId(), personId: newId() }), about)
    ).toEqual([])
    expect(paths({ workerPhone: '12', workerEmail: 'noor at council', district: 'E1' })).toEqual([
      'workerPhone',
      'workerEmail',
      'district'
    ])
  })

  it('R47 “statutory work completed”: today at the latest', () => {
    expect(paths({ workCompletedOn: '23/11/2026' })).toEqual([])
    expect(paths({ workCompletedOn: '24/11/2026' })).toEqual(['workCompletedOn'])
    expect(paths({ workCompletedOn: 'last week' })).toEqual(['workCompletedOn'])
  })

  it('of each person: who they are, dates, UPN and phone', () => {
    const person = aStepDownPerson({ role: '', birth: 'age 7', upn: 'A12', phone: '3' })
    expect(paths({ people: [person], agreedById: '' })).toEqual([
      'people.0.role',
      'people.0.birth',
      'people.0.upn',
      'people.0.phone'
    ])
    const unborn = (expected: string) =>
      paths({ people: [aStepDownPerson({ role: 'unborn', birth: '', expected })] })
    expect(unborn('26/10/2026')).toEqual([])
    expect(unborn('25/10/2026')).toEqual(['people.0.expected'])
    expect(unborn('19/9/2027')).toEqual([])
    expect(unborn('20/9/2027')).toEqual(['people.0.expected'])
  })

  it('the day of an agreement that nobody gave is not looked at', () => {
    expect(paths({ agreedOn: '24/11/2026' })).toEqual(['agreedOn'])
    expect(paths({ agreement: 'not-asked', agreedOn: '24/11/2026' })).toEqual([])
  })

  it('C7: nothing goes back without a reason', () => {
    expect(problemsWithReturn({ words: ' ' }).map(({ path }) => path)).toEqual(['words'])
    expect(problemsWithReturn({ words: 'No plan is with it' })).toEqual([])
  })
})

describe('when it arrived: the clock runs from then', () => {
  const receipt = (receivedOn: string, receivedAt: string) =>
    problemsWithReceipt({ receivedOn, receivedAt }, OPEN).map(({ path }) => path)

  it('now where nothing is typed, today where only a time is', () => {
    expect(receivedIn({ receivedOn: '', receivedAt: '' }, OPEN)).toBe(OPEN)
    expect(receivedIn({ receivedOn: '', receivedAt: '9:05' }, OPEN)).toBe('2026-11-23T09:05:00.000Z')
    // in summer a clock in London is an hour ahead of UTC
    expect(receivedIn({ receivedOn: '3/7/2026', receivedAt: '14:30' }, OPEN)).toBe('2026-07-03T13:30:00.000Z')
  })

  it('not in the future: to the minute', () => {
    expect(receipt('23/11/2026', '10:00')).toEqual([])
    expect(receipt('23/11/2026', '10:01')).toEqual(['receivedAt'])
    expect(receipt('24/11/2026', '09:00')).toEqual(['receivedOn'])
  })

  it('a day asks for its time, and both can be read', () => {
    expect(receipt('20/11/2026', '')).toEqual(['receivedAt'])
    expect(receipt('20/11/2026', 'noon')).toEqual(['receivedAt'])
    expect(receipt('31/2/2026', '09:00')).toEqual(['receivedOn'])
  })
})

describe('what is recorded', () => {
  it('says nothing that does not belong to it', () => {
    const { agreedScope, previousReference, people } = toldIn(
      aStepDown({ agreement: 'refused', hadPrevious: 'no', previousReference: 'FFA-1' }),
      '2026-11-23'
    )
    expect([agreedScope, previousReference]).toEqual(['', ''])
    expect(people[0]).toMatchObject({ birth: '2016-05-14', expected: '' })
  })

  it('is shown in a form again as it was, and told from there once more is the same', () => {
    const draft = aStepDown()
    const told = toldIn(draft, '2026-11-23')
    const version = {
      ...told,
      id: draft.id,
      basedOn: '',
      missing: [],
      recordedAt: OPEN,
      byName: 'Morgan Ellis'
    }
    const again = answerTo(version, { id: newId(), stepDownId: draft.stepDownId })
    expect(stepDownDraft.safeParse(again).success).toBe(true)
    expect(again).toMatchObject({ basedOn: draft.id, workCompletedOn: '20/11/2026', receivedOn: '' })
    expect(toldIn(again, '2026-11-23')).toEqual(told)
  })

  it('becomes a registration with the agreement as it was told, to be looked at today', () => {
    const draft = aStepDown({ agreedOn: '' })
    const days = { today: '2026-11-25', received: '2026-11-23' }
    const { agreement, people } = registrationOf(toldIn(draft, days.today), aRegisteredStepDown(draft), days)
    expect(agreement).toMatchObject({ decidedOn: '2026-11-23', reviewOn: '2026-11-25', share: false })
    expect(people.map(({ address }) => address)).toEqual([draft.address, draft.address])
  })
})
