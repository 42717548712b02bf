import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { ImportProgress } from '../../shared/school/school.ts'
import { hub } from '../hub.ts'

const LOOK_EVERY_MS = 300
const runs = ({ stage }: ImportProgress) => stage === 'reading' || stage === 'storing'

/** The import under way, followed while it runs. It goes on when the page is left, and is found again on return. */
export function useImport(done: () => void) {
  const progress = shallowRef<ImportProgress>({ stage: 'none' })
  const error = ref<AppError>()
  const running = computed(() => runs(progress.value))
  /** Whether an answer is awaited that will say how it ended. */
  let asking = false

  const watching = useIntervalFn(() => void look(), LOOK_EVERY_MS, { immediate: false })

  async function look() {
    const answer = await hub['school.importProgress']({})
    if (answer.ok && (!asking || runs(answer.value))) show(answer.value)
  }

  function show(now: ImportProgress) {
    const was = progress.value.stage
    progress.value = now
    if (running.value) watching.resume()
    else if (!asking) watching.pause()
    if (now.stage === 'done' && was !== 'done') done()
  }

  async function ask(answer: Promise<Result<ImportProgress>>) {
    error.value = undefined
    asking = true
    watching.resume()
    const result = await answer
    asking = false
    if (result.ok) return show(result.value)
    error.value = result.error
    await look()
  }

  const choose = () => ask(hub['school.chooseImport']({}))
  const confirm = (importId: string) => ask(hub['school.confirmImport']({ importId }))

  async function cancel() {
    const now = progress.value
    const importId = now.stage === 'previewed' ? now.preview.importId : newId()
    const answer = await hub['school.cancelImport']({ importId })
    if (answer.ok) show(answer.value)
  }

  async function findAgain() {
    const answer = await hub['school.importProgress']({})
    if (answer.ok && (runs(answer.value) || answer.value.stage === 'previewed')) show(answer.value)
  }

  function close() {
    error.value = undefined
    progress.value = { stage: 'none' }
  }

  return { progress, error, running, choose, confirm, cancel, findAgain, close }
}
