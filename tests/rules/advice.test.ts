import { describe, expect, it } from 'vitest'
import { emptyAdvice } from '../../shared/advice/emptyAdvice.ts'
import { adviceDay, problemsWithAdvice } from '../../shared/advice/problems.ts'
import { whoToAsk } from '../../shared/advice/whoToAsk.ts'
import { newId } from '../../shared/ids.ts'

const TODAY = '2026-11-23'
const asked = {
  ...emptyAdvice(newId(), { familyId: newId(), episodeId: '', askedWhom: 'Alex Lee', answersId: '' }),
  question: 'Who could?'
}
const answered = { ...asked, question: '', answersId: newId(), answer: 'The health visitor' }
const question = { askedOn: '2026-11-20' }

describe('problemsWithAdvice (R41)', () => {
  const paths = (draft: typeof asked) =>
    problemsWithAdvice(draft, { today: TODAY, question: draft.answersId ? question : undefined }).map(
      ({ path }) => path
    )

  it('a question may wait for its answer, or have it at once', () => {
    expect(paths(asked)).toEqual([])
    expect(paths({ ...asked, answer: 'The health visitor' })).toEqual([])
    expect(paths(answered)).toEqual([])
  })

  it.each<[string, string[], Partial<typeof asked>]>([
    ['nobody who was asked', ['askedWhom'], { askedWhom: ' ' }],
    ['no question', ['question'], { question: ' ' }],
    ['a day that is none', ['askedOn'], { askedOn: '31/2/2026' }],
    ['a day to come', ['askedOn'], { askedOn: '24/11/2026' }]
  ])('a question with %s', (_, wrong, changes) => {
    expect(paths({ ...asked, ...changes })).toEqual(wrong)
  })

  it.each<[string, string[], Partial<typeof asked>]>([
    ['nobody who answered', ['askedWhom'], { askedWhom: '' }],
    ['no words', ['answer'], { answer: '' }],
    ['a day before the question', ['askedOn'], { askedOn: '19/11/2026' }]
  ])('an answer with %s', (_, wrong, changes) => {
    expect(paths({ ...answered, ...changes })).toEqual(wrong)
  })

  it('an answer may come on the day of the question', () => {
    expect(paths({ ...answered, askedOn: '20/11/2026' })).toEqual([])
  })

  it('an empty day is today', () => {
    expect(adviceDay(asked, TODAY)).toBe(TODAY)
    expect(adviceDay({ askedOn: '20/11/2026' }, TODAY)).toBe('2026-11-20')
  })
})

describe('whoToAsk (R41, R56)', () => {
  const hubs = [{ key: 'a', name: 'Hertford', seniorCoordinator: 'Alex Lee', coordinator: 'Sam Poe' }]
  const vacant = (changes: object) => whoToAsk({ hubs: hubs.map((hub) => ({ ...hub, ...changes })) }, 'a')

  it('is the Senior Coordinator of the hub, else its Coordinator', () => {
    expect(vacant({})).toEqual({ hubName: 'Hertford', name: 'Alex Lee', post: 'Senior Coordinator' })
    expect(vacant({ seniorCoordinator: '' })).toMatchObject({ name: 'Sam Poe', post: 'Coordinator' })
    expect(vacant({ seniorCoordinator: '', coordinator: '' })).toMatchObject({
      ...{ name: '', post: 'Senior Coordinator' }
    })
  })

  it('of a hub that has ended nobody is known', () => {
    expect(whoToAsk({ hubs }, 'b')).toEqual({ hubName: '', name: '', post: 'Senior Coordinator' })
  })
})
