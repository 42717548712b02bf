import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { planChange } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Written } from '../family/written.ts'

type Change = typeof planChange.$inferInsert
type About = Pick<Change, 'familyId' | 'episodeId' | 'outcomeId' | 'version' | 'words' | 'onDay'>

const nothing = { actionId: '', personId: '', ownerName: '', dueOn: '', ending: '', why: '' } as const

/** `version`: what the change makes of `rowVersion`. */
const changeId = (aboutId: Id, version: number): Id => naturalId('plan-change', aboutId, String(version))

/** How an outcome, or one of its actions, stands after a change of it: what it said before stays in the record. */
export async function keepChange(
  tx: Tx,
  change: About & Partial<Change>,
  { hubId, createdAt, createdBy, deviceId }: Written
): Promise<void> {
  await tx.insert(planChange).values({
    ...nothing,
    ...change,
    ...{ hubId, createdAt, createdBy, deviceId },
    id: changeId(change.actionId ?? change.outcomeId, change.version)
  })
}

/** Was this very change made already, by this person (L6)? Whatever became of it since. */
export async function isKept(
  db: ReadDb,
  aboutId: Id,
  said: Pick<Change, 'version'> & Partial<Change>,
  actor: Actor
): Promise<boolean> {
  const [kept] = await db
    .select()
    .from(planChange)
    .where(eq(planChange.id, changeId(aboutId, said.version)))
  const isSame = (key: keyof Change) => kept?.[key] === said[key]
  return kept?.createdBy === actor.id && (Object.keys(said) as (keyof Change)[]).every(isSame)
}
