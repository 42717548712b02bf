import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { practitioner } from '../../db/schema/index.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/** @throws Refusal not-found */
export async function mustBePractitioner(db: ReadDb, id: Id): Promise<void> {
  const known = and(eq(practitioner.id, id), isNull(practitioner.deletedAt))
  if ((await db.$count(practitioner, known)) === 0) notFound()
}
