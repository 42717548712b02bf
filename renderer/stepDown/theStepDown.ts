import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import type { StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { useNow } from '../desk/useRules.ts'
import { londonDate } from '../words/dates.ts'

export interface TheStepDown {
  record: ComputedRef<StepDownRecord>
  today: ComputedRef<CivilDate>
  /** What the sender told last; undefined where no version has come from another desk yet. */
  version: ComputedRef<StepDownVersion | undefined>
  /** Is it possible as it stands? Whether the person may do it, `useMay` says. */
  isPossible(event: StepDownEvent): boolean
  /** What an act says was read (L7). */
  basedOn(): Id
  /** Reads the step-down again. */
  reload(): Promise<void>
  /** Says what was done. */
  tell(words: string): void
}

const key: InjectionKey<TheStepDown> = Symbol('the step-down')

/** Makes the step-down that is looked at known to every part of its page. */
export function provideStepDown(
  record: ComputedRef<StepDownRecord>,
  { reload, tell }: Pick<TheStepDown, 'reload' | 'tell'>
): TheStepDown {
  const now = useNow(60_000)
  const theStepDown: TheStepDown = {
    record,
    today: computed(() => londonDate(now.value)),
    version: computed(() => record.value.versions.at(-1)),
    isPossible: (event) => record.value.mayDo.includes(event),
    basedOn: () => record.value.lastId,
    reload,
    tell
  }
  provide(key, theStepDown)
  return theStepDown
}

export function useStepDown(): TheStepDown {
  const theStepDown = inject(key)
  if (!theStepDown) throw new Error('This is part of a step-down’s page')
  return theStepDown
}
