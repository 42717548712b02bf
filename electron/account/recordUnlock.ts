import { inArray } from 'drizzle-orm'
import { audit } from '../../db/schema/index.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import type { Write } from '../ipc/operation.ts'
import { activeAccount, personOf, type Person } from './person.ts'

interface Unlock {
  accountId: string
  /** What was wrong since the last unlock; `accountId` is whose slot was tried, '' where it was nobody's. */
  failures: readonly { id: string; at: string; accountId: string; tried: 'passphrase' | 'recovery-key' }[]
}

const acts = {
  passphrase: { operation: 'account.unlock', reason: 'wrong-passphrase' },
  'recovery-key': { operation: 'account.recover', reason: 'recovery-key-wrong' }
} as const

/**
 * Lets the person in, and writes down what was tried while the record was closed: once, although a desk that was killed
 * before it could forget a failure tells of it again.
 */
export const recordUnlock: Write<Unlock, Person> = async (tx, { accountId, failures }, actor) => {
  const person = await personOf(tx, await activeAccount(tx, accountId))
  const ids = failures.map(({ id }) => id)
  const known = await tx.select({ id: audit.id }).from(audit).where(inArray(audit.id, ids))
  for (const failure of failures.filter(({ id }) => !known.some((row) => row.id === id))) {
    // nobody knows who was at the keyboard: not the one whose name was typed, nor the one unlocking now
    const nobody = { ...actor, id: '', now: failure.at }
    const subjectIds = failure.accountId ? [failure.accountId] : []
    await appendAudit(tx, { id: failure.id, ...acts[failure.tried], subjectIds, result: 'refused' }, nobody)
  }
  return person
}
