import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { aCompleteRegistration, aFamily } from '../fixtures/families.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]

describe('family.register (R22)', () => {
  it('keeps people, facts, agreement and assessment in one act', async () => {
    const { reference } = await aFamily(desk)
    expect(reference).toBe('FAM-7KQ3-000001')
    expect(rows('SELECT * FROM person')).toHaveLength(2)
    expect(rows('SELECT reference FROM episode')).toEqual([{ reference: 'FFA-7KQ3-000001' }])
    expect(rows('SELECT DISTINCT kind FROM chronology ORDER BY kind').map(({ kind }) => kind)).toEqual([
      'agreement',
      'episode',
      'fact',
      'keyworker',
      'member',
      'registered'
    ])
    expect(
      rows(
        `SELECT docid FROM person_index p JOIN person_words w ON w.rowid = p.docid WHERE person_words MATCH 'words : "robin"* "va"*'`
      )
    ).toHaveLength(1)
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('the same form again is a no-op (L6)', async () => {
    const form = await aCompleteRegistration(desk)
    const first = await desk.does('family.register', form)
    expect(await desk.does('family.register', form)).toEqual(first)
    expect(rows('SELECT * FROM family')).toHaveLength(1)
  })
})
