import { spawn, spawnSync } from 'node:child_process'
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

const KILLS = 20
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

interface Told {
  result: string
  reason: string
}
/** What the trail tells of one export. */
const toldOf = (id: string) =>
  desk.store.reader
    .prepare(
      `SELECT a.result, a.reason FROM audit a JOIN audit_subject s ON s.audit_id = a.id
       WHERE a.operation = 'export.save' AND s.subject_id = ? ORDER BY a.sequence`
    )
    .all(id) as Told[]
const recorded = (id: string) =>
  desk.store.reader.prepare('SELECT file_sha256 FROM case_export WHERE id = ?').pluck().get(id) as
    string | undefined

/** Of one that was begun the trail tells how it ended, once, and it is recorded if and only if it is done. */
function isTruthfullyTold(id: string): 'done' | 'failed' | 'not begun' {
  const [begun, ended, ...more] = toldOf(id)
  expect(more).toEqual([])
  const sha256 = recorded(id)
  // killed before it was anything
  if (!begun) {
    expect(sha256).toBeUndefined()
    return 'not begun'
  }
  expect(begun.result).toBe('begun')
  if (!ended) throw new Error('It is told that it began, and not how it ended')
  if (ended.result === 'done') expect(ended.reason).toContain(`sha256=${String(sha256)}`)
  else expect({ ended, sha256 }).toEqual({ ended: { result: 'failed', reason: 'killed' }, sha256: undefined })
  return ended.result as 'done' | 'failed'
}

it(`leaves nothing half-written and tells of each, over ${String(KILLS)} kills at any moment and more until one is in the middle`, async () => {
  let hasLeftSomething = false
  for (let kill = 0; kill < KILLS || !hasLeftSomething; kill += 1) {
    const { child, ended, lines } = other(true)
    while (lines().length < 1 + (kill % 3)) await wait(1)
    // every other one as it begins
    await wait(Math.random() * (kill % 2 === 0 ? 50 : 4))
    child.kill('SIGKILL')
    await ended
    hasLeftSomething ||= existsSync(`${path}.part`)
    desk = desk.reopen()
    await desk.record('export.endUnfinished', {})
    expect(existsSync(`${path}.part`)).toBe(false)
    expect(desk.store.reader.prepare('SELECT id FROM export_under_way').all()).toEqual([])
    const begun = lines().flatMap((line) => (line.startsWith('begun ') ? [line.slice(6)] : []))
    const ends = begun.map(isTruthfullyTold)
    // only the last of them was killed
    expect(ends.slice(0, -1).every((end) => end === 'done')).toBe(true)
    if (existsSync(path)) {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
      expect(trail().findLast(({ result }) => result === 'done')?.reason).toContain(sha256)
    }
  }
}, 120_000)

/** A disk of 2 MB, which only the other process sees; where the system allows none, a limit on what it writes. */
function smallDisk(): string {
  const mount = (folder: string) => `mount -t tmpfs -o size=2m none '${folder}'`
  const mayMount = spawnSync('unshare', ['-rm', 'sh', '-c', mount(outside)]).status === 0
  return mayMount
    ? `exec unshare -rm sh -c "${mount(outside)}; "'"$0" "$1" "$2"; ls -A "$3"' "$0" "$1" "$2" '${outside}';`
    : ''
}

it.each([
  ['limit on files', () => 'ulimit -f 4096;'],
  ['disk', () => smallDisk() || 'ulimit -f 4000;']
])(
  'says so where a small %s has no room for it, and leaves what was there',
  async (_of, before) => {
    const lay = readdirSync(outside)
    const { ended, lines } = other(false, before())
    await ended
    desk = desk.reopen()
    expect(lines().at(-1)).toBe('{"stage":"failed","reason":"file-disk-full"}')
    expect(readdirSync(outside)).toEqual(lay)
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'file-disk-full' })
  },
  30_000
)
