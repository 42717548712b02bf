import { sql, type SQL } from 'drizzle-orm'
import { phoneFact, schoolFact, type Card } from '../../db/families.ts'
import type { ReadDb } from '../../db/open.ts'
import { inCalls, wordQuery } from '../../db/search.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { KnownPerson, Sought } from '../../shared/person/known.ts'
import { nearBirths, personKeys, readName, sounds } from '../../shared/person/nameKeys.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { knownPeople } from './knownPeople.ts'

/** What is asked of the index, and how many of the newest records that answer are looked at. */
interface Question {
  match: string
  limit: number
}

const SAME_NUMBER = 40
/** Some thirty people in a county are born on one day; a postcode has as many. */
const SAME_DAY_OR_HOME = 120
/** A name alone is never sure: what makes it so is asked for beside it. */
const SAME_NAME = 150
const BEGINS_ALIKE = 60
/** Where three families are shown while somebody types: of people who have no more than the name, the newest. */
const NAME_ALONE_IN_PASSING = 40

/**
 * Where a person would be found. Each kind of fact is asked for by itself, so that a common name does not crowd out
 * whoever shares the date of birth; a name beside dates that a slip makes of it, for nobody is found by such a date
 * alone. What is typed in a box may end in the middle of a name.
 */
export function questionsAbout(
  sought: Pick<Sought, 'name' | 'birthDate' | 'upn' | 'postcode' | 'schoolId' | 'phone'>,
  { isTyped = false, isInPassing = false } = {}
): Question[] {
  const keys = personKeys(sought)
  const near = sought.birthDate === '' ? [] : [...keys.births, ...nearBirths(sought.birthDate)]
  const school = sought.schoolId === '' ? [] : [schoolFact(sought.schoolId)]
  const phone = sought.phone === '' ? [] : [phoneFact(sought.phone)]
  const asked: { groups: string[][]; limit: number }[] = [
    { groups: [keys.upn], limit: SAME_NUMBER },
    { groups: [phone], limit: SAME_NUMBER },
    { groups: [keys.births], limit: SAME_DAY_OR_HOME },
    { groups: [keys.postcode], limit: SAME_DAY_OR_HOME },
    { groups: [[...keys.names, ...keys.initials], near], limit: SAME_NAME },
    { groups: [[...keys.names, ...keys.initials], school], limit: SAME_NAME },
    { groups: [keys.names], limit: isInPassing ? NAME_ALONE_IN_PASSING : SAME_NAME },
    { groups: [keys.initials], limit: isInPassing ? NAME_ALONE_IN_PASSING : BEGINS_ALIKE },
    { groups: [oneWordName(sought.name)], limit: BEGINS_ALIKE }
  ]
  const typed = isTyped ? wordQuery(sought.name) : undefined
  return [
    ...asked
      .filter(({ groups }) => groups.every((group) => group.length > 0))
      .map(({ groups, limit }) => ({ match: inCalls(undefined, groups), limit })),
    ...(typed === undefined ? [] : [{ match: `words : (${typed})`, limit: BEGINS_ALIKE }])
  ]
}

/** A name of one word may be a surname, and be spelt as it sounds. */
function oneWordName(name: string): string[] {
  const { given, surname, givens } = readName(name)
  return given !== '' && surname === '' ? givens.flatMap(sounds).map((sound) => `f${sound}`) : []
}

/** Someone of the record who may be the one who is sought: all records that were merged are one. */
export interface Candidate {
  personId: Id
  known: KnownPerson
}

/**
 * People whom one of the questions finds, for an actor only those whom that person may know of. What is withheld is not
 * among what they are matched by: whoever is found by an address or number has learnt it. To read a telephone number
 * takes longer than all else of a person: `withPhones` is false where none is sought.
 */
export async function candidates(
  db: ReadDb,
  questions: readonly Question[],
  actor?: Actor,
  { withPhones = true } = {}
): Promise<Candidate[]> {
  if (questions.length === 0) return []
  const allowed = actor && knownPeople(actor)
  const found = sql.join(
    questions.map((question) => newest(question, allowed)),
    sql` UNION `
  )
  const rows = db.all<{ keptId: Id; card: string }>(sql`
    SELECT g.kept_id AS keptId, g.card AS card
    FROM (SELECT DISTINCT kept_id FROM person_index WHERE docid IN (${found})) k
    JOIN person_index g ON g.kept_id = k.kept_id
    ORDER BY g.kept_id, g.person_id = g.kept_id, g.docid`)
  const cards = new Map<Id, Card>()
  for (const { keptId, card } of rows) {
    cards.set(keptId, [...(cards.get(keptId) ?? []), ...(JSON.parse(card) as Card)])
  }
  return [...cards].map(([personId, card]) => ({
    personId,
    known: knownByCard(withPhones ? card : card.filter(([kind]) => kind !== 'phone'))
  }))
}

/** A person by any of their records, with all that is recorded of them; undefined where there is none. */
export function knownPerson(db: ReadDb, personId: Id): Candidate | undefined {
  const rows = db.all<{ keptId: Id; card: string }>(sql`
    SELECT g.kept_id AS keptId, g.card AS card
    FROM person_index p JOIN person_index g ON g.kept_id = p.kept_id
    WHERE p.person_id = ${personId} ORDER BY g.person_id = g.kept_id, g.docid`)
  const [first] = rows
  return (
    first && {
      personId: first.keptId,
      known: knownByCard(rows.flatMap(({ card }) => JSON.parse(card) as Card))
    }
  )
}

const newest = ({ match, limit }: Question, allowed: SQL | undefined): SQL => sql`
  SELECT rowid FROM (SELECT rowid FROM person_words WHERE person_words MATCH ${match}
    ${allowed ? sql`AND ${allowed}` : sql``} ORDER BY rowid DESC LIMIT ${limit})`

/** A card has no days: the newest address is taken for the one of today, until the record itself is read. */
function knownByCard(card: Card): KnownPerson {
  const known: KnownPerson = { names: [], birthDate: '', upns: [], homes: [], phones: [], schools: [] }
  for (const [kind, value] of card) {
    switch (kind) {
      case 'name':
      case 'other-name':
        if (!known.names.includes(value.name)) known.names.push(value.name)
        break
      case 'birth':
        known.birthDate = value.date
        break
      case 'upn':
        known.upns.push(value.upn)
        break
      case 'address':
        if (value.withheldFrom.length === 0)
          known.homes.push({ address: value.address, postcode: value.postcode, isNow: true })
        break
      case 'phone':
        if (value.withheldFrom.length === 0) known.phones.push(readPhone(value.number).digits)
        break
      case 'school':
        known.schools.push({ schoolId: value.schoolId, isNow: true })
        break
    }
  }
  return known
}
