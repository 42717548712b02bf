import { useIntervalFn } from '@vueuse/core'
import { ref, shallowRef } from 'vue'
import type { CallFilter } from '../../shared/call/filter.ts'
import type { AppError } from '../../shared/errors.ts'
import type { ExportProgress } from '../../shared/export/export.ts'
import { hub } from '../hub.ts'

const LOOK_EVERY_MS = 300

/** The export under way, followed while it runs. It goes on when the page is left, and is found again on return. */
export function useExport() {
  const progress = shallowRef<ExportProgress>({ stage: 'none' })
  const error = ref<AppError>()
  const cancelling = ref(false)
  const cancelled = ref(false)
  /** Whether an answer is awaited that will say how it ended. */
  let asking = false

  const watching = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })

  async function look() {
    const answer = await hub['call.exportProgress']({})
    if (answer.ok && (!asking || answer.value.stage === 'running')) show(answer.value)
  }

  function show(now: ExportProgress) {
    if (now.stage === 'none') cancelled.value = progress.value.stage === 'running'
    if (now.stage === 'failed') error.value = { code: 'refused', reason: now.reason }
    progress.value = now
    if (now.stage !== 'running') cancelling.value = false
    if (now.stage === 'running') watching.resume()
    else if (!asking) watching.pause()
  }

  function forget() {
    progress.value = { stage: 'none' }
    error.value = undefined
    cancelling.value = false
    cancelled.value = false
  }

  async function save(filter: CallFilter) {
    if (asking) return
    forget()
    asking = true
    watching.resume()
    const answer = await hub['call.export']({ filter })
    asking = false
    watching.pause()
    if (answer.ok) return show(answer.value)
    progress.value = { stage: 'none' }
    cancelling.value = false
    error.value = answer.error
  }

  /** The file is given up at its next chunk: until then it says so. */
  async function cancel() {
    if (cancelling.value) return
    cancelling.value = true
    const answer = await hub['call.cancelExport']({})
    if (!answer.ok) cancelling.value = false
  }

  async function findAgain() {
    const answer = await hub['call.exportProgress']({})
    if (answer.ok && answer.value.stage === 'running') show(answer.value)
  }

  return { progress, error, cancelling, cancelled, save, cancel, findAgain, forget }
}
