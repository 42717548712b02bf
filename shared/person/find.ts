import { z } from 'zod'
import { draftChild } from '../call/call.ts'
import { id, type CivilDate, type Id } from '../ids.ts'
import type { Strength } from './match.ts'

/** What is asked with the one box: a name, a date of birth as spoken, a postcode, a phone, a UPN, a reference (L16). */
export const findText = z.strictObject({ text: z.string().max(200) })
/** Or with what a form knows of a person. */
export const findLike = z.strictObject({ person: draftChild, schoolId: z.union([z.literal(''), id]) })

/** Someone who may be meant. At most five, the likeliest first, each with why (L15). */
export interface FoundPerson {
  personId: Id
  strength: Strength
  why: string[]
  /** '' where every family of theirs is restricted and the reader is not named. */
  name: string
  birthDate: CivilDate
  /** '' where it is withheld. */
  postcode: string
  restricted: boolean
  families: { id: Id; reference: string; isCurrent: boolean }[]
}

export const choiceAbouts = ['call-child', 'registration', 'search', 'pair'] as const

/** What was chosen of what was found: this person, or none of these (L15). */
export const choice = z.strictObject({
  id,
  about: z.enum(choiceAbouts),
  /** The child of the call, the person of the form, or the pair; of a search its own id. */
  aboutId: id,
  /** '' for none of these; of a pair: two people. */
  personId: z.union([z.literal(''), id]),
  /** Who was shown. */
  shown: z.array(id).max(20)
})

/** Two records that may be of one person, found when both were there already (L11). */
export interface PersonPair {
  id: Id
  one: FoundPerson
  other: FoundPerson
  strength: Strength
  why: string[]
  foundAt: string
}

/** Merges two records field by field: of each kind the side whose facts hold from now on. */
export const merge = z.strictObject({
  id,
  keptId: id,
  mergedId: id,
  /** Kinds of which the merged record's fact is to hold; of the others the kept record's does. */
  fromMerged: z.array(z.string().max(40)).max(30),
  /** The newest version of any fact of the two that was read, so that no change in between is lost (L7). */
  basedOn: z.union([z.literal(''), id]),
  reason: z.string().trim().min(1, 'Enter why they are the same person').max(1_000)
})
export const UNDO_DAYS = 30
