import type { CivilDate, Instant } from '../ids.ts'
import type { MemberRole } from '../family/family.ts'
import { readBirth } from '../person/birth.ts'
import { readDate } from '../time/civilDate.ts'
import { londonDate, toInstant } from '../time/london.ts'
import type { StepDownDraft, StepDownPerson } from './stepDown.ts'

/** What the sender told, as it is recorded: trimmed, days as civil dates, without what does not belong to it. */
export type Told = Omit<StepDownDraft, 'id' | 'stepDownId' | 'basedOn' | 'receivedOn' | 'receivedAt'>

/** A card of the form that nobody wrote in; it is not kept. */
export const isEmptyStepDownPerson = ({ id: _id, role: _role, ...typed }: StepDownPerson): boolean =>
  Object.values(typed).every((text) => text.trim() === '')

export const isChild = ({ role }: { role: MemberRole | '' }): boolean => role === 'child' || role === 'unborn'

/** @param today the London day of the version: a date of birth does not lie after it */
export function toldIn(draft: StepDownDraft, today: CivilDate): Told {
  const isKnownBefore = draft.hadPrevious === 'yes'
  const people = draft.people.filter((person) => !isEmptyStepDownPerson(person))
  return {
    source: draft.source,
    sendingTeam: draft.sendingTeam.trim(),
    workerName: draft.workerName.trim(),
    workerPhone: draft.workerPhone.trim(),
    workerEmail: draft.workerEmail.trim(),
    workerAddress: draft.workerAddress.trim(),
    workCompletedOn: readDate(draft.workCompletedOn),
    people: people.map((person) => personTold(person, today)),
    address: draft.address.trim(),
    district: draft.district,
    areas: draft.areas.trim(),
    tried: draft.tried.trim(),
    ...agreementTold(draft),
    hadPrevious: draft.hadPrevious,
    previousReference: isKnownBefore ? draft.previousReference.trim() : '',
    previousKeyworker: isKnownBefore ? draft.previousKeyworker.trim() : '',
    lastPlan: draft.lastPlan.trim(),
    risk: draft.risk,
    risks: draft.risks.trim(),
    requestedLevel: draft.requestedLevel,
    note: draft.note.trim()
  }
}

function personTold(person: StepDownPerson, today: CivilDate): StepDownPerson {
  const birth = readBirth(person.birth, today)
  const isUnborn = person.role === 'unborn'
  return {
    ...person,
    name: person.name.trim(),
    birth: birth.kind === 'date' && !isUnborn ? birth.date : '',
    expected: isUnborn ? readDate(person.expected) : '',
    upn: person.upn.trim(),
    school: person.school.trim(),
    relation: person.relation.trim(),
    phone: person.phone.trim(),
    needs: isChild(person) ? person.needs.trim() : ''
  }
}

function agreementTold(draft: StepDownDraft) {
  const wasAsked = draft.agreement === 'given' || draft.agreement === 'refused'
  const isOfForm = draft.people.some(({ id }) => id === draft.agreedById)
  return {
    agreement: draft.agreement,
    agreedById: wasAsked && isOfForm ? draft.agreedById : '',
    agreedBy: wasAsked && !isOfForm ? draft.agreedBy.trim() : '',
    agreedRelation: wasAsked && !isOfForm ? draft.agreedRelation.trim() : '',
    agreedOn: wasAsked ? readDate(draft.agreedOn) : '',
    agreedScope: draft.agreement === 'given' ? draft.agreedScope.trim() : ''
  }
}

/**
 * When it arrived: an empty day is today, and where nothing is typed it is now. Undefined where a day has no time, or one of
 * them cannot be read.
 */
export function receivedIn(
  { receivedOn, receivedAt }: Pick<StepDownDraft, 'receivedOn' | 'receivedAt'>,
  now: Instant
): Instant | undefined {
  if (receivedOn.trim() === '' && receivedAt.trim() === '') return now
  const day = receivedOn.trim() === '' ? londonDate(now) : readDate(receivedOn)
  return toInstant(day, receivedAt)
}
