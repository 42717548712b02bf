import { useEventListener, useIntervalFn } from '@vueuse/core'

const REFRESH_MS = 60_000

/** Reads what waits on the desk anew every minute, and whenever somebody comes back to the window. */
export function useRefreshed(refresh: () => void): void {
  useIntervalFn(refresh, REFRESH_MS)
  useEventListener(window, 'focus', refresh)
}
