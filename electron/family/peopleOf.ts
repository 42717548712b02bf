import { sql, type SQL } from 'drizzle-orm'
import type { Id } from '../../shared/ids.ts'

/** The first day that is known of what a fact tells, and when it was first recorded: a correction is about the same. */
const first = (column: SQL) => sql`coalesce((SELECT ${column} FROM fact o WHERE o.id = f.of_id), f.${column})`

/** Facts that a merge chose count for nothing once it is undone: then they are of somebody else. */
export const standsMerged = sql`(f.merge_id = '' OR NOT EXISTS (
  SELECT 1 FROM person_unmerge u WHERE u.merge_id = f.merge_id))`

/**
 * The people of a family and what this family may know of them, as the beginning of a WITH (ADR 14):
 *
 * - `member`: every version of every membership, with the record that counts for the person;
 * - `stay`: of each person the last day that they belong here (`until`, '' for who was entered in error) and the instant
 *   up to which what has no day was recorded while they did (`left_at`);
 * - `who`: the same for each record of a person, those merged into one among them;
 * - `told_fact`: every version of every fact of the family and of its people from the beginning of their record until
 *   they left. What begins later belongs to where they went. Of somebody entered in error only the name is told.
 */
export const peopleOf = (familyId: Id): SQL => sql`
  member AS (
    SELECT m.*, p.kept_id FROM family_member m JOIN person_index p ON p.person_id = m.person_id
    WHERE m.family_id = ${familyId}),
  stay AS (
    SELECT kept_id,
      coalesce(max(iif(in_error, NULL, iif(valid_to = '', '9999-12-31', valid_to))), '') AS until,
      max(iif(NOT in_error AND valid_to = '', '9999-12-31', max(created_at, valid_to || 'T24'))) AS left_at
    FROM member m
    WHERE NOT EXISTS (SELECT 1 FROM family_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))
    GROUP BY kept_id),
  who AS (SELECT p.person_id, s.* FROM stay s JOIN person_index p ON p.kept_id = s.kept_id),
  told_fact AS (
    SELECT f.*, w.kept_id FROM who w JOIN fact f ON f.subject_id = w.person_id
    WHERE ${standsMerged} AND CASE
      WHEN w.until = '9999-12-31' THEN 1
      WHEN w.until = '' THEN f.kind = 'name' AND ${first(sql.raw('created_at'))} <= w.left_at
      WHEN ${first(sql.raw('valid_from'))} = '' THEN ${first(sql.raw('created_at'))} <= w.left_at
      ELSE ${first(sql.raw('valid_from'))} <= w.until END
    UNION ALL SELECT f.*, f.subject_id FROM fact f WHERE f.subject_id = ${familyId})`
