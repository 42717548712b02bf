import { account, setting } from '../../db/schema/index.ts'
import { refuse } from '../../shared/errors.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { checkPosition, insertAccount, personOf, type Person, type Position } from './person.ts'
import { signedNew } from './signed.ts'

type SetUp = Position & { accountId: string; name: string }

/** A fresh record: the documents' settings and its first person, who is an administrator whatever else they are. */
export const setUpRecord: Write<SetUp, Person> = async (tx, input, actor) => {
  const [first] = await tx.select().from(account).limit(1)
  if (first)
    return first.id === input.accountId ? alreadyDone(await personOf(tx, first)) : refuse('already-set-up')

  const self = { ...actor, id: input.accountId }
  await tx.insert(setting).values(
    seedSettings().map(({ recordedAt, value, ...row }) => ({
      ...signedNew(self),
      ...row,
      value: JSON.stringify(value),
      createdAt: recordedAt
    }))
  )
  const person = { ...input, id: input.accountId, roles: ['administrator' as const, ...input.roles] }
  await checkPosition(tx, person, self)
  return insertAccount(tx, person, self)
}
