import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { factOn } from '../../shared/family/fact.ts'
import { aFamily } from '../fixtures/families.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

describe('family.read', () => {
  it('tells everything of a family', async () => {
    const { id, form } = await aFamily(desk)
    const family = await desk.does('family.read', { id })
    expect(family).toMatchObject({
      reference: 'FAM-7KQ3-000001',
      restricted: false,
      agreements: [{ decision: 'given', takePart: true, agencyIds: [] }],
      episodes: [
        { reference: 'FFA-7KQ3-000001', keyworkers: [{ name: 'Priya Shah', validTo: '' }], planned: [] }
      ],
      merges: []
    })
    const [child] = form.people
    expect(new Set(family.members.map(({ role }) => role))).toEqual(new Set(['child', 'parent-carer']))
    expect(factOn(family.facts, child?.id ?? '', 'birth', '2026-11-23')?.value).toEqual({
      date: '2015-09-03'
    })
    expect(
      family.facts.every(({ recordedByName, withheld }) => recordedByName === 'Morgan Ellis' && !withheld)
    ).toBe(true)
  })

  it('is audited, and finds nothing that is not there', async () => {
    expect(await desk.run('family.read', { id: newId() })).toEqual({
      ok: false,
      error: { code: 'not-found' }
    })
  })
})

describe('family.chronology', () => {
  it('tells of everything', async () => {
    const { id } = await aFamily(desk)
    const { rows, next } = await desk.does('family.chronology', {
      id,
      kinds: [],
      personId: '',
      from: '',
      to: '',
      after: ''
    })
    expect(next).toBe('')
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(['registered', 'member', 'fact', 'agreement', 'episode', 'keyworker'])
    )
  })
})

describe('family.list', () => {
  it('has the last registered first, with what is looked for', async () => {
    const { id, reference } = await aFamily(desk)
    expect(await desk.does('family.list', { hubId: '', after: '' })).toEqual({
      rows: [
        {
          id,
          reference,
          registeredAt: desk.first.now,
          hubName: 'Broxbourne and East Herts',
          childNames: 'Robin Vale',
          restricted: false,
          keyworkerName: 'Priya Shah',
          agreement: 'given',
          nextDate: '2027-01-04'
        }
      ],
      next: ''
    })
  })
})
