import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { everybody, keyworkersView } from '../../renderer/keyworker/keyworkersView.ts'
import TriageWaiting from '../../renderer/desk/TriageWaiting.vue'
import type { ChartColours } from '../../renderer/report/chartColours.ts'
import { drawChart } from '../../renderer/report/drawChart.ts'
import { clocksChart, flowChart } from '../../renderer/report/triageCharts.ts'
import { fromRowsQuery, toRowsQuery } from '../../renderer/report/triageQuery.ts'
import TriageReportPage from '../../renderer/report/TriageReportPage.vue'
import TriageRowsPage from '../../renderer/report/TriageRowsPage.vue'
import { useSession } from '../../renderer/session/useSession.ts'
import { queueView } from '../../renderer/stepDown/queueView.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { NO_HUB } from '../../shared/keyworker/keyworker.ts'
import { periodsOf } from '../../shared/report/period.ts'
import {
  keysOf,
  triageClocks,
  triageFigures,
  type TriageQuery,
  type TriageReport,
  type TriageRow
} from '../../shared/report/triage.ts'
import { triageTable } from '../../shared/report/triageTable.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { TriageHome } from '../../shared/stepDown/home.ts'
import { everyStepDown, type QueueRow } from '../../shared/stepDown/record.ts'
import { inBody } from './body.ts'
import { settled } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const ID = '0197a000-0000-7000-8000-000000000003'
const sessionOf = (role: Role): Session => ({
  stage: 'open',
  trial: false,
  account: { id: ID, name: 'Priya Patel', roles: [role], profession: 'other', hubIds: [] },
  deskCode: '7KQ3',
  now: NOW
})
const manager = sessionOf('triage-manager')

const load = (percent: number) => ({ held: 3, covering: 0, capacity: 12, percent })

/** Two in, one out in the first period; one was sent back, one decided late. */
const reportOf = ({ range, hubId, step }: TriageQuery): TriageReport => ({
  ...{ range, hubId, step },
  flow: periodsOf(range, step).map((period, index) => ({
    ...period,
    ...(index === 0 ? { received: 2, done: 1 } : { received: 0, done: 0 }),
    reopened: 0,
    waiting: 1
  })),
  endings: keysOf.done.map((key, index) => ({ key, count: index === 0 ? 1 : 0 })),
  ages: keysOf.waiting.map((key, index) => ({ key, count: index === 3 ? 1 : 0 })),
  clocks: triageClocks.map((clock, index) => ({
    ...{ clock, target: 2, inTime: index === 0 ? 1 : 0, late: index === 0 ? 1 : 0, half: 90, nineInTen: 600 }
  })),
  returns: [{ key: 'team <east> & "co"', name: 'Team <East> & "Co"', count: 1 }],
  declinesByKeyworker: [],
  declinesByHub: [],
  stepUps: keysOf['step-ups'].map((key) => ({ key, count: 0 })),
  overrides: [{ key: 'R31', count: 2 }],
  hubs: [
    { id: ID, name: 'Broxbourne and East Herts', keyworkers: 4, load: load(25) },
    { id: '', name: '', keyworkers: 2, load: load(20) }
  ],
  keyworkers: [{ id: ID, name: 'Kit Amory', keyworkers: 1, load: load(125) }],
  keyworkersTotal: 40
})

const desk = (answers: Parameters<typeof standInHub>[0] = {}) =>
  standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: NOW }),
    'report.triage': (query) => ok(reportOf(query)),
    ...answers
  })
/** The page at an address; what its links lead to elsewhere is nothing here. */
async function show(path: string, session: Session) {
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().session = session
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: TriageWaiting },
      { path: '/reports/triage', component: TriageReportPage },
      { path: '/reports/triage/rows', component: TriageRowsPage },
      { path: '/:elsewhere(.*)', component: { template: '<p></p>' } }
    ]
  })
  await router.push(path)
  mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settled()
}
const link = (name: string) => document.querySelector<HTMLAnchorElement>(`a[aria-label='${name}']`)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['Date'] })
  keyworkersView.value = { filter: { ...everybody }, employerText: '' }
  queueView.value = { ...queueView.value, filter: { ...everyStepDown } }
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

describe('the report of triage', () => {
  it('shows the last twelve months by month, in words and in tables, and what each number opens', async () => {
    const asked = desk()
    await show('/reports/triage', manager)
    expect(asked.asked('report.triage')).toEqual([
      { range: { from: '2025-11-24', to: '2026-11-23' }, hubId: '', step: 'month' }
    ])
    for (const words of [
      'Triage from 24 November 2025 to 23 November 2026.',
      '2 step-downs came in and 1 came to an end. 1 waited at the end.',
      'Until the decision: 1 of 2 in time (50%); half took 1 h 30 min or less, nine in ten 10 h or less.',
      'The heaviest load is that of Kit Amory: 125%. Over 100%: 1.',
      'No proposal was declined.',
      'The 1 with the heaviest load of 40.'
    ])
      expect(inBody.text()).toContain(words)
    expect([...document.querySelectorAll('figure h2')].map(({ textContent }) => textContent)).toEqual([
      'Step-downs in, out and waiting',
      'How step-downs ended',
      'Age of the queue',
      'Time against target',
      'Load by local hub today',
      'Load by keyworker today',
      'Sent back, by sending team',
      'Declined, by keyworker',
      'Declined, by local hub',
      'Step-ups and what came of them',
      'Rules that were overridden'
    ])
    expect(link('1: Until the decision, late')?.getAttribute('href')).toContain(
      '/reports/triage/rows?from=2025-11-24&to=2026-11-23&measure=clock-triage&key=late'
    )
    // of November 2025 only the days that were asked for
    expect(link('2: November 2025, received')?.getAttribute('href')).toContain(
      'from=2025-11-24&to=2025-11-30'
    )
    expect(link('3: Kit Amory, families')?.getAttribute('href')).toContain(`/keyworkers/${ID}`)
    link('4: Broxbourne and East Herts, keyworkers')?.click()
    expect(keyworkersView.value.filter).toEqual({ ...everybody, hubId: ID, sort: 'load' })
  })

  it('every number that is not nought opens what it counts, that of no local hub as well', async () => {
    desk()
    await show('/reports/triage', manager)
    const shown = reportOf({ range: { from: '2025-11-24', to: '2026-11-23' }, hubId: '', step: 'month' })
    for (const figure of triageFigures) {
      const { columns, lines } = triageTable(figure, shown, rulesOn(seedSettings(), '2026-11-23'))
      for (const { name, cells } of lines)
        for (const [index, cell] of cells.entries()) {
          if (typeof cell === 'string') continue
          const label = `${String(cell.count)}: ${name}, ${(columns[index + 1] ?? '').toLowerCase()}`
          expect(link(label) !== null, `${figure}: ${label}`).toBe(cell.count > 0)
        }
    }
    link('2: No local hub, keyworkers')?.click()
    expect(keyworkersView.value.filter).toEqual({ ...everybody, hubId: NO_HUB, sort: 'load' })
  })

  it('is counted by days, weeks or months, for one hub, and by what suits other days again', async () => {
    const asked = desk()
    await show('/reports/triage', manager)
    const last = () => asked.asked('report.triage').at(-1) as TriageQuery
    await inBody.field('Week').setValue(true)
    await settled()
    expect(last().step).toBe('week')
    const hubs = inBody.field('Local hub')
    await hubs.setValue(hubs.findAll('option').at(1)?.attributes('value'))
    await settled()
    expect(last()).toMatchObject({ step: 'week', hubId: hubs.element.value })
    expect(last().hubId).not.toBe('')
    await inBody.press('This week')
    expect(last()).toMatchObject({ step: 'day', range: { from: '2026-11-23', to: '2026-11-23' } })
  })

  it('saves a picture’s numbers, says where, and says what went wrong', async () => {
    const asked = desk({
      'report.saveTriage': () => ok({ stage: 'done', count: 1, fileName: 'triage-returns.csv', sha256: 'a' })
    })
    await show('/reports/triage', manager)
    await inBody.press('Save as CSV: Sent back, by sending team')
    expect(asked.asked('report.saveTriage')).toEqual([
      { range: { from: '2025-11-24', to: '2026-11-23' }, hubId: '', step: 'month', figure: 'returns' }
    ])
    expect(inBody.text()).toContain('Saved to triage-returns.csv')
    document.body.innerHTML = ''
    desk({ 'report.saveTriage': () => ok({ stage: 'failed', reason: 'file-disk-full' }) })
    await show('/reports/triage', manager)
    await inBody.press('Save as CSV: Age of the queue')
    expect(document.querySelector('[role="alert"].field-error')?.textContent).toMatch(/full/)
  })

  it('an auditor sees the pictures and saves none', async () => {
    desk()
    await show('/reports/triage', sessionOf('auditor'))
    expect(inBody.text()).toContain('Time against target')
    expect(inBody.text()).not.toContain('Save as CSV')
  })

  it('says what went wrong, and keeps the days that were typed', async () => {
    desk({ 'report.triage': () => no({ code: 'not-allowed' }) })
    await show('/reports/triage', manager)
    expect(inBody.errors()).toEqual(['Your role does not let you do this.'])
    expect(inBody.field('From').element.value).toBe('24/11/2025')
  })
})

describe('the rows behind a number', () => {
  const row: TriageRow = {
    ...{ id: `${ID} late`, at: NOW, about: 'step-down', aboutId: ID, reference: 'STD-7KQ3-000001' },
    ...{ childNames: 'Rowan Marsh', isRestricted: false, hubName: 'Broxbourne and East Herts' },
    ...{ who: 'Kit Amory', words: 'On a course' }
  }
  const range = { from: '2026-11-02', to: '2026-11-08' }
  const at = '/reports/triage/rows?from=2026-11-02&to=2026-11-08&measure=declines-keyworker&key=x'

  it('stand as they are named, with what was said, and go on where there are more', async () => {
    const restricted = { ...row, id: 'two', isRestricted: true, childNames: '', who: '', words: '' }
    const pages = [
      { rows: [row], next: 'there', total: 3 },
      { rows: [restricted, { ...row, id: 'three', about: 'assessment' as const }], next: '', total: 3 }
    ]
    const asked = desk({ 'report.triageRows': () => ok(pages.shift() ?? { rows: [], next: '', total: 0 }) })
    await show(at, manager)
    expect(asked.asked('report.triageRows')).toEqual([
      { range, hubId: '', measure: 'declines-keyworker', key: 'x', after: '' }
    ])
    expect(inBody.heading('Proposals declined')).toBeDefined()
    for (const words of ['2 November 2026 to 8 November 2026', 'Rowan Marsh', 'On a course', '1 of 3'])
      expect(inBody.text()).toContain(words)
    await inBody.press('Show more')
    expect(inBody.text()).toContain('Restricted family')
    expect(inBody.text()).toContain('3 in all')
    const links = [...document.querySelectorAll('.row-link')].map((each) => each.getAttribute('href'))
    expect(links.map((each) => each?.replace(/^#/, ''))).toEqual([
      `/triage/${ID}`,
      `/triage/${ID}`,
      `/assessments/${ID}`
    ])
  })

  it('say that there are none, and that an address leads nowhere', async () => {
    desk({ 'report.triageRows': () => ok({ rows: [], next: '', total: 0 }) })
    await show(at, manager)
    expect(inBody.text()).toContain('Nothing is counted here.')
    document.body.innerHTML = ''
    const asked = desk()
    await show('/reports/triage/rows?measure=everything', manager)
    expect(inBody.text()).toContain('This address leads to no number of a report.')
    expect(asked.asked('report.triageRows')).toEqual([])
  })

  it('an address is read as it was written', () => {
    const behind = { range, hubId: ID, measure: 'overrides' as const, key: 'R31' }
    expect(fromRowsQuery(toRowsQuery(behind) as Record<string, string>)).toEqual(behind)
  })
})

describe('Triage on the desk', () => {
  const next: QueueRow = {
    ...{
      id: ID,
      reference: 'STD-7KQ3-000002',
      childNames: 'Rowan Marsh',
      restricted: false,
      hubName: 'East'
    },
    ...{ state: 'to-triage', risk: 'high', source: 'assessment', sendingTeam: 'East', receivedAt: NOW },
    ...{ since: NOW, dueAt: '2026-11-20T17:00:00.000Z', isOverdue: true, ownerId: '', ownerName: '' },
    ...{ practitionerName: '', lastId: ID }
  }
  const home: TriageHome = {
    lists: [
      { state: 'received', count: 0, overdue: 0 },
      { state: 'waiting', count: 0, overdue: 0 },
      { state: 'to-triage', count: 12, overdue: 3 },
      { state: 'to-allocate', count: 1, overdue: 0 },
      { state: 'allocated', count: 2, overdue: 0 }
    ],
    oldest: { id: ID, reference: 'STD-7KQ3-000001', receivedAt: '2026-11-13T10:00:00.000Z' },
    next: [next, { ...next, id: 'two', childNames: '', restricted: true }],
    stepUps: [{ state: 'submitted', count: 2 }],
    meetings: [
      {
        ...{ id: ID, onDay: '2026-11-20', startsAt: '14:00', place: 'Room 2', hubName: 'East' },
        ...{ chairName: 'Morgan Ellis', requests: 2 }
      }
    ]
  }

  it('tells each list and what is overdue, the oldest, the next, step-ups and meetings', async () => {
    desk({ 'stepDown.home': () => ok(home) })
    await show('/', manager)
    for (const words of [
      'Triage 15',
      'To triage: 12',
      'Allocated, to be accepted: 2',
      'STD-7KQ3-000001, 10 days',
      'Restricted family',
      'Record decision',
      '2 without feedback',
      'Waits for a meeting: 2',
      'Friday 20 November 2026, 14:00',
      '2 on its agenda',
      'Outcomes not recorded'
    ])
      expect(inBody.text()).toContain(words)
  })

  it('opens the queue narrowed to what was counted', async () => {
    desk({ 'stepDown.home': () => ok(home) })
    await show('/', manager)
    link('3 overdue: To triage')?.click()
    expect(queueView.value.filter).toEqual({ ...everyStepDown, state: 'to-triage', overdue: true })
  })

  it('says that nothing waits, and that it could not be read, until it can', async () => {
    const nothing = { ...home, lists: [], oldest: undefined, next: [], stepUps: [], meetings: [] }
    let answer: () => ReturnType<typeof ok<TriageHome>> = () => ok(nothing)
    desk({ 'stepDown.home': () => answer() })
    await show('/', manager)
    expect(inBody.text()).toContain('No step-down waits')
    document.body.innerHTML = ''
    answer = () => no({ code: 'not-allowed' })
    await show('/', manager)
    expect(inBody.text()).toContain('What waits in triage could not be brought up to date.')
    answer = () => ok(home)
    await inBody.press('Try again')
    expect(inBody.text()).toContain('To triage: 12')
  })
})

describe('pictures of triage', () => {
  const colours: ChartColours = {
    ...{ ink: 'rgb(11, 12, 12)', muted: 'rgb(75, 83, 88)', rule: 'rgb(211, 215, 218)' },
    ...{ surface: 'rgb(255, 255, 255)', pale: 'rgb(225, 236, 246)', strong: 'rgb(29, 91, 151)' },
    ...{ second: 'rgb(0, 98, 57)', third: 'rgb(120, 120, 120)', fourth: 'rgb(211, 215, 218)' }
  }
  const size = { width: 700, height: 300 }
  const svg = (address: string) => decodeURIComponent(address.slice(address.indexOf(',') + 1))
  const report = (from: string, step: TriageQuery['step']) =>
    reportOf({ range: { from, to: '2026-11-23' }, hubId: '', step })

  it('of few periods are bars with patterns and a line; of many, lines that differ without colour', () => {
    const few = report('2026-06-01', 'month')
    const bars = svg(drawChart(flowChart(few.flow, 'month')(700, colours), size))
    for (const name of ['In', 'Out', 'Waiting at the end', 'Nov 2026']) expect(bars).toContain(`>${name}<`)
    expect(bars.match(/<pattern/g)?.length).toBeGreaterThanOrEqual(2)
    const many = report('2026-06-01', 'day')
    const lines = svg(drawChart(flowChart(many.flow, 'day')(700, colours), size))
    expect(lines).toContain('stroke-dasharray')
  })

  it('say behind each clock what was in time and what was late', () => {
    const drawn = svg(drawChart(clocksChart(report('2026-06-01', 'month').clocks)(700, colours), size))
    expect(drawn).toContain('>1 in time, 1 late<')
    expect(drawn).toContain('>0 in time, 0 late<')
  })
})
