import type { Profession, Role } from '../../shared/access/roles.ts'

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

/** A label map as the options of a select or a radio group. */
export function optionsOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return (Object.entries(labels) as [K, string][]).map(([value, label]) => ({ value, label }))
}
