import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LocationQuery } from 'vue-router'
import { cellColour, inkOn, type ChartColours } from '../../renderer/report/chartColours.ts'
import { barsChart, heatChart, partsChart, weeksChart } from '../../renderer/report/charts.ts'
import { drawChart } from '../../renderer/report/drawChart.ts'
import ReportsPage from '../../renderer/report/ReportsPage.vue'
import { fromQuery } from '../../renderer/call/filterQuery.ts'
import type { Session } from '../../shared/account/account.ts'
import { lines, otherKinds, outcomes } from '../../shared/call/call.ts'
import { everyCall } from '../../shared/call/filter.ts'
import { mondaysOf } from '../../shared/report/period.ts'
import type { CallReport, ReportRange } from '../../shared/report/report.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const SCHOOL = '0197a000-0000-7000-8000-000000000003'
const open: Session = {
  stage: 'open',
  trial: false,
  account: { id: SCHOOL, name: 'Priya Patel', roles: ['triage-manager'], profession: 'other', hubIds: [] },
  deskCode: '7KQ3',
  now: NOW
}

/** Five calls of one Tuesday, three of them from one school. */
const reportOf = ({ from, to }: ReportRange): CallReport => ({
  from,
  to,
  total: 5,
  byWeek: mondaysOf({ from, to }).map((monday, index) => ({ monday, calls: index === 0 ? 5 : 0 })),
  byHour: [
    { weekday: 2, hour: 9, calls: 2 },
    { weekday: 2, hour: 11, calls: 3 }
  ],
  byLine: lines.map((line, index) => ({ line, calls: index === 0 ? 5 : 0 })),
  bySchool: [{ schoolId: SCHOOL, name: 'Ridge <School> & "Nursery"', town: 'Tring', calls: 3 }],
  byDistrict: [
    { district: 'E07000103', calls: 3 },
    { district: '', calls: 2 }
  ],
  byLevel: [{ level: '', calls: 5 }],
  byOutcome: outcomes.map((outcome, index) => ({ outcome, calls: index === 0 ? 5 : 0 })),
  inHours: 4,
  outOfHours: 1,
  turnedAway: 2,
  turnedAwayByKind: otherKinds.map((otherKind, index) => ({ otherKind, calls: index === 0 ? 2 : 0 })),
  referrals: { yes: 0, no: 0, notKnown: 0, unanswered: 0 }
})
const noCalls = (range: ReportRange): CallReport => ({ ...reportOf(range), total: 0, byWeek: [], byHour: [] })

function desk(answer: (range: ReportRange) => ReturnType<typeof ok<CallReport>>) {
  return standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: NOW }),
    'report.calls': answer
  })
}
const link = (name: string) => document.querySelector(`[aria-label="${name}"]`)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

describe('Reports', () => {
  it('shows the last twelve months first, in words and in tables', async () => {
    const asked = desk((range) => ok(reportOf(range)))
    await show(ReportsPage, open)
    expect(asked.asked('report.calls')).toEqual([{ from: '2025-11-24', to: '2026-11-23' }])
    expect(inBody.field('From').element.value).toBe('24/11/2025')
    expect(inBody.button('Last 12 months').attributes('aria-pressed')).toBe('true')
    for (const words of [
      '5 calls from 24 November 2025 to 23 November 2026.',
      'The most calls came on Tuesdays between 11:00 and 12:00: 3 of 5.',
      'Of 5 calls, 4 (80%) came in hours and 1 (20%) out of hours.',
      'No call ended with the contact form.'
    ])
      expect(inBody.text()).toContain(words)
    const figures = [...document.querySelectorAll('figure h2')].map(({ textContent }) => textContent)
    expect(figures).toEqual([
      'Calls by week',
      'Calls by weekday and hour',
      'By line',
      'By school',
      'By district',
      'By level of need',
      'By outcome',
      'In and out of hours',
      'Turned away',
      'Did they refer?'
    ])
    expect(link('3 calls: Tuesday 11:00')?.textContent).toBe('3')
    expect(link('3 calls: Watford')?.textContent).toBe('3')
    expect(link('2 calls: No district')?.textContent).toBe('2')
  })

  it('asks for a period, and for days as they are typed', async () => {
    const asked = desk((range) => ok(reportOf(range)))
    const { wrapper } = await show(ReportsPage, open)
    await inBody.press('This school year')
    expect(asked.asked('report.calls').at(-1)).toEqual({ from: '2026-09-01', to: '2026-11-23' })
    await inBody.field('From').setValue('2/11/26')
    await inBody.field('To').setValue('1/11/26')
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(inBody.errors()).toEqual(['Enter the same day as From or a later one'])
    expect(inBody.field('From').element.value).toBe('2/11/26')
    await inBody.field('To').setValue('09112026')
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(asked.asked('report.calls').at(-1)).toEqual({ from: '2026-11-02', to: '2026-11-09' })
  })

  it('counts the days that were typed while others were being counted, next', async () => {
    const answers: (() => void)[] = []
    const asked = desk(
      (range) => new Promise((resolve) => answers.push(() => void ok(reportOf(range)).then(resolve)))
    )
    const { wrapper } = await show(ReportsPage, open)
    await inBody.field('From').setValue('2/11/2026')
    await inBody.field('To').setValue('1/11/2026')
    await wrapper.get('form').trigger('submit')
    answers.shift()?.()
    await settled()
    expect(inBody.errors()).toEqual(['Enter the same day as From or a later one'])
    await inBody.field('To').setValue('9/11/2026')
    await wrapper.get('form').trigger('submit')
    expect(asked.asked('report.calls').at(-1)).toEqual({ from: '2026-11-02', to: '2026-11-09' })
  })

  it('says that there are no calls, and what went wrong', async () => {
    desk((range) => ok(noCalls(range)))
    await show(ReportsPage, open)
    expect(inBody.text()).toContain('No calls from 24 November 2025 to 23 November 2026.')
    expect(inBody.has('Print')).toBe(false)
    document.body.innerHTML = ''
    desk(() => no({ code: 'not-allowed' }))
    await show(ReportsPage, open)
    expect(inBody.errors()).toEqual(['Your role does not let you do this.'])
  })
})

it('what a number links to is the filter that the list of calls understands', () => {
  const query: LocationQuery = {
    from: '2026-11-02',
    to: '2026-11-09',
    weekday: '2',
    hour: '0',
    district: 'none'
  }
  expect(fromQuery(query)).toEqual({
    ...everyCall,
    from: '2026-11-02',
    to: '2026-11-09',
    weekday: 2,
    hour: 0,
    district: 'none'
  })
})

describe('pictures', () => {
  const colours: ChartColours = {
    ink: 'rgb(11, 12, 12)',
    muted: 'rgb(75, 83, 88)',
    rule: 'rgb(211, 215, 218)',
    surface: 'rgb(255, 255, 255)',
    pale: 'rgb(227, 237, 247)',
    strong: 'rgb(26, 92, 158)',
    second: 'rgb(0, 101, 58)',
    third: 'rgb(91, 100, 105)',
    fourth: 'rgb(211, 215, 218)'
  }
  const rows = [
    { name: 'Ridge <School> & "Nursery"', calls: 1_234 },
    { name: 'Oakfield', calls: 0 }
  ]
  const weeks = mondaysOf({ from: '2020-01-01', to: '2026-11-23' }).map((monday) => ({ monday, calls: 2 }))

  it.each([
    ['bars', barsChart(rows), '1,234'],
    ['parts', partsChart(rows), 'Oakfield: 0'],
    ['weeks', weeksChart(weeks.slice(0, 10)), '30 Dec 2019'],
    ['many weeks', weeksChart(weeks), '30 Dec 2019'],
    ['heat', heatChart([{ weekday: 7, hour: 23, calls: 17 }], [22, 23]), '17']
  ] as const)('%s are drawn as an image that can be read, with their words', (_, chart, words) => {
    const address = drawChart(chart(600, colours), { width: 600, height: 300 })
    const drawn = decodeURIComponent(address.replace('data:image/svg+xml,', ''))
    // happy-dom knows no CDATA, in which the rules for a hovering mouse stand
    const image = new DOMParser().parseFromString(drawn.replace(/<style[^]*<\/style>/, ''), 'image/svg+xml')
    expect(image.querySelector('parsererror')).toBeNull()
    expect(image.documentElement.getAttribute('width')).toBe('600')
    expect(image.documentElement.textContent).toContain(words)
    expect(image.querySelectorAll('pattern path, pattern g > *').length).toBeGreaterThan(0)
  })

  it('each quarter of a heat map has its own pattern, which keeps clear of the number', () => {
    const byHour = [1, 2, 3, 4].map((calls) => ({ weekday: 1, hour: 8 + calls, calls }))
    const address = drawChart(heatChart(byHour, [9, 10, 11, 12])(600, colours), { width: 600, height: 300 })
    const drawn = decodeURIComponent(address.replace('data:image/svg+xml,', ''))
    const image = new DOMParser().parseFromString(drawn.replace(/<style[^]*<\/style>/, ''), 'image/svg+xml')
    const drawnIn = [...image.querySelectorAll('pattern')].map(({ innerHTML }) => innerHTML)
    expect(new Set(drawnIn).size).toBe(4)
    // a patch of the cell’s own colour under each number
    for (const share of [0.25, 0.5, 0.75, 1]) expect(drawn).toContain(cellColour(share, colours))
  })

  it('a number that is too long for its cell is shortened; where there is room it is whole', () => {
    const byHour = [{ weekday: 1, hour: 9, calls: 11_111 }]
    const words = (hours: number[]) => {
      const chart = heatChart(byHour, hours)(600, colours)
      return decodeURIComponent(drawChart(chart, { width: 600, height: 300 }))
    }
    expect(words([9, 10])).toContain('11,111')
    expect(words(Array.from({ length: 19 }, (_, hour) => hour + 3))).toMatch(/>11k</i)
  })

  it('a cell’s number can be read on pale and on strong', () => {
    expect([inkOn(0, colours), inkOn(1, colours)]).toEqual([colours.ink, colours.surface])
  })
})
