import { inFours, readCrockford } from './crockford.ts'

/** 100 random bits: an administrator reads it out, or writes it down, once. */
const oneTimeLength = 20

/** Undefined when it cannot be one. Typed in any case, with or without the dashes. */
export function readOneTimePassphrase(typed: string): string | undefined {
  const code = readCrockford(typed, oneTimeLength)
  return code && formatOneTimePassphrase(code)
}

export const formatOneTimePassphrase = (code: string): string => inFours(code).join('-')
