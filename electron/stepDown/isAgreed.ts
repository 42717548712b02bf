import { sql } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import type { ReadDb } from '../../db/open.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import { agreementStands } from '../../shared/stepDown/deciding.ts'
import type { StepDownVersion } from '../../shared/stepDown/record.ts'
import type { EventInOrder } from '../../shared/stepDown/state.ts'

/** The agreement that stands in the record of the family. */
interface Standing {
  decision: 'given' | 'refused' | 'withdrawn'
  takesPart: number
  decidedOn: CivilDate
  recordedAt: Instant
}

/**
 * R24, R28, R47: does agreement stand, so that a keyworker may be sought? Once it is known which family it is, its record
 * counts where it is newer than what the sender told; until then the sender does.
 */
export function isAgreed(
  db: ReadDb,
  familyId: Id,
  told: Pick<StepDownVersion, 'agreement' | 'agreedOn' | 'recordedAt'>,
  events: readonly Pick<EventInOrder, 'event' | 'recordedAt'>[]
): boolean {
  const standing = db.get<Standing | undefined>(sql`
    SELECT a.decision, a.take_part AS takesPart, a.decided_on AS decidedOn, a.created_at AS recordedAt
    FROM agreement a WHERE a.family_id = ${familyId} AND a.id = ${sql.raw(standingAgreement('a.family_id'))}`)
  if (standing?.decision === 'given' && standing.takesPart)
    return told.agreement !== 'refused' || told.recordedAt <= standing.recordedAt
  const isRefused =
    standing !== undefined &&
    standing.decision !== 'given' &&
    (standing.decidedOn > told.agreedOn || standing.recordedAt >= told.recordedAt)
  return !isRefused && agreementStands(told, events)
}
