import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { emptyCall } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import type { Result } from '../../shared/errors.ts'
import type { ImportPreview, ImportProgress } from '../../shared/school/school.ts'
import { bundled } from '../bundle.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import {
  allEngland,
  establishmentsCsv,
  writeCsv,
  type Encoding,
  type Row
} from '../fixtures/establishments.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  // the import under way is this thread's, not the record's
  await cancel()
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const file = (name = 'edubasealldata.csv') => join(desk.folder, name)
const write = (rows: readonly Row[], encoding?: Encoding) =>
  writeCsv(file(), establishmentsCsv(rows), encoding)
const choose = (path: string) =>
  desk.record('school.chooseImport', { path }) as Promise<Result<ImportProgress>>
const confirm = (importId: string) => desk.does('school.confirmImport', { importId })
const progress = () => desk.does('school.importProgress', {})

async function cancel() {
  const now = await progress()
  const importId = now.stage === 'previewed' ? now.preview.importId : newId()
  return desk.run('school.cancelImport', { importId })
}

async function preview(path: string): Promise<ImportPreview> {
  const result = await choose(path)
  if (!result.ok || result.value.stage !== 'previewed') throw new Error(JSON.stringify(result))
  return result.value.preview
}

async function importAll(rows: readonly Row[], encoding?: Encoding) {
  return confirm((await preview(write(rows, encoding))).importId)
}

const all = async () => (await desk.does('school.list', { text: '', toCheck: false, after: '' })).rows
const byUrn = async (urn: string) => (await all()).find((school) => school.urn === urn)!
const stored = () => desk.store.reader.prepare('SELECT count(*) AS n FROM school').get()

const alder: Row = { urn: '117000', name: 'Alderwick Primary School', phone: '01632 960100' }
const grange: Row = { urn: '117001', name: 'The Grange School', town: 'Ware', district: 'East Hertfordshire' }

describe('a file of establishments', () => {
  it.each(['windows-1252', 'utf-8', 'utf-8 with BOM'] as const)('is read in %s', async (encoding) => {
    await importAll(
      [{ ...alder, name: 'St Éloi’s Primary School, “Annexe”'.replace(/[“”]/g, '"') }],
      encoding
    )
    expect((await byUrn('117000')).name).toBe('St Éloi’s Primary School, "Annexe"')
  })

  it('knows its encoding by an accent that comes late', async () => {
    const plain = Array.from({ length: 3000 }, (_, n): Row => ({
      urn: String(200_000 + n),
      name: 'Plain',
      authority: 'Kent'
    }))
    await importAll([...plain, { ...alder, name: 'Siân’s School' }], 'windows-1252')
    expect((await byUrn('117000')).name).toBe('Siân’s School')
  })

  it('is previewed first: counted, other authorities left out, refused rows with line and reason', async () => {
    const rows: Row[] = [
      alder,
      { ...grange, status: 'Closed' },
      { urn: '300000', name: 'Elsewhere School', authority: 'Essex' },
      { ...alder, urn: 'none' },
      { ...alder },
      { ...alder, urn: '117002', status: 'Imagined' },
      { ...alder, urn: '117003', name: '' },
      { urn: '117004', name: 'Whose School', authority: '' },
      { ...grange, urn: '117005', status: 'Open, but proposed to close' }
    ]
    const found = await preview(write(rows))
    expect(found).toMatchObject({
      fileName: 'edubasealldata.csv',
      rows: 9,
      added: 3,
      changed: 0,
      unchanged: 0,
      closed: 1,
      otherAuthorities: 1,
      refusedCount: 5
    })
    expect(found.refused.map(({ line }) => line)).toEqual([5, 6, 7, 8, 9])
    expect(found.refused[1]?.reason).toBe('URN 117000 is on line 2 already')
    expect(found.examples[0]).toEqual({ urn: '117000', name: alder.name, town: 'Hatfield', what: 'added' })
    expect(stored()).toEqual({ n: 0 })

    expect(await confirm(found.importId)).toEqual({ stage: 'done', added: 3, changed: 0 })
    expect(new Map((await all()).map(({ urn, status }) => [urn, status]))).toEqual(
      new Map([
        ['117000', 'open'],
        ['117001', 'closed'],
        ['117005', 'proposed-to-close']
      ])
    )
  })

  it('places a school in its district and local hub, and finds it at once', async () => {
    await importAll([grange])
    expect(await byUrn('117001')).toMatchObject({ districtName: 'East Hertfordshire', toCheck: false })
    for (const text of ['117001', 'grange ware', 'AL10 0ZZ', '01632960000']) {
      expect(await desk.does('school.search', { text, includeClosed: false })).toHaveLength(1)
    }
  })

  it('cannot be written over by adding a school under the id of one', async () => {
    await importAll([grange])
    const { id } = await byUrn('117001')
    const mine = {
      ...{ id, name: 'Somewhere else', typeGroup: '', typeName: '', address: '', town: '', postcode: '' },
      ...{ district: '', phone: '', leadName: '', toCheck: true }
    }
    expect(await desk.run('school.add', mine, desk.actor('helpdesk'))).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect(await byUrn('117001')).toMatchObject({ name: grange.name })
  })

  it('changes nothing when it is imported again', async () => {
    await importAll([alder, grange])
    const before = stored()
    const again = await preview(write([alder, grange]))
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await confirm(again.importId)).toEqual({ stage: 'done', added: 0, changed: 0 })
    expect(stored()).toEqual(before)
    expect(desk.store.reader.prepare('SELECT count(*) AS n FROM school_import').get()).toEqual({ n: 1 })
  })

  it('keeps schools that it does not name, and marks the ones that closed', async () => {
    await importAll([alder, grange])
    const own = await desk.does('school.add', {
      ...{ name: 'Millpond School', typeGroup: '', typeName: '', address: '', town: 'Ware', postcode: '' },
      ...{ district: '', phone: '', leadName: '', id: newId(), toCheck: true }
    })
    expect(await importAll([{ ...alder, status: 'Closed' }])).toEqual({ stage: 'done', added: 0, changed: 1 })
    expect(await byUrn('117000')).toMatchObject({ status: 'closed' })
    expect(await byUrn('117001')).toMatchObject({ status: 'open' })
    expect(await desk.does('school.read', { id: own.id })).toEqual(own)
  })

  it('does not undo what people have put right: only what it newly says is taken over', async () => {
    await importAll([alder])
    const { id, versionId, urn, status, toCheck, districtName, addedAt, addedBy, ...details } =
      await byUrn('117000')
    const corrected = { ...details, phone: '01632 960199', leadName: 'Robin Specimen' }
    await desk.does('school.change', { ...corrected, id, versionId: newId(), basedOn: versionId, status })
    expect({ urn, toCheck, districtName, addedAt, addedBy }).toMatchObject({ urn: '117000', toCheck: false })

    expect(await preview(write([alder]))).toMatchObject({ changed: 0, unchanged: 1 })
    const renamed = { ...alder, name: 'Alderwick Academy' }
    await importAll([renamed])
    expect(await byUrn('117000')).toMatchObject({ ...corrected, name: 'Alderwick Academy' })
    expect(await preview(write([renamed]))).toMatchObject({ changed: 0, unchanged: 1 })
    await importAll([{ ...renamed, phone: '01632 960777' }])
    expect(await byUrn('117000')).toMatchObject({ phone: '01632 960777', leadName: 'Robin Specimen' })
  })

  it('does not undo a change made between preview and confirmation', async () => {
    await importAll([alder])
    const found = await preview(write([{ ...alder, town: 'Tring' }]))
    const {
      id,
      versionId,
      urn: _urn,
      toCheck: _,
      districtName: _d,
      addedAt: _a,
      addedBy: _b,
      ...rest
    } = await byUrn('117000')
    await desk.does('school.change', {
      ...rest,
      phone: '01632 960155',
      id,
      versionId: newId(),
      basedOn: versionId
    })
    await confirm(found.importId)
    expect(await byUrn('117000')).toMatchObject({ town: 'Tring', phone: '01632 960155' })
  })
})

describe('what is no list of schools', () => {
  const failure = async () => {
    const now = await progress()
    return now.stage === 'failed' ? now.reason : now.stage
  }
  const refused = { ok: false, error: { code: 'refused', reason: 'not-a-csv' } }

  it('is refused with the names of the columns that it lacks', async () => {
    writeCsv(file(), establishmentsCsv([alder], { without: 'Postcode' }))
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toBe('The file has no column “Postcode”.')
  })

  it('is refused where it is empty, not there, a folder, or a row never ends', async () => {
    writeFileSync(file(), '')
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toBe('The file is empty.')
    expect(await choose(file('absent.csv'))).toEqual(refused)
    expect(await choose(desk.folder)).toEqual(refused)
    expect(await failure()).toBe('The file cannot be opened.')
    writeCsv(file(), `${establishmentsCsv([alder])}"117001,${'x'.repeat(200_000)}`)
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toMatch(/after line 2 has no end/)
  })

  it('never throws and never stores anything, whatever is in it', async () => {
    const good = establishmentsCsv([alder, grange])
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '""', ',', '\r', '\n', '\0', '\uFEFF', 'x'.repeat(90_000))
    )
    const spoilt = fc
      .tuple(fc.nat(good.length), cell)
      .map(([at, bit]) => Buffer.from(good.slice(0, at) + bit + good.slice(at)))
    const bytes = fc.uint8Array({ maxLength: 4000 }).map((array) => Buffer.from(array))
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt, bytes), async (content) => {
        writeFileSync(file(), content)
        const result = await choose(file())
        expect(result.ok || result.error.code).not.toBe('fault')
        await cancel()
        expect(stored()).toEqual({ n: 0 })
      }),
      { numRuns: 200 }
    )
    expect(desk.faults).toEqual([])
  })
})

const program = bundled('importUntilKilled')

/** Imports the file in a process of its own, killed once so many chunks are stored. */
async function killedAfter(chunks: number, path: string): Promise<void> {
  const { file: record, key, first } = desk
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ record, key: Buffer.from(key).toString('hex'), path, actor: first }))
  const closed = once(child, 'close')
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text
    if (said.split('\n').length > chunks) child.kill('SIGKILL')
  }
  await closed
  expect(said).not.toContain('done')
}

describe('an import under way', () => {
  const england = () => write(allEngland(50_000, 1500))

  it(
    'lets a draft be saved within a second, and shows nothing until it is done',
    { timeout: 60_000 },
    async () => {
      const path = england()
      const waits: number[] = []
      const totals = new Set<number>()
      const stages = new Set<string>()
      let importing = true
      const typing = (async () => {
        const draft = emptyCall(newId(), newId(), OPEN)
        while (importing) {
          const began = performance.now()
          await desk.does('call.saveDraft', {
            draft: { ...draft, concern: 'x'.repeat(waits.length) },
            savedBefore: waits.length
          })
          waits.push(performance.now() - began)
          stages.add((await progress()).stage)
          totals.add((await desk.does('school.list', { text: '', toCheck: false, after: '' })).total)
          await wait(25)
        }
      })()
      const found = await preview(path)
      const done = await confirm(found.importId)
      importing = false
      await typing

      expect(found).toMatchObject({
        rows: 50_000,
        added: 1500,
        closed: 150,
        otherAuthorities: 48_500,
        refusedCount: 0
      })
      expect(done).toEqual({ stage: 'done', added: 1500, changed: 0 })
      expect([...stages]).toEqual(expect.arrayContaining(['reading', 'storing']))
      expect([...totals].filter((total) => total !== 0 && total !== 1500)).toEqual([])
      expect(Math.max(...waits)).toBeLessThan(1000)
    }
  )

  it('is the only one: a second is refused while it reads or stores', async () => {
    const path = england()
    const first = choose(path)
    await wait(30)
    const running = { ok: false, error: { code: 'refused', reason: 'import-running' } }
    expect(await choose(path)).toEqual(running)
    const result = await first
    if (!result.ok || result.value.stage !== 'previewed') throw new Error('No preview')
    const { importId } = result.value.preview
    const storing = desk.run('school.confirmImport', { importId })
    await wait(30)
    expect(await choose(path)).toEqual(running)
    expect(await storing).toMatchObject({ ok: true, value: { stage: 'done' } })
    expect(await desk.run('school.confirmImport', { importId })).toEqual(await storing)
  })

  it('is cancelled at every stage and leaves the directory as it was', async () => {
    await importAll([alder])
    const reading = choose(england())
    await wait(30)
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect(await reading).toEqual({ ok: true, value: { stage: 'none' } })

    const shown = await preview(england())
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect(await desk.run('school.confirmImport', { importId: shown.importId })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'import-gone' }
    })

    const { importId } = await preview(england())
    const storing = desk.run('school.confirmImport', { importId })
    while ((await progress()).stage !== 'storing') await wait(1)
    await wait(30)
    expect(await desk.run('school.cancelImport', { importId })).toEqual({
      ok: true,
      value: { stage: 'none' }
    })
    expect(await storing).toEqual({ ok: true, value: { stage: 'none' } })
    expect((await all()).map(({ urn }) => urn)).toEqual(['117000'])
    expect(await importAll([alder, grange])).toEqual({ stage: 'done', added: 1, changed: 0 })
  })

  it(
    'leaves nothing in sight when it is killed half-way, and can be done again',
    { timeout: 60_000 },
    async () => {
      const path = england()
      for (const chunks of [1, 7, 14]) {
        await killedAfter(chunks, path)
        desk = desk.reopen()
        expect(stored()).not.toEqual({ n: 0 })
        expect(await all()).toEqual([])
        expect(await desk.does('school.search', { text: 'school', includeClosed: true })).toEqual([])
      }
      expect(await confirm((await preview(path)).importId)).toEqual({
        stage: 'done',
        added: 1500,
        changed: 0
      })
    }
  )

  it('is for administrators and triage managers', async () => {
    for (const operation of ['school.confirmImport', 'school.cancelImport'] as const) {
      expect(await desk.run(operation, { importId: newId() }, desk.actor('adviser', 'helpdesk'))).toEqual({
        ok: false,
        error: { code: 'not-allowed' }
      })
    }
  })
})
