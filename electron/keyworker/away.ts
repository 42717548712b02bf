import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'

/** SQL: the last day of the absence somebody is on that day; '' where they are not away. `practitionerId`: a column. */
export const awayUntil = (practitionerId: string, on: CivilDate): SQL<string> => sql<string>`coalesce((
  SELECT max(b.to_day) FROM absence b WHERE b.practitioner_id = ${sql.raw(practitionerId)} AND b.to_day >= ${on}
    AND b.from_day <= ${on} AND b.cancelled_why = '' AND b.deleted_at IS NULL), '')`
