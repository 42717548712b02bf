import type { CallDraft } from '../../shared/call/call.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { showDateTime } from '../../shared/time/london.ts'
import { callerKindLabels, otherKindLabels, parentsKnowLabels } from '../words/labels.ts'

type Row = [label: string, value: string]

/** What was typed in a call, as text to paste elsewhere. Leaves out only what is empty. */
export function callAsText(draft: CallDraft, rules: Rules): string {
  const rows: Row[] = [
    ['Call started', showDateTime(draft.startedAt)],
    ['Line', rules.lines[draft.line].name],
    ['Who is calling', draft.callerKind && callerKindLabels[draft.callerKind]],
    ['Kind of caller', draft.otherKind && otherKindLabels[draft.otherKind]],
    ['School', draft.schoolText],
    ['Open assessment', draft.assessmentId && draft.assessmentText],
    ['Open assessment confirmed by', draft.assessmentConfirmedBy],
    ['Caller’s name', draft.callerName],
    ['Caller’s role', draft.callerRole],
    ['Phone number', draft.callerPhone],
    ['May we leave a message', draft.mayLeaveMessage ? 'Yes' : ''],
    ['Consulted the Continuum of Need', draft.consultedContinuum ? 'Yes' : ''],
    ['Spoke to the designated safeguarding lead', draft.spokeToLead ? 'Yes' : ''],
    ['Do the parents know', draft.parentsKnow && parentsKnowLabels[draft.parentsKnow]],
    ...draft.children.map((child): Row => [
      'Child',
      listed(child.name, child.birth, child.upn, child.relation, child.address)
    ]),
    ['What is the concern', draft.concern],
    ['Level of need discussed', rules.levels.find(({ key }) => key === draft.level)?.name ?? draft.level],
    ['Why this level', draft.levelWhy],
    ['Advice given', draft.advice],
    ['Where the caller disagrees', draft.disagreement],
    ['Outcome', rules.outcomes.find(({ key }) => key === draft.outcome)?.name ?? draft.outcome],
    ...draft.actions.map((action): Row => ['Action', listed(action.what, action.who, action.byWhen)]),
    ['Took place', listed(draft.tookPlaceDate, draft.tookPlaceTime)],
    ['Why it is recorded later', draft.setBackReason],
    ['Booked slot', draft.bookedSlot ? listed('Yes', draft.bookedDate, draft.bookedTime) : ''],
    ['Danger numbers read out', draft.dangerReadAt && showDateTime(draft.dangerReadAt)]
  ]
  return rows
    .filter(([, value]) => value.trim() !== '')
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n')
}

const listed = (...parts: string[]): string => parts.filter((part) => part.trim() !== '').join(', ')
