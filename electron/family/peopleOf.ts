import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { inWords } from '../../db/prepared.ts'
import type { FactRow } from '../../shared/family/fact.ts'
import type { MemberRow, ShownFact } from '../../shared/family/family.ts'
import { tellsWithheld } from '../../shared/family/tellsWithheld.ts'
import { withheldFacts, withoutWords } from '../../shared/family/withheld.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'

/** The first day that is known of what a fact tells, and when it was first recorded: a correction is about the same. */
const first = (column: SQL) => sql`coalesce((SELECT ${column} FROM fact o WHERE o.id = f.of_id), f.${column})`

/** Facts that a merge chose count for nothing once it is undone: then they are of somebody else. */
export const standsMerged = sql`(f.merge_id = '' OR NOT EXISTS (
  SELECT 1 FROM person_unmerge u WHERE u.merge_id = f.merge_id))`

const stayAndWho = inWords(sql`stay AS (
    SELECT kept_id,
      coalesce(max(iif(in_error, NULL, iif(valid_to = '', '9999-12-31', valid_to))), '') AS until,
      max(iif(NOT in_error AND valid_to = '', '9999-12-31', max(created_at, valid_to || 'T24'))) AS left_at
    FROM member m
    WHERE NOT EXISTS (SELECT 1 FROM family_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))
    GROUP BY kept_id),
  who AS (SELECT p.person_id, s.* FROM stay s CROSS JOIN person_index p ON p.kept_id = s.kept_id)`)

const factsOfPeople =
  inWords(sql`SELECT f.*, w.kept_id FROM who w CROSS JOIN fact f ON f.subject_id = w.person_id
    WHERE ${standsMerged} AND CASE
      WHEN w.until = '9999-12-31' THEN 1
      WHEN w.until = '' THEN f.kind = 'name' AND ${first(sql.raw('created_at'))} <= w.left_at
      WHEN ${first(sql.raw('valid_from'))} = '' THEN ${first(sql.raw('created_at'))} <= w.left_at
      ELSE ${first(sql.raw('valid_from'))} <= w.until END`)

/**
 * The people of a family and what this family may know of them, as the beginning of a WITH (ADR 14):
 *
 * - `member`: every version of every membership, with the record that counts for the person;
 * - `stay`: of each person the last day that they belong here (`until`, '' for who was entered in error) and the instant
 *   up to which what has no day was recorded while they did (`left_at`);
 * - `who`: the same for each record of a person, those merged into one among them;
 * - `told_fact`: every version of every fact of the family and of its people from the beginning of their record until
 *   they left. What begins later belongs to where they went. Of somebody entered in error only the name is told.
 *
 * CROSS JOIN: SQLite takes the tables in this order. By itself it takes a family to be large, and reads every fact there is.
 */
export const peopleOf = (familyId: Id): SQL => sql`
  member AS (
    SELECT m.*, p.kept_id FROM family_member m JOIN person_index p ON p.person_id = m.person_id
    WHERE m.family_id = ${familyId}),
  ${stayAndWho},
  told_fact AS (
    ${factsOfPeople}
    UNION ALL SELECT f.*, f.subject_id FROM fact f WHERE f.subject_id = ${familyId})`

/** A fact as `told_fact` has it: `subjectId` is the record that it was told of, `keptId` the one that counts. */
export type ToldFact = FactRow & { keptId: Id; mergeId: Id; recordedByName: string }

/** A column of 0 and 1 in JSON. */
export const asBoolean = (column: string): SQL => sql.raw(`json(iif(${column}, 'true', 'false'))`)
/** Of a row whose writer was joined as `a`. */
export const writersName = sql`coalesce(a.name, '')`

const factAsJson = inWords(sql`json_object(
  'id', f.id, 'ofId', f.of_id, 'subjectId', f.subject_id, 'keptId', f.kept_id, 'kind', f.kind,
  'value', json(f.value), 'validFrom', f.valid_from, 'validTo', f.valid_to, 'inError', ${asBoolean('f.in_error')},
  'reason', f.reason, 'mergeId', f.merge_id, 'recordedAt', f.created_at, 'recordedByName', ${writersName})`)

/** A JSON array of `ToldFact`, as they were recorded; within a query that begins with `peopleOf`. */
export const factsAsJson = (where: SQL = sql`1`): SQL => sql`(
  SELECT json_group_array(${factAsJson} ORDER BY f.created_at, f.id)
  FROM told_fact f LEFT JOIN account a ON a.id = f.created_by WHERE ${where})`

/**
 * Every version of the addresses and numbers that are withheld of whoever is or was in a family with some people, with
 * `kept_id`: a child who is in two families would give away in the one what is withheld in the other.
 *
 * @param people a query for the records that count, in brackets
 * @param known the same for those of whom every fact is read already
 */
export const withheldBeside = (people: SQL, known: SQL = sql`('')`): SQL => sql`(
  SELECT f.*, g.kept_id FROM person_index g CROSS JOIN fact f ON f.subject_id = g.person_id
  WHERE g.kept_id IN (
      SELECT other.kept_id FROM person_index p CROSS JOIN family_member theirs ON theirs.person_id = p.person_id
      CROSS JOIN family_member m ON m.family_id = theirs.family_id
      CROSS JOIN person_index other ON other.person_id = m.person_id
      WHERE p.kept_id IN ${people} AND other.kept_id NOT IN ${known})
    AND f.kind IN ('address', 'phone') AND ${standsMerged}
    AND EXISTS (SELECT 1 FROM fact v WHERE v.of_id = f.of_id AND json_array_length(v.value, '$.withheldFrom') > 0))`

/** The same of the people of a family, as a JSON array of `ToldFact`; within a query that begins with `peopleOf`. */
export const besideAsJson = inWords(sql`(SELECT json_group_array(${factAsJson})
  FROM ${withheldBeside(sql`(SELECT kept_id FROM who)`, sql`(SELECT kept_id FROM who WHERE until = '9999-12-31')`)} f
  LEFT JOIN account a ON a.id = f.created_by)`)

/** A JSON array of `MemberRow`, as they were recorded; within a query that begins with `peopleOf`. */
export const membersAsJson = sql`(SELECT json_group_array(json_object(
    'id', m.id, 'ofId', m.of_id, 'familyId', m.family_id, 'personId', m.person_id, 'keptId', m.kept_id,
    'role', m.role, 'validFrom', m.valid_from, 'validTo', m.valid_to, 'inError', ${asBoolean('m.in_error')},
    'reason', m.reason, 'recordedAt', m.created_at) ORDER BY m.created_at, m.id)
  FROM member m)`

/** Facts as a page gets them: of the person whose record counts, and without what is withheld, here or beside. */
export function shownFacts(facts: readonly ToldFact[], beside: readonly ToldFact[]): ShownFact[] {
  const withheld = withheldFacts([...facts, ...beside])
  return facts.map(({ keptId, mergeId: _mergeId, ...row }) => {
    const isWithheld = withheld.has(row.ofId)
    return { ...(isWithheld ? withoutWords(row) : row), subjectId: keptId, withheld: isWithheld }
  })
}

/** What a family is to somebody who writes about it. */
export interface KnownFamily {
  members: MemberRow[]
  facts: ToldFact[]
  /** Addresses and numbers that are withheld in other families of these people. */
  beside: ToldFact[]
  /** By each record of each person: the one that counts, and their last day here, '' of who was entered in error. */
  people: ReadonlyMap<Id, { keptId: Id; until: CivilDate }>
}

/** Everybody of a family and everything that it may know of them, with the words of what is withheld. */
export function knownFamily(db: ReadDb, familyId: Id): KnownFamily {
  const { members, facts, beside, people } = db.get<
    Record<keyof KnownFamily, string>
  >(sql`WITH ${peopleOf(familyId)}
    SELECT ${membersAsJson} AS members, ${factsAsJson()} AS facts, ${besideAsJson} AS beside,
      (SELECT json_group_array(json_array(person_id, json_object('keptId', kept_id, 'until', until))) FROM who) AS people`)
  return {
    members: JSON.parse(members) as MemberRow[],
    facts: JSON.parse(facts) as ToldFact[],
    beside: JSON.parse(beside) as ToldFact[],
    people: new Map(JSON.parse(people) as [Id, { keptId: Id; until: CivilDate }][])
  }
}

/** Whether a text tells what is withheld of anybody in this family or beside them. */
export const tellsWithheldOf = ({ facts, beside }: Pick<KnownFamily, 'facts' | 'beside'>) =>
  tellsWithheld([...facts, ...beside])
