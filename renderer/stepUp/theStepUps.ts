import {
  computed,
  inject,
  onMounted,
  provide,
  ref,
  shallowRef,
  type ComputedRef,
  type InjectionKey
} from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import type { TheEpisode } from '../episode/theEpisode.ts'
import { hub } from '../hub.ts'

export interface TheStepUps {
  /** The newest request first. */
  stepUps: ComputedRef<readonly StepUp[]>
  isRead: ComputedRef<boolean>
  problem: ComputedRef<AppError | undefined>
  /** The one without feedback: while there is one nothing of the assessment ends (R45). */
  waiting: ComputedRef<StepUp | undefined>
  /** One that was accepted, and of which nobody has confirmed what continues (R59). */
  unconfirmed: ComputedRef<StepUp | undefined>
  load(): Promise<void>
  /** Reads the step-ups and the assessment again, and says what was done. */
  done(words: string): Promise<void>
}

const key: InjectionKey<TheStepUps> = Symbol('the step-ups')

/** The requests for step-up of the assessment that is looked at, read once and known to every part of its page. */
export function provideStepUps({ record, reload, tell }: TheEpisode): TheStepUps {
  const read = shallowRef<StepUp[]>()
  const problem = ref<AppError>()

  async function load() {
    const answer = await hub['stepUp.list']({ episodeId: record.value.id })
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) read.value = answer.value
  }
  onMounted(load)

  const stepUps = computed(() => read.value ?? [])
  const theStepUps: TheStepUps = {
    stepUps,
    isRead: computed(() => read.value !== undefined),
    problem: computed(() => problem.value),
    waiting: computed(() => stepUps.value.find(({ isOpen }) => isOpen)),
    unconfirmed: computed(() =>
      stepUps.value.find(({ state, confirmed }) => state === 'accepted' && !confirmed)
    ),
    load,
    async done(words) {
      await Promise.all([load(), reload()])
      tell(words)
    }
  }
  provide(key, theStepUps)
  return theStepUps
}

export function useStepUps(): TheStepUps {
  const theStepUps = inject(key)
  if (!theStepUps) throw new Error('This is part of an assessment’s page')
  return theStepUps
}
