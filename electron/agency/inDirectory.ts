import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agency } from '../../db/schema/index.ts'
import type { Id } from '../../shared/ids.ts'
import type { employers } from '../../shared/practitioner/practitioner.ts'
import { schoolInForce } from '../school/schoolInForce.ts'

/**
 * Where somebody works, as the directory has it now; undefined where it has not. R19: a school that was typed during a
 * call has no main number before it has been checked, for the number may be one that a caller gave.
 */
export async function inDirectory(
  db: ReadDb,
  employer: (typeof employers)[number],
  employerId: Id
): Promise<{ name: string; mainNumber: string } | undefined> {
  if (employer === 'school') {
    const school = await schoolInForce(db, employerId)
    return school && { name: school.name, mainNumber: school.toCheck ? '' : school.phone }
  }
  const [found] = await db
    .select({ name: agency.name, mainNumber: agency.phone })
    .from(agency)
    .where(and(eq(agency.id, employerId), isNull(agency.deletedAt)))
  return found
}
