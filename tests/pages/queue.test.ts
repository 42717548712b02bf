import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { runShortcut } from '../../renderer/session/commands.ts'
import { useSession } from '../../renderer/session/useSession.ts'
import { queueView } from '../../renderer/stepDown/queueView.ts'
import StepDownPage from '../../renderer/stepDown/StepDownPage.vue'
import TriagePage from '../../renderer/stepDown/TriagePage.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { missingIn } from '../../shared/stepDown/missing.ts'
import {
  everyStepDown,
  type QueueFilter,
  type QueueRow,
  type StepDownRecord
} from '../../shared/stepDown/record.ts'
import { stepDownStates } from '../../shared/stepDown/stepDown.ts'
import { toldIn } from '../../shared/stepDown/told.ts'
import { aStepDown } from '../fixtures/stepDowns.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const ME = session.stage === 'open' ? session.account.id : ''
const STEP_DOWN = '0197a000-0000-7000-8000-0000000000d1'
const LAST = '0197a000-0000-7000-8000-0000000000d2'
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session

const aRow = (childNames: string, changes: Partial<QueueRow> = {}): QueueRow => ({
  ...{
    id: newId(),
    reference: `STD-7KQ3-${childNames}`,
    childNames,
    restricted: false,
    hubName: 'Stevenage'
  },
  ...{ state: 'to-triage', risk: 'low', source: 'assessment', sendingTeam: 'Team East', receivedAt: MONDAY },
  ...{ since: MONDAY, dueAt: '', isOverdue: false, ownerId: '', ownerName: '', practitionerName: '' },
  lastId: newId(),
  ...changes
})
const theQueue = () => [
  aRow('Ash', { risk: 'high', isOverdue: true, dueAt: '2026-11-20T12:00:00.000Z' }),
  aRow('Bay'),
  aRow('Cedar', { ownerId: ME, ownerName: 'Priya Patel' }),
  aRow('Dill', { state: 'to-allocate' }),
  aRow('Elm', { state: 'waiting', sendingTeam: '', risk: '', source: '' }),
  aRow('Fern', { state: 'done' })
]

const isIn = ({ hubId, risk, source, overdue, mine }: QueueFilter) => {
  const wanted = (row: QueueRow) =>
    hubId === '' &&
    (risk === '' || row.risk === risk) &&
    (source === '' || row.source === source) &&
    (!overdue || row.isOverdue) &&
    (!mine || row.ownerId === ME)
  return wanted
}

/** The record of a desk: what is taken there is somebody's, and newer than it was read. */
function answersOf(rows: QueueRow[], changes: Partial<Bridge>): Partial<Bridge> {
  return {
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([{ id: ME, name: 'Priya Patel', takesCalls: true }]),
    'stepDown.queue': ({ filter }) =>
      ok({
        rows: structuredClone(rows)
          .filter(isIn(filter))
          .filter(({ state }) => (filter.state === '' ? state !== 'done' : state === filter.state)),
        next: ''
      }),
    'stepDown.count': ({ filter }) => {
      const within = rows.filter(isIn(filter))
      return ok(
        stepDownStates.map((state) => {
          const inState = within.filter((row) => row.state === state)
          return { state, count: inState.length, overdue: inState.filter((row) => row.isOverdue).length }
        })
      )
    },
    'stepDown.act': (act) => {
      const row = rows.find(({ id }) => id === act.stepDownId)
      if (row && act.act === 'take')
        Object.assign(row, { ownerId: act.toId, ownerName: act.toId && 'Priya Patel', lastId: newId() })
      return ok(null)
    },
    ...changes
  }
}

async function open(path: string, rows: QueueRow[], answers: Partial<Bridge> = {}, role?: Role) {
  const { asked } = standInHub(answersOf(rows, answers))
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().session = as(role ?? 'triage-manager')
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/triage', component: TriagePage },
      { path: '/triage/:id', component: StepDownPage, props: true },
      { path: '/:elsewhere(.*)', component: { template: '<p></p>' } }
    ]
  })
  await router.push(path)
  const wrapper = mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settled()
  close = () => {
    wrapper.unmount()
  }
  return { asked, router }
}
let close: () => void

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
  queueView.value = { filter: { ...everyStepDown }, isBoard: false, openedId: '', openedPlace: 0 }
})
afterEach(() => {
  close()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

async function press(key: string) {
  runShortcut(new KeyboardEvent('keydown', { key }))
  await settled()
}
async function arrow(key: string) {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settled()
}
const links = () => [...document.querySelectorAll<HTMLElement>('.row-link')]
/** The children of each row or card, in their order. */
const names = () => links().map((link) => link.textContent.trim().split(' ')[0])
const focused = () => document.activeElement?.textContent.trim().split(' ')[0]
/** The chip of a list: what it is called, how many are in it, and its key. */
const chip = (label: string) => {
  const found = [...document.querySelectorAll<HTMLElement>('.chip')].find((each) =>
    each.textContent.trim().startsWith(label)
  )
  if (!found) throw new Error(`No "${label}"`)
  return found
}
const countOn = (label: string) => Number(chip(label).querySelector('.count')?.textContent)

describe('the queue as a table', () => {
  it('tells of each what is next, who has it and how long is left; a list has as many rows as it says', async () => {
    await open('/triage', theQueue())
    expect(names()).toEqual(['Ash', 'Bay', 'Cedar', 'Dill', 'Elm'])
    for (const words of [
      ...['Record decision Nobody has taken it', 'Record decision Priya Patel', 'Assign keyworker'],
      ...['Wait for the sender to answer The sender.', 'Overdue by', 'Not said', '5 step-downs']
    ])
      expect(inBody.text()).toContain(words)
    for (const [key, label] of [
      ...[['1', 'Received'] as const, ['2', 'Waiting'] as const, ['3', 'To triage'] as const],
      ...[['4', 'To allocate'] as const, ['6', 'Done'] as const, ['0', 'All that wait'] as const]
    ]) {
      await press(key)
      expect(chip(label).getAttribute('aria-pressed')).toBe('true')
      expect(links()).toHaveLength(countOn(label))
    }
  })

  it('is narrowed by mine, overdue, risk and source, and the numbers with it', async () => {
    const { asked } = await open('/triage', theQueue())
    expect(countOn('Overdue')).toBe(1)
    await press('m')
    expect(names()).toEqual(['Cedar'])
    expect([countOn('All that wait'), countOn('To triage'), countOn('To allocate')]).toEqual([1, 1, 0])
    await press('m')
    await press('o')
    expect(names()).toEqual(['Ash'])
    await press('o')
    await inBody.field('Risk').setValue('high')
    await settled()
    expect(names()).toEqual(['Ash'])
    await inBody.field('Comes of').setValue('child-protection')
    await settled()
    expect(inBody.text()).toContain('No step-down matches.')
    expect(asked('stepDown.queue').at(-1)).toMatchObject({
      filter: { risk: 'high', source: 'child-protection', mine: false, overdue: false }
    })
    expect(asked('stepDown.count')).toHaveLength(asked('stepDown.queue').length)
    await inBody.press('Show all that wait')
    expect(names()).toHaveLength(5)
  })

  it('says that nothing waits, and that it could not be read, until it can', async () => {
    await open('/triage', [])
    expect(inBody.text()).toContain('No step-down waits for anybody.')
    expect(inBody.has('Show all that wait')).toBe(false)
    close()
    const rows = theQueue()
    const found = answersOf(rows, {})['stepDown.queue']
    let answer: Bridge['stepDown.queue'] = () => no({ code: 'fault', reference: '7F3A' })
    await open('/triage', rows, { 'stepDown.queue': (query) => answer(query) })
    expect(inBody.text()).toContain('7F3A')
    expect(names()).toEqual([])
    if (found) answer = found
    await inBody.press('Try again')
    expect(names()).toHaveLength(5)
  })

  it('goes on where there are more, and says how many of how many are shown', async () => {
    const [first, second] = [aRow('Ash'), aRow('Bay')]
    const { asked } = await open('/triage', [first, second], {
      'stepDown.queue': ({ after }) =>
        ok(after === '' ? { rows: [first], next: 'on' } : { rows: [second], next: '' })
    })
    expect(inBody.text()).toContain('1 of 2 step-downs')
    await inBody.press('Show more')
    expect(names()).toEqual(['Ash', 'Bay'])
    expect(asked('stepDown.queue').at(-1)).toMatchObject({ after: 'on' })
    expect(inBody.has('Show more')).toBe(false)
  })

  it('names nobody of a restricted family', async () => {
    await open('/triage', [aRow('', { restricted: true })])
    expect(links().map((link) => link.textContent)[0]).toContain('Restricted family')
  })
})

describe('the queue by keys', () => {
  it('J and K, and the arrows, go from one to the next, and stop at either end', async () => {
    await open('/triage', theQueue())
    const places = []
    for (const key of ['j', 'j', 'k', 'k']) {
      await press(key)
      places.push(focused())
    }
    expect(places).toEqual(['Ash', 'Bay', 'Ash', 'Ash'])
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'])
      await arrow(key)
    expect(focused()).toBe('Dill')
  })

  it('L7: T takes the one that has the focus as it was read, gives it back, and the focus stays', async () => {
    const rows = theQueue()
    const [, bay] = rows
    const readAs = bay?.lastId
    const { asked } = await open('/triage', rows)
    await press('t')
    expect(asked('stepDown.act')).toEqual([])
    await press('j')
    await press('j')
    await press('t')
    expect(asked('stepDown.act')).toMatchObject([
      { act: 'take', stepDownId: bay?.id, basedOn: readAs, toId: ME }
    ])
    expect(inBody.text()).toContain('You have taken STD-7KQ3-Bay')
    expect(focused()).toBe('Bay')
    const takenAs = bay?.lastId
    expect(takenAs).not.toBe(readAs)
    await press('t')
    expect(asked('stepDown.act').at(-1)).toMatchObject({ basedOn: takenAs, toId: '' })
    expect(inBody.text()).toContain('You gave STD-7KQ3-Bay back')
  })

  it('one that leaves the list hands the focus to whatever stands in its place', async () => {
    const mine = { ownerId: ME, ownerName: 'Priya Patel' }
    await open('/triage', [aRow('Ash', mine), aRow('Bay', mine), aRow('Cedar', mine)])
    await press('m')
    for (const [left, next] of [
      [['Bay', 'Cedar'], 'Bay'],
      [['Cedar'], 'Cedar']
    ] as const) {
      await press('j')
      await press('k')
      await press('t')
      expect(names()).toEqual(left)
      expect(focused()).toBe(next)
    }
  })

  it('what somebody else changed meanwhile is said, and read anew', async () => {
    const { asked } = await open('/triage', theQueue(), {
      'stepDown.act': () => no({ code: 'changed-since' })
    })
    await press('j')
    await press('t')
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('changed')
    expect(asked('stepDown.queue')).toHaveLength(2)
    expect(inBody.text()).not.toContain('You have taken')
    expect(focused()).toBe('Ash')
  })

  it('back from one that is done, the next has the focus', async () => {
    const rows = theQueue()
    const { router } = await open('/triage', rows)
    await press('j')
    await press('j')
    await router.push('/triage/elsewhere/entirely')
    Object.assign(rows[1] ?? {}, { state: 'done' })
    await router.push('/triage')
    await settled()
    expect(focused()).toBe('Cedar')
  })

  it('who may not act is offered neither the key nor the buttons', async () => {
    const { asked } = await open('/triage', theQueue(), {}, 'auditor')
    expect(inBody.text()).not.toContain('takes it')
    expect(inBody.has('Receive a step-down')).toBe(false)
    await press('j')
    await press('t')
    expect(asked('stepDown.act')).toEqual([])
  })
})

describe('the queue as a board', () => {
  it('B shows the same with a column for each list, whose number is that of its cards', async () => {
    const { asked } = await open('/triage', theQueue())
    await press('b')
    await settled()
    const columns = [...document.querySelectorAll('.column')].map((column) => ({
      count: Number(column.querySelector('h2 .muted')?.textContent),
      cards: column.querySelectorAll('.row-link').length
    }))
    expect(columns.map(({ cards }) => cards)).toEqual([0, 1, 3, 1, 0])
    for (const { count, cards } of columns) expect(cards).toBe(count)
    expect(inBody.text()).toContain('Nothing is here.')
    expect(asked('stepDown.queue').at(-1)).toMatchObject({ filter: { state: 'allocated' } })
    await press('b')
    expect(document.querySelector('table')).not.toBeNull()
  })

  it('left and right go from column to column past empty ones', async () => {
    await open('/triage', theQueue())
    await press('b')
    await press('j')
    expect(focused()).toBe('Elm')
    const places = []
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft']) {
      await arrow(key)
      places.push(focused())
    }
    expect(places).toEqual(['Ash', 'Bay', 'Dill', 'Ash'])
  })

  it('a column that could not be read says so, and the others stand', async () => {
    const rows = theQueue()
    const found = answersOf(rows, {})['stepDown.queue']
    await open('/triage', rows, {
      'stepDown.queue': (query) =>
        query.filter.state === 'to-allocate' || !found
          ? no({ code: 'fault', reference: '7F3A' })
          : found(query)
    })
    await press('b')
    expect(inBody.text()).toContain('7F3A')
    expect(names()).toEqual(['Elm', 'Ash', 'Bay', 'Cedar'])
  })
})

const told = aStepDown()
const aRecord = (changes: Partial<StepDownRecord> = {}): StepDownRecord => ({
  ...{ id: STEP_DOWN, reference: 'STD-7KQ3-000001', sourceKey: '', receivedAt: MONDAY, hubId: newId() },
  ...{ hubName: 'Stevenage', ownerName: '', practitionerName: '', state: 'to-triage', ending: '' },
  ...{ since: MONDAY, allocationId: '', practitionerId: '', ownerId: '', dueAt: '', isOverdue: false },
  ...{ mayDo: ['decide-keyworker', 'decide-elsewhere', 'take', 'end'], lastId: LAST, matchId: '' },
  ...{ events: [], returns: [], decisions: [], allocations: [], letters: [], family: undefined },
  isAgreed: true,
  versions: [
    {
      ...toldIn(told, '2026-11-23'),
      ...{ id: told.id, basedOn: '', missing: missingIn(told), recordedAt: MONDAY, byName: 'Priya Patel' }
    }
  ],
  ...changes
})
const openOne = (record: () => StepDownRecord, answers: Partial<Bridge> = {}, role?: Role) =>
  open(`/triage/${STEP_DOWN}`, [], { 'stepDown.read': () => ok(record()), ...answers }, role)
const mainButtons = () =>
  [...document.querySelectorAll('.header .btn:not(.secondary)')].map((each) =>
    each.firstChild?.textContent?.trim()
  )

describe('the head of a step-down', () => {
  it.each([
    ['received', ['return', 'keep', 'take'], 'Send back to the sender', 'return'],
    ['waiting', ['keep', 'take'], 'Add what the sender told', 'receive'],
    ['to-triage', ['decide-keyworker', 'take'], 'Record decision', 'decision']
  ] as const)('of one that is %s, N opens its form: %s, %s', async (state, mayDo, label, form) => {
    const { router } = await openOne(() => aRecord({ state, mayDo: [...mayDo] }))
    expect(mainButtons()).toEqual([label])
    await press('n')
    expect(router.currentRoute.value.path).toContain(`/triage/${STEP_DOWN}/${form}/`)
  })

  it('of one whose keyworker is sought or asked, N leads to them on the page', async () => {
    const state = { current: aRecord({ state: 'to-allocate', mayDo: ['propose', 'take'] }) }
    await openOne(() => state.current)
    expect(mainButtons()).toEqual(['Assign keyworker'])
    await press('n')
    expect(document.activeElement?.id).toBe('step-down-keyworker')
    close()
    state.current = aRecord({ state: 'allocated', mayDo: ['accept', 'decline', 'take-back'] })
    await openOne(() => state.current)
    expect(mainButtons()).toEqual(['Record the keyworker’s answer'])
    await press('n')
    expect(document.activeElement?.id).toBe('step-down-keyworker')
  })

  it('one button is the main one, and each part has the heading that it leads to', async () => {
    await openOne(() => aRecord({ family: undefined }))
    for (const part of ['told', 'decision'])
      expect(document.getElementById(`step-down-${part}`)?.getAttribute('tabindex')).toBe('-1')
    const decide = [...document.querySelectorAll('.btn')].filter((each) =>
      each.textContent.includes('Record decision')
    )
    expect(decide.map((each) => each.classList.contains('secondary'))).toEqual([false, true])
  })

  it('is named after the children, one who is not born yet as such', async () => {
    const [wren] = toldIn(told, '2026-11-23').people
    const [version] = aRecord().versions
    if (!wren || !version) throw new Error('No child')
    const unborn = { ...wren, id: newId(), role: 'unborn' as const, name: '', birth: '' }
    await openOne(() => aRecord({ versions: [{ ...version, people: [wren, unborn] }] }))
    expect(document.querySelector('h1')?.textContent).toBe('Rowan Marsh, Unborn child')
  })

  it('L7: T takes it as it was read, and says so', async () => {
    const { asked } = await openOne(() => aRecord())
    await press('t')
    expect(asked('stepDown.act')).toMatchObject([
      { act: 'take', stepDownId: STEP_DOWN, basedOn: LAST, toId: ME }
    ])
    expect(inBody.text()).toContain('You have taken it')
    expect(asked('stepDown.read')).toHaveLength(2)
  })

  it('what has ended says how, and offers nothing that is next', async () => {
    await openOne(() => aRecord({ state: 'done', ending: 'accepted', mayDo: [] }))
    expect(inBody.text()).toContain('How it ended')
    expect(mainButtons()).toEqual([])
    expect(inBody.has('End')).toBe(false)
  })

  it('an auditor reads it, and is offered no act', async () => {
    await openOne(() => aRecord(), {}, 'auditor')
    expect(inBody.heading('Decision')).toBeDefined()
    expect(document.querySelectorAll('.header button.btn')).toHaveLength(0)
  })
})

describe('a colleague’s record since it was opened', () => {
  const colleague = { lastId: newId(), lastAt: '2026-11-23T10:14:00.000Z', byId: newId(), byName: 'Lee Hart' }
  const SAID = 'Lee Hart recorded something here at 10:14'

  it('L7: is announced, and shown only when it is asked for', async () => {
    const state = { record: aRecord() }
    const { asked } = await openOne(() => state.record, { 'stepDown.last': () => ok(colleague) })
    expect(inBody.text()).not.toContain(SAID)
    await vi.advanceTimersByTimeAsync(10_000)
    await settled()
    expect(inBody.text()).toContain(SAID)
    expect(asked('stepDown.read')).toHaveLength(1)
    state.record = aRecord({ lastId: colleague.lastId, ownerId: colleague.byId, ownerName: 'Lee Hart' })
    await inBody.press('Show what is new')
    expect(inBody.text()).not.toContain(SAID)
    expect(inBody.text()).toContain('Who has itLee Hart')
    await vi.advanceTimersByTimeAsync(10_000)
    await settled()
    expect(inBody.text()).not.toContain(SAID)
  })

  it('is asked for when the window is looked at again; nothing new says nothing', async () => {
    const { asked } = await openOne(() => aRecord(), {
      'stepDown.last': () => ok({ ...colleague, lastId: LAST })
    })
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(asked('stepDown.last')).toEqual([{ id: STEP_DOWN }])
    expect(inBody.text()).not.toContain('recorded something here')
  })

  it('an act that comes too late is refused in words, and what is on the page stays', async () => {
    await openOne(() => aRecord(), { 'stepDown.act': () => no({ code: 'changed-since' }) })
    await press('t')
    expect(document.querySelector('.header [role="alert"]')?.textContent).toContain('changed')
    expect(inBody.text()).not.toContain('You have taken it')
  })
})
