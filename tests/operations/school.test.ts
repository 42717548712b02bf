import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { newId } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { School } from '../../shared/school/school.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const details = {
  name: 'St Éloi’s Primary School',
  typeGroup: 'Academies',
  typeName: 'Academy converter',
  address: '1 Invented Lane',
  town: 'Hatfield',
  postcode: 'al100zz',
  district: 'E07000241',
  phone: '01632 960123',
  leadName: 'Robin Specimen'
}

const add = (more: Partial<Input<'school.add'>> = {}) =>
  desk.does('school.add', { ...details, id: newId(), toCheck: false, ...more })

function changeOf({ id, versionId, status }: School, more: Partial<Input<'school.change'>> = {}) {
  return { ...details, id, versionId: newId(), basedOn: versionId, status, ...more }
}

const found = async (text: string, includeClosed = false) =>
  (await desk.does('school.search', { text, includeClosed })).map(({ name }) => name)

describe('a school in the directory', () => {
  it('is added with its postcode tidied and its district named', async () => {
    const school = await add()
    expect(school).toMatchObject({
      ...details,
      postcode: 'AL10 0ZZ',
      districtName: 'Welwyn Hatfield',
      urn: '',
      status: 'open',
      toCheck: false
    })
    expect(await desk.does('school.read', { id: school.id })).toEqual(school)
  })

  it('belongs to the local hub of its district, or to the County', async () => {
    await add()
    await add({ district: '' })
    const hubs = desk.store.reader.prepare('SELECT DISTINCT hub_id FROM school').all()
    expect(hubs).toHaveLength(2)
  })

  it('is added once, however often the same is sent', async () => {
    const id = newId()
    const first = await add({ id })
    expect(await add({ id })).toEqual(first)
    expect(await desk.run('school.add', { ...details, id, name: 'Another', toCheck: false })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect(desk.store.reader.prepare('SELECT count(*) AS n FROM school').get()).toEqual({ n: 1 })
  })

  it('refuses a district that there is none of, next to its field', async () => {
    expect(
      await desk.run('school.add', { ...details, id: newId(), toCheck: false, district: 'E07000999' })
    ).toMatchObject({ ok: false, error: { code: 'invalid', fields: [{ path: 'district' }] } })
  })

  it('is to be checked when anyone but an administrator adds it', async () => {
    const input = { ...details, id: newId(), toCheck: false }
    const school = await desk.does('school.add', input, desk.actor('adviser'))
    expect(school.toCheck).toBe(true)
    expect((await desk.does('school.list', { text: '', toCheck: true, after: '' })).rows).toEqual([school])
  })

  it('is checked by an administrator’s change, which keeps what was known before', async () => {
    const school = await add({ toCheck: true })
    const input = changeOf(school, { phone: '01632 960999' })
    const changed = await desk.does('school.change', input)
    expect(changed).toMatchObject({ phone: '01632 960999', toCheck: false })
    expect(await desk.does('school.change', input)).toEqual(changed)
    expect(await desk.does('school.read', { id: school.id })).toEqual(changed)
    expect(desk.store.reader.prepare('SELECT count(*) AS n FROM school').get()).toEqual({ n: 2 })
  })

  it('keeps the order of its versions when the clock is set back', async () => {
    const school = await add()
    const earlier = { ...desk.first, now: '2020-01-01T00:00:00.000Z' }
    const changed = await desk.does('school.change', changeOf(school, { name: 'Renamed' }), earlier)
    expect((await desk.does('school.read', { id: school.id })).versionId).toBe(changed.versionId)
  })

  it('loses nobody’s change: one made since refuses the next', async () => {
    const school = await add()
    await desk.does('school.change', changeOf(school, { town: 'Ware' }))
    expect(await desk.run('school.change', changeOf(school, { town: 'Tring' }))).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect((await desk.does('school.read', { id: school.id })).town).toBe('Ware')
  })

  it('is changed by an administrator only, and only where it exists', async () => {
    const school = await add()
    expect(await desk.run('school.change', changeOf(school), desk.actor('adviser'))).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
    expect(await desk.run('school.change', changeOf({ ...school, id: newId() }))).toEqual({
      ok: false,
      error: { code: 'not-found' }
    })
    expect(await desk.run('school.read', { id: newId() })).toEqual({
      ok: false,
      error: { code: 'not-found' }
    })
  })
})

describe('the search as you type', () => {
  it.each([
    'st eloi',
    'St Éloi’s',
    'eloi hatf',
    'AL10 0ZZ',
    'al100zz',
    '01632 960123',
    '01632960',
    '(01632) 960-1',
    '+44 1632 960123',
    '0044 1632 9601',
    '+44 (0)1632 960123',
    '1632960123',
    '960123'
  ])('finds it by “%s”', async (text) => {
    await add()
    await add({ name: 'Dunmere College', town: 'Ware', postcode: 'SG12 0ZZ', phone: '01632 961777' })
    expect(await found(text)).toEqual([details.name])
  })

  it.each(['', ' ', '!!!', '"', '*', 'eloi OR', 'nothing like it'])('finds nothing by “%s”', async (text) => {
    await add()
    expect(await found(text)).toEqual([])
  })

  it('puts names that begin so first, and closed schools last or nowhere', async () => {
    await add({ name: 'Upper Alder School' })
    const closed = await add({ name: 'Alder Nursery' })
    await desk.does('school.change', changeOf(closed, { name: 'Alder Nursery', status: 'closed' }))
    await add({ name: 'Alder College' })
    expect(await found('alder')).toEqual(['Alder College', 'Upper Alder School'])
    expect(await found('alder', true)).toEqual(['Alder College', 'Upper Alder School', 'Alder Nursery'])
  })

  it('goes by what is known now, not by what was', async () => {
    const school = await add()
    await desk.does('school.change', changeOf(school, { name: 'Fernhollow Academy' }))
    expect(await found('eloi')).toEqual([])
    expect(await found('fernhollow')).toEqual(['Fernhollow Academy'])
  })

  it('takes any text at all', async () => {
    await add()
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), async (text) => {
        const result = await desk.run('school.search', { text, includeClosed: true })
        expect(result.ok).toBe(true)
      }),
      { numRuns: 300 }
    )
    expect(desk.faults).toEqual([])
  })
})

describe('the list', () => {
  it('comes in pages by name, each school once', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `School ${String(1000 + ((index * 37) % 120))}`)
    for (const name of names) await add({ name })
    const seen: string[] = []
    let after = ''
    do {
      const page = await desk.does('school.list', { text: '', toCheck: false, after })
      expect(page.total).toBe(120)
      seen.push(...page.rows.map(({ name }) => name))
      after = page.next
    } while (after !== '')
    expect(seen).toEqual(names.toSorted())
  })

  it('shows only what is searched for, and nothing for a text without a word', async () => {
    await add()
    await add({ name: 'Dunmere College' })
    const list = (text: string) => desk.does('school.list', { text, toCheck: false, after: '' })
    expect((await list('dunm')).rows.map(({ name }) => name)).toEqual(['Dunmere College'])
    expect(await list('?!')).toEqual({ rows: [], next: '', total: 0 })
  })
})
