import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { inCalls, wordQueryOfCalls } from '../../db/search.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AttachmentRow } from '../../shared/attachment/attachment.ts'
import type { NoteOrigin } from '../../shared/caseImport/caseImport.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { NoteAddendum, NoteRow } from '../../shared/note/note.ts'
import { asBoolean } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'

const PAGE = 50

type Found = Omit<
  NoteRow,
  'aboutIds' | 'presentIds' | 'familyMaySee' | 'afterClosing' | 'addenda' | 'files' | 'broughtIn'
> & {
  familyMaySee: 0 | 1
  afterClosing: 0 | 1
  /** A JSON array of whom it names: the record that counts, is it about them, were they there. */
  people: string
  addenda: string
  files: string
  /** `NoteOrigin` as JSON; null of a note that was written here. */
  broughtIn: string | null
}

/**
 * The case notes of a family, or of one of its assessments, with what was added to each and their files: what happened last
 * comes first, 50 at a time. `after`: when the last note of the page before happened, and its id.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listNotes(
  db: ReadDb,
  query: Parsed<'note.list'>,
  actor: Actor
): Promise<Output<'note.list'>> {
  await mustOpen(db, query.familyId, actor)
  const words = wordQueryOfCalls(query.text)
  if (query.text.trim() !== '' && words === undefined) return { rows: [], next: '' }
  const found = notesWhere(
    db,
    sql`n.adds_to = '' AND ${isOf(query)} AND ${narrowed(query)}
      AND (${words ?? ''} = '' OR n.id IN (${idsWith(query, words)}))
      ${beyond(query.after)}
    ORDER BY n.happened_at DESC, n.id DESC LIMIT ${PAGE + 1}`
  )
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return { rows: shown, next: last ? `${last.happenedAt} ${last.id}` : '' }
}

/** The notes of these ids, what happened first comes first, for whoever has asked before whether they may be read. */
export const notesById = (db: ReadDb, ids: readonly Id[]): NoteRow[] =>
  notesWhere(
    db,
    // by their ids: the index of what adds to nothing has every note of the desk
    sql`+n.adds_to = '' AND n.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
    ORDER BY n.happened_at, n.id`
  )

/** @param where which notes, in which order */
const notesWhere = (db: ReadDb, where: SQL): NoteRow[] =>
  db
    .all<Found>(
      sql`
    SELECT n.id, n.family_id AS familyId, n.episode_id AS episodeId, coalesce(e.reference, '') AS episodeReference,
      n.kind, n.happened_at AS happenedAt, ${firstRecorded('n')} AS recordedAt, ${firstWriter('a')} AS byName, n.words,
      n.childs_voice AS childsVoice, n.present, n.family_may_see AS familyMaySee, n.restricted_why AS restrictedWhy,
      ${sql.raw(isAfterClosing('n'))} AS afterClosing, ${people} AS people, ${addenda} AS addenda, ${filesOf('n.id')} AS files,
      ${broughtIn} AS broughtIn
    FROM case_note n LEFT JOIN episode e ON e.id = n.episode_id LEFT JOIN account a ON a.id = n.created_by
      LEFT JOIN imported_origin o ON o.id = n.id
    WHERE ${where}`
    )
    .map(asNote)

type Query = Parsed<'note.list'>

const isOf = ({ familyId, episodeId }: Query): SQL =>
  episodeId === ''
    ? sql`n.family_id = ${familyId}`
    : sql`n.episode_id = ${episodeId} AND n.family_id = ${familyId}`

/** L20: a note about several people is a note of each of them, whichever of their records it was filed with. */
const narrowed = ({ noteId, kinds, personId }: Query): SQL => sql`
  (${noteId} = '' OR n.id = ${noteId})
  AND (${kinds.length} = 0 OR n.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)})))
  AND (${personId} = '' OR EXISTS (
    SELECT 1 FROM case_note_person p JOIN person_index i ON i.person_id = p.person_id
    WHERE p.note_id = n.id AND p.is_about AND i.kept_id = (SELECT kept_id FROM person_index WHERE person_id = ${personId})))`

const idsWith = ({ familyId, episodeId }: Query, words: string | undefined): SQL => sql`
  SELECT s.note_id FROM note_words w CROSS JOIN note_search s ON s.docid = w.rowid
  WHERE note_words MATCH ${inCalls(words, [[episodeId === '' ? familyId : episodeId]])}`

function beyond(after: string): SQL {
  if (after === '') return sql``
  const [happenedAt = '', id = ''] = after.split(' ')
  return sql`AND (n.happened_at, n.id) < (${happenedAt}, ${id})`
}

/** When it was recorded and by whom: of what was brought in, there. Its origin was joined as `o`. */
const firstRecorded = (row: string): SQL => sql.raw(`coalesce(o.at, ${row}.created_at)`)
const firstWriter = (account: string): SQL => sql.raw(`coalesce(o.by_name, ${account}.name, '')`)

/** Had the assessment been closed, and not been reopened, when this was recorded? Its origin was joined as `o`. */
const isAfterClosing = (
  note: string
): string => `coalesce(o.after_closing, EXISTS (SELECT 1 FROM episode_closure c
  WHERE c.episode_id = ${note}.episode_id AND c.created_at < ${note}.created_at
    AND NOT EXISTS (SELECT 1 FROM episode_reopening r
      WHERE r.closure_id = c.id AND r.created_at <= ${note}.created_at)))`

const people = sql`(SELECT json_group_array(json_array(i.kept_id, p.is_about, p.was_present) ORDER BY p.created_at, p.id)
  FROM case_note_person p JOIN person_index i ON i.person_id = p.person_id WHERE p.note_id = n.id)`

const filesOf = (note: string): SQL => sql`(SELECT json_group_array(json_object(
    'id', f.id, 'name', f.name, 'mediaType', f.media_type, 'size', f.size, 'at', ${firstRecorded('f')},
    'byName', ${firstWriter('b')}) ORDER BY ${firstRecorded('f')}, f.id)
  FROM attachment f LEFT JOIN account b ON b.id = f.created_by LEFT JOIN imported_origin o ON o.id = f.id
  WHERE f.attached_to = 'note' AND f.attached_id = ${sql.raw(note)})`

const addenda = sql`(SELECT json_group_array(json_object(
    'id', x.id, 'words', x.words, 'recordedAt', ${firstRecorded('x')}, 'byName', ${firstWriter('b')},
    'afterClosing', ${asBoolean(isAfterClosing('x'))}, 'files', json(${filesOf('x.id')}))
    ORDER BY ${firstRecorded('x')}, x.id)
  FROM case_note x LEFT JOIN account b ON b.id = x.created_by LEFT JOIN imported_origin o ON o.id = x.id
  WHERE x.adds_to = n.id)`

/** Where a note was brought in from, with the names that its export gives to whoever is nobody here. */
const broughtIn = sql`(SELECT json_object('at', n.created_at, 'reference', m.reference, 'episodeId', o.episode_id,
    'episodeReference', o.episode_reference, 'others', (SELECT json_group_array(json_object(
      'id', json_extract(x.value, '$.id'),
      'isAbout', json(iif(json_extract(x.value, '$.isAbout'), 'true', 'false')),
      'wasPresent', json(iif(json_extract(x.value, '$.wasPresent'), 'true', 'false')),
      'name', coalesce((SELECT json_extract(i.body, '$.name') FROM imported_item i
        WHERE i.family_id = n.family_id AND i.kind = 'person' AND i.import_id = o.import_id
          AND i.item_id = json_extract(x.value, '$.id')), '')) ORDER BY x.key)
      FROM json_each(o.others) x))
  FROM case_import m WHERE m.id = o.import_id)`

function asNote({ people: named, addenda: addedTo, files, broughtIn: from, ...row }: Found): NoteRow {
  const each = JSON.parse(named) as [keptId: Id, isAbout: 0 | 1, wasPresent: 0 | 1][]
  const those = (where: (person: (typeof each)[number]) => number) => [
    ...new Set(each.filter((person) => where(person) === 1).map(([keptId]) => keptId))
  ]
  return {
    ...row,
    familyMaySee: row.familyMaySee === 1,
    afterClosing: row.afterClosing === 1,
    aboutIds: those(([, isAbout]) => isAbout),
    presentIds: those(([, , wasPresent]) => wasPresent),
    addenda: JSON.parse(addedTo) as NoteAddendum[],
    files: JSON.parse(files) as AttachmentRow[],
    ...(from === null ? {} : { broughtIn: JSON.parse(from) as NoteOrigin })
  }
}
