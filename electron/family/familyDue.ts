import { and, asc, eq, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import type { ReadDb } from '../../db/open.ts'
import {
  account,
  advice,
  agreement,
  assessmentCheck,
  checkEnding,
  episodeDate,
  family,
  familyAccess,
  familyIndex
} from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS, type Whose } from '../../shared/call/loop.ts'
import { DUE_AHEAD_DAYS, type FamilyDue } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { coverChanging } from '../cover/coverChanging.ts'
import { agreementsAfterStepDown } from '../stepDown/agreementsDue.ts'
import { stepUpsDue } from '../stepUp/stepUpsDue.ts'
import { transfersDue } from '../transfer/transfersDue.ts'
import { standsMerged } from './peopleOf.ts'
import { childNames } from './personName.ts'
import { isOpenTo, knownFamilies, standingColumns, type Standing } from './readableFamily.ts'

/** Who asks, for whose, and up to which day. */
interface Asked {
  whose: Whose
  actor: Actor
  today: CivilDate
  until: CivilDate
}

/**
 * What waits about families, the first due first, all of it worked out from the record (L30): reviews of the agreements
 * that stand and of warnings, planned dates, up to a week ahead. Each is seen to by whoever recorded it; `everyone` is
 * every family that one may know of. That a restricted family was opened, and a check that was passed on, are told to the
 * one person whom they are addressed to (L21). Of a restricted family that is not open to them nobody hears a name.
 */
export async function familyDue(
  db: ReadDb,
  { whose }: Parsed<'family.due'>,
  actor: Actor
): Promise<FamilyDue[]> {
  const today = londonDate(actor.now)
  const asked = { whose, actor, today, until: addDays(today, DUE_AHEAD_DAYS) }
  const due = [
    ...(await agreementReviews(db, asked)),
    ...(await warningReviews(db, asked)),
    ...(await plannedDates(db, asked)),
    ...(await openedWithReason(db, asked)),
    ...(await checksPassedOn(db, asked)),
    ...(await adviceWaiting(db, asked)),
    ...(await coverChanges(db, asked)),
    ...(await stepDownAgreements(db, asked)),
    ...transfersDue(db, asked),
    ...stepUpsDue(db, asked)
  ]
  return due.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

const ownerName = sql<string>`coalesce(${account.name}, '')`

/** What every row tells of its family. */
const familyColumns = ({ actor, today }: Asked) => ({
  ...standingColumns(actor),
  familyId: family.id,
  familyReference: family.reference,
  familyName: childNames(sql`${family.id}`, today),
  ownerName
})

type Told = Standing & Omit<FamilyDue, 'kind' | 'rowVersion'> & { rowVersion?: number }

/** A row as it may be told: a family that opens only with a reason has no name and no note. */
function told(row: Told, kind: FamilyDue['kind'], actor: Actor): FamilyDue {
  const { id, rowVersion = 0, familyId, familyReference, dueOn, ownerName: owner } = row
  const isOpen = isOpenTo(actor, row)
  return {
    kind,
    id,
    rowVersion,
    familyId,
    familyReference,
    familyName: isOpen ? row.familyName : '',
    dueOn,
    ownerName: owner,
    note: isOpen ? row.note : ''
  }
}

/** Only what is of this person, unless everyone's is asked for; and only of families that they may know of. */
const isAskedFor = (owner: SQL, { whose, actor }: Asked): SQL | undefined =>
  and(whose === 'mine' ? sql`${owner} = ${actor.id}` : undefined, knownFamilies(actor))

async function agreementReviews(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({ ...familyColumns(asked), id: agreement.id, dueOn: agreement.reviewOn, note: sql<string>`''` })
    .from(agreement)
    .innerJoin(family, eq(family.id, agreement.familyId))
    .innerJoin(familyIndex, eq(familyIndex.familyId, agreement.familyId))
    .leftJoin(account, eq(account.id, agreement.createdBy))
    .where(
      and(
        sql`${agreement.reviewOn} > ''`,
        lte(agreement.reviewOn, asked.until),
        sql`${agreement.id} = ${sql.raw(standingAgreement('"agreement"."family_id"'))}`,
        isAskedFor(sql`${agreement.createdBy}`, asked)
      )
    )
    .orderBy(asc(agreement.reviewOn), asc(agreement.familyId))
    .limit(OPEN_ROWS)
  return rows.map((row) => told(row, 'agreement-review', asked.actor))
}

/** Of the family, or of somebody who belongs to it today; of somebody in two families, in the first of them. */
const familyOfWarning = (today: CivilDate): SQL => sql`CASE f.subject WHEN 'family' THEN f.subject_id ELSE (
  SELECT m.family_id FROM person_index r
  JOIN person_index p ON p.kept_id = r.kept_id
  JOIN family_member m ON m.person_id = p.person_id
  WHERE r.person_id = f.subject_id AND NOT m.in_error
    AND m.valid_from <= ${today} AND (m.valid_to = '' OR m.valid_to >= ${today})
    AND NOT EXISTS (SELECT 1 FROM family_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))
  ORDER BY m.created_at, m.id LIMIT 1) END`

/** The newest version of each warning that has not ended and is to be looked at again. */
const warnings = ({ today, until }: Asked): SQL => sql`(
  SELECT f.id, f.created_by, f.value ->> 'reviewOn' AS review_on, f.value ->> 'text' AS text,
    ${familyOfWarning(today)} AS family_id
  FROM fact f WHERE f.kind = 'warning' AND NOT f.in_error AND (f.valid_to = '' OR f.valid_to >= ${today})
    AND f.value ->> 'reviewOn' <= ${until} AND ${standsMerged}
    AND NOT EXISTS (SELECT 1 FROM fact later
      WHERE later.of_id = f.of_id AND (later.created_at, later.id) > (f.created_at, f.id))) AS warning`

async function warningReviews(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({
      ...familyColumns(asked),
      id: sql<Id>`warning.id`,
      dueOn: sql<CivilDate>`warning.review_on`,
      note: sql<string>`warning.text`
    })
    .from(family)
    .innerJoin(warnings(asked), sql`warning.family_id = ${family.id}`)
    .innerJoin(familyIndex, eq(familyIndex.familyId, family.id))
    .leftJoin(account, sql`${account.id} = warning.created_by`)
    .where(isAskedFor(sql`warning.created_by`, asked))
    .orderBy(sql`warning.review_on, warning.id`)
    .limit(OPEN_ROWS)
  return rows.map((row) => told(row, 'warning-review', asked.actor))
}

async function plannedDates(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({
      ...familyColumns(asked),
      kind: episodeDate.kind,
      id: episodeDate.id,
      rowVersion: episodeDate.rowVersion,
      dueOn: episodeDate.dueOn,
      note: episodeDate.note
    })
    .from(episodeDate)
    .innerJoin(family, eq(family.id, episodeDate.familyId))
    .innerJoin(familyIndex, eq(familyIndex.familyId, episodeDate.familyId))
    .leftJoin(account, eq(account.id, episodeDate.createdBy))
    .where(
      and(
        eq(episodeDate.ending, ''),
        lte(episodeDate.dueOn, asked.until),
        isNull(episodeDate.deletedAt),
        isAskedFor(sql`${episodeDate.createdBy}`, asked)
      )
    )
    .orderBy(asc(episodeDate.dueOn), asc(episodeDate.id))
    .limit(OPEN_ROWS)
  return rows.map((row) => told(row, row.kind, asked.actor))
}

/**
 * L21: who opened a restricted family, or saw what is withheld, is told to its manager and nobody else; where the manager
 * is at work no more, to triage managers.
 */
async function openedWithReason(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const opener = sql<string>`coalesce((SELECT name FROM account WHERE id = ${familyAccess.createdBy}), '')`
  const rows = await db
    .select({
      ...familyColumns(asked),
      id: familyAccess.id,
      rowVersion: familyAccess.rowVersion,
      at: familyAccess.createdAt,
      note: sql<string>`${opener} || ': ' || ${familyAccess.reason}`
    })
    .from(familyAccess)
    .innerJoin(family, eq(family.id, familyAccess.familyId))
    .innerJoin(familyIndex, eq(familyIndex.familyId, familyAccess.familyId))
    .leftJoin(account, eq(account.id, familyAccess.ownerId))
    .where(and(isToldOfAccess(asked), eq(familyAccess.seenAt, ''), isNull(familyAccess.deletedAt)))
    .orderBy(asc(familyAccess.createdAt), asc(familyAccess.id))
    .limit(OPEN_ROWS)
  // who opened it and why is for the manager to hear, named or not: without it they could see to nothing
  return rows.map(({ at, ...row }) => ({
    ...told({ ...row, dueOn: londonDate(at) }, 'restricted-opened', asked.actor),
    note: row.note
  }))
}

const isToldOfAccess = ({ actor, whose }: Asked): SQL | undefined =>
  or(
    eq(familyAccess.ownerId, actor.id),
    whose === 'everyone' && hasRole(actor, 'triage-manager') ? ne(account.status, 'active') : undefined
  )

/** R41: a question that nobody has answered, from the day on which it was asked. */
async function adviceWaiting(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({
      ...familyColumns(asked),
      id: advice.id,
      dueOn: advice.askedOn,
      note: sql<string>`'Asked of ' || ${advice.askedWhom}`
    })
    .from(advice)
    .innerJoin(family, eq(family.id, advice.familyId))
    .innerJoin(familyIndex, eq(familyIndex.familyId, advice.familyId))
    .leftJoin(account, eq(account.id, advice.createdBy))
    .where(
      and(
        eq(advice.answer, ''),
        sql`NOT EXISTS (SELECT 1 FROM advice later WHERE later.answers_id = ${advice.id})`,
        isAskedFor(sql`${advice.createdBy}`, asked)
      )
    )
    .orderBy(asc(advice.askedOn), asc(advice.id))
    .limit(OPEN_ROWS)
  return rows.map((row) => told(row, 'advice-waiting', asked.actor))
}

/** R40: both sides are reminded that somebody stands in from a day on, and that the keyworker is back. */
async function coverChanges(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const changes = async (kind: 'cover-begins' | 'cover-ends') => {
    const rows = await db
      .select({
        ...familyColumns(asked),
        id: sql<Id>`changing.id`,
        dueOn: sql<CivilDate>`changing.on_day`,
        note: sql<string>`changing.note`
      })
      .from(family)
      .innerJoin(coverChanging(kind, asked), sql`changing.family_id = ${family.id}`)
      .innerJoin(familyIndex, eq(familyIndex.familyId, family.id))
      .leftJoin(account, sql`${account.id} = changing.created_by`)
      .where(isAskedFor(sql`changing.created_by`, asked))
      .orderBy(sql`changing.on_day, changing.id`)
      .limit(OPEN_ROWS)
    return rows.map((row) => told(row, kind, asked.actor))
  }
  return [...(await changes('cover-begins')), ...(await changes('cover-ends'))]
}

/** R30: whoever recorded that a step-down was accepted sees to it that agreement is reviewed. */
async function stepDownAgreements(db: ReadDb, asked: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({
      ...familyColumns(asked),
      id: sql<Id>`accepted.id`,
      dueOn: sql<CivilDate>`accepted.on_day`,
      note: sql<string>`accepted.reference`
    })
    .from(family)
    .innerJoin(sql`${agreementsAfterStepDown(asked.until)} accepted`, sql`accepted.family_id = ${family.id}`)
    .innerJoin(familyIndex, eq(familyIndex.familyId, family.id))
    .leftJoin(account, sql`${account.id} = accepted.created_by`)
    .where(isAskedFor(sql`accepted.created_by`, asked))
    .orderBy(sql`accepted.on_day, accepted.id`)
    .limit(OPEN_ROWS)
  return rows.map((row) => told(row, 'step-down-agreement', asked.actor))
}

/** A check that was passed on to this person last, and that nobody has ended or told the answer of. */
async function checksPassedOn(db: ReadDb, { actor }: Asked): Promise<FamilyDue[]> {
  const rows = await db
    .select({
      id: assessmentCheck.id,
      reference: assessmentCheck.reference,
      at: checkEnding.createdAt,
      note: sql<string>`${assessmentCheck.callerName} || ', ' || ${assessmentCheck.employerName}`,
      ownerName
    })
    .from(checkEnding)
    .innerJoin(assessmentCheck, eq(assessmentCheck.id, checkEnding.checkId))
    .leftJoin(account, eq(account.id, checkEnding.toId))
    .where(
      sql`${checkEnding.toId} = ${actor.id}
        AND NOT EXISTS (SELECT 1 FROM check_ending later WHERE later.check_id = ${checkEnding.checkId}
          AND (later.created_at, later.id) > (${checkEnding.createdAt}, ${checkEnding.id}))
        AND NOT EXISTS (SELECT 1 FROM check_disclosure d WHERE d.check_id = ${checkEnding.checkId})`
    )
    .orderBy(asc(checkEnding.createdAt), asc(checkEnding.id))
    .limit(OPEN_ROWS)
  return rows.map(({ id, reference, at, note, ownerName: owner }) => ({
    kind: 'check-passed-on',
    id,
    rowVersion: 0,
    familyId: '',
    familyReference: reference,
    familyName: '',
    dueOn: londonDate(at),
    ownerName: owner,
    note
  }))
}
