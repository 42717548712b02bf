import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begin, endUnfinished, willBeNamed, willBeWritten } from '../../electron/export/journal.ts'
import { newId } from '../../shared/ids.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'

let desk: TestDesk
let folder: string
let path: string
let callId: string

beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'paper-'))
  path = join(folder, 'receipt.pdf')
  const call = aKeyworkersCall()
  await desk.does('call.file', call)
  callId = call.id
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

const PDF = Buffer.from('%PDF-1.7 a receipt')
const sha256 = createHash('sha256').update(PDF).digest('hex')
const trail = () =>
  desk.store.reader
    .prepare("SELECT result, reason FROM audit WHERE operation = 'call.saveReceipt' ORDER BY sequence")
    .all()
const underWay = () => desk.store.reader.prepare('SELECT id FROM export_under_way').pluck().all()

/** What main asks for before its dialog. */
async function begun(): Promise<string> {
  const paperId = newId()
  expect(await desk.record('call.saveReceipt', { id: callId, paperId })).toMatchObject({ ok: true })
  return paperId
}
const end = (id: string, to: string, why = '', actor = desk.first) =>
  desk.record('paper.end', { id, path: to, file: why === '' ? PDF : new Uint8Array(), why }, actor)

describe('a receipt', () => {
  it('is written beside, named, and told with its hash; nobody but its owner reads it', async () => {
    const id = await begun()
    expect(trail()).toEqual([{ result: 'begun', reason: '' }])
    expect(await end(id, path)).toEqual({ ok: true, value: { problem: '' } })
    expect(readFileSync(path)).toEqual(PDF)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(trail()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=1 excluded=0 sha256=${sha256}` }
    ])
    expect([readdirSync(folder), underWay()]).toEqual([['receipt.pdf'], []])
  })

  it('that cannot be written leaves nothing, and says what is wrong', async () => {
    expect(await end(await begun(), join(folder, 'gone', 'receipt.pdf'))).toEqual({
      ...{ ok: true, value: { problem: 'file-folder-gone' } }
    })
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'file-folder-gone' })
    expect([readdirSync(folder), underWay()]).toEqual([[], []])
  })

  it('is ended by whoever began it, and once', async () => {
    const id = await begun()
    const other = await aColleague(desk, 'adviser')
    const notFound = { ok: false, error: { code: 'not-found' } }
    expect(await end(id, path, '', other)).toEqual(notFound)
    expect(await end(id, '', 'cancelled')).toMatchObject({ ok: true })
    expect(await end(id, path)).toEqual(notFound)
    expect(existsSync(path)).toBe(false)
  })

  it('goes while an export does', async () => {
    const [one, other] = [await begun(), await begun()]
    expect(await end(one, path)).toMatchObject({ ok: true })
    expect(await end(other, join(folder, 'other.pdf'))).toMatchObject({ ok: true })
    expect(readdirSync(folder).toSorted()).toEqual(['other.pdf', 'receipt.pdf'])
  })
})

describe('at the next unlock after a kill', () => {
  const neighbours = ['.part', 'receipt.pdf']

  it.each([
    ['in the dialog or while it was printed', ''],
    ['while it was written', 'part']
  ])('%s: nothing of it is left, and the trail says that it failed', async (_when, left) => {
    const id = await begun()
    if (left === 'part') {
      await willBeWritten(desk.store, id, path)
      writeFileSync(`${path}.part`, 'half of it')
    }
    await endUnfinished(desk.store)
    expect(readdirSync(folder)).toEqual([])
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'killed' })
    expect(underWay()).toEqual([])
  })

  it('one that had its name is told as done', async () => {
    const id = await begun()
    const told = { id, operation: 'call.saveReceipt' as const, subjectIds: [callId] }
    await willBeWritten(desk.store, id, path)
    const nothing = { row: null, shared: null }
    await willBeNamed(desk.store, id, { ...told, ...nothing, included: 1, excluded: 0, fileSha256: sha256 })
    writeFileSync(path, PDF)
    await endUnfinished(desk.store)
    expect(trail().at(-1)).toEqual({ result: 'done', reason: `count=1 excluded=0 sha256=${sha256}` })
    expect(readdirSync(folder)).toEqual(['receipt.pdf'])
  })

  it('nothing where the desk itself lies is touched by one that had no place yet', async () => {
    for (const name of neighbours) writeFileSync(join(folder, name), 'mine')
    const before = process.cwd()
    process.chdir(folder)
    try {
      const told = { operation: 'call.saveReceipt' as const, subjectIds: [callId] }
      await begin(desk.store, { ...told, id: newId(), path: '', familyId: '' }, desk.first)
      await endUnfinished(desk.store)
    } finally {
      process.chdir(before)
    }
    expect(readdirSync(folder).toSorted()).toEqual(neighbours)
  })
})
