import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { bundled } from '../bundle.ts'
import { anAgreementOf, aPdf, type Place } from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const KILLS = 14
const BYTES = aPdf(3_000_000)

let desk: TestDesk
let outside: string
let place: Place

beforeAll(async () => {
  desk = await openTestDesk()
  outside = mkdtempSync(join(tmpdir(), 'outside-'))
  place = await anAgreementOf(desk)
})
beforeEach(() => writeFileSync(join(outside, 'letter.pdf'), BYTES))
afterAll(() => {
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(outside, { recursive: true })
})

/** The other process, with what a shell says before it. */
function other(forever: boolean, before = '') {
  const { file, first: actor } = desk
  const key = Buffer.from(desk.key).toString('hex')
  const argument = JSON.stringify({ file, key, actor, place, path: join(outside, 'letter.pdf'), forever })
  const program = bundled('attachInAnotherProcess')
  const child = spawn('sh', ['-c', `${before} exec "$0" "$@"`, process.execPath, program, argument], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  return {
    child,
    ended: once(child, 'close'),
    // a last line cut short was not acknowledged
    lines: () => said.split('\n').slice(0, -1)
  }
}

async function runAndKill(words: number): Promise<Id[]> {
  const { child, ended, lines } = other(true)
  while (lines().length < words) {
    if (child.exitCode !== null) throw new Error('The other process ended before it was killed')
    await wait(1)
  }
  await wait(Math.random() * 40)
  child.kill('SIGKILL')
  await ended
  return lines().flatMap((line) => (line.startsWith('added ') ? [line.slice('added '.length)] : []))
}

const inRecord = () => desk.store.reader.prepare('SELECT id FROM attachment ORDER BY id').pluck().all()
const onDisk = () => {
  const folder = join(desk.folder, 'files')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

async function copyOf(id: Id): Promise<Buffer> {
  const path = join(outside, 'copy.pdf')
  const saved = await desk.record('attachment.saveCopy', { id, familyId: place.familyId, path })
  expect(saved).toMatchObject({ ok: true })
  return readFileSync(path)
}

it(`has each file with its row, and nothing half stored, over ${String(KILLS)} kills`, async () => {
  const added: Id[] = []
  let hasLeftSomething = false
  for (let kill = 0; kill < KILLS; kill += 1) {
    added.push(...(await runAndKill(1 + (kill % 4))))
    hasLeftSomething ||= onDisk().some((name) => name.endsWith('.begun'))
    desk = desk.reopen()
    expect(onDisk()).toEqual(inRecord())
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  }
  expect(hasLeftSomething).toBe(true)
  expect(added.length).toBeGreaterThan(KILLS / 4)
  const kept = new Set(inRecord())
  expect(added.filter((id) => !kept.has(id))).toEqual([])
  for (const id of added.slice(0, 5)) expect((await copyOf(id)).equals(BYTES)).toBe(true)
}, 180_000)

it('whenever it was killed, what stands in the record stays and what does not goes', async () => {
  const path = join(outside, 'letter.pdf')
  const id = newId()
  await desk.record('attachment.attach', { id, ...place, path })
  const files = join(desk.folder, 'files')
  // after the row, before it was said to be over
  writeFileSync(join(files, `${id}.begun`), '')
  // before the row, with the file in its place; before that; before its first byte
  const [placed, half, begun] = [newId(), newId(), newId()]
  for (const name of [placed, `${placed}.begun`, `${half}.part`, `${half}.begun`, `${begun}.begun`])
    writeFileSync(join(files, name), 'x')
  desk = desk.reopen()
  expect(onDisk()).toEqual(inRecord())
  expect((await copyOf(id)).equals(BYTES)).toBe(true)
})

it('what cannot be removed keeps nobody out, and is tried again', async () => {
  const before = onDisk()
  const files = join(desk.folder, 'files')
  const id = newId()
  writeFileSync(join(files, `${id}.begun`), '')
  // a folder is not removed as a file is
  mkdirSync(join(files, `${id}.part`))
  desk = desk.reopen()
  expect(onDisk()).toContain(`${id}.begun`)
  rmSync(join(files, `${id}.part`), { recursive: true })
  desk = desk.reopen()
  expect(onDisk()).toEqual(before)
})

it('says so where the disk has no room for it, and leaves nothing half stored', async () => {
  const before = onDisk()
  // a file may be no longer than 2 MB: less than this one, more than what the record writes meanwhile
  const { ended, lines } = other(false, 'ulimit -f 4096;')
  await ended
  expect(lines().at(-1)).toContain('attachment-disk-full')
  expect(onDisk()).toEqual(before)
  desk = desk.reopen()
  expect(onDisk()).toEqual(inRecord())
}, 30_000)
