import { eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agreement, episode, fact, type family } from '../../db/schema/index.ts'
import { factKinds, type FactKind } from '../../shared/family/fact.ts'
import type { DraftPerson, RegistrationDraft } from '../../shared/family/family.ts'
import { isEmptyPerson, startsAssessment } from '../../shared/family/problems.ts'
import { factsOf } from '../../shared/family/registering.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { isSaid, saidInAgreement } from '../agreement/insertAgreement.ts'
import { hasBegunSo } from '../episode/beginEpisode.ts'

/**
 * Is this the form that the family was registered with (L6)? Otherwise it was changed in another tab, and what was typed
 * there must not go in silence. Of people who were in the record before only their place in the family is looked at.
 */
export async function isRegistered(
  db: ReadDb,
  draft: RegistrationDraft,
  before: Pick<typeof family.$inferSelect, 'id' | 'createdAt'>
): Promise<boolean> {
  const on = londonDate(before.createdAt)
  const people = draft.people.filter((person) => !isEmptyPerson(person))
  const newcomers = people.filter(({ personId }) => personId === '')
  for (const person of newcomers) if (!(await isToldOf(db, draft.id, person, on))) return false
  return arePeopleOf(db, draft.id, people) && (await isAgreed(db, draft, on)) && (await isBegun(db, draft))
}

/** Did this act tell what the form says of somebody new? The district is worked out, and not looked at. */
export async function isToldOf(db: ReadDb, actId: Id, person: DraftPerson, on: CivilDate): Promise<boolean> {
  const rows = await db
    .select({ id: fact.id, kind: fact.kind, value: fact.value })
    .from(fact)
    .where(eq(fact.subjectId, person.id))
  const keptAt = (kind: FactKind, position: number) =>
    rows.find(({ id }) => id === naturalId('fact', actId, person.id, kind, String(position)))
  const told = factsOf(person, on, '')
  const beyond = factKinds.map((kind) => keptAt(kind, told.length)).filter((row) => row !== undefined)
  return (
    told.every(({ kind, value }, at) => withoutDistrict(keptAt(kind, at)?.value) === JSON.stringify(value)) &&
    beyond.every(({ kind, value }) => kind === 'relation' && relationIn(value) === person.relation.trim())
  )
}

function withoutDistrict(kept = '{}'): string {
  const value = JSON.parse(kept) as object
  return JSON.stringify('district' in value ? { ...value, district: '' } : value)
}

const relationIn = (kept: string): string => (JSON.parse(kept) as { relation: string }).relation

/** Does the act's list of people, with what each is, have these and nobody else? */
export function arePeopleOf(db: ReadDb, familyId: Id, people: readonly DraftPerson[]): boolean {
  const members = db
    .all<{ id: Id; personId: Id; keptId: Id; role: string }>(
      sql`SELECT m.id AS id, m.person_id AS personId, p.kept_id AS keptId, m.role AS role
        FROM family_member m JOIN person_index p ON p.person_id = m.person_id WHERE m.family_id = ${familyId}`
    )
    .filter(({ id, personId }) => id === naturalId('member', familyId, personId))
  return (
    members.length === people.length &&
    people.every(({ id, personId, role }) => {
      const keptId = keptOf(db, personId || id)
      return members.some((member) => member.keptId === keptId && member.role === role)
    })
  )
}

const keptOf = (db: ReadDb, personId: Id): Id | undefined =>
  db.get<{ keptId: Id } | undefined>(
    sql`SELECT kept_id AS keptId FROM person_index WHERE person_id = ${personId}`
  )?.keptId

async function isAgreed(db: ReadDb, { id, agreement: draft, people }: RegistrationDraft, on: CivilDate) {
  const [kept] = await db.select().from(agreement).where(eq(agreement.id, draft.id))
  if (!kept) return false
  const speaker = people.find((person) => person.id === draft.byPersonId)
  const byPersonId = speaker ? speaker.personId || speaker.id : draft.byPersonId
  const isSameSpeaker = keptOf(db, kept.byPersonId) === keptOf(db, byPersonId)
  const said = saidInAgreement({ ...draft, familyId: id, byPersonId: kept.byPersonId }, on)
  return isSameSpeaker && isSaid(kept, said)
}

async function isBegun(db: ReadDb, draft: RegistrationDraft): Promise<boolean> {
  const { id: familyId, episodeId: id, reason, practitionerId, goesOnBecause } = draft
  return startsAssessment(draft)
    ? hasBegunSo(db, { id, familyId, reason, practitionerId, goesOnBecause })
    : (await db.$count(episode, eq(episode.id, id))) === 0
}
