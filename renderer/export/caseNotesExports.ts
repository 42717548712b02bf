import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'
import type { CaseNotesExport, CaseNotesProgress, SavedExport } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import { exportCounts, type ExportCounts } from '../../shared/words/export.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { hub } from '../hub.ts'

const LOOK_EVERY_MS = 300

/** The one export that runs. It outlives the page: whoever looks something up meanwhile comes back to how far it is. */
export const useCaseNotesExports = defineStore('case notes exports', () => {
  const openForms = useOpenForms()
  const progress = shallowRef<CaseNotesProgress>({ stage: 'none' })
  /** What was saved, with its passphrase until it was noted. */
  const saved = shallowRef<SavedExport & { ofId: string }>()
  /** What the export is of that runs or ran last, as its form says it. */
  const sentOf = ref('')
  /** Why it came to nothing, for whoever was elsewhere then. */
  const error = ref<AppError>()
  /** What is counted of case notes or records that run or ran last. */
  const counts = ref<ExportCounts>('notes')
  const cancelling = ref(false)
  const cancelled = ref(false)
  /** Whether an answer is awaited that will say how it ended. */
  const asking = ref(false)

  const watching = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })

  async function look() {
    const answer = await hub['export.progress']({})
    if (!answer.ok || (asking.value && answer.value.stage !== 'running')) return
    progress.value = answer.value
    if (answer.value.stage === 'running') return watching.resume()
    cancelling.value = false
    watching.pause()
  }

  function save(draft: CaseNotesExport): Promise<AppError | undefined> {
    if (!asking.value) counts.value = exportCounts(draft)
    return saveBy(draft.id, draft.familyId || draft.subjectId, () => hub['export.save'](draft))
  }

  /**
   * Sends what was typed in any form whose file leaves the building. Its error where it was refused; what was typed stays
   * then.
   *
   * @param ofId what it is of, an id or the name of a list: the page on which its words are shown is that one's
   */
  async function saveBy(
    id: Id,
    ofId: string,
    send: () => Promise<Result<CaseNotesProgress>>
  ): Promise<AppError | undefined> {
    // pressed twice; or another form's file is being written, which says itself how it goes
    if (asking.value) return ofId === sentOf.value ? undefined : { code: 'refused', reason: 'export-running' }
    forget()
    sentOf.value = ofId
    asking.value = true
    watching.resume()
    const answer = await send()
    asking.value = false
    watching.pause()
    const wasRunning = progress.value.stage === 'running'
    progress.value = { stage: 'none' }
    cancelling.value = false
    error.value = errorOf(answer)
    if (!answer.ok || error.value) return error.value
    if (answer.value.stage === 'done') {
      saved.value = { ...answer.value, ofId }
      // the record has ended the draft with it: a save still to come would bring it back
      openForms.forget(id)
    } else {
      // without a file: cancelled while it was written, or in the system's dialog, which says so itself
      cancelled.value = wasRunning
    }
    return undefined
  }

  /** The file is given up at its next piece: until then it says so. */
  async function cancel() {
    if (cancelling.value) return
    cancelling.value = true
    const answer = await hub['export.cancel']({})
    if (!answer.ok) cancelling.value = false
  }

  /** The words are nowhere else: from now on nobody can tell them. */
  function forgetWords() {
    if (saved.value) saved.value = { ...saved.value, passphrase: '' }
  }

  function forget() {
    saved.value = undefined
    error.value = undefined
    cancelled.value = false
  }

  return {
    ...{ progress, saved, sentOf, counts, error, cancelling, cancelled, asking },
    ...{ look, save, saveBy, cancel, forgetWords, forget }
  }
})

function errorOf(answer: Result<CaseNotesProgress>): AppError | undefined {
  if (!answer.ok) return answer.error
  return answer.value.stage === 'failed' ? { code: 'refused', reason: answer.value.reason } : undefined
}
