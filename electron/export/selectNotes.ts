import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { noteLeftOut, type Chosen } from '../../shared/export/leftOut.ts'
import { count, nothingCounted, type Counted, type Exclusion } from '../../shared/export/tally.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { NoteKind } from '../../shared/note/note.ts'
import { londonDate } from '../../shared/time/london.ts'

/** Notes looked at in one turn. */
const CHUNK = 500

export interface SelectedNotes {
  /** What happened first comes first. */
  ids: Id[]
  /** Why a note, or what was added to one, is left out: `undefined` where it goes. */
  fates: ReadonlyMap<Id, Exclusion | undefined>
  counted: Counted
}

/** Judges every case note of what was chosen. Whoever asks has been let into the family. */
export async function selectNotes(
  store: Store,
  chosen: Chosen,
  tellsWithheld: (...texts: string[]) => boolean,
  giveWay: () => Promise<void>
): Promise<SelectedNotes> {
  const ids: Id[] = []
  const fates = new Map<Id, Exclusion | undefined>()
  const counted = nothingCounted()
  for (let after = ''; ;) {
    const found = await store.read((db) => Promise.resolve(notesAfter(db, chosen, after)))
    for (const { id, happenedAt, kind, familyMaySee, isAboutOthers, texts, addenda } of found) {
      const why = noteLeftOut(
        {
          on: londonDate(happenedAt),
          kind,
          familyMaySee: familyMaySee === 1,
          isAboutOthers: isAboutOthers === 1,
          tellsWithheld: tellsWithheld(texts)
        },
        chosen
      )
      if (why === undefined) ids.push(id)
      for (const each of [id, ...(JSON.parse(addenda) as Id[])]) fates.set(each, why)
      count(counted, why)
    }
    const last = found.at(-1)
    if (!last) return { ids, fates, counted }
    after = `${last.happenedAt} ${last.id}`
    await giveWay()
  }
}

interface Found {
  id: Id
  happenedAt: Instant
  kind: NoteKind
  familyMaySee: 0 | 1
  isAboutOthers: 0 | 1
  /** Everything that was written in it and added to it, and what its files are called. */
  texts: string
  /** A JSON array of ids. */
  addenda: string
}

const notesAfter = (db: ReadDb, chosen: Chosen, after: string): Found[] =>
  db.all<Found>(sql`
    SELECT n.id, n.happened_at AS happenedAt, n.kind, n.family_may_see AS familyMaySee,
      ${isAbout(chosen.personId, sql.raw('<>'))} OR ${isAboutSomebodyElsewhere} AS isAboutOthers,
      n.words || char(10) || n.childs_voice || char(10) || n.present || char(10) || n.restricted_why || coalesce((
        SELECT group_concat(char(10) || x.words, '') FROM case_note x WHERE x.adds_to = n.id), '') || coalesce((
        SELECT group_concat(char(10) || f.name, '') FROM attachment f WHERE f.attached_to = 'note' AND f.attached_id IN (
          SELECT n.id UNION ALL SELECT x.id FROM case_note x WHERE x.adds_to = n.id)), '') AS texts,
      (SELECT json_group_array(x.id) FROM case_note x WHERE x.adds_to = n.id) AS addenda
    FROM case_note n
    WHERE n.adds_to = '' AND n.family_id = ${chosen.familyId} AND ${isOf(chosen)}
      AND (n.happened_at, n.id) > ${place(after)}
    ORDER BY n.happened_at, n.id LIMIT ${CHUNK}`)

function place(after: string): SQL {
  const [happenedAt = '', id = ''] = after.split(' ')
  return sql`(${happenedAt}, ${id})`
}

function isOf({ scope, episodeId, personId }: Chosen): SQL {
  switch (scope) {
    case 'assessment':
    case 'meeting':
    case 'step-up':
      return sql`n.episode_id = ${episodeId}`
    case 'child':
      return isAbout(personId, sql.raw('='))
    case 'family':
      return sql`1`
    case 'call':
      return sql`0`
  }
}

/** Of a note that was brought in: about somebody who is nobody here. */
const isAboutSomebodyElsewhere = sql`EXISTS (SELECT 1 FROM imported_origin o, json_each(o.others) x
  WHERE o.id = n.id AND json_extract(x.value, '$.isAbout'))`

/** L20: by the records that count, whichever the note was filed with. */
const isAbout = (personId: Id, compared: SQL): SQL => sql`EXISTS (
  SELECT 1 FROM case_note_person p JOIN person_index i ON i.person_id = p.person_id
  WHERE p.note_id = n.id AND p.is_about
    AND i.kept_id ${compared} coalesce((SELECT kept_id FROM person_index WHERE person_id = ${personId}), ''))`
