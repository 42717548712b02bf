import { inFours, readCrockford } from './crockford.ts'

/** 160 random bits: 32 characters, shown as eight groups of four. */
const recoveryKeyLength = 32

export const readRecoveryKey = (typed: string) => readCrockford(typed, recoveryKeyLength)
export const groupsOf = (key: string): string[] => inFours(key)
export const formatRecoveryKey = (key: string): string => groupsOf(key).join('-')
export const sameGroup = (typed: string, group: string): boolean => readCrockford(typed, 4) === group

/** Two different groups to type back, counted from 1 as on the screen and in rising order. */
export function twoGroups(random: () => number = Math.random): [number, number] {
  const first = Math.floor(random() * 8)
  const second = (first + 1 + Math.floor(random() * 7)) % 8
  return [Math.min(first, second) + 1, Math.max(first, second) + 1]
}
