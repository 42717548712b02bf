import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { SavedAnswer } from '../../shared/subjectAccess/request.ts'
import { recordsOf } from '../person/recordsOf.ts'
import type { AnswerSummary } from './answerText.ts'
import { keptIdOf } from './listRequests.ts'
import type { RequestAsRecorded } from './theRequest.ts'

/** What the cover of an answer tells. */
export async function summaryOfAnswer(
  db: ReadDb,
  request: RequestAsRecorded,
  { reference }: SavedAnswer & { reference: string },
  counts: AnswerSummary['counts'],
  actor: Actor
): Promise<Omit<AnswerSummary, 'itemsSha256'>> {
  const [person] = await recordsOf(db, [keptIdOf(db, request.personId)], actor)
  const [by] = await db.select({ name: account.name }).from(account).where(eq(account.id, actor.id))
  return {
    ...{ request: request.reference, reference, of: person?.name ?? '', counts },
    ...{ requester: request.requester, requesterName: request.requesterName },
    ...{ receivedOn: request.receivedOn, from: request.fromDay, to: request.toDay },
    ...{ exportedAt: actor.now, byName: by?.name ?? '' }
  }
}
