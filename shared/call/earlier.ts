import { z } from 'zod'
import { id, instant, type Id, type Instant } from '../ids.ts'
import { draftChild, type Outcome } from './call.ts'

/** What "Have we spoken before?" goes by: a call as far as it is typed (C5). */
export const spokenBefore = z.strictObject({
  callId: id,
  startedAt: instant,
  schoolId: z.union([z.literal(''), id]),
  children: z.array(draftChild).max(30)
})

/** How sure it is that an earlier call is about the same child or family; a blank field lowers it (L15). */
export const strengths = ['strong', 'likely', 'possible'] as const
export type Strength = (typeof strengths)[number]

/** What an earlier call has to do with this one: the child, a sibling, the address, or only the school (C5). */
export type EarlierKind = 'child' | 'sibling' | 'address' | 'school'

/** An earlier call as the strip shows it. */
export interface EarlierCall {
  callId: Id
  reference: string
  tookPlaceAt: Instant
  schoolName: string
  adviserName: string
  childNames: string
  outcome: Outcome
  kind: EarlierKind
  strength: Strength
  /** Plain words, the weightiest first: "Same date of birth", "Name sounds the same: Siân for Shan" (L15). */
  why: string[]
}

export interface SpokenBefore {
  /** At most five, the likeliest first, and of those the newest. */
  calls: EarlierCall[]
  /** How many days back was looked. */
  days: number
}
