import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { confirmImport } from '../../electron/caseImport/importCaseNotes.ts'
import { openDatabase } from '../../electron/ipc/database.ts'
import type { CaseImportProgress } from '../../shared/caseImport/caseImport.ts'
import type { Result } from '../../shared/errors.ts'
import type { ExportedFile } from '../../shared/export/caseNotesFile.ts'
import { bundled } from '../bundle.ts'
import { aPdf } from '../fixtures/attachments.ts'
import {
  aFile,
  aFileNote,
  aFilePdf,
  broughtInto,
  confirmed,
  exported,
  filesBeside,
  previewed,
  someNotes,
  theSameFamily,
  withHash,
  writeFile,
  type CaseNotesFile,
  type RegisteredFamily
} from '../fixtures/caseImports.ts'
import { migrationsFolder, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily } from '../fixtures/families.ts'
import { countOf } from '../fixtures/rows.ts'

let desk: TestDesk
let family: RegisteredFamily
let folder: string
let path: string

beforeEach(async () => {
  desk = await openTestDesk()
  family = await aFamily(desk)
  folder = mkdtempSync(join(tmpdir(), 'case-import-'))
  path = join(folder, 'there.zip')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

const count = (table: string, where?: string) => countOf(desk.store.reader, table, where)
const progress = () => desk.does('caseImport.progress', { familyId: family.id })

const pdf = aPdf(5_000)
const aPdfFile = (changes: Partial<ExportedFile> = {}) => aFilePdf(pdf, changes)

describe('a zip that is protected', () => {
  it('asks for its words, by other words asks again, and comes in by the right ones', async () => {
    const there = await openTestDesk()
    const theirs = await aFamily(there)
    await someNotes(there, theirs, pdf)
    const words = await exported(there, theirs, path, { receiverId: theirs.form.people[1]?.id ?? '' })
    there.close()
    const familyId = family.id
    const asked = await desk.record('caseImport.choose', { familyId, path })
    const waits = { stage: 'protected', fileName: 'there.zip' }
    expect(asked).toEqual({ ok: true, value: { ...waits, wasWrong: false } })
    for (const passphrase of ['', 'one two three four five six']) {
      const answer = await desk.does('caseImport.open', { familyId, passphrase })
      expect(answer).toEqual({ ...waits, wasWrong: true })
      expect(await progress()).toEqual(answer)
    }
    expect(await desk.does('caseImport.open', { familyId, passphrase: ` ${words} ` })).toMatchObject({
      ...{ stage: 'previewed', preview: { isOtherFamily: true, notes: { new: 1 } } }
    })
    expect(await desk.run('caseImport.open', { familyId, passphrase: words })).toMatchObject({
      error: { reason: 'import-gone' }
    })
    const audit = desk.store.reader.prepare('SELECT * FROM audit').all()
    expect(JSON.stringify(audit)).not.toContain(words)
  })
})

describe('an import under way', () => {
  const manyNotes = (notes: number): CaseNotesFile =>
    aFile({
      notes: Array.from({ length: notes }, (_, index) =>
        aFileNote({
          ...{ number: index + 1, words: `Visit ${String(index)} `.repeat(40) },
          files: index % 10 === 0 ? [aPdfFile({ entry: `files/${String(index)}.pdf` })] : []
        })
      )
    })
  const filesIn = ({ items }: CaseNotesFile) =>
    Object.fromEntries(items.notes.flatMap(({ files }) => files.map(({ entry }) => [entry, pdf])))
  const write = (file: CaseNotesFile) => writeFile(path, file, filesIn(file))
  /** Notes without their origin or their file, files without their row, and the other way round. */
  const halfThere = () => {
    const rows = desk.store.reader
      .prepare(
        `SELECT id FROM case_note WHERE id NOT IN (SELECT id FROM imported_origin)
        UNION ALL SELECT id FROM imported_origin WHERE id NOT IN (SELECT id FROM case_note UNION SELECT id FROM attachment)`
      )
      .all()
    const stored = desk.store.reader.prepare('SELECT id FROM attachment ORDER BY id').pluck().all()
    return {
      rows,
      files: filesBeside(desk).filter((name) => !stored.includes(name)),
      missing: stored.filter((id) => !filesBeside(desk).includes(String(id)))
    }
  }
  const wholeOnly = { rows: [], files: [], missing: [] }

  const program = bundled('importCaseNotesUntilKilled')
  async function killedAt(isTime: (said: string) => boolean): Promise<void> {
    const { file: record, key } = desk
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
    const { id: familyId, form } = family
    const asked = { record, path, familyId, episodeId: form.episodeId, actor: desk.first }
    child.stdin.end(JSON.stringify({ ...asked, key: Buffer.from(key).toString('hex') }))
    const closed = once(child, 'close')
    let said = ''
    for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      said += text
      if (isTime(said)) child.kill('SIGKILL')
    }
    await closed
    expect(said).not.toContain('done\n')
  }

  /** As many as a busy machine needs to hear of one that it is to be killed. */
  const NOTES = 600
  it('killed at any time leaves whole notes, says so, and goes on', { timeout: 60_000 }, async () => {
    await write(manyNotes(NOTES))
    for (const lines of [1, 2, 4]) {
      await killedAt((said) => said.split('"storing"').length > lines)
      desk = desk.reopen()
      expect(halfThere()).toEqual(wholeOnly)
      expect(await progress()).toMatchObject({
        stage: 'unfinished',
        reference: 'EXP-9ABC-000001',
        total: NOTES
      })
    }
    const stored = count('case_note')
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(NOTES)
    const preview = await previewed(desk, family.id, path)
    expect(preview).toMatchObject({ isBegun: true, notes: { new: NOTES - stored, known: stored } })
    expect(await confirmed(desk, family, preview)).toMatchObject({ stage: 'done', notes: NOTES - stored })
    expect(halfThere()).toEqual(wholeOnly)
    expect(count('case_note')).toBe(NOTES)
    expect(count('attachment')).toBe(NOTES / 10)
    expect(count('case_import', `done_at <> '' AND notes = ${String(NOTES)}`)).toBe(1)
  })

  /** The record in a thread of its own, as main has it; what goes wrong in there is told. */
  async function inThread() {
    const { file, key, first } = desk
    const faults: string[] = []
    desk.store.close()
    const database = await openDatabase({
      ...{ thread: pathToFileURL(bundled('databaseThread')), file, key, migrationsFolder },
      ...{ nativeBinding: undefined, onRefused: (reason) => faults.push(reason), onLost: () => undefined },
      onFault: (operation) => faults.push(operation)
    })
    const answered = async (answer: Promise<Result<unknown>>): Promise<CaseImportProgress> => {
      const result = await answer
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      return result.value as CaseImportProgress
    }
    const familyId = family.id
    return {
      ...{ database, faults },
      choose: () => database.record('caseImport.choose', { familyId, path }, first),
      async confirm() {
        const shown = await answered(database.record('caseImport.choose', { familyId, path }, first))
        if (shown.stage !== 'previewed') throw new Error(JSON.stringify(shown))
        const { importId } = shown.preview
        const { episodeId } = family.form
        return database.run('caseImport.confirm', { familyId, importId, episodeId, people: [] }, first)
      },
      async until(isTime: (now: CaseImportProgress) => boolean): Promise<void> {
        while (!isTime(await answered(database.run('caseImport.progress', { familyId }, first)))) continue
      }
    }
  }

  it('is stopped by the lock between notes, is said to be unfinished at the next unlock, and goes on', async () => {
    await write(manyNotes(200))
    const { database, faults, confirm, until } = await inThread()
    const going = confirm()
    await until((now) => now.stage === 'storing' && now.stored > 0)
    await database.close()
    await going
    desk = desk.reopen()
    expect(faults).toEqual([])
    expect(halfThere()).toEqual(wholeOnly)
    const stored = count('case_note')
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(200)
    expect(await progress()).toMatchObject({ stage: 'unfinished', stored, total: 200 })
    const preview = await previewed(desk, family.id, path)
    expect(await confirmed(desk, family, preview)).toMatchObject({ stage: 'done', notes: 200 - stored })
    expect(halfThere()).toEqual(wholeOnly)
    expect(count('case_note')).toBe(200)
  })

  it('is gone with the lock while its file is read', async () => {
    await write(manyNotes(2_000))
    const { database, faults, choose, until } = await inThread()
    const going = choose()
    await until((now) => now.stage === 'reading' && now.done > 0)
    await database.close()
    await going
    desk = desk.reopen()
    expect(faults).toEqual([])
    expect(broughtInto(desk)).toEqual([])
    expect(await progress()).toEqual({ stage: 'none' })
  })

  it('is cancelled between notes, and goes on with the same file', async () => {
    await write(manyNotes(120))
    const preview = await previewed(desk, family.id, path)
    const running = confirmed(desk, family, preview)
    for (let now = await progress(); now.stage !== 'storing' || now.stored === 0; now = await progress())
      await turn()
    expect(
      await desk.run('caseImport.confirm', { ...asConfirmed(preview.importId), people: [] })
    ).toMatchObject({
      error: { reason: 'import-running' }
    })
    expect(await desk.record('caseImport.choose', { familyId: family.id, path })).toMatchObject({
      error: { reason: 'import-running' }
    })
    expect(await desk.does('caseImport.cancel', { familyId: family.id })).toMatchObject({
      stage: 'unfinished'
    })
    expect(await running).toMatchObject({ stage: 'unfinished', total: 120 })
    expect(halfThere()).toEqual(wholeOnly)
    expect(count('case_note')).toBeLessThan(120)
    expect(await confirmed(desk, family, await previewed(desk, family.id, path))).toMatchObject({
      stage: 'done'
    })
    expect(count('case_note')).toBe(120)
  })

  const asConfirmed = (importId: string) => ({
    ...{ familyId: family.id, importId, episodeId: family.form.episodeId }
  })

  const running = { reason: { error: { code: 'refused', reason: 'import-running' } } }
  it('is stored once, however often it is confirmed at once', async () => {
    await write(manyNotes(30))
    const preview = await previewed(desk, family.id, path)
    const asked = {
      ...{ familyId: family.id, importId: preview.importId, episodeId: family.form.episodeId },
      people: preview.people.map(({ id, hereId }) => ({ id, hereId }))
    }
    const confirm = () => confirmImport(desk.store, asked, desk.first)
    const answers = await Promise.allSettled([confirm(), confirm()])
    expect(answers).toMatchObject([{ value: { stage: 'done', notes: 30 } }, running])
    expect(halfThere()).toEqual(wholeOnly)
  })

  it('is given up before anything is stored, or told of no more', async () => {
    await write(manyNotes(3))
    const { importId } = await previewed(desk, family.id, path)
    expect(await desk.does('caseImport.cancel', { familyId: family.id })).toEqual({ stage: 'none' })
    expect(await desk.run('caseImport.confirm', { ...asConfirmed(importId), people: [] })).toMatchObject({
      error: { reason: 'import-gone' }
    })
    expect(await desk.run('caseImport.cancel', { familyId: family.id })).toMatchObject({
      error: { reason: 'import-gone' }
    })
    expect(broughtInto(desk)).toEqual([])
    await killedAt((said) => said.includes('"storing"'))
    desk = desk.reopen()
    expect((await progress()).stage).toBe('unfinished')
    expect(await desk.does('caseImport.cancel', { familyId: family.id })).toEqual({ stage: 'none' })
  })

  it('whose file changes between reading and storing stores no other file', async () => {
    await write(manyNotes(1))
    const preview = await previewed(desk, family.id, path)
    truncateSync(path, 300)
    expect(await confirmed(desk, family, preview)).toMatchObject({ stage: 'failed' })
    expect((await progress()).stage).toBe('unfinished')
    expect(halfThere()).toEqual(wholeOnly)
    expect(count('case_note')).toBe(0)
  })

  it('a family of another desk is told to be another', async () => {
    const there = await openTestDesk()
    const same = await theSameFamily(there, family)
    there.close()
    await writeFile(path, withHash({ ...aFile(), summary: { ...aFile().summary, familyId: same.id } }))
    expect((await previewed(desk, family.id, path)).isOtherFamily).toBe(false)
    await writeFile(path, aFile())
    expect((await previewed(desk, family.id, path)).isOtherFamily).toBe(true)
  })
})
