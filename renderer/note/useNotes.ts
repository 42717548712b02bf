import { computed, ref, shallowRef } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { NoteKind, NoteRow } from '../../shared/note/note.ts'
import { hub } from '../hub.ts'

/** What the notes are narrowed to; empty parts narrow nothing. */
export interface NotesFilter {
  noteId: Id
  kinds: NoteKind[]
  personId: Id
  text: string
}

export const everyNote: NotesFilter = { noteId: '', kinds: [], personId: '', text: '' }

/** The case notes of an assessment, a page at a time, or whole where they are to be printed. */
export function useNotes(of: () => { familyId: Id; episodeId: Id }) {
  const filter = ref<NotesFilter>({ ...everyNote })
  const rows = shallowRef<NoteRow[]>([])
  const next = ref('')
  const busy = ref(false)
  const problem = ref<AppError>()
  const answered = ref(false)
  let asked = 0

  /** Reads the page after `after`; false where it could not be read or something else was asked for since. */
  async function load(after: string): Promise<boolean> {
    const mine = ++asked
    busy.value = true
    const answer = await hub['note.list']({ ...of(), ...filter.value, after })
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

  const isNarrowed = computed(() => JSON.stringify(filter.value) !== JSON.stringify(everyNote))
  return { filter, isNarrowed, rows, next, busy, problem, answered, reload, more, all }
}
