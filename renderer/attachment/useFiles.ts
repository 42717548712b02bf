import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import type { AttachedTo, AttachmentRow, FileProgress } from '../../shared/attachment/attachment.ts'
import type { AppError, Result } from '../../shared/errors.ts'
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
  /** The last of them was cancelled while it went on, and nothing of it was kept. */
  const cancelled = ref(false)
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

  /** Asks for something that takes its time; what came of it, undefined where nothing did. */
  async function ask<A, T>(
    question: () => Promise<Result<A>>,
    read: (answer: A) => T | undefined
  ): Promise<T | undefined> {
    if (asking.value) return undefined
    asking.value = true
    error.value = undefined
    cancelled.value = false
    watching.resume()
    const answer = await question()
    watching.pause()
    asking.value = false
    progress.value = { state: 'idle' }
    const wasCancelled = cancelling.value
    cancelling.value = false
    if (!answer.ok) {
      error.value = answer.error
      return undefined
    }
    const done = read(answer.value)
    cancelled.value = wasCancelled && done === undefined
    return done
  }

  /** The file that was added; undefined where none was. */
  const add = (): Promise<AttachmentRow | undefined> =>
    ask(
      () => hub['attachment.attach']({ ...place(), id: newId() }),
      ({ added }) => added ?? undefined
    )

  /** The name that the copy has; undefined where none was saved. */
  const saveCopy = (id: Id): Promise<string | undefined> =>
    ask(
      () => hub['attachment.saveCopy']({ id, familyId: place().familyId }),
      ({ fileName }) => fileName || undefined
    )

  /** What is under way ends at its next piece: until then it says so. */
  async function cancel() {
    if (cancelling.value) return
    cancelling.value = true
    const answer = await hub['attachment.cancel']({})
    if (!answer.ok) cancelling.value = false
  }

  return { running, error, asking, cancelling, cancelled, add, saveCopy, cancel }
}
