import type { Write } from '../ipc/operation.ts'
import { activeAccount, personOf, type Person } from './person.ts'

/** Whom a one-time passphrase lets in: anyone at work. */
export const personToLetIn: Write<{ id: string }, Person> = async (tx, { id }) =>
  personOf(tx, await activeAccount(tx, id))
