import { createHash } from 'node:crypto'
import { pdfEntryName } from '../../shared/export/export.ts'
import type { Markup } from '../../shared/export/html.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { PrintedPage } from '../shell/print.ts'
import { canonicalItems, type CanonicalItems } from './canonicalItems.ts'
import {
  assessmentPages,
  cover,
  emptySection,
  entriesTable,
  entryRow,
  noteText,
  partPage,
  peopleTable,
  sectionHead,
  type MadePart
} from './caseNotesPage.ts'
import { exportedPeople } from './gather.ts'
import { partSays, partsOf, type PartOf } from './parts.ts'
import { subjectWords } from './summaryOf.ts'
import { giveWay } from './underWay.ts'
import { notesFrom, type Writing } from './writing.ts'
import type { ZipFile } from './zipFile.ts'

/** Entries of the chronology set in one turn. */
const CHUNK = 200

/**
 * Has the export printed in parts and puts each into the zip. The first is printed last, for its cover tells the hash of
 * everything that is included and of every other part: so all is read once, and one part at a time is held.
 *
 * @returns the SHA-256 of what is included
 */
export async function* writePdf(
  writing: Writing,
  zip: ZipFile
): AsyncGenerator<PrintedPage, string, Uint8Array> {
  const { gathered, known, mine } = writing
  const items = canonicalItems()
  items.begin(gathered.assessments)
  const all = partsOf(gathered.entries.length, gathered.noteIds.length)
  const parts = all.length
  const made: MadePart[] = []
  const nameOf = (part: number) =>
    pdfEntryName(known.reference, londonDate(known.exportedAt), { part, parts })

  async function* printed(
    part: number,
    body: readonly Markup[]
  ): AsyncGenerator<PrintedPage, string, Uint8Array> {
    isPrinting(writing, part, parts)
    const pdf = yield partPage(known, { part, parts }, body)
    isPrinting(writing, 0, parts)
    await giveWay(mine)
    await zip.add(nameOf(part), pdf, true)
    return createHash('sha256').update(pdf).digest('hex')
  }

  let first: Markup[] = []
  for (const [index, part] of all.entries()) {
    const body = await bodyOf(writing, items, part, index === 0)
    if (index === 0) {
      first = body
      continue
    }
    const sha256 = yield* printed(index + 1, body)
    made.push({ name: nameOf(index + 1), says: partSays(part), sha256 })
  }
  const people = exportedPeople(gathered)
  items.end(people, gathered.plans)
  const itemsSha256 = items.sha256()
  const index: MadePart[] =
    parts === 1 ? [] : [{ name: nameOf(1), says: partSays(all[0]!), sha256: '' }, ...made]
  yield* printed(1, [
    cover({ ...known, itemsSha256 }, subjectWords(gathered), index),
    peopleTable(people),
    assessmentPages(gathered.assessments, gathered.plans, known.sections, gathered.names),
    ...first
  ])
  return itemsSha256
}

function isPrinting({ mine }: Writing, part: number, parts: number): void {
  if (mine.progress.stage === 'running') mine.progress = { ...mine.progress, part, parts }
}

/** What a part holds of the chronology and of the notes. A section that is empty is printed in the first. */
async function bodyOf(
  writing: Writing,
  items: CanonicalItems,
  part: PartOf,
  isFirst: boolean
): Promise<Markup[]> {
  return [
    ...(await chronologyOf(writing, items, part.entries, isFirst)),
    ...(await notesOf(writing, items, part.notes, isFirst))
  ]
}

async function chronologyOf(
  { gathered: { entries }, known, mine }: Writing,
  items: CanonicalItems,
  { from, to }: PartOf['entries'],
  isFirst: boolean
): Promise<Markup[]> {
  if (entries.length === 0 && isFirst) return [emptySection('Chronology', known.sections.chronology !== null)]
  if (from === to) return []
  const rows: Markup[] = []
  for (let at = from; at < to; at += CHUNK) {
    const some = entries.slice(at, Math.min(to, at + CHUNK))
    items.entries(some)
    rows.push(...some.map(entryRow))
    await giveWay(mine)
  }
  return [sectionHead('Chronology', from > 0), entriesTable(rows)]
}

async function notesOf(
  writing: Writing,
  items: CanonicalItems,
  { from, to }: PartOf['notes'],
  isFirst: boolean
): Promise<Markup[]> {
  const { noteIds, names } = writing.gathered
  if (noteIds.length === 0 && isFirst) return [emptySection('Case notes', true)]
  if (from === to) return []
  const body: Markup[] = [sectionHead('Case notes', from > 0)]
  for await (const notes of notesFrom(writing, { from, to })) {
    items.notes(notes)
    body.push(...notes.map((note) => noteText(note, names)))
  }
  return body
}
