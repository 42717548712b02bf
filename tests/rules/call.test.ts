import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  callerKinds,
  emptyCall,
  lines,
  otherKinds,
  outcomes,
  parentsKnow,
  type CallDraft
} from '../../shared/call/call.ts'
import { dangerNumbers } from '../../shared/call/danger.ts'
import { gate } from '../../shared/call/gate.ts'
import { problemsWith } from '../../shared/call/problems.ts'
import { countsAsInHours, tookPlaceAt } from '../../shared/call/tookPlace.ts'
import { newId } from '../../shared/ids.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'

const settings = seedSettings()
const rules = rulesOn(settings, '2026-11-23')
const now = '2026-11-23T15:00:00.000Z'
const childId = newId()

const draft = (changes: Partial<CallDraft> = {}): CallDraft => ({
  ...emptyCall(newId(), childId, '2026-11-23T10:00:00.000Z'),
  ...changes
})

/** A school's call with everything that is required and nothing else. */
const complete = (changes: Partial<CallDraft> = {}): CallDraft =>
  draft({
    callerKind: 'school',
    schoolId: newId(),
    callerName: 'Ines Okafor',
    concern: 'A child came to school with a bruise.',
    advice: 'Complete the contact form today.',
    outcome: 'contact-form',
    ...changes
  })

const paths = (call: CallDraft, by: Rules = rules) => problemsWith(call, by, { now }).map((p) => p.path)
const withCallers = (hubCallers: Rules['hubCallers']): Rules => ({ ...rules, hubCallers })

describe('R13, R14, C1 the gate', () => {
  it('C1: asks first who is calling, on every line', () => {
    for (const line of lines) expect(gate(draft({ line }), rules).answer).toBe('unanswered')
  })

  it('R13: a school of the directory passes once it is chosen', () => {
    expect(gate(draft({ callerKind: 'school' }), rules).answer).toBe('unanswered')
    expect(gate(draft({ callerKind: 'school', schoolId: newId() }), rules)).toEqual({
      answer: 'passes',
      signpost: ''
    })
  })

  it('R13: a keyworker passes unverified once somebody is named who confirmed the open assessment', () => {
    const keyworker = { callerKind: 'keyworker' } as const
    expect(gate(draft({ ...keyworker, assessmentConfirmedBy: '  ' }), rules).answer).toBe('unanswered')
    expect(gate(draft({ ...keyworker, assessmentConfirmedBy: 'Helpdesk' }), rules).answer).toBe(
      'passes-unverified'
    )
  })

  it('R13: a keyworker whose open assessment is in the record passes, and nobody has to confirm it', () => {
    const keyworker = { callerKind: 'keyworker', assessmentId: newId() } as const
    expect(gate(draft(keyworker), rules)).toEqual({ answer: 'passes', signpost: '' })
    expect(paths(complete(keyworker))).toEqual([])
    expect(paths(complete({ callerKind: 'keyworker' }))).toEqual(['assessmentConfirmedBy'])
  })

  it.each(otherKinds)('R13, R14: %s is turned away with both numbers to read out', (otherKind) => {
    const { answer, signpost } = gate(draft({ callerKind: 'someone-else', otherKind }), rules)
    expect(answer).toBe('turned-away')
    expect(signpost).toMatch(/0300 123 4043, or 999 if a child may be in danger now\.$/)
  })

  it('R14: someone else is not answered until their kind is known', () => {
    expect(gate(draft({ callerKind: 'someone-else' }), rules).answer).toBe('unanswered')
  })

  it('R13: who may use the hub is a setting', () => {
    const wider = withCallers({ callers: ['school'], others: ['early-years'] })
    expect(gate(draft({ callerKind: 'someone-else', otherKind: 'early-years' }), wider).answer).toBe('passes')
    expect(gate(draft({ callerKind: 'someone-else', otherKind: 'health' }), wider).answer).toBe('turned-away')
    expect(gate(draft({ callerKind: 'keyworker', assessmentConfirmedBy: 'x' }), wider).answer).toBe(
      'turned-away'
    )
    const nobody = withCallers({ callers: [], others: [] })
    expect(gate(draft({ callerKind: 'school', schoolId: newId() }), nobody).answer).toBe('turned-away')
    const everybody = withCallers({ callers: [...callerKinds], others: [] })
    expect(gate(draft({ callerKind: 'someone-else', otherKind: 'public' }), everybody).answer).toBe('passes')
  })

  it('C1: a line for anyone turns nobody away', () => {
    const caller = draft({ line: 'advice-line', callerKind: 'someone-else', otherKind: 'public' })
    expect(gate(caller, rules)).toEqual({ answer: 'passes', signpost: '' })
  })

  it('C1: a signpost is read out exactly when the caller is turned away', () => {
    const anyCaller = fc.record({
      line: fc.constantFrom(...lines),
      callerKind: fc.constantFrom('' as const, ...callerKinds),
      otherKind: fc.constantFrom('' as const, ...otherKinds),
      schoolId: fc.constantFrom('', newId()),
      assessmentId: fc.constantFrom('', newId()),
      assessmentConfirmedBy: fc.string()
    })
    const hubCallers = fc.record({
      callers: fc.subarray([...callerKinds]),
      others: fc.subarray([...otherKinds])
    })
    fc.assert(
      fc.property(anyCaller, hubCallers, (caller, admitted) => {
        const { answer, signpost } = gate(caller, withCallers(admitted))
        expect(signpost !== '').toBe(answer === 'turned-away')
      })
    )
  })
})

describe('R5, R8 immediate danger', () => {
  it('R5: whom to ring is known without any setting, and no gate stands before it', () => {
    expect(dangerNumbers).toHaveLength(3)
    for (const { name, number, note } of dangerNumbers) expect([name, number, note]).not.toContain('')
  })

  it('R8: shows the three numbers, the police first', () => {
    expect(dangerNumbers.map(({ name, number }) => [name, number])).toEqual([
      ['Police', '999'],
      ['Children’s Services', '0300 123 4043'],
      ['Child Abuse Investigation Unit', '101']
    ])
  })
})

describe('what a call needs before it is filed', () => {
  it('asks for everything required, in the order of the form', () => {
    expect(problemsWith(draft(), rules, { now })).toEqual([
      { path: 'callerKind', message: 'Choose who is calling' },
      { path: 'callerName', message: 'Enter the caller’s name' },
      { path: 'concern', message: 'Enter what the concern is' },
      { path: 'advice', message: 'Enter the advice that was given' },
      { path: 'outcome', message: 'Choose the outcome of the call' }
    ])
  })

  it('R9: is satisfied without the Continuum of Need, the lead, the parents, a child or a phone number', () => {
    expect(paths(complete())).toEqual([])
  })

  it.each(['yes', 'no', 'not-asked', 'unsafe-to-tell', ''] as const)(
    'R9: parents know “%s” never blocks',
    (know) => {
      expect(paths(complete({ parentsKnow: know }))).toEqual([])
    }
  )

  it('R5, R6: an urgent referral waits for nothing but what was said', () => {
    expect(paths(complete({ outcome: 'urgent-referral', children: [], parentsKnow: '' }))).toEqual([])
  })

  it.each(['callerName', 'concern', 'advice'] as const)('blanks are not an answer to %s', (field) => {
    expect(paths(complete({ [field]: ' \n ' }))).toEqual([field])
  })

  it('R13: needs the school, or the word of whoever confirmed the open assessment', () => {
    expect(paths(complete({ schoolId: '' }))).toEqual(['schoolId'])
    expect(problemsWith(complete({ schoolId: '', schoolText: 'Oak' }), rules, { now })[0]?.message).toBe(
      'Choose the school from the list, or add it to the directory'
    )
    expect(paths(complete({ callerKind: 'keyworker' }))).toEqual(['assessmentConfirmedBy'])
    expect(paths(complete({ callerKind: 'keyworker', line: 'coordinator' }))).toEqual([])
  })

  it('R14: a turn-away needs only its kind', () => {
    const turnedAway = draft({ callerKind: 'someone-else', otherKind: 'health' })
    expect(paths(turnedAway)).toEqual([])
    expect(paths({ ...turnedAway, otherKind: '' })).toContain('otherKind')
    expect(paths({ ...turnedAway, level: 'targeted' })).toEqual([])
  })

  it('R14: what is typed into a turn-away must still be readable', () => {
    const child = { id: childId, name: 'Ada', birth: '31/2/15', upn: '', relation: '', address: '' }
    expect(paths(draft({ callerKind: 'someone-else', otherKind: 'public', children: [child] }))).toEqual([
      'children.0.birth'
    ])
  })

  it.each(outcomes)('R15: outcome %s asks for advice unless it is a turn-away or a call-back', (outcome) => {
    const isExempt = outcome === 'turned-away' || outcome === 'call-back'
    expect(paths(complete({ outcome, advice: '' }))).toEqual(isExempt ? [] : ['advice'])
  })

  it('R10: a level of need says why, and must be one of those in force', () => {
    expect(paths(complete({ level: 'targeted' }))).toEqual(['levelWhy'])
    expect(paths(complete({ level: 'targeted', levelWhy: 'Two agencies are needed.' }))).toEqual([])
    expect(paths(complete({ level: 'level-9', levelWhy: 'x' }))).toEqual(['level'])
    expect(paths(complete({ levelWhy: 'left over' }))).toEqual([])
  })

  it('L16: names the child whose date of birth cannot be read, and lets empty rows be', () => {
    const child = { id: childId, name: '', birth: '', upn: '', relation: '', address: '' }
    const children = [child, { ...child, birth: 'nearly 8' }, { ...child, birth: 'age 7' }]
    expect(paths(complete({ children }))).toEqual(['children.1.birth'])
    expect(paths(complete({ children: [] }))).toEqual([])
    expect(paths(complete({ children: [{ ...child, relation: 'sister' }] }))).toEqual([])
  })

  it('L16: a date of birth is judged by the day the call took place', () => {
    const child = { id: childId, name: '', birth: '22/11/2026', upn: '', relation: '', address: '' }
    const back = { tookPlaceDate: '2026-11-20', tookPlaceTime: '10:00', setBackReason: 'Power cut' }
    expect(paths(complete({ children: [child] }))).toEqual([])
    expect(paths(complete({ children: [child], ...back }))).toEqual(['children.0.birth'])
  })

  it('L22: an action that somebody is to do says what', () => {
    const action = { id: newId(), what: '', who: '', byWhen: '' }
    expect(paths(complete({ actions: [action] }))).toEqual([])
    expect(paths(complete({ actions: [action, { ...action, who: 'Ines Okafor' }] }))).toEqual([
      'actions.1.what'
    ])
    expect(paths(complete({ actions: [{ ...action, byWhen: '2026-11-30' }] }))).toEqual(['actions.0.what'])
    expect(paths(complete({ actions: [{ ...action, what: 'Ring back' }] }))).toEqual([])
  })

  it('a time set back has a day, a time and a reason, and is not in the future', () => {
    const back = { tookPlaceDate: '2026-11-23', tookPlaceTime: '14:59', setBackReason: 'Power cut' }
    expect(paths(complete(back))).toEqual([])
    expect(paths(complete({ ...back, tookPlaceTime: '15:00' }))).toEqual([])
    expect(paths(complete({ ...back, tookPlaceTime: '15:01' }))).toEqual(['tookPlaceTime'])
    expect(paths(complete({ ...back, tookPlaceTime: '' }))).toEqual(['tookPlaceTime'])
    expect(paths(complete({ ...back, tookPlaceTime: 'noon' }))).toEqual(['tookPlaceTime'])
    expect(paths(complete({ ...back, tookPlaceDate: '' }))).toEqual(['tookPlaceDate'])
    expect(paths(complete({ ...back, tookPlaceDate: '2026-11-24' }))).toEqual(['tookPlaceDate'])
    expect(paths(complete({ ...back, setBackReason: ' ' }))).toEqual(['setBackReason'])
    expect(paths(complete({ setBackReason: 'Power cut' }))).toEqual(['tookPlaceDate'])
  })

  it('a time set back to before there were any rules is a slip of the year', () => {
    const longAgo = { tookPlaceDate: '2016-11-23', tookPlaceTime: '10:00', setBackReason: 'Power cut' }
    expect(paths(complete(longAgo), rulesOn(settings, '2016-11-23'))).toContain('tookPlaceDate')
  })

  it('R12: a call begun while the clock was wrong says when it took place', () => {
    const back = { tookPlaceDate: '2026-11-23', tookPlaceTime: '14:59', setBackReason: 'Clock was wrong' }
    for (const startedAt of ['2000-01-01T00:00:10.000Z', '2031-11-23T10:00:00.000Z']) {
      const by = rulesOn(settings, startedAt.slice(0, 10))
      expect(paths(complete({ startedAt }), by)).toContain('tookPlaceDate')
      expect(paths(complete({ startedAt, ...back }))).toEqual([])
    }
  })

  it('a booked slot has a day and a time', () => {
    expect(paths(complete({ bookedSlot: true }))).toEqual(['bookedDate', 'bookedTime'])
    expect(paths(complete({ bookedSlot: true, bookedDate: '2026-11-23', bookedTime: '11:15' }))).toEqual([])
    expect(paths(complete({ bookedTime: 'later' }))).toEqual([])
  })

  it('answers for any half-typed call, with each field named once and only fields of the form', () => {
    const words = fc.constantFrom('', ' ', 'x', '31/2/15', 'age 7', '25:00', '9:05')
    const date = fc.constantFrom('', '2026-11-22', '2026-11-24', '2010-01-01')
    const anyDraft = fc
      .record({
        line: fc.constantFrom(...lines),
        callerKind: fc.constantFrom('' as const, ...callerKinds),
        otherKind: fc.constantFrom('' as const, ...otherKinds),
        schoolId: fc.constantFrom('', newId()),
        schoolText: words,
        assessmentConfirmedBy: words,
        callerName: words,
        parentsKnow: fc.constantFrom('' as const, ...parentsKnow),
        concern: words,
        level: fc.constantFrom('', 'universal', 'gone'),
        levelWhy: words,
        advice: words,
        outcome: fc.constantFrom('' as const, ...outcomes),
        tookPlaceDate: date,
        tookPlaceTime: words,
        setBackReason: words,
        bookedSlot: fc.boolean(),
        bookedDate: date,
        bookedTime: words,
        children: fc.array(
          fc.record({ name: words, birth: words, upn: words, relation: words, address: words })
        ),
        actions: fc.array(fc.record({ what: words, who: words, byWhen: date }))
      })
      .map((typed) =>
        draft({
          ...typed,
          children: typed.children.map((child) => ({ id: newId(), ...child })),
          actions: typed.actions.map((action) => ({ id: newId(), ...action }))
        })
      )
    fc.assert(
      fc.property(anyDraft, (call) => {
        const named = paths(call)
        expect(new Set(named).size).toBe(named.length)
        for (const path of named) expect(Object.keys(call)).toContain(path.split('.')[0])
      }),
      { numRuns: 500 }
    )
  })
})

describe('R12 when a call took place', () => {
  const typed = { tookPlaceDate: '2026-11-20', tookPlaceTime: '9:05' }

  it('is when it was started, unless it was set back', () => {
    expect(tookPlaceAt(draft())).toBe('2026-11-23T10:00:00.000Z')
    expect(tookPlaceAt(draft(typed))).toBe('2026-11-20T09:05:00.000Z')
    expect(tookPlaceAt(draft({ tookPlaceDate: '2026-11-20' }))).toBe('2026-11-23T10:00:00.000Z')
  })

  it('R12: in hours is judged by when it took place', () => {
    expect(countsAsInHours(settings, draft())).toBe(true)
    expect(countsAsInHours(settings, draft({ startedAt: '2026-11-23T17:00:00.000Z' }))).toBe(false)
    expect(countsAsInHours(settings, draft({ startedAt: '2026-11-21T10:00:00.000Z', ...typed }))).toBe(true)
    expect(countsAsInHours(settings, draft({ ...typed, tookPlaceTime: '16:00' }))).toBe(false)
  })

  it('R12: a booked slot counts as in hours', () => {
    const evening = { startedAt: '2026-11-23T18:00:00.000Z', bookedSlot: true }
    expect(countsAsInHours(settings, draft(evening))).toBe(true)
  })
})
