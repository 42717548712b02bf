import { eq } from 'drizzle-orm'
import { inserting, oncePerConnection } from '../../db/prepared.ts'
import type { Tx } from '../../db/open.ts'
import { attachment, caseNote, caseNotePerson, importedOrigin } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { keptName } from '../../shared/attachment/fileName.ts'
import type { OtherPerson } from '../../shared/caseImport/caseImport.ts'
import { filesOn, peopleOf } from '../../shared/caseImport/problems.ts'
import type { ExportedNote } from '../../shared/export/caseNotesFile.ts'
import { naturalIdBeside, type Id } from '../../shared/ids.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy, type Written } from '../family/written.ts'
import { compareNotes, type ComparedNote } from './compareNotes.ts'

/** Where the notes of a file go. */
export interface Bringing {
  importId: Id
  familyId: Id
  episodeId: Id
  /** Who of the file is who here; whoever is not among them is nobody here. */
  here: ReadonlyMap<Id, Id>
}

export interface StoredNotes {
  /** Notes that are new or had something added. */
  notes: number
  /** Files that have their row by now. */
  fileIds: Id[]
  /** Notes in whose way something else stands by now. */
  skipped: number
}

const inserts = oncePerConnection((tx: Tx) => ({
  note: inserting(tx, caseNote),
  person: inserting(tx, caseNotePerson),
  origin: inserting(tx, importedOrigin),
  file: inserting(tx, attachment)
}))

/**
 * Stores notes of a file, each whole with its people, what was added to it and its files, which lie sealed in their places
 * by now. They are held against the record once more: what somebody did since they were read counts.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function storeNotes(
  tx: Tx,
  notes: readonly ExportedNote[],
  sealed: ReadonlySet<Id>,
  bringing: Bringing,
  actor: Actor
): Promise<StoredNotes> {
  const { hubId } = await mustOpen(tx, bringing.familyId, actor)
  const written = writtenBy(actor, hubId)
  const stored: StoredNotes = { notes: 0, fileIds: [], skipped: 0 }
  for (const compared of compareNotes(tx, bringing.familyId, notes)) {
    const isReady = filesMissing(compared).every((id) => sealed.has(id))
    if (compared.fate === 'known') continue
    if (compared.fate === 'clashing' || !isReady) stored.skipped += 1
    else {
      stored.fileIds.push(...(await storeNote(tx, compared, bringing, written)))
      stored.notes += 1
    }
  }
  return stored
}

/** Files of a note that are in the zip and not here. */
export const filesMissing = ({ note, missing }: ComparedNote): Id[] =>
  filesOn(note).flatMap(({ file: { id } }) => (missing.has(id) ? [id] : []))

/** @returns the ids of the files that have their row with it */
async function storeNote(
  tx: Tx,
  { note, missing }: ComparedNote,
  bringing: Bringing,
  written: Written
): Promise<Id[]> {
  const insert = inserts(tx)
  const { familyId, importId } = bringing
  const { kind, happenedAt, familyMaySee, episodeId, episodeReference } = note
  // an addition is of the assessment here that its note is of (R54)
  const standsIn = missing.has(note.id) ? bringing.episodeId : await episodeOf(tx, note.id)
  const ofNote = { ...written, ...{ familyId, episodeId: standsIn, kind, familyMaySee } }
  const from = { ...written, ...{ importId, episodeId, episodeReference } }
  if (missing.has(note.id)) {
    const { id, words, childsVoice, present, restrictedWhy, recordedAt: at, byName, afterClosing } = note
    // before what it explains: the chronology tells of a file on the day that its origin names
    const others = JSON.stringify(othersIn(note, bringing))
    await insert.origin({ ...from, ...{ id, at, byName, afterClosing, others } })
    await insert.note({
      ...ofNote,
      ...{ id, addsTo: '', happenedAt, words, childsVoice, present, restrictedWhy }
    })
    for (const person of peopleHere(note, bringing)) await insert.person({ ...written, ...person })
  }
  for (const { id, words, recordedAt: at, byName, afterClosing } of note.addenda) {
    if (!missing.has(id)) continue
    await insert.origin({ ...from, ...{ id, at, byName, afterClosing, others: '[]' } })
    await insert.note({
      ...ofNote,
      ...{ id, addsTo: note.id, happenedAt: at, words, childsVoice: '', present: '', restrictedWhy: '' }
    })
  }
  const files = filesOn(note).filter(({ file }) => missing.has(file.id))
  for (const { onId, file } of files) {
    const { id, at, byName, name, mediaType, size, sha256 } = file
    const noEpisode = { episodeId: '', episodeReference: '', afterClosing: false, others: '[]' }
    await insert.origin({ ...written, ...noEpisode, ...{ importId, id, at, byName } })
    await insert.file({
      ...{ ...written, id, familyId, attachedTo: 'note', attachedId: onId },
      ...{ name: keptName(name), mediaType, size, sha256 }
    })
  }
  return files.map(({ file }) => file.id)
}

async function episodeOf(tx: Tx, noteId: Id): Promise<Id> {
  const [row] = await tx
    .select({ episodeId: caseNote.episodeId })
    .from(caseNote)
    .where(eq(caseNote.id, noteId))
  if (!row) throw new Error('A note that was here a moment ago is gone')
  return row.episodeId
}

/** Two of the file may be one here. */
function peopleHere(note: ExportedNote, { here }: Bringing) {
  const isIn = (ids: readonly Id[], personId: Id) => ids.some((id) => here.get(id) === personId)
  const known = new Set(peopleOf(note).flatMap((id) => here.get(id) ?? []))
  return [...known].map((personId) => ({
    id: naturalIdBeside(note.id, 'note-person', personId),
    noteId: note.id,
    personId,
    isAbout: isIn(note.aboutIds, personId),
    wasPresent: isIn(note.presentIds, personId)
  }))
}

const othersIn = (note: ExportedNote, { here }: Bringing): OtherPerson[] =>
  peopleOf(note)
    .filter((id) => !here.has(id))
    .map((id) => ({ id, isAbout: note.aboutIds.includes(id), wasPresent: note.presentIds.includes(id) }))
