import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference, type DeskReference } from '../../shared/account/deskCode.ts'
import { personOfChild } from '../../shared/call/earlier.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { FoundPerson } from '../../shared/person/find.ts'
import { readFindText, type FindText } from '../../shared/person/findText.ts'
import { matchKnown, surerFirst, type Found, type Sought } from '../../shared/person/known.ts'
import { inWords } from '../../shared/person/match.ts'
import { londonDate } from '../../shared/time/london.ts'
import { candidates, questionsAbout } from './candidates.ts'
import { recordsOf, type PersonRecord } from './recordsOf.ts'

const SHOWN = 5
/** More than are shown: what is withheld may take the reason away for which somebody was among the first. */
const LOOKED_AT = 10

/**
 * Finds anyone by what was typed in one box, at most five, the likeliest first, each with why (L15, L16). People of
 * families that this person may not know of are not found; those of restricted ones come without what names them.
 */
export async function findPeople(
  db: ReadDb,
  { text }: Parsed<'person.find'>,
  actor: Actor
): Promise<Output<'person.find'>> {
  const on = londonDate(actor.now)
  const { reference, ...typed } = readFindText(text, on)
  if (reference) return peopleOfReference(db, reference, actor)
  return peopleTyped(db, typed, actor)
}

/** Finds who may be meant by what a form knows of a person. */
export async function findLike(
  db: ReadDb,
  { person, schoolId }: Parsed<'person.findLike'>,
  actor: Actor
): Promise<Output<'person.findLike'>> {
  const sought = personOfChild(person, londonDate(actor.now), schoolId)
  return peopleLike(db, { ...sought, phone: '' }, actor)
}

/** Whoever may be meant by what was typed, as this actor may know them. */
export const peopleTyped = (
  db: ReadDb,
  typed: Omit<FindText, 'reference'>,
  actor: Actor
): Promise<FoundPerson[]> =>
  peopleLike(
    db,
    { ...typed, toldOn: londonDate(actor.now), address: '', schoolId: '' },
    actor,
    questionsAbout({ ...typed, schoolId: '' }, { isTyped: true })
  )

/** Whoever may be the one who is sought, as this actor may know them. */
async function peopleLike(
  db: ReadDb,
  sought: Sought,
  actor: Actor,
  questions = questionsAbout(sought)
): Promise<FoundPerson[]> {
  const likely = (await candidates(db, questions, actor, { withPhones: sought.phone !== '' }))
    .flatMap(({ personId, known }) => {
      const found = matchKnown(sought, known)
      return found ? [{ personId, ...found }] : []
    })
    .sort((a, b) => surerFirst(a, b) || (a.personId < b.personId ? -1 : 1))
    .slice(0, LOOKED_AT)
  const records = await recordsOf(
    db,
    likely.map(({ personId }) => personId),
    actor
  )
  return records
    .flatMap((record) => {
      const found = matchKnown(sought, record.known)
      return found ? [{ record, found }] : []
    })
    .sort((a, b) => surerFirst(a.found, b.found))
    .slice(0, SHOWN)
    .map(({ record, found }) => asFound(record, found))
}

/** A match as it may be told: of a restricted family's people without what would name them. */
export const asFound = (record: PersonRecord, { strength, reasons }: Found): FoundPerson => ({
  personId: record.personId,
  strength,
  why: reasons.map((reason) => (record.restricted ? reason.says : inWords(reason))),
  name: record.name,
  birthDate: record.birthDate,
  postcode: record.postcode,
  restricted: record.restricted,
  families: record.families.map(({ id, reference, isCurrent }) => ({ id, reference, isCurrent }))
})

/** The people of the family with a reference, or of the one with the assessment; children come first. */
async function peopleOfReference(
  db: ReadDb,
  { kind, deskCode, number }: DeskReference,
  actor: Actor
): Promise<FoundPerson[]> {
  const reference = deskReference(kind, deskCode, number)
  const people = db.all<{ keptId: Id; familyId: Id }>(sql`
    SELECT DISTINCT p.kept_id AS keptId, m.family_id AS familyId
    FROM family_member m JOIN person_index p ON p.person_id = m.person_id
    WHERE m.family_id IN (SELECT id FROM family WHERE reference = ${reference}
      UNION SELECT family_id FROM episode WHERE reference = ${reference})`)
  const records = await recordsOf(
    db,
    people.map(({ keptId }) => keptId),
    actor
  )
  const why: Found = {
    strength: 'strong',
    points: 0,
    reasons: [{ says: `Reference ${reference}`, names: '' }]
  }
  const rank = ({ families }: PersonRecord) => {
    const family = families.find(({ id }) => people.some(({ familyId }) => familyId === id))
    return (family?.isCurrent ? 0 : 2) + (family?.role === 'child' || family?.role === 'unborn' ? 0 : 1)
  }
  return records
    .filter(({ families }) => families.some(({ id }) => people.some(({ familyId }) => familyId === id)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN)
    .map((record) => asFound(record, why))
}
