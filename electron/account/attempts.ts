import { join } from 'node:path'
import { z } from 'zod'
import { reckonedFrom, waitLeft, worstFailures } from '../../shared/account/backOff.ts'
import { id, instant, newId } from '../../shared/ids.ts'
import { readLimited } from './readLimited.ts'
import { inTurn, writeSafely } from './writeSafely.ts'

/** A slot's id; or 'unknown' for a name nobody has; or 'recovery' for the recovery key. */
const bucketName = z.union([id, z.enum(['unknown', 'recovery'])])
export type Bucket = z.output<typeof bucketName>

const failures = z.strictObject({ failures: z.int().min(0), lastAt: z.int().min(0) })

const attemptsFile = z.strictObject({
  version: z.literal(1),
  buckets: z.record(bucketName.or(z.literal('everyone')), failures),
  /** For the audit, at the next unlock. The id becomes the audit row's, so that none is written twice. */
  pending: z.array(z.strictObject({ id, at: instant, bucket: bucketName, accountId: id.nullable() })),
  /** Those beyond what is listed. */
  notListed: z.int().min(0)
})
export type Attempts = Readonly<z.output<typeof attemptsFile>>

/** Who is trying: `accountId` null where it is nobody's slot. */
export interface Attempting {
  bucket: Bucket
  accountId: string | null
}

export type Attempt<T> =
  | { opened: T }
  /** `tried` false: it was too early, and nothing was tried. */
  | { opened: undefined; tried: boolean; waitMs: number }

const mostListed = 2000
const pathIn = (folder: string) => join(folder, 'attempts.json')

export function waitBefore(attempts: Attempts, bucket: Bucket, now: number): number {
  const own = attempts.buckets[bucket]
  const everyone = attempts.buckets['everyone']
  return Math.max(own ? waitLeft(own, now) : 0, everyone ? waitLeft(everyone, now) : 0)
}

type Clock = () => number

export const readAttempts = (folder: string, clock: Clock = Date.now): Promise<Attempts> =>
  inTurn(pathIn(folder), () => settled(folder, clock()))

/** One try at opening something: not before its wait is over, and a failure is on disk before it is answered. */
export function attempt<T>(
  folder: string,
  who: Attempting,
  open: () => Promise<T | undefined>,
  clock: Clock = Date.now
): Promise<Attempt<T>> {
  return inTurn(pathIn(folder), async () => {
    // read only now: waiting in line takes as long as the attempts before this one
    const attempts = await settled(folder, clock())
    const waitMs = waitBefore(attempts, who.bucket, clock())
    if (waitMs > 0) return { opened: undefined, tried: false, waitMs }
    const opened = await open()
    if (opened !== undefined) {
      await save(folder, attempts, withoutFailures(attempts, who.bucket))
      return { opened }
    }
    const now = clock()
    const failed = withFailure(attempts, who, now)
    await save(folder, attempts, failed)
    return { opened: undefined, tried: true, waitMs: waitBefore(failed, who.bucket, now) }
  })
}

/** An administrator's one-time passphrase starts the count again. */
export const clearFailures = (folder: string, bucket: Bucket, clock: Clock = Date.now) =>
  change(folder, clock, (attempts) => withoutFailures(attempts, bucket))

/** After the audit of these is committed. */
export const forgetPending = (folder: string, audited: readonly string[], clock: Clock = Date.now) =>
  change(folder, clock, (attempts) => {
    const pending = attempts.pending.filter((failure) => !audited.includes(failure.id))
    const nothingNew = pending.length === attempts.pending.length && attempts.notListed === 0
    return nothingNew ? attempts : { ...attempts, pending, notListed: 0 }
  })

function withFailure(attempts: Attempts, { bucket, accountId }: Attempting, now: number): Attempts {
  const soFar = Math.max(attempts.buckets[bucket]?.failures ?? 0, attempts.buckets['everyone']?.failures ?? 0)
  const failure = { id: newId(), at: new Date(now).toISOString(), bucket, accountId }
  const full = attempts.pending.length >= mostListed
  return {
    ...attempts,
    buckets: { ...attempts.buckets, [bucket]: { failures: Math.min(soFar + 1, worstFailures), lastAt: now } },
    pending: full ? attempts.pending : [...attempts.pending, failure],
    notListed: attempts.notListed + (full ? 1 : 0)
  }
}

function withoutFailures(attempts: Attempts, bucket: Bucket): Attempts {
  const forgotten = [bucket, 'unknown', 'everyone']
  const kept = Object.entries(attempts.buckets).filter(([name]) => !forgotten.includes(name))
  if (kept.length === Object.keys(attempts.buckets).length) return attempts
  return { ...attempts, buckets: Object.fromEntries(kept) }
}

const change = (folder: string, clock: Clock, next: (attempts: Attempts) => Attempts): Promise<void> =>
  inTurn(pathIn(folder), async () => {
    const attempts = await settled(folder, clock())
    await save(folder, attempts, next(attempts))
  })

async function save(folder: string, before: Attempts, after: Attempts): Promise<void> {
  if (after !== before) await writeSafely(pathIn(folder), `${JSON.stringify(after, null, 2)}\n`)
}

/** As it counts from now. A damaged file or a clock moved back is put right on disk, so that the wait runs down. */
async function settled(folder: string, now: number): Promise<Attempts> {
  const read = await readSound(folder)
  if (read === undefined) return none
  if (read === 'damaged') {
    const worst = { ...none, buckets: { everyone: { failures: worstFailures, lastAt: now } } }
    await save(folder, none, worst)
    return worst
  }
  if (Object.values(read.buckets).every(({ lastAt }) => lastAt <= now)) return read
  const buckets = Object.entries(read.buckets).map(([name, one]) => [name, reckonedFrom(one, now)] as const)
  const reckoned = { ...read, buckets: Object.fromEntries(buckets) }
  await save(folder, read, reckoned)
  return reckoned
}

const none: Attempts = { version: 1, buckets: {}, pending: [], notListed: 0 }

async function readSound(folder: string): Promise<Attempts | 'damaged' | undefined> {
  try {
    const text = await readLimited(pathIn(folder))
    return text === undefined ? undefined : attemptsFile.parse(JSON.parse(text))
  } catch {
    return 'damaged'
  }
}
