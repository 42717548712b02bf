import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { endings } from '../../shared/attachment/fileName.ts'
import type { AttachmentRow, MediaType } from '../../shared/attachment/attachment.ts'
import type { NoteOrigin } from '../../shared/caseImport/caseImport.ts'
import type { ExportedFile, ExportedNote } from '../../shared/export/caseNotesFile.ts'
import type { Chosen } from '../../shared/export/leftOut.ts'
import { count, nothingCounted, type Counted, type Exclusion } from '../../shared/export/tally.ts'
import type { Id } from '../../shared/ids.ts'
import type { NoteRow } from '../../shared/note/note.ts'
import { notesById } from '../note/listNotes.ts'

/** Ids asked for in one turn. */
const CHUNK = 1_000

/** The files on the notes of what was chosen; `null` where they were not asked for. */
export async function countFiles(
  store: Store,
  { files }: Chosen,
  fates: ReadonlyMap<Id, Exclusion | undefined>,
  giveWay: () => Promise<void>
): Promise<Counted | null> {
  if (!files) return null
  const counted = nothingCounted()
  const ids = [...fates.keys()]
  for (let at = 0; at < ids.length; at += CHUNK) {
    const on = await store.read((db) => Promise.resolve(notesWithFiles(db, ids.slice(at, at + CHUNK))))
    for (const { noteId } of on) count(counted, fates.get(noteId) === undefined ? undefined : 'note-left-out')
    await giveWay()
  }
  return counted
}

/** Each as often as it has files. */
const notesWithFiles = (db: ReadDb, ids: readonly Id[]): { noteId: Id }[] =>
  db.all(sql`SELECT f.attached_id AS noteId FROM json_each(${JSON.stringify(ids)}) each
    CROSS JOIN attachment f ON f.attached_id = each.value WHERE f.attached_to = 'note'`)

/**
 * Notes as an export tells them, numbered on from `before`. Whoever asks has judged them.
 *
 * @param withFiles whether their files go along, and have a place in the zip
 */
export function exportedNotes(
  db: ReadDb,
  ids: readonly Id[],
  before: number,
  withFiles: boolean
): ExportedNote[] {
  const notes = notesById(db, ids)
  const sha256 = hashesOf(db, notes)
  return notes.map((note, index) => asExported(note, before + index + 1, withFiles, sha256))
}

function hashesOf(db: ReadDb, notes: readonly NoteRow[]): ReadonlyMap<Id, string> {
  const ids = notes.flatMap(({ files, addenda }) =>
    [...files, ...addenda.flatMap((addendum) => addendum.files)].map(({ id }) => id)
  )
  const rows = db.all<{ id: Id; sha256: string }>(
    sql`SELECT id, sha256 FROM attachment WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
  )
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]))
}

function asExported(
  { familyId: _familyId, files, addenda, broughtIn, ...note }: NoteRow,
  number: number,
  withFiles: boolean,
  sha256: ReadonlyMap<Id, string>
): ExportedNote {
  let placed = 0
  const asFile = (file: AttachmentRow): ExportedFile => {
    placed += 1
    return {
      ...file,
      sha256: sha256.get(file.id) ?? '',
      entry: withFiles ? entryName(number, placed, file.mediaType) : ''
    }
  }
  return {
    number,
    ...note,
    ...(broughtIn && asItWas(note, broughtIn)),
    files: files.map(asFile),
    addenda: addenda.map((addendum) => ({ ...addendum, files: addendum.files.map(asFile) }))
  }
}

/** A note that was brought in is told as it was: of the assessment there, and of whoever is nobody here. */
const asItWas = (
  { aboutIds, presentIds }: Pick<NoteRow, 'aboutIds' | 'presentIds'>,
  { episodeId, episodeReference, others }: NoteOrigin
) => ({
  ...{ episodeId, episodeReference },
  aboutIds: [...aboutIds, ...others.filter(({ isAbout }) => isAbout).map(({ id }) => id)],
  presentIds: [...presentIds, ...others.filter(({ wasPresent }) => wasPresent).map(({ id }) => id)]
})

/** By the number of the note: what a file is called may name somebody. */
const entryName = (note: number, place: number, type: MediaType): string =>
  `files/${String(note).padStart(5, '0')}-${String(place)}.${endings[type][0] ?? ''}`

/** Every file of a note that has a place in the zip. */
export const filesOf = ({ files, addenda }: ExportedNote): ExportedFile[] =>
  [...files, ...addenda.flatMap((addendum) => addendum.files)].filter(({ entry }) => entry !== '')
