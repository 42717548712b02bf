import { useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'

/** Milliseconds left of a wait, told every quarter of a second. */
export function useCountdown(startMs: number) {
  const left = ref(0)
  let until = 0

  const ticking = useIntervalFn(
    () => {
      left.value = Math.max(0, until - Date.now())
      if (!left.value) ticking.pause()
    },
    250,
    { immediate: false }
  )

  function wait(milliseconds: number) {
    until = Date.now() + milliseconds
    left.value = milliseconds
    if (milliseconds > 0) ticking.resume()
  }

  wait(startMs)
  return { left, wait }
}
