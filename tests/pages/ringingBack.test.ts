import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import RingingBack from '../../renderer/call/RingingBack.vue'
import { useWaiting } from '../../renderer/desk/waiting.ts'
import { useRules } from '../../renderer/desk/useRules.ts'
import type { Account } from '../../shared/account/account.ts'
import { emptyCall, type FiledCall } from '../../shared/call/call.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const CALL = '0197a000-0000-7000-8000-0000000000ca'

/** A call of the Friday before, which promised to ring back. */
const promised: FiledCall = {
  ...emptyCall(CALL, CALL, MONDAY),
  id: CALL,
  reference: 'HUB-7KQ3-000001',
  tookPlaceAt: '2026-11-20T15:00:00.000Z',
  filedAt: '2026-11-20T15:10:00.000Z',
  callerKind: 'school',
  assessmentReference: '',
  assessmentFamilyId: '',
  matches: [],
  schoolName: 'Oakfield School',
  callerName: 'Ann Dean',
  callerPhone: '01992555555',
  adviserName: 'Priya Patel',
  childNames: '',
  outcome: 'call-back',
  inHours: true,
  turnedAway: false,
  toCheck: false,
  inError: false,
  adviserProfession: 'social-worker',
  adviserId: CALL,
  hubId: '',
  schoolTown: '',
  levelName: '',
  signpost: '',
  bookedAt: '',
  hubName: '',
  rulesVersion: 'a1b2c3',
  deskCode: '7KQ3',
  children: [],
  actions: [],
  addenda: [],
  links: [],
  attempts: [],
  referrals: [],
  flags: [],
  errors: []
}
const rangOut = { result: 'no-answer', note: 'Rang out', at: MONDAY, byName: 'Priya Patel' } as const
const calledBack = { ...rangOut, result: 'called-back' } as const

let page: VueWrapper
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(MONDAY), toFake: ['Date'] })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function ringingBack(changes: Partial<FiledCall> = {}, roles: Account['roles'] = ['adviser']) {
  if (session.stage !== 'open') throw new Error('The desk is locked')
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'call.recordAttempt': () => ok(null)
  })
  const call = { ...promised, ...changes }
  const { wrapper } = await show(
    {
      components: { RingingBack },
      data: () => ({ call, reload }),
      template: '<RingingBack :call :words="[]" :reload />'
    },
    { ...session, account: { ...session.account, roles } }
  )
  async function reload() {
    await wrapper.setData({ call: { ...call, attempts: [calledBack] } })
  }
  page = wrapper
  await useRules().load()
  await settled()
  return { asked }
}

const words = () => page.text().replace(/\s+/g, ' ')
const offered = () => page.findAll('button').map((each) => each.text())

describe('a call-back on the page of its call', () => {
  it('says until when, the number, and what may be answered, as the desk does', async () => {
    await ringingBack()
    for (const shown of ['Due today 17:00', '7 opening hours left', '01992 555555', 'Do not leave a message'])
      expect(words()).toContain(shown)
    expect(offered()).toEqual(['Called back', 'No answer', 'Left a message'])
  })

  it('is answered there: recorded, told, and no longer asked for', async () => {
    const { asked } = await ringingBack()
    await button(page, 'Called back').trigger('click')
    await settled()
    expect(document.activeElement).toBe(field(page, 'Note (optional)').element)
    await field(page, 'Note (optional)').setValue('Spoke to Ann')
    await submit(page)
    expect(asked('call.recordAttempt')).toMatchObject([
      { callId: CALL, result: 'called-back', note: 'Spoke to Ann' }
    ])
    expect(page.get('[role=status]').text()).toBe('Called back Ann Dean: closed')
    expect(offered()).toEqual([])
    expect(document.activeElement?.textContent).toBe('Ringing back')
    expect(useWaiting().typedIn({ kind: 'call-back', itemId: CALL })).toEqual({})
  })

  it('keeps what was typed where it is put off, or cannot be recorded', async () => {
    await ringingBack()
    window.hub = new Proxy(window.hub, {
      get: (hub, name) =>
        name === 'call.recordAttempt'
          ? () => no({ code: 'fault', reference: '7F3A' })
          : Reflect.get(hub, name)
    })
    await button(page, 'No answer').trigger('click')
    await field(page, 'Note (optional)').setValue('Rang out')
    await button(page, 'Cancel').trigger('click')
    await settled()
    expect(document.activeElement?.textContent).toBe('No answer')
    await button(page, 'No answer').trigger('click')
    expect(field(page, 'Note (optional)').element).toHaveProperty('value', 'Rang out')
    await submit(page)
    expect(page.find('[role=alert]').exists()).toBe(true)
    expect(field(page, 'Note (optional)').element).toHaveProperty('value', 'Rang out')
  })

  const over: [string, Partial<FiledCall>, string[]][] = [
    ['called back', { attempts: [rangOut, calledBack] }, ['Ringing back']],
    ['entered in error', { inError: true, attempts: [rangOut] }, ['Ringing back']],
    ['never promised', { outcome: 'advice-only' }, []]
  ]
  it.each(over)('asks for nothing of a call that was %s', async (_, changes, headings) => {
    await ringingBack(changes)
    expect(page.findAll('h2').map((each) => each.text())).toEqual(headings)
    expect(offered()).toEqual([])
    expect(words()).not.toContain('Due')
  })

  it('asks nothing of who takes no calls', async () => {
    await ringingBack({}, ['auditor'])
    expect(words()).toContain('Due today 17:00')
    expect(offered()).toEqual([])
  })
})
