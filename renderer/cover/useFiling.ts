import type { FieldError, Result } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { errorWords } from '../words/errors.ts'

const CHANGED =
  'Something changed since you looked: a family came or went, or the absence was taken back. The list below is read anew. Check it, then send again.'

/**
 * Files a form in which families go to others. Where the record is another one than was looked at, it is read anew and
 * what was typed stays (L7).
 */
export function useFiling(
  reload: () => Promise<void>,
  show: (found: readonly FieldError[]) => Promise<void>
) {
  const openForms = useOpenForms()

  /** @returns whether it was filed */
  async function file<T>(id: Id, send: () => Promise<Result<T>>): Promise<boolean> {
    let isStale = false
    const answer = await openForms.file(id, async () => {
      const sent = await send()
      isStale = !sent.ok && sent.error.code === 'changed-since'
      // nobody changed the form itself: it goes on being saved
      return isStale ? { ok: false, error: { code: 'invalid', fields: [] } } : sent
    })
    if (!answer || answer.ok) return answer?.ok === true
    const { error } = answer
    if (error.code === 'invalid') await reload()
    if (isStale) await show([{ path: '', message: CHANGED }])
    else await show(error.code === 'invalid' ? error.fields : [{ path: '', message: errorWords(error) }])
    return false
  }
  return { file }
}
