import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import type { AttachedTo, AttachmentRow, FileProgress } from '../../shared/attachment/attachment.ts'
import type { AppError } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

const LOOK_EVERY_MS = 300

export interface Place {
  familyId: Id
  attachedTo: AttachedTo
  attachedId: Id
}

/** Adds a file to a note or an agreement and saves copies of those on it, followed while it goes on. */
export function useFiles(place: () => Place) {
  const progress = shallowRef<FileProgress>({ state: 'idle' })
  const error = ref<AppError>()
  const cancelling = ref(false)
  const asking = ref(false)
  /** Of what is on this note or agreement: what goes on elsewhere is told there. */
  const running = computed(() =>
    progress.value.state !== 'idle' && progress.value.attachedId === place().attachedId
      ? progress.value
      : undefined
  )

  const watching = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })

  async function look() {
    const answer = await hub['attachment.progress']({})
    if (answer.ok && asking.value) progress.value = answer.value
  }

  /** Asks for something that takes its time; what it answers, undefined where it was refused. */
  async function ask<T>(
    question: () => Promise<{ ok: true; value: T } | { ok: false; error: AppError }>
  ): Promise<T | undefined> {
    if (asking.value) return undefined
    asking.value = true
    error.value = undefined
    watching.resume()
    const answer = await question()
    watching.pause()
    asking.value = false
    cancelling.value = false
    progress.value = { state: 'idle' }
    if (answer.ok) return answer.value
    error.value = answer.error
    return undefined
  }

  /** The file that was added; undefined where none was. */
  async function add(): Promise<AttachmentRow | undefined> {
    const answer = await ask(() => hub['attachment.attach']({ ...place(), id: newId() }))
    return answer?.added ?? undefined
  }

  /** The name that the copy has; undefined where none was saved. */
  async function saveCopy(id: Id): Promise<string | undefined> {
    const answer = await ask(() => hub['attachment.saveCopy']({ id, familyId: place().familyId }))
    return answer?.fileName || undefined
  }

  /** What is under way ends at its next piece: until then it says so. */
  async function cancel() {
    if (cancelling.value) return
    cancelling.value = true
    const answer = await hub['attachment.cancel']({})
    if (!answer.ok) cancelling.value = false
  }

  function forget() {
    error.value = undefined
  }

  return { running, error, asking, cancelling, add, saveCopy, cancel, forget }
}
