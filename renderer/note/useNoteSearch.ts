import { reactive, ref, shallowRef } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { FoundNote } from '../../shared/note/note.ts'
import { hub } from '../hub.ts'

/** What was searched for, for whoever comes back to it. */
export const notesSearched = reactive({ text: '' })

/** Case notes with some words, what happened last first, a page at a time. */
export function useNoteSearch() {
  const rows = shallowRef<FoundNote[]>([])
  const next = ref('')
  const busy = ref(false)
  const problem = ref<AppError>()
  const answered = ref(false)
  /** What the rows were found by: more of them go by the same, whatever is typed meanwhile. */
  let searched = ''
  let asked = 0

  async function load(after: string) {
    const mine = ++asked
    busy.value = true
    const answer = await hub['note.search']({ text: searched, after })
    // an answer that comes late belongs to words that are no longer looked for
    if (mine !== asked) return
    busy.value = false
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return
    answered.value = true
    rows.value = after === '' ? answer.value.rows : [...rows.value, ...answer.value.rows]
    next.value = answer.value.next
  }

  async function search() {
    searched = notesSearched.text
    rows.value = []
    next.value = ''
    answered.value = false
    if (searched.trim() !== '') await load('')
  }

  return { rows, next, busy, problem, answered, search, more: () => load(next.value) }
}
