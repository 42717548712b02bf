import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { asSought, matchKnown } from '../../shared/person/known.ts'
import type { Strength } from '../../shared/person/match.ts'
import { asFound } from './findPeople.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { recordsOf } from './recordsOf.ts'

const PAGE = 20

interface PairRow {
  id: Id
  one: Id
  other: Id
  strength: Strength
  foundAt: Instant
}

/**
 * Two by two, who may be one person and nobody has said anything of yet, the newest first, 20 at a time (L11). Only pairs
 * of which this person may know both.
 */
export async function listPairs(
  db: ReadDb,
  { after }: Parsed<'person.pairs'>,
  actor: Actor
): Promise<Output<'person.pairs'>> {
  const pairs = openPairs(db, after, actor)
  const shown = pairs.slice(0, PAGE)
  const records = await recordsOf(db, [...new Set(shown.flatMap(({ one, other }) => [one, other]))], actor)
  const rows = shown.flatMap(({ id, one, other, strength, foundAt }) => {
    const [first, second] = [one, other].map((each) => records.find(({ personId }) => personId === each))
    if (!first || !second) return []
    const found = matchKnown(asSought(first.known), second.known)
    const reasons = { strength, points: 0, reasons: found?.reasons ?? [] }
    const [shownOne, shownOther] = [asFound(first, reasons), asFound(second, reasons)]
    // the names of one who is restricted stand in the reasons of the other as well
    const why = first.restricted ? shownOne.why : shownOther.why
    return [{ id, one: { ...shownOne, why }, other: { ...shownOther, why }, strength, why, foundAt }]
  })
  return { rows, next: pairs.length > PAGE ? (shown.at(-1)?.id ?? '') : '' }
}

/** Whoever is in no family belongs to nobody's hub, and is for those to look at who see all. */
function openPairs(db: ReadDb, after: string, actor: Actor): PairRow[] {
  const known = knownFamilies(actor)
  const isKnown = (keptId: string) =>
    known
      ? sql`AND EXISTS (SELECT 1 FROM person_index g JOIN family_member m ON m.person_id = g.person_id
        JOIN family_index ON family_index.family_id = m.family_id
        WHERE g.kept_id = ${sql.raw(keptId)} AND NOT m.in_error AND ${known})`
      : sql``
  return db.all<PairRow>(sql`
    SELECT p.id AS id, a.kept_id AS one, b.kept_id AS other, p.strength AS strength, p.created_at AS foundAt
    FROM person_pair p JOIN person_index a ON a.person_id = p.one_id JOIN person_index b ON b.person_id = p.other_id
    WHERE a.kept_id <> b.kept_id ${isKnown('a.kept_id')} ${isKnown('b.kept_id')}
      AND coalesce((SELECT c.shown FROM person_choice c WHERE c.about_id = p.id
        ORDER BY c.created_at DESC, c.id DESC LIMIT 1), '') = ''
      AND (${after} = '' OR (p.created_at, p.id) < (SELECT created_at, id FROM person_pair WHERE id = ${after}))
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${PAGE + 1}`)
}
