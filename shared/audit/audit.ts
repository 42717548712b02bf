import { z } from 'zod'
import { civilDate, id } from '../ids.ts'

export const auditResults = ['done', 'refused', 'fault', 'begun', 'failed'] as const
export type AuditResult = (typeof auditResults)[number]

/** What an audit row holds: no name, no free text, no search words. */
export interface AuditRow {
  id: string
  /** Counts up on one device; the chain runs along it. */
  sequence: number
  at: string
  actorId: string
  deviceId: string
  operation: string
  subjectIds: string[]
  reason: string
  result: AuditResult
}

export const auditQuery = z.strictObject({
  actorId: z.union([z.literal(''), id]),
  subjectId: z.union([z.literal(''), id]),
  operation: z.string().max(60),
  from: z.union([z.literal(''), civilDate]),
  to: z.union([z.literal(''), civilDate]),
  after: z.string().max(120)
})
export type AuditQuery = z.output<typeof auditQuery>

export type ChainCheck =
  | { whole: true; rows: number }
  | { whole: false; rows: number; brokenAt: { sequence: number; at: string; id: string } }
