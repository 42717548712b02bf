import { and, asc, eq, ne } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import { notFound } from '../../shared/errors.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { addressLines } from '../../shared/letter/withheld.ts'
import type { Recipient } from '../../shared/stepDown/letter.ts'
import { isChild } from '../../shared/stepDown/told.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { addressOf, nameOf } from '../letter/fillLetter.ts'
import type { OpenedStepDown } from './mustOpenStepDown.ts'

/** To whom a letter of a step-down may be, and where they live as it may stand in one. */
export interface Addressees {
  recipients: Recipient[]
  /** A line each; '' where nobody knows, or where it is withheld from somebody. */
  addressOf: (recipientId: Id) => { address: string; isWithheld: boolean }
}

/** What the sender told, by the version's id. */
export async function versionOf(db: ReadDb, stepDownId: Id, versionId: Id) {
  const [version] = await db
    .select()
    .from(stepDownVersion)
    .where(and(eq(stepDownVersion.id, versionId), eq(stepDownVersion.stepDownId, stepDownId)))
  return version ?? notFound()
}

/**
 * Whoever of the family a letter may be to. Once it is known which family it is, the record says who belongs to it and where
 * they live: what the sender told of that counts no more, for it may be withheld by now.
 */
export async function familyAddressees(
  db: ReadDb,
  { stepDownId, familyId, versionId }: OpenedStepDown,
  today: CivilDate
): Promise<Addressees> {
  if (familyId === '') return toldAddressees(db, stepDownId, versionId)
  const family = knownFamily(db, familyId)
  const people = membersOn(family.members, today).here.map(({ keptId }) => keptId)
  return {
    recipients: people
      .map((id) => ({ id, name: nameOf(family, id, today) }))
      .filter(({ name }) => name !== ''),
    addressOf: (recipientId) => addressOf(family, recipientId, today)
  }
}

/** The grown-ups of whom the sender told, where the sender says that they live. */
async function toldAddressees(db: ReadDb, stepDownId: Id, versionId: Id): Promise<Addressees> {
  const { address } = await versionOf(db, stepDownId, versionId)
  const people = await db
    .select({ id: stepDownPerson.ofId, name: stepDownPerson.name, role: stepDownPerson.role })
    .from(stepDownPerson)
    .where(and(eq(stepDownPerson.versionId, versionId), ne(stepDownPerson.name, '')))
    .orderBy(asc(stepDownPerson.position))
  const recipients = people.filter((person) => !isChild(person)).map(({ id, name }) => ({ id, name }))
  return {
    recipients,
    addressOf: (recipientId) => {
      const livesThere = recipients.some(({ id }) => id === recipientId)
      return { address: livesThere ? addressLines(address) : '', isWithheld: false }
    }
  }
}
