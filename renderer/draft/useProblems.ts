import { nextTick, ref, watch } from 'vue'
import type { FieldError } from '../../shared/errors.ts'

/**
 * What is wrong with a form that is saved as it is typed. An error goes once its field is right; a new one comes only with
 * the button.
 *
 * @param draft what is typed; undefined until the form is open
 * @param problems what is wrong with it now, by the paths of its fields
 */
export function useProblems(draft: () => object | undefined, problems: () => readonly FieldError[]) {
  const errors = ref<FieldError[]>([])
  const errorFor = (path: string) => errors.value.find((error) => error.path === path)?.message

  /** The summary takes the focus each time, not only the first. */
  async function show(found: readonly FieldError[]) {
    errors.value = []
    await nextTick()
    errors.value = [...found]
  }
  watch(
    draft,
    () => {
      if (errors.value.length === 0) return
      const still = problems()
      // by its words too: where the rows are others, another one has its place
      errors.value = errors.value.filter(({ path, message }) =>
        still.some((problem) => problem.path === path && problem.message === message)
      )
    },
    { deep: true }
  )
  return { errors, errorFor, show }
}
