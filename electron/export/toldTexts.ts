import type { ToldText } from '../../shared/export/told.ts'

/** What a record may say, under what it is; '' where it says nothing. */
export type Said = readonly [path: string, label: string, text: string]

/** The texts of a record that say something, in their order. */
export const toldTexts = (said: readonly Said[]): ToldText[] =>
  said.flatMap(([path, label, text]) => (text.trim() === '' ? [] : [{ path, label, text }]))

/** `Jo Vale, mother`: what is known of it. */
export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ')
/** A line each, of what is known. */
export const below = (...lines: readonly string[]): string => lines.filter((line) => line !== '').join('\n')
/** `Said: 3 December 2026`, or nothing. */
export const unlessEmpty = (before: string, text: string): string => (text === '' ? '' : `${before}${text}`)
