import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { asSchool, districtsInForce, holds, tidied, versionNamed, versionRow } from './asSchool.ts'

type Added = Output<'school.add'>

/**
 * Adds a school that the directory does not know. Only an administrator's is taken as checked: anyone else's waits
 * under "To check". The first version has the school's own id, so that adding it again is found out.
 *
 * @throws Refusal invalid, clashing-id
 */
export async function addSchool(
  tx: Tx,
  input: Parsed<'school.add'>,
  actor: Actor
): Promise<Added | AlreadyDone<Added>> {
  const districts = await districtsInForce(tx, actor)
  const known = {
    ...tidied(input, districts),
    schoolId: input.id,
    importId: '',
    urn: '',
    status: 'open' as const,
    toCheck: input.toCheck || !hasRole(actor, 'administrator')
  }
  const added = await versionNamed(tx, input.id)
  if (added) return holds(added, known) ? alreadyDone(asSchool(added, districts)) : refuse('clashing-id')
  // an imported school's versions have other ids: adding under its own would change it, which is an administrator's
  if ((await tx.$count(school, eq(school.schoolId, input.id))) > 0) refuse('clashing-id')
  const row = versionRow(input.id, known, districts, actor)
  await tx.insert(school).values(row)
  return asSchool(row, districts)
}
