import { reactive, ref, shallowRef } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { FamilyRow } from '../../shared/family/family.ts'
import { hub } from '../hub.ts'

/** What the list was narrowed to, for whoever comes back to it. */
export const familiesView = reactive({ hubId: '' })

/** The families that this person may know of, the newest first, a page at a time. */
export function useFamilies() {
  const rows = shallowRef<FamilyRow[]>([])
  const next = ref('')
  const busy = ref(false)
  const problem = ref<AppError>()
  const answered = ref(false)
  let asked = 0

  async function load(after: string) {
    const mine = ++asked
    busy.value = true
    const answer = await hub['family.list']({ hubId: familiesView.hubId, after })
    // an answer that comes late belongs to a hub that is no longer asked for
    if (mine !== asked) return
    busy.value = false
    answered.value = true
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return
    rows.value = after === '' ? answer.value.rows : [...rows.value, ...answer.value.rows]
    next.value = answer.value.next
  }

  return { rows, next, busy, problem, answered, reload: () => load(''), more: () => load(next.value) }
}
