import type { ReadDb } from '../../db/open.ts'
import { mayOpenFamily, type Opening } from '../../shared/access/mayOpenFamily.ts'
import type { Actor } from '../../shared/access/roles.ts'
import {
  factOn,
  factsOn,
  holdsOn,
  newestVersions,
  type FactKind,
  type FactRow
} from '../../shared/family/fact.ts'
import type { MemberRow } from '../../shared/family/family.ts'
import { withheldFacts } from '../../shared/family/withheld.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { KnownPerson } from '../../shared/person/known.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { londonDate } from '../../shared/time/london.ts'
import { openingOf } from '../family/readableFamily.ts'
import { factsOf, membersBeside, membersWith, type FactOfPerson, type MemberOf } from './factsOf.ts'

/** A family of somebody, as far as it is open to the one who asks. */
export interface FamilyOf {
  id: Id
  reference: string
  role: MemberRow['role']
  isCurrent: boolean
  opening: Exclude<Opening, 'no'>
}

/** A person as one actor may know them. */
export interface PersonRecord {
  personId: Id
  families: FamilyOf[]
  /** Every family of theirs is restricted, and the actor not named: nothing that they are known by may be told. */
  restricted: boolean
  name: string
  birthDate: CivilDate
  /** Of the address of today; '' where it is withheld. */
  postcode: string
  /** What they may be matched by: where somebody lives who must not be found is no part of it. */
  known: KnownPerson
}

/** What somebody is matched by and told by. */
const matchedKinds = [
  'name',
  'other-name',
  'birth',
  'upn',
  'address',
  'phone',
  'school'
] as const satisfies FactKind[]

/**
 * Some people, by the ids whose records count, as an actor may know them. Who is only in families that this actor may
 * not know of is left out.
 */
export async function recordsOf(db: ReadDb, personIds: readonly Id[], actor: Actor): Promise<PersonRecord[]> {
  if (personIds.length === 0) return []
  const today = londonDate(actor.now)
  const members = membersBeside(db, personIds)
  const facts = factsOf(db, [...personIds, ...members.map(({ keptId }) => keptId)], matchedKinds)
  const openings = await openingsOf(db, members, actor)
  return personIds.flatMap((personId) => {
    const families = familiesOf(personId, members, openings, today)
    const isKnown = families.length > 0 || !members.some(({ keptId }) => keptId === personId)
    if (!isKnown) return []
    const beside = besides(personId, members)
    return [
      recordOf(
        personId,
        families,
        facts.filter(({ keptId }) => beside.has(keptId)),
        today
      )
    ]
  })
}

/**
 * What some people may be matched by, whoever asks: no address or number that is withheld, of them or of whoever is in a
 * family with them. An answer that is another with the address tells where somebody lives.
 */
export function knownToAnybody(
  db: ReadDb,
  personIds: readonly Id[],
  on: CivilDate
): ReadonlyMap<Id, KnownPerson> {
  const members = membersBeside(db, personIds)
  const facts = factsOf(db, [...personIds, ...members.map(({ keptId }) => keptId)], matchedKinds)
  return new Map(
    personIds.map((personId) => {
      const beside = besides(personId, members)
      const { own, secret } = factsOfOne(
        personId,
        facts.filter(({ keptId }) => beside.has(keptId))
      )
      const told = own.filter(({ ofId }) => !secret.has(ofId))
      return [personId, knownBy(told, personId, on)]
    })
  )
}

const besides = (personId: Id, members: readonly MemberOf[]): ReadonlySet<Id> =>
  new Set([personId, ...membersWith(personId, members).map(({ keptId }) => keptId)])

/** Somebody's own facts, and which of all these are withheld. */
const factsOfOne = (personId: Id, facts: readonly FactOfPerson[]) => ({
  own: facts.filter(({ keptId }) => keptId === personId).map((row) => ({ ...row, subjectId: personId })),
  secret: withheldFacts(facts)
})

function recordOf(
  personId: Id,
  families: FamilyOf[],
  facts: readonly FactOfPerson[],
  today: CivilDate
): PersonRecord {
  const closed = families.filter(({ opening }) => opening === 'with-reason')
  const restricted = closed.length > 0 && closed.length === families.length
  const { own, secret } = factsOfOne(personId, facts)
  const told = own.filter(
    ({ kind, ofId }) => !isWhereabouts(kind) || (closed.length === 0 && !secret.has(ofId))
  )
  const home = factsOn(own, personId, 'address', today)[0]
  return {
    personId,
    families,
    restricted,
    name: restricted ? '' : (factOn(own, personId, 'name', today)?.value.name ?? ''),
    birthDate: restricted ? '' : (factOn(own, personId, 'birth', today)?.value.date ?? ''),
    postcode: home && told.some(({ id }) => id === home.id) ? home.value.postcode : '',
    known: knownBy(told, personId, today)
  }
}

const isWhereabouts = (kind: FactKind): boolean => kind === 'address' || kind === 'phone'

function knownBy(facts: readonly FactRow[], personId: Id, today: CivilDate): KnownPerson {
  const ever = newestVersions(facts).filter(({ inError }) => !inError)
  const all = <K extends FactKind>(kind: K) =>
    ever
      .filter((row): row is FactRow<K> => row.kind === kind)
      .map((row) => ({ ...row, isNow: holdsOn(row, today) }))
  return {
    names: [...new Set([...all('name'), ...all('other-name')].map(({ value }) => value.name))],
    birthDate: factOn(facts, personId, 'birth', today)?.value.date ?? '',
    upns: all('upn').map(({ value }) => value.upn),
    homes: all('address').map(({ value: { address, postcode }, isNow }) => ({ address, postcode, isNow })),
    phones: all('phone').map(({ value }) => readPhone(value.number).digits),
    schools: all('school').map(({ value: { schoolId }, isNow }) => ({ schoolId, isNow }))
  }
}

function familiesOf(
  personId: Id,
  members: readonly MemberOf[],
  openings: ReadonlyMap<Id, Opening>,
  today: CivilDate
): FamilyOf[] {
  const families = new Map<Id, FamilyOf>()
  for (const { familyId, keptId, reference, role, validFrom, validTo, inError } of members) {
    const opening = openings.get(familyId) ?? 'no'
    if (keptId !== personId || opening === 'no') continue
    const isCurrent =
      inError === 0 && (validFrom === '' || validFrom <= today) && (validTo === '' || validTo >= today)
    const before = families.get(familyId)
    families.set(familyId, {
      ...{ id: familyId, reference, role, opening },
      isCurrent: isCurrent || before?.isCurrent === true
    })
  }
  return [...families.values()].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
}

async function openingsOf(
  db: ReadDb,
  members: readonly MemberOf[],
  actor: Actor
): Promise<ReadonlyMap<Id, Opening>> {
  const openings = new Map<Id, Opening>()
  for (const { familyId, hubId, createdBy, named } of members) {
    if (openings.has(familyId)) continue
    const names = named === '' ? undefined : (JSON.parse(named) as string[])
    const opening = mayOpenFamily(actor, { hubId, writtenBy: createdBy, named: names })
    // a reason that was given today opens it
    openings.set(familyId, opening === 'with-reason' ? await openingOf(db, familyId, actor) : opening)
  }
  return openings
}
