import { eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { assessment } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { DraftEntry, EntryChange } from '../../shared/assessment/assessment.ts'
import { entryOf, noWords } from '../../shared/assessment/changes.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { entriesBefore } from './readAssessment.ts'

/**
 * What one version of an assessment changed: each entry as it was before, and after.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readVersion(
  db: ReadDb,
  { id }: Parsed<'assessment.version'>,
  actor: Actor
): Promise<EntryChange[]> {
  const [version] = await db.select().from(assessment).where(eq(assessment.id, id))
  if (!version) return notFound()
  await mustOpen(db, version.familyId, actor)
  const before = entriesBefore(db, version)
  return entriesOf(db, id).map((entry) => ({
    personId: entry.personId,
    domain: entry.domain,
    before: wordsOf(entryOf(before, entry) ?? noWords),
    after: wordsOf(entry)
  }))
}

const wordsOf = ({ strengths, needs, views }: Pick<DraftEntry, 'strengths' | 'needs' | 'views'>) => ({
  strengths,
  needs,
  views
})

/** The entries of one version, by the records that count. */
export const entriesOf = (db: ReadDb, versionId: Id): DraftEntry[] =>
  db.all<DraftEntry>(sql`SELECT p.kept_id AS personId, n.domain AS domain, n.strengths AS strengths,
      n.needs AS needs, n.views AS views
    FROM assessment_entry n JOIN person_index p ON p.person_id = n.person_id
    WHERE n.assessment_id = ${versionId} ORDER BY n.id`)
