import { computed, ref, shallowRef, type Ref } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'

interface Page<Row> {
  rows: Row[]
  /** Where the next page goes on; '' at the end. */
  next: string
}

/**
 * A list that is narrowed by a filter: a page at a time, or whole where it is to be printed.
 *
 * @param everything the filter that narrows nothing
 * @param ask reads the page after `after`, '' for the first
 */
export function useNarrowed<Filter extends object, Row>(
  everything: Filter,
  ask: (filter: Filter, after: string) => Promise<Result<Page<Row>>>
) {
  const filter = ref({ ...everything }) as Ref<Filter>
  const rows = shallowRef<Row[]>([])
  const next = ref('')
  const busy = ref(false)
  const problem = ref<AppError>()
  const answered = ref(false)
  let asked = 0

  /** Reads the page after `after`; false where it could not be read or something else was asked for since. */
  async function load(after: string): Promise<boolean> {
    const mine = ++asked
    busy.value = true
    const answer = await ask(filter.value, after)
    // an answer that comes late belongs to a filter that is no longer there
    if (mine !== asked) return false
    busy.value = false
    answered.value = true
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return false
    rows.value = after === '' ? answer.value.rows : [...rows.value, ...answer.value.rows]
    next.value = answer.value.next
    return true
  }

  const reload = () => load('')
  const more = () => load(next.value)

  /** Reads on to the end; false where that did not come about. */
  async function all(): Promise<boolean> {
    while (next.value !== '') if (!(await more())) return false
    return problem.value === undefined
  }

  const isNarrowed = computed(() => JSON.stringify(filter.value) !== JSON.stringify(everything))
  return { filter, isNarrowed, rows, next, busy, problem, answered, reload, more, all }
}
