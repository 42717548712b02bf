import { useDebounceFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Days, FamilyToCover, Taker } from '../../shared/cover/cover.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/** What is looked at before families go to others. */
interface Preview {
  families: FamilyToCover[]
  hidden: number
  takers: Taker[]
}

/**
 * The families and the people of the days that stand in a form, asked for whenever the days change. `asked`: the days, as
 * long as they can be read.
 */
export function usePreview(asked: () => Days | undefined, ask: (days: Days) => Promise<Result<Preview>>) {
  const answered = shallowRef<{ days: Days; preview: Preview }>()
  const problem = ref<AppError>()
  let latest = 0

  /** Also after somebody changed something: the rows go by what stands there now. */
  async function read() {
    const days = asked()
    const mine = ++latest
    if (!days) return
    problem.value = undefined
    const answer = await ask(days)
    // an answer that comes late belongs to days that stand there no more
    if (mine !== latest) return
    if (answer.ok) answered.value = { days, preview: answer.value }
    else problem.value = answer.error
  }
  const readSoon = useDebounceFn(read, 250)
  const wanted = computed(() => {
    const days = asked()
    return days ? `${days.from} ${days.to}` : ''
  })
  watch(wanted, (now) => now !== '' && void readSoon(), { immediate: true })

  /** Of the days that stand in the form; undefined while they are asked for. */
  const preview = computed(() => {
    const found = answered.value
    return found && `${found.days.from} ${found.days.to}` === wanted.value ? found.preview : undefined
  })
  const days = computed(() => (preview.value ? answered.value?.days : undefined))
  const takers = computed(
    (): ReadonlyMap<Id, Taker> =>
      new Map(preview.value?.takers.map((taker) => [taker.practitionerId, taker]) ?? [])
  )
  return { wanted, preview, days, takers, problem, read }
}

/** The families and the people of the days of a form. */
export type Looked = ReturnType<typeof usePreview>
