import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { ExportedEntry } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import type { Gathered } from './gather.ts'

/** Notes and entries of the chronology in one print or Word document: printed, 20,000 at once take 1.3 GB and half a minute (decisions 9). */
export const PART = 2_000

/** And characters, but for a note that alone has more: what a print takes grows with the square of its pages. */
export const PART_TEXT = 1_500_000

/** Notes measured in one turn. */
const CHUNK = 1_000

/** What a part holds: so many entries of the chronology, then so many notes, each from a place on. */
export interface PartOf {
  entries: { from: number; to: number }
  notes: { from: number; to: number }
}

/** The parts of an export: how long the notes are is asked of the record, some at a time. */
export async function partsOf(
  store: Store,
  { entries, noteIds }: Pick<Gathered, 'entries' | 'noteIds'>,
  giveWay: () => Promise<void>
): Promise<PartOf[]> {
  const notes: number[] = []
  for (let at = 0; at < noteIds.length; at += CHUNK) {
    const some = noteIds.slice(at, at + CHUNK)
    notes.push(...(await store.read((db) => Promise.resolve(lengthsOf(db, some)))))
    await giveWay()
  }
  return divided(entries.map(lengthOf), notes)
}

const lengthOf = ({ what, details }: ExportedEntry): number =>
  details.reduce((sum, each) => sum + each.length, what.length)

/** Of what was written in each note and added to it. */
const lengthsOf = (db: ReadDb, ids: readonly Id[]): number[] =>
  db
    .all<{ length: number }>(
      sql`SELECT length(n.words) + length(n.childs_voice) + coalesce((
          SELECT sum(length(x.words)) FROM case_note x WHERE x.adds_to = n.id), 0) AS length
        FROM json_each(${JSON.stringify(ids)}) each CROSS JOIN case_note n ON n.id = each.value ORDER BY each.key`
    )
    .map(({ length }) => length)

/**
 * The chronology and then the notes, in parts of 2,000 and of 1.5 million characters at most; one part where there is nothing
 * at all.
 *
 * @param entries how many characters each entry of the chronology has, in their order
 * @param notes and each note
 */
export function divided(entries: readonly number[], notes: readonly number[]): PartOf[] {
  const all = entries.length + notes.length
  const begins = beginsOf([...entries, ...notes])
  return begins.map((from, index) => {
    const to = begins[index + 1] ?? all
    return {
      entries: { from: Math.min(from, entries.length), to: Math.min(to, entries.length) },
      notes: { from: Math.max(0, from - entries.length), to: Math.max(0, to - entries.length) }
    }
  })
}

/** Where each part begins. */
function beginsOf(lengths: readonly number[]): number[] {
  const begins = [0]
  let [held, text] = [0, 0]
  for (const [place, length] of lengths.entries()) {
    if (held === PART || (held > 0 && text + length > PART_TEXT)) {
      begins.push(place)
      ;[held, text] = [0, 0]
    }
    held += 1
    text += length
  }
  return begins
}

/** `Chronology 1 to 1,200, case notes 1 to 800` */
export function partSays({ entries, notes }: PartOf): string {
  const said = (what: string, { from, to }: { from: number; to: number }) =>
    from === to ? '' : `${what} ${(from + 1).toLocaleString('en-GB')} to ${to.toLocaleString('en-GB')}`
  const parts = [said('chronology', entries), said('case notes', notes)].filter((part) => part !== '')
  const words = parts.join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
