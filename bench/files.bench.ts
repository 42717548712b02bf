// A file of 25 MB put on a record and saved out of it again, against Node's own AES-256-GCM as a stream from file to file
// on the same disk: both to the disk, in turn. Ours has besides the check of its type, two hashes, the row and its audit.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LARGEST_FILE } from '../shared/attachment/attachment.ts'
import { newId, type Id } from '../shared/ids.ts'
import { anAgreementOf, aPdf } from '../tests/fixtures/attachments.ts'
import { openTestDesk } from '../tests/fixtures/desk.ts'
import { inTurn, isQuick } from './desk.ts'
import { atMostMore, atMostTimes, say } from './figures.ts'

const ROUNDS = isQuick ? 10 : 60
const MEGABYTE = 1024 ** 2

const desk = await openTestDesk()
process.once('exit', () => desk.close())
const place = await anAgreementOf(desk)
const inFolder = (name: string) => join(desk.folder, name)
const chosen = inFolder('large.pdf')
writeFileSync(chosen, aPdf(LARGEST_FILE))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

async function does(name: 'attachment.attach' | 'attachment.saveCopy', input: object): Promise<void> {
  const result = await desk.record(name, input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
}
const store = (id: Id) => does('attachment.attach', { id, ...place, path: chosen })
const save = (id: Id) =>
  does('attachment.saveCopy', { id, familyId: place.familyId, path: inFolder('copy.pdf') })

const key = randomBytes(32)
const nonce = randomBytes(12)
let tag: Buffer = Buffer.alloc(16)
async function encrypt(): Promise<void> {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const to = createWriteStream(inFolder('plain.sealed'), { flush: true })
  await pipeline(createReadStream(chosen), cipher, to)
  tag = cipher.getAuthTag()
}
async function decrypt(): Promise<void> {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
  const to = createWriteStream(inFolder('plain.pdf'), { flush: true })
  await pipeline(createReadStream(inFolder('plain.sealed')), decipher, to)
}

let last = newId()
await store(last)
await save(last)
await encrypt()
const source = readFileSync(chosen)
if (!readFileSync(inFolder('copy.pdf')).equals(source)) throw new Error('The copy is another file')

say('storing and reading back, in turn with a plain stream')
const taken = await inTurn(ROUNDS, {
  ours: () => timed(() => store((last = newId())).then(() => save(last))),
  bare: async () => {
    const ms = await timed(() => encrypt().then(decrypt))
    rmSync(inFolder('plain.sealed'))
    return ms
  }
})
atMostTimes(
  { name: '25 MB stored and read back', unit: 'ms' },
  2,
  taken.ours,
  'plain AES-256-GCM streaming',
  taken.bare
)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The most that is held in buffers while something goes on, in megabytes more than before; what is garbage by then is not. */
async function most(work: () => Promise<unknown>): Promise<number> {
  const held = () => {
    collect()
    return process.memoryUsage().arrayBuffers / MEGABYTE
  }
  // what came before is given back little by little
  for (let turns = 0; turns < 20; turns += 1) {
    held()
    await turn()
  }
  const before = held()
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, held())), 1)
  await work()
  clearInterval(watch)
  return peak - before
}
const memory = { unit: 'MB', statistic: 'once' } as const
const storing = await most(() => store((last = newId())))
atMostMore({ ...memory, name: 'Held in memory while 25 MB are stored' }, 8, storing, 'before', 0)
const reading = await most(() => save(last))
atMostMore({ ...memory, name: 'Held in memory while 25 MB are read back' }, 8, reading, 'before', 0)
