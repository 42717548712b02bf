import { defineStore } from 'pinia'
import { reactive, ref, shallowRef } from 'vue'
import type { FoundCall } from '../../shared/call/call.ts'
import { everyCall, type CallFilter, type CallSort } from '../../shared/call/filter.ts'
import type { AppError } from '../../shared/errors.ts'
import { hub } from '../hub.ts'

/**
 * What is looked at in the list of calls, so that coming back from a call finds the same place. Locking replaces the
 * page, and this with it.
 */
export const useCallsView = defineStore('calls', () => {
  const filter = reactive<CallFilter>({ ...everyCall })
  /** What stands in the filter's school field. */
  const schoolText = ref('')
  const sort = ref<CallSort>('newest')
  const rows = shallowRef<FoundCall[]>([])
  const next = ref('')
  /** How many there are; '' where they are not counted yet, which the rows do not wait for. */
  const total = ref('')
  const busy = ref(false)
  const answered = ref(false)
  /** Why the list could not be read; what stood there before would belong to another filter. */
  const problem = ref<AppError>()
  /** The row that the arrow keys are at, and how far down the page was when it was left by a row. */
  const current = ref(0)
  const leftAt = ref<number>()
  let asked = 0
  let counts = 0
  let counting = false

  const ask = (after: string) => hub['call.list']({ filter, sort: sort.value, after })

  /** Pages from the one after `after` until there are `wanted` rows; `before` are those that stand above them. */
  async function load(after: string, before: readonly FoundCall[], wanted: number) {
    const mine = ++asked
    busy.value = true
    const found = [...before]
    let begin = after
    do {
      const answer = await ask(begin)
      // an answer that comes late belongs to a filter that is no longer there
      if (mine !== asked) return
      busy.value = false
      answered.value = true
      problem.value = answer.ok ? undefined : answer.error
      if (!answer.ok) {
        if (after === '') {
          rows.value = []
          next.value = total.value = ''
        }
        return
      }
      // the list has grown beyond what is sorted, and begins anew by filing
      if (answer.value.sort !== sort.value) found.length = 0
      sort.value = answer.value.sort
      found.push(...answer.value.rows)
      begin = answer.value.next
    } while (begin !== '' && found.length < wanted)
    rows.value = found
    next.value = begin
    // the last total is of another filter, or of an hour ago
    if (counting) total.value = ''
    current.value = Math.min(current.value, Math.max(0, found.length - 1))
  }

  async function count() {
    const mine = ++counts
    counting = true
    const answer = await hub['call.count']({ filter })
    if (mine !== counts) return
    counting = false
    total.value = answer.ok ? answer.value.total : ''
  }

  /** From the top: another filter or sort. */
  async function reload() {
    current.value = 0
    leftAt.value = undefined
    await Promise.all([load('', [], 1), count()])
  }
  /** What is shown as it is by now, in the same place. */
  const refresh = () => Promise.all([load('', [], rows.value.length), count()])
  const more = () => load(next.value, rows.value, rows.value.length + 1)
  /** Reads on until so many rows stand there, or all. */
  const readTo = (wanted: number) =>
    next.value === '' || rows.value.length >= wanted
      ? Promise.resolve()
      : load(next.value, rows.value, wanted)

  function narrow(wanted: CallFilter, school = '') {
    Object.assign(filter, wanted)
    schoolText.value = school
  }

  return {
    filter,
    schoolText,
    sort,
    rows,
    next,
    total,
    busy,
    answered,
    problem,
    current,
    leftAt,
    reload,
    refresh,
    more,
    readTo,
    narrow
  }
})
