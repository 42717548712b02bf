import { createHash, type Hash } from 'node:crypto'
import type { z } from 'zod'
import { LARGEST_FILE } from '../../shared/attachment/attachment.ts'
import { keptName } from '../../shared/attachment/fileName.ts'
import type { CaseImportProblem } from '../../shared/caseImport/caseImport.ts'
import {
  filesOn,
  problemsInNote,
  shapeProblem,
  type PlacedProblem
} from '../../shared/caseImport/problems.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import {
  CASE_NOTES_VERSION,
  caseNotesFile,
  type ExportedFile,
  type ExportedNote
} from '../../shared/export/caseNotesFile.ts'
import { Refusal } from '../../shared/errors.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { NotJson, readLists } from '../../shared/import/json.ts'
import { contentCheck, typeOf } from '../attachment/fileContent.ts'
import { takeTurns } from '../import/turns.ts'
import type { CaseNotesZip } from './caseNotesZip.ts'
import { NotCaseNotes } from './notCaseNotes.ts'

type CaseNotes = z.output<typeof caseNotesFile>
type Items = CaseNotes['items']
type ListName = keyof Items

/** What an export says, proved to be what was exported. */
export type CaseNotesRead = CaseNotes

export interface Reading {
  /** What opens the zip; '' where nothing does. */
  passphrase: string
  now: Instant
  signal: AbortSignal
  progress: (of: 'notes' | 'files', done: number, total: number) => void
}

const NOT_AS_WRITTEN =
  'This file is not as a desk writes it. Ask whoever sent it to export the case notes again.'

/** Of one item: a plan of many years has thousands. */
const MOST_VALUES = 200_000
/** A whole record has fewer; each is looked at in a turn of its own. */
const MOST_ITEMS = 200_000
/** After so many there is no use in looking on. */
const MOST_PROBLEMS = 1_000

const lists = caseNotesFile.shape.items.shape
/** In the order of canonical JSON. */
const listNames = (Object.keys(lists) as ListName[]).toSorted()

/**
 * Reads the JSON of an export in turns with the thread's other work and proves that it is whole: its shape, that no id is
 * there twice, the hash of its items and, last, each file. It comes in whole or not at all.
 *
 * @throws NotCaseNotes, WrongWords, and the signal's reason
 */
export async function readCaseNotes(zip: CaseNotesZip, reading: Reading): Promise<CaseNotesRead> {
  reading.progress('notes', 0, 0)
  const text = await zip.json(reading.passphrase, reading.signal)
  const read = await parsed(text, reading)
  mustBeWhole(read)
  await proveFiles(zip, read.items.notes, reading)
  return read
}

async function parsed(text: string, { now, signal, progress }: Reading): Promise<CaseNotes> {
  const items = emptyItems()
  const hashes = new Map(listNames.map((name) => [name, listHash()]))
  const seen = Object.fromEntries(listNames.map((name) => [name, 0])) as Record<ListName, number>
  const problems = collected()
  const others = takeTurns(signal)
  const reader = readLists(
    text,
    listNames.map((name) => `items.${name}`),
    MOST_VALUES
  )
  for (;;) {
    const next = orNotJson(() => reader.next())
    if (next.done) {
      const summary = summaryOf(next.value)
      problems.throwAny()
      mustBeProved(hashes, summary)
      return { items, summary }
    }
    const { list, value, line } = next.value
    const name = list.slice('items.'.length) as ListName
    const index = seen[name]++
    if (index >= MOST_ITEMS) throw new NotCaseNotes('There are more things in the file than a record has.')
    for (const { path, message } of take(items, name, value, now))
      problems.add({ line, pointer: pointer(['items', name, index, ...path]), message })
    hashes.get(name)?.add(value)
    if (name === 'notes') progress('notes', items.notes.length, 0)
    await others()
  }
}

const emptyItems = (): Items =>
  caseNotesFile.shape.items.parse(Object.fromEntries(listNames.map((name) => [name, []])))

/** Adds an item of the right shape to its list. @returns what is wrong with it, if anything is */
function take(items: Items, name: ListName, value: unknown, now: Instant): PlacedProblem[] {
  const read = lists[name].element.safeParse(value, { reportInput: true })
  if (!read.success) return read.error.issues.map(shapeProblem)
  const into: unknown[] = items[name]
  into.push(read.data)
  return name === 'notes' ? problemsInNote(read.data as ExportedNote, now) : []
}

function collected() {
  const problems: CaseImportProblem[] = []
  const throwAny = () => {
    if (problems.length > 0) throw new NotCaseNotes(NOT_AS_WRITTEN, problems)
  }
  return {
    throwAny,
    add(problem: CaseImportProblem) {
      problems.push(problem)
      if (problems.length >= MOST_PROBLEMS) throwAny()
    }
  }
}

/** RFC 6901. */
const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function orNotJson<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    throw new NotCaseNotes(`Line ${error.line.toLocaleString('en-GB')} of the JSON: ${error.message}.`)
  }
}

/** The file with its lists empty says what it is, and has nothing that the format does not know. */
function summaryOf(rest: Record<string, unknown>): CaseNotes['summary'] {
  const { summary } = rest as { summary?: { version?: unknown } | null }
  if (summary?.version !== CASE_NOTES_VERSION)
    throw new NotCaseNotes(
      `The file must say “version”: “${CASE_NOTES_VERSION}”. This desk reads no other version.`
    )
  const read = caseNotesFile.safeParse(rest, { reportInput: true })
  if (read.success) return read.data.summary
  const problems = read.error.issues.map(shapeProblem)
  throw new NotCaseNotes(
    NOT_AS_WRITTEN,
    problems.map(({ path, message }) => ({ line: 1, pointer: pointer(path), message }))
  )
}

/** A list as canonical JSON, hashed as it comes. */
function listHash() {
  const pieces: string[] = []
  return {
    add: (value: unknown) => void pieces.push(canonicalJson(value)),
    into(hash: Hash, name: string) {
      hash.update(`${JSON.stringify(name)}:[`)
      for (const [index, piece] of pieces.entries()) hash.update(`${index === 0 ? '' : ','}${piece}`)
      hash.update(']')
    }
  }
}

function mustBeProved(
  hashes: ReadonlyMap<ListName, ReturnType<typeof listHash>>,
  { itemsSha256 }: CaseNotes['summary']
): void {
  const hash = createHash('sha256').update('{')
  for (const [index, name] of listNames.entries()) {
    if (index > 0) hash.update(',')
    hashes.get(name)?.into(hash, name)
  }
  if (hash.update('}').digest('hex') !== itemsSha256)
    throw new NotCaseNotes('The file is not what was exported: its SHA-256 is another. Ask for it again.')
}

/** Of what goes by the same id twice nobody knows which was meant. */
function mustBeWhole({ items, summary }: CaseNotes): void {
  if (summary.familyId === '' || summary.sections.notes === null)
    throw new NotCaseNotes('There are no case notes of a family in this file.')
  const problems = [
    ...repeatsAmong(
      items.notes.flatMap((note, index) =>
        idsOf(note).map((id) => ({ id, at: pointer(['items', 'notes', index]) }))
      )
    ),
    ...repeatsAmong(entryNames(items.notes)),
    ...(['chronology', 'people'] as const).flatMap((name) =>
      repeatsAmong(items[name].map(({ id }, index) => ({ id, at: pointer(['items', name, index]) })))
    ),
    ...(['assessments', 'plans'] as const).flatMap((name) =>
      repeatsAmong(
        items[name].map(({ episodeId }, index) => ({ id: episodeId, at: pointer(['items', name, index]) }))
      )
    )
  ]
  if (problems.length > 0) throw new NotCaseNotes('Something stands in the file twice.', problems)
}

/** Everything of a note that has an id. */
export const idsOf = (note: ExportedNote): Id[] => [
  note.id,
  ...note.addenda.map(({ id }) => id),
  ...filesOn(note).map(({ file }) => file.id)
]

const entryNames = (notes: readonly ExportedNote[]) =>
  notes.flatMap((note, index) =>
    filesOn(note).flatMap(({ file: { entry } }) =>
      entry === '' ? [] : [{ id: entry, at: pointer(['items', 'notes', index]) }]
    )
  )

function repeatsAmong(named: readonly { id: string; at: string }[]): CaseImportProblem[] {
  const seen = new Set<string>()
  return named.flatMap(({ id, at }) => {
    if (seen.has(id)) return [{ line: 1, pointer: at, message: 'The same id stands in the file twice' }]
    seen.add(id)
    return []
  })
}

async function proveFiles(
  zip: CaseNotesZip,
  notes: readonly ExportedNote[],
  { passphrase, signal, progress }: Reading
): Promise<void> {
  const files = notes.flatMap((note, index) =>
    filesOn(note).flatMap(({ file }) => (file.entry === '' ? [] : [{ file, index }]))
  )
  const problems: CaseImportProblem[] = []
  for (const [done, { file, index }] of files.entries()) {
    progress('files', done, files.length)
    try {
      await provedFile(zip, file, passphrase, signal)
    } catch (error) {
      if (!(error instanceof NotCaseNotes)) throw error
      problems.push({ line: 1, pointer: pointer(['items', 'notes', index]), message: error.message })
    }
  }
  if (problems.length > 0) throw new NotCaseNotes('Files on the notes are not what was exported.', problems)
}

const changed = 'A file on it is not the one that was exported'

/**
 * A file out of the zip, proved to be the one that was exported and of a type that is taken.
 *
 * @throws NotCaseNotes, WrongWords, and the signal's reason
 */
export async function provedFile(
  zip: CaseNotesZip,
  { entry, name, size, sha256, mediaType }: ExportedFile,
  passphrase: string,
  signal: AbortSignal
): Promise<Buffer> {
  if (zip.sizeOf(entry) === undefined) throw new NotCaseNotes('A file on it is not in the zip')
  if (size === 0 || size > LARGEST_FILE) throw new NotCaseNotes('A file on it is empty or larger than 25 MB')
  const bytes = await zip.bytesOf(entry, size, passphrase, signal)
  if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new NotCaseNotes(changed)
  try {
    if ((await typeOf(new Blob([new Uint8Array(bytes)]), keptName(name))) !== mediaType)
      throw new NotCaseNotes(changed)
    contentCheck(mediaType)(bytes, true)
  } catch (error) {
    if (error instanceof Refusal) throw new NotCaseNotes('A file on it is of no type that the desk takes')
    throw error
  }
  return bytes
}
