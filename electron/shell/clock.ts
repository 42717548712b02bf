/**
 * The desk's clock, as UTC instants. `--clock=2026-11-23T10:00:00Z` sets it to another moment, from where it runs on:
 * for tests and for trying the desk out of hours, never in a build, where a record's time must be the true one.
 */
export function startClock(
  args: readonly string[],
  isPackaged: boolean,
  realNow: () => number = Date.now
): () => string {
  const shift = isPackaged ? 0 : shiftFrom(args, realNow())
  return () => new Date(realNow() + shift).toISOString()
}

function shiftFrom(args: readonly string[], startedAt: number): number {
  const given = args.findLast((arg) => arg.startsWith('--clock='))?.slice('--clock='.length)
  if (given === undefined) return 0
  const wanted = Date.parse(given)
  if (Number.isNaN(wanted)) throw new RangeError('--clock wants an ISO instant such as 2026-11-23T10:00:00Z')
  return wanted - startedAt
}
