import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { ExportedFile } from '../../shared/export/caseNotesFile.ts'
import { newId } from '../../shared/ids.ts'
import { aPdf, aWordFileWithMacros, aZip } from '../fixtures/attachments.ts'
import {
  aFile,
  aFileNote,
  aFilePdf,
  broughtInto,
  chosen,
  confirmed,
  filesBeside,
  withHash,
  writeFile,
  writeZip,
  type CaseNotesFile,
  type RegisteredFamily
} from '../fixtures/caseImports.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily } from '../fixtures/families.ts'

let desk: TestDesk
let family: RegisteredFamily
let folder: string
let path: string

beforeAll(async () => {
  desk = await openTestDesk()
  family = await aFamily(desk)
  folder = mkdtempSync(join(tmpdir(), 'case-import-'))
})
beforeEach(() => {
  path = join(folder, `${newId()}.zip`)
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

/** Why a file does not come in, after it was chosen. */
async function refused(): Promise<{ reason: string; problems: { pointer: string; message: string }[] }> {
  const shown = await chosen(desk, family.id, path)
  if (shown.stage !== 'failed') throw new Error(JSON.stringify(shown))
  expect(broughtInto(desk)).toEqual([])
  return shown
}

const pdf = aPdf(5_000)
const aPdfFile = (changes: Partial<ExportedFile> = {}) => aFilePdf(pdf, changes)
const withFile = (changes: Partial<ExportedFile> = {}) =>
  aFile({ notes: [aFileNote({ files: [aPdfFile(changes)] })] })

describe('a hostile or a damaged file', () => {
  const ours = () => aFile({ notes: [aFileNote(), aFileNote()] })
  const changed = (change: (file: CaseNotesFile) => void): CaseNotesFile => {
    const file = structuredClone(ours())
    change(file)
    return withHash(file)
  }

  it.each<[string, () => Promise<void>, RegExp, RegExp?]>([
    ['is no zip', async () => writeFileSync(path, '{"items":{}}'), /no zip/],
    ['is empty', async () => writeFileSync(path, ''), /no zip/],
    ['is not there', async () => undefined, /cannot be opened/],
    ['has no JSON', () => writeZip(path, { 'a.txt': 'x', 'deep/b.json': '{}' }), /no case notes/],
    ['has two', () => writeZip(path, { 'a.json': '{}', 'b.json': '{}' }), /more than one JSON/],
    ['is no JSON', () => writeZip(path, { 'a.json': '{"items":' }), /Line 1 of the JSON/],
    ['is not UTF-8', () => writeZip(path, { 'a.json': Buffer.from([0x7b, 0xff, 0xfe]) }), /UTF-8/],
    ['is nothing', () => writeZip(path, { 'a.json': 'null' }), /Line 1 of the JSON/],
    [
      'is of another version',
      () =>
        writeFile(
          path,
          changed(({ summary }) => Object.assign(summary, { version: 'case-notes-2' }))
        ),
      /case-notes-1/
    ],
    ['has a prototype', () => writeZip(path, { 'a.json': '{"__proto__":{"items":[]}}' }), /version/],
    [
      'has a field that nobody knows',
      () =>
        writeFile(
          path,
          changed(({ items }) => Object.assign(items.notes[1]!, { __proto: 1 }))
        ),
      /not as a desk writes it/,
      /^\/items\/notes\/1\/__proto The format knows nothing/
    ],
    [
      'lacks something',
      () =>
        writeFile(
          path,
          changed(({ items }) => Reflect.deleteProperty(items.notes[1]!, 'happenedAt'))
        ),
      /not as a desk writes it/,
      /^\/items\/notes\/1\/happenedAt It is missing/
    ],
    [
      'is of a time to come',
      () =>
        writeFile(
          path,
          changed(({ items }) => (items.notes[0]!.happenedAt = '2031-01-01T00:00:00.000Z'))
        ),
      /not as a desk writes it/,
      /^\/items\/notes\/0\/happenedAt It is in the future/
    ],
    [
      'was recorded in a time to come',
      () =>
        writeFile(
          path,
          changed(({ items }) => (items.notes[0]!.recordedAt = '2999-01-01T00:00:00.000Z'))
        ),
      /not as a desk writes it/,
      /^\/items\/notes\/0\/recordedAt It is in the future/
    ],
    [
      'has a file of a time to come',
      () => writeFile(path, withFile({ at: '2999-01-01T00:00:00.000Z' }), { 'files/00001-1.pdf': pdf }),
      /not as a desk writes it/,
      /^\/items\/notes\/0\/files\/0\/at It is in the future/
    ],
    [
      'has a file of somebody whose name is a book',
      () => writeFile(path, withFile({ byName: 'Ada '.repeat(100) }), { 'files/00001-1.pdf': pdf }),
      /not as a desk writes it/,
      /^\/items\/notes\/0\/files\/0\/byName It is longer/
    ],
    [
      'has the same id twice',
      () =>
        writeFile(
          path,
          changed(({ items }) => (items.notes[1]!.id = items.notes[0]!.id))
        ),
      /twice/,
      /^\/items\/notes\/1 /
    ],
    [
      'was changed since',
      () => {
        const file = ours()
        return writeFile(path, {
          ...file,
          items: { ...file.items, notes: [{ ...file.items.notes[0]!, words: 'Other' }] }
        })
      },
      /SHA-256/
    ],
    [
      'is deeper than anything',
      () => writeZip(path, { 'a.json': `{"items":{"notes":[${'['.repeat(100_000)}` }),
      /deep/
    ],
    [
      'has a file of other bytes',
      () => writeFile(path, withFile(), { 'files/00001-1.pdf': aPdf(5_000) }),
      /Files/,
      /not the one/
    ],
    [
      'has a shorter file',
      () => writeFile(path, withFile(), { 'files/00001-1.pdf': pdf.subarray(0, 90) }),
      /Files/,
      /not the one/
    ],
    [
      'has a longer file',
      () => writeFile(path, withFile(), { 'files/00001-1.pdf': Buffer.concat([pdf, pdf]) }),
      /Files/,
      /larger/
    ],
    ['lacks a file', () => writeFile(path, withFile()), /Files/, /not in the zip/],
    [
      'calls a picture a letter',
      () => writeFile(path, withFile({ name: 'Letter.png' }), { 'files/00001-1.pdf': pdf }),
      /Files/,
      /no type that the desk takes/
    ],
    [
      'says another type than the file is of',
      () => writeFile(path, withFile({ mediaType: 'image/png' }), { 'files/00001-1.pdf': pdf }),
      /Files/,
      /not the one/
    ],
    [
      'has macros',
      () => {
        const macros = aWordFileWithMacros()
        const sha256 = createHash('sha256').update(macros).digest('hex')
        return writeFile(path, withFile({ name: 'A.docx', size: macros.length, sha256 }), {
          'files/00001-1.pdf': macros
        })
      },
      /Files/,
      /no type/
    ]
  ])('that %s is refused, and says why', async (_what, write, reason, problem) => {
    await write()
    const why = await refused()
    expect(why.reason).toMatch(reason)
    if (problem)
      expect(`${why.problems[0]?.pointer ?? ''} ${why.problems[0]?.message ?? ''}`).toMatch(problem)
  })

  it('with a million entries is refused before they are read', async () => {
    const end = Buffer.alloc(22)
    end.write('PK\x05\x06', 'latin1')
    end.writeUInt16LE(0xffff, 8)
    end.writeUInt16LE(0xffff, 10)
    end.writeUInt32LE(60_000_000, 12)
    writeFileSync(path, Buffer.concat([Buffer.alloc(1_000), end]))
    expect((await refused()).reason).toMatch(/more things/)
  })

  it('that packs too much is refused before it is unpacked', async () => {
    const zip = aZip({ 'a.json': '{}' })
    // what its directory says: bytes of the entry when it is unpacked
    zip.writeUInt32LE(200 * 1024 ** 2, zip.indexOf('PK\x01\x02', 0, 'latin1') + 24)
    writeFileSync(path, zip)
    expect((await refused()).reason).toMatch(/far larger/)
  })

  it('cut off or changed anywhere comes in whole or not at all', { timeout: 60_000 }, async () => {
    await writeFile(path, withFile(), { 'files/00001-1.pdf': pdf })
    const whole = readFileSync(path)
    const familyId = family.id
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, isCut) => {
          const other = Buffer.from(whole)
          other[at] = (other[at] ?? 0) ^ by
          writeFileSync(path, isCut ? whole.subarray(0, at) : other)
          const shown = await chosen(desk, familyId, path)
          expect(broughtInto(desk)).toEqual([])
          if (shown.stage === 'previewed') expect(shown.preview.notes.new).toBe(1)
          else expect(['failed', 'protected']).toContain(shown.stage)
        }
      ),
      { numRuns: 80 }
    )
  })

  it('with paths for names writes nothing anywhere', async () => {
    const entry = '../../../../../../tmp/zqx-escaped.pdf'
    await writeFile(path, withFile({ entry, name: '../../zqx.pdf' }), { [entry]: pdf })
    const shown = await chosen(desk, family.id, path)
    if (shown.stage !== 'previewed') return expect(shown.stage).toBe('failed')
    await confirmed(desk, family, shown.preview)
    expect(existsSync('/tmp/zqx-escaped.pdf')).toBe(false)
    expect(filesBeside(desk)).toHaveLength(1)
  })
})
