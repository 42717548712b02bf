import { eq, and } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { importedItem } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FilePerson, ImportedBodies, ImportedKind } from '../../shared/caseImport/caseImport.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import type { ComparedItems } from './compareItems.ts'
import type { Bringing } from './storeNotes.ts'

/** Something of a file that is kept beside the record, as it is there. */
export type Item = {
  [K in ImportedKind]: { kind: K; itemId: Id; position: number; onDay: CivilDate; body: ImportedBodies[K] }
}[ImportedKind]

export const personItems = (people: readonly FilePerson[]): Item[] =>
  people.map(({ id, name, role, hereId }, position) => ({
    ...{ kind: 'person', itemId: id, position, onDay: '' },
    body: { id, name, role, hereId }
  }))

/** @param reference of the export */
export const otherItems = (
  { entries, assessments, plans }: ComparedItems,
  reference: string,
  { here, episodeId }: Pick<Bringing, 'here' | 'episodeId'>
): Item[] => [
  ...entries.map((entry, position): Item => ({
    ...{ kind: 'entry', itemId: entry.id, position, onDay: entry.on },
    body: {
      hereId: here.get(entry.personId) ?? '',
      hereEpisodeId: entry.episodeId === '' ? '' : episodeId,
      ...{ reference, entry }
    }
  })),
  ...assessments.map((body, position): Item => ({
    ...{ kind: 'assessment', itemId: body.episodeId, position, onDay: body.registeredOn, body }
  })),
  ...plans.map((body, position): Item => ({
    ...{ kind: 'plan', itemId: body.episodeId, position, onDay: body.registeredOn, body }
  }))
]

/**
 * Stores what comes with the notes and is not here yet.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function storeItems(
  tx: Tx,
  items: readonly Item[],
  { importId, familyId }: Pick<Bringing, 'importId' | 'familyId'>,
  actor: Actor
): Promise<void> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const written = writtenBy(actor, hubId)
  for (const { body, ...item } of items) {
    const id = idOfItem(importId, item)
    if ((await tx.$count(importedItem, eq(importedItem.id, id))) > 0) continue
    await tx
      .insert(importedItem)
      .values({ ...written, ...item, ...{ id, importId, familyId, body: canonicalJson(body) } })
  }
}

const LAST_PLACE = 0xffffffff

/** It begins with its place, the last first: what is of one moment stands in the chronology as the file has it. */
const idOfItem = (importId: Id, { kind, itemId, position }: Omit<Item, 'body'>): Id =>
  (LAST_PLACE - position).toString(16).padStart(8, '0') +
  naturalId('imported-item', importId, kind, itemId).slice(8)

/** Who of an import is who here, as it was chosen when its first note came in; empty before. */
export async function peopleOfImport(
  db: ReadDb,
  importId: Id,
  familyId: Id
): Promise<ImportedBodies['person'][]> {
  const rows = await db
    .select({ body: importedItem.body })
    .from(importedItem)
    .where(
      and(
        eq(importedItem.familyId, familyId),
        eq(importedItem.kind, 'person'),
        eq(importedItem.importId, importId)
      )
    )
    .orderBy(importedItem.position)
  return rows.map(({ body }) => JSON.parse(body) as ImportedBodies['person'])
}
