import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, whatToAsk, type Likeness } from '../../shared/check/answering.ts'
import { emptyCall } from '../../shared/call/call.ts'
import { identityMethods, identityResults } from '../../shared/check/check.ts'
import {
  checkActs,
  isIdentified,
  mayDo,
  stateOf,
  type CheckAct,
  type Course
} from '../../shared/check/state.ts'
import { newId } from '../../shared/ids.ts'

const begun: Course = { tries: [], answer: undefined, isDisclosed: false, ending: undefined }
const passed = { method: 'call-back', result: 'passed' } as const

describe('R18, R19, S1: the order of a check is strict', () => {
  it('begins with making sure who is calling', () => {
    expect(stateOf(begun)).toBe('to-identify')
    expect(mayDo(begun)).toEqual(['try-identity', 'end'])
  })

  it.each(['failed', 'no-answer'] as const)('a try that is %s leaves it there', (result) => {
    const course = { ...begun, tries: [{ method: 'call-back', result } as const] }
    expect(mayDo(course)).toEqual(['try-identity', 'end'])
  })

  it('a call back that passes after one that failed is enough', () => {
    const course = { ...begun, tries: [{ method: 'call-back', result: 'failed' } as const, passed] }
    expect(stateOf(course)).toBe('identified')
    expect(mayDo(course)).toEqual(['answer', 'end'])
  })

  it('C3: an unclear answer is never told', () => {
    expect(mayDo({ ...begun, tries: [passed], answer: 'unclear' })).toEqual(['answer', 'end'])
    expect(mayDo({ ...begun, tries: [passed], answer: 'none' })).toEqual(['answer', 'disclose', 'end'])
  })

  it('who it was passed on to goes on from where it stood; ended is ended', () => {
    const course = { ...begun, tries: [passed], answer: 'open', ending: 'passed-on' } as const
    expect(stateOf(course)).toBe('passed-on')
    expect(mayDo(course)).toContain('disclose')
    expect(mayDo({ ...course, ending: 'ended' })).toEqual([])
    expect(mayDo({ ...course, isDisclosed: true })).toEqual([])
  })

  const step = fc.record({
    act: fc.constantFrom(...checkActs),
    method: fc.constantFrom(...identityMethods),
    result: fc.constantFrom(...identityResults),
    answer: fc.constantFrom('open', 'none', 'unclear' as const),
    ending: fc.constantFrom('passed-on', 'ended' as const)
  })
  const after = (
    course: Course,
    { act, method, result, answer, ending }: typeof step extends fc.Arbitrary<infer S> ? S : never
  ): Course => {
    const next: Record<CheckAct, Course> = {
      'try-identity': { ...course, tries: [...course.tries, { method, result }] },
      answer: { ...course, answer },
      disclose: { ...course, isDisclosed: true },
      end: { ...course, ending }
    }
    return next[act]
  }

  it('in no sequence of allowed acts is there an answer before a passed identity, or a disclosure before an answer', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let course = begun
        for (const each of steps) {
          if (!mayDo(course).includes(each.act)) continue
          course = after(course, each)
          if (course.answer !== undefined) expect(isIdentified(course)).toBe(true)
          if (course.isDisclosed) expect(['open', 'none']).toContain(course.answer)
        }
      })
    )
  })
})

describe('R20, R21, S1: what may be said', () => {
  const like = (changes: Partial<Likeness> = {}): Likeness => ({
    strength: 'strong',
    personId: 'robin',
    episodeId: 'e1',
    restricted: false,
    ...changes
  })

  it.each<[string, Likeness[][], string]>([
    ['one sure child with one open assessment', [[like()]], 'open'],
    ['nobody', [[]], 'none'],
    ['a sure child without an open assessment', [[like({ episodeId: '' })]], 'none'],
    ['someone who is only likely', [[like({ strength: 'likely' })]], 'unclear'],
    ['someone who is only possible', [[like({ strength: 'possible' })]], 'none'],
    ['two who are as sure', [[like(), like({ personId: 'twin', episodeId: '' })]], 'unclear'],
    ['a child in two families, each with one', [[like(), like({ episodeId: 'e2' })]], 'unclear'],
    [
      'a sure one, and a likely one with another',
      [[like(), like({ personId: 'x', strength: 'likely', episodeId: 'e2' })]],
      'unclear'
    ],
    [
      'a sure one without, and a likely one with one',
      [[like({ episodeId: '' }), like({ personId: 'x', strength: 'likely' })]],
      'unclear'
    ],
    ['a restricted family', [[like({ restricted: true })]], 'unclear'],
    ['two children of one assessment', [[like()], [like({ personId: 'jo' })]], 'open'],
    ['two children of two assessments', [[like()], [like({ personId: 'jo', episodeId: 'e2' })]], 'unclear'],
    ['one child found and one not', [[like()], []], 'open']
  ])('%s', (_, children, answer) => {
    const said = answerOf(children)
    expect(said.answer).toBe(answer)
    expect(said.episodeId).toBe(answer === 'open' ? 'e1' : '')
  })

  it('asks for what is blank', () => {
    const [child] = emptyCall(newId(), newId(), '2026-11-23T10:00:00.000Z').children
    expect(whatToAsk([{ ...child!, name: 'Robin Vale', birth: '3/9/15' }])).toEqual([
      'address with postcode',
      'UPN'
    ])
    expect(whatToAsk([{ ...child!, birth: '3/9/15', address: '4 Mill Lane', upn: 'A123' }])).toEqual([])
  })
})
