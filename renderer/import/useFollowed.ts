import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'

const LOOK_EVERY_MS = 300

interface Followed<Progress> {
  start: Progress
  runs(now: Progress): boolean
  look(): Promise<Result<Progress>>
  /** Told of each progress that is shown. */
  shown?(now: Progress, was: Progress): void
}

/** An import under way, followed while it runs. It goes on when the page is left, and is found again on return. */
export function useFollowed<Progress>({ start, runs, look, shown }: Followed<Progress>) {
  const progress = shallowRef<Progress>(start)
  const error = ref<AppError>()
  const running = computed(() => runs(progress.value))
  /** Whether an answer is awaited that will say how it ended. */
  let asking = false

  const watching = useIntervalFn(() => void lookAgain(), LOOK_EVERY_MS, { immediate: false })

  async function lookAgain() {
    const answer = await look()
    if (answer.ok && (!asking || runs(answer.value))) show(answer.value)
  }

  function show(now: Progress) {
    const was = progress.value
    progress.value = now
    if (running.value) watching.resume()
    else if (!asking) watching.pause()
    shown?.(now, was)
  }

  /** Asks for something that takes its time, and follows it until it is answered. */
  async function ask(answer: Promise<Result<Progress>>) {
    error.value = undefined
    asking = true
    watching.resume()
    const result = await answer
    asking = false
    if (result.ok) return show(result.value)
    error.value = result.error
    await lookAgain()
  }

  function forget() {
    error.value = undefined
    progress.value = start
  }

  return { progress, error, running, show, ask, lookAgain, forget }
}
