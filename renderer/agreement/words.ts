import type { Capacity, Decision, refusalPrompts, Route } from '../../shared/agreement/agreement.ts'

/** Agreement to take part and to share: never the lawful basis of data protection (domain 0.4). */
export const decisionLabels: Record<Decision, string> = {
  'not-asked': 'Not yet asked',
  given: 'Agreed',
  refused: 'Refused',
  withdrawn: 'Withdrawn'
}

export const capacityLabels: Record<Capacity, string> = {
  'parental-responsibility': 'They have parental responsibility',
  'young-person-16-or-over': 'A young person of 16 or over',
  'competent-under-16': 'Under 16, and understands what it means',
  'adult-for-self': 'An adult, for themselves',
  other: 'Another reason'
}

/** R25, L7: what is easily forgotten of each. */
export const capacityHints: Partial<Record<Capacity, string>> = {
  'young-person-16-or-over': 'Their decision prevails over a parent’s.',
  'competent-under-16': 'Their decision prevails over a parent’s.'
}

export const routeLabels: Record<Route, string> = {
  'in-person': 'In person',
  phone: 'By phone',
  paper: 'On paper',
  online: 'Online',
  interpreter: 'Through an interpreter'
}

export const promptLabels: Record<(typeof refusalPrompts)[number], string> = {
  'safeguarding-route': 'I take the safeguarding route',
  'line-manager': 'I speak to my line manager',
  both: 'Both'
}
