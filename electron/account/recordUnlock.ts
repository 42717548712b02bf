import { appendAudit } from '../audit/appendAudit.ts'
import type { Write } from '../ipc/operation.ts'
import { activeAccount, personOf, type Person } from './person.ts'

interface Unlock {
  accountId: string
  /** Wrong passphrases since the last unlock; `accountId` is whose was tried, '' where the name is nobody's. */
  failures: readonly { at: string; accountId: string }[]
}

/** Lets the person in, and writes down what was tried while the record was closed. */
export const recordUnlock: Write<Unlock, Person> = async (tx, { accountId, failures }, actor) => {
  const person = await personOf(tx, await activeAccount(tx, accountId))
  for (const failure of failures) {
    // nobody knows who was at the keyboard: not the one whose name was typed, nor the one unlocking now
    const nobody = { ...actor, id: '', now: failure.at }
    const subjectIds = failure.accountId ? [failure.accountId] : []
    await appendAudit(
      tx,
      { operation: 'account.unlock', subjectIds, reason: 'wrong-passphrase', result: 'refused' },
      nobody
    )
  }
  return person
}
