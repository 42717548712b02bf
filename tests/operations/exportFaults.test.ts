import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { begin, willBeNamed, type Ending } from '../../electron/export/journal.ts'
import { goOn, leave, type Content, type Leaving } from '../../electron/export/leaving.ts'
import { cancelExport, endExporting, isExporting, type ExportStep } from '../../electron/export/underWay.ts'
import type { RefusalReason } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { aPdf } from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anExport, saved } from '../fixtures/exports.ts'
import { aFamily } from '../fixtures/families.ts'
import { aNote } from '../fixtures/notes.ts'

let desk: TestDesk
let folder: string
let path: string

beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'faults-'))
  path = join(folder, 'out.zip')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(underWay()).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const rowsOf = (table: string) => desk.store.reader.prepare(`SELECT * FROM ${table}`).all()
const underWay = () => rowsOf('export_under_way')
const trail = () =>
  desk.store.reader
    .prepare(`SELECT result, reason FROM audit WHERE operation = 'export.save' ORDER BY sequence`)
    .all() as { result: string; reason: string }[]
const last = () => trail().at(-1)

const stages = [
  'while it is gathered',
  'before its first part',
  'while main makes a part',
  'after its last part',
  'between its files',
  'just before it takes its name'
] as const
type Stage = (typeof stages)[number]

const nothingRecorded: Awaited<ReturnType<Content['ending']>> = { row: null, shared: null }

/** An export of two parts and two files, which `happens` at one of its stages. */
function leavingWhile(at: Stage, happens: () => unknown, to = path): Leaving {
  const now = (stage: Stage) => (stage === at ? happens() : undefined)
  return {
    ...{ id: newId(), path: to, reference: 'EXP-7KQ3-000001', familyId: newId() },
    ...{ operation: 'export.save', subjectIds: [], isProtected: true, isZip: true },
    async gather(giveWay) {
      now('while it is gathered')
      await giveWay()
      return {
        ...{ included: 2, excluded: 0 },
        async *write(zip) {
          now('before its first part')
          for (const part of ['1.pdf', '2.pdf']) {
            const file = yield { word: aPart(part) }
            await giveWay()
            await zip.add(part, file, true)
          }
          now('after its last part')
          await giveWay()
          await zip.add('files/1.pdf', aPdf(100_000), true)
          now('between its files')
          await giveWay()
          await zip.add('files/2.pdf', aPdf(100_000), true)
          return createHash('sha256').digest('hex')
        },
        ending() {
          now('just before it takes its name')
          return Promise.resolve(nothingRecorded)
        }
      }
    }
  }
}

const aPart = (name: string) => ({
  ...{ title: name, classification: 'OFFICIAL', name, exportedBy: 'Somebody', which: '', blocks: [] }
})

/** As main does: makes each part, and hands it back. */
async function runs(leaving: Leaving, atMain: () => unknown = () => undefined): Promise<ExportStep> {
  let step = await leave(desk.store, leaving, desk.first)
  while (!('ended' in step)) {
    await atMain()
    step = await goOn(desk.store, { id: leaving.id, file: aPdf(1_000) }, desk.first)
  }
  return step
}

/** The file that has its name is the one that the trail told of. */
function isTold(): void {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  expect(last()).toEqual({ result: 'done', reason: `count=2 excluded=0 sha256=${sha256}` })
}

async function canGoAgain(): Promise<void> {
  expect(await runs(leavingWhile('while it is gathered', () => undefined))).toMatchObject({
    ended: { stage: 'done' }
  })
  isTold()
}

describe.each(stages)('an export %s', (stage) => {
  const atMain = (happens: () => unknown) => (stage === 'while main makes a part' ? happens : undefined)

  it('is cancelled: nothing is left, what lay there stays, and the trail says so', async () => {
    writeFileSync(path, 'What lay there')
    const ended = await runs(leavingWhile(stage, cancelExport), atMain(cancelExport))
    expect(ended).toEqual({ ended: { stage: 'none' } })
    expect(readdirSync(folder)).toEqual(['out.zip'])
    expect(readFileSync(path, 'utf8')).toBe('What lay there')
    expect(last()).toEqual({ result: 'failed', reason: 'cancelled' })
    expect(underWay()).toEqual([])
    await canGoAgain()
  })

  it('ends with the lock: nothing is left, and the trail says so', async () => {
    let locked: Promise<void> | undefined
    const lock = () => {
      locked ??= endExporting()
      return stage === 'while main makes a part' ? locked : undefined
    }
    const ended = await runs(leavingWhile(stage, lock), atMain(lock)).catch((error: unknown) => error)
    await locked
    expect(ended).not.toMatchObject({ ended: { stage: 'done' } })
    expect(isExporting()).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    expect(last()).toEqual({ result: 'failed', reason: 'cancelled' })
    await canGoAgain()
  })

  it('has its folder taken away: it says so, and the trail too', async () => {
    const stick = join(folder, 'stick')
    mkdirSync(stick)
    const away = () => {
      if (existsSync(stick)) renameSync(stick, join(folder, 'in a pocket'))
    }
    const ended = await runs(leavingWhile(stage, away, join(stick, 'out.zip')), atMain(away))
    expect(ended).toEqual({ ended: { stage: 'failed', reason: 'file-folder-gone' } })
    expect(last()).toEqual({ result: 'failed', reason: 'file-folder-gone' })
    expect(existsSync(stick)).toBe(false)
  })
})

it('is told as begun only together with where it is written, so that whatever has begun ends', async () => {
  await desk.store.write(async (tx) => {
    tx.run("CREATE TRIGGER full BEFORE INSERT ON export_under_way BEGIN SELECT RAISE(ABORT, 'full'); END")
    await Promise.resolve()
  })
  const family = await aFamily(desk)
  const wanted = { ...anExport(family), reference: 'EXP-7KQ3-000001', path }
  expect(await desk.record('export.write', wanted)).toMatchObject({ ok: false, error: { code: 'fault' } })
  expect(trail().map(({ result }) => result)).toEqual(['fault'])
})

describe('what cannot be removed when an export ends', () => {
  /** Something stands where the half-written file was: like a stick that may only be read by now. */
  const stuck = () => {
    rmSync(`${path}.part`)
    mkdirSync(join(`${path}.part`, 'stuck'), { recursive: true })
  }

  it('is told at once, and removed once it can be', async () => {
    const stuckAndCancelled = async () => {
      stuck()
      await cancelExport()
    }
    const ended = await runs(
      leavingWhile('while main makes a part', () => undefined),
      stuckAndCancelled
    )
    expect(ended).toEqual({ ended: { stage: 'none' } })
    expect(last()).toEqual({ result: 'failed', reason: 'cancelled' })
    const told = trail().length
    expect(underWay()).toHaveLength(1)
    await desk.record('export.endUnfinished', {})
    expect(underWay()).toHaveLength(1)

    rmSync(`${path}.part`, { recursive: true })
    writeFileSync(`${path}.part`, 'half of it')
    await desk.record('export.endUnfinished', {})
    expect(readdirSync(folder)).toEqual([])
    expect(trail()).toHaveLength(told)
  })

  it('keeps nobody from exporting to the same place once it is gone', async () => {
    const stuckAndCancelled = () => {
      stuck()
      return cancelExport()
    }
    await runs(leavingWhile('just before it takes its name', stuckAndCancelled))
    expect(last()).toEqual({ result: 'failed', reason: 'cancelled' })
    rmSync(`${path}.part`, { recursive: true })
    await canGoAgain()
    const before = trail().length
    await desk.record('export.endUnfinished', {})
    isTold()
    expect(trail()).toHaveLength(before)
  })
})

describe('what the next start finds', () => {
  async function aboutToBeNamed(id: Id, fileSha256: string, to = path): Promise<void> {
    const told = { operation: 'export.save' as const, subjectIds: [] }
    await begin(desk.store, { ...told, id, path: to, familyId: '' }, desk.first)
    const ending: Ending = { ...told, ...nothingRecorded, id, included: 2, excluded: 0, fileSha256 }
    await willBeNamed(desk.store, id, ending)
  }
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

  it('is recorded as done where it is the file that was written', async () => {
    await aboutToBeNamed(newId(), hashOf('all of it'))
    writeFileSync(path, 'all of it')
    await desk.record('export.endUnfinished', {})
    expect(last()).toEqual({
      ...{ result: 'done', reason: `count=2 excluded=0 sha256=${hashOf('all of it')}` }
    })
    expect(readdirSync(folder)).toEqual(['out.zip'])
  })

  it('is not taken for it where another file has the name: that one stays', async () => {
    await aboutToBeNamed(newId(), hashOf('all of it'))
    writeFileSync(path, 'an earlier one')
    await desk.record('export.endUnfinished', {})
    expect(last()).toEqual({ result: 'failed', reason: 'killed' })
    expect(readFileSync(path, 'utf8')).toBe('an earlier one')
  })

  it('is looked through before anything new is written there', async () => {
    const elsewhere = join(folder, 'large.zip')
    writeFileSync(elsewhere, Buffer.alloc(64 * 1024 ** 2))
    await aboutToBeNamed(newId(), hashOf('not this one'), elsewhere)
    const told = { operation: 'export.save' as const, subjectIds: [] }
    await begin(desk.store, { ...told, id: newId(), path, familyId: '' }, desk.first)
    const looking = desk.record('export.endUnfinished', {})
    const ended = await runs(
      leavingWhile('while it is gathered', () => undefined),
      () => looking
    )
    expect(ended).toMatchObject({ ended: { stage: 'done' } })
    isTold()
  })

  it('is of two exports to one place the one that is there', async () => {
    await aboutToBeNamed(newId(), hashOf('the first'))
    await aboutToBeNamed(newId(), hashOf('the second'))
    writeFileSync(path, 'the second')
    await desk.record('export.endUnfinished', {})
    expect(trail().map(({ result }) => result)).toEqual(['begun', 'begun', 'failed', 'done'])
  })
})

describe('case notes with files', () => {
  it('are cancelled at any turn: nothing is left, or all of it is there and recorded', async () => {
    const family = await aFamily(desk)
    const note = aNote(family.form)
    await desk.does('note.add', note)
    for (let notes = 0; notes < 250; notes += 1) await desk.does('note.add', aNote(family.form))
    const source = join(desk.folder, 'letter.pdf')
    writeFileSync(source, aPdf(800_000))
    const on = { familyId: family.id, attachedTo: 'note', attachedId: note.id }
    expect(await desk.record('attachment.attach', { id: newId(), ...on, path: source })).toMatchObject({
      ok: true
    })
    let hasBegun = false
    for (let turns = 0; ; turns += 1) {
      const wanted = { ...anExport(family), id: newId(), reference: 'EXP-7KQ3-000001', path }
      const going = desk.record('export.write', wanted)
      while (!isExporting()) await turn()
      for (let each = 0; each < turns; each += 1) await turn()
      hasBegun ||= existsSync(`${path}.part`)
      await cancelExport()
      const ended = await going
      if (ended.ok && (ended.value as { ended: { stage: string } }).ended.stage === 'done') break
      expect(ended).toEqual({ ok: true, value: { ended: { stage: 'none' } } })
      expect(readdirSync(folder)).toEqual([])
      expect(last()).toEqual({ result: 'failed', reason: 'cancelled' })
    }
    expect(hasBegun).toBe(true)
    expect(readdirSync(folder)).toEqual(['out.zip'])
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(last()?.reason).toContain(sha256)
    expect(rowsOf('case_export')).toMatchObject([{ file_sha256: sha256 }])
  }, 60_000)

  it.each([
    ['a folder that may only be read', '/sys/out.zip', 'file-not-allowed'],
    ['a name that a folder has', '', 'file-not-written']
  ] satisfies [string, string, RefusalReason][])('say so of %s', async (_where, to, reason) => {
    const family = await aFamily(desk)
    if (to === '') mkdirSync(path)
    const wanted = { ...anExport(family), reference: 'EXP-7KQ3-000001', path: to === '' ? path : to }
    expect(await desk.record('export.write', wanted)).toEqual({
      ok: true,
      value: { ended: { stage: 'failed', reason } }
    })
    expect(last()).toEqual({ result: 'failed', reason })
    expect(readdirSync(folder)).toEqual(to === '' ? ['out.zip'] : [])
    rmSync(path, { recursive: true, force: true })
    await saved(desk, path, anExport(family))
  })
})
