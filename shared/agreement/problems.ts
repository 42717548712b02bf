import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { showDate } from '../time/london.ts'
import type { AgreementDraft, AgreementRow, RecordedAgreement, WithdrawalDraft } from './agreement.ts'
import { takesPart } from './standing.ts'
import { capacitiesOf, type AgreeingPerson, type WhoDecided } from './who.ts'

const isBlank = (text: string): boolean => text.trim() === ''
const isDayOrEmpty = (typed: string): boolean => isBlank(typed) || readDate(typed) !== ''

/** What a form about agreement is checked against. */
export interface AboutFamily {
  /** Everyone of the family, as the page or the record knows them. */
  people: readonly AgreeingPerson[]
  today: CivilDate
}

/**
 * What stands between what was typed and what a family decided, in the order of the form (R24 to R27). Paths are those
 * of `AgreementDraft`.
 */
export function problemsWithAgreement(draft: AgreementDraft, about: AboutFamily): FieldError[] {
  if (draft.decision === '') return [{ path: 'decision', message: 'Choose what the family decided' }]
  if (draft.decision === 'not-asked') return []
  const decided = dayOf(draft.decidedOn, about.today)
  return [
    ...problemsWithWho(draft, decided, about.people),
    ...(draft.decision === 'given' ? problemsWithScope(draft) : []),
    ...problemsWithDay('decidedOn', draft.decidedOn, about.today),
    ...(draft.decision === 'given' ? problemsWithReview(draft, decided) : problemsWithRefusal(draft))
  ]
}

/**
 * What stands between what was typed and an agreement in a family that is in the record. `now` is what stands there
 * without it; `then` with it. While an assessment is open, only a withdrawal may end the agreement to take part: it
 * closes the assessment as well (R28). A yes that finds none open says whether one starts, for what and with whom (R22,
 * R23).
 */
export function problemsWithRecording(
  draft: RecordedAgreement,
  about: AboutFamily & { then: AgreementRow | undefined; isAssessmentOpen: boolean }
): FieldError[] {
  if (draft.decision === 'not-asked') return [{ path: 'decision', message: 'Choose what the family decided' }]
  const problems = problemsWithAgreement(draft, about)
  if (problems.length > 0) return problems
  if (about.isAssessmentOpen && !takesPart(about.then))
    return [
      {
        path: 'decision',
        message: 'An assessment is open. Use “Withdraw agreement”, which closes it as well'
      }
    ]
  return mayStart(draft, about.isAssessmentOpen) ? problemsWithStart(draft, about.then) : []
}

/** Is the person asked whether an assessment starts? */
export const mayStart = ({ decision, takePart }: AgreementDraft, isAssessmentOpen: boolean): boolean =>
  decision === 'given' && takePart && !isAssessmentOpen

function problemsWithStart(draft: RecordedAgreement, then: AgreementRow | undefined): FieldError[] {
  if (draft.starts === '') return [{ path: 'starts', message: 'Choose whether an assessment starts' }]
  if (draft.starts === 'no') return []
  if (!takesPart(then))
    return [
      {
        path: 'starts',
        message:
          then?.decision === 'refused'
            ? 'A young person who can decide for themselves refused, and that prevails. Record their agreement first'
            : 'Something later was recorded, so this agreement does not stand'
      }
    ]
  return [
    ...(isBlank(draft.needs) ? [{ path: 'needs', message: 'Enter what the family needs' }] : []),
    ...(draft.practitionerId === ''
      ? [{ path: 'practitionerId', message: 'Choose the keyworker from the list' }]
      : [])
  ]
}

/**
 * What stands between what was typed and a withdrawal (R28, R29, L29). `now` is the agreement that it withdraws. Where
 * none remains and an assessment is open, all three reasons and both ticks are demanded. Paths are those of
 * `WithdrawalDraft`.
 */
export function problemsWithWithdrawal(
  draft: WithdrawalDraft,
  about: AboutFamily & { now: AgreementRow; isAssessmentOpen: boolean }
): FieldError[] {
  const withdrawn = dayOf(draft.withdrawnOn, about.today)
  const isTooEarly = withdrawn < about.now.decidedOn
  return [
    ...problemsWithWho(draft, withdrawn, about.people),
    ...problemsWithDay('withdrawnOn', draft.withdrawnOn, about.today),
    ...(isTooEarly
      ? [
          {
            path: 'withdrawnOn',
            message: `Enter a day from ${showDate(about.now.decidedOn)} on, when they agreed`
          }
        ]
      : []),
    ...(isBlank(draft.withdrawalReason)
      ? [{ path: 'withdrawalReason', message: 'Enter why they withdrew, in their words if you can' }]
      : []),
    ...problemsWithStanding(draft, about)
  ]
}

function problemsWithStanding(
  draft: WithdrawalDraft,
  about: AboutFamily & { now: AgreementRow; isAssessmentOpen: boolean }
): FieldError[] {
  switch (draft.standing) {
    case '':
      return [{ path: 'standing', message: 'Choose whether agreement still stands through someone else' }]
    case 'none-remains':
      return problemsWithEnding(draft, about.isAssessmentOpen)
    case 'stands-through':
      return problemsWithNarrowing(draft, about)
  }
}

function problemsWithEnding(draft: WithdrawalDraft, isAssessmentOpen: boolean): FieldError[] {
  const demanded: [isMissing: boolean, path: keyof WithdrawalDraft, message: string][] = [
    [isBlank(draft.deniedNote), 'deniedNote', 'Enter what stands on the consent-denied record'],
    [isAssessmentOpen && isBlank(draft.closureReason), 'closureReason', 'Enter why the assessment is closed'],
    [isAssessmentOpen && !draft.adviceSought, 'adviceSought', 'Seek advice, then tick this'],
    [isAssessmentOpen && !draft.signposted, 'signposted', 'Tell the family where to turn, then tick this']
  ]
  return demanded.filter(([isMissing]) => isMissing).map(([, path, message]) => ({ path, message }))
}

function problemsWithNarrowing(
  draft: WithdrawalDraft,
  { now, people, isAssessmentOpen }: AboutFamily & { now: AgreementRow; isAssessmentOpen: boolean }
): FieldError[] {
  const problems: FieldError[] = []
  if (draft.throughPersonId === draft.byPersonId && draft.byPersonId !== '') {
    problems.push({ path: 'throughPersonId', message: 'This is who withdrew. Choose someone else' })
  } else if (!people.some(({ id }) => id === draft.throughPersonId)) {
    problems.push({ path: 'throughPersonId', message: 'Choose through whom agreement still stands' })
  }
  if (draft.takePart && !now.takePart)
    problems.push({ path: 'takePart', message: 'They had not agreed to take part, so it cannot remain' })
  if (isAssessmentOpen && !draft.takePart)
    problems.push({
      path: 'takePart',
      message: 'The assessment cannot go on without this. If it is over, choose that no agreement remains'
    })
  if (draft.share && !isWithin(draft, now))
    problems.push({ path: 'agencyIds', message: 'Choose only agencies that they had agreed to' })
  return problems.length > 0 ? problems : problemsWithScope(draft)
}

/** Is what is shared now no more than was shared before? A list that names nobody is every agency. */
function isWithin({ agencyIds }: WithdrawalDraft, before: AgreementRow): boolean {
  if (!before.share) return false
  if (before.agencyIds.length === 0) return true
  return agencyIds.length > 0 && agencyIds.every((id) => before.agencyIds.includes(id))
}

function problemsWithWho(who: WhoDecided, on: CivilDate, people: readonly AgreeingPerson[]): FieldError[] {
  const problems: FieldError[] = []
  const person = people.find(({ id }) => id === who.byPersonId)
  if (!person && (who.byPersonId !== '' || isBlank(who.byName)))
    problems.push({ path: 'byPersonId', message: 'Choose who it was, or enter their name' })
  if (person?.role !== 'child' && isBlank(who.relation))
    problems.push({ path: 'relation', message: 'Enter who they are to the child' })
  if (who.route === '') problems.push({ path: 'route', message: 'Choose how they told you' })
  const possible = capacitiesOf(person, on)
  if (who.capacity === '') problems.push({ path: 'capacity', message: 'Choose why their word counts' })
  else if (!possible.includes(who.capacity))
    problems.push({ path: 'capacity', message: 'This does not fit their age on that day' })
  if ((who.capacity === 'competent-under-16' || who.capacity === 'other') && isBlank(who.capacityNote))
    problems.push({
      path: 'capacityNote',
      message:
        who.capacity === 'other' ? 'Enter why their word counts' : 'Enter how you know that they understand'
    })
  return problems
}

const problemsWithScope = ({ takePart, share }: Pick<AgreementDraft, 'takePart' | 'share'>): FieldError[] =>
  takePart || share ? [] : [{ path: 'takePart', message: 'Tick what they agreed to' }]

/** L28: an empty day is today. */
const dayOf = (typed: string, today: CivilDate): CivilDate => readDate(typed) || today

function problemsWithDay(path: string, typed: string, today: CivilDate): FieldError[] {
  if (!isDayOrEmpty(typed)) return [{ path, message: 'Enter a date like 23/11/2026' }]
  return dayOf(typed, today) > today ? [{ path, message: 'The day cannot be in the future' }] : []
}

function problemsWithReview({ reviewOn }: AgreementDraft, decided: CivilDate): FieldError[] {
  if (isBlank(reviewOn)) return [{ path: 'reviewOn', message: 'Enter when the agreement is to be reviewed' }]
  if (readDate(reviewOn) === '') return [{ path: 'reviewOn', message: 'Enter a date like 23/11/2026' }]
  return readDate(reviewOn) > decided
    ? []
    : [{ path: 'reviewOn', message: 'The review must be after the day they agreed' }]
}

/** R26, R27. */
function problemsWithRefusal(draft: AgreementDraft): FieldError[] {
  const problems: FieldError[] = []
  if (isBlank(draft.reason)) problems.push({ path: 'reason', message: 'Enter why they refused' })
  if (isBlank(draft.deniedNote))
    problems.push({ path: 'deniedNote', message: 'Enter what stands on the consent-denied record' })
  if (draft.safetyConcern === '')
    problems.push({ path: 'safetyConcern', message: 'Choose whether there is a concern for safety' })
  if (draft.safetyConcern === 'yes' && draft.prompt === '')
    problems.push({ path: 'prompt', message: 'Choose what you do about the concern' })
  return problems
}
