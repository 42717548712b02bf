import type { DraftKind } from '../../shared/draft/draft.ts'

/** The parts of an assessment's page, in their order. */
export const episodeParts = ['overview', 'assessment', 'plan', 'team', 'notes', 'ending'] as const
export type EpisodePart = (typeof episodeParts)[number]

export const partLabels: Record<EpisodePart, string> = {
  overview: 'Overview',
  assessment: 'Assessment',
  plan: 'Plan',
  team: 'Team and meetings',
  notes: 'Case notes',
  ending: 'Ending'
}

/** Where an unfinished form of an assessment is gone on with. */
export const partOfForm = {
  assessment: 'assessment',
  note: 'notes',
  meeting: 'team',
  transfer: 'team',
  closing: 'ending',
  'step-up': 'ending'
} as const satisfies Partial<Record<DraftKind, EpisodePart>>
export type EpisodeForm = keyof typeof partOfForm
