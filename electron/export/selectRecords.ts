import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Chosen } from '../../shared/export/leftOut.ts'
import { count, nothingCounted, type Counted, type Exclusion } from '../../shared/export/tally.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import type { Id } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { readCall } from '../call/readCall.ts'
import { tellsWithheldOfCall } from '../call/tellsWithheldOfCall.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { toldCall, toldReceipt } from './toldCall.ts'
import { toldMeetings } from './toldMeeting.ts'
import { toldEvidence, toldStepUps } from './toldStepUp.ts'

export interface SelectedRecords {
  records: ToldRecord[]
  counted: Counted
  /** Of the records that go: what they say, text by text. */
  passages: Counted
}

/**
 * The record that was chosen of a family: a meeting, or a request for step-up with the evidence that its page assembles. A
 * text that tells what is withheld gives way to saying so.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function selectRecords(
  db: ReadDb,
  { scope, familyId, episodeId, subjectId }: Chosen,
  tells: (...texts: string[]) => boolean,
  actor: Actor
): Promise<SelectedRecords> {
  const isChosen = ({ id }: ToldRecord) => id === subjectId
  if (scope === 'meeting') {
    const [meeting] = (await toldMeetings(db, episodeId, actor)).filter(isChosen)
    return judged([[meeting ?? notFound(), undefined]], tells)
  }
  const [stepUp] = (await toldStepUps(db, familyId, actor)).filter(isChosen)
  const { texts, ...told } = stepUp ?? notFound()
  const evidence = await toldEvidence(db, episodeId, actor)
  return judged([[{ ...told, texts: [...texts, ...evidence] }, undefined]], tells)
}

/**
 * A call and its receipt. Its caller is given the receipt alone: what else is recorded of a call is the desk's. Of one that
 * was entered in error nothing goes.
 *
 * @throws Refusal not-found
 */
export async function selectCall(
  db: ReadDb,
  callId: Id,
  isForCaller: boolean,
  actor: Actor
): Promise<SelectedRecords & { hubId: Id; of: string }> {
  const call = await readCall(db, { id: callId }, actor)
  const settings = await settingsInRecord(db)
  const rules = rulesOn(settings, londonDate(call.tookPlaceAt))
  const rulesNow = rulesOn(settings, londonDate(actor.now))
  const wrong = call.inError ? 'in-error' : undefined
  const selected = judged(
    [
      [toldCall(call, rules), wrong ?? (isForCaller ? 'desk' : undefined)],
      [toldReceipt(call, rules, rulesNow, actor), wrong]
    ],
    tellsWithheldOfCall(db, callId)
  )
  return {
    ...selected,
    hubId: call.hubId,
    of: `Call ${call.reference}, ${showDate(londonDate(call.tookPlaceAt))}`
  }
}

function judged(
  all: readonly (readonly [record: ToldRecord, why: Exclusion | undefined])[],
  tells: (...texts: string[]) => boolean
): SelectedRecords {
  const selected: SelectedRecords = {
    ...{ records: [], counted: nothingCounted(), passages: nothingCounted() }
  }
  for (const [record, why] of all) {
    count(selected.counted, why)
    if (why !== undefined) continue
    const texts = record.texts.map((told) => {
      const isWithheld = tells(told.text)
      count(selected.passages, isWithheld ? 'withheld' : undefined)
      return isWithheld ? { ...told, text: TEXT_WITHHELD } : told
    })
    selected.records.push({ ...record, texts })
  }
  return selected
}
