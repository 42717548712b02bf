import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { otherKinds, outcomes } from '../../shared/call/call.ts'
import { describeChange } from '../../shared/setting/change.ts'
import { inForce, rulesOn } from '../../shared/setting/inForce.ts'
import { settingProblems } from '../../shared/setting/problems.ts'
import { COUNTY_HUB_ID, seedSettings } from '../../shared/setting/seeds.ts'
import {
  settingKinds,
  settingValues,
  type Setting,
  type SettingKind,
  type SettingValue
} from '../../shared/setting/setting.ts'
import { addDays, weekday } from '../../shared/time/london.ts'

const seeds = seedSettings()
const today = '2026-11-23'

/** What is in force of one kind, for a test to start from. */
function seeded<K extends SettingKind>(kind: K, key: string): SettingValue<K> {
  const row = inForce(seeds, kind, today).find((one) => one.key === key)
  if (!row) throw new Error(`${kind} ${key} is not seeded`)
  return row.value
}

const locking = (id: string, validFrom: string, validTo = '', recordedAt = '2026-11-01T10:00:00.000Z') =>
  ({
    id,
    kind: 'locking',
    key: 'desk',
    value: { idleMinutes: 5, callMinutes: 5 },
    validFrom,
    validTo,
    provisional: false,
    source: 'test',
    recordedAt
  }) satisfies Setting

describe('settings that change with time', () => {
  const idOn = (rows: Setting[], on: string) => inForce(rows, 'locking', on).map((row) => row.id)

  it('a row holds from its first day to its last, both included', () => {
    const rows = [locking('a', '2026-11-10', '2026-11-20')]
    expect(idOn(rows, '2026-11-09')).toEqual([])
    expect(idOn(rows, '2026-11-10')).toEqual(['a'])
    expect(idOn(rows, '2026-11-20')).toEqual(['a'])
    expect(idOn(rows, '2026-11-21')).toEqual([])
  })

  it('the later start wins, and the one before holds again when it ends', () => {
    const rows = [locking('b', '2026-11-10', '2026-11-20'), locking('a', '2026-01-01')]
    expect(idOn(rows, '2026-11-09')).toEqual(['a'])
    expect(idOn(rows, '2026-11-15')).toEqual(['b'])
    expect(idOn(rows, '2026-11-21')).toEqual(['a'])
  })

  it('of two from the same day the later recorded wins, then the greater id', () => {
    const early = locking('z', '2026-11-10', '', '2026-11-01T10:00:00.000Z')
    const late = locking('a', '2026-11-10', '', '2026-11-01T10:00:00.001Z')
    expect(idOn([late, early], '2026-11-10')).toEqual(['a'])
    expect(idOn([early, { ...early, id: 'b' }], '2026-11-10')).toEqual(['z'])
  })

  it('holds one row for each key, whatever the order they are read in', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-11-01', days))
    const row = fc
      .record({
        id: fc.uuid(),
        key: fc.constantFrom('a', 'b'),
        validFrom: day,
        validTo: fc.oneof(fc.constant(''), day),
        second: fc.integer({ min: 0, max: 3 })
      })
      .map(({ second, key, ...rest }) => ({
        ...locking(rest.id, rest.validFrom, rest.validTo, `2026-11-01T10:00:00.00${second}Z`),
        key
      }))
    fc.assert(
      fc.property(fc.array(row), day, (rows, on) => {
        const now = inForce(rows, 'locking', on)
        expect(new Set(now.map((one) => one.key)).size).toBe(now.length)
        expect(inForce(rows.toReversed(), 'locking', on)).toEqual(now)
        for (const one of now)
          expect(one.validFrom <= on && (one.validTo === '' || on <= one.validTo)).toBe(true)
      })
    )
  })

  it('the version of the rules is the same list of ids on every computer', () => {
    expect(rulesOn(seedSettings(), today).settingIds).toEqual(rulesOn(seeds.toReversed(), today).settingIds)
    const changed = [...seeds, locking('ffffffff-0000-7000-8000-000000000000', '2026-12-01')]
    expect(rulesOn(changed, '2026-11-30').settingIds).toEqual(rulesOn(seeds, today).settingIds)
    expect(rulesOn(changed, '2026-12-01').settingIds).not.toEqual(rulesOn(seeds, today).settingIds)
  })

  it('without any row nobody is let in, and the danger numbers are still read out (R8)', () => {
    const rules = rulesOn([], today)
    expect(rules.hubCallers).toEqual({ callers: [], others: [] })
    expect(rules.openingHours.monday).toBeNull()
    expect(rules.settingIds).toEqual([])
    for (const kind of otherKinds) expect(rules.signposts[kind]).toContain('0300 123 4043')
  })
})

describe('seeds', () => {
  const rules = rulesOn(seeds, today)

  it('every value is one that its kind takes, and every id is used once', () => {
    for (const row of seeds) {
      expect(settingValues[row.kind].safeParse(row.value).error, `${row.kind} ${row.key}`).toBeUndefined()
      expect(row.source).not.toBe('')
    }
    expect(new Set(seeds.map((row) => row.id)).size).toBe(seeds.length)
    // no document gives the days of school terms
    expect(new Set(seeds.map((row) => row.kind))).toEqual(
      new Set(settingKinds.filter((kind) => kind !== 'term'))
    )
  })

  it('every value would be taken as a change', () => {
    for (const { kind, key, value } of seeds) {
      expect(settingProblems(kind, key, value, '2019-12-01', '', '2019-12-01')).toEqual([])
    }
  })

  it('R15: outcomes have the words of the call form, in its order', () => {
    expect(rules.outcomes.map((outcome) => outcome.key)).toEqual([...outcomes])
    expect(rules.outcomes.map((outcome) => outcome.name)).toEqual([
      'Advice only',
      'Complete the Child Protection Contact Form',
      'Urgent referral by telephone',
      'Start or continue a Families First Assessment',
      'Signposted',
      'Turned away',
      'Call back promised'
    ])
  })

  it('R10: levels are provisional and carry no number', () => {
    expect(rules.levels.map((level) => level.name)).toEqual([
      'Universal',
      'Targeted',
      'Intensive',
      'Specialist or statutory'
    ])
    for (const level of rules.levels) {
      expect(`${level.name} ${level.description}`).not.toMatch(/\d/)
      expect(rules.provisional).toContain(`level-of-need/${level.key}`)
    }
  })

  it('R13: schools and keyworkers may use the hub, nobody else', () => {
    expect(rules.hubCallers).toEqual({ callers: ['school', 'keyworker'], others: [] })
    expect(rules.lines['consultation-hub']).toEqual({ name: 'Consultation Hub', anyone: false })
    expect(rules.lines['advice-line']).toEqual({ name: 'Advice line', anyone: true })
    expect(rules.lines.coordinator).toEqual({ name: 'Coordinator', anyone: true })
  })

  it('R8, R17: numbers are those of the documents', () => {
    const numbers = Object.entries(rules.numbers).map(([key, { number }]) => [key, number])
    expect(Object.fromEntries(numbers)).toEqual({
      police: '999',
      'childrens-services': '0300 123 4043',
      'child-abuse-investigation-unit': '101',
      'consultation-hub': '01438 737511',
      helpdesk: '01438 737575',
      'early-help-advice-line': ''
    })
    expect(rules.provisional).toContain('contact-number/early-help-advice-line')
  })

  it('domain E: ten districts, each in one of five hubs, and the county for the rest', () => {
    expect(rules.districts.map(({ key, name }) => `${name} ${key}`)).toEqual([
      'Broxbourne E07000095',
      'Dacorum E07000096',
      'East Hertfordshire E07000242',
      'Hertsmere E07000098',
      'North Hertfordshire E07000099',
      'St Albans E07000240',
      'Stevenage E07000243',
      'Three Rivers E07000102',
      'Watford E07000103',
      'Welwyn Hatfield E07000241'
    ])
    expect(rules.hubs).toHaveLength(6)
    for (const hub of rules.hubs) {
      const members = rules.districts.filter((district) => district.hubId === hub.key)
      expect(members).toHaveLength(hub.key === COUNTY_HUB_ID ? 0 : 2)
    }
    const unsure = rules.hubs.filter((hub) => rules.provisional.includes(`local-hub/${hub.key}`))
    expect(unsure.map((hub) => hub.name)).toEqual(['Broxbourne and East Herts', 'Dacorum and St Albans'])
  })

  it('domain E: eight bank holidays in each year, none at a weekend', () => {
    const holidays = seeds.filter((row) => row.kind === 'closed-day').map((row) => row.key)
    for (const year of ['2025', '2026', '2027', '2028']) {
      expect(holidays.filter((date) => date.startsWith(year))).toHaveLength(8)
    }
    for (const date of holidays) expect(['saturday', 'sunday']).not.toContain(weekday(date))
  })
})

describe('a change of a setting is checked', () => {
  const value = { idleMinutes: 15, callMinutes: 30 }
  const paths = (...args: Parameters<typeof settingProblems>) => settingProblems(...args).map((p) => p.path)

  it('begins today or later and does not end before it begins', () => {
    expect(paths('locking', 'desk', value, today, '', today)).toEqual([])
    expect(paths('locking', 'desk', value, '2026-11-22', '', today)).toEqual(['validFrom'])
    expect(paths('locking', 'desk', value, today, today, today)).toEqual([])
    expect(paths('locking', 'desk', value, '2026-11-25', '2026-11-24', today)).toEqual(['validTo'])
  })

  it('names the field of a value that cannot be taken', () => {
    expect(paths('locking', 'desk', { idleMinutes: 0, callMinutes: 30 }, today, '', today)).toEqual([
      'value.idleMinutes'
    ])
    const hours = { ...seeded('opening-hours', 'hub'), monday: { opens: '17:00', closes: '09:00' } }
    expect(paths('opening-hours', 'hub', hours, today, '', today)).toEqual(['value.monday.closes'])
    expect(paths('locking', 'desk', null, today, '', today)).toEqual(['value'])
  })

  it.each([
    ['closed-day', '2026-13-01', { name: 'x', bankHoliday: false }],
    ['closed-day', '2026-11-22', { name: 'x', bankHoliday: false }],
    ['locking', 'hub', value],
    ['line', 'hotline', { name: 'x', anyone: true }],
    ['outcome', 'lost', { name: 'x', order: 1 }],
    ['district', 'Watford', { name: 'x', shortName: '', hubId: COUNTY_HUB_ID }],
    ['local-hub', 'County', { name: 'x', seniorCoordinator: '', coordinator: '' }],
    ['level-of-need', 'Level 3', { name: 'x', description: '', order: 1 }]
  ] as const)('refuses the key of %s “%s”', (kind, key, given) => {
    expect(paths(kind, key, given, today, '', today)).toEqual(['key'])
  })

  it('R12: a closed day is in force on itself', () => {
    const closed = { name: 'Training', bankHoliday: false }
    expect(paths('closed-day', '2026-12-01', closed, today, '', today)).toEqual([])
    expect(paths('closed-day', '2026-12-01', closed, '2026-12-01', '2026-12-01', today)).toEqual([])
    expect(paths('closed-day', '2026-12-01', closed, '2026-12-02', '', today)).toEqual(['validFrom'])
    expect(paths('closed-day', '2026-12-01', closed, today, '2026-11-30', today)).toEqual(['validTo'])
  })

  it('R8: the swapped number is refused wherever it is typed', () => {
    const swapped = `0300 123 ${'40'}34`
    const number = { name: 'Children’s Services', number: swapped, note: '' }
    expect(paths('contact-number', 'childrens-services', number, today, '', today)).toEqual(['value'])
    expect(paths('contact-number', 'police', { ...number, number: '' }, today, '', today)).toEqual([
      'value.number'
    ])
    expect(paths('contact-number', 'helpdesk', { ...number, number: '' }, today, '', today)).toEqual([])
  })

  it('R14: a signpost keeps both numbers', () => {
    expect(paths('signpost', 'health', { text: 'Speak to your lead.' }, today, '', today)).toEqual([
      'value.text'
    ])
    expect(paths('signpost', 'health', { text: 'Call 03001234043 or 999.' }, today, '', today)).toEqual([])
  })
})

describe('the preview of a change', () => {
  const from = '2027-03-01'

  it('R12: says what changes in the hours and on which days', () => {
    const before = seeded('opening-hours', 'hub')
    const sooner = { opens: '09:00', closes: '16:30' }
    const after = { ...before, monday: sooner, tuesday: sooner, wednesday: sooner, friday: null }
    expect(describeChange('opening-hours', before, after, from)).toEqual([
      'From Monday 1 March 2027: closes 16:30 instead of 17:00, Monday to Wednesday',
      'From Monday 1 March 2027: closed instead of 9:00 to 16:00, Friday'
    ])
    const weekend = { ...before, saturday: sooner, thursday: { opens: '10:00', closes: '18:00' } }
    expect(describeChange('opening-hours', before, weekend, from)).toEqual([
      'From Monday 1 March 2027: opens 10:00 instead of 9:00, closes 18:00 instead of 17:00, Thursday',
      'From Monday 1 March 2027: open 9:00 to 16:30 instead of closed, Saturday'
    ])
    const apart = { ...before, monday: sooner, tuesday: sooner, thursday: sooner }
    expect(describeChange('opening-hours', before, apart, from)).toEqual([
      'From Monday 1 March 2027: closes 16:30 instead of 17:00, Monday, Tuesday and Thursday'
    ])
  })

  it('R12: names the day of a closure', () => {
    const closure = { name: 'Training day', bankHoliday: false }
    expect(describeChange('closed-day', undefined, closure, today, from)).toEqual([
      'On Monday 1 March 2027: closed, Training day'
    ])
  })

  it('R13: says who may use the hub and who no longer may', () => {
    const before = seeded('hub-callers', 'hub')
    expect(
      describeChange('hub-callers', before, { callers: ['school'], others: ['early-years'] }, from)
    ).toEqual([
      'From Monday 1 March 2027: keyworkers with an open Families First Assessment may no longer use the hub',
      'From Monday 1 March 2027: early years settings may use the hub'
    ])
  })

  it('R17: says a number and the one before it', () => {
    const before = seeded('contact-number', 'helpdesk')
    expect(describeChange('contact-number', before, { ...before, number: '01632 960123' }, from)).toEqual([
      'From Monday 1 March 2027: the number of Families First Helpdesk is 01632 960123 instead of 01438 737575'
    ])
    expect(describeChange('contact-number', before, { ...before, number: '' }, from)).toEqual([
      'From Monday 1 March 2027: the number of Families First Helpdesk is left empty instead of 01438 737575'
    ])
  })

  it('says so when nothing changes', () => {
    for (const { kind, value, key } of seeds.filter((row) => row.kind !== 'closed-day')) {
      expect(describeChange(kind, value, value, from, key)).toEqual([
        'From Monday 1 March 2027: nothing changes'
      ])
    }
  })

  it('has a line for a first value of every kind', () => {
    for (const { kind, value, key } of seeds) {
      expect(describeChange(kind, undefined, value, from, key)[0]).toMatch(
        /^(From|On) \w+ \d+ \w+ \d{4}: (?!nothing)/
      )
    }
  })

  it('R10, R41, R56: has plain words for the rest', () => {
    const line = seeded('line', 'advice-line')
    expect(describeChange('line', line, { name: 'Advice', anyone: false }, from)).toEqual([
      'From Monday 1 March 2027: the line “Advice line” is called “Advice”',
      'From Monday 1 March 2027: only callers who may use the hub may call the line'
    ])
    const hub = seeded('local-hub', COUNTY_HUB_ID)
    expect(describeChange('local-hub', hub, { ...hub, coordinator: 'Ines Okafor' }, from)).toEqual([
      'From Monday 1 March 2027: its Coordinator is Ines Okafor'
    ])
    const locking = seeded('locking', 'desk')
    expect(describeChange('locking', locking, { idleMinutes: 1, callMinutes: 30 }, from)).toEqual([
      'From Monday 1 March 2027: the desk locks after 1 minute instead of 10 when nobody types'
    ])
  })
})
