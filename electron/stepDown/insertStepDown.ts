import type { Tx } from '../../db/open.ts'
import { stepDown, stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import { naturalIdBeside, type Id, type Instant } from '../../shared/ids.ts'
import { districtOfAddress } from '../../shared/setting/district.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { missingIn } from '../../shared/stepDown/missing.ts'
import type { Needed, StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { toldIn } from '../../shared/stepDown/told.ts'
import { londonDate } from '../../shared/time/london.ts'
import { hubOf } from '../family/insertFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { recordEvent } from './recordEvent.ts'

/** The district that the sender tells of, or the one of the postcode, as its ONS code; '' where nobody knows. */
export const districtToldIn = ({ district, address }: StepDownDraft, rules: Rules): string =>
  district || districtOfAddress(address, rules)

/**
 * A step-down with its next reference and its first version. The form has been checked (`problemsWithStepDown`); what is
 * missing leads it to the one list or the other (C7). `receivedAt` is when it arrived, and by it the clock runs.
 */
export async function insertStepDown(
  tx: Tx,
  draft: StepDownDraft,
  from: { receivedAt: Instant; sourceKey: string; importId: Id },
  rules: Rules,
  actor: Actor
): Promise<{ reference: string; missing: Needed[] }> {
  const reference = deskReference('STD', actor.deskCode, await nextNumber(tx, 'step-down'))
  const written = writtenBy(actor, hubOf(districtToldIn(draft, rules), rules))
  await tx.insert(stepDown).values({ ...written, ...from, id: draft.stepDownId, reference })
  const missing = await insertVersion(tx, draft, '', rules, actor)
  await recordGate(tx, draft, missing, actor)
  return { reference, missing }
}

/**
 * What the sender told, as one more version of it.
 *
 * @param earlier when the newest of what it comes after was recorded; '' of the first
 * @returns what is missing of it (C7)
 */
export async function insertVersion(
  tx: Tx,
  draft: StepDownDraft,
  earlier: Instant,
  rules: Rules,
  actor: Actor
): Promise<Needed[]> {
  const { people, ...told } = toldIn(draft, rules.on)
  const missing = missingIn({ ...told, people })
  const { id, stepDownId, basedOn } = draft
  const district = districtToldIn(draft, rules)
  const written = writtenAfter(writtenBy(actor, hubOf(district, rules)), earlier)
  await tx
    .insert(stepDownVersion)
    .values({ ...written, ...told, ...{ id, stepDownId, basedOn, district }, missing: missing.join(' ') })
  for (const [position, { id: ofId, ...person }] of people.entries())
    await tx.insert(stepDownPerson).values({
      ...written,
      ...person,
      ...{ id: naturalIdBeside(id, 'person', ofId), stepDownId, versionId: id, ofId, position }
    })
  return missing
}

/** C7: it has all that is needed, or it waits to be sent back. */
export const recordGate = (tx: Tx, draft: StepDownDraft, missing: readonly Needed[], actor: Actor) =>
  recordEvent(
    tx,
    {
      id: naturalIdBeside(draft.id, 'gate'),
      stepDownId: draft.stepDownId,
      event: gateEvent(missing),
      aboutId: draft.id,
      on: londonDate(actor.now)
    },
    actor
  )

export const gateEvent = (missing: readonly Needed[]) => (missing.length === 0 ? 'complete' : 'incomplete')
