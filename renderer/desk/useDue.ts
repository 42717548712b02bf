import { ref, shallowRef, watch } from 'vue'
import type { Whose } from '../../shared/call/loop.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import { useRefreshed } from './useRefreshed.ts'
import { useWaiting } from './waiting.ts'

/** What is due on the desk, kept up to date. Whose, the list of what waits says. `due`: undefined until it was read once. */
export function useDue<Due>(read: (whose: Whose) => Promise<Result<Due>>) {
  const waiting = useWaiting()
  const due = shallowRef<Due>()
  const problem = ref<AppError>()
  let asked = 0

  async function load() {
    const mine = ++asked
    const answer = await read(waiting.whose)
    if (mine !== asked) return
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) due.value = answer.value
  }
  watch(() => waiting.whose, load, { immediate: true })
  useRefreshed(() => void load())

  return { due, problem, load }
}
