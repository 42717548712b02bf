// Case notes with files that leave as JSON in an encrypted zip, against bare zip.js that seals the same bytes into a file:
// in turn, each to the disk. Ours has besides every note, the proof of each file, two hashes and what is recorded.
import { randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { configure, ZipWriter } from '@zip.js/zip.js'
import { LARGEST_FILE } from '../shared/attachment/attachment.ts'
import { newId } from '../shared/ids.ts'
import { aPdf } from '../tests/fixtures/attachments.ts'
import { openTestDesk } from '../tests/fixtures/desk.ts'
import { anExport, saved } from '../tests/fixtures/exports.ts'
import { aFamily } from '../tests/fixtures/families.ts'
import { aNote } from '../tests/fixtures/notes.ts'
import { inTurn, isQuick } from './desk.ts'
import { atMostMore, atMostTimes, say } from './figures.ts'

/** 500 MB */
const FILES = isQuick ? 4 : 20
const ROUNDS = isQuick ? 3 : 5
const MEGABYTE = 1024 ** 2
const PIECE = 256 * 1024

const desk = await openTestDesk()
process.once('exit', () => desk.close())
const inFolder = (name: string) => join(desk.folder, name)
const family = await aFamily(desk)
say(`putting ${String(FILES)} files on notes`)
const source = inFolder('large.pdf')
writeFileSync(source, aPdf(LARGEST_FILE))
for (let file = 0; file < FILES; file += 1) {
  const note = aNote(family.form)
  await desk.does('note.add', note)
  const on = { familyId: family.id, attachedTo: 'note', attachedId: note.id }
  const attached = await desk.record('attachment.attach', { id: newId(), ...on, path: source })
  if (!attached.ok) throw new Error(JSON.stringify(attached.error))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

configure({ useWebWorkers: false })
const piece = randomBytes(PIECE)
/** As many bytes as the files have, a piece at a time, as a program would that has them in memory. */
async function bare(): Promise<void> {
  const file = await open(inFolder('bare.zip'), 'w')
  const sink = new WritableStream<Uint8Array>({ write: (bytes) => file.writeFile(bytes) })
  const zip = new ZipWriter(sink, { password: 'six words', encryptionStrength: 3, level: 0 })
  for (let entry = 0; entry < FILES; entry += 1) {
    let left = LARGEST_FILE
    const readable = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left <= 0) return controller.close()
        controller.enqueue(Uint8Array.from(piece.subarray(0, Math.min(PIECE, left))))
        left -= PIECE
      }
    })
    await zip.add(`files/${String(entry)}`, readable)
  }
  await zip.close()
  await file.sync()
  await file.close()
}

const ours = () => saved(desk, inFolder('ours.zip'), anExport(family))

say('sealing them, in turn with bare zip.js')
const taken = await inTurn(ROUNDS, {
  ours: () => timed(ours),
  bare: async () => {
    const ms = await timed(bare)
    rmSync(inFolder('bare.zip'))
    return ms
  }
})
const megabytes = Math.round(statSync(inFolder('ours.zip')).size / MEGABYTE)
atMostTimes(
  { name: `Encrypted zip of ${String(megabytes)} MB`, unit: 'ms' },
  1.5,
  taken.ours,
  'bare zip.js',
  taken.bare
)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** What is garbage is not held. */
const held = () => {
  collect()
  return process.memoryUsage().arrayBuffers / MEGABYTE
}
const before = held()
let peak = before
const watch = setInterval(() => (peak = Math.max(peak, held())), 1_000)
await ours()
clearInterval(watch)
atMostMore(
  { unit: 'MB', statistic: 'once', name: `Held in memory while ${String(megabytes)} MB are exported` },
  32,
  peak - before,
  'before',
  0
)
