import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { tellsWithheld } from '../../shared/family/tellsWithheld.ts'
import type { Id } from '../../shared/ids.ts'
import { knownFamily, withheldBeside } from '../family/peopleOf.ts'

type Tells = (...texts: string[]) => boolean

/**
 * Whether a text of a call tells an address or phone number that is withheld in a family of the children who were found, or of
 * the assessment that the call was about. Whoever calls has made sure that the call may be read.
 */
export const tellsWithheldOfCall = (db: ReadDb, callId: Id): Tells =>
  tellsWithheldOfCalls(db, [callId]).get(callId) ?? (() => false)

/** The same of some calls, by their ids: only of those in whose families something is withheld. */
export function tellsWithheldOfCalls(db: ReadDb, callIds: readonly Id[]): ReadonlyMap<Id, Tells> {
  const families = familiesWithWithheld(db, callIds)
  const calls = new Set(families.map(({ callId }) => callId))
  return new Map(
    [...calls].map((callId) => {
      const known = families.filter((of) => of.callId === callId).map((of) => knownFamily(db, of.familyId))
      return [callId, tellsWithheld(known.flatMap(({ facts, beside }) => [...facts, ...beside]))]
    })
  )
}

const peopleOfFamily = sql`(SELECT p.kept_id FROM family_member m JOIN person_index p ON p.person_id = m.person_id
  WHERE m.family_id = theirs.family_id)`

function familiesWithWithheld(db: ReadDb, callIds: readonly Id[]): { callId: Id; familyId: Id }[] {
  const asked = sql`(SELECT value FROM json_each(${JSON.stringify(callIds)}))`
  return db.all(sql`SELECT call_id AS callId, family_id AS familyId FROM (
      SELECT c.call_id, m.family_id FROM person_choice c
        JOIN person_index p ON p.person_id = c.person_id JOIN person_index same ON same.kept_id = p.kept_id
        JOIN family_member m ON m.person_id = same.person_id WHERE c.call_id IN ${asked}
      UNION SELECT call.id, e.family_id FROM call JOIN episode e ON e.id = call.assessment_id
        WHERE call.id IN ${asked}) theirs
    WHERE EXISTS (SELECT 1 FROM ${withheldBeside(peopleOfFamily)})`)
}
