import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { practitioner } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { hubsOf, isAtWork, nothingSaid } from '../../shared/keyworker/load.ts'
import { NO_HUB, type KeyworkerRow } from '../../shared/keyworker/keyworker.ts'
import { mayBeGivenFamily } from '../../shared/practitioner/practitioner.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { employerName } from '../practitioner/employerName.ts'
import { hasWords, withEmployer } from '../practitioner/listPractitioners.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { allocatedLately } from './allocatedLately.ts'
import { awayUntil } from './away.ts'
import { heldOn, loadsOn, patternIdOn } from './loads.ts'
import { standInsOn } from './standIns.ts'

const PAGE = 50

/**
 * Keyworkers with their load today, 50 at a time: by name, or whoever holds most of what they could hold first. Narrowed to
 * a hub are those who work in one of its districts, to none whoever works in no hub's. Everybody's families are counted, told
 * is nothing of them.
 */
export async function listKeyworkers(
  db: ReadDb,
  query: Parsed<'keyworker.list'>,
  { now }: Pick<Actor, 'now'>
): Promise<Output<'keyworker.list'>> {
  const today = londonDate(now)
  const rules = rulesOn(await settingsInRecord(db), today)
  const found = db.all<Found | Nobody>(sql`WITH listed AS MATERIALIZED (${listed(query, rules)}),
    page AS MATERIALIZED (
      SELECT id, place, sort_key FROM listed WHERE ${query.after} = ''
        OR (place, sort_key, id) > (SELECT place, sort_key, id FROM listed WHERE id = ${query.after})
      ORDER BY place, sort_key, id LIMIT ${PAGE + 1})
    SELECT (SELECT count(*) FROM listed) AS total, p.id, p.name, p.role, ${employerName('p')} AS employerName,
      p.trained_on AS trainedOn, p.registered_on AS registeredOn, p.left_on AS leftOn,
      coalesce(w.weekdays, '') AS weekdays, coalesce(w.term_time_only, 0) AS termTimeOnly,
      coalesce(w.districts, '') AS districts, ${allocatedLately('p.id', today)} AS allocatedLately,
      ${awayUntil('p.id', today)} AS awayUntil
    FROM (SELECT 1) LEFT JOIN page ON 1 LEFT JOIN practitioner p ON p.id = page.id
      LEFT JOIN working_pattern w ON w.id = ${patternIdOn('p.id', today)}
    ORDER BY page.place, page.sort_key, page.id`)
  const shown = found.filter(isSomebody)
  return {
    rows: await asRows(db, shown.slice(0, PAGE), rules),
    next: shown.length > PAGE ? (shown[PAGE - 1]?.id ?? '') : '',
    total: found[0]?.total ?? 0
  }
}

/** Everybody who is asked for, each with their place: of names all have the same, and of loads the heaviest the first. */
function listed({ text, hubId, employerId, hasLeft, sort }: Parsed<'keyworker.list'>, rules: Rules): SQL {
  const { on, caseload } = rules
  const unsaid = nothingSaid(caseload)
  const percent = sql`round(coalesce(h.held, 0) * 500.0 /
    (coalesce(w.full_time_families, ${unsaid.fullTimeFamilies}) * length(coalesce(w.weekdays, ${unsaid.weekdays}))))`
  const isByLoad = sort === 'load'
  const conditions = [
    sql`practitioner.deleted_at IS NULL`,
    hasLeft
      ? sql`practitioner.left_on <> '' AND practitioner.left_on < ${on}`
      : sql`(practitioner.left_on = '' OR practitioner.left_on >= ${on})`,
    ...(employerId === '' ? [] : [sql`practitioner.employer_id = ${employerId}`]),
    ...worksFor(hubId, rules),
    ...hasWords(text)
  ]
  return sql`SELECT practitioner.id, practitioner.sort_key, ${isByLoad ? sql`-${percent}` : sql`0`} AS place
    FROM ${practitioner} ${text.trim() === '' ? sql`` : withEmployer}
      ${isByLoad || hubId ? sql`LEFT JOIN working_pattern w ON w.id = ${patternIdOn('practitioner.id', on)}` : sql``}
      ${isByLoad ? sql`LEFT JOIN (${heldOn('all', on)}) h ON h.practitioner_id = practitioner.id` : sql``}
    WHERE ${sql.join(conditions, sql` AND `)}`
}

function worksFor(hubId: Parsed<'keyworker.list'>['hubId'], rules: Rules): SQL[] {
  if (hubId === '') return []
  if (hubId !== NO_HUB) return [worksIn([hubId], rules)]
  const every = rules.hubs.map(({ key }) => key)
  return [sql`NOT ${worksIn(every, rules)}`]
}

/** One of the districts of the pattern `w` belongs to one of these hubs. */
function worksIn(hubIds: readonly Id[], { districts }: Rules): SQL {
  const codes = districts.filter((each) => hubIds.includes(each.hubId)).map(({ key }) => key)
  return sql`EXISTS (SELECT 1 FROM json_each(${JSON.stringify(codes)}) d
    WHERE instr(' ' || w.districts || ' ', ' ' || d.value || ' ') > 0)`
}

/** How many there are where the page has nobody. */
interface Nobody {
  total: number
  id: null
}
const isSomebody = (row: Found | Nobody): row is Found => row.id !== null

interface Found {
  total: number
  id: Id
  name: string
  role: string
  employerName: string
  trainedOn: CivilDate
  registeredOn: CivilDate
  leftOn: CivilDate
  weekdays: string
  termTimeOnly: number
  districts: string
  allocatedLately: number
  awayUntil: CivilDate
}

async function asRows(db: ReadDb, found: readonly Found[], rules: Rules): Promise<KeyworkerRow[]> {
  const ids = found.map(({ id }) => id)
  const loads = await loadsOn(db, ids, rules.on)
  const standIns = standInsOn(db, ids, rules.on)
  return found.flatMap((row): KeyworkerRow[] => {
    const { id, name, role, leftOn } = row
    const load = loads.get(id)
    if (!load) return []
    const termTimeOnly = row.termTimeOnly === 1
    const pattern = { weekdays: row.weekdays || nothingSaid(rules.caseload).weekdays, termTimeOnly }
    return [
      {
        ...{ id, name, role, leftOn, load, termTimeOnly },
        employerName: row.employerName,
        hubNames: hubsOf(row.districts.split(' '), rules).map((hub) => hub.name),
        weekdays: row.weekdays,
        isAtWork: row.awayUntil === '' && isAtWork(pattern, [], rules.terms, rules.on),
        allocatedLately: row.allocatedLately,
        isGivable: mayBeGivenFamily(row, rules.on),
        awayUntil: row.awayUntil,
        coveredBy: standIns.filter(({ awayId }) => awayId === id).map(({ byName }) => byName),
        covers: standIns.filter(({ byId }) => byId === id).map(({ awayName }) => awayName)
      }
    ]
  })
}
