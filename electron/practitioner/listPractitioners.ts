import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agency, practitioner, school } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { fold } from '../../shared/person/fold.ts'
import type { Practitioner } from '../../shared/practitioner/practitioner.ts'
import { londonDate } from '../../shared/time/london.ts'
import { awayUntil } from '../keyworker/away.ts'
import { loadsOn } from '../keyworker/loads.ts'
import { isInForce } from '../school/schoolInForce.ts'
import { asDigits } from '../school/words.ts'

const PAGE = 50

/** SQL: where each of `practitioner` works, as the directory has it now: a row of `agency` or of `school`. */
export const withEmployer = sql`LEFT JOIN ${agency} ON ${practitioner.employer} = 'agency'
    AND ${agency.id} = ${practitioner.employerId}
  LEFT JOIN ${school} ON ${practitioner.employer} = 'school' AND ${school.schoolId} = ${practitioner.employerId}
    AND ${isInForce}`

/** What is found is found by where they work as well, as the directory calls it now. */
const words = sql`${practitioner.words} || ' ' || coalesce(${agency.sortKey}, ${school.sortKey}, '')`

/** That somebody has each of the words that were typed, for a query that joins `withEmployer`. */
export const hasWords = (text: string): SQL[] =>
  (asDigits(text) ?? fold(text))
    .split(' ')
    .filter(Boolean)
    .map((word) => sql`instr(${words}, ${word}) > 0`)

/** Practitioners by name, 50 at a time; with words to look for, those that have every one of them. */
export async function listPractitioners(
  db: ReadDb,
  { text, after }: Parsed<'practitioner.list'>,
  { now }: Pick<Actor, 'now'>
): Promise<Output<'practitioner.list'>> {
  const rows = await practitionersWhere(
    db,
    and(
      ...hasWords(text),
      after === ''
        ? undefined
        : sql`(${practitioner.sortKey}, ${practitioner.id}) > (SELECT sort_key, id FROM practitioner WHERE id = ${after})`
    ),
    PAGE + 1,
    londonDate(now)
  )
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? '') : '' }
}

/** One practitioner, with what the directory says of where they work; undefined where there is none. */
export async function practitionerOf(db: ReadDb, id: Id, on: CivilDate): Promise<Practitioner | undefined> {
  const [found] = await practitionersWhere(db, eq(practitioner.id, id), 1, on)
  return found
}

async function practitionersWhere(
  db: ReadDb,
  where: SQL | undefined,
  most: number,
  on: CivilDate
): Promise<Practitioner[]> {
  const rows = await db
    .select({
      practitioner,
      employerName: sql<string>`coalesce(${agency.name}, ${school.name}, '')`,
      // R19: that of a school which nobody has checked may be one that a caller gave
      mainNumber: sql<string>`coalesce(${agency.phone}, iif(${school.toCheck}, '', ${school.phone}), '')`,
      awayUntil: awayUntil('practitioner.id', on)
    })
    .from(practitioner)
    .leftJoin(agency, and(eq(practitioner.employer, 'agency'), eq(agency.id, practitioner.employerId)))
    .leftJoin(
      school,
      and(eq(practitioner.employer, 'school'), eq(school.schoolId, practitioner.employerId), isInForce)
    )
    .where(and(sql`${practitioner.deletedAt} IS NULL`, where))
    .orderBy(practitioner.sortKey, practitioner.id)
    .limit(most)
  const loads = await loadsOn(
    db,
    rows.map(({ practitioner: { id } }) => id),
    on
  )
  return rows.flatMap(({ practitioner: row, ...known }): Practitioner[] => {
    const load = loads.get(row.id)
    if (!load) return []
    const { id, name, role, employer, employerId, phone, email, leftOn, rowVersion } = row
    const { trainedOn, standardsOn, registeredOn } = row
    return [
      {
        ...{ id, name, role, employer, employerId, phone, email, leftOn, rowVersion },
        ...{ trainedOn, standardsOn, registeredOn, load },
        ...known
      }
    ]
  })
}
