import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { dueAtWords, dueOnWords, openTimeWords } from '../../renderer/desk/dueWords.ts'
import { hasClosedToday } from '../../renderer/desk/closing.ts'
import DeskPage from '../../renderer/desk/DeskPage.vue'
import { useWaiting } from '../../renderer/desk/waiting.ts'
import { useSession } from '../../renderer/session/useSession.ts'
import type { Due } from '../../shared/call/loop.ts'
import type { FormDraftRow } from '../../shared/draft/draft.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { RequestRow } from '../../shared/subjectAccess/subjectAccess.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { aCallBack, aFlag, anAction, aReferral, listOf, nothingDue } from '../fixtures/waiting.ts'
import { inBody } from './body.ts'
import { freshPage, leavePage, MONDAY, session } from './callHub.ts'
import { no, ok, standInHub } from './standInHub.ts'

const ROBIN = '0197a000-0000-7000-8000-000000000002'
let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  page.unmount()
  leavePage()
  vi.useRealTimers()
})

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

/** The desk with what waits; `state.due` may change under it. */
async function theDesk(due: Partial<Due> = {}, answers: Partial<Bridge> = {}, now = MONDAY) {
  vi.setSystemTime(new Date(now))
  const state = { due: { ...nothingDue(), ...due }, now }
  const { asked } = standInHub({
    'account.session': () => ok({ ...session, now }),
    'setting.list': () => ok({ settings: seedSettings(), now: new Date().toISOString() }),
    'call.drafts': () => ok([]),
    'call.list': () => ok({ rows: [], next: '', sort: 'newest' }),
    'account.names': () =>
      ok([
        { id: session.stage === 'open' ? session.account.id : '', name: 'Priya Patel', takesCalls: true },
        { id: ROBIN, name: 'Robin Achebe', takesCalls: true }
      ]),
    'call.due': () => ok(structuredClone(state.due)),
    'family.due': () => ok([]),
    'subjectAccess.due': () => ok({ rows: [], total: '0' }),
    'call.recordAttempt': () => ok(null),
    'call.finishAction': () => ok(null),
    'call.answerReferral': () => ok(null),
    'call.answerFlag': () => ok(null),
    'call.handOver': () => ok(null),
    ...answers
  })
  const pinia = await freshPage(window.hub)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: DeskPage },
      { path: '/close-of-day', component: { render: () => null } },
      { path: '/calls/:id', component: { render: () => null } },
      { path: '/checks/new/:id', component: { render: () => null } },
      { path: '/subject-access/:id?', component: { render: () => null } }
    ]
  })
  await router.push('/')
  page = mount(DeskPage, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settle()
  return { asked, state, router }
}

/** Types a field of the row's form and sends it. */
async function send() {
  await page.get('form.act').trigger('submit')
  await settle()
}

async function press(name: string) {
  await inBody.press(name)
  await settle()
}

const region = (heading: string) => {
  const title = page.findAll('h2').find((each) => each.text().startsWith(heading))
  return page.get(`[aria-labelledby="${title?.attributes('id') ?? ''}"]`)
}
const words = (text: string) => text.replace(/\s+/g, ' ')
const status = () => words(page.get('.waiting .told').text())
const focused = () => words(document.activeElement?.textContent ?? '')

describe('after unlocking', () => {
  const form = (savedAt: string): FormDraftRow => ({
    id: ROBIN,
    kind: 'check',
    savedAt,
    title: '',
    familyId: '',
    episodeId: '',
    practitionerId: '',
    stepDownId: '',
    meetingId: '',
    callId: ''
  })
  const whereFrom = async (savedAt: string) => {
    const { router } = await theDesk({}, { 'draft.list': () => ok([form(savedAt)]) })
    return router.currentRoute.value.path
  }

  it('goes on with the form that was being typed just now', async () => {
    expect(await whereFrom('2026-11-23T09:30:00.000Z')).toBe(`/checks/new/${ROBIN}`)
  })

  it('stays where the person is going, though that page is still being fetched', async () => {
    let answer: (forms: FormDraftRow[]) => void = () => undefined
    const forms = new Promise<FormDraftRow[]>((resolve) => {
      answer = resolve
    })
    const { router } = await theDesk({}, { 'draft.list': async () => ok(await forms) })
    let fetched: () => void = () => undefined
    const directory = new Promise<{ render: () => null }>((resolve) => {
      fetched = () => {
        resolve({ render: () => null })
      }
    })
    router.addRoute({ path: '/directory', component: () => directory })
    const gone = router.push('/directory')
    await settle()
    answer([form('2026-11-23T09:30:00.000Z')])
    await settle()
    fetched()
    await gone
    expect(router.currentRoute.value.path).toBe('/directory')
  })

  it('leaves one of longer ago on the list', async () => {
    expect(await whereFrom('2026-11-23T09:29:59.000Z')).toBe('/')
    expect(page.text()).toContain('Check for an open assessment')
  })
})

describe('what waits on the desk', () => {
  it('takes one line each where nothing is due', async () => {
    await theDesk()
    for (const heading of ['Call-backs due', 'Flags', 'Actions', 'Did they refer?']) {
      expect(words(region(heading).text()), heading).toBe(`${heading} Nothing due`)
    }
    expect(words(region('Calls today by hour').text())).toBe('Calls today by hour No calls yet today')
    expect(page.findAll('.glance button')).toHaveLength(0)
  })

  it('says of a call-back without a number that there is none, and nothing of messages', async () => {
    await theDesk({ callBacks: listOf(aCallBack({ callerPhone: '' })) })
    expect(region('Call-backs due').text()).toContain('No number recorded')
    expect(region('Call-backs due').text()).not.toContain('leave a message')
  })

  it('shows who to ring, on what number, by when, and what was tried', async () => {
    await theDesk({
      callBacks: listOf(
        aCallBack({
          callerName: 'Noor Castell',
          dueAt: '2026-11-20T16:00:00.000Z',
          mayLeaveMessage: true,
          attempts: [
            { result: 'no-answer', at: '2026-11-23T09:10:00.000Z', byName: 'Robin Achebe', note: 'Engaged' }
          ]
        }),
        aCallBack()
      )
    })
    const rows = region('Call-backs due').findAll('article')
    const [first = '', second = ''] = rows.map((row) => words(row.text()))
    for (const shown of [
      'Overdue since Friday 16:00',
      'Noor Castell',
      'Oakfield School',
      '01992 555555',
      'May leave a message',
      'Promised Friday 15:00',
      'No answer today 9:10, Robin Achebe: Engaged'
    ])
      expect(first).toContain(shown)
    expect(first).not.toMatch(/opening|minutes/)
    expect(second).toContain('Due today 17:00')
    expect(second).toContain('7 opening hours left')
    expect(second).toContain('Do not leave a message')
    expect(page.get('.glance').text()).toBe('Call-backs 2')
  })

  it('is mine first, and everyone’s by a switch that says whose each is', async () => {
    const { asked } = await theDesk({
      actions: listOf(anAction({ ownerId: ROBIN, ownerName: 'Robin Achebe' }))
    })
    expect(region('Actions').text()).not.toContain('Robin Achebe')
    await inBody.field('Everyone’s').setValue(true)
    await settle()
    expect(asked('call.due')).toEqual([{ whose: 'mine' }, { whose: 'everyone' }])
    expect(words(region('Actions').text())).toContain('For Robin Achebe')
  })

  it('puts the flags for oneself first (L21)', async () => {
    await theDesk({
      flags: listOf(
        aFlag({ ownerId: ROBIN, ownerName: 'Robin Achebe', earlierInError: true }),
        aFlag({ childNames: 'Rafe Farrow' })
      )
    })
    const rows = region('Flags')
      .findAll('article')
      .map((row) => words(row.text()))
    expect(rows[0]).toMatch(/Rafe Farrow.*For you/)
    expect(rows[1]).toContain('For Robin Achebe')
    expect(rows[1]).toMatch(/HUB-7KQ3-000007 ?Earlier call entered in error/)
    expect(rows[0]).not.toContain('entered in error')
  })

  it('counts what it cannot show', async () => {
    await theDesk({ actions: { rows: [anAction()], total: 'more than 1,000' } })
    expect(words(region('Actions').text())).toContain('The first 1 of more than 1,000, the most urgent first')
  })

  it('says of how many requests it shows the first, and leads to the others', async () => {
    const row: RequestRow = {
      ...{ id: ROBIN, reference: 'SAR-7KQ3-000001', kind: 'subject-access', personId: ROBIN, name: '' },
      ...{ receivedOn: '2026-11-02', dueOn: '2026-12-03', isExtended: false, state: 'open' },
      ...{ ownerId: ROBIN, ownerName: 'Robin Achebe' }
    }
    await theDesk({}, { 'subjectAccess.due': () => ok({ rows: [row], total: '101' }) })
    const requests = region('Subject access requests')
    expect(words(requests.text())).toContain('Subject access requests 101')
    expect(words(requests.text())).toContain('The 1 of 101 that were received first.')
    expect(requests.findAll('a').map((link) => link.text())).toContain('See every request')
  })

  it('shows the hours of today as numbers, an hour without a call as 0', async () => {
    await theDesk({
      byHour: [
        { hour: 9, calls: 4 },
        { hour: 11, calls: 2 }
      ]
    })
    const rows = region('Calls today by hour').findAll('tbody tr')
    expect(rows.map((row) => row.findAll('th, .calls').map((cell) => cell.text()))).toEqual([
      ['9:00 to 10:00', '4'],
      ['10:00 to 11:00', '0'],
      ['11:00 to 12:00', '2']
    ])
    expect(rows.map((row) => row.get<HTMLElement>('.bar').element.style.width)).toEqual(['100%', '0%', '50%'])
  })

  it('says so where it cannot be looked up, and tries again when asked', async () => {
    let answers = 0
    await theDesk(
      {},
      {
        'call.due': () =>
          answers++ ? ok({ ...nothingDue(), actions: listOf(anAction()) }) : no({ code: 'not-allowed' })
      }
    )
    expect(page.get('[role=alert]').text()).toContain('What waits could not be brought up to date.')
    await press('Try again')
    expect(page.findAll('[role=alert]')).toHaveLength(0)
    expect(region('Actions').text()).toContain('Send the form')
  })
})

describe('an act on what waits', () => {
  it('takes the row away, says what happened and goes to the next row', async () => {
    const [ann, noor] = [aCallBack(), aCallBack({ callerName: 'Noor Castell' })]
    const { asked, state } = await theDesk({ callBacks: listOf(ann, noor) })
    await press('Called back Ann Dean')
    expect(document.activeElement?.tagName).toBe('INPUT')
    await inBody.field('Note (optional)').setValue('Will send the form')
    state.due.callBacks = listOf(noor)
    await send()
    expect(asked('call.recordAttempt')).toMatchObject([
      { callId: ann.callId, result: 'called-back', note: 'Will send the form' }
    ])
    expect(status()).toBe('Called back Ann Dean: closed')
    expect(focused()).toBe('Noor Castell')

    await press('Called back Noor Castell')
    state.due.callBacks = listOf()
    await send()
    expect(focused()).toContain('Call-backs due')
  })

  it('leaves the row where nobody answered, and the focus on it', async () => {
    const ann = aCallBack()
    const { state } = await theDesk({ callBacks: listOf(ann, aCallBack({ callerName: 'Noor Castell' })) })
    await press('No answer Ann Dean')
    state.due.callBacks.rows[0] = {
      ...ann,
      attempts: [{ result: 'no-answer', at: MONDAY, byName: 'Priya Patel', note: '' }]
    }
    await send()
    expect(status()).toBe('No answer from Ann Dean: still due')
    expect(focused()).toBe('Ann Dean')
    expect(words(region('Call-backs due').text())).toContain('No answer today 10:00, Priya Patel')
  })

  it('warns of a message where the caller asked for none, and stands in nobody’s way', async () => {
    const { asked } = await theDesk({
      callBacks: listOf(aCallBack(), aCallBack({ callerName: 'Noor Castell', mayLeaveMessage: true }))
    })
    await press('Left a message Noor Castell')
    expect(page.findAll('form [role=alert]')).toHaveLength(0)
    await press('Left a message Ann Dean')
    expect(page.get('form [role=alert]').text()).toContain('Ann Dean asked us not to leave a message.')
    await send()
    expect(asked('call.recordAttempt')).toMatchObject([{ result: 'left-message' }])
  })

  it('keeps what is typed when it fails, when it is closed and when the phone rings', async () => {
    await theDesk({ flags: listOf(aFlag()) }, { 'call.answerFlag': () => no({ code: 'not-found' }) })
    await press('Answer Imogen Farrow')
    await inBody.field('What you decided').setValue('Ring the school')
    await send()
    expect(page.get('form [role=alert]').text()).toBe('This is not here any more.')
    expect(inBody.field('What you decided').element.value).toBe('Ring the school')

    await page.get('form.act').trigger('keydown', { key: 'Escape' })
    await settle()
    expect(page.find('form.act').exists()).toBe(false)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Answer Imogen Farrow')
    await press('Answer Imogen Farrow')
    expect(inBody.field('What you decided').element.value).toBe('Ring the school')
  })

  it('leaves nothing in the page when the desk is locked (L2)', async () => {
    await theDesk({ flags: listOf(aFlag()) })
    await press('Answer Imogen Farrow')
    await inBody.field('What you decided').setValue('Ring the school')
    const { session: before } = useSession()
    useSession().session = { stage: 'locked', trial: false, waitMs: 0, step: '' }
    await settle()
    expect(page.text()).not.toContain('Imogen Farrow')
    useSession().session = before
    await useWaiting().load()
    await settle()
    await press('Answer Imogen Farrow')
    expect(inBody.field('What you decided').element.value).toBe('')
  })

  it('asks for what was decided on a flag', async () => {
    const { asked } = await theDesk({ flags: listOf(aFlag()) })
    await press('Answer Imogen Farrow')
    await send()
    expect(words(page.get('form.act').text())).toContain('Error: Write what you decided')
    expect(asked('call.answerFlag')).toEqual([])
  })

  it('does an action, and takes it back', async () => {
    const action = anAction()
    const { asked, state } = await theDesk({ actions: listOf(action) })
    await press('Done Send the form')
    state.due.actions = listOf()
    await send()
    expect(status()).toBe('Done: Send the formUndo')
    state.due.actions = listOf(action)
    await press('Undo')
    expect(asked('call.finishAction')).toEqual([
      { id: action.itemId, done: true, note: '' },
      { id: action.itemId, done: false, note: '' }
    ])
    expect(status()).toBe('Open again: Send the form')
    expect(focused()).toBe('Send the form')
  })

  it('records the day they referred as it is typed in England (C6)', async () => {
    const { asked } = await theDesk({ referrals: listOf(aReferral()) })
    await press('Yes, on… Oakfield School')
    await send()
    expect(words(page.get('form.act').text())).toContain('Error: Enter the day they referred')
    await inBody.field('The day they referred').setValue('3/11/26')
    await send()
    expect(asked('call.answerReferral')).toMatchObject([
      { answer: 'yes', referredOn: '2026-11-03', reason: '' }
    ])
    expect(status()).toBe('Oakfield School: referred on 3 November 2026')
  })

  it('asks why they did not refer, and not where nobody knows', async () => {
    const { asked } = await theDesk({ referrals: listOf(aReferral()) })
    await press('No, because… Oakfield School')
    await send()
    expect(words(page.get('form.act').text())).toContain('Error: Enter why they did not refer')
    expect(asked('call.answerReferral')).toEqual([])
    await press('Not known Oakfield School')
    await send()
    expect(asked('call.answerReferral')).toMatchObject([{ answer: 'not-known', referredOn: '' }])
  })

  it('hands an item to a colleague, who is asked for, and takes it back', async () => {
    const callBack = aCallBack()
    const { asked } = await theDesk({ callBacks: listOf(callBack) })
    await press('Hand to… Ann Dean')
    expect(page.findAll('form.act option').map((option) => option.text())).toEqual(['Choose', 'Robin Achebe'])
    await send()
    expect(words(page.get('form.act').text())).toContain('Error: Choose who has it from now on')
    await inBody.field('Hand to').setValue(ROBIN)
    await send()
    expect(status()).toBe('Ann Dean: handed to Robin AchebeUndo')
    await press('Undo')
    expect(asked('call.handOver')).toMatchObject([
      { kind: 'call-back', itemId: callBack.itemId, toId: ROBIN },
      { kind: 'call-back', itemId: callBack.itemId, toId: callBack.ownerId }
    ])
    expect(status()).toBe('Ann Dean: back with Priya Patel')
  })
})

describe('the lists follow the record', () => {
  it('every minute and when the window is looked at, but never under a typing hand (L8)', async () => {
    const { asked } = await theDesk({ callBacks: listOf(aCallBack()) })
    await settle(61_000)
    expect(asked('call.due')).toHaveLength(2)
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(asked('call.due')).toHaveLength(3)

    await press('No answer Ann Dean')
    await settle(180_000)
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(asked('call.due')).toHaveLength(3)
    await press('Cancel')
    await settle(61_000)
    expect(asked('call.due')).toHaveLength(4)
  })

  it('and an answer that comes late does not put back what is gone', async () => {
    const late: (() => void)[] = []
    let calls = 0
    await theDesk(
      {},
      {
        'call.due': () =>
          ++calls === 1
            ? new Promise((resolve) => {
                late.push(() => {
                  resolve({ ok: true, value: { ...nothingDue(), actions: listOf(anAction()) } })
                })
              })
            : ok(nothingDue())
      }
    )
    window.dispatchEvent(new Event('focus'))
    await settle()
    late.forEach((arrive) => {
      arrive()
    })
    await settle()
    expect(words(region('Actions').text())).toBe('Actions Nothing due')
  })
})

describe('at closing time', () => {
  const overIt = () => words(page.text()).includes('The hub has closed.')

  it('the sheet is offered when the hub closes while one looks', async () => {
    await theDesk({}, {}, '2026-11-23T16:59:50.000Z')
    expect(overIt()).toBe(false)
    await settle(20_000)
    expect(overIt()).toBe(true)
  })

  it('and after it only where something is left', async () => {
    await theDesk({}, {}, '2026-11-23T18:00:00.000Z')
    expect(overIt()).toBe(false)
    page.unmount()
    await theDesk({ actions: listOf(anAction()) }, {}, '2026-11-23T18:00:00.000Z')
    expect(overIt()).toBe(true)
    page.unmount()
    const draft = { id: ROBIN, startedAt: MONDAY, savedAt: MONDAY, callerKind: '' } as const
    const drafts = () => ok([{ ...draft, schoolText: '', callerName: 'Ann Dean' }])
    await theDesk({}, { 'call.drafts': drafts }, '2026-11-23T18:00:00.000Z')
    expect(overIt()).toBe(true)
    page.unmount()
    await theDesk({ actions: listOf(anAction()) }, {}, '2026-11-23T08:00:00.000Z')
    expect(overIt()).toBe(false)
  })

  it('has closed from the closing minute on, and never on a closed day', () => {
    const settings = seedSettings()
    expect(hasClosedToday(settings, '2026-11-23T16:59:59.999Z')).toBe(false)
    expect(hasClosedToday(settings, '2026-11-23T17:00:00.000Z')).toBe(true)
    expect(hasClosedToday(settings, '2026-11-22T20:00:00.000Z')).toBe(false)
  })
})

describe('due in words', () => {
  it.each([
    ['2026-11-23T10:00:00.000Z', false, 'Due today 10:00'],
    ['2026-11-23T09:59:00.000Z', true, 'Overdue since 9:59'],
    ['2026-11-20T16:00:00.000Z', true, 'Overdue since Friday 16:00'],
    ['2026-11-22T16:00:00.000Z', true, 'Overdue since yesterday 16:00'],
    ['2026-11-24T17:00:00.000Z', false, 'Due tomorrow 17:00'],
    ['2026-11-29T17:00:00.000Z', false, 'Due Sunday 17:00'],
    ['2026-11-30T17:00:00.000Z', false, 'Due 30 November 2026, 17:00'],
    ['2026-11-16T17:00:00.000Z', true, 'Overdue since 16 November 2026, 17:00'],
    ['', false, 'Due when the hub opens']
  ])('at %s: overdue %s, "%s"', (dueAt, overdue, text) => {
    expect(dueAtWords(dueAt, MONDAY)).toEqual({ overdue, text })
  })

  it.each([
    ['', false, 'No day agreed'],
    ['2026-11-23', false, 'Due today'],
    ['2026-11-22', true, 'Overdue, was due yesterday'],
    ['2026-11-27', false, 'Due Friday']
  ])('on "%s": overdue %s, "%s"', (day, overdue, text) => {
    expect(dueOnWords(day, '2026-11-23')).toEqual({ overdue, text })
  })

  it.each([
    [1, '1 minute'],
    [59, '59 minutes'],
    [60, '1 opening hour'],
    [119, '1 opening hour'],
    [120, '2 opening hours']
  ])('%i minutes are "%s"', (minutes, text) => {
    expect(openTimeWords(minutes)).toBe(text)
  })
})
