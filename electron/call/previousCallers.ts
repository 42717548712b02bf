import { and, desc, eq, ne } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { foldName } from '../../shared/account/name.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { readable } from './readable.ts'

const CALLS_LOOKED_AT = 50
const OFFERED = 5

/** Who has called from this school before, the latest first, so that nothing has to be asked twice. */
export async function previousCallers(
  db: ReadDb,
  { schoolId }: Parsed<'call.previousCallers'>,
  actor: Actor
): Promise<Output<'call.previousCallers'>> {
  const callers = await db
    .select({
      name: call.callerName,
      role: call.callerRole,
      phone: call.callerPhone,
      mayLeaveMessage: call.mayLeaveMessage
    })
    .from(call)
    .where(and(eq(call.schoolId, schoolId), ne(call.callerName, ''), readable(actor)))
    .orderBy(desc(call.createdAt))
    .limit(CALLS_LOOKED_AT)
  const latest = new Map<string, (typeof callers)[number]>()
  for (const caller of callers) {
    const key = foldName(caller.name)
    if (!latest.has(key)) latest.set(key, caller)
  }
  return [...latest.values()].slice(0, OFFERED)
}
