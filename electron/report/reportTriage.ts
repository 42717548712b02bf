import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { TriageReport } from '../../shared/report/triage.ts'
import { countTriage } from '../../shared/report/triageCount.ts'
import { compareLoads } from '../keyworker/compareLoads.ts'
import { listKeyworkers } from '../keyworker/listKeyworkers.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { takeTriage } from './triageItems.ts'

/** How many keyworkers are drawn, the heaviest loaded first; the list of keyworkers has them all. */
const KEYWORKERS = 20

/**
 * Triage in a range of London days, counted of what this person may know of. It gives way after every part, so what is
 * recorded while it counts may be in it or not.
 */
export async function reportTriage(
  store: Store,
  query: Parsed<'report.triage'>,
  actor: Actor
): Promise<TriageReport> {
  const settings = await store.read(settingsInRecord)
  const count = countTriage(query, settings, actor.now)
  await takeTriage(store, query, settings, actor, count)
  return store.read(async (db) => ({
    ...count.report({ practitioners: namesOf(db, count.practitionerIds()) }),
    ...(await loadsToday(db, query, actor))
  }))
}

const namesOf = (db: ReadDb, practitionerIds: readonly Id[]): Map<Id, string> =>
  new Map(
    db
      .all<{ id: Id; name: string }>(
        sql`SELECT p.id, p.name FROM practitioner p
          WHERE p.id IN (SELECT value FROM json_each(${JSON.stringify(practitionerIds)}))`
      )
      .map(({ id, name }) => [id, name])
  )

/** As lists and the choice of a keyworker have them: families that this person may not open are counted as well. */
async function loadsToday(
  db: ReadDb,
  { hubId }: Parsed<'report.triage'>,
  actor: Actor
): Promise<Pick<TriageReport, 'hubs' | 'keyworkers' | 'keyworkersTotal'>> {
  const { hubs } = await compareLoads(db, {}, actor)
  const everybody = { text: '', hubId, employerId: '', hasLeft: false, sort: 'load', after: '' } as const
  const { rows, total } = await listKeyworkers(db, everybody, actor)
  return {
    hubs: hubs.filter(({ id }) => hubId === '' || id === hubId),
    keyworkers: rows.slice(0, KEYWORKERS).map(({ id, name, load }) => ({ id, name, keyworkers: 1, load })),
    keyworkersTotal: total
  }
}
