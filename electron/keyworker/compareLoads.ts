import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { capacityOf, hubsOf, loadOf, nothingSaid } from '../../shared/keyworker/load.ts'
import type { GroupLoad } from '../../shared/keyworker/keyworker.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { employerName } from '../practitioner/employerName.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { heldOn, patternIdOn } from './loads.ts'

/**
 * The load of each local hub and of each agency or school today: the families that its keyworkers hold of those that they
 * could hold, the heaviest first. Who works in two hubs counts in both, for nobody knows where their next family will live.
 */
export async function compareLoads(
  db: ReadDb,
  _input: object,
  { now }: Pick<Actor, 'now'>
): Promise<Output<'keyworker.compare'>> {
  const today = londonDate(now)
  const rules = rulesOn(await settingsInRecord(db), today)
  const everybody = workingOn(db, today)
  const names = new Map(
    db
      .all<{ id: Id; name: string }>(
        sql`SELECT x.employer_id AS id, ${employerName('x')} AS name
          FROM (SELECT DISTINCT employer, employer_id FROM practitioner) x`
      )
      .map(({ id, name }) => [id, name])
  )
  const unsaid = nothingSaid(rules.caseload)
  const placed = everybody.map((row) => ({
    held: row.held,
    covering: row.covering,
    capacity: capacityOf({
      weekdays: row.weekdays ?? unsaid.weekdays,
      fullTimeFamilies: row.fullTimeFamilies ?? unsaid.fullTimeFamilies
    }),
    employer: { id: row.employerId, name: names.get(row.employerId) ?? '' },
    hubs: hubsOf((row.districts ?? '').split(' '), rules).map(({ key, name }) => ({ id: key, name }))
  }))
  return {
    hubs: grouped(placed, ({ hubs }) => (hubs.length > 0 ? hubs : [{ id: '', name: '' }])),
    employers: grouped(placed, ({ employer }) => [employer])
  }
}

interface Working {
  employerId: Id
  held: number
  covering: number
  weekdays: string | null
  fullTimeFamilies: number | null
  districts: string | null
}

const workingOn = (db: ReadDb, on: CivilDate): Working[] =>
  db.all<Working>(sql`SELECT p.employer_id AS employerId, coalesce(h.held, 0) AS held, coalesce(h.covering, 0) AS covering,
      w.weekdays, w.full_time_families AS fullTimeFamilies, w.districts
    FROM practitioner p LEFT JOIN (${heldOn('all', on)}) h ON h.practitioner_id = p.id
      LEFT JOIN working_pattern w ON w.id = ${patternIdOn('p.id', on)}
    WHERE p.deleted_at IS NULL AND (p.left_on = '' OR p.left_on >= ${on})`)

interface Place {
  id: Id
  name: string
}

function grouped<Row extends { held: number; covering: number; capacity: number }>(
  rows: readonly Row[],
  placesOf: (row: Row) => readonly Place[]
): GroupLoad[] {
  const groups = new Map<Id, Place & { rows: Row[] }>()
  for (const row of rows)
    for (const place of placesOf(row)) {
      const group = groups.get(place.id) ?? { ...place, rows: [] }
      group.rows.push(row)
      groups.set(place.id, group)
    }
  const total = (of: readonly Row[], key: 'held' | 'covering' | 'capacity') =>
    of.reduce((sum, row) => sum + row[key], 0)
  return [...groups.values()]
    .map(({ id, name, rows: of }) => ({
      ...{ id, name, keyworkers: of.length },
      load: loadOf({ held: total(of, 'held'), covering: total(of, 'covering') }, total(of, 'capacity'))
    }))
    .toSorted((a, b) => b.load.percent - a.load.percent || a.name.localeCompare(b.name, 'en-GB'))
}
