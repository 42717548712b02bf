import type { Domain } from '../assessment/assessment.ts'
import type { EntryWords } from '../assessment/changes.ts'

/** R4. */
export const domainLabels: Record<Domain, string> = {
  health: 'Health',
  education: 'Education',
  'emotional-wellbeing': 'Emotional wellbeing',
  relationships: 'Relationships',
  parenting: 'Parenting capacity',
  'home-and-money': 'Home and money',
  safety: 'Safety',
  'young-carer': 'Young carer'
}

export const wordsLabels: Record<keyof EntryWords, string> = {
  strengths: 'Strengths',
  needs: 'Needs',
  views: 'In their own words'
}
export const wordsKeys = Object.keys(wordsLabels) as (keyof EntryWords)[]

/** `2 entries changed` */
export const changedWords = (count: number): string =>
  count === 1 ? '1 entry changed' : `${String(count)} entries changed`
