import { foldCrockford, readCrockford } from './crockford.ts'

/** Four Crockford characters: with two, twenty desks would clash more often than not. */
export const readDeskCode = (typed: string) => readCrockford(typed, 4)

export interface CallReference {
  deskCode: string
  number: number
}

/** HUB-7KQ3-000123. Past 999999 it grows wider rather than starting again. */
export function callReference(deskCode: string, number: number): string {
  return written('HUB', deskCode, number)
}

/** What else is numbered on a desk: families, assessments, helpdesk checks, step-downs and step-ups (FAM-7KQ3-000012). */
export const numberedKinds = ['FAM', 'FFA', 'CHK', 'STD', 'SUP'] as const
export type NumberedKind = (typeof numberedKinds)[number]

export function deskReference(kind: NumberedKind, deskCode: string, number: number): string {
  return written(kind, deskCode, number)
}

const written = (kind: string, deskCode: string, number: number): string =>
  `${kind}-${deskCode}-${String(number).padStart(6, '0')}`

/** A reference as heard on the telephone: any case, with or without HUB, dashes, spaces and leading noughts. */
export function readCallReference(typed: string): CallReference | undefined {
  // HUB cannot be the start of a desk code: U is not one of its characters
  const code = foldCrockford(typed).replace(/^HUB/, '')
  const deskCode = readDeskCode(code.slice(0, 4))
  const digits = code.slice(4)
  if (deskCode === undefined || !/^\d{1,12}$/.test(digits) || Number(digits) === 0) return undefined
  return { deskCode, number: Number(digits) }
}

export interface DeskReference extends CallReference {
  kind: NumberedKind
}

/** `fam 7kq3 12` as FAM-7KQ3-000012: any case, with or without dashes, spaces and leading noughts (L16). */
export function readDeskReference(typed: string): DeskReference | undefined {
  const code = foldCrockford(typed)
  const kind = numberedKinds.find((each) => code.startsWith(each))
  // past its kind it is written as a call's is
  const rest = kind && readCallReference(code.slice(kind.length))
  return rest && { kind, ...rest }
}
