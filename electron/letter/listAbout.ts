import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { LetterAbout } from '../../shared/letter/letter.ts'
import { mustOpen } from '../family/readableFamily.ts'

/** What is older nobody writes about any more. */
const MOST = 10

/**
 * What a letter to a family can tell of, the newest first: transfers that nobody cancelled, and cover as it is by
 * now, where it lasts a day at least.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listAbout(
  db: ReadDb,
  { familyId }: Parsed<'letter.about'>,
  actor: Actor
): Promise<Output<'letter.about'>> {
  await mustOpen(db, familyId, actor)
  return db
    .all<LetterAbout>(whatHappened(familyId))
    .map(({ id, kind, episodeId, name, from, to }) => ({ id, kind, episodeId, name, from, to }))
}

const whatHappened = (familyId: Id) => sql`
  SELECT t.id, 'transfer' AS kind, t.episode_id AS episodeId,
    coalesce(iif(s.practitioner_id = '', s.who, p.name), '') AS name, coalesce(s.on_day, '') AS "from", '' AS "to",
    t.created_at AS at
  FROM transfer t
    LEFT JOIN transfer_step s ON s.transfer_id = t.id AND s.step = 'propose' AND NOT EXISTS (
      SELECT 1 FROM transfer_step later WHERE later.transfer_id = t.id AND later.step IN ('propose', 'decline')
        AND (later.created_at, later.id) > (s.created_at, s.id))
    LEFT JOIN practitioner p ON p.id = s.practitioner_id
  WHERE t.family_id = ${familyId}
    AND NOT EXISTS (SELECT 1 FROM transfer_step c WHERE c.transfer_id = t.id AND c.step = 'cancel')
  UNION ALL
  SELECT c.id, 'cover', c.episode_id, coalesce(p.name, ''), min(s.from_day), max(s.to_day), c.created_at
  FROM cover_part c JOIN keyworker_span s ON s.episode_id = c.episode_id AND s.row_id = c.row_id
    LEFT JOIN practitioner p ON p.id = c.practitioner_id
  WHERE c.family_id = ${familyId} GROUP BY c.id
  ORDER BY at DESC LIMIT ${MOST}`
