import type { ReadDb } from '../../db/open.ts'
import type { subjectRequest } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id } from '../../shared/ids.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import { showDateTime } from '../../shared/time/london.ts'
import { everythingOf } from './everythingOf.ts'
import { subjectOf } from './subject.ts'
import { tellers } from './tellers.ts'

/** What of a request says which items are its own. */
export type Asked = Pick<typeof subjectRequest.$inferSelect, 'personId' | 'fromDay' | 'toDay'>

export const isInDays = ({ fromDay, toDay }: Asked, { on }: Pick<ItemRef, 'on'>): boolean =>
  on >= fromDay && (toDay === '' || on <= toDay)

/**
 * The items of a request: everything that the record holds of whom it is about, of the days that were asked for, the oldest
 * first.
 *
 * @throws Refusal not-found, family-restricted, and what `giveWay` throws
 */
export const selectItems = async (
  store: Store,
  request: Asked,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<ItemRef[]> =>
  (await everythingOf(store, request.personId, actor, giveWay)).filter((ref) => isInDays(request, ref))

/**
 * Some items with all that they say, in the order of `refs`. Who recorded each is one of its texts, so that it can be
 * blacked out like everything else. What has gone since is left out.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldItems(
  db: ReadDb,
  request: Pick<Asked, 'personId'>,
  refs: readonly ItemRef[],
  actor: Actor
): Promise<ToldRecord[]> {
  const subject = await subjectOf(db, request.personId, actor)
  const told = new Map<Id, ToldRecord>()
  for (const kind of new Set(refs.map((ref) => ref.kind))) {
    const ofKind = refs.filter((ref) => ref.kind === kind)
    for (const item of await tellers[kind]({ db, subject, actor }, ofKind))
      told.set(`${kind} ${item.id}`, item)
  }
  return refs.flatMap(({ kind, id }) => {
    const item = told.get(`${kind} ${id}`)
    return item ? [withWriter(item)] : []
  })
}

const withWriter = (item: ToldRecord): ToldRecord => ({
  ...item,
  texts: [
    ...item.texts.filter(({ text }) => text !== ''),
    { path: 'by', label: 'Recorded by', text: `${item.byName}, ${showDateTime(item.recordedAt)}` }
  ]
})
