import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { ExportedFile } from '../../shared/export/caseNotesFile.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { entrySaid } from '../../shared/words/chronology.ts'
import type { Names } from '../../shared/words/facts.ts'
import { entriesById } from '../family/listChronology.ts'
import type { Teller } from './tellers.ts'

/** Entries of the chronology, a file with the file itself. What is withheld says that it is, and no more, whoever asks. */
export const toldEntries: Teller = ({ db, subject: { keptId, withheld, names }, actor }, refs) => {
  const ids = refs.map(({ id }) => id)
  const files = new Map(filesById(db, ids).map((file) => [file.id, file]))
  return Promise.resolve([
    ...entriesById(db, ids, keptId, withheld, actor).map((row) => toldEntry(row, names, files.get(row.id))),
    ...exportsById(db, ids).map((row) => toldExport(row, names))
  ])
}

function toldEntry(row: ChronologyRow, names: Names, file: ExportedFile | undefined): ToldRecord {
  const { who, what, details } = entrySaid(row, names)
  return {
    ...{ id: row.id, kind: 'entry', reference: '', title: 'Entry of the chronology' },
    ...{ on: row.on, recordedAt: row.recordedAt, byName: row.byName },
    texts: [
      { path: 'who', label: 'About', text: who },
      { path: 'what', label: 'What happened', text: what },
      ...details.map((text, index) => ({ path: `details.${String(index)}`, label: 'What was written', text }))
    ],
    files: file ? [file] : []
  }
}

/** Files on what is told as an entry, as an agreement is: an entry of a file goes by its id. */
const filesById = (db: ReadDb, ids: readonly Id[]): ExportedFile[] =>
  db.all<ExportedFile>(
    sql`SELECT f.id, f.name, f.media_type AS mediaType, f.size, f.sha256, f.created_at AS at,
      coalesce(a.name, '') AS byName, '' AS entry
    FROM json_each(${JSON.stringify(ids)}) each CROSS JOIN attachment f ON f.id = each.value
    LEFT JOIN account a ON a.id = f.created_by`
  )

interface Exported {
  id: Id
  at: Instant
  byName: string
  reference: string
  purpose: string
  receiverId: Id
  receiverName: string
}

/** Files that were saved of the family for somebody who is no agency: the list of what was shared does not tell them. */
const exportsById = (db: ReadDb, ids: readonly Id[]): Exported[] =>
  db.all<Exported>(
    sql`SELECT x.id, x.created_at AS at, coalesce(a.name, '') AS byName, x.reference, x.purpose,
      x.receiver_id AS receiverId, x.receiver_name AS receiverName
    FROM json_each(${JSON.stringify(ids)}) each CROSS JOIN case_export x ON x.id = each.value
    LEFT JOIN account a ON a.id = x.created_by`
  )

const toldExport = (
  { id, at, byName, reference, purpose, receiverId, receiverName }: Exported,
  names: Names
): ToldRecord => ({
  ...{ id, kind: 'entry', reference, title: 'Export', on: londonDate(at), recordedAt: at, byName },
  texts: [
    { path: 'for', label: 'For', text: receiverId === '' ? receiverName : names.person(receiverId) },
    { path: 'purpose', label: 'Purpose', text: purpose }
  ],
  files: []
})
