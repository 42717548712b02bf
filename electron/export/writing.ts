import type { Store } from '../../db/store.ts'
import type { ExportedFile, ExportedNote, ExportSummary } from '../../shared/export/caseNotesFile.ts'
import { exportedNotes, filesOf } from './exportedNotes.ts'
import type { Gathered } from './gather.ts'
import { giveWay, type Exporting } from './underWay.ts'

/** Notes read in one turn. */
const CHUNK = 200

/** An export while its content is written. */
export interface Writing {
  store: Store
  mine: Omit<Exporting, 'steps'>
  gathered: Gathered
  /** What the export is, but for the hash of what it includes, which is known last. */
  known: Omit<ExportSummary, 'itemsSha256'>
  /** The files of the notes that were read so far. */
  files: ExportedFile[]
}

/** The included notes from a place on, some at a time; how far it has come is told. */
export async function* notesFrom(
  { store, mine, gathered: { noteIds, chosen }, files }: Writing,
  { from, to }: { from: number; to: number }
): AsyncGenerator<ExportedNote[]> {
  for (let at = from; at < to; at += CHUNK) {
    const ids = noteIds.slice(at, Math.min(to, at + CHUNK))
    const notes = await store.read((db) => Promise.resolve(exportedNotes(db, ids, at, chosen.files)))
    files.push(...notes.flatMap(filesOf))
    yield notes
    if (mine.progress.stage === 'running') mine.progress = { ...mine.progress, done: at + notes.length }
    await giveWay(mine)
  }
}
