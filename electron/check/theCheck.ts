import { asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import {
  account,
  assessmentCheck,
  checkAnswer,
  checkChild,
  checkDisclosure,
  checkEnding,
  checkFamily,
  checkTry,
  family,
  familyIndex
} from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import type { CheckAnswer, CheckRecord } from '../../shared/check/check.ts'
import { mayDo, stateOf, type Course } from '../../shared/check/state.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { openingOf } from '../family/readableFamily.ts'

/**
 * Which checks somebody may see: the helpdesk's people and triage managers every one, a coordinator their own and those
 * passed on to them. No check holds more of the record than what may be said to the caller.
 */
export function readableChecks(actor: Actor): SQL | undefined {
  if (hasRole(actor, 'helpdesk', 'triage-manager')) return undefined
  return sql`(${assessmentCheck.createdBy} = ${actor.id} OR EXISTS (SELECT 1 FROM check_ending e
    WHERE e.check_id = ${assessmentCheck.id} AND e.to_id = ${actor.id}))`
}

const nameOfPerson = sql<string>`coalesce(${account.name}, '')`

/** A check with everything that has happened in it. */
export interface TheCheck {
  check: typeof assessmentCheck.$inferSelect
  course: Course
  record: CheckRecord
}

/**
 * One check, as far as this person may see it.
 *
 * @throws Refusal not-found
 */
export async function theCheck(db: ReadDb, id: Id, actor: Actor): Promise<TheCheck> {
  const [found] = await db
    .select({ check: assessmentCheck, byName: nameOfPerson })
    .from(assessmentCheck)
    .leftJoin(account, eq(account.id, assessmentCheck.createdBy))
    .where(sql`${assessmentCheck.id} = ${id} AND ${readableChecks(actor) ?? sql`1`}`)
  if (!found) return notFound()
  const { check, byName } = found
  const children = await db
    .select()
    .from(checkChild)
    .where(eq(checkChild.checkId, id))
    .orderBy(asc(checkChild.position))
  const tries = await db
    .select({ row: checkTry, byName: nameOfPerson })
    .from(checkTry)
    .leftJoin(account, eq(account.id, checkTry.createdBy))
    .where(eq(checkTry.checkId, id))
    .orderBy(asc(checkTry.createdAt), asc(checkTry.id))
  const answers = await db
    .select({ row: checkAnswer, byName: nameOfPerson })
    .from(checkAnswer)
    .leftJoin(account, eq(account.id, checkAnswer.createdBy))
    .where(eq(checkAnswer.checkId, id))
    .orderBy(asc(checkAnswer.createdAt), asc(checkAnswer.id))
  const answered = answers.at(-1)?.row
  const [told] = await db
    .select({ row: checkDisclosure, byName: nameOfPerson })
    .from(checkDisclosure)
    .leftJoin(account, eq(account.id, checkDisclosure.createdBy))
    .where(eq(checkDisclosure.checkId, id))
  const [ended] = await db
    .select({ row: checkEnding, toName: nameOfPerson })
    .from(checkEnding)
    .leftJoin(account, eq(account.id, checkEnding.toId))
    .where(eq(checkEnding.checkId, id))
    .orderBy(desc(checkEnding.createdAt), desc(checkEnding.id))
    .limit(1)

  const course: Course = {
    tries: tries.map(({ row }) => row),
    answer: answered?.answer,
    isDisclosed: told !== undefined,
    ending: ended?.row.kind
  }
  const state = stateOf(course)
  const directory = mayDo(course).includes('try-identity')
    ? await inDirectory(db, check.employer, check.employerId)
    : undefined
  return {
    check,
    course,
    record: {
      id: check.id,
      reference: check.reference,
      state,
      at: check.createdAt,
      byName,
      callerName: check.callerName,
      callerRole: check.callerRole,
      employerName: check.employerName,
      // as it stands in the directory today, for that is what is dialled
      mainNumber: directory?.mainNumber ?? check.mainNumber,
      agreedBy: check.agreedBy,
      agreedRelation: check.agreedRelation,
      agreedOn: check.agreedOn,
      agreedHow: check.agreedHow,
      children: children
        .filter(({ toldIn }) => toldIn === (answered?.id ?? id))
        .map(({ id: childId, name, birthText, birthDate, ageYears, upn, relation, address }) => ({
          id: childId,
          name,
          birth: birthText,
          birthDate,
          ageYears,
          upn,
          relation,
          address
        })),
      tries: tries.map(({ row, byName: triedBy }) => ({
        method: row.method,
        number: row.number,
        personAskedFor: row.personAskedFor,
        result: row.result,
        reason: row.reason,
        at: row.createdAt,
        byName: triedBy
      })),
      ...(answered && { answer: { ...asAnswer(answered), id: answered.id, at: answered.createdAt } }),
      asked: answers.map(({ row, byName: askedBy }) => ({
        answer: row.answer,
        childNames: children
          .filter(({ toldIn }) => toldIn === row.id)
          .map(({ name }) => name)
          .join(', '),
        at: row.createdAt,
        byName: askedBy
      })),
      ...(told && {
        disclosed: {
          what: told.row.what,
          toName: told.row.toName,
          at: told.row.createdAt,
          byName: told.byName
        }
      }),
      registered: await familiesOf(db, id, actor),
      ...(ended && {
        ending: {
          kind: ended.row.kind,
          reason: ended.row.reason,
          toName: ended.row.toId === '' ? '' : ended.toName,
          at: ended.row.createdAt
        }
      })
    }
  }
}

/** Families that came of a check. To the helpdesk the reference of one that is not restricted, and nothing more (R22). */
async function familiesOf(db: ReadDb, checkId: Id, actor: Actor): Promise<CheckRecord['registered']> {
  const families = await db
    .select({ familyId: family.id, reference: family.reference, named: familyIndex.named })
    .from(checkFamily)
    .innerJoin(family, eq(family.id, checkFamily.familyId))
    .innerJoin(familyIndex, eq(familyIndex.familyId, family.id))
    .where(eq(checkFamily.checkId, checkId))
    .orderBy(asc(checkFamily.createdAt), asc(checkFamily.id))
  const registered: CheckRecord['registered'] = []
  for (const { familyId, reference, named } of families) {
    const mayOpen = (await openingOf(db, familyId, actor)) !== 'no'
    if (mayOpen) registered.push({ familyId, reference })
    else if (hasRole(actor, 'helpdesk') && named === '') registered.push({ familyId: '', reference })
  }
  return registered
}

/** What of an answer may be seen: nothing but what may be said. */
const asAnswer = ({
  answer,
  keyworkerName,
  keyworkerAgency,
  keyworkerPhone,
  askFor
}: typeof checkAnswer.$inferSelect): CheckAnswer => ({
  answer,
  keyworkerName,
  keyworkerAgency,
  keyworkerPhone,
  askFor: askFor === '' ? [] : askFor.split(', ')
})
