import type { AgreementDraft } from '../agreement/agreement.ts'
import type { Id, Instant } from '../ids.ts'
import type { DraftPerson, RegistrationDraft } from './family.ts'

export const emptyPerson = (id: Id): DraftPerson => ({
  id,
  personId: '',
  noneOf: [],
  role: '',
  name: '',
  birth: '',
  expected: '',
  sex: '',
  ethnicity: '',
  disability: '',
  learningNeed: '',
  educationalNeeds: '',
  gp: '',
  language: '',
  interpreter: '',
  upn: '',
  schoolId: '',
  schoolText: '',
  relation: '',
  address: '',
  district: '',
  phone: '',
  mayLeaveMessage: false,
  maySayWho: false
})

export const emptyAgreement = (id: Id, familyId: Id): AgreementDraft => ({
  id,
  familyId,
  basedOn: '',
  decision: '',
  byPersonId: '',
  byName: '',
  relation: '',
  capacity: '',
  capacityNote: '',
  route: '',
  takePart: false,
  share: false,
  agencyIds: [],
  decidedOn: '',
  reviewOn: '',
  reason: '',
  deniedNote: '',
  safetyConcern: '',
  prompt: '',
  note: ''
})

/** A new registration form with room for a first child. */
export const emptyRegistration = (
  ids: { familyId: Id; episodeId: Id; agreementId: Id; personId: Id },
  startedAt: Instant
): RegistrationDraft => ({
  id: ids.familyId,
  episodeId: ids.episodeId,
  startedAt,
  reason: '',
  people: [{ ...emptyPerson(ids.personId), role: 'child' }],
  agreement: emptyAgreement(ids.agreementId, ids.familyId),
  practitionerId: '',
  callId: '',
  checkId: ''
})
