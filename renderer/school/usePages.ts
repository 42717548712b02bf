import { useDebounceFn } from '@vueuse/core'
import { ref, shallowRef } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'

interface Page<Row> {
  rows: Row[]
  next: string
  total?: number
}

/** A list that comes in pages and starts again when what is looked for changes. */
export function usePages<Row>(ask: (after: string) => Promise<Result<Page<Row>>>) {
  const rows = shallowRef<Row[]>([])
  const next = ref('')
  const total = ref(0)
  const busy = ref(false)
  const answered = ref(false)
  const problem = ref<AppError>()
  let asked = 0

  async function load(after: string) {
    const mine = ++asked
    busy.value = true
    const answer = await ask(after)
    // an answer that comes late belongs to words that are no longer there
    if (mine !== asked) return
    busy.value = false
    answered.value = true
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return
    rows.value = after === '' ? answer.value.rows : [...rows.value, ...answer.value.rows]
    next.value = answer.value.next
    total.value = answer.value.total ?? rows.value.length
  }

  const reload = () => load('')
  return {
    rows,
    next,
    total,
    busy,
    answered,
    problem,
    reload,
    reloadSoon: useDebounceFn(reload, 150),
    more: () => load(next.value)
  }
}
