import { sql, type SQL } from 'drizzle-orm'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import type { OpenAssessment } from '../../shared/episode/episode.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { readFindText } from '../../shared/person/findText.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, knownFamilies, openingOf, standingFor, type Standing } from '../family/readableFamily.ts'
import { peopleTyped } from '../person/findPeople.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { listPractitioners, practitionerOf } from '../practitioner/listPractitioners.ts'

const SHOWN = 10

/**
 * Open assessments for the gate of a call (R13): by the reference of the assessment or of the family, by a child or
 * anyone else of the family, or by the keyworker. Of a restricted family only the reference.
 */
export async function findOpen(
  db: ReadDb,
  { text }: Parsed<'episode.findOpen'>,
  actor: Actor
): Promise<Output<'episode.findOpen'>> {
  const on = londonDate(actor.now)
  const { reference, ...typed } = readFindText(text, on)
  if (reference) {
    const written = deskReference(reference.kind, reference.deskCode, reference.number)
    return openWhere(
      db,
      sql`${written} IN (e.reference, (SELECT y.reference FROM family y WHERE y.id = e.family_id))`,
      actor
    )
  }
  if (text.trim() === '') return []
  const people = await peopleTyped(db, typed, actor)
  const families = people.flatMap((person) => person.families.filter(({ isCurrent }) => isCurrent))
  const keyworkers = (await listPractitioners(db, { text, after: '' }, actor)).rows
  return openWhere(
    db,
    // each by its own index: asked for with OR alone, every assessment there is would be read
    sql`e.id IN (SELECT id FROM episode WHERE family_id IN ${listed(families)} UNION ALL
        SELECT episode_id FROM keyworker_span WHERE practitioner_id IN ${listed(keyworkers)}
          AND to_day >= ${on} AND from_day <= ${on})
      AND (e.family_id IN ${listed(families)}
        OR (${keyworkerOn('e.id', on)} IN ${listed(keyworkers)} AND ${isNamed(actor)}))`,
    actor
  )
}

/** Whoever finds a restricted family by its keyworker has learnt who that is. */
const isNamed = ({ id }: Actor) => sql`(${familyIndex.named} = '' OR instr(${familyIndex.named}, ${id}) > 0)`

/** An open assessment that this person may know of; undefined where it has ended or is none of theirs. */
export async function openAssessment(
  db: ReadDb,
  episodeId: Id,
  actor: Actor
): Promise<OpenAssessment | undefined> {
  const [found] = await openWhere(db, sql`e.id = ${episodeId}`, actor)
  return found
}

/** The open assessments of some families, of which each has at most one (R20). */
export const openAssessmentsOf = (
  db: ReadDb,
  familyIds: readonly Id[],
  actor: Actor
): Promise<OpenAssessment[]> =>
  openWhere(db, sql`e.family_id IN ${listed(familyIds.map((id) => ({ id })))}`, actor)

/** The assessment by which the keyworker who called was let through. */
export async function assessmentOf(
  db: ReadDb,
  episodeId: Id,
  actor: Actor
): Promise<Pick<FiledCall, 'assessmentReference' | 'assessmentFamilyId'>> {
  const found = db.get<{ reference: string; familyId: Id } | undefined>(
    sql`SELECT reference AS reference, family_id AS familyId FROM episode WHERE id = ${episodeId}`
  )
  if (!found) return { assessmentReference: '', assessmentFamilyId: '' }
  const isKnown = (await openingOf(db, found.familyId, actor)) !== 'no'
  return { assessmentReference: found.reference, assessmentFamilyId: isKnown ? found.familyId : '' }
}

const listed = (rows: readonly { id: Id }[]) =>
  sql`(SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))`

interface OpenRow extends Standing {
  episodeId: Id
  reference: string
  familyId: Id
  childNames: string
  practitionerId: Id
}

async function openWhere(db: ReadDb, where: SQL, actor: Actor): Promise<OpenAssessment[]> {
  const today = londonDate(actor.now)
  const rows = db.all<OpenRow>(sql`
    SELECT ${standingFor(actor)}, e.id AS episodeId, e.reference AS reference, e.family_id AS familyId,
      ${childNames(sql`e.family_id`, today)} AS childNames, coalesce(${keyworkerOn('e.id', today)}, '') AS practitionerId
    FROM episode e JOIN family_index ON family_index.family_id = e.family_id
    WHERE ${sql.raw(isOpenEpisode('e.id'))} AND (${where})
      AND ${knownFamilies(actor) ?? sql`1`}
    ORDER BY e.registered_on DESC, e.id DESC LIMIT ${SHOWN}`)
  const found: OpenAssessment[] = []
  for (const row of rows) {
    const { episodeId, reference, familyId } = row
    const keyworker = isOpenTo(actor, row) ? await practitionerOf(db, row.practitionerId, today) : undefined
    found.push({
      ...{ episodeId, reference, familyId },
      childNames: isOpenTo(actor, row) ? row.childNames : '',
      keyworkerName: keyworker?.name ?? '',
      agencyName: keyworker?.employerName ?? ''
    })
  }
  return found
}
