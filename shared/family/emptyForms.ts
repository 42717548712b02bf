import type { AgreementDraft, RecordedAgreement, WithdrawalDraft } from '../agreement/agreement.ts'
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

/** "Record agreement" of a family; `basedOn` is the newest agreement that was read, '' where there is none. */
export const emptyRecordedAgreement = (
  ids: { agreementId: Id; familyId: Id; episodeId: Id },
  basedOn: Id
): RecordedAgreement => ({
  ...emptyAgreement(ids.agreementId, ids.familyId),
  basedOn,
  episodeId: ids.episodeId,
  starts: '',
  needs: '',
  practitionerId: '',
  practitionerText: '',
  goesOnBecause: ''
})

/** "Withdraw agreement" of a family, whose newest agreement is `basedOn`. */
export const emptyWithdrawal = (id: Id, familyId: Id, basedOn: Id): WithdrawalDraft => ({
  id,
  familyId,
  basedOn,
  byPersonId: '',
  byName: '',
  relation: '',
  capacity: '',
  capacityNote: '',
  route: '',
  withdrawnOn: '',
  standing: '',
  throughPersonId: '',
  takePart: false,
  share: false,
  agencyIds: [],
  withdrawalReason: '',
  closureReason: '',
  deniedNote: '',
  adviceSought: false,
  signposted: false,
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
  practitionerText: '',
  goesOnBecause: '',
  callId: '',
  checkId: ''
})
