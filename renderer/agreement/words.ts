import type { Capacity, refusalPrompts, Route, Withdrawn } from '../../shared/agreement/agreement.ts'
import { plannedKinds } from '../../shared/episode/episode.ts'

export * from '../../shared/words/agreement.ts'

/** Agreement to take part and to share: never the lawful basis of data protection (domain 0.4). */
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

/** "Agreement withdrawn. Ended with it: the assessment, 2 planned dates, 1 action of the plan." A step-up stays open (C10). */
export function withdrawnWords({ ended }: Withdrawn): string {
  const counted = (one: string, many: string, ...kinds: Withdrawn['ended'][number]['what'][]): string => {
    const count = ended.filter(({ what }) => kinds.includes(what)).length
    return count === 0 ? '' : `${String(count)} ${count === 1 ? one : many}`
  }
  const what = [
    ended.some((each) => each.what === 'assessment') ? 'the assessment' : '',
    counted('planned date', 'planned dates', ...plannedKinds),
    counted('outcome of the plan', 'outcomes of the plan', 'outcome'),
    counted('action of the plan', 'actions of the plan', 'action'),
    counted('transfer of keyworker', 'transfers of keyworker', 'keyworker-transfer')
  ].filter(Boolean)
  const stepDowns = counted('step-down is', 'step-downs are', 'step-down')
  return [
    'Agreement withdrawn.',
    what.length ? `Ended with it: ${what.join(', ')}.` : '',
    ended.some((each) => each.what === 'step-up')
      ? 'The request for step-up stays open until its chair records what becomes of it.'
      : '',
    stepDowns && `${stepDowns} back in triage, where somebody decides what happens to the family.`
  ]
    .filter(Boolean)
    .join(' ')
}
