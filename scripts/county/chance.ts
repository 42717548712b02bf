import type { Id } from '../../shared/ids.ts'

/** Chance that comes out the same for the same seed. */
export interface Chance {
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  /** True in this share of cases, 0 to 1. */
  yes(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Picks by weight: `[['a', 3], ['b', 1]]` gives a three times as often. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** A version 7 identifier of that moment, in milliseconds since 1970. */
  id(at: number): Id
}

export function chanceFrom(seed: number): Chance {
  const draw = mulberry32(seed)
  const below = (limit: number) => Math.floor((draw() / 2 ** 32) * limit)
  const chance: Chance = {
    below,
    between: (from, to) => from + below(to - from + 1),
    yes: (share) => draw() < share * 2 ** 32,
    pick: (list) => list[below(list.length)]!,
    weighted(list) {
      let left = (draw() / 2 ** 32) * list.reduce((sum, [, weight]) => sum + weight, 0)
      return (list.find(([, weight]) => (left -= weight) < 0) ?? list[0]!)[0]
    },
    id(at) {
      const time = at.toString(16).padStart(12, '0')
      const a = draw().toString(16).padStart(8, '0')
      const b = draw().toString(16).padStart(8, '0')
      const c = draw().toString(16).padStart(8, '0')
      const variant = '89ab'[draw() & 3]!
      return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3, 6)}-${b}${c.slice(0, 4)}`
    }
  }
  return chance
}

/** A small, fast generator of 32-bit numbers. Nothing secret is made with it. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
