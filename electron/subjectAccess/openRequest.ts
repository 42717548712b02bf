import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { theRequest, type RequestAsRecorded } from './theRequest.ts'

/**
 * A request whose answer is still made, for whoever may open every family of whom it is about.
 *
 * @throws Refusal not-found, family-restricted, step-not-possible where it was answered or withdrawn
 */
export async function openRequest(db: ReadDb, id: Id, actor: Actor): Promise<RequestAsRecorded> {
  const { row, standing } = await theRequest(db, id, actor)
  if (standing.state !== 'open') refuse('step-not-possible')
  return row
}
