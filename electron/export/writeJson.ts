import { canonicalJson } from '../../shared/export/canonical.ts'
import { canonicalItems } from './canonicalItems.ts'
import { exportedPeople } from './gather.ts'
import { notesFrom, type Writing } from './writing.ts'
import type { ZipFile } from './zipFile.ts'

/**
 * Writes what is included and what the export is as canonical JSON (docs/schemas/case-notes-1.json), a piece at a time.
 *
 * @returns the SHA-256 of what is included
 */
export async function writeJson(writing: Writing, zip: ZipFile, entry: string): Promise<string> {
  const items = canonicalItems()
  let sha256 = ''
  async function* json(): AsyncGenerator<Buffer> {
    const { assessments, plans, records, entries, noteIds } = writing.gathered
    yield Buffer.from(`{"items":${items.begin(assessments)}${items.entries(entries)}`)
    for await (const notes of notesFrom(writing, { from: 0, to: noteIds.length }))
      yield Buffer.from(items.notes(notes))
    const end = items.end(exportedPeople(writing.gathered), plans, records)
    sha256 = items.sha256()
    yield Buffer.from(`${end},"summary":${canonicalJson({ ...writing.known, itemsSha256: sha256 })}}\n`)
  }
  await zip.add(entry, json(), false)
  return sha256
}
