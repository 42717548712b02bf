import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setting } from '../../db/schema/index.ts'
import { changeSetting } from '../../electron/setting/changeSetting.ts'
import { settingsInRecord } from '../../electron/setting/listSettings.ts'
import { rulesVersion } from '../../electron/setting/rulesVersion.ts'
import type { Result } from '../../shared/errors.ts'
import { newId, type CivilDate } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { hoursOn } from '../../shared/setting/hours.ts'
import { inForce, rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type { Setting, SettingValue } from '../../shared/setting/setting.ts'
import { addDays } from '../../shared/time/london.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const TODAY = '2026-11-23'
type Change = Input<'setting.change'>

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  desk.close()
})

const settings = async () => (await desk.does('setting.list', {})).settings
const rules = async (on: CivilDate) => rulesOn(await settings(), on)
const hours = (closes: string): SettingValue<'opening-hours'> => {
  const day = { opens: '09:00', closes }
  return {
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: null,
    sunday: null
  }
}
const change = (wanted: Partial<Change>): Change => ({
  id: newId(),
  kind: 'opening-hours',
  key: 'hub',
  value: hours('16:30'),
  validFrom: '2027-03-01',
  validTo: '',
  ...wanted
})
const closesOn = async (on: CivilDate) => hoursOn(await settings(), on)?.closes
const paths = (result: Result<unknown>) =>
  !result.ok && result.error.code === 'invalid' ? result.error.fields.map(({ path }) => path) : result
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })

describe('the settings of a new record', () => {
  it('are the documents’ values, provisional where nobody has confirmed them', async () => {
    const { hubCallers, districts, hubs, levels, provisional } = await rules(TODAY)
    expect(hubCallers).toEqual({ callers: ['school', 'keyworker'], others: [] })
    expect([districts.length, hubs.length, levels.length]).toEqual([10, 6, 4])
    expect(provisional).toContain('contact-number/early-help-advice-line')
    expect(provisional).not.toContain('opening-hours/hub')
  })

  it('can be read by everyone at the desk and changed by an administrator only', async () => {
    const helpdesk = desk.actor('helpdesk')
    expect((await desk.run('setting.list', {}, helpdesk)).ok).toBe(true)
    const before = await settings()
    for (const role of ['adviser', 'triage-manager', 'coordinator', 'helpdesk', 'auditor'] as const) {
      const result = await desk.run('setting.change', change({}), desk.actor(role))
      expect(result).toMatchObject({ error: { code: 'not-allowed' } })
    }
    expect(await settings()).toEqual(before)
  })
})

describe('a change', () => {
  it('holds from its day and leaves every day before as it was', async () => {
    await desk.does('setting.change', change({}))
    expect(await closesOn('2027-02-26')).toBe('16:00')
    expect(await closesOn('2027-02-25')).toBe('17:00')
    expect(await closesOn('2027-03-01')).toBe('16:30')
  })

  it('that is undone was never made, and one that came another way is seen at once', async () => {
    const inRecord = () => desk.store.write(settingsInRecord)
    const before = await inRecord()
    expect(await inRecord()).toBe(before)
    const undone = desk.store.write(async (tx) => {
      await changeSetting(tx, change({}), desk.first)
      expect(await settingsInRecord(tx)).toHaveLength(before.length + 1)
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    expect(await inRecord()).toEqual(before)
    // as a row of another desk would replace one: nothing but what it says has changed
    await desk.store.write((tx) =>
      tx.update(setting).set({ validTo: '2027-06-30' }).where(eq(setting.id, before[0]!.id))
    )
    expect((await inRecord())[0]?.validTo).toBe('2027-06-30')
  })

  it('with a last day gives way to what was in force before', async () => {
    await desk.does('setting.change', change({ validFrom: '2026-12-21', validTo: '2026-12-24' }))
    expect(await closesOn('2026-12-24')).toBe('16:30')
    expect(await closesOn('2026-12-29')).toBe('17:00')
  })

  it('replaces a planned one from the same day', async () => {
    await desk.does('setting.change', change({}))
    const later = { ...desk.first, now: '2026-11-23T10:00:01.000Z' }
    await desk.does('setting.change', change({ value: hours('15:00') }), later)
    expect(await closesOn('2027-03-01')).toBe('15:00')
  })

  it('gives the rules a version of their own from its day on', async () => {
    const versionOn = async (on: CivilDate) => rulesVersion(await rules(on))
    const before = await versionOn('2027-03-01')
    expect(before).toMatch(/^[0-9a-f]{16}$/)
    await desk.does('setting.change', change({}))
    expect(await versionOn('2027-02-28')).toBe(before)
    expect(await versionOn('2027-03-01')).not.toBe(before)
  })

  it('made twice under the same id is made once', async () => {
    const once = change({})
    const first = await desk.does('setting.change', once)
    expect(await desk.does('setting.change', once)).toEqual(first)
    expect(await desk.run('setting.change', { ...once, validTo: '2027-04-01' })).toEqual(
      refused('clashing-id')
    )
    const { rows } = await desk.does(
      'audit.list',
      { actorId: '', subjectId: once.id, operation: '', from: '', to: '', after: '' },
      desk.actor('auditor')
    )
    expect(rows.map(({ result }) => result)).toEqual(['refused', 'done'])
  })

  it('is refused next to the field that is wrong', async () => {
    const at = async (wanted: Partial<Change>) => paths(await desk.run('setting.change', change(wanted)))
    expect(await at({ validFrom: '2026-11-22' })).toEqual(['validFrom'])
    expect(await at({ validTo: '2027-02-28' })).toEqual(['validTo'])
    expect(await at({ value: hours('08:00') })).toContain('value.monday.closes')
    expect(await at({ value: { ...hours('16:00'), noon: 'x' } })).toEqual(['value'])
    expect(await at({ key: 'elsewhere' })).toEqual(['key'])
    const misprint = ['0300', '123', '4043'.replace('43', '34')].join(' ')
    const number = { name: 'Children’s Services', number: misprint, note: '' }
    expect(await at({ kind: 'contact-number', key: 'childrens-services', value: number })).toEqual(['value'])
  })

  it('cannot put a district into a hub that is not there', async () => {
    const value = { name: 'Watford', shortName: '', hubId: newId() }
    const result = await desk.run('setting.change', change({ kind: 'district', key: 'E07000103', value }))
    expect(paths(result)).toEqual(['value.hubId'])
  })
})

describe('ending', () => {
  const find = async (kind: string, key: string) => {
    const found = (await settings()).find((row) => row.kind === kind && row.key === key)
    if (!found) throw new Error(`No ${kind}/${key}`)
    return found
  }
  const end = (id: string, lastDay: CivilDate) => desk.run('setting.end', { id, lastDay })

  it('takes back a planned change, and what it would have replaced stays', async () => {
    const { id } = await desk.does('setting.change', change({}))
    await desk.does('setting.end', { id, lastDay: TODAY })
    expect(await closesOn('2027-03-01')).toBe('17:00')
    expect((await settings()).some((row) => row.id === id)).toBe(false)
  })

  it('ends a level after its last day, with every older value of it', async () => {
    const level = { kind: 'level-of-need', key: 'targeted' } as const
    const value = { name: 'Early help', description: '', order: 1 }
    const { id } = await desk.does('setting.change', change({ ...level, value, validFrom: TODAY }))
    await desk.does('setting.end', { id, lastDay: '2026-12-31' })
    const names = async (on: CivilDate) => (await rules(on)).levels.map(({ name }) => name)
    expect(await names('2026-12-31')).toContain('Early help')
    expect(await names('2027-01-01')).toEqual(['Universal', 'Intensive', 'Specialist or statutory'])
  })

  it('never changes a day that is over', async () => {
    const { id } = await find('level-of-need', 'targeted')
    expect(await end(id, '2026-11-22')).toEqual(refused('setting-in-the-past'))
    expect(await end(id, '2026-11-30')).toMatchObject({ ok: true })
    expect(paths(await end(id, '2026-12-31'))).toEqual(['lastDay'])
  })

  it('is refused while something still uses it, or where it is the last level', async () => {
    const { value } = await find('district', 'E07000103')
    const hub = await find('local-hub', (value as SettingValue<'district'>).hubId)
    expect(await end(hub.id, '2027-03-31')).toEqual(refused('setting-still-used'))
    expect(await end((await find('local-hub', COUNTY_HUB_ID)).id, TODAY)).toEqual(
      refused('setting-still-used')
    )
    expect(await end((await find('opening-hours', 'hub')).id, TODAY)).toEqual(refused('setting-still-used'))
    for (const key of ['universal', 'targeted', 'intensive']) {
      await desk.does('setting.end', { id: (await find('level-of-need', key)).id, lastDay: TODAY })
    }
    const last = await find('level-of-need', 'specialist')
    expect(await end(last.id, TODAY)).toEqual(refused('setting-still-used'))
  })

  it('lets a hub go once its districts belong to another', async () => {
    const hub = await find('local-hub', (await rules(TODAY)).districts[0]?.hubId ?? '')
    for (const { key, hubId, ...value } of (await rules(TODAY)).districts) {
      if (hubId !== hub.key) continue
      const moved = { ...value, hubId: COUNTY_HUB_ID }
      await desk.does(
        'setting.change',
        change({ kind: 'district', key, value: moved, validFrom: '2027-04-01' })
      )
    }
    expect(await end(hub.id, '2027-03-30')).toEqual(refused('setting-still-used'))
    expect(await end(hub.id, '2027-03-31')).toMatchObject({ ok: true })
  })

  it('opens the desk on a day that is no longer closed', async () => {
    const { id } = await find('closed-day', '2027-01-01')
    await desk.does('setting.end', { id, lastDay: TODAY })
    expect(await closesOn('2027-01-01')).toBe('16:00')
  })
})

it('any run of changes and endings leaves one value in force for what is needed, and the past alone', async () => {
  const day = fc.integer({ min: 0, max: 20 })
  const steps = fc.array(
    fc.oneof(
      fc.record({
        do: fc.constant('change' as const),
        from: day,
        length: fc.option(day),
        minute: fc.nat(59)
      }),
      fc.record({ do: fc.constant('end' as const), which: fc.nat(30), last: day })
    ),
    { maxLength: 12 }
  )
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const own = await openTestDesk()
      try {
        const at = (index: number) => ({
          ...own.first,
          now: new Date(Date.UTC(2026, 10, 23, 10, 0, index)).toISOString()
        })
        const list = async () => (await own.does('setting.list', {})).settings
        const yesterdays = (rows: Setting[]) =>
          inForce(rows, 'opening-hours', addDays(TODAY, -1)).map(({ id, value }) => ({ id, value }))
        const before = yesterdays(await list())
        for (const [index, step] of sequence.entries()) {
          if (step.do === 'change') {
            const validFrom = addDays(TODAY, step.from)
            const validTo = step.length === null ? '' : addDays(validFrom, step.length)
            const value = hours(`16:${String(step.minute).padStart(2, '0')}`)
            const wanted = change({ value, validFrom, validTo })
            await own.does('setting.change', wanted, at(index))
            // what was asked for is what holds, on its first day
            expect(inForce(await list(), 'opening-hours', validFrom)[0]?.id).toBe(wanted.id)
          } else {
            const rows = (await list()).filter(({ kind }) => kind === 'opening-hours')
            const row = rows[step.which % rows.length]
            if (row)
              await own.run('setting.end', { id: row.id, lastDay: addDays(TODAY, step.last) }, at(index))
          }
          const now = await list()
          for (let ahead = 0; ahead <= 45; ahead++) {
            expect(inForce(now, 'opening-hours', addDays(TODAY, ahead))).toHaveLength(1)
          }
          expect(yesterdays(now)).toEqual(before)
        }
      } finally {
        own.close()
      }
    }),
    { numRuns: 15 }
  )
})
