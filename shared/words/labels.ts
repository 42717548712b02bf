import type { Profession, Role } from '../access/roles.ts'
import type { AddendumField, CallerKind, Line, OtherKind, ParentsKnow } from '../call/call.ts'
import type { educationalSupports, Ethnicity, FactKind, Sex } from '../family/fact.ts'
import type { ChronologyKind } from '../family/chronology.ts'
import type { MemberRole } from '../family/family.ts'
import type { EpisodeState } from '../episode/episode.ts'
import type { NoteKind } from '../note/note.ts'
import type { SchoolStatus } from '../school/school.ts'

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

export const schoolStatusLabels: Record<SchoolStatus, string> = {
  open: 'Open',
  'proposed-to-close': 'Open, but proposed to close',
  closed: 'Closed'
}

export const memberRoleLabels: Record<MemberRole, string> = {
  child: 'Child',
  unborn: 'Unborn child',
  'parent-carer': 'Parent or carer',
  other: 'Someone else in the home'
}

export const factKindLabels: Record<FactKind, string> = {
  name: 'Name',
  'other-name': 'Other name',
  birth: 'Date of birth',
  'expected-birth': 'Expected on',
  died: 'Died',
  sex: 'Sex',
  ethnicity: 'Ethnicity',
  disability: 'Disability',
  'learning-need': 'Learning need or disability',
  'educational-needs': 'Special educational needs',
  gp: 'GP',
  language: 'Language',
  upn: 'UPN',
  address: 'Address',
  phone: 'Phone number',
  school: 'School',
  relation: 'Relation',
  warning: 'Warning',
  hub: 'Local hub',
  restriction: 'Restriction',
  'asked-against': 'Keyworker whom the family asked not to have'
}

export const sexLabels: Record<Sex, string> = { female: 'Female', male: 'Male', 'not-known': 'Not known' }

export const answerLabels: Record<'yes' | 'no' | 'not-known', string> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'Not known'
}

export const ethnicityLabels: Record<Ethnicity, string> = {
  'white-british': 'White British',
  'white-irish': 'White Irish',
  'gypsy-or-irish-traveller': 'Gypsy or Irish Traveller',
  roma: 'Roma',
  'white-other': 'Any other White background',
  'white-and-black-caribbean': 'White and Black Caribbean',
  'white-and-black-african': 'White and Black African',
  'white-and-asian': 'White and Asian',
  'mixed-other': 'Any other mixed background',
  indian: 'Indian',
  pakistani: 'Pakistani',
  bangladeshi: 'Bangladeshi',
  chinese: 'Chinese',
  'asian-other': 'Any other Asian background',
  african: 'African',
  caribbean: 'Caribbean',
  'black-other': 'Any other Black background',
  arab: 'Arab',
  other: 'Any other ethnic group',
  'not-said': 'Prefers not to say',
  'not-known': 'Not known'
}

export const educationalSupportLabels: Record<(typeof educationalSupports)[number], string> = {
  none: 'None',
  'sen-support': 'SEN support at school',
  'ehc-plan': 'Education, health and care plan',
  'not-known': 'Not known'
}

export const chronologyKindLabels: Record<ChronologyKind, string> = {
  registered: 'Registration',
  member: 'Who belongs to the family',
  fact: 'Details',
  agreement: 'Agreement',
  sharing: 'Information shared',
  episode: 'Assessments',
  closing: 'After an assessment',
  reopening: 'Assessments reopened',
  step: 'Steps of an assessment',
  level: 'Level of need',
  override: 'Rules overridden',
  keyworker: 'Keyworkers',
  transfer: 'Transfers of keyworker',
  cover: 'Cover',
  'step-up': 'Step-ups',
  'step-down': 'Step-downs',
  date: 'Planned dates',
  team: 'The team',
  meeting: 'Team meetings',
  note: 'Case notes',
  assessment: 'What was assessed',
  plan: 'The plan',
  letter: 'Letters',
  advice: 'Advice',
  call: 'Calls',
  check: 'Helpdesk checks',
  merge: 'Merged records',
  access: 'Openings with a reason',
  file: 'Files',
  'brought-in': 'Brought in'
}

/** R54. */
export const noteKindLabels: Record<NoteKind, string> = {
  visit: 'Visit',
  call: 'Call',
  meeting: 'Meeting',
  'e-mail': 'E-mail',
  decision: 'Decision',
  'management-oversight': 'Management oversight'
}

export const episodeStateLabels: Record<EpisodeState, string> = {
  registered: 'Registered',
  'set-up': 'Set up',
  assessing: 'Assessing',
  'plan-agreed': 'Plan agreed',
  reviewing: 'Reviewing',
  closed: 'Closed',
  'stepped-up': 'Stepped up'
}
