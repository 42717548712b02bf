/** Wrong attempts in a row, and when the last one was (milliseconds since 1970). */
export interface Failures {
  failures: number
  lastAt: number
}

export const longestWait = 5 * 60_000

/** As many failures as it takes to wait the longest. */
export const worstFailures = 10

/** Nothing, then 1 s after the first wrong one, doubling to five minutes. */
export function backOff(failures: number): number {
  if (failures < 1) return 0
  return Math.min(1000 * 2 ** Math.min(failures - 1, worstFailures), longestWait)
}

/** Never longer than the whole wait, so a clock moved back cannot shut anyone out for a day. */
export function waitLeft({ failures, lastAt }: Failures, now: number): number {
  const wait = backOff(failures)
  return Math.max(0, Math.min(wait, lastAt + wait - now))
}

/** After the clock moved back the wait counts from now: the true time passed cannot be known. */
export function reckonedFrom(failures: Failures, now: number): Failures {
  return failures.lastAt > now ? { ...failures, lastAt: now } : failures
}
