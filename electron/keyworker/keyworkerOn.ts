import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'

/** SQL: the id of an assessment's keyworker on a day (R33); NULL where nobody is. `episodeId`: a column of the query. */
export const keyworkerOn = (episodeId: string, on: CivilDate): SQL => sql`(SELECT s.practitioner_id
  FROM keyworker_span s WHERE s.episode_id = ${sql.raw(episodeId)} AND s.to_day >= ${on} AND s.from_day <= ${on})`

/** The id of an assessment's keyworker on a day; '' where nobody is. */
export const whoIsKeyworker = (db: ReadDb, episodeId: Id, on: CivilDate): Id =>
  db.get<{ id: Id } | undefined>(sql`SELECT s.practitioner_id AS id FROM keyworker_span s
    WHERE s.episode_id = ${episodeId} AND s.to_day >= ${on} AND s.from_day <= ${on}`)?.id ?? ''
