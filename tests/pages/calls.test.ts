import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import CallPage from '../../renderer/call/CallPage.vue'
import CallsPage from '../../renderer/call/CallsPage.vue'
import { fromQuery, toQuery } from '../../renderer/call/filterQuery.ts'
import { chipsOf } from '../../renderer/call/filterWords.ts'
import type { FiledCall, FoundCall } from '../../shared/call/call.ts'
import { everyCall, type CallFilter } from '../../shared/call/filter.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { runCommand } from '../../renderer/session/commands.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const ID = '0197a000-0000-7000-8000-000000000001'
const row: FoundCall = {
  id: ID,
  reference: 'HUB-7KQ3-000001',
  tookPlaceAt: MONDAY,
  filedAt: MONDAY,
  line: 'advice-line',
  callerKind: 'keyworker',
  otherKind: '',
  schoolName: '',
  callerName: 'Ann Dean',
  adviserName: 'Priya Patel',
  childNames: 'Robin Vale',
  outcome: 'advice-only',
  inHours: true,
  turnedAway: false,
  toCheck: false,
  inError: false,
  excerpt: { part: '', pieces: [] }
}

async function openPage(path: string, answers: Partial<Bridge>) {
  const asked = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([{ id: ID, name: 'Priya Patel', takesCalls: true }]),
    'call.filters': () => ok([]),
    'call.count': () => ok({ total: '1' }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/calls', component: CallsPage }]
  })
  await router.push(path)
  await show(CallsPage, session, [router])
  await settled()
  const lists = () => asked.asked('call.list') as { filter: CallFilter; sort: string; after: string }[]
  return { lists, router }
}
const page = (rows: FoundCall[]) => ok({ rows, next: '', sort: 'newest' as const })
const soon = () => new Promise((resolve) => setTimeout(resolve, 250))

describe('a filter in an address', () => {
  it('is read back as it was written, whatever it narrows', () => {
    const parts = fc.record(
      {
        search: fc.string({ maxLength: 20 }),
        from: fc.constantFrom('2026-11-23', '2024-02-29'),
        adviserId: fc.constant(ID),
        line: fc.constantFrom('advice-line', 'coordinator'),
        weekday: fc.integer({ min: 1, max: 7 }),
        hour: fc.integer({ min: 0, max: 23 }),
        mine: fc.boolean(),
        inError: fc.boolean(),
        referral: fc.constantFrom('unanswered', 'no')
      },
      { requiredKeys: [] }
    )
    fc.assert(
      fc.property(parts, (part) => {
        expect(fromQuery(toQuery(part as Partial<CallFilter>))).toEqual({ ...everyCall, ...part })
      })
    )
  })

  it('leaves out what does not parse', () => {
    const query = {
      line: 'nowhere',
      from: '31/12',
      hour: '24',
      weekday: 'x',
      mine: 'yes',
      search: ['a', 'b']
    }
    expect(fromQuery(query)).toEqual(everyCall)
  })

  it('has words for everything that narrows, and none for what does not', () => {
    const rules = rulesOn(seedSettings(), '2026-11-23')
    const names = { rules, adviser: 'Priya Patel', school: 'Oakfield' }
    const filter: CallFilter = {
      ...everyCall,
      line: 'advice-line',
      weekday: 2,
      hour: 9,
      to: '2026-11-23',
      adviserId: ID
    }
    expect(chipsOf(everyCall, names)).toEqual([])
    expect(chipsOf(filter, names).map(({ words }) => words)).toEqual([
      'To 23 November 2026',
      'Line: Advice line',
      'Adviser: Priya Patel',
      'Tuesdays',
      '09:00 to 09:59'
    ])
  })
})

describe('the list of calls', () => {
  it('takes up a filter from a report once, as chips that can be taken off', async () => {
    const { lists, router } = await openPage('/calls?line=advice-line&hour=9', {
      'call.list': () => page([row])
    })
    expect(lists().at(-1)?.filter).toMatchObject({ line: 'advice-line', hour: 9 })
    expect(router.currentRoute.value.fullPath).toBe('/calls')
    await inBody.press('Remove filter: 09:00 to 09:59')
    await soon()
    expect(lists().at(-1)?.filter).toMatchObject({ line: 'advice-line', hour: '' })
    await inBody.press('Clear all')
    await soon()
    expect(lists().at(-1)?.filter).toEqual(everyCall)
  })

  it('says what to do when nothing is found, with and without filters', async () => {
    await openPage('/calls?line=advice-line', { 'call.list': () => page([]) })
    expect(inBody.text()).toContain('No call matches these filters.')
    document.body.innerHTML = ''
    await openPage('/calls', { 'call.list': () => page([]) })
    expect(inBody.text()).toContain('No calls have been filed yet.')
  })

  it('that cannot be read says so, and never that there is none or what another filter found', async () => {
    document.body.innerHTML = ''
    let broken = false
    await openPage('/calls', {
      'call.list': () => (broken ? no({ code: 'fault', reference: '7F3A' }) : page([row]))
    })
    expect(inBody.text()).toContain('HUB-7KQ3-000001')
    broken = true
    await inBody.field('Search calls').setValue('heron')
    await soon()
    await settled()
    expect(inBody.text()).not.toContain('HUB-7KQ3-000001')
    expect(inBody.text()).not.toContain('No call has these words')
    broken = false
    await inBody.press('Try again')
    expect(inBody.text()).toContain('HUB-7KQ3-000001')
  })

  it('shows rows before they are counted, and never beside the total of others', async () => {
    document.body.innerHTML = ''
    const counted: ((total: string) => void)[] = []
    await openPage('/calls', {
      'call.list': () => page([row]),
      'call.count': () =>
        new Promise((resolve) => {
          counted.push((total) => {
            resolve({ ok: true, value: { total } })
          })
        })
    })
    expect(inBody.text()).toContain('HUB-7KQ3-000001')
    counted.shift()?.('12')
    await settled()
    expect(inBody.text()).toContain('1 to 1 of 12 calls')
    await inBody.field('Search calls').setValue('heron')
    await soon()
    await settled()
    expect(inBody.text()).toContain('HUB-7KQ3-000001')
    expect(inBody.text()).not.toContain('12 calls')
    await inBody.field('Search calls').setValue('herons')
    await soon()
    await settled()
    // the count of what was asked before comes late
    counted.shift()?.('7')
    counted.shift()?.('1')
    await settled()
    expect(inBody.text()).toContain('1 to 1 of 1 call')
  })

  it('does not sort a long list by caller, and says why', async () => {
    document.body.innerHTML = ''
    const { lists } = await openPage('/calls', {
      'call.list': () => page([row]),
      'call.count': () => ok({ total: 'more than 1,000' })
    })
    const before = lists().length
    expect(inBody.button('Caller').attributes('aria-disabled')).toBe('true')
    await inBody.press('Caller')
    expect(lists()).toHaveLength(before)
    expect(inBody.text()).toContain('Narrow the list to 1,000 calls or fewer to sort by this')
    expect(inBody.button('Filed▼').attributes('aria-disabled')).toBeUndefined()
  })
})

describe('a call’s page', () => {
  const filed: FiledCall = {
    ...row,
    adviserId: 'another',
    hubId: 'hub',
    schoolId: '',
    adviserProfession: 'social-worker',
    schoolTown: '',
    assessmentConfirmedBy: 'Helpdesk',
    assessmentReference: '',
    assessmentFamilyId: '',
    matches: [],
    callerRole: '',
    callerPhone: '',
    mayLeaveMessage: false,
    consultedContinuum: false,
    spokeToLead: false,
    parentsKnow: '',
    concern: 'Talks of a heron',
    level: '',
    levelName: '',
    levelWhy: '',
    advice: 'Talk to the parents',
    disagreement: '',
    signpost: '',
    setBackReason: '',
    bookedAt: '',
    dangerReadAt: '',
    startedAt: MONDAY,
    seconds: 0,
    hubName: 'Stevenage',
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

  async function openCall(read: Partial<FiledCall>, held: Role[], query = '') {
    document.body.innerHTML = ''
    const asked = standInHub({
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      'call.read': () => ok({ ...filed, ...read }),
      'call.markInError': () => no({ code: 'changed-since' })
    })
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/calls/:id', component: CallPage, props: true }]
    })
    await router.push(`/calls/${ID}${query}`)
    if (session.stage !== 'open') throw new Error('the session of these tests is open')
    const account = { ...session.account, roles: held, hubIds: ['hub'] }
    await show(RouterView, { ...session, account }, [router])
    await settled()
    return asked
  }

  const held: [Role, boolean][] = [
    ['adviser', false],
    ['triage-manager', true],
    ['coordinator', true],
    ['auditor', false]
  ]
  it.each(held)('offers "Entered in error" to those who may: %s, %s', async (role, may) => {
    await openCall({}, [role])
    expect(inBody.has('Entered in error')).toBe(may)
  })

  it('marks what was searched for', async () => {
    await openCall({}, ['adviser'], '?words=her%20parent')
    const marks = [...document.querySelectorAll('mark')].map((each) => each.textContent)
    expect(marks).toEqual(['heron', 'parents'])
  })

  it('shows what became of it, and leaves out calls that have nothing to do with it', async () => {
    const link = { callId: ID, tookPlaceAt: MONDAY, direction: 'earlier' as const }
    const flag = {
      id: 'open',
      why: 'Two concerns about one child within 3 days. Same UPN.',
      raisedAt: MONDAY,
      earlierCallId: ID,
      earlierReference: 'HUB-7KQ3-000009',
      ownerName: 'Sam Reed',
      answer: '',
      answeredAt: '',
      answeredBy: ''
    }
    await openCall(
      {
        attempts: [{ result: 'no-answer', note: 'Rang twice', at: MONDAY, byName: 'Priya Patel' }],
        referrals: [
          { answer: 'yes', referredOn: '2026-11-24', reason: '', at: MONDAY, byName: 'Priya Patel' }
        ],
        flags: [
          flag,
          { ...flag, id: 'answered', answer: 'Rang both', answeredAt: MONDAY, answeredBy: 'Jo Dean' }
        ],
        links: [
          { ...link, reference: 'HUB-7KQ3-000002', kind: 'further', inError: true },
          { ...link, reference: 'HUB-7KQ3-000003', kind: 'not-related', inError: false }
        ]
      },
      ['adviser']
    )
    const text = inBody.text()
    for (const words of [
      'No answer',
      'Rang twice',
      'They referred on 24 November 2026',
      'This call goes on from it'
    ])
      expect(text).toContain(words)
    expect(text).toMatch(/HUB-7KQ3-000009 ?Waits for Sam Reed/)
    expect(text).toMatch(/HUB-7KQ3-000009 ?Jo Dean, 23 November 2026, 10:00 ?Rang both/)
    expect(text).toMatch(/HUB-7KQ3-000002.*Entered in error/)
    expect(text).not.toContain('HUB-7KQ3-000003')
  })

  it('from a linked call on, everything is of that one: what is added, what is told, what could not be read', async () => {
    const other = '0197a000-0000-7000-8000-000000000002'
    const gone = '0197a000-0000-7000-8000-000000000003'
    const link = {
      tookPlaceAt: MONDAY,
      kind: 'related' as const,
      direction: 'earlier' as const,
      inError: false
    }
    const links = [
      { ...link, callId: other, reference: 'HUB-7KQ3-000002' },
      { ...link, callId: gone, reference: 'HUB-7KQ3-000003' }
    ]
    document.body.innerHTML = ''
    const { asked } = standInHub({
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      'call.read': ({ id }) => {
        if (id === gone) return no({ code: 'not-found' })
        return ok(id === ID ? { ...filed, links } : { ...filed, id, reference: 'HUB-7KQ3-000002' })
      },
      'call.saveReceipt': () => ok({ fileName: 'advice-receipt-HUB-7KQ3-000001.pdf' }),
      'call.addAddendum': ({ id }) => ok({ id, at: MONDAY })
    })
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/calls/:id', component: CallPage, props: true }]
    })
    await router.push(`/calls/${ID}`)
    await show(RouterView, session, [router])
    await settled()
    await inBody.press('Save advice receipt')
    await inBody.press('Save')
    expect(inBody.text()).toContain('Saved: advice-receipt-HUB-7KQ3-000001.pdf')
    await router.push(`/calls/${other}`)
    await settled()
    expect(inBody.text()).toContain('Call HUB-7KQ3-000002')
    await inBody.press('Save advice receipt')
    expect(inBody.text()).not.toContain('HUB-7KQ3-000001')
    await inBody.field('What it corrects or adds to').setValue('concern')
    await inBody.field('Addendum').setValue('It was on Tuesday')
    await inBody.press('Add addendum')
    expect(asked('call.addAddendum')).toMatchObject([{ callId: other }])
    await router.push(`/calls/${gone}`)
    await settled()
    expect(inBody.has('Add addendum')).toBe(false)
    await router.push(`/calls/${ID}`)
    await settled()
    expect(inBody.text()).toContain('Call HUB-7KQ3-000001')
  })

  it('keeps the reason that was typed when someone else was quicker', async () => {
    const error = { inError: true, reason: 'Logged twice', at: MONDAY, byName: 'Sam Reed' }
    await openCall({ inError: true, errors: [error] }, ['triage-manager'])
    expect(inBody.text()).toContain('Sam Reed marked it on 23 November 2026, 10:00')
    expect(inBody.has('Save advice receipt')).toBe(false)
    await inBody.press('Put it back')
    await inBody.field('Reason').setValue('Two calls')
    await inBody.press('Put it back')
    expect(inBody.text()).toContain('Someone changed this while you had it open')
    expect(inBody.field('Reason').element.value).toBe('Two calls')
  })
})

describe('calls on paper', () => {
  const THOUSAND = Array.from({ length: 1_000 }, (_, index) => ({ ...row, id: `${ID}${String(index)}` }))
  afterEach(() => {
    vi.unstubAllGlobals()
    document.body.innerHTML = ''
  })
  const printed = async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    runCommand('print')
    await settled()
    return print
  }

  it('are read on to 2,000 before they are printed, and say how many there are', async () => {
    const { lists } = await openPage('/calls', {
      'call.count': () => ok({ total: '1,000,000' }),
      'call.list': () => ok({ rows: THOUSAND, next: 'more', sort: 'newest' })
    })
    expect(lists()).toHaveLength(1)
    expect(await printed()).toHaveBeenCalledOnce()
    expect(lists()).toHaveLength(2)
    expect(inBody.text()).toContain('The first 2,000 of 1,000,000 calls')
  })

  it('are not printed in part when the rest cannot be read', async () => {
    let asked = 0
    await openPage('/calls', {
      'call.list': () => {
        asked += 1
        return asked === 1
          ? ok({ rows: THOUSAND, next: 'more', sort: 'newest' as const })
          : no({ code: 'fault', reference: 'A1B2' })
      }
    })
    expect(await printed()).not.toHaveBeenCalled()
    expect(inBody.text()).toContain('More calls could not be read.')
  })
})
