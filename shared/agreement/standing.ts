import type { CivilDate, Id } from '../ids.ts'
import type { AgreementRow } from './agreement.ts'
import { isOfYoungPerson } from './who.ts'

type Said = Pick<
  AgreementRow,
  'id' | 'decision' | 'capacity' | 'decidedOn' | 'recordedAt' | 'throughPersonId'
>

const order = ({ decidedOn, recordedAt, id }: Said): string => `${decidedOn} ${recordedAt} ${id}`

/** A withdrawal, or the narrower agreement that it left: the family's agreement is said anew, all before is history. */
const isSaidAnew = ({ decision, throughPersonId }: Said): boolean =>
  decision === 'withdrawn' || throughPersonId !== ''

/**
 * What the family has agreed to now, out of everything that was ever said; undefined where nobody was asked (R24 to R28).
 * What was decided last counts, and of one day what was recorded last. Two things go before that: a withdrawal ends
 * whatever was said before it, and since then the word of a competent young person prevails over anybody else's, whoever
 * spoke later (L7). `standingAgreement` in db/agreements.ts asks the same of the record.
 */
export function agreementNow<R extends Said>(rows: readonly R[]): R | undefined {
  const inOrder = [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  const said = inOrder.filter(({ decision }) => decision !== 'not-asked')
  const since = said.slice(Math.max(0, said.findLastIndex(isSaidAnew)))
  return since.findLast(isOfYoungPerson) ?? since.at(-1) ?? inOrder.at(-1)
}

/** What the family had agreed to on a day, by all that is known of it today; undefined where nobody had been asked. */
export const agreementOn = <R extends Said>(rows: readonly R[], on: CivilDate): R | undefined =>
  agreementNow(rows.filter(({ decidedOn }) => decidedOn <= on))

type Agreed = Pick<AgreementRow, 'decision' | 'takePart' | 'share' | 'agencyIds'>

/** R24: may an assessment begin, or go on? */
export const takesPart = (now: Agreed | undefined): boolean => now?.decision === 'given' && now.takePart

/**
 * Does telling an agency or school about the family need a reason to be written down, because the family did not agree to
 * it (domain 0.4)? It never forbids: a concern for safety goes ahead without agreement. An agreement that names nobody is
 * for every agency that works with the family.
 */
export const sharingNeedsReason = (now: Agreed | undefined, agencyId: Id): boolean =>
  now?.decision !== 'given' || !now.share || (now.agencyIds.length > 0 && !now.agencyIds.includes(agencyId))
