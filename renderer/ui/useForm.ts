import { computed, reactive, ref, type Ref } from 'vue'
import type { z } from 'zod'
import type { AppError, FieldError, Result } from '../../shared/errors.ts'

/**
 * A form over one operation's input: checked with the same schema as the other side, and with `alsoCheck` for what
 * compares fields; errors by field.
 * Nothing is said before `submit`, and what it said stays until the next: no text moves under the typing hand.
 */
export function useForm<S extends z.ZodType, V extends object>(
  schema: S,
  initial: V,
  alsoCheck: (values: V) => FieldError[] = () => []
) {
  const values = reactive(structuredClone(initial)) as V
  const order = Object.keys(initial)
  const errors: Ref<FieldError[]> = ref([])
  /** What was refused for a reason that belongs to no field. */
  const refusal: Ref<AppError | undefined> = ref()
  const busy = ref(false)

  const rank = (path: string) => {
    const place = order.indexOf(path.split('.')[0] ?? '')
    return place < 0 ? order.length : place
  }

  /** In the order of the form, the first of each field. */
  function setErrors(found: readonly FieldError[]) {
    errors.value = found
      .filter(({ path }, index) => found.findIndex((other) => other.path === path) === index)
      .toSorted((a, b) => rank(a.path) - rank(b.path))
  }

  function check(): z.output<S> | undefined {
    const parsed = schema.safeParse(values)
    const issues = parsed.error?.issues ?? []
    setErrors([
      ...issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      ...alsoCheck(values)
    ])
    return errors.value.length ? undefined : parsed.data
  }

  /** Checks, sends, and keeps what came back: field errors in `errors`, any other refusal in `refusal`. */
  async function submit<T>(send: (input: z.output<S>) => Promise<Result<T>>): Promise<Result<T> | undefined> {
    if (busy.value) return undefined
    refusal.value = undefined
    const input = check()
    if (input === undefined) return undefined
    busy.value = true
    try {
      const result = await send(input)
      if (result.ok) return result
      if (result.error.code === 'invalid') setErrors(result.error.fields)
      else refusal.value = result.error
      return result
    } finally {
      busy.value = false
    }
  }

  const byPath = computed(() => new Map(errors.value.map(({ path, message }) => [path, message])))
  const errorFor = (path: string): string | undefined => byPath.value.get(path)

  return { values, errors, refusal, busy, submit, errorFor, setErrors }
}
