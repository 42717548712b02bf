import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownDecision, type stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { fillIn } from '../../shared/letter/fields.ts'
import { addressLines } from '../../shared/letter/withheld.ts'
import { inForce, rulesOn } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { dueAt } from '../../shared/stepDown/clock.ts'
import { nextForFamily, nextForSender, type TriageLetterField } from '../../shared/stepDown/letter.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { neededLabels, routeLabels } from '../../shared/words/stepDown.ts'
import { senderOf } from '../letter/fillLetter.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { familyAddressees, versionOf } from './triageRecipients.ts'

type Query = Parsed<'stepDown.fillLetter'>
type Version = typeof stepDownVersion.$inferSelect
type Fields = Record<TriageLetterField, string>
/** To whom a letter is and where they live, before its words. */
type Head = Pick<Output<'stepDown.fillLetter'>, 'address' | 'addressWithheld' | 'recipients' | 'toName'>

/**
 * The letter of triage that is in force today, filled in from the record. What is not known stays as it was written and is
 * named. An address that is withheld from anybody is not filled in, and no telephone number of the family ever is.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function fillTriageLetter(
  db: ReadDb,
  query: Query,
  actor: Actor
): Promise<Output<'stepDown.fillLetter'>> {
  const opened = await mustOpenStepDown(db, query.stepDownId, actor)
  const today = londonDate(actor.now)
  const settings = await settingsInRecord(db)
  const template = inForce(settings, 'triage-letter', today).find(({ key }) => key === query.kind)
  if (!template) return notFound()

  const versionId = query.kind === 'return' ? query.versionId : opened.versionId
  const version = await versionOf(db, query.stepDownId, versionId)
  const head =
    query.kind === 'decision-family' ? await familyHead(db, query, opened, today) : senderHead(version)
  const known: Fields = {
    ...unknown,
    worker: version.workerName,
    sendingTeam: version.sendingTeam,
    reference: opened.reference,
    receivedDate: showDate(londonDate(opened.receivedAt)),
    ...numbersOn(settings, today),
    ...(query.kind === 'return'
      ? returned(query, settings, actor.now)
      : decided(query.kind, await decisionOf(db, query.stepDownId, query.aboutId))),
    to: head.toName,
    sender: await senderOf(db, actor)
  }
  const subject = fillIn(template.value.subject, known)
  const body = fillIn(template.value.text, known)
  return {
    ...head,
    templateId: template.id,
    subject: subject.text,
    body: body.text,
    missing: [...new Set([...subject.missing, ...body.missing])]
  }
}

const unknown: Fields = {
  ...{
    to: '',
    worker: '',
    sendingTeam: '',
    reference: '',
    receivedDate: '',
    missing: '',
    reason: '',
    replyBy: ''
  },
  ...{ level: '', rationale: '', route: '', routeReason: '', next: '' },
  ...{ childrensServices: '', helpdesk: '', sender: '' }
}

const senderHead = ({ workerName, workerAddress }: Version): Head => ({
  address: addressLines(workerAddress),
  addressWithheld: false,
  recipients: [],
  toName: workerName
})

async function familyHead(
  db: ReadDb,
  { toPersonId, toName }: Extract<Query, { kind: 'decision-family' }>,
  opened: OpenedStepDown,
  today: CivilDate
): Promise<Head> {
  const { recipients, addressOf } = await familyAddressees(db, opened, today)
  const { address, isWithheld } = addressOf(toPersonId)
  const chosen = recipients.find(({ id }) => id === toPersonId)
  return { address, addressWithheld: isWithheld, recipients, toName: toName.trim() || (chosen?.name ?? '') }
}

function numbersOn(settings: readonly Setting[], today: CivilDate) {
  const { numbers } = rulesOn(settings, today)
  const numberOf = (key: string) => numbers[key]?.number ?? ''
  return { childrensServices: numberOf('childrens-services'), helpdesk: numberOf('helpdesk') }
}

/** C7: the clock that runs from a return is the sender's. */
function returned(
  { missing, words }: Extract<Query, { kind: 'return' }>,
  settings: readonly Setting[],
  now: Instant
) {
  const replyBy = dueAt(settings, 'waiting', now)
  return {
    missing: missing.map((each) => `– ${neededLabels[each]}`).join('\n'),
    reason: words.trim(),
    replyBy: replyBy === '' ? '' : showDate(londonDate(replyBy))
  }
}

function decided(kind: 'decision-sender' | 'decision-family', decision: Decision) {
  const { levelName, rationale, route, routeReason } = decision
  const next = kind === 'decision-family' ? nextForFamily(decision) : nextForSender(decision)
  return { level: levelName, rationale, route: routeLabels[route], routeReason, next }
}

type Decision = typeof stepDownDecision.$inferSelect & { practitionerName: string }

/** A decision on this step-down, with the name of the former keyworker; '' for none. */
export async function decisionOf(db: ReadDb, stepDownId: Id, decisionId: Id): Promise<Decision> {
  const [found] = await db
    .select({
      decision: stepDownDecision,
      practitionerName: sql<string>`coalesce((SELECT p.name FROM practitioner p
        WHERE p.id = ${stepDownDecision.practitionerId}), '')`
    })
    .from(stepDownDecision)
    .where(and(eq(stepDownDecision.id, decisionId), eq(stepDownDecision.stepDownId, stepDownId)))
  return found ? { ...found.decision, practitionerName: found.practitionerName } : notFound()
}
