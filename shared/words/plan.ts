import type { OutcomeEnding, PlanAction, PlanOutcome, PlanTold, Progress } from '../plan/plan.ts'
import { showDate } from '../time/london.ts'

export const progressLabels: Record<Progress, string> = {
  'not-begun': 'Not begun',
  'under-way': 'Under way',
  done: 'Done',
  dropped: 'Dropped'
}

export const endingLabels: Record<Exclude<OutcomeEnding, ''>, string> = {
  met: 'Met',
  partly: 'Partly met',
  'not-met': 'Not met',
  dropped: 'Dropped'
}

/** An entry of the chronology about the plan, in plain words. */
export function planSaid(told: PlanTold): { what: string; details: string[] } {
  switch (told.of) {
    case 'outcome':
      return { what: `${outcomeSaid(told)}: ${told.words}`, details: [told.why] }
    case 'action':
      return {
        what: `Action ${told.isNew ? 'added to the plan' : 'of the plan changed'}: ${told.words}`,
        details: [`${told.ownerName}, by ${showDate(told.dueOn)}`]
      }
    case 'progress':
      return {
        what: `${progressLabels[told.progress]}: ${told.action}`,
        details: [
          told.memberName && `Recorded for ${told.memberName}`,
          told.words,
          told.evidence && `Evidence: ${told.evidence}`
        ]
      }
    case 'score':
      return { what: `Scored ${String(told.score)} out of 10: ${told.outcome}`, details: [told.words] }
  }
}

function outcomeSaid({ isNew, ending, why }: Extract<PlanTold, { of: 'outcome' }>): string {
  if (isNew) return 'Outcome added to the plan'
  if (ending !== '') return `Outcome ended, ${endingLabels[ending].toLowerCase()}`
  return why === '' ? 'Outcome of the plan put in other words' : 'Outcome goes on after all'
}

/** How an action stands: `Done, 23 November 2026: the letter came` */
export function progressSaid({ progress, ownerName, dueOn }: PlanAction): string {
  const [last] = progress
  if (!last) return `Not begun. ${ownerName}, by ${showDate(dueOn)}`
  const words = last.words ? `: ${last.words}` : ''
  return `${progressLabels[last.progress]}, ${showDate(last.on)}${words}\nRecorded by ${last.byName}`
}

/** How an outcome stands: `Met on 23 November 2026: in school for six weeks` */
export function outcomeStands({ words, ending, endedOn, endedWhy }: PlanOutcome): string {
  return ending === '' ? words : `${endingLabels[ending]} on ${showDate(endedOn)}: ${endedWhy}`
}
