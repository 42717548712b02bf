import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { inCalls, wordQueryOfCalls } from '../../db/search.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { beginningOf, excerptOf, searchedWords, type Typed } from '../../shared/call/excerpt.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { FoundNote, NotePart } from '../../shared/note/note.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, knownFamilies, standingFor, type Standing } from '../family/readableFamily.ts'

const PAGE = 50
/** How many notes with the words are looked at for one page, whoever may read them. */
const LOOKED_AT = 1_000

/** The place of a note that has the words, and how far its family is open. */
type Hit = Standing & { place: number }

/**
 * Case notes with some words among all that this person may read: what happened last comes first, 50 at a time. Of a family
 * that is not open to them nothing is told, not even that there is a note. `next`: where the next page goes on; of somebody
 * who may read few of the notes that have the words, a page may hold fewer than 50, or none, and have a next.
 */
export async function searchNotes(
  db: ReadDb,
  { text, after }: Parsed<'note.search'>,
  actor: Actor
): Promise<Output<'note.search'>> {
  const words = wordQueryOfCalls(text)
  if (words === undefined) return { rows: [], next: '' }
  const { open, next } = openHits(db, { match: inCalls(words, []), after }, actor)
  return { rows: notesAt(db, open, searchedWords(text), actor), next }
}

interface Looked {
  match: string
  /** Places before this one. */
  before: number
}

/** Places of notes that are open to this person, the newest first, and where to go on: '' where all were looked at. */
function openHits(
  db: ReadDb,
  { match, after }: { match: string; after: string },
  actor: Actor
): { open: number[]; next: string } {
  const looked = { match, before: after === '' ? Number.MAX_SAFE_INTEGER : Number(after) }
  const hits = hitsOf(db, looked, actor)
  const shown = hits.slice(0, PAGE)
  return {
    open: shown.filter((hit) => isOpenTo(actor, hit)).map(({ place }) => place),
    next: hits.length > PAGE ? String(shown.at(-1)?.place) : lastLookedAt(db, looked)
  }
}

/**
 * A page and one more of those that this person may read, among the notes that are looked at. In one question: a part of a
 * word takes longer to begin with than to go on. CROSS JOIN: from the words on. SQLite would begin with every family of the
 * county.
 */
const hitsOf = (db: ReadDb, { match, before }: Looked, actor: Actor): Hit[] =>
  db
    .all<Hit>(
      sql`SELECT w.place, ${standingFor(actor)}
      FROM (SELECT rowid AS place FROM note_words WHERE note_words MATCH ${match} AND rowid < ${before}
          ORDER BY rowid DESC LIMIT ${LOOKED_AT}) w
        CROSS JOIN note_search s ON s.docid = w.place
        CROSS JOIN family_index ON family_index.family_id = s.family_id
      WHERE ${knownFamilies(actor) ?? sql`1`} AND (named = '' OR instr(named, ${actor.id}) > 0 OR wasGivenReason)
      LIMIT ${PAGE + 1}`
    )
    .toSorted((a, b) => b.place - a.place)

/** The place of the last note that is looked at for one page; '' where fewer have the words. */
function lastLookedAt(db: ReadDb, { match, before }: Looked): string {
  const last = db.get<{ place: number } | undefined>(sql`SELECT rowid AS place FROM note_words
    WHERE note_words MATCH ${match} AND rowid < ${before} ORDER BY rowid DESC LIMIT 1 OFFSET ${LOOKED_AT - 1}`)
  return last ? String(last.place) : ''
}

/** Where the words stand. A name without its apostrophe is found and stands nowhere: then how the note begins. */
function shownOf(texts: readonly Typed<NotePart>[], words: readonly string[]): FoundNote['excerpt'] {
  const excerpt = excerptOf(texts, words)
  const [begins] = texts
  return excerpt.pieces.length > 0 || !begins ? excerpt : beginningOf(begins)
}

type Told = Omit<FoundNote, 'familyMaySee' | 'excerpt'> & {
  familyMaySee: 0 | 1
  words: string
  childsVoice: string
  present: string
  restrictedWhy: string
  /** A JSON array of what was added to it. */
  addenda: string
}

function notesAt(db: ReadDb, places: readonly number[], words: readonly string[], actor: Actor): FoundNote[] {
  return db
    .all<Told>(
      sql`SELECT n.id, n.family_id AS familyId, n.episode_id AS episodeId, coalesce(e.reference, '') AS episodeReference,
        ${childNames(sql`n.family_id`, londonDate(actor.now))} AS childNames, n.kind, n.happened_at AS happenedAt,
        coalesce(o.by_name, a.name, '') AS byName, n.family_may_see AS familyMaySee, n.words, n.childs_voice AS childsVoice,
        n.present, n.restricted_why AS restrictedWhy,
        (SELECT json_group_array(x.words ORDER BY x.created_at, x.id) FROM case_note x WHERE x.adds_to = n.id) AS addenda
      FROM json_each(${JSON.stringify(places)}) place CROSS JOIN note_search s ON s.docid = place.value
        CROSS JOIN case_note n ON n.id = s.note_id
        LEFT JOIN episode e ON e.id = n.episode_id LEFT JOIN account a ON a.id = n.created_by
        LEFT JOIN imported_origin o ON o.id = n.id
      ORDER BY s.docid DESC`
    )
    .map(({ words: text, childsVoice, present, restrictedWhy, addenda, ...row }) => {
      const texts: Typed<NotePart>[] = [
        { part: 'words', text },
        { part: 'childs-voice', text: childsVoice },
        ...(JSON.parse(addenda) as string[]).map((each) => ({ part: 'addendum' as const, text: each })),
        { part: 'present', text: present },
        { part: 'restricted-why', text: restrictedWhy }
      ]
      return { ...row, familyMaySee: row.familyMaySee === 1, excerpt: shownOf(texts, words) }
    })
}
