import type { Profession, Role } from '../access/roles.ts'
import type { AddendumField, CallerKind, Line, OtherKind, ParentsKnow } from '../call/call.ts'

export const roleLabels: Record<Role, string> = {
  adviser: 'Adviser',
  'triage-manager': 'Triage manager',
  coordinator: 'Coordinator',
  helpdesk: 'Helpdesk',
  administrator: 'Administrator',
  auditor: 'Auditor'
}

export const professionLabels: Record<Profession, string> = {
  'social-worker': 'Social Worker',
  cpslo: 'Child Protection School Liaison Officer',
  'families-first-coordinator': 'Families First Coordinator',
  other: 'Other'
}

export const lineLabels: Record<Line, string> = {
  'consultation-hub': 'Consultation Hub',
  'advice-line': 'Advice line',
  coordinator: 'Coordinator'
}

export const callerKindLabels: Record<CallerKind, string> = {
  school: 'A school',
  keyworker: 'A keyworker with an open Families First Assessment',
  'someone-else': 'Someone else'
}

export const otherKindLabels: Record<OtherKind, string> = {
  'early-years': 'Early years or childcare',
  health: 'Health, such as a GP or a health visitor',
  'school-outside-county': 'A school outside the county',
  'keyworker-without-assessment': 'A keyworker without an open assessment',
  public: 'A member of the public',
  other: 'Another professional'
}

export const parentsKnowLabels: Record<ParentsKnow, string> = {
  yes: 'Yes',
  no: 'No',
  'not-asked': 'Not asked',
  'unsafe-to-tell': 'It is not safe to tell them'
}

export const addendumFieldLabels: Record<AddendumField, string> = {
  caller: 'The caller',
  school: 'The school',
  children: 'The children',
  concern: 'The concern',
  level: 'The level of need',
  advice: 'The advice given',
  disagreement: 'Where the caller disagreed',
  outcome: 'The outcome',
  actions: 'The actions',
  'took-place': 'When it took place',
  other: 'Something else'
}
