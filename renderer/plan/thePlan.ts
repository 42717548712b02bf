import { computed, inject, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { TeamRecord } from '../../shared/meeting/meeting.ts'
import { teamOn } from '../../shared/meeting/team.ts'
import type { PlanAction, PlanOutcome, PlanRecord } from '../../shared/plan/plan.ts'
import { useEpisode } from '../episode/theEpisode.ts'
import { hub } from '../hub.ts'

/** What somebody is about to do to the plan. */
export type Asking =
  | { what: 'outcome'; outcome?: PlanOutcome }
  | { what: 'end'; outcome: PlanOutcome }
  | { what: 'score'; outcome: PlanOutcome }
  | { what: 'action'; outcome: PlanOutcome; action?: PlanAction }
  | { what: 'progress'; outcome: PlanOutcome; action: PlanAction }

const key: InjectionKey<ReturnType<typeof makePlan>> = Symbol('the plan')

function makePlan(asking: Ref<Asking | undefined>) {
  const { record, today } = useEpisode()
  const plan = shallowRef<PlanRecord>()
  const team = shallowRef<TeamRecord>()
  const problem = ref<AppError>()

  async function read() {
    const episodeId = record.value.id
    const [answer, found] = await Promise.all([
      hub['plan.read']({ episodeId }),
      hub['meeting.team']({ episodeId })
    ])
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) plan.value = answer.value
    if (found.ok) team.value = found.value
  }

  /** As it stands now: what a form was opened with may be older. */
  const outcomeNow = (outcome: PlanOutcome): PlanOutcome =>
    plan.value?.outcomes.find(({ id }) => id === outcome.id) ?? outcome
  const actionNow = (outcome: PlanOutcome, action: PlanAction): PlanAction =>
    outcomeNow(outcome).actions.find(({ id }) => id === action.id) ?? action

  return {
    plan,
    problem,
    read,
    outcomeNow,
    actionNow,
    members: computed(() => teamOn(team.value?.members ?? [], today.value)),
    meetings: computed(() => (team.value?.meetings ?? []).filter(({ ending }) => ending !== 'cancelled')),
    ask: (what: Asking) => {
      asking.value = what
    }
  }
}

/** Makes the plan known to every part of its panel. */
export function providePlan(asking: Ref<Asking | undefined>) {
  const thePlan = makePlan(asking)
  provide(key, thePlan)
  return thePlan
}

export function usePlan() {
  const thePlan = inject(key)
  if (!thePlan) throw new Error('This is part of a plan')
  return thePlan
}
