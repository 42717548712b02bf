import type { FieldError } from '../errors.ts'
import type { CivilDate, Id, Instant } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { londonDate, showDate } from '../time/london.ts'
import type { StepDownDecision } from './record.ts'
import type { EventInOrder } from './state.ts'
import type { DecisionDraft, Route, StepDownDraft, StepDownEvent } from './stepDown.ts'

/** "Record decision" as it is begun; a revision begins with what it revises. */
export const emptyDecision = (id: Id, stepDownId: Id, before?: StepDownDecision): DecisionDraft => ({
  id,
  stepDownId,
  basedOn: before?.id ?? '',
  level: before?.level ?? '',
  rationale: before?.rationale ?? '',
  route: before?.route ?? '',
  routeReason: before?.routeReason ?? '',
  evidence: before?.evidence ?? '',
  considered: before?.considered ?? '',
  agencyId: before?.agencyId ?? '',
  practitionerId: before?.practitionerId ?? '',
  signposting: before?.signposting ?? '',
  familyNext: before?.familyNext ?? '',
  decidedOn: ''
})

/** S3, R48 to R50: whoever goes on with the family on these routes is its keyworker, and agreement comes before. */
export const needsKeyworker = (route: Route): boolean => route !== 'universal' && route !== 'not-accepted'

export const eventOfRoute = (route: Route): Extract<StepDownEvent, `decide-${string}`> =>
  needsKeyworker(route) ? 'decide-keyworker' : 'decide-elsewhere'

/**
 * R24, R47: the sender has obtained the family's agreement to early help, and the family has not taken it back since. What
 * was told later counts: an agreement that comes after a withdrawal is a new one.
 */
export function agreementStands(
  { agreement, recordedAt }: { agreement: StepDownDraft['agreement']; recordedAt: Instant },
  events: readonly Pick<EventInOrder, 'event' | 'recordedAt'>[]
): boolean {
  const withdrawn = events.findLast(({ event }) => event === 'withdraw-agreement')
  return agreement === 'given' && (withdrawn === undefined || withdrawn.recordedAt < recordedAt)
}

/** What a decision is checked against. */
export interface AboutDecision {
  today: CivilDate
  receivedAt: Instant
  /** `agreementStands` */
  isAgreed: boolean
}

const isBlank = (text: string): boolean => text.trim() === ''

/** What must be said with each route, beside the reason for it. */
const saidOfRoute: Record<
  Route,
  { path: 'agencyId' | 'signposting' | 'familyNext'; message: string } | undefined
> = {
  'intensive-team': undefined,
  'partner-agency': { path: 'agencyId', message: 'Choose the agency from the list' },
  'former-keyworker': undefined,
  universal: { path: 'signposting', message: 'Enter which services, and how the family reaches them' },
  'not-accepted': { path: 'familyNext', message: 'Enter what happens to the family' }
}

export const NOT_AGREED =
  'The family’s agreement is not recorded, and a keyworker needs it. Ask the sender for it, record it on the family’s page, or choose a route without a keyworker'

/** What stands between what was typed and a decision, in the order of the form (R48 to R50). */
export function problemsWithDecision(draft: DecisionDraft, about: AboutDecision): FieldError[] {
  const { route } = draft
  const problems: FieldError[] = []
  const need = (path: keyof DecisionDraft, message: string) => {
    if (isBlank(draft[path])) problems.push({ path, message })
  }
  need('level', 'Choose the level of need')
  need('rationale', 'Enter why it is this level')
  need('route', 'Choose where the family goes')
  if (route !== '') {
    if (needsKeyworker(route) && !about.isAgreed) problems.push({ path: 'route', message: NOT_AGREED })
    need('routeReason', 'Enter why this route')
    const said = saidOfRoute[route]
    if (said) need(said.path, said.message)
  }
  need('evidence', 'Enter what the decision goes by')
  need('considered', 'Enter what else was considered')
  return [...problems, ...problemsWithDay(draft.decidedOn, about)]
}

function problemsWithDay(typed: string, { today, receivedAt }: AboutDecision): FieldError[] {
  if (isBlank(typed)) return []
  const message = dayProblem(readDate(typed), londonDate(receivedAt), today)
  return message === '' ? [] : [{ path: 'decidedOn', message }]
}

function dayProblem(day: CivilDate, receivedOn: CivilDate, today: CivilDate): string {
  if (day === '') return 'Enter a date like 23/11/2026'
  if (day > today) return 'Enter today or an earlier day'
  return day < receivedOn ? `Enter ${showDate(receivedOn)} or a later day: it was received then` : ''
}

/** What of a decision is recorded: trimmed, and of what belongs to a route only what belongs to the one that was chosen. */
export function decidedIn(draft: DecisionDraft, today: CivilDate) {
  const of = (route: Route, text: string): string => (draft.route === route ? text.trim() : '')
  return {
    rationale: draft.rationale.trim(),
    routeReason: draft.routeReason.trim(),
    evidence: draft.evidence.trim(),
    considered: draft.considered.trim(),
    agencyId: of('partner-agency', draft.agencyId),
    practitionerId: of('former-keyworker', draft.practitionerId),
    signposting: of('universal', draft.signposting),
    familyNext: of('not-accepted', draft.familyNext),
    decidedOn: isBlank(draft.decidedOn) ? today : readDate(draft.decidedOn)
  }
}
