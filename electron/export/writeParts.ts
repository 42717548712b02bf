import { createHash } from 'node:crypto'
import { partEntryName } from '../../shared/export/export.ts'
import { londonDate } from '../../shared/time/london.ts'
import { asPage } from './asPage.ts'
import type { Block, PaperPart } from './blocks.ts'
import { canonicalItems, type CanonicalItems } from './canonicalItems.ts'
import {
  assessmentText,
  cover,
  emptySection,
  entriesTable,
  entryRow,
  noteText,
  paperPart,
  peopleTable,
  recordsText,
  sectionHead,
  summaryAs,
  type MadePart
} from './caseNotesText.ts'
import { exportedPeople } from './gather.ts'
import { partSays, partsOf, type PartOf } from './parts.ts'
import { giveWay, type ToMake } from './underWay.ts'
import { notesFrom, type Writing } from './writing.ts'
import type { ZipFile } from './zipFile.ts'

/** Entries of the chronology set in one turn. */
const CHUNK = 200

/** Formats that are read on paper: what main is asked to make of a part. */
const asked: Record<'pdf' | 'docx', (part: PaperPart) => ToMake> = {
  pdf: (part) => ({ print: asPage(part) }),
  docx: (part) => ({ word: part })
}

/**
 * Has the export made in parts and puts each into the zip. The first is made last, for its cover tells the hash of
 * everything that is included and of every other part: so all is read once, and one part at a time is held.
 *
 * @returns the SHA-256 of what is included
 */
export async function* writeParts(
  writing: Writing,
  zip: ZipFile,
  format: keyof typeof asked
): AsyncGenerator<ToMake, string, Uint8Array> {
  const { gathered, known, mine } = writing
  const items = canonicalItems()
  items.begin(gathered.assessments)
  const all = await partsOf(writing.store, gathered, () => giveWay(mine))
  const parts = all.length
  const others: MadePart[] = []
  const nameOf = (part: number) =>
    partEntryName(known.reference, londonDate(known.exportedAt), { part, parts }, format, summaryAs(known))

  async function* made(part: number, blocks: readonly Block[]): AsyncGenerator<ToMake, string, Uint8Array> {
    isMaking(writing, part, parts)
    const file = yield asked[format](paperPart(known, { part, parts }, blocks))
    isMaking(writing, 0, parts)
    await giveWay(mine)
    await zip.add(nameOf(part), file, true)
    return createHash('sha256').update(file).digest('hex')
  }

  let first: Block[] = []
  for (const [index, part] of all.entries()) {
    const body = await bodyOf(writing, items, part, index === 0)
    if (index === 0) {
      first = body
      continue
    }
    const sha256 = yield* made(index + 1, body)
    others.push({ name: nameOf(index + 1), says: partSays(part), sha256 })
  }
  const people = exportedPeople(gathered)
  items.end(people, gathered.plans, gathered.records)
  const itemsSha256 = items.sha256()
  const index: MadePart[] =
    parts === 1 ? [] : [{ name: nameOf(1), says: partSays(all[0]!), sha256: '' }, ...others]
  yield* made(1, [
    ...cover({ ...known, itemsSha256 }, gathered.of, index),
    ...recordsText(gathered.records, known.sections),
    ...(known.scope === 'call' ? [] : peopleTable(people)),
    ...assessmentText(gathered.assessments, gathered.plans, known, gathered.names),
    ...first
  ])
  return itemsSha256
}

function isMaking({ mine }: Writing, part: number, parts: number): void {
  if (mine.progress.stage === 'running') mine.progress = { ...mine.progress, part, parts }
}

/** What a part holds of the chronology and of the notes. A section that is empty stands in the first. */
async function bodyOf(
  writing: Writing,
  items: CanonicalItems,
  part: PartOf,
  isFirst: boolean
): Promise<Block[]> {
  if (writing.known.scope === 'call') return []
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
): Promise<Block[]> {
  if (entries.length === 0 && isFirst) return emptySection('Chronology', known.sections.chronology !== null)
  if (from === to) return []
  const rows: ReturnType<typeof entryRow>[] = []
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
): Promise<Block[]> {
  const { known } = writing
  const { noteIds, names } = writing.gathered
  if (noteIds.length === 0 && isFirst) return emptySection('Case notes', known.sections.notes !== null)
  if (from === to) return []
  const body: Block[] = [sectionHead('Case notes', from > 0)]
  for await (const notes of notesFrom(writing, { from, to })) {
    items.notes(notes)
    body.push(...notes.flatMap((note) => noteText(note, names)))
  }
  return body
}
