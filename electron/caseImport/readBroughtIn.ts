import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { BroughtIn, ImportedBodies } from '../../shared/caseImport/caseImport.ts'
import type { ExportedAssessment, ExportedPerson, ExportedPlan } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { mustOpen } from '../family/readableFamily.ts'

/**
 * What was brought into a family from other desks and stands beside its record: which exports, and what was assessed and
 * planned there, by the newest of them.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readBroughtIn(
  db: ReadDb,
  { familyId }: Parsed<'caseImport.read'>,
  actor: Actor
): Promise<BroughtIn> {
  await mustOpen(db, familyId, actor)
  const family = peopleKnown(db, familyId, londonDate(actor.now))
  const names = [
    ...othersBroughtIn(db, familyId, '').map(({ id, name }) => [id, name] as const),
    ...family.flatMap((person) => person.personIds.map((id) => [id, nameOfPerson(person)] as const))
  ]
  return {
    imports: importsOf(db, familyId),
    assessments: assessmentsBroughtIn(db, familyId, ''),
    names: Object.fromEntries(names)
  }
}

type ImportRow = Omit<BroughtIn['imports'][number], 'isDone'> & { isDone: 0 | 1 }

const importsOf = (db: ReadDb, familyId: Id): BroughtIn['imports'] =>
  db
    .all<ImportRow>(
      sql`SELECT m.id, m.reference, m.family_reference AS familyReference, m.exported_at AS exportedAt,
        m.by_name AS byName, m.created_at AS broughtInAt, coalesce(a.name, '') AS broughtInByName,
        m.episode_id AS episodeId, coalesce(e.reference, '') AS episodeReference, m.done_at <> '' AS isDone,
        (SELECT count(*) FROM imported_origin o JOIN case_note n ON n.id = o.id AND n.adds_to = ''
          WHERE o.import_id = m.id) AS notes
      FROM case_import m LEFT JOIN account a ON a.id = m.created_by LEFT JOIN episode e ON e.id = m.episode_id
      WHERE m.family_id = ${familyId} AND m.deleted_at IS NULL ORDER BY m.created_at DESC, m.id DESC`
    )
    .map((row) => ({ ...row, isDone: row.isDone === 1 }))

/** What came with the exports whose notes went to this assessment; '' for all of the family. */
const ofImports = (
  familyId: Id,
  episodeId: Id
) => sql`imported_item i JOIN case_import m ON m.id = i.import_id
  WHERE i.family_id = ${familyId} AND (${episodeId} = '' OR m.episode_id = ${episodeId})`

/** In which order the newest comes last. */
const newestLast = sql`m.exported_at, i.created_at, i.id`

/** Everybody of the exports who is nobody here, once, for whoever has asked before whether the family may be opened. */
export function othersBroughtIn(db: ReadDb, familyId: Id, episodeId: Id): ExportedPerson[] {
  const rows = db.all<{ body: string }>(sql`SELECT i.body FROM ${ofImports(familyId, episodeId)}
    AND i.kind = 'person' ORDER BY ${newestLast}`)
  const others = rows
    .map(({ body }) => JSON.parse(body) as ImportedBodies['person'])
    .filter(({ hereId }) => hereId === '')
  return [...new Map(others.map(({ id, name, role }) => [id, { id, name, role }])).values()]
}

/**
 * What was assessed and planned elsewhere, the oldest assessment first, for whoever has asked before whether the family may
 * be opened. Whom it is about is named by their records here, where they have one.
 *
 * @param episodeId the assessment here that their notes went to; '' for all
 */
export function assessmentsBroughtIn(db: ReadDb, familyId: Id, episodeId: Id): BroughtIn['assessments'] {
  const rows = db.all<{ kind: 'person' | 'assessment' | 'plan'; importId: Id; itemId: Id; body: string }>(
    sql`SELECT i.kind, i.import_id AS importId, i.item_id AS itemId, i.body FROM ${ofImports(familyId, episodeId)}
      AND i.kind IN ('person', 'assessment', 'plan') ORDER BY ${newestLast}`
  )
  const here = new Map<string, Id>()
  const newest = new Map<Id, { assessment?: ExportedAssessment; plan?: ExportedPlan }>()
  for (const { kind, importId, itemId, body } of rows)
    if (kind === 'person')
      here.set(`${importId} ${itemId}`, (JSON.parse(body) as ImportedBodies['person']).hereId)
  for (const { kind, importId, itemId, body } of rows) {
    const who = (id: Id): Id => here.get(`${importId} ${id}`) || id
    const before = newest.get(itemId)
    if (kind === 'assessment') newest.set(itemId, { ...before, assessment: assessmentOf(body, who) })
    if (kind === 'plan') newest.set(itemId, { ...before, plan: planOf(body, who) })
  }
  return [...newest.values()]
    .flatMap(({ assessment, plan }) => pairOf(assessment, plan))
    .toSorted((one, other) => one.assessment.registeredOn.localeCompare(other.assessment.registeredOn))
}

function assessmentOf(body: string, who: (id: Id) => Id): ExportedAssessment {
  const assessment = JSON.parse(body) as ExportedAssessment
  return {
    ...assessment,
    entries: assessment.entries.map((entry) => ({ ...entry, personId: who(entry.personId) }))
  }
}

function planOf(body: string, who: (id: Id) => Id): ExportedPlan {
  const plan = JSON.parse(body) as ExportedPlan
  return {
    ...plan,
    outcomes: plan.outcomes.map((outcome) => ({
      ...outcome,
      personId: outcome.personId === '' ? '' : who(outcome.personId)
    }))
  }
}

/** Where only one of the two came, the other is empty. */
function pairOf(assessment: ExportedAssessment | undefined, plan: ExportedPlan | undefined) {
  const of = assessment ?? plan
  if (!of) return []
  const { episodeId, reference, registeredOn } = of
  const empty = { episodeId, reference, registeredOn }
  return [{ assessment: assessment ?? { ...empty, entries: [] }, plan: plan ?? { ...empty, outcomes: [] } }]
}
