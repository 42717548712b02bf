import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { newId } from '../../shared/ids.ts'
import { bundled } from '../bundle.ts'
import { aPdf } from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anExport } from '../fixtures/exports.ts'
import { aFamily } from '../fixtures/families.ts'
import { aNote } from '../fixtures/notes.ts'

const KILLS = 6
/** Of the file on the notes: more than a 2 MB limit lets out. */
const BYTES = 3 * 1024 * 1024

let desk: TestDesk
let outside: string
let path: string
let draft: CaseNotesExport

beforeAll(async () => {
  desk = await openTestDesk()
  outside = mkdtempSync(join(tmpdir(), 'case-notes-'))
  path = join(outside, 'out.zip')
  const family = await aFamily(desk)
  draft = anExport(family)
  const notes = Array.from({ length: 60 }, () => aNote(family.form))
  for (const note of notes) await desk.does('note.add', note)
  const source = join(desk.folder, 'letter.pdf')
  writeFileSync(source, aPdf(BYTES))
  const on = { familyId: family.id, attachedTo: 'note', attachedId: notes[0]!.id }
  expect(await desk.record('attachment.attach', { id: newId(), ...on, path: source })).toMatchObject({
    ok: true
  })
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
  rmSync(outside, { recursive: true })
})

/** Exports in another process, while this one has nothing of the record open. */
function other(forever: boolean, before = '') {
  const { file, key, first: actor } = desk
  desk.store.close()
  const told = JSON.stringify({ file, key: Buffer.from(key).toString('hex'), actor, draft, path, forever })
  const exporting = bundled('exportCaseNotesInAnotherProcess')
  const child = spawn('sh', ['-c', `${before} exec "$0" "$1" "$2"`, process.execPath, exporting, told], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return { child, ended: once(child, 'exit'), lines: () => said.split('\n').filter((line) => line !== '') }
}

const trail = () =>
  desk.store.reader
    .prepare(`SELECT result, reason FROM audit WHERE operation = 'export.save' ORDER BY sequence`)
    .all() as { result: string; reason: string }[]

it(`leaves nothing half-written and tells of each, over ${String(KILLS)} kills at any moment and more until one is in the middle`, async () => {
  let hasLeftSomething = false
  for (let kill = 0; kill < KILLS || !hasLeftSomething; kill += 1) {
    const { child, ended, lines } = other(true)
    while (lines().length < 1 + (kill % 3)) await wait(2)
    await wait((3 * kill) % 50)
    child.kill('SIGKILL')
    await ended
    hasLeftSomething ||= existsSync(`${path}.part`)
    desk = desk.reopen()
    await desk.record('export.endUnfinished', {})
    expect(existsSync(`${path}.part`)).toBe(false)
    const told = (isOver: boolean) => trail().filter(({ result }) => (result === 'begun') !== isOver).length
    // at most the one of each kill is untold: killed after it was begun and before there was anything of it
    expect(told(false) - told(true)).toBeLessThanOrEqual(kill + 1)
    if (existsSync(path)) {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
      expect(trail().findLast(({ result }) => result === 'done')?.reason).toContain(sha256)
    }
  }
}, 120_000)

it('says so where the disk has no room for it, and leaves what was there', async () => {
  const before = readdirSync(outside)
  const { ended, lines } = other(false, 'ulimit -f 4096;')
  await ended
  desk = desk.reopen()
  expect(lines().at(-1)).toBe('{"stage":"failed","reason":"file-disk-full"}')
  expect(readdirSync(outside)).toEqual(before)
  expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'file-disk-full' })
}, 30_000)
