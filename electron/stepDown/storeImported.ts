import type { Tx } from '../../db/open.ts'
import { importedStepDown as imported } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { ImportedStepDown } from '../../shared/stepDown/importStepDown.ts'
import { receivedIn } from '../../shared/stepDown/told.ts'
import { hubOf } from '../family/insertFamily.ts'
import { writtenBy } from '../family/written.ts'
import { storableOf, type Importing, type Storable } from './compareImported.ts'
import { districtToldIn, insertStepDown } from './insertStepDown.ts'
import { addVersion } from './receiveStepDown.ts'

/**
 * Stores one step-down of a file whole, in the transaction of the caller: as "Receive a step-down" does, and where it came
 * from. It is held against the record once more: what somebody did since the preview counts.
 *
 * @returns undefined where it can be stored no more; the ids for the audit row, none where it is here already
 */
export async function storeImported(
  tx: Tx,
  told: ImportedStepDown,
  importId: Id,
  about: Importing,
  actor: Actor
): Promise<Id[] | undefined> {
  const compared = await storableOf(tx, told, about, actor)
  if ('wrong' in compared) return undefined
  if (compared.what === 'known') return []
  const { key, stepDownId, versionId, digest } = told
  await (compared.opened
    ? addVersion(tx, compared.draft, compared.opened, about.rules, actor)
    : insertNew(tx, compared, importId, about, actor))
  const hubId = compared.opened?.hubId ?? hubOf(districtToldIn(compared.draft, about.rules), about.rules)
  await tx.insert(imported).values({
    ...writtenBy(actor, hubId),
    ...{ id: versionId, stepDownId, importId, sourceKey: key, digest }
  })
  return [stepDownId, versionId]
}

const insertNew = (tx: Tx, { stepDown, draft }: Storable, importId: Id, { rules }: Importing, actor: Actor) =>
  insertStepDown(
    tx,
    draft,
    { receivedAt: receivedIn(draft, actor.now) ?? actor.now, sourceKey: stepDown.key, importId },
    rules,
    actor
  )
