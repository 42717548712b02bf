import { computed, ref, type Ref } from 'vue'
import type { FieldError, Result } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { useOpenForms, type OpenForm } from '../draft/openForms.ts'
import { useProblems } from '../draft/useProblems.ts'
import { fieldErrors } from '../words/errors.ts'
import type { Looked } from './usePreview.ts'

const CHANGED =
  'Something changed since you looked: a family came or went, or the absence was taken back. The list below is read anew. Check it, then send again.'

/**
 * Files a form in which families go to others, once nothing in it is wrong; where somebody would hold more than they could, it
 * asks first. Where the record is another one than was looked at, it is read anew and what was typed stays (L7).
 *
 * @param problems what is wrong with the form now
 * @param send files it, by `file`
 */
export function useFiling(
  form: Ref<OpenForm<'cover'> | OpenForm<'reassignment'> | undefined>,
  { preview, read }: Looked,
  { rows, over }: Record<'rows' | 'over', Readonly<Ref<readonly unknown[]>>>,
  problems: () => readonly FieldError[],
  send: () => Promise<void>
) {
  const openForms = useOpenForms()
  const { errors, errorFor, show } = useProblems(() => form.value?.draft, problems)
  const canSend = computed(() => preview.value?.hidden === 0 && rows.value.length > 0)
  const confirming = ref(false)

  async function check() {
    if (form.value?.filing) return
    await show(problems())
    if (errors.value.length > 0 || !canSend.value) return
    if (over.value.length > 0) confirming.value = true
    else await send()
  }

  /** @returns whether it was filed */
  async function file<T>(id: Id, ask: () => Promise<Result<T>>): Promise<boolean> {
    const answer = await openForms.fileUnlessStale(id, ask)
    if (!answer) return false
    if (answer === 'stale') {
      await read()
      await show([{ path: '', message: CHANGED }])
      return false
    }
    if (answer.ok) return true
    if (answer.error.code === 'invalid') await read()
    await show(fieldErrors(answer.error))
    return false
  }
  return { errors, errorFor, canSend, confirming, check, file }
}
