import { inArray, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agency, school } from '../../db/schema/index.ts'
import type { AgencyName } from '../../shared/agency/agency.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { isInForce } from '../school/schoolInForce.ts'

/** How the directory names these agencies and schools now; what it has not is left out. */
export async function agencyNames(db: ReadDb, { ids }: Parsed<'agency.names'>): Promise<AgencyName[]> {
  const agencies = await db
    .select({ id: agency.id, name: agency.name })
    .from(agency)
    .where(inArray(agency.id, ids))
  const schools = await db
    .select({ id: school.schoolId, name: school.name })
    .from(school)
    .where(sql`${inArray(school.schoolId, ids)} AND ${isInForce}`)
  return [...agencies, ...schools]
}
