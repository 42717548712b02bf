import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/** The children as the sender names them in a version, between commas; one who is not born yet may have no name. '' for none. */
export const childrenTold = (versionId: SQLWrapper): SQL<string> => sql<string>`coalesce((
  SELECT group_concat(iif(p.name = '' AND p.role = 'unborn', 'Unborn child', nullif(p.name, '')), ', ' ORDER BY p.position)
  FROM step_down_person p WHERE p.version_id = ${versionId} AND p.role IN ('child', 'unborn')), '')`
