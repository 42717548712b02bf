import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openStore, type Store } from '../db/store.ts'
import { dispatch, dispatchRecord } from '../electron/ipc/dispatch.ts'
import type { records } from '../electron/ipc/records.ts'
import { cacheFolder } from '../scripts/places.mjs'
import { copyCounty, countyFolder } from '../scripts/county/cache.ts'
import { keyOf, ledgerOf, migrationsFolder, type County } from '../scripts/county/county.ts'
import type { Registered } from '../scripts/county/family/acts.ts'
import type { Ledger } from '../scripts/county/filing.ts'
import type { SteppedDown } from '../scripts/county/stepDowns.ts'
import { asActor } from '../scripts/county/people.ts'
import type { Actor, Role } from '../shared/access/roles.ts'
import type { Result } from '../shared/errors.ts'
import type { Input, Output } from '../shared/ipc/contract.ts'
import type { Operation } from '../shared/ipc/operations.ts'
import { say } from './figures.ts'

export const isQuick = process.env['HUB_BENCH'] === 'quick'

/** How many calls the counties have that are measured side by side. */
export const COUNTY = isQuick ? 20_000 : 1_000_000
export const TOWN = isQuick ? 2_000 : 10_000
export const VILLAGE = isQuick ? 200 : 1_000
/** How many families and people the records have in which people are looked for, and how many calls beside them. */
export const FAMILIES = isQuick ? { families: 4_000, people: 12_000 } : { families: 200_000, people: 600_000 }
export const FEW_FAMILIES = isQuick ? { families: 400, people: 1_200 } : { families: 3_334, people: 10_000 }
/** The records in which case notes are taken: 60,000 assessments are those of 120,000 families. */
export const NOTES = isQuick
  ? { families: 2_400, people: 7_200, notes: 20_000 }
  : { families: 120_000, people: 360_000, notes: 2_000_000 }
export const FEW_NOTES = isQuick
  ? { families: 240, people: 720, notes: 2_000 }
  : { families: 600, people: 1_800, notes: 10_000 }
export const CALLS_BESIDE = isQuick ? 2_000 : 100_000

/** The Monday after the last day of the county. */
export const NOW = '2026-11-23T10:00:00.000Z'

const countyOf = (calls: number, registered?: Registered, steppedDown?: SteppedDown): County => ({
  ...{ calls, seed: 1, until: '2026-11-20' },
  ...(registered && { registered }),
  ...(steppedDown && { steppedDown })
})

const inNumbers = (calls: number, registered?: Registered): string =>
  `${calls.toLocaleString('en-GB')} calls${registered ? ` and ${registered.people.toLocaleString('en-GB')} people` : ''}`

export interface Measuring {
  store: Store
  ledger: Ledger
  /** Of a triage manager, whose calls are all there are. */
  actor: Actor
  /** As the database thread does it, from message in to answer out. */
  does<N extends Operation>(name: N, input: Input<N>, actor?: Actor): Promise<Output<N>>
  record(name: keyof typeof records, input: unknown): Promise<Result<unknown>>
  /** Milliseconds that it took. */
  times<N extends Operation>(name: N, input: Input<N>, actor?: Actor): Promise<number>
}

/** The folder of a county's desk, made where it is not in the cache. Not to be written into. */
export function folderOf(calls: number, registered?: Registered, steppedDown?: SteppedDown): Promise<string> {
  let last = ''
  return countyFolder(countyOf(calls, registered, steppedDown), (step, share = 0) => {
    const line = `making ${inNumbers(calls, registered)}: ${step} ${(share * 100).toFixed(0)} %`
    if (line !== last) say(line)
    last = line
  })
}

/** A copy that may be written into; it is gone when the program ends. */
export async function copyOf(
  calls: number,
  registered?: Registered,
  steppedDown?: SteppedDown
): Promise<string> {
  const made = await folderOf(calls, registered, steppedDown)
  const folder = mkdtempSync(join(cacheFolder(), 'bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  say(`copying ${inNumbers(calls, registered)}`)
  copyCounty(made, folder)
  return folder
}

/** Opens a desk's record in this thread. */
export async function openDesk(folder: string, calls: number, registered?: Registered): Promise<Measuring> {
  const key = await keyOf(folder)
  const store = openStore({ file: join(folder, 'store', 'desk.db'), key, migrationsFolder })
  const { ledger } = ledgerOf(countyOf(calls, registered))
  const actor = asActor(ledger.people[0]!, ledger, NOW)
  const report = ({ error }: { error: unknown }) => {
    throw error
  }
  const does: Measuring['does'] = async (name, input, by = actor) => {
    const result = await dispatch(store, name, input, by, report)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
    return result.value as Output<typeof name>
  }
  return {
    store,
    ledger,
    actor,
    does,
    record: (name, input) => dispatchRecord(store, name, input, actor, report),
    async times(name, input, by) {
      const from = performance.now()
      await does(name, input, by)
      return performance.now() - from
    }
  }
}

export function someone({ ledger }: Pick<Measuring, 'ledger'>, role: Role, now = NOW): Actor {
  return asActor(
    ledger.people.find(({ roles, status }) => status === 'active' && roles.includes(role))!,
    ledger,
    now
  )
}

/** Milliseconds of something that needs no waiting for. */
export function timed(work: () => unknown): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((each) => ({ each, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each)

/** Does several things in turn, so many rounds after a warm-up, and keeps what each took. */
export async function inTurn<K extends string>(
  rounds: number,
  things: Record<K, (round: number) => number | Promise<number>>
): Promise<Record<K, number[]>> {
  const names = Object.keys(things) as K[]
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  const warmUp = Math.ceil(rounds / 10)
  for (let round = 0; round < warmUp + rounds; round += 1) {
    // in another order each time: what comes round every fourth commit would else always meet the same one
    for (const name of shuffled(names)) {
      const ms = await things[name](round)
      if (round >= warmUp) taken[name].push(ms)
    }
  }
  return taken
}
