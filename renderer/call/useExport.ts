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
    if (now.stage === 'running') watching.resume()
    else if (!asking) watching.pause()
  }

  function forget() {
    progress.value = { stage: 'none' }
    error.value = undefined
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
    error.value = answer.error
  }

  const cancel = () => hub['call.cancelExport']({})

  async function findAgain() {
    const answer = await hub['call.exportProgress']({})
    if (answer.ok && answer.value.stage === 'running') show(answer.value)
  }

  return { progress, error, cancelled, save, cancel, findAgain, forget }
}
