import { and, desc, eq, sql } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import { family, familyIndex } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { FamilyRow } from '../../shared/family/family.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { childNames } from './personName.ts'
import { hubName, isOpenTo, knownFamilies, standingColumns } from './readableFamily.ts'

const PAGE = 50

/**
 * The families that this person may know of, the last registered first, 50 at a time. Of those that are restricted and
 * not open to them only the reference, the day and the hub are told.
 */
export async function listFamilies(
  db: ReadDb,
  { hubId, after }: Parsed<'family.list'>,
  actor: Actor
): Promise<Output<'family.list'>> {
  const today = londonDate(actor.now)
  const rows = await db
    .select({
      ...standingColumns(actor),
      id: family.id,
      reference: family.reference,
      registeredAt: family.createdAt,
      hubName,
      childNames: childNames(sql`${familyIndex.familyId}`, today),
      keyworkerName: keyworkerName(today),
      agreement: sql<string>`coalesce((SELECT decision FROM agreement WHERE id = ${agreementNow}), 'none')`,
      nextDate: nextDate
    })
    .from(familyIndex)
    .innerJoin(family, eq(family.id, familyIndex.familyId))
    .where(
      and(
        knownFamilies(actor),
        hubId === '' ? undefined : eq(familyIndex.hubId, hubId),
        after === ''
          ? undefined
          : sql`(${familyIndex.registeredAt}, ${familyIndex.familyId}) <
              (SELECT registered_at, family_id FROM family_index WHERE family_id = ${after})`
      )
    )
    .orderBy(desc(familyIndex.registeredAt), desc(familyIndex.familyId))
    .limit(PAGE + 1)
  return {
    rows: rows.slice(0, PAGE).map((row): FamilyRow => {
      const { id, reference, registeredAt } = row
      const known = { id, reference, registeredAt, hubName: row.hubName, restricted: row.named !== '' }
      return isOpenTo(actor, row)
        ? {
            ...known,
            childNames: row.childNames,
            keyworkerName: row.keyworkerName,
            agreement: row.agreement,
            nextDate: row.nextDate
          }
        : { ...known, childNames: '', keyworkerName: '', agreement: '', nextDate: '' }
    }),
    next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? '') : ''
  }
}

const agreementNow = sql.raw(standingAgreement('family_index.family_id'))

const ofOpenEpisode = sql`e.family_id = ${familyIndex.familyId}
  AND ${sql.raw(isOpenEpisode('e.id'))}`

// CROSS JOIN: from the family's assessment on. SQLite would begin with every date of the county that is open
const keyworkerName = (on: CivilDate) => sql<string>`coalesce((SELECT p.name FROM episode e
  CROSS JOIN practitioner p ON p.id = ${keyworkerOn('e.id', on)}
  WHERE ${ofOpenEpisode} LIMIT 1), '')`

/**
 * The first of what is planned and of the review of what they agreed to; '' where nothing is. `+`: the dates of one
 * assessment are a handful, and SQLite would rather go through all of the county that have no ending.
 */
const nextDate = sql<string>`coalesce((SELECT min(day) FROM (
  SELECT d.due_on AS day FROM episode e CROSS JOIN episode_date d ON d.episode_id = e.id AND +d.ending = ''
    AND d.deleted_at IS NULL WHERE ${ofOpenEpisode}
  UNION ALL SELECT review_on FROM agreement WHERE id = ${agreementNow} AND review_on <> '')), '')`
