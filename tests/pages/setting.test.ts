import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldGroups, typedOf, valueOf } from '../../renderer/setting/fields.ts'
import SettingsPage from '../../renderer/setting/SettingsPage.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { settingKinds, settingValues, type Setting } from '../../shared/setting/setting.ts'
import { inBody } from './body.ts'
import { show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const open = (role: Role): Session => ({
  stage: 'open',
  trial: false,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles: [role],
    profession: 'other',
    hubIds: []
  },
  deskCode: '7KQ3',
  now: NOW
})

/** A record that remembers what it is told. */
function record(settings = seedSettings()) {
  return standInHub({
    'setting.list': () => ok({ settings: [...settings], now: NOW }),
    'setting.change': (input) => {
      const row = { ...input, provisional: false, source: 'Changed in Settings', recordedAt: NOW } as Setting
      settings.push(row)
      return ok(row)
    },
    'setting.end': ({ id }) => {
      settings.splice(
        settings.findIndex((row) => row.id === id),
        1
      )
      return ok(null)
    }
  })
}
const changes = (desk: ReturnType<typeof record>) => desk.asked('setting.change') as Input<'setting.change'>[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(NOW) })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('Settings', () => {
  it('shows what is in force, its source, and what nobody has confirmed', async () => {
    record()
    const { wrapper } = await show(SettingsPage, open('administrator'))
    expect(wrapper.get('h1').text()).toBe('Settings')
    const text = inBody.text()
    expect(text).toContain('Monday to Thursday: 9:00 to 17:00')
    expect(text).toContain('Friday: 9:00 to 16:00')
    expect(text).toContain('Saturday to Sunday: closed')
    expect(text).toContain('Christmas Day, a bank holiday')
    expect(text).toContain('0300 123 4043')
    expect(text).toContain('Provisional Not found in any document')
    expect(text).not.toContain('Provisional: ')
    expect(text).toContain(
      'Hertfordshire child protection procedures 1.4, December 2019, since 1 December 2019'
    )
    // past closed days are of no use any more
    expect(text).not.toContain('31 August 2026')
  })

  it('is read-only for anyone but an administrator', async () => {
    record()
    await show(SettingsPage, open('adviser'))
    expect(document.querySelectorAll('main button, section button')).toHaveLength(0)
    expect(inBody.text()).toContain('An administrator can change it.')
  })

  it('warns where bank holidays run out', async () => {
    record(seedSettings().filter(({ kind, key }) => kind !== 'closed-day' || key < '2027'))
    await show(SettingsPage, open('administrator'))
    expect(document.querySelector('.warn')?.textContent).toContain('28 December 2026')
  })

  it('tells what a change will do before it is saved, and what is planned after', async () => {
    const desk = record()
    await show(SettingsPage, open('administrator'))
    await inBody.press('Change opening hours')
    for (const label of document.querySelectorAll('fieldset.group')) {
      const closes = [...label.querySelectorAll('label')].find((each) => each.textContent === 'Closes')
      const input = closes && document.getElementById(closes.getAttribute('for') ?? '')
      if (input instanceof HTMLInputElement && input.value === '17:00') {
        input.value = '1630'
        input.dispatchEvent(new Event('input'))
      }
    }
    await inBody.field('From').setValue('2027-03-01')
    const line = 'From Monday 1 March 2027: closes 16:30 instead of 17:00, Monday to Thursday'
    expect(inBody.text()).toContain(line)
    expect(changes(desk)).toEqual([])
    await inBody.press('Save change')
    expect(changes(desk)).toMatchObject([
      {
        kind: 'opening-hours',
        key: 'hub',
        validFrom: '2027-03-01',
        validTo: '',
        value: { monday: { opens: '09:00', closes: '16:30' }, friday: { closes: '16:00' }, sunday: null }
      }
    ])
    expect(document.querySelector('.planned')?.textContent).toContain(line)

    await inBody.press('Take back: opening hours from Monday 1 March 2027')
    await inBody.press('Take back')
    expect(desk.asked('setting.end')).toMatchObject([{ id: changes(desk)[0]?.id }])
    expect(document.querySelector('.planned')).toBeNull()
  })

  it('does not send what is wrong, and says where it is', async () => {
    const desk = record()
    await show(SettingsPage, open('administrator'))
    await inBody.press('Change locking')
    await inBody.field('Minutes without a key or the mouse').setValue('ten')
    await inBody.field('From').setValue('2026-11-22')
    await inBody.press('Save change')
    expect(inBody.errors()).toEqual(['Enter whole minutes', 'Choose today or a later day'])
    expect(inBody.field('From').attributes('aria-invalid')).toBe('true')
    expect(changes(desk)).toEqual([])
  })

  it('adds a closure, a hub, a level and a district, each named as it must be', async () => {
    const desk = record()
    await show(SettingsPage, open('administrator'))
    await inBody.press('Add a closed day')
    await inBody.field('Day').setValue('2026-12-24')
    await inBody.field('What the day is').setValue('Training day')
    expect(inBody.text()).toContain('On Thursday 24 December 2026: closed, Training day')
    await inBody.press('Save change')
    await inBody.press('Add a level of need')
    await inBody.field('Name').setValue('Élan & more')
    await inBody.field('Place in the list').setValue('4')
    await inBody.press('Save change')
    await inBody.press('Add a district')
    await inBody.field('ONS code').setValue('E0700')
    await inBody.field('Name').setValue('Newtown')
    await inBody.press('Save change')
    expect(inBody.errors()).toContain('Enter the district’s ONS code, like E07000242')
    expect(changes(desk)).toMatchObject([
      { kind: 'closed-day', key: '2026-12-24', value: { name: 'Training day', bankHoliday: false } },
      { kind: 'level-of-need', key: 'elan-more', value: { order: 4 } }
    ])
  })

  it('says why something cannot end', async () => {
    const settings = seedSettings()
    standInHub({
      'setting.list': () => ok({ settings, now: NOW }),
      'setting.end': () => no({ code: 'refused', reason: 'setting-still-used' })
    })
    await show(SettingsPage, open('administrator'))
    expect(inBody.has('End Children’s Services')).toBe(false)
    expect(inBody.has('End County')).toBe(false)
    await inBody.press('End Watford and Three Rivers')
    await inBody.press('End')
    expect(inBody.errors()).toEqual(['This is still in use. End what uses it first.'])
  })
})

it('a form gives back the value that it was made from, for every kind', () => {
  for (const kind of settingKinds) {
    expect(fieldGroups[kind].length).toBeGreaterThan(0)
    for (const { value } of seedSettings().filter((row) => row.kind === kind)) {
      const back = valueOf(kind, typedOf(kind, value))
      expect(settingValues[kind].parse(back)).toEqual(value)
    }
  }
})
