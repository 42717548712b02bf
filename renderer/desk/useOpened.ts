import { ref, shallowRef, watch } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'
import { usePeople } from './usePeople.ts'
import { useRules } from './useRules.ts'

/**
 * What a page shows by its address, with the rules and names that it needs beside it: read anew when the address becomes
 * another. Undefined until it is there, or where it could not be read.
 */
export function useOpened<T>(id: () => string, read: (id: string) => Promise<Result<T>>) {
  const rules = useRules()
  const accounts = usePeople()
  const record = shallowRef<T>()
  const problem = ref<AppError>()

  async function load() {
    const wanted = id()
    await Promise.all([rules.loadOnce(), accounts.load()])
    const answer = await read(wanted)
    // an answer that comes late belongs to an address that is no longer looked at
    if (wanted !== id()) return
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) record.value = answer.value
  }
  watch(
    id,
    () => {
      record.value = undefined
      problem.value = undefined
      return load()
    },
    { immediate: true }
  )
  /** The heading was not there yet when the page was come to: what reads it out begins with it now. */
  watch(
    [record, problem],
    () => {
      const main = document.getElementById('main')
      if (document.activeElement !== document.body && document.activeElement !== main) return
      main?.querySelector('h1')?.focus()
    },
    { flush: 'post' }
  )
  return { record, problem, load }
}
