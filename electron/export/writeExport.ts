import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { exportedAs, exportSubjects, type CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { jsonEntryName } from '../../shared/export/export.ts'
import type { Chosen } from '../../shared/export/leftOut.ts'
import { sharingOf } from '../../shared/export/problems.ts'
import { mainCount, type ExportTally } from '../../shared/export/tally.ts'
import { londonDate } from '../../shared/time/london.ts'
import { exportTitles } from '../../shared/words/export.ts'
import { groundLabels } from '../../shared/words/sharing.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { sharedRow } from '../sharing/recordSharing.ts'
import { gather, type Gathered } from './gather.ts'
import type { Ending, SharedRow } from './journal.ts'
import { leave, type Content, type Hashes, type Mine } from './leaving.ts'
import { mustBeComplete } from './prepareExport.ts'
import { receiverOf } from './receiverOf.ts'
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
      ...{ operation: 'export.save', subjectIds: exportSubjects(wanted) },
      ...{ isProtected: wanted.isProtected, isZip: true },
      gather: async (giveWay) => contentOf(store, await gather(store, wanted, actor, giveWay), wanted, actor)
    },
    actor
  )
}

const contentOf = (store: Store, gathered: Gathered, wanted: ExportToWrite, actor: Actor): Content => ({
  ...mainCount(gathered.tally),
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
      ? await writeJson(
          writing,
          zip,
          jsonEntryName(wanted.reference, londonDate(actor.now), exportedAs(gathered.chosen))
        )
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
  const { familyId, hubId, chosen, tally } = gathered
  const shared = await sharedWith(store, gathered, wanted, actor)
  return {
    row: {
      ...writtenBy(actor, hubId),
      ...{ id: wanted.id, reference: wanted.reference, familyId, scope: chosen.scope },
      subjectId: chosen.subjectId || chosen.episodeId || chosen.personId || familyId,
      ...{ format: wanted.format, purpose: wanted.purpose.trim() },
      sharingId: shared?.id ?? '',
      receiverId: wanted.receiver === 'person' ? wanted.receiverId : '',
      ...(await ofNoFamily(store, wanted)),
      isProtected: wanted.isProtected,
      openReason: wanted.isProtected ? '' : wanted.openReason.trim(),
      ...mainCount(tally),
      contentSha256: hashes.itemsSha256,
      fileSha256: hashes.fileSha256
    },
    shared
  }
}

/** Of a call, which is of no family: who receives it, and why it goes to an agency or body without anybody's agreement. */
async function ofNoFamily(
  store: Store,
  wanted: ExportToWrite
): Promise<{ receiverName: string; reason: string } | undefined> {
  if (wanted.scope !== 'call') return undefined
  const { ground, advisedBy, reason } = wanted
  const why =
    ground === '' ? [] : [groundLabels[ground], advisedBy.trim() && `Advised by ${advisedBy.trim()}`]
  return {
    receiverName: await store.read((db) => receiverOf(db, wanted, [])),
    reason: [...why, reason.trim()].filter((part) => part !== '').join('. ')
  }
}

/** The sharing with an agency or body (domain 0.4). A person of the family is told of itself; a call is of no family. */
async function sharedWith(
  store: Store,
  { chosen, people, tally }: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): Promise<SharedRow | null> {
  if (wanted.receiver === 'person' || wanted.scope === 'call') return null
  const about = people.filter(({ keptId, isHere }) =>
    chosen.scope === 'child' ? keptId === chosen.personId : isHere
  )
  const ids = (about.length > 0 ? about : people).map(({ keptId }) => keptId)
  const draft = {
    ...sharingOf(wanted, ids),
    what: `${sharedWords(chosen, tally)}, as export ${wanted.reference}`
  }
  return store.read((db) => sharedRow(db, draft, actor))
}

/** `12 case notes`, `Chronology`: what is shared, on the record of the sharing. */
function sharedWords(chosen: Chosen, tally: ExportTally): string {
  const as = exportedAs(chosen)
  if (as !== 'case-notes' || tally.notes === null) return exportTitles[as]
  const { included } = tally.notes
  return `${included.toLocaleString('en-GB')} ${included === 1 ? 'case note' : 'case notes'}`
}
