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
  /** The next meeting of the team, as it is arranged; `meetingAt` is HH:MM in London. */
  meetingOn: CivilDate
  meetingAt: string
  meetingPlace: string
  /** Of a closed assessment, and why, in the words of whoever closed it. */
  closedOn: CivilDate
  closedWhy: string
}

interface Asked {
  familyId: Id
  episodeId: Id
  aboutId: Id
}

const nobody: Worker = { name: '', agency: '', phone: '' }

/**
 * What the record knows for a letter of a family: of the transfer or the part of a cover that it tells of, else of the
 * assessment that is given, else of the open one, or the one that closed last. Of a closed one the keyworker is its last.
 *
 * @throws Refusal not-found for an assessment, a transfer or a cover of another family
 */
export async function readTold(db: ReadDb, asked: Asked, today: CivilDate): Promise<Told> {
  const about = asked.aboutId === '' ? undefined : await readAbout(db, asked, today)
  if (about && asked.episodeId !== '' && asked.episodeId !== about.episodeId) notFound()
  const episodeId = about?.episodeId ?? (asked.episodeId || lastEpisode(db, asked.familyId))
  const closing = closingOf(db, episodeId)
  return {
    episodeId,
    reference: episodeId === '' ? '' : await referenceOf(db, episodeId, asked.familyId),
    keyworker: workerOf(db, whoIsKeyworker(db, episodeId, closing.closedOn || today)),
    newKeyworker: nobody,
    ...{ changeoverOn: '', coverFrom: '', coverTo: '' },
    ...nextMeeting(db, episodeId, today),
    ...closing,
    ...about
  }
}

/** The open one, else the one that closed last. */
const lastEpisode = (db: ReadDb, familyId: Id): Id =>
  db.get<{ id: Id } | undefined>(sql`SELECT episode_id AS id FROM episode_now
    WHERE family_id = ${familyId} ORDER BY closed_on = '' DESC, closed_on DESC, registered_on DESC LIMIT 1`)
    ?.id ?? ''

/** The first that is still to come and was not called off. */
const nextMeeting = (
  db: ReadDb,
  episodeId: Id,
  today: CivilDate
): Pick<Told, 'meetingOn' | 'meetingAt' | 'meetingPlace'> =>
  db.get<Pick<Told, 'meetingOn' | 'meetingAt' | 'meetingPlace'> | undefined>(sql`
    SELECT d.due_on AS meetingOn, coalesce(m.starts_at, '') AS meetingAt, coalesce(m.place, '') AS meetingPlace
    FROM episode_date d LEFT JOIN meeting m ON m.id = d.id
    WHERE d.episode_id = ${episodeId} AND d.kind = 'meeting' AND d.ending = '' AND d.deleted_at IS NULL
      AND d.due_on >= ${today} AND NOT EXISTS (SELECT 1 FROM meeting_record r WHERE r.meeting_id = d.id)
    ORDER BY d.due_on, meetingAt, d.id LIMIT 1`) ?? { meetingOn: '', meetingAt: '', meetingPlace: '' }

/** Of the end that counts: an assessment may have been taken up again. */
const closingOf = (db: ReadDb, episodeId: Id): Pick<Told, 'closedOn' | 'closedWhy'> =>
  db.get<Pick<Told, 'closedOn' | 'closedWhy'> | undefined>(sql`
    SELECT c.closed_on AS closedOn, c.closure_reason AS closedWhy FROM episode_closure c
    WHERE c.episode_id = ${episodeId} AND NOT EXISTS (SELECT 1 FROM episode_reopening r WHERE r.closure_id = c.id)
    ORDER BY c.created_at DESC, c.id DESC LIMIT 1`) ?? { closedOn: '', closedWhy: '' }

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
