import { openAsBlob } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { BlobReader, configure, ERR_INVALID_PASSWORD, ZipReader, type FileEntry } from '@zip.js/zip.js'
import { NotCaseNotes } from './notCaseNotes.ts'

// this is a thread of its own already
configure({ useWebWorkers: false })

const GIGABYTE = 1024 ** 3
const MOST_BYTES = 4 * GIGABYTE
const MOST_ENTRIES = 50_000
/** Of what tells of the entries: names and places. */
const LARGEST_DIRECTORY = 16 * 1024 ** 2
const LARGEST_JSON = 150 * 1024 ** 2
/** What is packed well is a tenth or less; a hundredth is a zip that was made to burst. */
const MOST_TIMES_PACKED = 100
/** Small zips of many words that repeat pack better than that. */
const ALWAYS_TAKEN = 100 * 1024 ** 2

/** The zip of an export, open. Its entries are looked up by what they are called and never become paths. */
export interface CaseNotesZip {
  fileName: string
  isProtected: boolean
  /** Bytes of an entry when it is unpacked, as the zip says; undefined where it has none of this name. */
  sizeOf: (entry: string) => number | undefined
  /** Entries beside the JSON and these. */
  unread: (entries: ReadonlySet<string>) => number
  /** The text of its JSON. @throws NotCaseNotes, WrongWords */
  json: (passphrase: string, signal: AbortSignal) => Promise<string>
  /** Of an entry that it has, at most `most` bytes. @throws NotCaseNotes, WrongWords */
  bytesOf: (entry: string, most: number, passphrase: string, signal: AbortSignal) => Promise<Buffer>
  close: () => Promise<void>
}

/** The zip opens by other words. */
export class WrongWords extends Error {}

/** @throws NotCaseNotes where it is no zip with one JSON, or is larger than anything that the desk exports */
export async function openCaseNotesZip(path: string): Promise<CaseNotesZip> {
  await mustBeOfSize(path)
  // whoever changes the file from now on is found out: the system says that it is no longer the same
  const zip = new ZipReader(new BlobReader(await openAsBlob(path)))
  const { size } = await stat(path)
  const entries = await entriesOf(zip)
  const [json, another] = [...entries.values()].filter(({ filename }) => /^[^/\\]+\.json$/i.test(filename))
  if (!json) throw new NotCaseNotes('There are no case notes as JSON in this zip.')
  if (another) throw new NotCaseNotes('There is more than one JSON in this zip.')
  const unpacked = [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (unpacked > ALWAYS_TAKEN && unpacked > size * MOST_TIMES_PACKED)
    throw new NotCaseNotes('What is in this zip is far larger than a zip of its size can hold.')
  return {
    fileName: basename(path),
    isProtected: json.encrypted,
    sizeOf: (entry) => entries.get(entry)?.uncompressedSize,
    unread: (names) =>
      [...entries.keys()].filter((name) => name !== json.filename && !names.has(name)).length,
    async json(passphrase, signal) {
      return decoded(await unpackedBytes(json, LARGEST_JSON, passphrase, signal))
    },
    async bytesOf(name, most, passphrase, signal) {
      const entry = entries.get(name)
      if (!entry) throw new NotCaseNotes(`“${name.slice(0, 60)}” is not in the zip.`)
      return unpackedBytes(entry, most, passphrase, signal)
    },
    close: () => zip.close()
  }
}

const END_MARK = Buffer.from('PK\x05\x06', 'latin1')
const END_SIZE = 22
const LONGEST_COMMENT = 65_535

/**
 * Looks at the end of the file, where a zip says how much there is to tell of its entries, before any of that is read.
 * Exports of the desk need no larger form of a zip.
 */
async function mustBeOfSize(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => {
    throw new NotCaseNotes('The file cannot be opened.')
  })
  try {
    const { size } = await file.stat()
    if (size > MOST_BYTES) throw new NotCaseNotes('The file is larger than 4 GB. Export fewer days at once.')
    const length = Math.min(size, END_SIZE + LONGEST_COMMENT)
    const { buffer: end } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const at = end.lastIndexOf(END_MARK)
    if (at === -1 || end.length - at < END_SIZE)
      throw new NotCaseNotes('The file is no zip, or its end is missing.')
    if (end.readUInt16LE(at + 10) > MOST_ENTRIES || end.readUInt32LE(at + 12) > LARGEST_DIRECTORY)
      throw new NotCaseNotes('There are more things in this zip than case notes have.')
  } finally {
    await file.close()
  }
}

async function entriesOf(zip: ZipReader<Blob>): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>()
  await orDamaged(async () => {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory) continue
      if (entries.has(entry.filename)) throw new NotCaseNotes('Two things in this zip go by the same name.')
      entries.set(entry.filename, entry)
      if (entries.size > MOST_ENTRIES)
        throw new NotCaseNotes('There are more things in this zip than case notes have.')
    }
  })
  return entries
}

async function unpackedBytes(
  entry: FileEntry,
  most: number,
  passphrase: string,
  signal: AbortSignal
): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  const into = new WritableStream<Uint8Array>({
    async write(piece) {
      length += piece.length
      // whatever the zip says of itself
      if (length > most) throw new Error('Larger than it may be')
      pieces.push(piece)
      await turn()
    }
  })
  const password = passphrase === '' ? {} : { password: wordsOf(passphrase) }
  try {
    await orDamaged(() => entry.getData(into, { ...password, signal, checkSignature: true }))
  } catch (error) {
    signal.throwIfAborted()
    if (length > most) throw new NotCaseNotes('Something in this zip is larger than it may be.')
    throw error
  }
  return Buffer.concat(pieces)
}

/** Six words as they were told, however they are spaced and written. */
const wordsOf = (passphrase: string): string => passphrase.trim().toLowerCase().replaceAll(/\s+/g, ' ')

/** Whatever zip.js says of a file that is none of ours, the person can only choose another. */
async function orDamaged(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof NotCaseNotes) throw error
    if (error instanceof Error && error.message === ERR_INVALID_PASSWORD) throw new WrongWords()
    throw new NotCaseNotes('The zip is damaged. Copy it again from where it came from.')
  }
}

/** RFC 8259: JSON is UTF-8. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new NotCaseNotes('The JSON is not encoded as UTF-8.')
  }
}
