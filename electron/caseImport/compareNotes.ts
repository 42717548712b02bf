import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { attachment, caseNote } from '../../db/schema/index.ts'
import { keptName } from '../../shared/attachment/fileName.ts'
import { filesOn } from '../../shared/caseImport/problems.ts'
import type { ExportedNote } from '../../shared/export/caseNotesFile.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { idsOf } from './readCaseNotes.ts'

/**
 * What becomes of a note of the file: it is new, something of it is (an addition, a file), all of it is here, or something
 * else goes by one of its ids. Where that is, nobody is told: they may not know of it.
 */
export type NoteFate = 'new' | 'added-to' | 'known' | 'clashing'

export interface ComparedNote {
  note: ExportedNote
  fate: NoteFate
  /** Of the note, what was added to it and its files: what is not here yet. */
  missing: ReadonlySet<Id>
}

type Row = Pick<
  typeof caseNote.$inferSelect,
  'id' | 'familyId' | 'addsTo' | 'kind' | 'happenedAt' | 'words' | 'childsVoice' | 'present' | 'restrictedWhy'
> & { familyMaySee: 0 | 1; recordedAt: Instant }
type FileRow = Pick<
  typeof attachment.$inferSelect,
  'id' | 'familyId' | 'attachedTo' | 'attachedId' | 'name' | 'sha256'
>

interface Here {
  notes: ReadonlyMap<Id, Row>
  files: ReadonlyMap<Id, FileRow>
  /** Ids by which something else goes: a form that is being typed, or another entry of a chronology. */
  others: ReadonlySet<Id>
}

/** Holds notes of a file against the record, in the family that they are brought into. */
export function compareNotes(db: ReadDb, familyId: Id, notes: readonly ExportedNote[]): ComparedNote[] {
  const here = hereOf(db, notes.flatMap(idsOf))
  return notes.map((note) => compared(note, familyId, here))
}

function hereOf(db: ReadDb, ids: readonly Id[]): Here {
  const these = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  const notes = db.all<Row>(sql`SELECT n.id, n.family_id AS familyId, n.adds_to AS addsTo, n.kind,
      n.happened_at AS happenedAt, n.words, n.childs_voice AS childsVoice, n.present,
      n.restricted_why AS restrictedWhy, n.family_may_see AS familyMaySee, coalesce(o.at, n.created_at) AS recordedAt
    FROM case_note n LEFT JOIN imported_origin o ON o.id = n.id WHERE n.id IN ${these}`)
  const files = db.all<FileRow>(sql`SELECT id, family_id AS familyId, attached_to AS attachedTo,
    attached_id AS attachedId, name, sha256 FROM attachment WHERE id IN ${these}`)
  const others = db.all<{ id: Id }>(sql`SELECT id FROM form_draft WHERE id IN ${these}
    UNION SELECT id FROM chronology WHERE id IN ${these} AND kind <> 'file'`)
  return {
    notes: new Map(notes.map((row) => [row.id, row])),
    files: new Map(files.map((row) => [row.id, row])),
    others: new Set(others.map(({ id }) => id))
  }
}

function compared(note: ExportedNote, familyId: Id, here: Here): ComparedNote {
  const parts = [
    { id: note.id, state: stateOfNote(note, familyId, here) },
    ...note.addenda.map((addendum) => ({
      id: addendum.id,
      state: stateOfAddendum(addendum, note.id, familyId, here)
    })),
    ...filesOn(note).map(({ onId, file }) => ({
      id: file.id,
      state: stateOfFile(file, onId, familyId, here)
    }))
  ]
  const missing = new Set(parts.filter(({ state }) => state === 'new').map(({ id }) => id))
  const isHere = !missing.has(note.id)
  const isClashing = parts.some(({ state }) => state === 'clashing')
  // of a note that is not here nothing else can be
  const isTorn = !isHere && parts.some(({ state }) => state === 'known')
  const fate = isClashing || isTorn ? 'clashing' : !isHere ? 'new' : missing.size > 0 ? 'added-to' : 'known'
  return { note, fate, missing }
}

/** `elsewhere`: a file that was not in the zip, and is not here either: there is nothing to store. */
type State = 'new' | 'known' | 'clashing' | 'elsewhere'

const isNone = (id: Id, { notes, files, others }: Here): boolean =>
  !notes.has(id) && !files.has(id) && !others.has(id)

function stateOfNote(note: ExportedNote, familyId: Id, here: Here): State {
  const row = here.notes.get(note.id)
  if (!row) return isNone(note.id, here) ? 'new' : 'clashing'
  const isSame =
    row.familyId === familyId &&
    row.addsTo === '' &&
    row.kind === note.kind &&
    row.happenedAt === note.happenedAt &&
    row.recordedAt === note.recordedAt &&
    row.words === note.words &&
    row.childsVoice === note.childsVoice &&
    row.present === note.present &&
    row.restrictedWhy === note.restrictedWhy &&
    (row.familyMaySee === 1) === note.familyMaySee
  return isSame ? 'known' : 'clashing'
}

function stateOfAddendum(
  { id, words, recordedAt }: ExportedNote['addenda'][number],
  noteId: Id,
  familyId: Id,
  here: Here
): State {
  const row = here.notes.get(id)
  if (!row) return isNone(id, here) ? 'new' : 'clashing'
  const isSame =
    row.familyId === familyId && row.addsTo === noteId && row.words === words && row.recordedAt === recordedAt
  return isSame ? 'known' : 'clashing'
}

function stateOfFile(
  { id, name, sha256, entry }: ExportedNote['files'][number],
  onId: Id,
  familyId: Id,
  here: Here
): State {
  const row = here.files.get(id)
  if (!row) return !isNone(id, here) ? 'clashing' : entry === '' ? 'elsewhere' : 'new'
  const isSame =
    row.familyId === familyId &&
    row.attachedTo === 'note' &&
    row.attachedId === onId &&
    row.name === keptName(name) &&
    row.sha256 === sha256
  return isSame ? 'known' : 'clashing'
}
