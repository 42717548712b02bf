import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { jsonEntryName } from '../../shared/export/export.ts'
import { sharingOf } from '../../shared/export/problems.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import { londonDate } from '../../shared/time/london.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { sharedRow } from '../sharing/recordSharing.ts'
import { gather, type Gathered } from './gather.ts'
import type { Ending, SharedRow } from './journal.ts'
import { leave, type Content, type Hashes, type Mine } from './leaving.ts'
import { mustBeComplete } from './prepareExport.ts'
import { summaryOf } from './summaryOf.ts'
import type { ExportStep, ToMake } from './underWay.ts'
import { writeFiles } from './writeFiles.ts'
import { writeJson } from './writeJson.ts'
import { writeParts } from './writeParts.ts'
import type { Writing } from './writing.ts'
import type { ZipFile } from './zipFile.ts'

/** What main's dialog added to what was typed. */
export interface ExportToWrite extends CaseNotesExport {
  reference: string
  path: string
}

/**
 * Begins to write case notes.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, export-running
 */
export const writeExport: Job<ExportToWrite, ExportStep> = async (store, wanted, actor) => {
  await store.read((db) => mustBeComplete(db, wanted, actor))
  return leave(
    store,
    {
      ...{ id: wanted.id, path: wanted.path, reference: wanted.reference, familyId: wanted.familyId },
      ...{ operation: 'export.save', subjectIds: [wanted.familyId, wanted.id] },
      ...{ isProtected: wanted.isProtected, isZip: true },
      gather: async (giveWay) => contentOf(store, await gather(store, wanted, actor, giveWay), wanted, actor)
    },
    actor
  )
}

const contentOf = (store: Store, gathered: Gathered, wanted: ExportToWrite, actor: Actor): Content => ({
  included: gathered.tally.notes.included,
  excluded: excludedOf(gathered.tally.notes),
  write: (zip, mine) => write(store, zip, mine, gathered, wanted, actor),
  ending: (hashes) => endingOf(store, hashes, gathered, wanted, actor)
})

async function* write(
  store: Store,
  zip: ZipFile,
  mine: Mine,
  gathered: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): AsyncGenerator<ToMake, string, Uint8Array> {
  const shared = await sharedWith(store, gathered, wanted, actor)
  const known = await store.read((db) => summaryOf(db, wanted, wanted.reference, gathered, shared, actor))
  const writing: Writing = { store, mine, gathered, known, files: [] }
  const itemsSha256 =
    wanted.format === 'json'
      ? await writeJson(writing, zip, jsonEntryName(wanted.reference, londonDate(actor.now)))
      : yield* writeParts(writing, zip, wanted.format)
  await writeFiles(writing, zip)
  return itemsSha256
}

/** What there is to record of a file, with the family's agreement as it stands now. */
async function endingOf(
  store: Store,
  hashes: Hashes,
  gathered: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): Promise<Pick<Ending, 'row' | 'shared'>> {
  const { family, chosen, tally } = gathered
  const shared = await sharedWith(store, gathered, wanted, actor)
  return {
    row: {
      ...writtenBy(actor, family.hubId),
      ...{ id: wanted.id, reference: wanted.reference, familyId: family.id, scope: chosen.scope },
      subjectId: chosen.episodeId || chosen.personId || family.id,
      ...{ format: wanted.format, purpose: wanted.purpose.trim() },
      sharingId: shared?.id ?? '',
      receiverId: wanted.receiver === 'person' ? wanted.receiverId : '',
      isProtected: wanted.isProtected,
      openReason: wanted.isProtected ? '' : wanted.openReason.trim(),
      included: tally.notes.included,
      excluded: excludedOf(tally.notes),
      contentSha256: hashes.itemsSha256,
      fileSha256: hashes.fileSha256
    },
    shared
  }
}

/** The sharing with an agency or body (domain 0.4). A person of the family is told of itself. */
async function sharedWith(
  store: Store,
  { chosen, people, tally }: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): Promise<SharedRow | null> {
  if (wanted.receiver === 'person') return null
  const about = people.filter(({ keptId, isHere }) =>
    chosen.scope === 'child' ? keptId === chosen.personId : isHere
  )
  const ids = (about.length > 0 ? about : people).map(({ keptId }) => keptId)
  const { included } = tally.notes
  const notes = `${included.toLocaleString('en-GB')} ${included === 1 ? 'case note' : 'case notes'}`
  const draft = { ...sharingOf(wanted, ids), what: `${notes}, as export ${wanted.reference}` }
  return store.read((db) => sharedRow(db, draft, actor))
}
