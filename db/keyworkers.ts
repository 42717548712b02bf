import type { CivilDate, Id, Instant } from '../shared/ids.ts'
import { keyworkerSpans, type KeyworkerKind } from '../shared/keyworker/spans.ts'
import type { Connection } from './open.ts'

const rowsOf = (episodeId: string) => `(SELECT json_group_array(json_array(
    k.id, k.practitioner_id, k.kind, k.over_id, k.valid_from, k.valid_to, k.created_at,
    coalesce((SELECT min(x.last_day) FROM keyworker_end x WHERE x.row_id = k.id), '')))
  FROM episode_keyworker k WHERE k.episode_id = ${episodeId})`

const COLUMNS = 'span_id, episode_id, from_day, to_day, practitioner_id, row_id, is_cover'
const asTheyAre = (from: string, episodeId: string) => `
  SELECT ${episodeId} || ' ' || (j.value ->> 0), ${episodeId}, j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3,
    j.value ->> 4
  FROM ${from} json_each(keyworker_spans(${rowsOf(episodeId)})) j`

const keep = `
  DELETE FROM keyworker_span WHERE episode_id = new.episode_id;
  INSERT INTO keyworker_span (${COLUMNS}) ${asTheyAre('', 'new.episode_id')};
  UPDATE episode_now SET owned_from = ${ownedFrom('new.episode_id')} WHERE episode_id = new.episode_id;`

/** SQL: the first day on which an assessment has a keyworker; '' where nobody owns it. */
export function ownedFrom(episodeId: string): string {
  return `coalesce((SELECT min(s.from_day) FROM keyworker_span s WHERE s.episode_id = ${episodeId}), '')`
}

/**
 * SQL: a span `s` reaches into the time since its assessment was last reopened. Who had it before may have left since, or no
 * longer be trained: that is history.
 */
export const isSinceReopened = `s.to_day >= coalesce((SELECT max(r.reopened_on) FROM episode_reopening r
  WHERE r.episode_id = s.episode_id), '')`

/** SQL: somebody, as `p`, is not trained and registered on the first day of a span `s` (R23). */
export const isUntrained = `(p.trained_on = '' OR p.registered_on = '' OR max(p.trained_on, p.registered_on) > s.from_day)`

/** SQL: somebody, as `p`, has left before the last day of a span `s` (L18). */
export const isGone = `(p.left_on <> '' AND s.to_day > p.left_on)`

/** As those of assessments: they write what is this computer's only, and fire for rows of other desks too. */
export const KEYWORKER_TRIGGERS = ['episode_keyworker', 'keyworker_end']
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_kept;
CREATE TRIGGER ${table}_kept AFTER INSERT ON ${table} BEGIN ${keep}
END;`
  )
  .join('')

/** Who is the keyworker of every assessment on which days, from the record; before `episode_now`, which asks for it. */
export function fillKeyworkers(connection: Connection): void {
  connection.exec(`
    DELETE FROM keyworker_span;
    INSERT INTO keyworker_span (${COLUMNS}) ${asTheyAre(EACH, 'e.episode_id')};`)
}

const EACH = '(SELECT DISTINCT episode_id FROM episode_keyworker) e CROSS JOIN'

/** For the invariants: what the triggers keep is what the record says. */
export const keyworkersAstray = `
  SELECT span_id FROM (SELECT ${COLUMNS} FROM keyworker_span EXCEPT ${asTheyAre(EACH, 'e.episode_id')})
  UNION ALL SELECT 1 FROM (${asTheyAre(EACH, 'e.episode_id')} EXCEPT SELECT ${COLUMNS} FROM keyworker_span)`

type Row = [
  id: Id,
  practitionerId: Id,
  kind: KeyworkerKind,
  overId: Id,
  validFrom: CivilDate,
  validTo: CivilDate,
  createdAt: Instant,
  lastDay: CivilDate
]

/** What the triggers above call. */
export function addKeyworkerFunctions(connection: Connection): void {
  connection.function('keyworker_spans', { deterministic: true }, (rows: unknown): string => {
    const spans = keyworkerSpans(
      (JSON.parse(String(rows)) as Row[]).map(
        ([id, practitionerId, kind, overId, validFrom, validTo, createdAt, lastDay]) => ({
          id,
          practitionerId,
          kind,
          overId,
          validFrom,
          validTo,
          createdAt,
          lastDay
        })
      )
    )
    return JSON.stringify(
      spans.map(({ from, to, practitionerId, rowId, isCover }) => [
        from,
        to,
        practitionerId,
        rowId,
        isCover ? 1 : 0
      ])
    )
  })
}
