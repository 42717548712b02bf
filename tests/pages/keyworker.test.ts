import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import KeyworkerPage from '../../renderer/keyworker/KeyworkerPage.vue'
import KeyworkersPage from '../../renderer/keyworker/KeyworkersPage.vue'
import { everybody, keyworkersView } from '../../renderer/keyworker/keyworkersView.ts'
import { loadChart } from '../../renderer/keyworker/loadChart.ts'
import {
  daysWords,
  describeGroups,
  loadWords,
  shortDays,
  todayWords
} from '../../renderer/keyworker/words.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import {
  NO_HUB,
  type HeldFamily,
  type KeyworkerRecord,
  type KeyworkerRow
} from '../../shared/keyworker/keyworker.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { aKeyworker, load, PRIYA } from './keyworkers.ts'
import { no, ok, standInHub } from './standInHub.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  keyworkersView.value = { filter: { ...everybody }, employerText: '' }
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const aRow = (changes: Partial<KeyworkerRow> = {}): KeyworkerRow => ({
  ...{ id: PRIYA, name: 'Priya Shah', role: 'Family support worker', employerName: 'Lantern Trust', load },
  ...{ hubNames: ['Broxbourne and East Herts'], weekdays: '135', termTimeOnly: false, isAtWork: true },
  ...{ leftOn: '', allocatedLately: 1, isGivable: true, awayUntil: '', coveredBy: [], covers: [] },
  ...changes
})
const aHeld = (changes: Partial<HeldFamily> = {}): HeldFamily => ({
  ...{ episodeId: newId(), familyId: newId(), reference: 'FFA-7KQ3-000001', childNames: 'Robin Vale' },
  ...{ hubName: 'Hertford', from: '2026-11-02', to: '', isCover: false, coveredName: '', closedOn: '' },
  ...changes
})

/** The desk open, with whoever has these roles at it. */
const as = (...roles: Role[]): Session =>
  'account' in session ? { ...session, account: { ...session.account, roles } } : session
async function open(path: string, answers: Partial<Bridge>, person = as('triage-manager')) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'draft.list': () => ok([]),
    ...answers
  })
  const nothing = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/keyworkers', component: KeyworkersPage },
      { path: '/keyworkers/:id', component: KeyworkerPage, props: true },
      { path: '/keyworkers/:practitionerId/:kind/:id', component: nothing },
      { path: '/assessments/:id', component: nothing },
      { path: '/directory', component: nothing }
    ]
  })
  await router.push(path)
  const { wrapper } = await show(RouterView, person, [router])
  await settled()
  return { asked, router, wrapper }
}
const openList = (answers: Partial<Bridge> = {}) =>
  open('/keyworkers', { 'keyworker.list': () => ok({ rows: [aRow()], next: '', total: 1 }), ...answers })
const openOne = (record: KeyworkerRecord, answers: Partial<Bridge> = {}, person = as('triage-manager')) =>
  open(`/keyworkers/${PRIYA}`, { 'keyworker.read': () => ok(record), ...answers }, person)

describe('the list of keyworkers', () => {
  it('says of each what they hold, when they work and what is so today', async () => {
    const { wrapper } = await openList({
      'keyworker.list': () =>
        ok({
          next: '',
          total: 2,
          rows: [
            aRow({
              load: { held: 9, covering: 0, capacity: 7.2, percent: 125 },
              awayUntil: '2026-11-27',
              coveredBy: ['Ann Dean']
            }),
            aRow({ id: newId(), name: 'Sam Okoro', weekdays: '', hubNames: [] })
          ]
        })
    })
    const [, first, second] = wrapper.findAll('tr').map((row) => row.text())
    expect(first).toContain('9 of 7.2 families, 125%')
    expect(first).toContain('Over')
    expect(first).toContain('Mon Wed Fri')
    expect(first).toContain('Away until 27 November 2026')
    expect(first).toContain('Covered by Ann Dean')
    expect(second).toContain('Nobody has said')
    expect(second).not.toContain('Over')
  })

  it('asks anew when it is narrowed, and comes back as it was left', async () => {
    const first = await openList()
    await field(first.wrapper, 'Order').setValue('load')
    await field(first.wrapper, 'Show').setValue('left')
    await settled()
    expect(first.asked('keyworker.list').at(-1)).toEqual({
      ...everybody,
      sort: 'load',
      hasLeft: true,
      after: ''
    })
    document.body.innerHTML = ''
    const second = await openList()
    expect(second.asked('keyworker.list')[0]).toMatchObject({ sort: 'load', hasLeft: true })
  })

  it('goes on to the next page, and says how many there are', async () => {
    const { wrapper, asked } = await openList({
      'keyworker.list': (input) =>
        ok(
          input.after === ''
            ? { rows: [aRow()], next: PRIYA, total: 2 }
            : { rows: [aRow({ id: newId(), name: 'Sam Okoro' })], next: '', total: 2 }
        )
    })
    expect(wrapper.text()).toContain('1 of 2 keyworkers')
    await button(wrapper, 'Show more').trigger('click')
    await settled()
    expect(asked('keyworker.list').at(-1)).toMatchObject({ after: PRIYA })
    expect(wrapper.text()).toContain('2 keyworkers')
  })

  it('says so where nobody matches, nobody is there, or it could not be read', async () => {
    const empty = await openList({ 'keyworker.list': () => ok({ rows: [], next: '', total: 0 }) })
    expect(empty.wrapper.text()).toContain('No keyworker is registered yet')
    await field(empty.wrapper, 'Show').setValue('left')
    await settled()
    await button(empty.wrapper, 'Show everybody').trigger('click')
    await settled()
    expect(empty.asked('keyworker.list').at(-1)).toEqual({ ...everybody, after: '' })
    document.body.innerHTML = ''
    const failed = await openList({ 'keyworker.list': () => no({ code: 'fault', reference: '7F3A' }) })
    expect(button(failed.wrapper, 'Try again').exists()).toBe(true)
  })

  it('goes from a hub to its keyworkers, the heaviest load first', async () => {
    const hub = { id: newId(), name: 'Hertford', keyworkers: 3, load }
    const { wrapper, asked } = await openList({
      'keyworker.compare': () =>
        ok({
          hubs: [hub, { ...hub, id: '', name: '' }],
          employers: [{ ...hub, id: newId(), name: 'Lantern Trust' }]
        })
    })
    await button(wrapper, 'Of each hub and agency').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('The load of Hertford, 28%.')
    await button(wrapper, 'Hertford').trigger('click')
    await settled()
    expect(asked('keyworker.list').at(-1)).toEqual({ ...everybody, hubId: hub.id, sort: 'load', after: '' })
    await button(wrapper, 'Of each hub and agency').trigger('click')
    await settled()
    await button(wrapper, 'No local hub').trigger('click')
    await settled()
    expect(asked('keyworker.list').at(-1)).toEqual({ ...everybody, hubId: NO_HUB, sort: 'load', after: '' })
  })
})

describe('a keyworker', () => {
  it('has families of now and to come, and only the number of those that are not open', async () => {
    const { wrapper } = await openOne(
      aKeyworker({ hidden: 2, holds: [aHeld(), aHeld({ reference: 'FFA-7KQ3-000002', from: '2026-12-03' })] })
    )
    expect(wrapper.text()).toContain('2 families are not open to you.')
    expect(wrapper.find('table').text()).toContain('FFA-7KQ3-000001')
    expect(wrapper.text()).toContain('Families to come')
  })

  it('is of five days where nobody said when they work, and of the pattern of today where somebody did', async () => {
    const unsaid = await openOne(aKeyworker())
    expect(unsaid.wrapper.text()).toContain(
      'They count as working Monday to Friday, with room for 12 families'
    )
    document.body.innerHTML = ''
    const pattern = {
      ...{ id: newId(), practitionerId: PRIYA, weekdays: '135', termTimeOnly: true, fullTimeFamilies: 12 },
      ...{ districts: ['E07000242'], recordedAt: MONDAY, byName: 'Blake Oduya' }
    }
    const { wrapper } = await openOne(
      aKeyworker({
        patterns: [
          { ...pattern, id: newId(), validFrom: '2026-12-01', weekdays: '12345', termTimeOnly: false },
          { ...pattern, validFrom: '2026-11-01' }
        ]
      })
    )
    expect(wrapper.text()).toContain('Monday, Wednesday and Friday, in term time only')
    expect(wrapper.text()).toContain('7.2 families: 12 at five days a week × 3 ÷ 5')
    expect(wrapper.find('details').text()).toContain('To come')
  })

  it('says when they work from a day on, and keeps what was typed where it is refused', async () => {
    const { wrapper, asked } = await openOne(aKeyworker(), {
      'keyworker.savePattern': () =>
        no({ code: 'invalid', fields: [{ path: 'districts', message: 'Choose districts from the list' }] })
    })
    await button(wrapper, 'Change when they work').trigger('click')
    await field(wrapper, 'Families they could hold at five days a week').setValue('many')
    await submit(wrapper)
    expect(asked('keyworker.savePattern')).toEqual([])
    expect(wrapper.text()).toContain('Enter a whole number')
    await field(wrapper, 'Families they could hold at five days a week').setValue('8')
    await field(wrapper, 'From').setValue('1/12/2026')
    await submit(wrapper)
    expect(asked('keyworker.savePattern')).toMatchObject([
      {
        practitionerId: PRIYA,
        validFrom: '2026-12-01',
        weekdays: '12345',
        fullTimeFamilies: 8,
        districts: []
      }
    ])
    expect(wrapper.text()).toContain('Choose districts from the list')
    expect(
      (field(wrapper, 'Families they could hold at five days a week').element as HTMLInputElement).value
    ).toBe('8')
  })

  it('is booked away for one day where no last one is given', async () => {
    const { wrapper, asked } = await openOne(aKeyworker(), { 'keyworker.bookAbsence': () => ok(null) })
    await button(wrapper, 'Book an absence').trigger('click')
    await field(wrapper, 'First day').setValue('24/11/2026')
    await field(wrapper, 'Training').setValue(true)
    await submit(wrapper)
    expect(asked('keyworker.bookAbsence')).toMatchObject([
      { practitionerId: PRIYA, kind: 'training', fromDay: '2026-11-24', toDay: '2026-11-24' }
    ])
    expect(wrapper.text()).toContain('Booked away on 24 November 2026')
  })

  it('has absences and acts only for whoever may', async () => {
    const { wrapper } = await openOne(aKeyworker({ holds: [aHeld()] }), {}, as('adviser'))
    expect(wrapper.text()).not.toContain('Absences')
    for (const act of ['Arrange cover', 'Give all families to others', 'They leave', 'Change when they work'])
      expect(wrapper.text()).not.toContain(act)
  })

  it('leaves only without families: the refusal stands at the day, and the way on is one press away', async () => {
    const message = 'They hold 1 family after that day. Give all families to others first'
    const { wrapper, asked, router } = await openOne(aKeyworker({ holds: [aHeld()] }), {
      'keyworker.close': () => no({ code: 'invalid', fields: [{ path: 'leftOn', message }] })
    })
    await button(wrapper, 'They leave').trigger('click')
    await field(wrapper, 'Why they leave').setValue('A post elsewhere')
    await submit(wrapper)
    expect(asked('keyworker.close')).toEqual([
      { practitionerId: PRIYA, leftOn: '2026-11-23', why: 'A post elsewhere', rowVersion: 4 }
    ])
    expect(wrapper.text()).toContain(message)
    await button(wrapper, 'Give all families to others').trigger('click')
    await settled()
    expect(router.currentRoute.value.path).toMatch(new RegExp(`^/keyworkers/${PRIYA}/reassignment/`))
  })

  it('goes on with a cover that was begun', async () => {
    const begun = {
      id: newId(),
      kind: 'cover' as const,
      savedAt: MONDAY,
      title: '',
      familyId: '',
      episodeId: ''
    }
    const { wrapper, router } = await openOne(aKeyworker({ hidden: 1 }), {
      'draft.list': () => ok([{ ...begun, practitionerId: PRIYA, stepDownId: '', meetingId: '', callId: '' }])
    })
    await button(wrapper, 'Arrange cover').trigger('click')
    await settled()
    expect(router.currentRoute.value.path).toBe(`/keyworkers/${PRIYA}/cover/${begun.id}`)
  })

  it('has left: no load, no acts, and can go on', async () => {
    const { wrapper, asked } = await openOne(
      aKeyworker({ leftOn: '2026-11-20', leftWhy: 'A post elsewhere' }),
      {
        'keyworker.close': () => ok(null)
      }
    )
    expect(wrapper.text()).toContain('Has left: last day 20 November 2026')
    expect(wrapper.text()).not.toContain('Load today')
    await button(wrapper, 'They go on after all').trigger('click')
    await field(wrapper, 'Why they go on').setValue('Stays after all')
    await submit(wrapper)
    expect(asked('keyworker.close')).toMatchObject([{ leftOn: '', why: 'Stays after all' }])
    expect(wrapper.text()).toContain('Priya Shah goes on')
  })
})

describe('words', () => {
  it('of days and loads', () => {
    expect([daysWords('12345'), daysWords('15'), daysWords('3')]).toEqual([
      'Monday to Friday',
      'Monday and Friday',
      'Wednesday'
    ])
    expect(shortDays('17')).toBe('Mon Sun')
    expect(loadWords({ held: 1, covering: 0, capacity: 1, percent: 100 })).toBe('1 of 1 family, 100%')
  })

  it('of today: a day off is said only of whoever is not away', () => {
    const words = (changes: Partial<KeyworkerRow>) => todayWords(aRow(changes)).map((each) => each.words)
    expect(words({})).toEqual([])
    expect(words({ isAtWork: false })).toEqual(['Day off'])
    expect(words({ isAtWork: false, awayUntil: '2026-11-27' })).toEqual(['Away until 27 November 2026'])
    expect(words({ leftOn: '2026-11-30', isGivable: false })).toEqual(['Last day 30 November 2026'])
    expect(words({ isGivable: false, covers: ['Ann Dean', 'Sam Okoro'] })).toEqual([
      'Cannot be given a family',
      'Covers Ann Dean, Sam Okoro'
    ])
  })

  it('of groups: those who belong to none are not compared', () => {
    const group = (id: string, name: string, percent: number) => ({ id, name, load: { ...load, percent } })
    expect(describeGroups([])).toBe('')
    expect(describeGroups([group('a', 'Hertford', 90), group('', 'No local hub', 20)])).toBe(
      'The load of Hertford, 90%.'
    )
    expect(describeGroups([group('a', 'Hertford', 90), group('b', 'Watford', 20)])).toBe(
      'The heaviest load is that of Hertford, 90%. The lightest is that of Watford, 20%.'
    )
  })

  it('of a chart: what is over 100% has stripes of its own', () => {
    const chart = loadChart([
      { name: 'Hertford', load: { ...load, percent: 112 } },
      { name: 'Watford', load }
    ])
    const colours = Object.fromEntries(
      ['ink', 'muted', 'rule', 'surface', 'pale', 'strong', 'second', 'third', 'fourth'].map((name) => [
        name,
        '#000'
      ])
    ) as unknown as Parameters<typeof chart>[1]
    const { series } = chart(600, colours) as { series: [{ data: { value: number; itemStyle?: object }[] }] }
    expect(series[0].data.map(({ value, itemStyle }) => [value, itemStyle !== undefined])).toEqual([
      [112, true],
      [28, false]
    ])
  })
})
