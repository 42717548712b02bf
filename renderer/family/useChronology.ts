import { computed, ref, shallowRef } from 'vue'
import type { ChronologyKind, ChronologyRow } from '../../shared/family/chronology.ts'
import type { AppError } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

/** What the chronology is narrowed to; empty parts narrow nothing. */
export interface ChronologyFilter {
  kinds: ChronologyKind[]
  personId: Id
  from: CivilDate
  to: CivilDate
}

export const everything: ChronologyFilter = { kinds: [], personId: '', from: '', to: '' }

/** The chronology of a family, a page at a time, or whole where it is to be printed. */
export function useChronology(familyId: () => Id) {
  const filter = ref<ChronologyFilter>({ ...everything })
  const rows = shallowRef<ChronologyRow[]>([])
  const next = ref('')
  const busy = ref(false)
  const problem = ref<AppError>()
  const answered = ref(false)
  let asked = 0

  /** Reads the page after `after`; false where it could not be read or something else was asked for since. */
  async function load(after: string): Promise<boolean> {
    const mine = ++asked
    busy.value = true
    const answer = await hub['family.chronology']({ id: familyId(), ...filter.value, after })
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
