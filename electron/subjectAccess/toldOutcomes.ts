import { sql } from 'drizzle-orm'
import type { ToldRecord, ToldText } from '../../shared/export/told.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { ExportedPlan } from '../../shared/export/caseNotesFile.ts'
import type { PlanOutcome } from '../../shared/plan/plan.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import type { Names } from '../../shared/words/facts.ts'
import { endingLabels, progressLabels } from '../../shared/words/plan.ts'
import { readPlan } from '../plan/readPlan.ts'
import type { Teller } from './tellers.ts'

interface Recorded {
  id: Id
  episodeId: Id
  reference: string
  at: Instant
  byName: string
}

/** Outcomes of a plan as they stand today, with their actions, what came of these, and their scores. */
export const toldOutcomes: Teller = async ({ db, subject, actor }, refs) => {
  const recorded = db.all<Recorded>(
    sql`SELECT o.id, o.episode_id AS episodeId, coalesce(e.reference, '') AS reference, o.created_at AS at,
      coalesce(a.name, '') AS byName
    FROM json_each(${JSON.stringify(refs.map(({ id }) => id))}) each CROSS JOIN plan_outcome o ON o.id = each.value
    LEFT JOIN episode e ON e.id = o.episode_id LEFT JOIN account a ON a.id = o.created_by`
  )
  const told: ToldRecord[] = []
  for (const episodeId of new Set(recorded.map((row) => row.episodeId))) {
    const { outcomes } = await readPlan(db, { episodeId }, actor)
    for (const row of recorded.filter((each) => each.episodeId === episodeId)) {
      const outcome = outcomes.find(({ id }) => id === row.id)
      if (outcome) told.push(toldOutcome(row, outcome, subject.names))
    }
  }
  return told
}

const toldOutcome = (
  { id, reference, at, byName }: Recorded,
  outcome: PlanOutcome,
  names: Names
): ToldRecord => ({
  ...{ id, kind: 'outcome', reference, title: 'Outcome of the plan', on: londonDate(at) },
  ...{ recordedAt: at, byName },
  texts: outcomeTexts(outcome, outcome.personId && names.person(outcome.personId)),
  files: []
})

type Outcome = ExportedPlan['outcomes'][number]

/** All that an outcome says, of this desk or another. `forWhom`: '' for the whole family. */
export const outcomeTexts = (outcome: Outcome, forWhom: string): ToldText[] => [
  { path: 'for', label: 'For', text: forWhom },
  { path: 'words', label: 'Outcome', text: outcome.words },
  { path: 'ending', label: 'How it ended', text: endingOf(outcome) },
  ...outcome.actions.flatMap(toldAction),
  ...outcome.scores.map(({ id, on, score, words, byName }) => ({
    path: `scores.${id}`,
    label: 'Score',
    text: `${showDate(on)}: ${String(score)} out of 10. ${words} Recorded by ${byName}`
  }))
]

const endingOf = ({ ending, endedOn, endedWhy }: Outcome): string =>
  ending === '' ? '' : `${endingLabels[ending]} on ${showDate(endedOn)}. ${endedWhy}`

const toldAction = ({ id, words, ownerName, dueOn, progress }: Outcome['actions'][number]): ToldText[] => [
  { path: `actions.${id}`, label: 'Action', text: `${words}. ${ownerName}, by ${showDate(dueOn)}` },
  ...progress.map((each) => ({
    path: `progress.${each.id}`,
    label: progressLabels[each.progress],
    text: `${showDate(each.on)}. ${each.words} ${each.evidence} ${each.memberName} Recorded by ${each.byName}`
  }))
]
