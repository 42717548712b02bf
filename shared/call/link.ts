import { z } from 'zod'
import { id } from '../ids.ts'

/**
 * What the adviser said of an earlier call. `further`: this call goes on from it (L20); `related`: it has to do with
 * this one; `not-related`: "none of these" (L15).
 */
export const linkKinds = ['further', 'related', 'not-related'] as const
export type LinkKind = (typeof linkKinds)[number]

export const callLink = z.strictObject({ callId: id, kind: z.enum(linkKinds) })
export type CallLink = z.output<typeof callLink>

export const LINK_LIMIT = 60
