import { useEventListener, useIntervalFn } from '@vueuse/core'
import { callTimerRunning } from '../call/openCalls.ts'
import { useRules } from '../desk/useRules.ts'

const activity: (keyof WindowEventMap)[] = ['keydown', 'pointerdown', 'pointermove', 'wheel']
const CHECK_MS = 5_000

/** Locks after the minutes of the settings without a key or the mouse; later while somebody is on the line. */
export function useIdleLock(lock: () => void) {
  const rules = useRules()
  let lastActive = Date.now()

  useEventListener(
    window,
    activity,
    () => {
      lastActive = Date.now()
    },
    { passive: true, capture: true }
  )
  useIntervalFn(() => {
    const { idleMinutes, callMinutes } = rules.rulesAt(rules.now()).locking
    const minutes = callTimerRunning() ? callMinutes : idleMinutes
    if (Date.now() - lastActive < minutes * 60_000) return
    lastActive = Date.now()
    lock()
  }, CHECK_MS)
  void rules.loadOnce()
}
