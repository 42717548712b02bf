import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import { receiptOf, type Receipt } from '../../shared/call/receipt.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate, showDate, showDateTime } from '../../shared/time/london.ts'
import {
  attemptLabels,
  callerWords,
  duration,
  linkWords,
  referralWords,
  yesOrNo
} from '../../shared/words/call.ts'
import {
  addendumFieldLabels,
  otherKindLabels,
  parentsKnowLabels,
  professionLabels
} from '../../shared/words/labels.ts'
import { readCall } from '../call/readCall.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { below, joined, toldTexts, unlessEmpty, type Said } from './toldTexts.ts'

/**
 * Calls with everything that their page tells: the caller, the children, the concern, the advice and what became of it, and
 * what was added, linked or marked since. What was entered in error is told as such: whoever asks decides.
 *
 * @throws Refusal not-found for a call that this person may not read
 */
export async function toldCalls(db: ReadDb, ids: readonly Id[], actor: Actor): Promise<ToldRecord[]> {
  const settings = await settingsInRecord(db)
  const told: ToldRecord[] = []
  for (const id of ids) {
    const call = await readCall(db, { id }, actor)
    told.push(toldCall(call, rulesOn(settings, londonDate(call.tookPlaceAt))))
  }
  return told
}

/** A call as its page tells it. `rules`: in force when it took place. */
export const toldCall = (call: FiledCall, rules: Rules): ToldRecord => ({
  ...headOf(call),
  ...{ id: call.id, kind: 'call', title: 'Call' },
  texts: toldTexts([
    ...callerSaid(call, rules),
    ...call.children.map((child, at): Said => [`children.${String(at)}`, 'Child', childWords(child)]),
    ...adviceSaid(call, rules),
    ...sinceSaid(call),
    ...deskSaid(call)
  ])
})

/**
 * The receipt of a call (C6): what its caller is given, and nothing of the desk's own. `rulesNow` say whom to ring.
 *
 * @param rules in force when the call took place
 */
export function toldReceipt(call: FiledCall, rules: Rules, rulesNow: Rules, actor: Actor): ToldRecord {
  const receipt = receiptOf(call, { rulesThen: rules, rulesNow, printedBy: '', printedAt: actor.now })
  return {
    ...headOf(call),
    ...{ id: naturalId('advice receipt', call.id), kind: 'receipt', title: 'Advice receipt' },
    texts: toldTexts(receiptSaid(receipt))
  }
}

const headOf = ({ reference, tookPlaceAt, filedAt, adviserName }: FiledCall) => ({
  ...{ reference, on: londonDate(tookPlaceAt), recordedAt: filedAt, byName: adviserName },
  files: []
})

function callerSaid(call: FiledCall, rules: Rules): Said[] {
  const asked: Said[] = [
    ['consultedContinuum', 'Consulted the Continuum of Need', yesOrNo(call.consultedContinuum)],
    ['spokeToLead', 'Spoke to the designated safeguarding lead', yesOrNo(call.spokeToLead)],
    [
      'parentsKnow',
      'Do the parents know?',
      call.parentsKnow ? parentsKnowLabels[call.parentsKnow] : 'Not recorded'
    ]
  ]
  return [
    ['tookPlaceAt', 'Took place', `${showDateTime(call.tookPlaceAt)}, ${hoursWords(call)}`],
    ['line', 'Line', rules.lines[call.line].name],
    ['caller', 'Who is calling', callerWords(call)],
    ['otherKind', 'Kind of caller', call.otherKind && otherKindLabels[call.otherKind]],
    ['schoolTown', 'Town', call.schoolTown],
    ['toCheck', 'School', call.toCheck ? 'To be checked' : ''],
    ['assessment', 'Open assessment', call.assessmentReference],
    [
      'assessmentConfirmedBy',
      'Open assessment confirmed by',
      call.assessmentConfirmedBy && `${call.assessmentConfirmedBy} (not checked)`
    ],
    ['callerName', 'Caller’s name', call.callerName],
    ['callerRole', 'Caller’s role', call.callerRole],
    ['callerPhone', 'Phone number', call.callerPhone],
    ['mayLeaveMessage', 'May we leave a message?', call.callerPhone && yesOrNo(call.mayLeaveMessage)],
    ['turnedAway', 'At the gate', call.turnedAway ? 'Turned away' : ''],
    ...(call.turnedAway ? [] : asked)
  ]
}

const hoursWords = ({ inHours }: FiledCall): string => (inHours ? 'in hours' : 'out of hours')

const childWords = (child: FiledCall['children'][number]): string =>
  joined(
    child.name || 'Not named',
    child.birthDate && `born ${showDate(child.birthDate)}`,
    child.ageYears === null ? '' : `${String(child.ageYears)} ${child.ageYears === 1 ? 'year' : 'years'} old`,
    child.upn && `UPN ${child.upn}`,
    child.relation,
    child.address
  )

const adviceSaid = (call: FiledCall, rules: Rules): Said[] => [
  ['concern', 'What is the concern?', call.concern],
  ['levelName', 'Level of need discussed', call.levelName],
  ['levelWhy', 'Why this level', call.levelWhy],
  ['advice', 'Advice given', call.advice],
  ['disagreement', 'Where the caller disagrees', call.disagreement],
  ['signpost', 'Read out to the caller', call.signpost],
  ['outcome', 'Outcome', rules.outcomes.find(({ key }) => key === call.outcome)?.name ?? call.outcome],
  ...call.actions.map((action, at): Said => [`actions.${String(at)}`, 'Action', actionWords(action)])
]

function actionWords({ what, who, byWhen, ownerName, doneAt, doneNote }: FiledCall['actions'][number]) {
  const owner = ownerName === who ? '' : unlessEmpty('seen to by ', ownerName)
  const done = doneAt === '' ? 'open' : `done ${showDateTime(doneAt)}`
  return below(joined(what, who, byWhen && `by ${showDate(byWhen)}`, owner, done), doneNote)
}

/** What became of it, and what was added. */
const sinceSaid = ({ attempts, referrals, addenda }: FiledCall): Said[] => [
  ...attempts.map(({ result, note, byName, at }, index): Said => [
    `attempts.${String(index)}`,
    'Ringing back',
    below(`${attemptLabels[result]}. ${joined(byName, showDateTime(at))}`, note)
  ]),
  ...referrals.map((referral, index): Said => [
    `referrals.${String(index)}`,
    'Did they refer?',
    below(
      `${referralWords(referral)}. ${joined(referral.byName, showDateTime(referral.at))}`,
      referral.reason
    )
  ]),
  ...addenda.map(({ field, text, byName, at }, index): Said => [
    `addenda.${String(index)}`,
    `Added later: ${addendumFieldLabels[field]}`,
    below(text, joined(byName, showDateTime(at)))
  ])
]

/** What the desk recorded of the call itself. */
const deskSaid = (call: FiledCall): Said[] => [
  ...call.matches.map(({ childId, person, byName, at }): Said => [
    `matches.${childId}`,
    'Who a child is in the record',
    `${person ? joined(person.name, ...person.families.map(({ reference }) => reference)) : 'None of those who were found'}. ${joined(byName, showDateTime(at))}`
  ]),
  ...call.flags.map((flag): Said => [
    `flags.${flag.id}`,
    'Two concerns about one child',
    below(
      `${flag.why} Earlier call ${flag.earlierReference}.`,
      flag.answer,
      flag.answeredAt && joined(flag.answeredBy, showDateTime(flag.answeredAt))
    )
  ]),
  ...call.links
    .filter(({ kind }) => kind !== 'not-related')
    .map((link): Said => [
      `links.${link.callId}.${link.direction}`,
      'Linked call',
      `${link.reference}. ${linkWords(link)}.`
    ]),
  ['setBackReason', 'Why it was recorded later', call.setBackReason],
  ['bookedAt', 'Booked slot', call.bookedAt && showDateTime(call.bookedAt)],
  ['seconds', 'Time on the line', call.seconds ? duration(call.seconds) : ''],
  [
    'dangerReadAt',
    'Immediate danger numbers',
    call.dangerReadAt && `Read out ${showDateTime(call.dangerReadAt)}`
  ],
  ['adviser', 'Adviser', joined(call.adviserName, professionOf(call))],
  ['hub', 'Local hub', call.hubName],
  ['rulesVersion', 'Rules in force', call.rulesVersion],
  ...call.errors.map(({ inError, reason, byName, at }, index): Said => [
    `errors.${String(index)}`,
    inError ? 'Marked as entered in error' : 'Put back',
    below(reason, joined(byName, showDateTime(at)))
  ])
]

const professionOf = ({ adviserProfession }: FiledCall): string =>
  Object.entries(professionLabels).find(([key]) => key === adviserProfession)?.[1] ?? ''

const receiptSaid = ({ facts, sections, actions, addenda, numbers }: Receipt): Said[] => [
  ...facts.map(({ label, lines }, at): Said => [`facts.${String(at)}`, label, below(...lines)]),
  ...sections.map(({ heading, text }, at): Said => [`sections.${String(at)}`, heading, text]),
  ...actions.map(({ what, who, byWhen }, at): Said => [
    `actions.${String(at)}`,
    'Who does what, and by when',
    joined(what, who, unlessEmpty('by ', byWhen))
  ]),
  ...addenda.map(({ heading, text, by }, at): Said => [
    `addenda.${String(at)}`,
    `Added or corrected later: ${heading}`,
    below(text, by)
  ]),
  ...numbers.map(({ name, number, note }, at): Said => [
    `numbers.${String(at)}`,
    'Whom to ring',
    `${note}: ${name}, ${number}`
  ])
]
