import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CoverRow } from '../../shared/cover/cover.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { knownFamilies } from '../family/readableFamily.ts'

const PAGE = 20

interface Found extends Omit<CoverRow, 'byWhom'> {
  byWhom: string
}

/**
 * The last day on which somebody stands in; of a part for which nobody was found, on which whoever is away still has the
 * family. NULL where there is none: the cover was ended sooner, a transfer came, or somebody was found after all.
 */
const lastDay = sql`(SELECT min(max(s.to_day), p.to_day) FROM keyworker_span s
  WHERE s.episode_id = p.episode_id AND s.to_day >= p.from_day AND s.from_day <= p.to_day
    AND iif(p.row_id = '', s.practitioner_id = (SELECT practitioner_id FROM cover WHERE id = p.cover_id), s.row_id = p.row_id))`

/**
 * "Who covers whom": the covers that go on or are to come, the first to end first, 20 at a time; `after` is the last of the
 * page before. Families that one may not know of are not counted, and a cover of none but these is not told.
 */
export async function listCovers(
  db: ReadDb,
  { after }: Parsed<'cover.list'>,
  actor: Actor
): Promise<Output<'cover.list'>> {
  const today = londonDate(actor.now)
  const rows = db.all<Found>(sql`WITH part AS MATERIALIZED (
      SELECT p.cover_id, p.episode_id, p.practitioner_id, p.from_day, ${lastDay} AS last_day
      FROM cover_part p CROSS JOIN episode_now n ON n.episode_id = p.episode_id AND n.closed_on = ''
        JOIN ${familyIndex} ON ${familyIndex.familyId} = p.family_id
      WHERE p.to_day >= ${today} AND ${lastDay} >= ${today} AND ${knownFamilies(actor) ?? sql`1`}),
    one AS MATERIALIZED (SELECT cover_id, min(from_day) AS from_day, max(last_day) AS to_day,
      count(DISTINCT episode_id) AS families,
      count(DISTINCT iif(practitioner_id = '', episode_id, NULL)) AS nobody FROM part GROUP BY cover_id),
    page AS (SELECT * FROM one
      WHERE ${after} = '' OR (to_day, cover_id) > (SELECT to_day, cover_id FROM one WHERE cover_id = ${after})
      ORDER BY to_day, cover_id LIMIT ${PAGE + 1})
    SELECT c.id, c.practitioner_id AS practitionerId, coalesce(w.name, '') AS practitionerName,
      page.from_day AS fromDay, page.to_day AS toDay, page.families, page.nobody AS nobodyFound,
      (SELECT json_group_array(json_object('practitionerId', s.id, 'name', s.name, 'families', s.families))
        FROM (SELECT t.id, t.name, count(DISTINCT part.episode_id) AS families
          FROM part JOIN practitioner t ON t.id = part.practitioner_id
          WHERE part.cover_id = c.id GROUP BY t.id ORDER BY t.sort_key, t.id) s) AS byWhom,
      c.created_at AS recordedAt, coalesce(a.name, '') AS byName
    FROM page JOIN cover c ON c.id = page.cover_id LEFT JOIN practitioner w ON w.id = c.practitioner_id
      LEFT JOIN account a ON a.id = c.created_by
    ORDER BY page.to_day, page.cover_id`)
  const shown = rows.slice(0, PAGE)
  return {
    rows: shown.map((row) => ({ ...row, byWhom: JSON.parse(row.byWhom) as CoverRow['byWhom'] })),
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? '') : ''
  }
}
