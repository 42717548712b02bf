import { eq, sql } from 'drizzle-orm'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { Tx } from '../../db/open.ts'
import { checkAnswer } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { isEmptyChild } from '../../shared/call/problems.ts'
import { answerOf, whatToAsk, type Likeness } from '../../shared/check/answering.ts'
import type { CheckDraft, CheckRecord } from '../../shared/check/check.ts'
import { problemsWithChecked } from '../../shared/check/problems.ts'
import { mayDo } from '../../shared/check/state.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { matchKnown } from '../../shared/person/known.ts'
import type { Strength } from '../../shared/person/match.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { knownToAnybody } from '../person/recordsOf.ts'
import { insertChecked, isToldIn } from './insertChecked.ts'
import { foundAhead, likelyPeople, soughtOf } from './searchAhead.ts'
import { theCheck } from './theCheck.ts'

/**
 * Asks the record, once it is sure who is calling (R19): is an assessment open, and who is the keyworker (R20, C3)? Every
 * family is looked at, whoever asks, for nothing but that is told. Better details may be given with each new asking.
 *
 * @throws Refusal not-found, changed-since (not at this step), invalid (children), clashing-id
 */
export async function answerCheck(
  tx: Tx,
  { id, checkId, children }: Parsed<'check.answer'>,
  actor: Actor
): Promise<CheckRecord | AlreadyDone<CheckRecord>> {
  const { course, record } = await theCheck(tx, checkId, actor)
  const [before] = await tx.select().from(checkAnswer).where(eq(checkAnswer.id, id))
  if (before) {
    const isSame =
      before.checkId === checkId &&
      (await isToldIn(tx, children, { checkId, actId: id }, londonDate(before.createdAt)))
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(record)
  }
  if (!mayDo(course).includes('answer')) throw new Refusal({ code: 'changed-since' })
  const today = londonDate(actor.now)
  const problems = problemsWithChecked(children, today)
  if (problems.length > 0) invalid(...problems)

  const told = children.filter((child) => !isEmptyChild(child))
  const likenesses = await Promise.all(told.map((child) => whoMayBe(tx, checkId, child, today)))
  const { answer, episodeId } = answerOf(likenesses)
  const written = writtenBy(actor, COUNTY_HUB_ID)
  await insertChecked(tx, children, { checkId, actId: id }, today, written)
  await tx.insert(checkAnswer).values({
    ...written,
    id,
    checkId,
    answer,
    episodeId,
    ...(await keyworkerOf(tx, episodeId, londonDate(actor.now))),
    askFor: answer === 'unclear' ? whatToAsk(told).join(', ') : ''
  })
  return (await theCheck(tx, checkId, actor)).record
}

/** Everyone of the record who may be this child, with the open assessments of the families that they belong to today. */
async function whoMayBe(
  tx: Tx,
  checkId: Id,
  child: CheckDraft['children'][number],
  today: CivilDate
): Promise<Likeness[]> {
  const sought = soughtOf(child, today)
  const likely = foundAhead(tx, checkId, sought) ?? (await likelyPeople(tx, sought))
  const known = knownToAnybody(tx, likely, today)
  const found = [...known].flatMap(([personId, each]) => {
    const match = matchKnown(sought, each)
    return match ? [{ personId, strength: match.strength }] : []
  })
  return found.flatMap(({ personId, strength }) => likenessesOf(tx, personId, strength, today))
}

function likenessesOf(tx: Tx, personId: Id, strength: Strength, today: CivilDate): Likeness[] {
  const open = tx.all<{ episodeId: Id; named: string }>(sql`
    SELECT DISTINCT e.id AS episodeId, f.named FROM person_index p
    JOIN family_member m ON m.person_id = p.person_id
    JOIN episode e ON e.family_id = m.family_id
    JOIN family_index f ON f.family_id = m.family_id
    WHERE p.kept_id = ${personId} AND NOT m.in_error AND (m.valid_from = '' OR m.valid_from <= ${today})
      AND (m.valid_to = '' OR m.valid_to >= ${today})
      AND NOT EXISTS (SELECT 1 FROM family_member later WHERE later.of_id = m.of_id
        AND (later.created_at, later.id) > (m.created_at, m.id))
      AND ${sql.raw(isOpenEpisode('e.id'))}`)
  if (open.length === 0) return [{ personId, strength, episodeId: '', restricted: false }]
  return open.map(({ episodeId, named }) => ({ personId, strength, episodeId, restricted: named !== '' }))
}

/** All that may be said of an open assessment: the keyworker's name, agency and number (R20). */
async function keyworkerOf(
  tx: Tx,
  episodeId: Id,
  on: CivilDate
): Promise<
  Pick<typeof checkAnswer.$inferInsert, 'familyId' | 'keyworkerName' | 'keyworkerAgency' | 'keyworkerPhone'>
> {
  const keyworker = tx.get<
    | {
        familyId: Id
        name: string | null
        phone: string | null
        employer: 'agency' | 'school' | null
        employerId: string | null
      }
    | undefined
  >(sql`
    SELECT e.family_id AS familyId, p.name, p.phone, p.employer, p.employer_id AS employerId
    FROM episode e
    LEFT JOIN practitioner p ON p.id = ${keyworkerOn('e.id', on)} WHERE e.id = ${episodeId}`)
  if (!keyworker) return { familyId: '', keyworkerName: '', keyworkerAgency: '', keyworkerPhone: '' }
  const { familyId, name, phone, employer, employerId } = keyworker
  const directory = employer && employerId ? await inDirectory(tx, employer, employerId) : undefined
  return {
    familyId,
    keyworkerName: name ?? '',
    keyworkerAgency: directory?.name ?? '',
    // where they have no number of their own, their agency's main one reaches them
    keyworkerPhone: (phone ?? '') || (directory?.mainNumber ?? '')
  }
}
