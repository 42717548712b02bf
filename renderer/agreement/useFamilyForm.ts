import { computed, nextTick, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { agreementNow } from '../../shared/agreement/standing.ts'
import { agreeingPeople } from '../../shared/agreement/who.ts'
import type { FieldError, Result } from '../../shared/errors.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import type { Id } from '../../shared/ids.ts'
import { useNow } from '../desk/useRules.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { nameOf } from '../family/people.ts'
import { londonDate } from '../words/dates.ts'
import { fieldErrors } from '../words/errors.ts'
import { toldOfFamily } from './told.ts'

/** What a form about a family's agreement, or about what is shared, knows of the family, and how it is sent. */
export interface FormOfFamily {
  family: FamilyRecord
  /** The form's. */
  id: Id
  /** Reads the family again. */
  reload: () => Promise<void>
}

export function useFamilyForm(props: Readonly<FormOfFamily>) {
  const router = useRouter()
  const openForms = useOpenForms()
  const now = useNow(60_000)
  const errors = ref<FieldError[]>([])

  const today = computed(() => londonDate(now.value))
  const people = computed(() => agreeingPeople(props.family, today.value))
  const standing = computed(() => agreementNow(props.family.agreements))
  const openEpisode = computed(() => props.family.episodes.find(({ closure }) => !closure))
  const newest = computed(() => props.family.agreements[0])
  const person = (id: Id) => nameOf(props.family.facts, id, today.value)
  const errorFor = (path: string) => errors.value.find((error) => error.path === path)?.message

  /** An error goes once its field is right, or says what is wrong by then; a new one comes only with the button. */
  function letGo<Draft extends object>(
    draft: () => Draft | undefined,
    problemsWith: (typed: Draft) => readonly FieldError[]
  ) {
    watch(
      draft,
      (typed) => {
        if (!typed || errors.value.length === 0) return
        const still = problemsWith(typed)
        errors.value = still.filter(({ path }) => errors.value.some((error) => error.path === path))
      },
      { deep: true }
    )
  }

  /** Shows what is wrong. The summary takes the focus each time, not only the first. */
  async function show(found: readonly FieldError[]) {
    errors.value = []
    await nextTick()
    errors.value = [...found]
  }

  /**
   * Files the form and goes back to the family, or to the page `to`, which tells what `words` makes of the answer. Where somebody recorded
   * something meanwhile, the family is read again for the form to show it: what was typed stays (L7).
   */
  async function file<T>(
    send: () => Promise<Result<T>>,
    words: (value: T) => string,
    to = `/families/${props.family.id}`
  ): Promise<void> {
    const answer = await openForms.fileUnlessStale(props.id, send)
    if (!answer) return
    if (answer === 'stale') {
      await props.reload()
    } else if (answer.ok) {
      toldOfFamily.value = { familyId: props.family.id, words: words(answer.value) }
      await router.push(to)
    } else {
      // what this page knew of the family let it through: the fields go by what stands there now
      if (answer.error.code === 'invalid') await props.reload()
      await show(fieldErrors(answer.error))
    }
  }

  return { today, people, standing, openEpisode, newest, person, errors, errorFor, letGo, show, file }
}
