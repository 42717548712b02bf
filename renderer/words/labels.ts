import type { Profession, Role } from '../../shared/access/roles.ts'
import type { CallerKind, Line, OtherKind, ParentsKnow } from '../../shared/call/call.ts'

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

/** A label map as the options of a select or a radio group. */
export function optionsOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return (Object.entries(labels) as [K, string][]).map(([value, label]) => ({ value, label }))
}
