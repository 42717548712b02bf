import type { Tx } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { asSchool, districtsInForce, holds, tidied, versionNamed, versionRow } from './asSchool.ts'
import { schoolInForce } from './schoolInForce.ts'

type Changed = Output<'school.change'>

/**
 * Writes a new version of a school; what was known before stays readable. Whoever may correct it has now looked at it, so
 * it is no longer to be checked. `basedOn` is the version that was on screen: a change made since is not lost (L7).
 *
 * @throws Refusal invalid, not-found, changed-since, clashing-id
 */
export async function changeSchool(
  tx: Tx,
  input: Parsed<'school.change'>,
  actor: Actor
): Promise<Changed | AlreadyDone<Changed>> {
  const [districts, current, written] = [
    await districtsInForce(tx, actor),
    await schoolInForce(tx, input.id),
    await versionNamed(tx, input.versionId)
  ]
  if (!current) notFound()
  const known = {
    ...tidied(input, districts),
    schoolId: current.schoolId,
    importId: '',
    urn: current.urn,
    status: input.status,
    toCheck: false
  }
  if (written)
    return holds(written, known) ? alreadyDone(asSchool(written, districts)) : refuse('clashing-id')
  if (current.id !== input.basedOn) throw new Refusal({ code: 'changed-since' })
  const row = versionRow(input.versionId, known, districts, actor, current)
  await tx.insert(school).values(row)
  return asSchool(row, districts)
}
