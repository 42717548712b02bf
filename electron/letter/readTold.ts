import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { cover, coverPart, episode, transfer } from '../../db/schema/index.ts'
import { notFound } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'
import { employerName } from '../practitioner/employerName.ts'
import { whoIsKeyworker } from '../keyworker/keyworkerOn.ts'

/** Somebody who works with the family, as a letter names them; '' for what is not known. */
export interface Worker {
  name: string
  agency: string
  phone: string
}

/** The assessment that a letter is of, and what it tells of a transfer or a cover; '' for what is not known. */
export interface Told {
  episodeId: Id
  reference: string
  /** Today's, or who was it until the transfer or is stood in for. */
  keyworker: Worker
  newKeyworker: Worker
  changeoverOn: CivilDate
  coverFrom: CivilDate
  coverTo: CivilDate
}

interface Asked {
  familyId: Id
  episodeId: Id
  aboutId: Id
}

const nobody: Worker = { name: '', agency: '', phone: '' }

/**
 * What the record knows for a letter of a family: of the transfer or the part of a cover that it tells of, else of the
 * assessment that is given, else of the open one.
 *
 * @throws Refusal not-found for an assessment, a transfer or a cover of another family
 */
export async function readTold(db: ReadDb, asked: Asked, today: CivilDate): Promise<Told> {
  const about = asked.aboutId === '' ? undefined : await readAbout(db, asked, today)
  if (about && asked.episodeId !== '' && asked.episodeId !== about.episodeId) notFound()
  const episodeId = about?.episodeId ?? (asked.episodeId || openEpisode(db, asked.familyId))
  return {
    episodeId,
    reference: episodeId === '' ? '' : await referenceOf(db, episodeId, asked.familyId),
    keyworker: workerOf(db, episodeId === '' ? '' : whoIsKeyworker(db, episodeId, today)),
    newKeyworker: nobody,
    ...{ changeoverOn: '', coverFrom: '', coverTo: '' },
    ...about
  }
}

const openEpisode = (db: ReadDb, familyId: Id): Id =>
  db.get<{ id: Id } | undefined>(sql`SELECT episode_id AS id FROM episode_now
    WHERE family_id = ${familyId} AND closed_on = '' ORDER BY registered_on DESC LIMIT 1`)?.id ?? ''

async function referenceOf(db: ReadDb, episodeId: Id, familyId: Id): Promise<string> {
  const [found] = await db
    .select({ reference: episode.reference })
    .from(episode)
    .where(and(eq(episode.id, episodeId), eq(episode.familyId, familyId)))
  return found ? found.reference : notFound()
}

const readAbout = async (
  db: ReadDb,
  asked: Asked,
  today: CivilDate
): Promise<Partial<Told> & { episodeId: Id }> =>
  (await readTransfer(db, asked, today)) ?? (await readCover(db, asked)) ?? notFound()

/** Until the changeover the keyworker is who was it the day before, however late the letter is written. */
async function readTransfer(db: ReadDb, { familyId, aboutId }: Asked, today: CivilDate) {
  const [found] = await db
    .select({ episodeId: transfer.episodeId, authorityName: transfer.authorityName })
    .from(transfer)
    .where(and(eq(transfer.id, aboutId), eq(transfer.familyId, familyId)))
  if (!found) return undefined
  const proposed = proposedIn(db, aboutId)
  const changeoverOn = proposed?.changeoverOn ?? ''
  const before = changeoverOn !== '' && changeoverOn <= today ? addDays(changeoverOn, -1) : today
  return {
    episodeId: found.episodeId,
    keyworker: workerOf(db, whoIsKeyworker(db, found.episodeId, before)),
    newKeyworker:
      proposed?.practitionerId === ''
        ? { name: proposed.who, agency: found.authorityName, phone: '' }
        : workerOf(db, proposed?.practitionerId ?? ''),
    changeoverOn
  }
}

/** Who is proposed last, unless they declined or the transfer was cancelled. Out of the county: a name alone. */
const proposedIn = (db: ReadDb, transferId: Id) =>
  db.get<{ practitionerId: Id; who: string; changeoverOn: CivilDate } | undefined>(sql`
    SELECT p.practitioner_id AS practitionerId, p.who, p.on_day AS changeoverOn FROM transfer_step p
    WHERE p.transfer_id = ${transferId} AND p.step = 'propose' AND NOT EXISTS (
      SELECT 1 FROM transfer_step later WHERE later.transfer_id = p.transfer_id
        AND later.step IN ('propose', 'decline', 'cancel') AND (later.created_at, later.id) > (p.created_at, p.id))`)

/** The days as they are by now: a cover may end sooner than it was arranged, and a transfer ends it. */
async function readCover(db: ReadDb, { familyId, aboutId }: Asked) {
  const [found] = await db
    .select({
      episodeId: coverPart.episodeId,
      awayId: cover.practitionerId,
      standInId: coverPart.practitionerId,
      coverFrom: coverPart.fromDay,
      coverTo: sql<CivilDate>`coalesce((SELECT max(s.to_day) FROM keyworker_span s
        WHERE s.episode_id = ${coverPart.episodeId} AND s.row_id = ${coverPart.rowId}), ${coverPart.toDay})`
    })
    .from(coverPart)
    .innerJoin(cover, eq(cover.id, coverPart.coverId))
    .where(and(eq(coverPart.id, aboutId), eq(coverPart.familyId, familyId)))
  if (!found) return undefined
  const { episodeId, awayId, standInId, coverFrom, coverTo } = found
  return {
    ...{ episodeId, coverFrom, coverTo },
    keyworker: workerOf(db, awayId),
    newKeyworker: workerOf(db, standInId)
  }
}

const workerOf = (db: ReadDb, practitionerId: Id): Worker =>
  db.get<Worker | undefined>(sql`SELECT p.name, ${employerName('p')} AS agency, p.phone
    FROM practitioner p WHERE p.id = ${practitionerId}`) ?? nobody
