import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { openStore, type Store } from '../../db/store.ts'
import { dispatch } from '../../electron/ipc/dispatch.ts'
import { keyOf, ledgerOf, makeCounty, migrationsFolder, type County } from '../../scripts/county/county.ts'
import { asActor } from '../../scripts/county/people.ts'
import { everyStepDown, type QueueCount } from '../../shared/stepDown/record.ts'
import type { Result } from '../../shared/errors.ts'
import { stretchingHere } from '../fixtures/stretchHere.ts'

const COUNTY: County = {
  ...{ calls: 0, seed: 5, until: '2026-11-20' },
  registered: { families: 40, people: 120 },
  steppedDown: { stepDowns: 260, open: 60 }
}

let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'county-'))
  await makeCounty(folder, COUNTY, () => undefined, stretchingHere)
  const key = await keyOf(folder, stretchingHere)
  store = openStore({ file: join(folder, 'store', 'desk.db'), key, migrationsFolder })
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

describe('a county of step-downs', () => {
  it('is one that the desk could have made', () => {
    expect(brokenInvariants(store.reader)).toEqual([])
  })

  it('has some in every list, and as many as were asked for', async () => {
    const { ledger } = ledgerOf(COUNTY)
    const actor = asActor(ledger.people[0]!, ledger, '2026-11-23T10:00:00.000Z')
    const answer = (await dispatch(
      store,
      'stepDown.count',
      { filter: everyStepDown },
      actor,
      () => undefined
    )) as Result<QueueCount[]>
    const counts = answer.ok ? answer.value : []
    const countOf = (isDone: boolean) =>
      counts.filter(({ state }) => (state === 'done') === isDone).reduce((sum, { count }) => sum + count, 0)
    expect(countOf(false)).toBe(60)
    expect(countOf(true)).toBe(200)
    expect(counts.filter(({ count }) => count === 0)).toEqual([])
  })

  it('every event of it was possible', () => {
    const events = store.reader
      .prepare(
        `SELECT count(*) FROM step_down_event e JOIN step_down_now n ON n.step_down_id = e.step_down_id
        WHERE n.ending = 'accepted' AND e.event = 'accept'`
      )
      .pluck()
      .get()
    const accepted = store.reader
      .prepare("SELECT count(*) FROM step_down_event WHERE event = 'accept'")
      .pluck()
      .get()
    expect(events).toBe(accepted)
    expect(accepted).toBeGreaterThan(0)
  })
})
