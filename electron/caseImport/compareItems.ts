import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { ImportedKind } from '../../shared/caseImport/caseImport.ts'
import { filesOn } from '../../shared/caseImport/problems.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { ExportedAssessment, ExportedEntry, ExportedPlan } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import type { CaseNotesRead } from './readCaseNotes.ts'

/** What of a file stands beside the record once it is brought in, and is not here yet; and how much of it is. */
export interface ComparedItems {
  entries: ExportedEntry[]
  assessments: ExportedAssessment[]
  plans: ExportedPlan[]
  known: { entries: number; assessments: number; plans: number }
}

/**
 * Holds the chronology, the assessments and the plans of a file against a family's record. What a case note or a file of a
 * note tells by itself is told by them alone. An entry is known by its id; of an assessment or a plan that says something
 * else than before, both stay, and the newest is told.
 *
 * @param personIds every record of everybody of the family
 */
export function compareItems(
  db: ReadDb,
  familyId: Id,
  personIds: readonly Id[],
  { items }: CaseNotesRead
): ComparedItems {
  const toldByNotes = new Set(
    items.notes.flatMap((note) => [
      note.id,
      ...note.addenda.map(({ id }) => id),
      ...filesOn(note).flatMap(({ file: { id, entry } }) => (entry === '' ? [] : [id]))
    ])
  )
  const entries = items.chronology.filter(({ id }) => !toldByNotes.has(id))
  const knownEntries = idsHere(db, familyId, personIds, entries)
  const episodes = new Set(
    db.all<{ id: Id }>(sql`SELECT id FROM episode WHERE family_id = ${familyId}`).map(({ id }) => id)
  )
  const isNew = (kind: ImportedKind) => {
    const before = newestOf(db, familyId, kind)
    return (item: { episodeId: Id }): boolean =>
      !episodes.has(item.episodeId) && before.get(item.episodeId) !== canonicalJson(item)
  }
  const newEntries = entries.filter(({ id }) => !knownEntries.has(id))
  const assessments = items.assessments.filter(isNew('assessment'))
  const plans = items.plans.filter(isNew('plan'))
  return {
    ...{ entries: newEntries, assessments, plans },
    known: {
      entries: entries.length - newEntries.length,
      assessments: items.assessments.length - assessments.length,
      plans: items.plans.length - plans.length
    }
  }
}

function idsHere(
  db: ReadDb,
  familyId: Id,
  personIds: readonly Id[],
  entries: readonly ExportedEntry[]
): ReadonlySet<Id> {
  const ids = JSON.stringify(entries.map(({ id }) => id))
  const subjects = JSON.stringify([familyId, ...personIds])
  const rows = db.all<{ id: Id }>(sql`
    SELECT id FROM chronology WHERE id IN (SELECT value FROM json_each(${ids}))
      AND subject_id IN (SELECT value FROM json_each(${subjects}))
    UNION SELECT item_id FROM imported_item WHERE family_id = ${familyId} AND kind = 'entry'
      AND item_id IN (SELECT value FROM json_each(${ids}))
    UNION SELECT id FROM case_note WHERE family_id = ${familyId} AND id IN (SELECT value FROM json_each(${ids}))`)
  return new Set(rows.map(({ id }) => id))
}

/** What was brought in of each assessment, by the newest export that told of it. */
export function newestOf(db: ReadDb, familyId: Id, kind: ImportedKind): ReadonlyMap<Id, string> {
  const rows = db.all<{ itemId: Id; body: string }>(sql`
    SELECT i.item_id AS itemId, i.body FROM imported_item i JOIN case_import m ON m.id = i.import_id
    WHERE i.family_id = ${familyId} AND i.kind = ${kind} ORDER BY m.exported_at, i.created_at, i.id`)
  return new Map(rows.map(({ itemId, body }) => [itemId, body]))
}
