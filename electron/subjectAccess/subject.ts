import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FactRow } from '../../shared/family/fact.ts'
import { withheldFacts } from '../../shared/family/withheld.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { namesIn } from '../../shared/subjectAccess/namesIn.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Names } from '../../shared/words/facts.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { factsOf, membersBeside, withheldBesidePeople } from '../person/factsOf.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

/** The days on which somebody belonged to a family; '' where it is open at that end. */
interface Stay {
  familyId: Id
  from: CivilDate
  to: CivilDate
}

/** Whom a request is about, in every family in which they are or were by any of their records (L20). */
export interface Subject {
  keptId: Id
  familyIds: Id[]
  stays: Stay[]
  /** Whether a text names them. */
  isNamedIn: (...texts: string[]) => boolean
  /** What is told without its words, by `ofId`. */
  withheld: ReadonlySet<Id>
  names: Names
}

/**
 * Lets nobody by who may not open every family of this person: half an answer is none.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function subjectOf(db: ReadDb, personId: Id, actor: Actor): Promise<Subject> {
  const { keptId, familyIds } = await mustOpenPerson(db, personId, actor)
  const today = londonDate(actor.now)
  const members = membersBeside(db, [keptId])
  const people = [...new Set([...members.map((member) => member.keptId), keptId])]
  const facts = factsOf(db, people)
  const called = facts.flatMap((fact) => (fact.keptId === keptId && isName(fact) ? [fact.value.name] : []))
  return {
    ...{ keptId, familyIds },
    stays: members
      .filter((member) => member.keptId === keptId && member.inError === 0)
      .map(({ familyId, validFrom, validTo }) => ({ familyId, from: validFrom, to: validTo })),
    isNamedIn: namesIn(called),
    withheld: withheldFacts([...facts, ...withheldBesidePeople(db, people)]),
    names: await namesOf(db, familyIds, today)
  }
}

const isName = (fact: FactRow): fact is FactRow<'name' | 'other-name'> =>
  fact.kind === 'name' || fact.kind === 'other-name'

/** Did they belong to this family on that day? */
export const belonged = ({ stays }: Pick<Subject, 'stays'>, familyId: Id, on: CivilDate): boolean =>
  stays.some((stay) => stay.familyId === familyId && stay.from <= on && (stay.to === '' || stay.to >= on))

async function namesOf(db: ReadDb, familyIds: readonly Id[], today: CivilDate): Promise<Names> {
  const { hubs } = rulesOn(await settingsInRecord(db), today)
  const people = familyIds.flatMap((familyId) => peopleKnown(db, familyId, today))
  const byId = new Map(
    people.flatMap((person) => person.personIds.map((id) => [id, nameOfPerson(person)] as const))
  )
  const accounts = new Map(
    db.all<{ id: Id; name: string }>(sql`SELECT id, name FROM account`).map(({ id, name }) => [id, name])
  )
  return {
    person: (id) => byId.get(id) ?? 'Not known',
    hub: (id) => hubs.find(({ key }) => key === id)?.name ?? 'Not known',
    account: (id) => accounts.get(id) ?? 'Not known'
  }
}
