import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOOKED_UP } from '../../db/families.ts'
import { brokenInvariants } from '../../db/invariants.ts'
import { openStore, type Store } from '../../db/store.ts'
import { dispatch } from '../../electron/ipc/dispatch.ts'
import { chanceFrom } from '../../scripts/county/chance.ts'
import {
  everythingDone,
  keyOf,
  ledgerOf,
  makeCounty,
  migrationsFolder,
  type County
} from '../../scripts/county/county.ts'
import { householdNames } from '../../scripts/county/family/names.ts'
import { asActor } from '../../scripts/county/people.ts'
import { stretchingHere } from '../fixtures/stretchHere.ts'

/** Enough for everything that happens to a family to happen to one of them. */
const COUNTY: County = {
  calls: 0,
  seed: 7,
  until: '2026-11-20',
  registered: { families: 160, people: 480, notes: 150 }
}

const folders: string[] = []
const stores: Store[] = []

/** A county opened as the desk opens it. */
async function opened(county: County): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'county-'))
  folders.push(folder)
  await makeCounty(folder, county, () => undefined, stretchingHere)
  const key = await keyOf(folder, stretchingHere)
  const store = openStore({ file: join(folder, 'store', 'desk.db'), key, migrationsFolder })
  stores.push(store)
  return store
}

const actsOf = (county: County) => {
  const { ledger, chance, begins } = ledgerOf(county)
  return { ledger, acts: [...everythingDone(county, ledger, chance, begins)] }
}
const { ledger, acts } = actsOf(COUNTY)

let bulk: Store
let desk: Store
beforeAll(async () => {
  bulk = await opened(COUNTY)
  desk = await opened({ calls: 0, seed: COUNTY.seed, until: COUNTY.until })
  for (const { operation, input, by, at } of acts) {
    const result = await dispatch(desk, operation, input, asActor(by, ledger, at), ({ error }) => {
      throw error
    })
    expect(result, `${operation} ${JSON.stringify(result)}`).toMatchObject({ ok: true })
  }
}, 120_000)
afterAll(() => {
  for (const store of stores) store.close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const rows = (store: Store, sql: string) => store.reader.prepare(sql).all()
const both = (sql: string) => [rows(bulk, sql), rows(desk, sql)]

describe('the families of a county that the seed makes', () => {
  it.each([
    'agency',
    'practitioner',
    'working_pattern',
    'absence',
    'family',
    'person',
    'fact',
    'family_member',
    'agreement',
    'episode',
    'episode_keyworker',
    'episode_closure',
    'episode_date',
    'episode_step',
    'meeting',
    'meeting_attendance',
    'meeting_record',
    'case_note',
    'case_note_person',
    'note_search',
    'episode_now',
    'family_index',
    'chronology'
  ])('hold the rows of %s that the desk writes', (table) => {
    const [ours, theirs] = both(`SELECT * FROM ${table} ORDER BY 1`)
    expect(ours).not.toHaveLength(0)
    expect(ours).toEqual(theirs)
  })

  it('are found and matched by the same', () => {
    const [ours, theirs] = both('SELECT person_id, kept_id, card FROM person_index ORDER BY 1')
    expect(ours).toHaveLength(480)
    expect(ours).toEqual(theirs)
  })

  it('have taken the numbers that the desk gives', () => {
    const [ours, theirs] = both(`SELECT * FROM counter WHERE name <> '${LOOKED_UP}' ORDER BY name`)
    expect(ours).toEqual(theirs)
  })

  it('have everything happen to them that may', () => {
    expect(new Set(acts.map(({ operation }) => operation))).toEqual(
      new Set([
        'agency.save',
        'practitioner.save',
        'keyworker.savePattern',
        'keyworker.bookAbsence',
        'family.register',
        'family.recordFact',
        'episode.planDate',
        'episode.takeStep',
        'meeting.record',
        'note.add',
        'agreement.withdraw'
      ])
    )
    const kinds = rows(bulk, 'SELECT DISTINCT kind FROM fact').map((row) => (row as { kind: string }).kind)
    expect(kinds).toEqual(
      expect.arrayContaining(['name', 'other-name', 'birth', 'upn', 'address', 'phone', 'school', 'hub'])
    )
  })

  it('keep every rule of the record', () => {
    expect(brokenInvariants(bulk.reader)).toEqual([])
  })

  it('stand in one chain of audit rows, in the order of time', () => {
    const disordered = 'SELECT 1 FROM audit a JOIN audit b ON b.sequence = a.sequence + 1 WHERE b.at < a.at'
    expect(rows(bulk, disordered)).toEqual([])
    const said = `SELECT operation, subject_ids, at, actor_id FROM audit WHERE operation LIKE 'family.%' ORDER BY sequence`
    const [ours, theirs] = both(said)
    expect(ours).toEqual(theirs)
  })

  it('are the same for the same seed, and leave the calls as they are', () => {
    const small: County = { ...COUNTY, calls: 20, registered: { families: 30, people: 75 } }
    const made = actsOf(small).acts
    expect(actsOf(small).acts).toEqual(made)
    expect(actsOf({ ...small, seed: 8 }).acts).not.toEqual(made)
    const { calls, seed, until } = small
    expect(made.filter(({ rows: { call } }) => call)).toEqual(
      actsOf({ calls, seed, until }).acts.filter(({ rows: { call } }) => call)
    )
    expect(made.flatMap(({ rows: { person } }) => person ?? [])).toHaveLength(75)
  })

  it('name nobody of a household alike', () => {
    const names = householdNames(chanceFrom(1))
    const given = Array.from({ length: 20 }, () => names.give('girls'))
    expect(new Set(given).size).toBe(20)
  })
})
