import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { CaseNotesExport, CaseNotesProgress, SavedExport } from '../../shared/export/caseNotes.ts'
import { emptyExport } from '../../shared/export/emptyExport.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

const LOOK_EVERY_MS = 300

/**
 * What is typed into "Export case notes" of each family, and the one export that runs. Both outlive the page: whoever looks
 * something up meanwhile comes back to what they typed and to how far it is.
 */
export const useCaseNotesExports = defineStore('case notes exports', () => {
  const drafts = ref(new Map<Id, CaseNotesExport>())
  const progress = shallowRef<CaseNotesProgress>({ stage: 'none' })
  /** What was saved, with its passphrase until it was noted. */
  const saved = shallowRef<SavedExport & { familyId: Id }>()
  const cancelling = ref(false)
  const cancelled = ref(false)
  /** Whether an answer is awaited that will say how it ended. */
  const asking = ref(false)

  const watching = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })

  /** What was typed for a family; begun anew where it is asked for another assessment of it. */
  function draftOf(familyId: Id, episodeId: Id): CaseNotesExport {
    const typed = drafts.value.get(familyId)
    if (typed && (episodeId === '' || typed.episodeId === episodeId)) return typed
    drafts.value.set(familyId, emptyExport(newId(), familyId, episodeId))
    return draftOf(familyId, '')
  }

  async function look() {
    const answer = await hub['export.progress']({})
    if (!answer.ok || (asking.value && answer.value.stage !== 'running')) return
    progress.value = answer.value
    if (answer.value.stage === 'running') return watching.resume()
    cancelling.value = false
    watching.pause()
  }

  /** Sends what was typed. Its error where it was refused; what was typed stays then. */
  async function save(draft: CaseNotesExport): Promise<AppError | undefined> {
    if (asking.value) return undefined
    saved.value = undefined
    cancelled.value = false
    asking.value = true
    watching.resume()
    const answer = await hub['export.save'](draft)
    asking.value = false
    watching.pause()
    const wasRunning = progress.value.stage === 'running'
    progress.value = { stage: 'none' }
    cancelling.value = false
    if (!answer.ok) return answer.error
    if (answer.value.stage === 'failed') return { code: 'refused', reason: answer.value.reason }
    if (answer.value.stage === 'done') {
      saved.value = { ...answer.value, familyId: draft.familyId }
      drafts.value.delete(draft.familyId)
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

  function forget(familyId: Id) {
    saved.value = undefined
    cancelled.value = false
    drafts.value.delete(familyId)
  }

  return { draftOf, progress, saved, cancelling, cancelled, asking, look, save, cancel, forgetWords, forget }
})
