import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyCall } from '../../shared/call/call.ts'
import type { Result } from '../../shared/errors.ts'
import { factOn, factsOn } from '../../shared/family/fact.ts'
import type { FamilyImportPreview, FamilyImportProgress } from '../../shared/family/import.ts'
import { newId } from '../../shared/ids.ts'
import { bundled } from '../bundle.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { establishmentsCsv, writeCsv } from '../fixtures/establishments.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import {
  aChildRow,
  aMotherRow,
  familiesCsv,
  manyFamilies,
  writeFamilies,
  type FamilyFileRow
} from '../fixtures/familyFiles.ts'

const TODAY = '2026-11-23'

let desk: TestDesk
let manager: Actor
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
})
afterEach(async () => {
  // the import under way is this thread's, not the record's
  await cancel()
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const file = (name = 'families.csv') => join(desk.folder, name)
const write = (rows: readonly FamilyFileRow[], name?: string) => writeFamilies(file(name), rows)
const choose = (path: string) =>
  desk.record('family.chooseImport', { path }, manager) as Promise<Result<FamilyImportProgress>>
const confirm = (importId: string) => desk.does('family.confirmImport', { importId }, manager)
const progress = () => desk.does('family.importProgress', {}, manager)

async function cancel() {
  const now = await progress()
  const importId =
    now.stage === 'previewed' ? now.preview.importId : now.stage === 'unfinished' ? now.importId : newId()
  return desk.run('family.cancelImport', { importId }, manager)
}

async function preview(path: string): Promise<FamilyImportPreview> {
  const result = await choose(path)
  if (!result.ok || result.value.stage !== 'previewed') throw new Error(JSON.stringify(result))
  return result.value.preview
}

const importAll = async (rows: readonly FamilyFileRow[]) => confirm((await preview(write(rows))).importId)

/** Every row of the tables that an import writes, but for the audit. */
const tables = [
  'family',
  'person',
  'fact',
  'family_member',
  'imported_family',
  'family_import',
  'person_pair'
]
const inRecord = () =>
  tables.map((name) => [name, desk.store.reader.prepare(`SELECT * FROM ${name} ORDER BY id`).all()])
const count = (name: string) =>
  Number(desk.store.reader.prepare(`SELECT count(*) FROM ${name}`).pluck().get())
const families = () => desk.does('family.list', { hubId: '', after: '' }, manager)
const readFirst = async () => desk.does('family.read', { id: (await families()).rows[0]?.id ?? '' }, manager)

describe('a file of families', () => {
  it('is previewed first: counted, and what is wrong told by line and column', async () => {
    const found = await preview(
      write([
        aChildRow('1'),
        aMotherRow('1'),
        aChildRow('2', { name: 'Wren Reed', date_of_birth: '31/2/2015' }),
        aMotherRow('2', { name: 'Al Reed' }),
        aChildRow('', { name: 'Nobody’s' }),
        aMotherRow('3', { name: 'Una Stone' }),
        aChildRow('4', { name: 'Kit Moor', address: '', postcode: '', district: '' })
      ])
    )
    expect(found).toMatchObject({
      ...{ fileName: 'families.csv', rows: 7, families: 2, people: 3, known: 0, leftOut: 2 },
      ...{ withoutDistrict: 1, problemCount: 3, unreadColumns: [], isBegun: false }
    })
    expect(found.problems.map(({ line, column }) => `${String(line)} ${column}`)).toEqual([
      '4 date_of_birth',
      '6 family',
      '7 role'
    ])
    expect(found.examples[0]).toEqual({
      key: '1',
      children: 'Robin Vale',
      people: 2,
      hubName: expect.any(String)
    })
    expect(count('family') + count('person') + count('family_import')).toBe(0)
  })

  it('brings in each family whole, with what the file says and nothing else', async () => {
    writeCsv(file('schools.csv'), establishmentsCsv([{ urn: '117000', name: 'Alderwick Primary School' }]))
    const schools = await desk.record('school.chooseImport', { path: file('schools.csv') })
    const { preview: of } = (schools as { value: { preview: { importId: string } } }).value
    await desk.does('school.confirmImport', { importId: of.importId })
    const done = await importAll([
      aMotherRow('1'),
      aChildRow('1', { school_urn: '117000', upn: 'A123456789012', other_names: 'Bob; Robbie' }),
      aChildRow('1', { role: 'unborn', name: '', date_of_birth: '', sex: '', expected_date: '1/2/2027' })
    ])
    expect(done).toEqual({ stage: 'done', families: 1, people: 3, doubles: 0 })

    const { facts, members, reference, sourceKey, agreements, episodes, hubName } = await readFirst()
    expect([reference, sourceKey]).toEqual(['FAM-7KQ3-000001', '1'])
    expect([agreements, episodes]).toEqual([[], []])
    expect((await families()).rows[0]).toMatchObject({ agreement: 'none', keyworkerName: '', nextDate: '' })
    expect(hubName).not.toBe('')
    const of2 = (name: string) =>
      facts.find(({ value }) => 'name' in value && value.name === name)?.subjectId ?? ''
    const [child, mother] = [of2('Robin Vale'), of2('Jo Vale')]
    expect(members.map(({ role, validFrom }) => `${role} ${validFrom}`).sort()).toEqual([
      'child ',
      'parent-carer 2020-09-01',
      'unborn '
    ])
    expect(
      factsOn(facts, child, 'other-name', TODAY)
        .map(({ value }) => value.name)
        .sort()
    ).toEqual(['Bob', 'Robbie'])
    expect(factOn(facts, child, 'school', TODAY)?.value.name).toBe('Alderwick Primary School')
    expect(factOn(facts, child, 'address', TODAY)).toMatchObject({
      value: { address: '4 Mill Lane, Hertford, SG14 1AB', postcode: 'SG14 1AB', district: 'E07000242' },
      validFrom: ''
    })
    expect(factOn(facts, mother, 'phone', TODAY)).toMatchObject({
      value: { mayLeaveMessage: false, maySayWho: false, withheldFrom: [] },
      validFrom: '2020-09-01'
    })
    expect(factOn(facts, mother, 'birth', TODAY)).toMatchObject({ validFrom: '' })
    expect(factOn(facts, mother, 'relation', TODAY)?.value).toEqual({ personId: child, relation: 'mother' })
    expect(facts.some(({ kind }) => kind === 'ethnicity' || kind === 'disability')).toBe(false)
    expect(await desk.does('person.find', { text: 'A123456789012' }, manager)).toHaveLength(1)
  })

  it('leaves a family out whole where one of its rows is wrong, and brings it in once it is put right', async () => {
    const wrong = [aChildRow('1'), aMotherRow('1', { role: 'mum' }), aChildRow('2', { name: 'Wren Reed' })]
    expect(await importAll(wrong)).toMatchObject({ families: 1, people: 1 })
    const again = await preview(write([aChildRow('1'), aMotherRow('1'), wrong[2]!]))
    expect(again).toMatchObject({ families: 1, people: 2, known: 1, leftOut: 0, problems: [] })
    await confirm(again.importId)
    expect((await families()).rows).toHaveLength(2)
  })

  it('names no school that the directory does not know', async () => {
    const found = await preview(write([aChildRow('1', { school_urn: '300000' })]))
    expect(found.problems).toEqual([
      {
        ...{ line: 2, column: 'school_urn' },
        message: 'No school of the directory has the URN 300000. Import the schools first, or leave it empty'
      }
    ])
  })

  it('changes nothing of a family that came in before, and says so where the file says something else', async () => {
    await importAll([aChildRow('1'), aMotherRow('1')])
    const before = inRecord()
    const found = await preview(write([aChildRow('1', { name: 'Robyn Vale' }), aMotherRow('1')]))
    expect(found).toMatchObject({ families: 0, known: 0, leftOut: 1 })
    expect(found.problems).toMatchObject([{ line: 2, column: 'family' }])
    expect(await confirm(found.importId)).toMatchObject({ stage: 'done', families: 0 })
    expect(inRecord()).toEqual(before)
  })

  it('that has been put right here since is still the same file', async () => {
    await importAll([aChildRow('1')])
    const { id, members } = await readFirst()
    const personId = members[0]?.personId ?? ''
    const [name] = (await readFirst()).facts.filter(({ kind }) => kind === 'name')
    await desk.does(
      'family.recordFact',
      {
        ...{
          id: newId(),
          ofId: name?.ofId ?? '',
          basedOn: name?.id ?? '',
          familyId: id,
          subjectId: personId
        },
        fact: { kind: 'name', value: { name: 'Robyn Vale' } },
        ...{ validFrom: '', validTo: '', inError: false, reason: 'Spelled wrongly' }
      },
      manager
    )
    expect(await preview(write([aChildRow('1')]))).toMatchObject({ families: 0, known: 1, leftOut: 0 })
  })

  it('imported again, any of them, is imported once', { timeout: 60_000 }, async () => {
    const row = fc.record({
      family: fc.constantFrom('1', '2', '3', ''),
      role: fc.constantFrom('child', 'unborn', 'parent-carer', 'other', 'dog'),
      name: fc.constantFrom('Robin Vale', 'Jo Vale', 'Wren Reed', ''),
      date_of_birth: fc.constantFrom('', '3/9/2015', '31/2/2015'),
      expected_date: fc.constantFrom('', '1/2/2027'),
      address: fc.constantFrom('', '4 Mill Lane, Hertford SG14 1AB'),
      upn: fc.constantFrom('', 'A123456789012')
    })
    const oneThatIsRight = {
      ...{ family: '1', role: 'child', name: 'Robin Vale', date_of_birth: '3/9/2015', expected_date: '' },
      ...{ address: '4 Mill Lane, Hertford SG14 1AB', upn: '' }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const path = write(rows)
        await confirm((await preview(path)).importId)
        const before = inRecord()
        const again = await preview(path)
        expect(again).toMatchObject({ families: 0, people: 0 })
        await confirm(again.importId)
        expect(inRecord()).toEqual(before)
      }),
      { numRuns: 40, examples: [[[oneThatIsRight]]] }
    )
    expect(count('family')).toBeGreaterThan(0)
    expect(desk.faults).toEqual([])
  })
})

describe('the newcomers', () => {
  it('are looked up by themselves: whoever may be in the record already is on the list, and nobody is merged', async () => {
    const { form } = await aFamily(desk, { people: [aPerson({ upn: 'A123456789012' })] })
    const done = await importAll([aChildRow('1', { upn: 'A123456789012' }), aMotherRow('1')])
    expect(done).toEqual({ stage: 'done', families: 1, people: 2, doubles: 1 })
    const { rows } = await desk.does('person.pairs', { after: '' }, manager)
    expect(rows).toHaveLength(1)
    expect([rows[0]?.one.personId, rows[0]?.other.personId]).toContain(form.people[0]?.id)
    expect(rows[0]?.strength).toBe('strong')
    expect(count('person_merge')).toBe(0)
    expect(await desk.does('person.matchAgain', {}, manager)).toEqual({ looked: 0, found: 0 })
  })

  it('who stand in the file twice are a pair as well', async () => {
    const done = await importAll([aChildRow('1'), aChildRow('2')])
    expect(done).toMatchObject({ families: 2, people: 2, doubles: 2 })
  })

  it('are looked up in the run that is under way, if there is one', async () => {
    await importAll(manyFamilies(20))
    const found = await preview(write([aChildRow('1x'), aChildRow('2x')], 'more.csv'))
    const [done, looked] = await Promise.all([
      confirm(found.importId),
      desk.does('person.matchAgain', {}, manager)
    ])
    expect(done).toMatchObject({ stage: 'done', doubles: 2 })
    expect(looked.looked).toBeLessThanOrEqual(2)
  })
})

describe('what is no list of families', () => {
  const failure = async () => {
    const now = await progress()
    return now.stage === 'failed' ? now.reason : now.stage
  }
  const refused = { ok: false, error: { code: 'refused', reason: 'not-a-family-list' } }

  it('is refused with the names of the columns that it lacks', async () => {
    writeFileSync(file(), 'family,role,name\r\n1,child,Robin Vale\r\n')
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toContain('The file has no column “other_names”, “date_of_birth”')
  })

  it('is refused where it is empty, not there, or a row never ends', async () => {
    writeFileSync(file(), '')
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toBe('The file is empty.')
    expect(await choose(file('absent.csv'))).toEqual(refused)
    expect(await failure()).toBe('The file cannot be opened.')
    writeFileSync(file(), `${familiesCsv([aChildRow('1')])}"1,${'x'.repeat(200_000)}`)
    expect(await choose(file())).toEqual(refused)
    expect(await failure()).toMatch(/after line 2 has no end/)
  })

  it('passes over rows in which nothing stands', async () => {
    writeFileSync(file(), `${familiesCsv([aChildRow('1')])},,,,\r\n,,,,\r\n`)
    expect(await preview(file())).toMatchObject({ rows: 1, problemCount: 0 })
  })

  it('never throws and never stores anything, whatever is in it', async () => {
    const good = familiesCsv([aChildRow('1'), aMotherRow('1'), aChildRow('2', { name: 'Wren "Jen" Reed' })])
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '""', ',', '\r', '\n', '\0', '\uFEFF', 'x'.repeat(90_000))
    )
    const spoilt = fc
      .tuple(fc.nat(good.length), cell)
      .map(([at, bit]) => Buffer.from(good.slice(0, at) + bit + good.slice(at)))
    const bytes = fc.uint8Array({ maxLength: 4_000 }).map((array) => Buffer.from(array))
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt, bytes), async (content) => {
        writeFileSync(file(), content)
        const result = await choose(file())
        expect(result.ok || result.error.code).not.toBe('fault')
        await cancel()
        expect(count('person')).toBe(0)
      }),
      { numRuns: 200 }
    )
    expect(desk.faults).toEqual([])
  })
})

const program = bundled('importFamiliesUntilKilled')

/** Imports the file in a process of its own, killed at the first progress of which this holds. */
async function killedAt(path: string, isTime: (said: string) => boolean): Promise<void> {
  const { file: record, key } = desk
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ record, key: Buffer.from(key).toString('hex'), path, actor: manager }))
  const closed = once(child, 'close')
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text
    if (isTime(said)) child.kill('SIGKILL')
  }
  await closed
  expect(said).not.toContain('done\n')
}

describe('an import under way', () => {
  /** Families of which people or facts are missing. */
  const halfThere = () =>
    desk.store.reader
      .prepare(
        `SELECT f.id FROM imported_family f WHERE (SELECT count(*) FROM family_member m
          JOIN person_index p ON p.person_id = m.person_id JOIN fact n ON n.subject_id = m.person_id AND n.kind = 'name'
          WHERE m.family_id = f.id) <> 4 OR f.id NOT IN (SELECT family_id FROM family_index)
        UNION ALL SELECT id FROM family WHERE id NOT IN (SELECT id FROM imported_family)
        UNION ALL SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM family_member)`
      )
      .all()

  it(
    'lets a draft be saved within a second, and shows whole families only',
    { timeout: 120_000 },
    async () => {
      const path = write(manyFamilies(150))
      const waits: number[] = []
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
          expect(halfThere()).toEqual([])
          await wait(25)
        }
      })()
      const done = await confirm((await preview(path)).importId)
      importing = false
      await typing
      expect(done).toMatchObject({ stage: 'done', families: 150, people: 600 })
      expect([...stages]).toEqual(expect.arrayContaining(['storing', 'matching']))
      expect(Math.max(...waits)).toBeLessThan(1_000)
    }
  )

  it('is the only one', async () => {
    const path = write(manyFamilies(80))
    const first = choose(path)
    const running = { ok: false, error: { code: 'refused', reason: 'import-running' } }
    while ((await progress()).stage !== 'reading') await wait(1)
    expect(await choose(path)).toEqual(running)
    const result = await first
    if (!result.ok || result.value.stage !== 'previewed') throw new Error('No preview')
    const { importId } = result.value.preview
    const storing = confirm(importId)
    while ((await progress()).stage !== 'storing') await wait(1)
    expect(await choose(path)).toEqual(running)
    expect(await desk.run('family.confirmImport', { importId }, manager)).toEqual(running)
    expect(await storing).toMatchObject({ stage: 'done', families: 80 })
    expect(await confirm(importId)).toEqual(await storing)
  })

  it('is cancelled before anything is stored, and stopped after: what is stored stays, and the file goes on', async () => {
    const path = write(manyFamilies(80))
    const shown = await preview(path)
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect(await desk.run('family.confirmImport', { importId: shown.importId }, manager)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'import-gone' }
    })
    expect(count('family')).toBe(0)

    const { importId } = await preview(path)
    const storing = confirm(importId)
    while (count('imported_family') < 20) await wait(1)
    await cancel()
    const stopped = await storing
    expect(stopped).toMatchObject({ stage: 'unfinished', importId, total: 80, people: 320, isStored: false })
    expect(halfThere()).toEqual([])
    const stored = count('family')
    expect(stored).toBeLessThan(80)

    const again = await preview(path)
    expect(again).toMatchObject({ importId, isBegun: true, known: stored, families: 80 - stored })
    expect(await confirm(importId)).toMatchObject({ stage: 'done', families: 80, people: 320 })
    expect(halfThere()).toEqual([])
  })

  it('that was stopped can be left at that', async () => {
    const storing = preview(write(manyFamilies(60))).then(({ importId }) => confirm(importId))
    while (count('imported_family') < 10) await wait(1)
    await cancel()
    await storing
    expect((await progress()).stage).toBe('unfinished')
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect((await progress()).stage).toBe('none')
    expect(count('family')).toBeGreaterThan(0)
  })

  it('killed at any time leaves whole families, says so, and goes on', { timeout: 60_000 }, async () => {
    const path = write(manyFamilies(120))
    for (const lines of [1, 5, 10]) {
      await killedAt(path, (said) => said.split('"storing"').length > lines)
      desk = desk.reopen()
      expect(halfThere()).toEqual([])
      expect(await progress()).toMatchObject({ stage: 'unfinished', total: 120, isStored: false })
    }
    await killedAt(path, (said) => said.includes('"looked":5'))
    desk = desk.reopen()
    const left = await progress()
    if (left.stage !== 'unfinished') throw new Error(left.stage)
    expect(left).toMatchObject({ stored: 120, total: 120, isStored: true })
    expect(await confirm(left.importId)).toMatchObject({ stage: 'done', families: 120, people: 480 })
    expect(await desk.does('person.matchAgain', {}, manager)).toEqual({ looked: 0, found: 0 })
    expect(await preview(path)).toMatchObject({ known: 120, families: 0, isBegun: false })
  })

  it('is for triage managers, and leaves its trail by id', async () => {
    for (const role of ['administrator', 'adviser', 'coordinator', 'helpdesk', 'auditor'] as const) {
      for (const operation of ['family.confirmImport', 'family.cancelImport'] as const) {
        expect(await desk.run(operation, { importId: newId() }, desk.actor(role))).toEqual({
          ok: false,
          error: { code: 'not-allowed' }
        })
      }
      expect(await desk.record('family.chooseImport', { path: file() }, desk.actor(role))).toMatchObject({
        error: { code: 'not-allowed' }
      })
    }
    await importAll([aChildRow('1')])
    const { id } = await readFirst()
    const trail = desk.store.reader
      .prepare(`SELECT operation, result FROM audit WHERE instr(subject_ids, ?) > 0 ORDER BY sequence`)
      .all(id)
    expect(trail[0]).toEqual({ operation: 'family.confirmImport', result: 'done' })
  })
})
