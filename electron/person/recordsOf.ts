import { sql } from 'drizzle-orm'
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
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { KnownPerson } from '../../shared/person/known.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { londonDate } from '../../shared/time/london.ts'
import { standsMerged } from '../family/peopleOf.ts'
import { openingOf } from '../family/readableFamily.ts'

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

type SubjectFact = FactRow & { keptId: Id }

interface MemberOf {
  familyId: Id
  keptId: Id
  reference: string
  role: MemberRow['role']
  validFrom: CivilDate
  validTo: CivilDate
  hubId: Id
  createdBy: Id
  named: string
}

/**
 * Some people, by the ids whose records count, as an actor may know them. Who is only in families that this actor may
 * not know of is left out.
 */
export async function recordsOf(db: ReadDb, personIds: readonly Id[], actor: Actor): Promise<PersonRecord[]> {
  if (personIds.length === 0) return []
  const today = londonDate(actor.now)
  const members = membersBeside(db, personIds)
  const facts = factsOf(db, [...new Set([...personIds, ...members.map(({ keptId }) => keptId)])])
  const openings = await openingsOf(db, members, actor)
  return personIds.flatMap((personId) => {
    const families = familiesOf(personId, members, openings, today)
    const isKnown = families.length > 0 || !members.some(({ keptId }) => keptId === personId)
    if (!isKnown) return []
    const beside = new Set([personId, ...membersWith(personId, members).map(({ keptId }) => keptId)])
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

function recordOf(
  personId: Id,
  families: FamilyOf[],
  facts: readonly SubjectFact[],
  today: CivilDate
): PersonRecord {
  const closed = families.filter(({ opening }) => opening === 'with-reason')
  const restricted = closed.length > 0 && closed.length === families.length
  const secret = withheldFacts(facts)
  const own = facts
    .filter(({ keptId }) => keptId === personId)
    .map((row) => ({ ...row, subjectId: personId }))
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

const membersWith = (personId: Id, members: readonly MemberOf[]): MemberOf[] => {
  const families = new Set(
    members.filter(({ keptId }) => keptId === personId).map(({ familyId }) => familyId)
  )
  return members.filter(({ familyId }) => families.has(familyId))
}

function familiesOf(
  personId: Id,
  members: readonly MemberOf[],
  openings: ReadonlyMap<Id, Opening>,
  today: CivilDate
): FamilyOf[] {
  const families = new Map<Id, FamilyOf>()
  for (const { familyId, keptId, reference, role, validFrom, validTo } of members) {
    const opening = openings.get(familyId) ?? 'no'
    if (keptId !== personId || opening === 'no') continue
    const isCurrent = (validFrom === '' || validFrom <= today) && (validTo === '' || validTo >= today)
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

const listed = (ids: readonly Id[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`

/** The newest version of every membership of the families in which these people are or were. */
const membersBeside = (db: ReadDb, personIds: readonly Id[]): MemberOf[] =>
  db.all<MemberOf>(sql`
    SELECT m.family_id AS familyId, p.kept_id AS keptId, y.reference AS reference, m.role AS role,
      m.valid_from AS validFrom, m.valid_to AS validTo, x.hub_id AS hubId, x.created_by AS createdBy, x.named AS named
    FROM (SELECT DISTINCT o.family_id FROM person_index g CROSS JOIN family_member o ON o.person_id = g.person_id
      WHERE g.kept_id IN ${listed(personIds)}) theirs
    CROSS JOIN family_member m ON m.family_id = theirs.family_id
    CROSS JOIN person_index p ON p.person_id = m.person_id
    CROSS JOIN family_index x ON x.family_id = m.family_id
    CROSS JOIN family y ON y.id = m.family_id
    WHERE NOT m.in_error AND NOT EXISTS (SELECT 1 FROM family_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))
    ORDER BY m.created_at, m.id`)

interface FactOf {
  id: Id
  ofId: Id
  keptId: Id
  kind: FactKind
  value: string
  validFrom: CivilDate
  validTo: CivilDate
  inError: 0 | 1
  recordedAt: Instant
}

const factsOf = (db: ReadDb, keptIds: readonly Id[]): SubjectFact[] =>
  db
    .all<FactOf>(
      sql`SELECT f.id AS id, f.of_id AS ofId, g.kept_id AS keptId, f.kind AS kind, f.value AS value,
        f.valid_from AS validFrom, f.valid_to AS validTo, f.in_error AS inError, f.created_at AS recordedAt
      FROM person_index g CROSS JOIN fact f ON f.subject_id = g.person_id
      WHERE g.kept_id IN ${listed(keptIds)} AND ${standsMerged}
        AND f.kind IN ('name', 'other-name', 'birth', 'upn', 'address', 'phone', 'school')
      ORDER BY f.created_at, f.id`
    )
    .map((row) => ({
      ...row,
      subjectId: row.keptId,
      value: JSON.parse(row.value) as FactRow['value'],
      inError: row.inError === 1,
      reason: ''
    }))
