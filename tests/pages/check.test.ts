import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import CheckPage from '../../renderer/check/CheckPage.vue'
import NewCheckPage from '../../renderer/check/NewCheckPage.vue'
import { runShortcut } from '../../renderer/session/commands.ts'
import type { Session } from '../../shared/account/account.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { emptyCheck } from '../../shared/check/emptyCheck.ts'
import type { AppError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY } from './callHub.ts'
import { button, field, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const CHECK = '0197a000-0000-7000-8000-0000000000c1'
const ANSWER = '0197a000-0000-7000-8000-0000000000c2'
const helpdesk: Session = {
  ...{ stage: 'open', trial: false, deskCode: '7KQ3', now: MONDAY },
  account: { id: newId(), name: 'Priya Patel', roles: ['helpdesk'], profession: 'other', hubIds: [] }
}

afterEach(() => {
  document.body.innerHTML = ''
})

const aRecord = (changes: Partial<CheckRecord> = {}): CheckRecord => ({
  id: CHECK,
  reference: 'CHK-7KQ3-000001',
  state: 'to-identify',
  at: MONDAY,
  byName: 'Priya Patel',
  callerName: 'Sam Okoro',
  callerRole: 'Health visitor',
  employerName: 'Lantern Trust',
  mainNumber: '01632 960333',
  agreedBy: 'Jo Vale',
  agreedRelation: 'mother',
  agreedOn: '2026-11-23',
  agreedHow: 'verbally',
  children: [
    {
      ...{ id: newId(), name: 'Robin Vale', birth: '3/9/15', birthDate: '2015-09-03', ageYears: 11 },
      ...{ upn: '', relation: '', address: '' }
    }
  ],
  tries: [],
  asked: [],
  registered: [],
  ...changes
})

const tried = (
  result: 'passed' | 'failed' | 'no-answer',
  method: 'call-back' | 'seen-in-person' = 'call-back'
) => ({
  ...{ method, number: method === 'call-back' ? '01632 960333' : '', personAskedFor: 'Sam Okoro' },
  ...{ result, reason: '', at: MONDAY, byName: 'Priya Patel' }
})

const identified = aRecord({ state: 'identified', tries: [tried('passed')] })
const answered = (answer: 'open' | 'none' | 'unclear', changes: Partial<CheckRecord> = {}) =>
  aRecord({
    state: 'answered',
    tries: [tried('passed')],
    answer: {
      ...{ id: ANSWER, at: MONDAY, answer, keyworkerAgency: '', keyworkerPhone: '' },
      keyworkerName: answer === 'open' ? 'Priya Shah' : '',
      askFor: answer === 'unclear' ? ['address with postcode', 'UPN'] : []
    },
    asked: [{ answer, childNames: 'Robin Vale', at: MONDAY, byName: 'Priya Patel' }],
    ...changes
  })

async function open(path: string, answers: Partial<Bridge>) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'practitioner.list': () => ok({ rows: [], next: '' }),
    'check.search': () => ok(null),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/checks/new/:id', component: NewCheckPage, props: true },
      { path: '/checks/:id', component: CheckPage, props: true },
      { path: '/checks', component: { render: () => null } },
      { path: '/', component: { render: () => null } }
    ]
  })
  await router.push(path)
  const { wrapper } = await show(RouterView, helpdesk, [router])
  await settled()
  return { asked, router, wrapper }
}

/** The check that `record` is by then: what others do meanwhile is there when it is read again. */
const openCheck = (record: () => CheckRecord, answers: Partial<Bridge> = {}) =>
  open(`/checks/${CHECK}`, { 'check.read': () => ok(record()), ...answers })

const FAULT: AppError = { code: 'fault', reference: '7F3A' }
const press = async (key: string) => {
  runShortcut(new KeyboardEvent('keydown', { key }))
  await settled()
}

describe('the call back (R19)', () => {
  it('asks the record once it is sure who is calling, and not before', async () => {
    const { asked, wrapper } = await openCheck(() => aRecord(), {
      'check.tryIdentity': (input) =>
        ok(input.result === 'passed' ? identified : aRecord({ tries: [tried(input.result)] })),
      'check.answer': () => ok(answered('open'))
    })
    await button(wrapper, 'They are not known there').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('they are not known there')
    expect(asked('check.answer')).toEqual([])
    await button(wrapper, 'It is them').trigger('click')
    await settled()
    expect(asked('check.tryIdentity')).toMatchObject([
      { method: 'call-back', personAskedFor: 'Sam Okoro', result: 'failed' },
      { method: 'call-back', personAskedFor: 'Sam Okoro', result: 'passed' }
    ])
    expect(asked('check.answer')).toMatchObject([{ children: [{ name: 'Robin Vale', birth: '3/9/15' }] }])
    expect(wrapper.text()).toContain('The keyworker is Priya Shah')
    expect(document.activeElement?.textContent).toContain('Answer')
  })

  it('a try that nobody answered for is the same try when it is told again (L6)', async () => {
    const answers = [no(FAULT), ok(aRecord({ tries: [tried('no-answer')] }))]
    const { asked, wrapper } = await openCheck(() => aRecord(), {
      'check.tryIdentity': () => answers.shift() ?? no(FAULT)
    })
    await button(wrapper, 'No answer').trigger('click')
    await settled()
    await button(wrapper, 'No answer').trigger('click')
    await settled()
    await button(wrapper, 'No answer').trigger('click')
    await settled()
    const [first, again, another] = asked('check.tryIdentity').map((input) => (input as { id: string }).id)
    expect(again).toBe(first)
    expect(another).not.toBe(first)
  })

  it('without a number in the directory nobody is called back; another way needs its reason', async () => {
    const { asked, wrapper } = await openCheck(() => aRecord({ mainNumber: '' }), {
      'check.tryIdentity': () => ok(aRecord({ mainNumber: '', tries: [tried('failed', 'seen-in-person')] }))
    })
    expect(wrapper.text()).toContain('nobody can be called back')
    expect(wrapper.text()).not.toContain('It is them')
    await button(wrapper, 'Make sure in another way').trigger('click')
    await button(wrapper, 'It is them').trigger('click')
    await settled()
    expect(asked('check.tryIdentity')).toEqual([])
    expect(wrapper.text()).toContain('Choose how you made sure who is calling')
    expect(wrapper.text()).toContain('Enter why you did not call back on the main number')
    await field(wrapper, 'I saw them in person, with a work badge').setValue(true)
    await field(wrapper, 'Why you did not call back on the main number').setValue('Stands at the desk')
    await button(wrapper, 'It is not them').trigger('click')
    await settled()
    expect(asked('check.tryIdentity')).toMatchObject([
      { method: 'seen-in-person', result: 'failed', reason: 'Stands at the desk' }
    ])
    expect(wrapper.text()).toContain('One try in another way than the call back.')
  })

  it('who somebody asked for must be told', async () => {
    const { asked, wrapper } = await openCheck(() => aRecord())
    await field(wrapper, 'Ask for').setValue('  ')
    await button(wrapper, 'It is them').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('Enter who you asked for')
    expect(asked('check.tryIdentity')).toEqual([])
  })
})

describe('the answer (R20, R21, C3)', () => {
  it('F4 records the answer that is on the screen, once; before there is one it does nothing', async () => {
    const disclosed = { what: 'x', toName: 'Sam Okoro', at: MONDAY, byName: 'Priya Patel' }
    const { asked, wrapper } = await openCheck(() => identified, {
      'check.answer': () => ok(answered('none')),
      'check.disclose': () => ok(answered('none', { state: 'disclosed', disclosed }))
    })
    await press('F4')
    expect(asked('check.disclose')).toEqual([])
    await button(wrapper, 'Ask the record').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('No open Families First Assessment was found')
    await press('F4')
    await press('F4')
    expect(asked('check.disclose')).toMatchObject([{ checkId: CHECK, answerId: ANSWER }])
    expect(wrapper.text()).toContain('Disclosed to Sam Okoro')
    expect(wrapper.text()).not.toContain('Nothing disclosed')
  })

  it('where a colleague asked again meanwhile nothing is recorded, and the new answer is shown', async () => {
    let record = answered('none')
    const { wrapper } = await openCheck(() => record, {
      'check.disclose': () => {
        record = answered('open')
        return no({ code: 'changed-since' })
      }
    })
    await press('F4')
    expect(wrapper.text()).toContain('Someone changed this')
    expect(wrapper.text()).toContain('The keyworker is Priya Shah')
    expect(wrapper.text()).toContain('Nothing disclosed')
  })

  it('unclear: nothing to read out; what is told better is kept when it cannot be asked', async () => {
    const { asked, wrapper } = await openCheck(() => answered('unclear'), {
      'check.answer': () => no(FAULT)
    })
    expect(wrapper.text()).toContain('Ask the caller for: address with postcode and UPN.')
    expect(wrapper.text()).not.toContain('I have read this out')
    await press('F4')
    expect(asked('check.disclose')).toEqual([])
    await field(wrapper, 'Date of birth').setValue('31/2/15')
    await button(wrapper, 'Ask the record again').trigger('click')
    await settled()
    expect(asked('check.answer')).toEqual([])
    expect(wrapper.text()).toContain('There is no such day')
    await field(wrapper, 'Date of birth').setValue('3/9/15')
    await field(wrapper, 'Address').setValue('4 Mill Lane')
    await button(wrapper, 'Ask the record again').trigger('click')
    await settled()
    expect(asked('check.answer')).toMatchObject([{ children: [{ address: '4 Mill Lane' }] }])
    expect((field(wrapper, 'Address').element as HTMLInputElement).value).toBe('4 Mill Lane')
  })

  it.each([aRecord(), answered('open'), answered('unclear')])(
    'one that has ended offers nothing more',
    async (record) => {
      const ending = { kind: 'ended' as const, reason: 'Rang off', toName: '', at: MONDAY }
      const { wrapper } = await openCheck(() => ({ ...record, state: 'ended', ending }))
      expect(wrapper.text()).not.toContain('Priya Shah')
      expect(wrapper.text()).toContain('Rang off')
      expect(wrapper.text()).toContain('Nothing disclosed')
      expect(wrapper.text()).not.toContain('Call back on')
      expect(wrapper.findAll('button').map((each) => each.text())).toEqual([])
    }
  )
})

describe('a new check', () => {
  it('is begun from what was typed, and goes on at its own address', async () => {
    const draft = emptyCheck({ checkId: CHECK, childId: newId() })
    const [child] = draft.children
    const typed = {
      ...draft,
      ...{
        callerName: 'Sam Okoro',
        employer: 'agency' as const,
        employerId: newId(),
        employerText: 'Lantern'
      },
      ...{ agreedBy: 'Jo Vale', agreedOn: '', agreedHow: 'verbally' as const },
      children: child ? [{ ...child, name: 'Robin Vale' }] : []
    }
    const { asked, router, wrapper } = await open(`/checks/new/${CHECK}`, {
      'draft.open': () => ok({ form: { kind: 'check', body: typed }, savedAt: MONDAY, saves: 1 }),
      'draft.save': () => ok({ savedAt: MONDAY, saves: 2 }),
      'check.begin': () => ok({ id: CHECK, reference: 'CHK-7KQ3-000001' }),
      'check.read': () => ok(aRecord())
    })
    await button(wrapper, 'Go on to the call back').trigger('click')
    await settled()
    expect(asked('check.begin')).toEqual([])
    expect(wrapper.text()).toContain('Enter when they agreed, like 23/11/2026')
    await button(wrapper, 'Today').trigger('click')
    await button(wrapper, 'Go on to the call back').trigger('click')
    await settled()
    expect(asked('check.begin')).toMatchObject([{ agreedOn: '23/11/2026', callerName: 'Sam Okoro' }])
    expect(router.currentRoute.value.path).toBe(`/checks/${CHECK}`)
    expect(wrapper.text()).toContain('01632 960333')
  })
})
