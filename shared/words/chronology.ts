import type { ChronologyBodies, ChronologyKind, ChronologyRow } from '../family/chronology.ts'
import { ruleName } from '../rule/rules.ts'
import type { EndReason } from '../stepDown/stepDown.ts'
import { showDate } from '../time/london.ts'
import { spanWords, valueWords, type Names } from './facts.ts'
import { factKindLabels, memberRoleLabels } from './labels.ts'
import { noteSaid } from './note.ts'
import { planSaid } from './plan.ts'
import { sharingSaid } from './sharing.ts'
import { answersSaid, stepSaid } from './steps.ts'
import { endReasonLabels, routeLabels, stepDownEventLabels } from './stepDown.ts'
import { stepUpSaid } from './stepUp.ts'
import { notesGivenLabels, thresholdSaid, transferReasonLabels, transferStepSaid } from './transfer.ts'

/** One entry of the chronology in plain words. */
export interface Said {
  /** The person that it is about; '' where it is about the family. */
  who: string
  what: string
  /** What was written of it. */
  details: string[]
}

const decisions: Record<ChronologyBodies['agreement']['decision'], string> = {
  'not-asked': 'Agreement not asked for yet',
  given: 'Agreement given',
  refused: 'Agreement refused',
  withdrawn: 'Agreement withdrawn'
}
export const plannedLabels: Record<ChronologyBodies['date']['kind'], string> = {
  meeting: 'Meeting',
  transfer: 'Transfer to another keyworker',
  funding: 'Funding request'
}
const answers: Record<ChronologyBodies['check']['answer'], string> = {
  open: 'an open assessment was found',
  none: 'no open assessment was found',
  unclear: 'it was not clear whether an assessment is open'
}

type Teller<K extends ChronologyKind> = (
  body: ChronologyBodies[K],
  names: Names
) => { what: string; details?: string[] }

function factSaid(
  { kind, value, withheld, validFrom, validTo, inError, reason, isSuperseded }: ChronologyBodies['fact'],
  names: Names
) {
  const words = withheld ? 'withheld' : valueWords(kind, value, names)
  const span = spanWords({ validFrom, validTo })
  const begins = `${factKindLabels[kind]}${span ? ` ${span}` : ''}: ${words}`
  return {
    what: inError ? `Entered in error: ${begins}` : begins,
    details: [isSuperseded ? 'A newer version of this stands beside it' : '', reason]
  }
}

function coverSaid(body: ChronologyBodies['cover']) {
  if (body.ended)
    return { what: `Cover ended sooner: the last day was ${showDate(body.lastDay)}`, details: [body.reason] }
  const { practitionerName, awayName, fromDay, toDay, toldOn, notToldWhy, note } = body
  const span = spanWords({ validFrom: fromDay, validTo: toDay })
  const who = practitionerName ? `${practitionerName} stands in` : 'Nobody was found to stand in'
  return {
    what: `${who} for ${awayName || 'the keyworker'} ${span}`,
    details: [
      toldOn ? `The family was told on ${showDate(toldOn)}` : `The family was not told before: ${notToldWhy}`,
      note
    ]
  }
}

function transferSaid(body: ChronologyBodies['transfer']): { what: string; details: string[] } {
  switch (body.of) {
    case 'request':
      return {
        what: `Transfer of keyworker asked for${body.authorityName && `, to ${body.authorityName}`}`,
        details: [
          transferReasonLabels[body.reason],
          body.belowThreshold && thresholdSaid[body.belowThreshold],
          body.note
        ]
      }
    case 'step':
      return { what: transferStepSaid(body), details: [body.note] }
    case 'notes':
      return {
        what: `The new keyworker may be given: ${notesGivenLabels[body.given].toLowerCase()}`,
        details: [body.note]
      }
  }
}

function stepDownSaid(body: ChronologyBodies['step-down']): { what: string; details: string[] } {
  switch (body.of) {
    case 'receipt':
      return { what: `Stepped down to early help: ${body.reference} received`, details: [] }
    case 'decision':
      return {
        what: `Triage decided: ${body.levelName}, ${routeLabels[body.route].toLowerCase()}`,
        details: [body.rationale, body.routeReason]
      }
    case 'proposal':
      return { what: `${body.practitionerName || 'Somebody'} asked to be keyworker`, details: [body.note] }
    case 'event':
      return { what: stepDownEventSaid(body), details: [body.words] }
  }
}

function stepDownEventSaid({
  event,
  practitionerName,
  who,
  reason
}: Extract<ChronologyBodies['step-down'], { of: 'event' }>): string {
  const name = practitionerName || 'The keyworker'
  const said = who === '' || who === practitionerName ? '' : `, said ${who}`
  if (event === 'accept') return `${name} accepted to be keyworker${said}`
  if (event === 'decline') return `${name} declined to be keyworker${said}`
  if (event === 'take-back') return `${name} is no longer asked to be keyworker`
  if (event === 'end') return `Step-down ended: ${endReasonLabels[reason as EndReason].toLowerCase()}`
  return `Step-down: ${stepDownEventLabels[event].toLowerCase()}`
}

const tellers: { [K in ChronologyKind]: Teller<K> } = {
  registered: ({ reference }) => ({ what: `Family registered as ${reference}` }),
  member: ({ role, validFrom, validTo, inError, reason }) => {
    const span = spanWords({ validFrom, validTo })
    const what = `${memberRoleLabels[role]} in the family${span ? ` ${span}` : ''}`
    return { what: inError ? `Entered in error: ${what}` : what, details: [reason] }
  },
  fact: factSaid,
  agreement: (
    { decision, byPersonId, byName, relation, takePart, share, reason, throughPersonId },
    names
  ) => {
    const by = byPersonId ? names.person(byPersonId) : byName
    const scope = [takePart && 'to take part', share && 'to share'].filter(Boolean).join(' and ')
    return {
      what: [
        `${throughPersonId ? 'Agreement narrowed' : decisions[decision]}${by ? ` by ${by}` : ''}${relation ? ` (${relation})` : ''}`,
        decision === 'given' ? scope : ''
      ]
        .filter(Boolean)
        .join(': '),
      details: [reason, throughPersonId && `It still stands through ${names.person(throughPersonId)}`]
    }
  },
  sharing: (body, names) => sharingSaid(body, names),
  episode: (body) =>
    body.began
      ? {
          what: `Families First Assessment ${body.reference} began`,
          details: [
            body.reason,
            body.goesOnBecause &&
              `A child is in another open assessment. This one goes on because: ${body.goesOnBecause}`
          ]
        }
      : {
          what: `Families First Assessment ${body.closureKind === 'stepped-up' ? 'stepped up' : 'closed'}: ${body.closureReason}`,
          details: [
            body.withdrawalReason && `Why agreement was withdrawn: ${body.withdrawalReason}`,
            body.adviceSought ? 'Advice was sought' : '',
            body.signposted ? 'Signposted to other help' : '',
            body.transferNote &&
              `${body.couldTransfer === 'yes' ? 'It could have gone on with another keyworker' : 'It could not go on with another keyworker'}: ${body.transferNote}`,
            body.stepOutAdvice && `The family was told for the time after: ${body.stepOutAdvice}`,
            body.note
          ]
        },
  closing: ({ part, who, words }) => ({
    what:
      part === 'told'
        ? `Told of the end of the assessment: ${who}`
        : `Goes on after the end of the assessment: ${who}`,
    details: [words]
  }),
  reopening: ({ reason }) => ({ what: 'Families First Assessment reopened', details: [reason] }),
  step: ({ step, note, severalAgencies, progressingWell, alreadyIdentified }) => ({
    what: stepSaid[step],
    details: [note, ...answersSaid({ severalAgencies, progressingWell, alreadyIdentified })]
  }),
  level: ({ levelName, rationale }) => ({ what: `Level of need: ${levelName}`, details: [rationale] }),
  override: ({ rule, dueOn, reason }) => ({
    what: dueOn
      ? `“${ruleName(rule)}”: ${showDate(dueOn)} instead of the rule’s day`
      : `Assessment started against the rule “${ruleName(rule)}”`,
    details: [reason]
  }),
  keyworker: ({ practitionerName, validFrom, validTo, byTransfer, isTakenBack }) => ({
    what: `${byTransfer ? 'New keyworker' : 'Keyworker'}: ${practitionerName || 'not known'} ${spanWords({ validFrom, validTo })}`.trim(),
    details: [isTakenBack ? 'It was taken back before that day' : '']
  }),
  'step-down': (body) => stepDownSaid(body),
  transfer: (body) => transferSaid(body),
  cover: (body) => coverSaid(body),
  'step-up': (body) => stepUpSaid(body),
  date: ({ kind, dueOn, note, ending, endedWhy }) => {
    const what = `${plannedLabels[kind]} on ${showDate(dueOn)}`
    if (ending === '')
      return { what: `Planned: ${what.charAt(0).toLowerCase()}${what.slice(1)}`, details: [note] }
    return {
      what: `${what} ${ending === 'done' ? 'took place' : 'was cancelled'}`,
      details: [note, endedWhy]
    }
  },
  note: (body, names) => noteSaid(body, names),
  assessment: ({ isFirst, note }) => ({
    what: isFirst ? 'What was assessed was written down' : 'What was assessed was added to or changed',
    details: [note]
  }),
  plan: (body) => planSaid(body),
  team: ({ name, role, validFrom, validTo, inError, reason }) => {
    const what = [`In the team${name && `: ${name}`}`, role].filter(Boolean).join(', ')
    return {
      what: `${what} ${spanWords({ validFrom, validTo })}${inError ? ' (entered in error)' : ''}`,
      details: [reason]
    }
  },
  meeting: (body) =>
    body.isCopy
      ? { what: `Record of a team meeting given to ${body.toWhom}`, details: [body.how] }
      : { what: `Record of the team meeting on ${showDate(body.heldOn)}` },
  letter: ({ templateName, toName }) => ({ what: `Letter to ${toName}: ${templateName}` }),
  advice: ({ askedWhom, question, answer, answersId }) => ({
    what: answersId ? `Advice came from ${askedWhom}` : `Advice asked of ${askedWhom}`,
    details: [question, answer && (answersId ? answer : `Answer: ${answer}`)]
  }),
  call: ({ reference, inError }) => ({ what: `Call ${reference}${inError ? ', entered in error' : ''}` }),
  check: ({ answer }) => ({ what: `Helpdesk check: ${answers[answer]}` }),
  merge: ({ isUndone, reason }) => ({
    what: isUndone ? 'Two records taken apart again' : 'Two records of one person merged',
    details: [reason]
  }),
  access: ({ factId, reason }) => ({
    what: factId ? 'Something withheld was shown' : 'The restricted family was opened by somebody not named',
    details: [reason]
  }),
  file: ({ attachedTo, name }) => ({
    what: `File added to ${attachedTo === 'note' ? 'a case note' : 'an agreement'}: ${name}`
  }),
  'brought-in': ({ entry: { what, details } }) => ({ what, details })
}

/** The body goes with the kind; a teller of a kind takes nothing else. */
function tell<K extends ChronologyKind>(kind: K, body: ChronologyBodies[K], names: Names) {
  return tellers[kind](body, names)
}

/** What an entry says. `names` resolves the ids that it holds. */
export function entrySaid(row: ChronologyRow, names: Names): Said {
  // who agreed or refused is in the words
  const isAbout = row.kind !== 'agreement' && row.personId !== ''
  const { what, details = [] } = tell(row.kind, row.body, names)
  return {
    who: isAbout ? names.person(row.personId) : row.kind === 'brought-in' ? row.body.entry.who : '',
    what,
    details: details.filter((text) => text.trim() !== '')
  }
}
