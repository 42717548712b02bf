import { isUtf8 } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { openChosen } from '../../electron/attachment/chosenFile.ts'
import { BLOCK, CHUNK } from '../../electron/attachment/sealedFile.ts'
import { endFile } from '../../electron/attachment/underWay.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { LARGEST_FILE, type AttachmentRow } from '../../shared/attachment/attachment.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import {
  aHeic,
  aJpeg,
  anAgreementOf,
  anExcelFile,
  aPdf,
  aPng,
  aWordFile,
  aWordFileWithMacros,
  aZip,
  type Place
} from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'

let desk: TestDesk
let outside: string
let place: Place

beforeAll(async () => {
  desk = await openTestDesk()
  outside = mkdtempSync(join(tmpdir(), 'outside-'))
  place = await anAgreementOf(desk)
})
afterAll(() => {
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(outside, { recursive: true })
})
/** What was chosen and what was saved of the test before. */
beforeEach(() => {
  for (const name of readdirSync(outside)) rmSync(join(outside, name), { recursive: true })
})

const stored = () => join(desk.folder, 'files')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const chosen = (name: string, bytes: Buffer | string): string => {
  writeFileSync(join(outside, name), bytes)
  return join(outside, name)
}

/** The name of its macros begins in one of the pieces that are read one after the other, and ends in the next. */
function acrossTheBorder(): Buffer {
  const filled = (filler: number) =>
    aWordFile({ 'word/media.bin': 'x'.repeat(filler), 'word/vbaProject.bin': 'x' })
  const without = filled(0).indexOf('vbaProject.bin')
  return filled(BLOCK - without - 7)
}

type Attached = Result<{ added: AttachmentRow | null }>
const attachTo = (on: Place, path: string, id: Id = newId(), actor?: Actor) =>
  desk.record('attachment.attach', { id, ...on, path }, actor) as Promise<Attached>
const attach = (name: string, bytes: Buffer | string) => attachTo(place, chosen(name, bytes))

async function added(name: string, bytes: Buffer | string, on = place): Promise<AttachmentRow> {
  const result = await attachTo(on, chosen(name, bytes))
  if (!result.ok || !result.value.added) throw new Error(JSON.stringify(result))
  return result.value.added
}

const save = (id: Id, path: string, familyId = place.familyId, actor?: Actor) =>
  desk.record('attachment.saveCopy', { id, familyId, path }, actor) as Promise<Result<{ fileName: string }>>

/** The copy that is saved of a file; the refusal where none is. */
async function copied(id: Id, familyId = place.familyId): Promise<Buffer | AppError> {
  const path = join(outside, 'copy')
  rmSync(path, { force: true })
  const result = await save(id, path, familyId)
  if (result.ok) return readFileSync(path)
  expect(readdirSync(outside).filter((name) => name.startsWith('copy'))).toEqual([])
  return result.error
}
const damaged = { code: 'refused', reason: 'attachment-damaged' }

const listOf = ({ familyId, attachedTo }: Place) => ({ familyId, attachedTo })

const trailOf = (operation: string, id: Id) =>
  desk.store.reader
    .prepare(
      `SELECT result, reason FROM audit WHERE operation = ? AND instr(subject_ids, ?) > 0 ORDER BY sequence`
    )
    .all(operation, id)

describe('a file that was put on a record', () => {
  it.each([1, 9, CHUNK - 1, CHUNK, CHUNK + 1, BLOCK, BLOCK + 1, LARGEST_FILE])(
    'of %i bytes comes back as it was, and nothing of it is readable on the disk',
    async (size) => {
      const bytes = size < 9 ? Buffer.from('a'.repeat(size)) : aPdf(size)
      const name = size < 9 ? 'note.txt' : 'letter.pdf'
      const row = await added(name, bytes)
      expect(row).toMatchObject({ name, size, byName: 'Morgan Ellis', at: desk.first.now })
      const copy = await copied(row.id)
      expect(Buffer.isBuffer(copy) && copy.equals(bytes)).toBe(true)
      const sealed = readFileSync(join(stored(), row.id))
      for (let at = 0; at + 9 < size; at += Math.ceil(size / 7))
        expect(sealed.includes(bytes.subarray(at, at + 64))).toBe(false)
    }
  )

  it('is its owner’s alone, in a folder of its owner’s, and leaves nothing else', async () => {
    const { id } = await added('letter.pdf', aPdf(100))
    expect(statSync(stored()).mode & 0o777).toBe(0o700)
    expect(statSync(join(stored(), id)).mode & 0o777).toBe(0o600)
    expect(readdirSync(stored()).filter((name) => name.includes('.'))).toEqual([])
  })

  it('stands in the list, in the chronology and in the trail, which has no name', async () => {
    const bytes = aPdf(2_000)
    const row = await added('Letter to Jo.pdf', bytes)
    const list = await desk.does('attachment.list', { familyId: place.familyId, attachedTo: 'agreement' })
    expect(list.find(({ file }) => file.id === row.id)).toEqual({ attachedId: place.attachedId, file: row })
    const query = { id: place.familyId, kinds: ['file' as const], personId: '', from: '', to: '', after: '' }
    const { rows } = await desk.does('family.chronology', query)
    expect(rows.find(({ id }) => id === row.id)?.body).toEqual({
      ...{ attachedTo: 'agreement', attachedId: place.attachedId, name: 'Letter to Jo.pdf' }
    })
    await copied(row.id)
    expect(trailOf('attachment.attach', row.id)).toEqual([
      { result: 'done', reason: `size=2000 sha256=${sha256(bytes)}` }
    ])
    expect(trailOf('attachment.saveCopy', row.id)).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=1 excluded=0 sha256=${sha256(bytes)}` }
    ])
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('L6: the same again is the first; another under its id is refused, as is the same elsewhere', async () => {
    const row = await added('letter.pdf', aPdf(500))
    const path = join(outside, 'letter.pdf')
    expect(await attachTo(place, path, row.id)).toEqual({ ok: true, value: { added: row } })
    const elsewhere = await anAgreementOf(desk)
    expect(await attachTo(elsewhere, path, row.id)).toEqual(refused('clashing-id'))
    expect(await attachTo(place, path, row.id, desk.actor('adviser'))).toEqual(refused('clashing-id'))
    expect(await attachTo(place, chosen('letter.pdf', aPdf(500)), row.id)).toEqual(refused('clashing-id'))
    const count = desk.store.reader.prepare('SELECT count(*) FROM attachment WHERE id = ?').pluck()
    expect(count.get(row.id)).toBe(1)
  })

  it('never takes the place of a file that the record knows nothing of', async () => {
    const id = newId()
    mkdirSync(stored(), { recursive: true })
    writeFileSync(join(stored(), id), 'of a newer copy of the record')
    expect(await attachTo(place, chosen('letter.pdf', aPdf(500)), id)).toEqual(refused('clashing-id'))
    desk = desk.reopen()
    expect(readFileSync(join(stored(), id), 'utf8')).toBe('of a newer copy of the record')
    rmSync(join(stored(), id))
  })
})

describe('a file on a case note', () => {
  it('stands with its note, and opens on no note of another assessment', async () => {
    const families = [await aFamily(desk), await aFamily(desk)]
    const files: { row: AttachmentRow; on: Place; bytes: Buffer }[] = []
    for (const { form } of families) {
      const note = aNote(form)
      await desk.does('note.add', note)
      const on = { familyId: form.id, attachedTo: 'note' as const, attachedId: note.id }
      const bytes = aPdf(1_000)
      files.push({ row: await added('visit.pdf', bytes, on), on, bytes })
      const query = {
        ...{ familyId: form.id, episodeId: '', noteId: '', kinds: [] },
        ...{ personId: '', text: '', after: '' }
      }
      const { rows } = await desk.does('note.list', query)
      expect(rows.map((each) => each.files)).toEqual([[files.at(-1)?.row]])
    }
    const [mine, theirs] = files as [(typeof files)[number], (typeof files)[number]]
    expect(await copied(mine.row.id, mine.on.familyId)).toEqual(mine.bytes)
    const [a, b] = [mine, theirs].map(({ row }) => join(stored(), row.id)) as [string, string]
    const whole = readFileSync(a)
    copyFileSync(b, a)
    writeFileSync(b, whole)
    for (const { row, on } of files) expect(await copied(row.id, on.familyId)).toEqual(damaged)
  })

  it('is taken of what is added to a note as of the note', async () => {
    const { form } = await aFamily(desk)
    const note = aNote(form)
    await desk.does('note.add', note)
    const addendum = anAddendum(form, note.id, 'The letter came later')
    await desk.does('note.add', addendum)
    const on = { familyId: form.id, attachedTo: 'note' as const, attachedId: addendum.id }
    const row = await added('letter.pdf', aPdf(1_000), on)
    const list = await desk.does('attachment.list', { familyId: form.id, attachedTo: 'note' })
    expect(list).toEqual([{ attachedId: addendum.id, file: row }])
  })
})

describe('who may', () => {
  it('is asked in the record: the family, and that the note or agreement is its own', async () => {
    const path = chosen('letter.pdf', aPdf(100))
    const { id } = await added('letter.pdf', aPdf(100))
    const other = await anAgreementOf(desk)
    const notFound = { ok: false, error: { code: 'not-found' } }
    expect(await attachTo({ ...place, attachedId: newId() }, path)).toEqual(notFound)
    expect(await attachTo({ ...place, attachedId: other.attachedId }, path)).toEqual(notFound)
    expect(await attachTo({ ...place, attachedTo: 'note' }, path)).toEqual(notFound)
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await attachTo(place, path, newId(), elsewhere)).toEqual(notFound)
    const copy = join(outside, 'copy')
    expect(await save(id, copy, place.familyId, elsewhere)).toEqual(notFound)
    expect(await save(id, copy, other.familyId)).toEqual(notFound)
    for (const role of ['auditor', 'helpdesk', 'administrator'] as const) {
      const notAllowed = { ok: false, error: { code: 'not-allowed' } }
      expect(await attachTo(place, path, newId(), desk.actor(role))).toEqual(notAllowed)
      expect(await save(id, copy, place.familyId, desk.actor(role))).toEqual(notAllowed)
    }
    expect(existsSync(copy)).toBe(false)
    const listed = await desk.run(
      'attachment.list',
      { familyId: place.familyId, attachedTo: 'agreement' },
      elsewhere
    )
    expect(listed).toEqual(notFound)
  })

  it('of a restricted family only those who are named, or who said why', async () => {
    const restricted = await anAgreementOf(desk)
    const { id } = await added('letter.pdf', aPdf(100), restricted)
    await restrict(desk, restricted.familyId, [desk.first], await aColleague(desk, 'triage-manager'))
    const colleague = await aColleague(desk, 'adviser')
    const path = join(outside, 'letter.pdf')
    const copy = join(outside, 'copy')
    const no = refused('family-restricted')
    expect(await attachTo(restricted, path, newId(), colleague)).toEqual(no)
    expect(await save(id, copy, restricted.familyId, colleague)).toEqual(no)
    expect(await desk.run('attachment.list', listOf(restricted), colleague)).toEqual(no)
    expect(await save(id, copy, restricted.familyId)).toMatchObject({ ok: true })
  })

  it('cannot be answered by a page that names a path', async () => {
    const asked = { id: newId(), ...place, path: chosen('letter.pdf', aPdf(100)) }
    expect((await desk.run('attachment.attach', asked)).ok).toBe(false)
  })
})

describe('what may be put on a record', () => {
  it.each<[string, Buffer | string, string]>([
    ['scan.PDF', aPdf(100), 'application/pdf'],
    ['photo.jpeg', aJpeg(), 'image/jpeg'],
    ['photo.jpg', aJpeg(), 'image/jpeg'],
    ['drawing.png', aPng(), 'image/png'],
    ['phone.heic', aHeic(), 'image/heic'],
    ['form.docx', aWordFile(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['sums.xlsx', anExcelFile(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['words.txt', '\uFEFFRobin said: “I am glad”.\r\n\tThen left.', 'text/plain'],
    ['begins like a picture.txt', 'BM is what Robin calls his brother', 'text/plain']
  ])('%s', async (name, bytes, mediaType) => {
    expect(await attach(name, bytes)).toMatchObject({ ok: true, value: { added: { name, mediaType } } })
  })

  it.each<[string, Buffer | string, string]>([
    ['empty.txt', '', 'attachment-empty'],
    ['long.pdf', aPdf(LARGEST_FILE + 1), 'attachment-too-large'],
    ['page.html', '<!DOCTYPE html><script>alert(1)</script>', 'attachment-type'],
    ['page.txt', '\n <!DOCTYPE html><script>alert(1)</script>', 'attachment-type'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'attachment-type'],
    ['picture.txt', '<?xml version="1.0"?><svg/>', 'attachment-type'],
    ['program.txt', Buffer.from('MZ\x90\x00\x03'), 'attachment-type'],
    ['sixteen.txt', Buffer.from('\uFEFFRobin', 'utf16le'), 'attachment-type'],
    ['latin.txt', Buffer.from('Zo\xeb', 'latin1'), 'attachment-type'],
    ['late.txt', Buffer.concat([Buffer.alloc(3 * BLOCK, 'a'), Buffer.from([0])]), 'attachment-type'],
    ['cut.txt', Buffer.concat([Buffer.alloc(100, 'a'), Buffer.from([0xe2, 0x80])]), 'attachment-type'],
    ['archive.zip', aZip({ 'a.txt': 'a' }), 'attachment-type'],
    ['archive.docx', aZip({ 'a.txt': 'a' }), 'attachment-type'],
    ['words.csv', 'a,b\n1,2', 'attachment-type'],
    ['letter.exe', aPdf(100), 'attachment-name'],
    ['letter', aPdf(100), 'attachment-name'],
    ['letter.txt', aPdf(100), 'attachment-name'],
    ['photo.pdf', aJpeg(), 'attachment-name'],
    ['form.xlsx', aWordFile(), 'attachment-name'],
    ['letter\u202Efdp.exe', aPdf(100), 'attachment-name'],
    ['form.docm', aWordFileWithMacros(), 'attachment-macros'],
    ['form.docx', aWordFileWithMacros(), 'attachment-macros'],
    ['hidden.docx', aWordFile({ 'word/vbaProject.bin': 'x' }), 'attachment-macros'],
    ['hidden.docx', aWordFile({ 'word/VBAPROJECT.BIN': 'x' }), 'attachment-macros'],
    ['late.docx', acrossTheBorder(), 'attachment-macros'],
    ['old.xlsx', anExcelFile({ 'xl/macrosheets/sheet1.xml': 'x' }), 'attachment-macros']
  ])('not %s', async (name, bytes, reason) => {
    const before = existsSync(stored()) ? readdirSync(stored()) : []
    expect(await attach(name, bytes)).toEqual(refused(reason))
    expect(readdirSync(stored())).toEqual(before)
  })

  it('not what is no file, or has gone', async () => {
    expect(await attachTo(place, join(outside, 'gone.pdf'))).toEqual(refused('attachment-not-read'))
    mkdirSync(join(outside, 'folder.pdf'))
    expect(await attachTo(place, join(outside, 'folder.pdf'))).toEqual(refused('attachment-not-read'))
  })

  it('whatever bytes there are, they are taken as what they are or refused', async () => {
    const marks = {
      pdf: '25504446',
      jpg: 'ffd8ff',
      png: '89504e470d0a1a0a',
      heic: '00000018667479706865696300'
    }
    const beginnings = fc.constantFrom('', ...Object.values(marks), '504b0304', '3c737667', '526f62696e')
    const endings = fc.constantFrom('pdf', 'jpg', 'png', 'heic', 'docx', 'xlsx', 'txt', 'html')
    const isText = (bytes: Buffer) => isUtf8(bytes) && !/[^\P{Cc}\t\n\f\r]/u.test(bytes.toString())
    const isWhatItSays = (bytes: Buffer, ending: string) =>
      ending === 'txt'
        ? isText(bytes)
        : ending in marks && bytes.toString('hex').startsWith(marks[ending as keyof typeof marks])
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        endings,
        async (beginning, rest, ending) => {
          const bytes = Buffer.concat([Buffer.from(beginning, 'hex'), rest])
          const result = await attach(`any.${ending}`, bytes)
          if (result.ok)
            expect({ bytes, ending, isSo: isWhatItSays(bytes, ending) }).toMatchObject({ isSo: true })
          else expect(result.error.code).toBe('refused')
        }
      ),
      { numRuns: 150 }
    )
  })
})

describe('a file that was tampered with', () => {
  it('is refused whichever byte is another', async () => {
    const size = 2 * CHUNK + 77
    const row = await added('letter.pdf', aPdf(size))
    const path = join(stored(), row.id)
    const whole = readFileSync(path)
    const places = fc.oneof(fc.nat(whole.length - 1), fc.nat(11), fc.constantFrom(CHUNK + 12, CHUNK + 27))
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, other) => {
        const changed = Buffer.from(whole)
        changed[at]! ^= other
        writeFileSync(path, changed)
        expect(await copied(row.id)).toEqual(damaged)
      }),
      { numRuns: 60 }
    )
    writeFileSync(path, whole)
    expect(await copied(row.id)).toHaveLength(size)
  })

  it('is refused cut anywhere, or with anything behind it', async () => {
    const row = await added('letter.pdf', aPdf(3 * CHUNK))
    const path = join(stored(), row.id)
    const whole = readFileSync(path)
    const borders = [0, 1, 12, 13, 28, 12 + CHUNK + 16, 12 + 2 * (CHUNK + 16), whole.length - 1]
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(whole.length - 1), fc.constantFrom(...borders)), async (length) => {
        writeFileSync(path, whole)
        truncateSync(path, length)
        expect(await copied(row.id)).toEqual(damaged)
      }),
      { numRuns: 30 }
    )
    for (const more of [Buffer.alloc(1), whole.subarray(12, 12 + CHUNK + 16), whole]) {
      writeFileSync(path, Buffer.concat([whole, more]))
      expect(await copied(row.id)).toEqual(damaged)
    }
  })

  it('is refused with its chunks in another order', async () => {
    const row = await added('letter.pdf', aPdf(3 * CHUNK))
    const path = join(stored(), row.id)
    const whole = readFileSync(path)
    const [first, second, third] = [0, 1, 2].map((n) =>
      whole.subarray(12 + n * (CHUNK + 16), 12 + (n + 1) * (CHUNK + 16))
    ) as [Buffer, Buffer, Buffer]
    const header = whole.subarray(0, 12)
    for (const order of [[second, first, third], [first, third], [first, first, third], [third]]) {
      writeFileSync(path, Buffer.concat([header, ...order]))
      expect(await copied(row.id)).toEqual(damaged)
    }
  })

  it('is refused under the id of another, also of the same agreement, and where its row says another place', async () => {
    const other = await anAgreementOf(desk)
    const mine = await added('mine.pdf', aPdf(1_000))
    const besides = await added('besides.pdf', aPdf(1_000))
    const theirs = await added('theirs.pdf', aPdf(1_000), other)
    for (const [id, familyId] of [
      [besides.id, place.familyId],
      [theirs.id, other.familyId]
    ] as const) {
      const kept = join(outside, 'kept')
      renameSync(join(stored(), id), kept)
      copyFileSync(join(stored(), mine.id), join(stored(), id))
      expect(await copied(id, familyId)).toEqual(damaged)
      rmSync(join(stored(), id))
      copyFileSync(kept, join(stored(), id))
      expect(await copied(id, familyId)).toHaveLength(1_000)
    }
    await desk.store.write((tx) => {
      tx.run(`UPDATE attachment SET attached_id = '${other.attachedId}' WHERE id = '${besides.id}'`)
      return Promise.resolve()
    })
    expect(await copied(besides.id)).toEqual(damaged)
    await desk.store.write((tx) => {
      tx.run(`UPDATE attachment SET attached_id = '${place.attachedId}' WHERE id = '${besides.id}'`)
      return Promise.resolve()
    })
    expect(await copied(besides.id)).toHaveLength(1_000)
  })

  it('is refused where the record has another hash of it, and said to be missing where it is', async () => {
    const row = await added('letter.pdf', aPdf(1_000))
    const hash = (value: string) =>
      desk.store.write((tx) => {
        tx.run(`UPDATE attachment SET sha256 = '${value}' WHERE id = '${row.id}'`)
        return Promise.resolve()
      })
    await hash(sha256(Buffer.from('another')))
    expect(await copied(row.id)).toEqual(damaged)
    rmSync(join(stored(), row.id))
    expect(await copied(row.id)).toEqual({ code: 'refused', reason: 'attachment-missing' })
    expect(trailOf('attachment.saveCopy', row.id).at(-1)).toEqual({
      ...{ result: 'refused', reason: 'attachment-missing' }
    })
  })
})

describe('under way', () => {
  const progress = () => desk.does('attachment.progress', {})

  /** Until some of it has gone by, or the work is over. */
  async function untilSomeIsDone(going: Promise<unknown>) {
    let hasEnded = false
    void going.then(() => (hasEnded = true))
    while (!hasEnded) {
      const now = await progress()
      if (now.state !== 'idle' && now.done > 0 && now.done < now.total) return now
      await turn()
    }
    throw new Error('It ended before anything was seen of it')
  }

  it('says how far it is, is the only one, and cancelled leaves nothing', async () => {
    const path = chosen('large.pdf', aPdf(LARGEST_FILE))
    const before = readdirSync(stored())
    const id = newId()
    const going = attachTo(place, path, id)
    expect(await untilSomeIsDone(going)).toMatchObject({
      ...{ state: 'storing', attachedId: place.attachedId, total: LARGEST_FILE }
    })
    expect(await attachTo(place, path)).toEqual(refused('attachment-busy'))
    await desk.does('attachment.cancel', {})
    expect(await going).toEqual({ ok: true, value: { added: null } })
    expect(readdirSync(stored())).toEqual(before)
    expect(await progress()).toEqual({ state: 'idle' })
    expect(trailOf('attachment.attach', id).at(-1)).toEqual({ result: 'failed', reason: 'cancelled' })

    const { id: whole } = await added('large.pdf', readFileSync(path))
    const saving = save(whole, join(outside, 'copy.pdf'))
    expect(await untilSomeIsDone(saving)).toMatchObject({ state: 'saving', total: LARGEST_FILE })
    await desk.does('attachment.cancel', {})
    expect(await saving).toEqual({ ok: true, value: { fileName: '' } })
    expect(readdirSync(outside)).toEqual(['large.pdf'])
    expect(trailOf('attachment.saveCopy', whole).at(-1)).toEqual({ result: 'failed', reason: 'cancelled' })
  })

  it('ends with the lock: no copy is left anywhere, and the trail says so', async () => {
    const { id } = await added('large.pdf', aPdf(LARGEST_FILE))
    const lay = readdirSync(outside)
    const saving = save(id, join(outside, 'copy.pdf'))
    await untilSomeIsDone(saving)
    await endFile()
    expect(readdirSync(outside)).toEqual(lay)
    expect(trailOf('attachment.saveCopy', id)).toEqual([
      { result: 'begun', reason: '' },
      { result: 'failed', reason: 'cancelled' }
    ])
    await saving
  })

  it('refuses a file that somebody writes into meanwhile', async () => {
    const path = chosen('large.pdf', aPdf(20 * BLOCK))
    const before = readdirSync(stored())
    const going = attachTo(place, path)
    await untilSomeIsDone(going)
    truncateSync(path, BLOCK)
    expect(await going).toEqual(refused('attachment-changed'))
    expect(readdirSync(stored())).toEqual(before)
  })

  it('refuses a file that became another one after it was seen to be of a type that is taken', async () => {
    const path = chosen('seen.pdf', aPdf(BLOCK))
    const seen = await openChosen(path)
    writeFileSync(path, randomBytes(BLOCK))
    utimesSync(path, new Date(), new Date(Date.now() + 1_000))
    const all = async () => {
      for await (const piece of seen.pieces()) expect(piece.length).toBeGreaterThan(0)
    }
    await expect(all()).rejects.toMatchObject({ error: { reason: 'attachment-changed' } })
    await seen.close()
  })

  it('keeps no more of a file in memory than it reads at once', async () => {
    const path = chosen('large.pdf', aPdf(LARGEST_FILE))
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const held = () => {
      collect()
      return process.memoryUsage().arrayBuffers / 1024 ** 2
    }
    // what the tests before left is given back little by little
    for (let turns = 0; turns < 20; turns += 1) {
      held()
      await turn()
    }
    const before = held()
    let most = 0
    const going = attachTo(place, path)
    let hasEnded = false
    void going.then(() => (hasEnded = true))
    for (let turns = 0; !hasEnded; turns += 1) {
      if (turns % 4 === 0) most = Math.max(most, held() - before)
      await turn()
    }
    expect(await going).toMatchObject({ ok: true })
    expect(most).toBeLessThan(8)
  })

  it('a desk that is locked meanwhile has nothing half stored once it is open again', async () => {
    const before = readdirSync(stored())
    const path = chosen('large.pdf', aPdf(LARGEST_FILE))
    const going = attachTo(place, path)
    await untilSomeIsDone(going)
    desk = desk.reopen()
    expect((await going).ok).toBe(false)
    desk = desk.reopen()
    expect(readdirSync(stored())).toEqual(before)
    expect(await attachTo(place, path)).toMatchObject({ ok: true })
  })

  it('says when the folder of files cannot be written', async () => {
    const kept = join(desk.folder, 'kept')
    renameSync(stored(), kept)
    writeFileSync(stored(), 'not a folder')
    expect(await attach('letter.pdf', aPdf(100))).toEqual(refused('attachment-not-stored'))
    rmSync(stored())
    renameSync(kept, stored())
  })
})
