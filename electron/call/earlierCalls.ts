import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { call, callChild, callSearch } from '../../db/schema/index.ts'
import { inCalls } from '../../db/search.ts'
import { mayRead, readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Person } from '../../shared/person/match.ts'
import { personKeys, type PersonKeys } from '../../shared/person/nameKeys.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'

/** A filed call with what it is matched by. */
export interface FiledBefore {
  id: Id
  reference: string
  filedAt: string
  hubId: string
  createdBy: string
  schoolId: string
  children: Person[]
}

/** Facts of which a call must have one of each group, and how many of the newest such calls are looked at. */
interface Question {
  facts: readonly (readonly string[])[]
  limit: number
}

const LOOKED_AT = 40
/** A name alone is never sure: whatever makes it so is asked for as well. */
const OF_A_NAME = 20
const FROM_SCHOOL = 5

/**
 * Where a call about one of these people would be found. Each kind of fact is asked for by itself, so that neither a
 * common name nor a busy school crowds out a call that shares the UPN.
 */
export function questionsAbout(people: readonly Person[]): Question[] {
  const keys = people.map(personKeys)
  const every = (kind: keyof PersonKeys) => [...new Set(keys.flatMap((each) => each[kind]))]
  const groups = [
    { group: every('upn'), limit: LOOKED_AT },
    { group: every('births'), limit: LOOKED_AT },
    { group: every('postcode'), limit: LOOKED_AT },
    { group: every('names'), limit: OF_A_NAME },
    { group: every('initials'), limit: OF_A_NAME }
  ]
  return groups.filter(({ group }) => group.length > 0).map(({ group, limit }) => ({ facts: [group], limit }))
}

/** Calls from the same school: those with one of the surnames, and the latest. */
export function questionsAboutSchool(schoolId: string, people: readonly Person[]): Question[] {
  if (schoolId === '') return []
  const surnames = [...new Set(people.flatMap((person) => personKeys(person).surnames))]
  return [
    ...(surnames.length > 0 ? [{ facts: [[schoolId], surnames], limit: LOOKED_AT }] : []),
    { facts: [[schoolId]], limit: FROM_SCHOOL + 1 }
  ]
}

/**
 * Calls filed on or after a London day that answer one of the questions, the newest first; never `besides`, and none
 * entered in error. Asked for an actor, only what that person may read.
 */
export async function callsFiledSince(
  db: ReadDb,
  since: CivilDate,
  questions: readonly Question[],
  besides: Id,
  actor?: Actor
): Promise<FiledBefore[]> {
  const scope = actor ? readScope(actor) : { kind: 'all' as const }
  if (questions.length === 0 || scope.kind === 'none') return []
  const allowed = scope.kind === 'hubs' ? [[...scope.hubIds, scope.own]] : []
  const { newest, withChildren } = statements(db)
  const first = Date.parse(toInstant(since, '00:00') ?? since) * 1_000
  const found = new Set<number>()
  for (const { facts, limit } of questions) {
    const match = inCalls(undefined, [...facts, ...allowed])
    for (const { number } of await newest.execute({ match, first, limit })) found.add(number)
  }
  const rows = await withChildren.execute({ numbers: JSON.stringify([...found]), besides })
  const calls = new Map<Id, FiledBefore>()
  for (const { call: filed, child } of rows) {
    if (actor && !mayRead(actor, { hubId: filed.hubId, writtenBy: filed.createdBy })) continue
    const before = calls.get(filed.id) ?? { ...filed, children: [] }
    if (child) before.children.push(personOf(child, filed))
    calls.set(filed.id, before)
  }
  return [...calls.values()]
}

/** What stands at the beginning of a row: beyond the long texts every page of it would have to be decrypted. */
const callColumns = {
  id: call.id,
  reference: call.reference,
  filedAt: call.createdAt,
  hubId: call.hubId,
  createdBy: call.createdBy,
  schoolId: call.schoolId
}

const childColumns = {
  name: callChild.name,
  birthDate: callChild.birthDate,
  ageYears: callChild.ageYears,
  upn: callChild.upn,
  address: callChild.address,
  postcode: callChild.postcode
}

const isInError = sql`coalesce((SELECT e.in_error FROM call_search s JOIN call_error e ON e.call_id = s.call_id
  WHERE s.docid = call_words.rowid ORDER BY e.created_at DESC, e.id DESC LIMIT 1), 0)`

const statements = oncePerConnection((db: ReadDb) => ({
  /**
   * The full-text index numbers calls by when they were filed, in microseconds: its newest are found without sorting.
   * Those in error are left out one by one as they are found: by their word the index would be looked through once more.
   */
  newest: db
    .select({ number: sql<number>`rowid` })
    .from(sql`call_words`)
    .where(
      sql`call_words MATCH ${sql.placeholder('match')} AND rowid >= ${sql.placeholder('first')} AND NOT ${isInError}`
    )
    .orderBy(sql`rowid DESC`)
    .limit(sql.placeholder('limit'))
    .prepare(),
  withChildren: db
    .select({ call: callColumns, child: childColumns })
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(callChild, eq(callChild.callId, call.id))
    .where(
      and(
        sql`${callSearch.docid} IN (SELECT value FROM json_each(${sql.placeholder('numbers')}))`,
        ne(call.id, sql.placeholder('besides'))
      )
    )
    .orderBy(desc(callSearch.docid), asc(callChild.position))
    .prepare()
}))

function personOf(
  child: Pick<typeof callChild.$inferSelect, keyof typeof childColumns>,
  { filedAt, schoolId }: Pick<FiledBefore, 'filedAt' | 'schoolId'>
): Person {
  const isAgeAlone = child.birthDate === '' && child.ageYears !== null
  return { ...child, toldOn: isAgeAlone ? londonDate(filedAt) : '', schoolId }
}
