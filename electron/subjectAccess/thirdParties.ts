import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FactKind, FactRow } from '../../shared/family/fact.ts'
import { withheldFacts } from '../../shared/family/withheld.ts'
import type { ToldKind } from '../../shared/export/told.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import type { KnownBy } from '../../shared/subjectAccess/suggest.ts'
import { othersBroughtIn } from '../caseImport/readBroughtIn.ts'
import { factsOf, membersBeside, membersWith, withheldBesidePeople } from '../person/factsOf.ts'
import { mustOpenPerson } from '../person/openPerson.ts'

const tellingKinds = ['name', 'other-name', 'birth', 'upn', 'address', 'phone'] as const satisfies FactKind[]

const nobody: Omit<KnownBy, 'who'> = { names: [], addresses: [], phones: [], births: [], numbers: [] }

/**
 * Everybody whom the items of a request may tell of, with all that the record knows them by: the people of every family of
 * the person, whoever of another desk's file is nobody here, neighbours and others of the public who called, children whom
 * calls and step-downs are about, and whatever is withheld. Professionals are not among them: what they did in their work is as a rule told (DPA 2018, Schedule 2, paragraph
 * 17). `own`: what the person is known by themselves.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function thirdParties(
  db: ReadDb,
  personId: Id,
  refs: readonly ItemRef[],
  actor: Actor
): Promise<{ others: KnownBy[]; own: KnownBy }> {
  const { keptId, familyIds } = await mustOpenPerson(db, personId, actor)
  const beside = new Set(membersWith(keptId, membersBeside(db, [keptId])).map((member) => member.keptId))
  const people = [...new Set([keptId, ...beside])]
  const elsewhere = withheldBesidePeople(db, people)
  const facts = factsOf(db, people, tellingKinds)
  const withheld = withheldFacts([...facts, ...elsewhere])
  const open = facts.filter(({ ofId }) => !withheld.has(ofId))
  const factsOfEach = (whose: Id) => open.filter((fact) => fact.keptId === whose)
  return {
    own: knownBy('', factsOfEach(keptId)),
    others: [
      ...[...beside].filter((id) => id !== keptId).map((id) => byName(factsOfEach(id))),
      knownBy(
        'somebody from whom it is withheld',
        [...facts, ...elsewhere].filter(({ ofId }) => withheld.has(ofId))
      ),
      ...familyIds
        .flatMap((familyId) => othersBroughtIn(db, familyId, ''))
        .map(({ name }) => namedOnly(name)),
      ...publicCallers(db, idsOf(refs, 'call')),
      ...childrenOfCalls(db, idsOf(refs, 'call')),
      ...peopleOfStepDowns(db, idsOf(refs, 'step-down'))
    ]
  }
}

const namedOnly = (name: string): KnownBy => ({ ...nobody, who: name, names: [name] })

const idsOf = (refs: readonly ItemRef[], kind: ToldKind): string =>
  JSON.stringify(refs.filter((ref) => ref.kind === kind).map(({ id }) => id))

/** Every version of what was told of somebody, what was entered in error among it: it may stand in a text all the same. */
const knownBy = (who: string, facts: readonly FactRow[]): KnownBy => ({
  who,
  names: facts.flatMap(({ value }) => ('name' in value ? [value.name] : [])),
  addresses: facts.flatMap(({ value }) =>
    'postcode' in value ? [`${value.address}, ${value.postcode}`] : []
  ),
  phones: facts.flatMap(({ value }) => ('mayLeaveMessage' in value ? [value.number] : [])),
  births: facts.flatMap(({ value }) => ('date' in value ? [value.date] : [])),
  numbers: facts.flatMap(({ value }) => ('upn' in value ? [value.upn] : []))
})

/** By the last name that they went by. */
const byName = (facts: readonly FactRow[]): KnownBy =>
  knownBy(
    facts.flatMap(({ kind, value }) => (kind === 'name' && 'name' in value ? [value.name] : [])).at(-1) ??
      'somebody without a name',
    facts
  )

/** R14: whoever called as a member of the public, or as somebody whom the list does not have. */
const publicCallers = (db: ReadDb, callIds: string): KnownBy[] =>
  db
    .all<{ name: string; phone: string }>(
      sql`SELECT caller_name AS name, caller_phone AS phone FROM call
      WHERE id IN (SELECT value FROM json_each(${callIds}))
        AND caller_kind = 'someone-else' AND other_kind IN ('public', 'other')`
    )
    .map(({ name, phone }) => ({
      ...nobody,
      who: name === '' ? 'somebody who called' : name,
      names: [name],
      phones: [phone]
    }))

interface Told {
  name: string
  address: string
  phone: string
  birth: CivilDate
  upn: string
}
const asTold = ({ name, address, phone, birth, upn }: Told): KnownBy => ({
  who: name === '' ? 'somebody without a name' : name,
  names: [name],
  addresses: [address],
  phones: [phone],
  births: birth === '' ? [] : [birth],
  numbers: [upn]
})

const childrenOfCalls = (db: ReadDb, callIds: string): KnownBy[] =>
  db
    .all<Told>(
      sql`SELECT name, address, '' AS phone, birth_date AS birth, upn FROM call_child
      WHERE call_id IN (SELECT value FROM json_each(${callIds}))`
    )
    .map(asTold)

const peopleOfStepDowns = (db: ReadDb, stepDownIds: string): KnownBy[] =>
  db
    .all<Told>(
      sql`SELECT name, '' AS address, phone, birth, upn FROM step_down_person
      WHERE step_down_id IN (SELECT value FROM json_each(${stepDownIds}))`
    )
    .map(asTold)
