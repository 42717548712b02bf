import { computed, useId } from 'vue'

/** What every field has. `path` is the dotted path of its value, so that an error summary can link to it. */
export interface FieldProps {
  label: string
  hint?: string
  error?: string
  path?: string
}

export const fieldId = (path: string): string => `field-${path}`

/** The ids that tie a control to its label, hint and error. */
export function useFieldIds(props: FieldProps) {
  const own = useId()
  const id = computed(() => fieldId(props.path ?? own))
  const hintId = computed(() => `${id.value}-hint`)
  const errorId = computed(() => `${id.value}-error`)
  const describedBy = computed(() => {
    const ids = [props.hint ? hintId.value : '', props.error ? errorId.value : ''].filter(Boolean)
    return ids.length ? ids.join(' ') : undefined
  })
  return { id, hintId, errorId, describedBy }
}
