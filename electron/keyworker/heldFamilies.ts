import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { HeldFamily } from '../../shared/keyworker/keyworker.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, knownFamilies, standingFor, type Standing } from '../family/readableFamily.ts'

const MOST = 50

/** Families of a keyworker that are open to whoever asks. Of a restricted one nobody else learns who its keyworker is. */
export interface FamiliesOf {
  holds: HeldFamily[]
  held: HeldFamily[]
  hidden: number
}

/** The families that somebody holds or will hold, and those that they held before, as far as they are open to the actor. */
export function familiesOf(db: ReadDb, practitionerId: Id, actor: Actor): FamiliesOf {
  const today = londonDate(actor.now)
  const holds = rowsOf(
    db,
    sql`s.practitioner_id = ${practitionerId} AND s.to_day >= ${today} AND n.closed_on = ''`,
    sql`s.from_day, e.reference`,
    actor
  )
  const held = rowsOf(
    db,
    sql`s.practitioner_id = ${practitionerId} AND CASE WHEN n.closed_on = '' THEN s.to_day < ${today}
      ELSE s.from_day <= n.closed_on END AND (${knownFamilies(actor) ?? sql`1`})`,
    sql`"to" DESC, s.from_day DESC LIMIT ${MOST}`,
    actor
  )
  const hidden = new Set(holds.filter((row) => !isOpenTo(actor, row)).map(({ episodeId }) => episodeId))
  const open = (rows: HeldRow[]) => rows.filter((row) => isOpenTo(actor, row)).map(asHeld)
  return { holds: open(holds), held: open(held), hidden: hidden.size }
}

interface HeldRow extends Standing, Omit<HeldFamily, 'isCover'> {
  isCover: number
}

const rowsOf = (db: ReadDb, where: SQL, order: SQL, actor: Actor): HeldRow[] =>
  db.all<HeldRow>(sql`SELECT ${standingFor(actor)}, e.id AS episodeId, e.family_id AS familyId, e.reference,
      ${childNames(sql`e.family_id`, londonDate(actor.now))} AS childNames, ${hubName} AS hubName, s.from_day AS "from",
      iif(n.closed_on <> '' AND n.closed_on < s.to_day, n.closed_on, s.to_day) AS "to", s.is_cover AS isCover,
      n.closed_on AS closedOn, coalesce((SELECT p.name FROM episode_keyworker k
        JOIN episode_keyworker o ON o.id = k.over_id JOIN practitioner p ON p.id = o.practitioner_id
        WHERE k.id = s.row_id), '') AS coveredName
    FROM keyworker_span s CROSS JOIN episode_now n ON n.episode_id = s.episode_id
      JOIN episode e ON e.id = s.episode_id JOIN family_index ON family_index.family_id = e.family_id
    WHERE ${where} ORDER BY ${order}`)

const asHeld = (row: HeldRow): HeldFamily => {
  const { episodeId, familyId, reference, childNames: names, hubName: hub, from, coveredName, closedOn } = row
  return {
    ...{ episodeId, familyId, reference, childNames: names, hubName: hub, from, coveredName, closedOn },
    to: row.to === LAST_DAY ? '' : row.to,
    isCover: row.isCover === 1
  }
}
