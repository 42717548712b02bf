import { ref } from 'vue'
import { useRouter } from 'vue-router'
import type { FieldError, Result } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { fieldErrors } from '../words/errors.ts'
import { toldOfStepDown } from './toldOfStepDown.ts'

/**
 * Files a form about a step-down and goes back to its page, or to the page `to`, which tells what was done. Where somebody recorded something
 * meanwhile the step-down is read again for the form to show it: what was typed stays (L7).
 */
export function useStepDownForm(
  stepDownId: () => Id,
  reload: () => Promise<void>,
  show: (found: readonly FieldError[]) => Promise<void>
) {
  const router = useRouter()
  const openForms = useOpenForms()
  /** Somebody was quicker: the form says so until it is sent again. */
  const isStale = ref(false)

  async function file<T>(
    id: Id,
    send: () => Promise<Result<T>>,
    words: string,
    to = `/triage/${stepDownId()}`
  ): Promise<void> {
    isStale.value = false
    const answer = await openForms.fileUnlessStale(id, send)
    if (!answer) return
    if (answer === 'stale') {
      isStale.value = true
      await reload()
      await show([])
      return
    }
    if (answer.ok) {
      toldOfStepDown.value = { stepDownId: stepDownId(), words }
      await router.push(to)
      return
    }
    const { error } = answer
    if (error.code === 'invalid') await reload()
    await show(fieldErrors(error))
  }
  return { file, isStale }
}
