import { and, desc, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { audit, auditSubject } from '../../db/schema/index.ts'
import type { AuditRow } from '../../shared/audit/audit.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { addDays, toInstant } from '../../shared/time/london.ts'
import type { Read } from '../ipc/operation.ts'

const PAGE = 50

/** Newest first, a page at a time; dates are London days, both ends included. */
export const listAudit: Read<Parsed<'audit.list'>, Output<'audit.list'>> = async (db, query) => {
  const about = db
    .select({ id: auditSubject.auditId })
    .from(auditSubject)
    .where(eq(auditSubject.subjectId, query.subjectId))
  const rows = await db
    .select()
    .from(audit)
    .where(
      and(
        query.actorId ? eq(audit.actorId, query.actorId) : undefined,
        query.subjectId ? inArray(audit.id, about) : undefined,
        query.operation ? eq(audit.operation, query.operation) : undefined,
        startOf(query.from, (instant) => gte(audit.at, instant)),
        startOf(query.to && addDays(query.to, 1), (instant) => lt(audit.at, instant)),
        olderThan(query.after)
      )
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    rows: shown.map(toAuditRow),
    next: rows.length > PAGE && last ? `${last.at} ${last.id}` : ''
  }
}

function startOf(date: string, compare: (instant: string) => SQL): SQL | undefined {
  const instant = date && toInstant(date, '00:00')
  return instant ? compare(instant) : undefined
}

/** `after` is the last row shown: its instant and its id. */
function olderThan(after: string): SQL | undefined {
  const [at, id] = after.split(' ')
  return at && id ? or(lt(audit.at, at), and(eq(audit.at, at), lt(audit.id, id))) : undefined
}

const toAuditRow = ({ previousHash, hash, subjectIds, ...row }: typeof audit.$inferSelect): AuditRow => ({
  ...row,
  subjectIds: subjectIds.split(' ').filter(Boolean)
})
