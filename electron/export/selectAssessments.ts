import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ExportedAssessment, ExportedPlan } from '../../shared/export/caseNotesFile.ts'
import type { Chosen } from '../../shared/export/leftOut.ts'
import { count, nothingCounted, type Counted, type Exclusion } from '../../shared/export/tally.ts'
import type { EpisodeRow } from '../../shared/episode/episode.ts'
import type { Id } from '../../shared/ids.ts'
import type { PlanAction, PlanOutcome } from '../../shared/plan/plan.ts'
import { readAssessment } from '../assessment/readAssessment.ts'
import { assessmentsBroughtIn } from '../caseImport/readBroughtIn.ts'
import { readPlan } from '../plan/readPlan.ts'

export interface SelectedAssessments {
  assessments: ExportedAssessment[]
  plans: ExportedPlan[]
  assessment: Counted
  plan: Counted
}

/**
 * What was assessed and planned, as it stands today: of one assessment or of each of the family's, with what was brought in
 * from other desks, the oldest first.
 */
export async function selectAssessments(
  db: ReadDb,
  episodes: readonly EpisodeRow[],
  chosen: Chosen,
  tellsWithheld: (...texts: string[]) => boolean,
  actor: Actor
): Promise<SelectedAssessments> {
  const selected: SelectedAssessments = {
    ...{ assessments: [], plans: [] },
    ...{ assessment: nothingCounted(), plan: nothingCounted() }
  }
  for (const { assessment, plan } of await everyAssessment(db, episodes, chosen, actor)) {
    selected.assessments.push({
      ...assessment,
      entries: kept(assessment.entries, selected.assessment, ({ personId, strengths, needs, views }) =>
        leftOut(chosen, personId, tellsWithheld(strengths, needs, views))
      )
    })
    selected.plans.push({
      ...plan,
      outcomes: kept(plan.outcomes, selected.plan, (outcome) =>
        leftOut(chosen, outcome.personId, tellsWithheld(...wordsOf(outcome)))
      )
    })
  }
  return selected
}

async function everyAssessment(
  db: ReadDb,
  episodes: readonly EpisodeRow[],
  { familyId, episodeId: chosenId }: Chosen,
  actor: Actor
): Promise<{ assessment: ExportedAssessment; plan: ExportedPlan }[]> {
  const all = assessmentsBroughtIn(db, familyId, chosenId)
  for (const { id: episodeId, reference, registeredOn } of episodes.toReversed()) {
    if (chosenId !== '' && episodeId !== chosenId) continue
    const { entries } = await readAssessment(db, { episodeId }, actor)
    const { outcomes } = await readPlan(db, { episodeId }, actor)
    const of = { episodeId, reference, registeredOn }
    all.push({ assessment: { ...of, entries }, plan: { ...of, outcomes: outcomes.map(asExported) } })
  }
  return all.toSorted((one, other) =>
    one.assessment.registeredOn.localeCompare(other.assessment.registeredOn)
  )
}

function kept<T>(all: readonly T[], counted: Counted, why: (each: T) => Exclusion | undefined): T[] {
  return all.filter((each) => {
    const reason = why(each)
    count(counted, reason)
    return reason === undefined
  })
}

/** `personId`: '' for the whole family. */
function leftOut(
  { scope, personId: child, alsoAboutOthers }: Chosen,
  personId: Id,
  isWithheld: boolean
): Exclusion | undefined {
  const isForFamily = personId === '' && alsoAboutOthers
  if (scope === 'child' && personId !== child && !isForFamily) return 'about-others'
  return isWithheld ? 'withheld' : undefined
}

const wordsOf = ({ words, endedWhy, actions, scores }: ExportedPlan['outcomes'][number]): string[] => [
  ...[words, endedWhy],
  ...actions.flatMap((action) => [
    action.words,
    ...action.progress.flatMap((progress) => [progress.words, progress.evidence])
  ]),
  ...scores.map((score) => score.words)
]

const asExported = ({
  id,
  words,
  personId,
  ending,
  endedOn,
  endedWhy,
  actions,
  scores
}: PlanOutcome): ExportedPlan['outcomes'][number] => ({
  ...{ id, words, personId, ending, endedOn, endedWhy },
  actions: actions.map(asAction),
  scores: scores.map(({ meetingId: _meetingId, ...score }) => score)
})

const asAction = ({ id, words, ownerName, dueOn, endedOn, progress }: PlanAction) => ({
  ...{ id, words, ownerName, dueOn, endedOn, progress }
})
