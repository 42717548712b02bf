import type { ReadDb } from '../../db/open.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { peopleAtWork } from '../account/peopleAtWork.ts'

/** Whom a check may be passed on to: triage managers and coordinators at work, other than whoever asks. */
export async function listTakers(db: ReadDb, _input: object, actor: Actor): Promise<Output<'check.takers'>> {
  const people = await peopleAtWork(db)
  return people
    .filter((person) => person.id !== actor.id && hasRole(person, 'triage-manager', 'coordinator'))
    .map(({ id, name, roles }) => ({ id, name, roles }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}
