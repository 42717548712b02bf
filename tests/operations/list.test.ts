import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { fileProblem } from '../../electron/call/exportFile.ts'
import { endUnfinished } from '../../electron/export/journal.ts'
import { endExporting } from '../../electron/export/underWay.ts'
import { asCsv } from '../../electron/list/asCsv.ts'
import { asXlsx } from '../../electron/list/asXlsx.ts'
import {
  date,
  instant,
  number,
  phone,
  text,
  yesNo,
  type Cell,
  type Head
} from '../../electron/list/column.ts'
import { sheetsOf as partedInSheets } from '../../electron/list/writeList.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { everyCall, type CallFilter } from '../../shared/call/filter.ts'
import type { Result } from '../../shared/errors.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import { newId } from '../../shared/ids.ts'
import { listFormats, mayExportList, type ListName, type ListQuery } from '../../shared/list/list.ts'
import { bundled } from '../bundle.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { unzipped } from '../fixtures/exports.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import {
  aListExport,
  everyList,
  listTo,
  rowsOf,
  savedList,
  sheetsOf,
  type SheetCell
} from '../fixtures/lists.ts'
import { aNote } from '../fixtures/notes.ts'
import { aReceivedStepDown } from '../fixtures/stepDowns.ts'
import { anImpactMeeting, aRequest } from '../fixtures/stepUps.ts'

let desk: TestDesk
let folder: string
let path: string
let manager: Actor

async function open() {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'list-'))
  path = join(folder, 'calls.csv')
  manager = desk.actor('triage-manager')
}

function close() {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  expect(desk.store.reader.prepare('SELECT * FROM export_under_way').all()).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
}

const calls = (filter: Partial<CallFilter> = {}) =>
  aListExport({ list: 'calls', filter: { ...everyCall, ...filter } })
const exportTo = (to: string, filter: Partial<CallFilter> = {}, actor = manager) =>
  listTo(desk, to, calls(filter), actor)

/** Exports calls, and reads the file back as a spreadsheet does. */
async function exported(filter: Partial<CallFilter> = {}): Promise<Record<string, string>[]> {
  await savedList(desk, path, calls(filter), manager)
  return rowsOf(readFileSync(path))
}

const trail = () =>
  desk.store.reader
    .prepare(`SELECT result, reason FROM audit WHERE operation = 'list.save' ORDER BY sequence`)
    .all() as { result: string; reason: string }[]
const recorded = () => desk.store.reader.prepare('SELECT * FROM case_export').all()

const child = (changes: Partial<CallDraft['children'][number]>) => ({
  ...{ id: newId(), name: '', birth: '', upn: '', relation: '', address: '' },
  ...changes
})

describe('the file', () => {
  beforeEach(open)
  afterEach(close)

  it('holds every field of a call in plain words', async () => {
    const school = await aSchool(desk)
    const draft = aCall(school.id, {
      callerRole: 'Head teacher',
      callerPhone: '+44 1992 555980',
      mayLeaveMessage: true,
      parentsKnow: 'unsafe-to-tell',
      children: [
        child({ name: 'Robin Vale', birth: '3/9/15', relation: 'Pupil', address: '4 High Street, SG13 8EQ' }),
        child({ birth: 'age 7' })
      ],
      concern: 'Said "I am afraid".\nWould not say more, then cried.',
      level: 'targeted',
      levelWhy: 'More than one need',
      disagreement: 'Would rather wait',
      actions: [{ id: newId(), what: 'Send the form', who: 'The school', byWhen: '24/11/2026' }]
    })
    await desk.does('call.file', draft)
    await desk.does('call.addAddendum', {
      ...{ id: newId(), callId: draft.id, field: 'concern' },
      text: 'It was the left arm only.'
    })
    expect(await exported()).toEqual([
      {
        Reference: 'HUB-7KQ3-000001',
        Date: '23/11/2026',
        Time: '10:00',
        'In hours': 'Yes',
        Line: 'Consultation Hub',
        'Who called': 'A school',
        'Kind of caller': '',
        School: 'Oakfield School',
        Town: 'Hertford',
        'Open assessment confirmed by': '',
        'Caller’s name': 'Ann Dean',
        'Caller’s role': 'Head teacher',
        'Phone number': '01992 555980',
        'May we leave a message': 'Yes',
        'Turned away': 'No',
        'Read out to the caller': '',
        'Consulted the Continuum of Need': 'No',
        'Spoke to the designated safeguarding lead': 'No',
        'Do the parents know': 'It is not safe to tell them',
        Children: 'Robin Vale, born 3/9/2015, age 11, Pupil, 4 High Street, SG13 8EQ\nNot named, age 7',
        Concern: 'Said "I am afraid".\nWould not say more, then cried.',
        'Level of need discussed': 'Targeted',
        'Why this level': 'More than one need',
        'Advice given': 'Complete the contact form today',
        'Where the caller disagreed': 'Would rather wait',
        Outcome: 'Complete the Child Protection Contact Form',
        Actions: 'Send the form, The school, by 24/11/2026, open',
        Addenda: '23/11/2026 The concern: It was the left arm only.',
        Adviser: 'Morgan Ellis',
        'Adviser’s profession': 'Social Worker',
        'Local hub': 'Broxbourne and East Herts',
        'Date filed': '23/11/2026',
        'Time filed': '10:00',
        'Why it was recorded later': '',
        'Entered in error': 'No'
      }
    ])
  })

  it('L26: begins with the mark of UTF-8, and no cell is a formula', async () => {
    const signs = ['=', '+', '-', '@', '\t=', '\r=', '  =', '\n+', '＝', '＋']
    for (const sign of signs)
      await desk.does('call.file', aKeyworkersCall({ concern: `${sign}HYPERLINK("https://example.org")` }))
    await desk.does('call.file', aKeyworkersCall({ callerName: '=1+1', callerPhone: '+33 1 23 45 67 89' }))
    const rows = await exported()
    expect([...readFileSync(path).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(rows).toHaveLength(signs.length + 1)
    for (const cell of rows.flatMap((row) => Object.values(row)))
      expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
    expect(rows[0]).toMatchObject({ 'Caller’s name': "'=1+1", 'Phone number': "'+33 1 23 45 67 89" })
  })

  it('has phone numbers as they are dialled from England, and in none a 0 that a spreadsheet drops', async () => {
    const typed = [
      '+44 7700 900123',
      '00447700900123',
      '07700900123',
      '01992 555980',
      '(01992) 555-980',
      'not known'
    ]
    for (const callerPhone of typed) await desk.does('call.file', aKeyworkersCall({ callerPhone }))
    expect((await exported()).map((row) => row['Phone number'])).toEqual(
      ['07700 900123', '07700 900123', '07700 900123', '01992 555980', '01992 555980', 'not known'].reverse()
    )
  })

  it('has London’s time on both sides of the change of the clocks', async () => {
    const at = async (now: string) =>
      desk.does('call.file', aKeyworkersCall({ startedAt: now }), { ...desk.first, now })
    await at('2026-03-29T00:59:00.000Z')
    await at('2026-03-29T01:00:00.000Z')
    await at('2026-06-30T23:30:00.000Z')
    expect((await exported()).map((row) => `${row['Date'] ?? ''} ${row['Time'] ?? ''}`)).toEqual([
      '1/7/2026 00:30',
      '29/3/2026 02:00',
      '29/3/2026 00:59'
    ])
  })

  it('L25: holds what the filter finds, and calls entered in error only where they are asked for', async () => {
    const school = await aSchool(desk)
    const day = async (now: string, draft: CallDraft) =>
      desk.does('call.file', { ...draft, startedAt: now }, { ...desk.first, now })
    await day('2026-11-19T10:00:00.000Z', aCall(school.id, { concern: 'Thursday' }))
    const mistaken = aCall(school.id, { concern: 'Friday, mistaken' })
    await day('2026-11-20T10:00:00.000Z', mistaken)
    await day('2026-11-20T11:00:00.000Z', aCall(school.id, { concern: 'Friday' }))
    await day('2026-11-23T10:00:00.000Z', aKeyworkersCall({ concern: 'Monday' }))
    await desk.does('call.markInError', {
      ...{ id: newId(), callId: mistaken.id, inError: true },
      reason: 'The wrong school'
    })
    const concerns = async (filter: Partial<CallFilter>) =>
      (await exported(filter)).map((row) => `${row['Concern'] ?? ''}: ${row['Entered in error'] ?? ''}`)
    expect(await concerns({})).toEqual(['Monday: No', 'Friday: No', 'Thursday: No'])
    expect(await concerns({ inError: true })).toEqual(['Friday, mistaken: Yes'])
    expect(await concerns({ schoolId: school.id })).toEqual(['Friday: No', 'Thursday: No'])
    expect(await concerns({ from: '2026-11-20', to: '2026-11-22' })).toEqual(['Friday: No'])
    expect(await concerns({ search: 'monday' })).toEqual(['Monday: No'])
    expect(await concerns({ search: '…' })).toEqual([])
  })

  it('L25: holds no call that its person may not read', async () => {
    const school = await aSchool(desk)
    await desk.does('call.file', aCall(school.id, { concern: 'In Broxbourne and East Herts' }))
    await desk.does('call.file', aKeyworkersCall({ concern: 'The County hub’s' }))
    const hubId = String(
      desk.store.reader.prepare('SELECT hub_id FROM call WHERE school_id = ?').pluck().get(school.id)
    )
    const ofHub = { ...desk.actor('triage-manager', 'coordinator'), hubIds: [hubId] }
    // a triage manager reads every call; what a coordinator may not is left to the same filter
    await savedList(desk, path, calls(), ofHub)
    expect(rowsOf(readFileSync(path))).toHaveLength(2)
    expect(await listTo(desk, path, calls(), { ...ofHub, roles: ['coordinator'] })).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
  })

  it('is its owner’s alone, and person, trail and record have its hash, its count and what it is for', async () => {
    await desk.does('call.file', aKeyworkersCall())
    const draft = calls()
    const done = await savedList(desk, path, draft, manager)
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(done).toEqual({
      ...{ stage: 'done', reference: 'EXP-7KQ3-000001', included: 1, excluded: 0 },
      ...{ fileName: 'calls.csv', sha256, passphrase: '' }
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['calls.csv'])
    expect(trail()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=1 excluded=0 sha256=${sha256}` }
    ])
    expect(recorded()).toMatchObject([
      {
        ...{ id: draft.id, reference: 'EXP-7KQ3-000001', scope: 'list', subject_id: 'calls', format: 'csv' },
        ...{ family_id: '', purpose: 'The yearly report', is_protected: 0, included: 1 },
        ...{ open_reason: 'It stays on the council’s own drive', file_sha256: sha256 }
      }
    ])
    expect(await listTo(desk, path, draft, manager)).toMatchObject({ error: { reason: 'clashing-id' } })
  })

  it.each(listFormats)('is in a zip that six words open, as %s', async (format) => {
    await desk.does('call.file', aKeyworkersCall({ concern: 'SENTINEL of a call' }))
    const zip = join(folder, 'calls.zip')
    const sealed = { ...calls(), format, isProtected: true, openReason: '' }
    const { passphrase } = await savedList(desk, zip, sealed, manager)
    expect(passphrase).toMatch(/^([a-z-]+ ){5}[a-z-]+$/)
    expect(readFileSync(zip).includes('SENTINEL')).toBe(false)
    const entry = `calls-EXP-7KQ3-000001-2026-11-23.${format}`
    const entries = unzipped(zip, passphrase)
    expect(Object.keys(entries)).toEqual([entry])
    const inside = join(folder, entry)
    writeFileSync(inside, entries[entry] ?? '')
    if (format === 'csv') expect(readFileSync(inside, 'utf8')).toContain('SENTINEL of a call')
    else expect(JSON.stringify(sheetsOf(inside))).toContain('SENTINEL of a call')
    expect(JSON.stringify(recorded())).not.toContain(passphrase)
    expect(() => unzipped(zip, 'not these words at all here')).toThrow()
  })

  it('takes the place of the one before only when it is whole', async () => {
    await desk.does('call.file', aKeyworkersCall())
    writeFileSync(path, 'the one before')
    writeFileSync(`${path}.part`, 'what a killed export left', { mode: 0o644 })
    expect(await exported()).toHaveLength(1)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('says what it is for, and why it goes without a passphrase; a list that names nobody need not', async () => {
    const blank = { purpose: ' ', openReason: ' ' }
    expect(await listTo(desk, path, { ...calls(), ...blank }, manager)).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'purpose' }, { path: 'openReason' }] }
    })
    expect(existsSync(path)).toBe(false)
    await savedList(desk, path, aListExport(everyList.schools, blank), manager)
  })

  it('L25: is for those who may take this list out, who are asked again when it begins', async () => {
    const roles = ['adviser', 'coordinator', 'helpdesk', 'administrator', 'auditor'] as const
    for (const role of roles)
      for (const query of Object.values(everyList)) {
        const actor = desk.actor(role)
        const prepared = await desk.record('list.prepare', aListExport(query), actor)
        const written = await desk.record(
          'list.write',
          { ...aListExport(query), reference: 'EXP-7KQ3-000001', path },
          actor
        )
        const isAllowed = mayExportList(actor, query.list)
        expect({ role, list: query.list, ok: [prepared.ok, written.ok] }).toEqual({
          ...{ role, list: query.list },
          ok: [isAllowed, isAllowed]
        })
      }
    expect(mayExportList({ roles: ['coordinator'] }, 'calls')).toBe(false)
    expect(mayExportList({ roles: ['auditor'] }, 'schools')).toBe(false)
    expect(await desk.run('list.save', calls(), manager)).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
  })

  it('says what to do when it cannot be written, and leaves nothing', async () => {
    await desk.does('call.file', aKeyworkersCall())
    expect(await exportTo(join(folder, 'gone', 'calls.csv'))).toEqual({
      ok: true,
      value: { stage: 'failed', reason: 'file-folder-gone' }
    })
    mkdirSync(path)
    expect(await exportTo(path)).toEqual({ ok: true, value: { stage: 'failed', reason: 'file-not-written' } })
    expect(readdirSync(folder)).toEqual(['calls.csv'])
    expect(trail().slice(-1)).toEqual([{ result: 'failed', reason: 'file-not-written' }])
    expect(recorded()).toEqual([])
  })

  it.each([
    ['ENOSPC', 'file-disk-full'],
    ['ENOENT', 'file-folder-gone'],
    ['EBUSY', 'file-in-use'],
    ['EACCES', 'file-not-allowed'],
    ['EIO', 'file-not-written']
  ])('tells %s as %s', (code, problem) => {
    expect(fileProblem(Object.assign(new Error(code), { code }))).toBe(problem)
  })
})

/** Something in each list: a family with a step-up, and a step-down. */
async function somethingInEachList() {
  await aSchool(desk)
  await desk.does('call.file', aKeyworkersCall({ concern: '=1+1', callerPhone: '+44 1632 960001' }))
  const { form } = await aFamily(desk, aRegistration())
  const { hubId } = await desk.does('family.read', { id: form.id })
  manager = await aColleague(desk, 'triage-manager')
  const request = aRequest(form)
  await desk.does('stepUp.request', request)
  await desk.does(
    'stepUp.planMeeting',
    anImpactMeeting(manager.id, hubId, { stepUpIds: [request.id] }),
    manager
  )
  await aReceivedStepDown(desk)
  return { form, hubId }
}

/** The file of a list as CSV. */
async function csvOf(list: ListName, actor = manager, query: ListQuery = everyList[list]): Promise<string> {
  const to = join(folder, `${list}-${newId()}.csv`)
  await savedList(desk, to, aListExport(query), actor)
  return readFileSync(to, 'utf8')
}

describe('every list', () => {
  beforeEach(open)
  afterEach(close)

  it('leaves as CSV and as Excel with the same rows, as many as are counted', async () => {
    await somethingInEachList()
    for (const query of Object.values(everyList)) {
      const csv = join(folder, 'list.csv')
      const xlsx = join(folder, 'list.xlsx')
      const asText = await savedList(desk, csv, aListExport(query), manager)
      const asBook = await savedList(desk, xlsx, aListExport(query, { format: 'xlsx' }), manager)
      const rows = rowsOf(readFileSync(csv))
      const [[header = [], first = [], ...others] = []] = Object.values(sheetsOf(xlsx))
      const counts = {
        list: query.list,
        csv: asText.included,
        xlsx: asBook.included,
        sheet: others.length + 1
      }
      expect(counts).toEqual({ list: query.list, csv: 1, xlsx: 1, sheet: 1 })
      const labels = header.map((cell) => (cell && 'text' in cell ? cell.text : ''))
      expect({ list: query.list, labels: Object.keys(rows[0] ?? {}) }).toEqual({ list: query.list, labels })
      for (const [place, label] of labels.entries()) {
        const cell = first[place]
        const inCsv = rows[0]?.[label]?.replace(/^'/, '')
        if (cell && 'text' in cell) expect({ label, inCsv }).toEqual({ label, inCsv: cell.text })
        if (cell === undefined) expect({ label, inCsv }).toEqual({ label, inCsv: '' })
      }
      rmSync(csv)
      rmSync(xlsx)
    }
  })

  it('tells what its screen tells', async () => {
    await somethingInEachList()
    const told = async (list: ListName) => rowsOf(await csvOf(list))
    expect(await told('families')).toEqual([
      {
        ...{ Family: 'FAM-7KQ3-000001', Children: 'Robin Vale', Restricted: 'No' },
        ...{ 'Local hub': 'Broxbourne and East Herts', Keyworker: 'Priya Shah', Agreement: 'Agreed' },
        ...{ 'Next date': expect.stringMatching(/^\d+\/\d+\/202\d$/) as string, Registered: '23/11/2026' }
      }
    ])
    expect(await told('keyworkers')).toMatchObject([
      {
        Keyworker: 'Priya Shah',
        'Agency or school': 'Lantern Trust',
        Families: '1',
        'May be given a family': 'Yes'
      }
    ])
    expect(await told('step-downs')).toMatchObject([
      { 'Step-down': 'STD-7KQ3-000001', 'Where it stands': 'To triage', Received: '23/11/2026 10:00' }
    ])
    expect(await told('step-ups')).toMatchObject([
      { 'Step-up': 'SUP-7KQ3-000001', Children: 'Robin Vale', Requested: '23/11/2026', Meeting: '30/11/2026' }
    ])
    expect(await told('impact-meetings')).toMatchObject([
      { Day: '30/11/2026', Starts: '14:00', Requests: '1', 'Where it stands': 'To come' }
    ])
    expect(await told('triage-rows')).toMatchObject([
      { Reference: 'STD-7KQ3-000001', When: '23/11/2026 10:00' }
    ])
    expect(await told('schools')).toMatchObject([
      { School: 'Oakfield School', Postcode: 'SG13 8EQ', 'Phone number': '01992 555 555', Status: 'Open' }
    ])
    expect(await told('agencies')).toMatchObject([
      { Agency: 'Lantern Trust', Kind: 'Charity', 'Phone number': '01992 555 100' }
    ])
    expect(await told('practitioners')).toMatchObject([
      {
        Practitioner: 'Priya Shah',
        'Main number': '01992 555 100',
        'Trained on': '12/1/2026',
        'Families now': '1'
      }
    ])
  })

  it('goes on behind the first page of the screen, in its order, each row once', async () => {
    const names = Array.from({ length: 120 }, (_, place) => `Agency ${String(place).padStart(3, '0')}`)
    const about = { kind: 'Charity', phone: '', address: '', rowVersion: 0 }
    for (const name of names.toReversed()) await desk.does('agency.save', { id: newId(), name, ...about })
    expect(rowsOf(await csvOf('agencies')).map(({ Agency }) => Agency)).toEqual(names)
    const narrowed = await csvOf('agencies', manager, { list: 'agencies', text: 'agency 007' })
    expect(rowsOf(narrowed)).toMatchObject([{ Agency: 'Agency 007' }])
  })

  it('L25: holds no family of another hub, and of a restricted one nothing but that it is', async () => {
    const { form, hubId } = await somethingInEachList()
    const hidden = aRegistration({ people: [aPerson({ name: 'Zephyrine Quillfeather' })] })
    await aFamily(desk, hidden)
    await desk.does('stepUp.request', aRequest(hidden))
    const sibling = aPerson({ name: 'Sam Vale', address: '17 Secret Wharf, Ware SG12 9ZZ' })
    const member = { id: newId(), familyId: form.id, person: sibling, from: '', reason: '' }
    await desk.does('family.addMember', member)
    const note = aNote(form, { words: 'SENTINEL of a note' })
    await desk.does('note.add', note)
    await restrict(desk, hidden.id, [desk.first], manager)

    const here = await aColleague(desk, 'coordinator', [hubId])
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    const ofFamilies = ['families', 'step-ups', 'step-downs', 'impact-meetings', 'triage-rows'] as const
    for (const list of ofFamilies) {
      for (const actor of [manager, here]) {
        const told = await csvOf(list, actor)
        expect({ list, told }).not.toMatchObject({ told: expect.stringMatching(FORBIDDEN) as string })
      }
      expect({ list, told: rowsOf(await csvOf(list, elsewhere)) }).toEqual({ list, told: [] })
    }
    expect(rowsOf(await csvOf('families', here))).toMatchObject([
      { Family: 'FAM-7KQ3-000002', Children: '', Restricted: 'Yes', Keyworker: '', Agreement: '' },
      { Family: 'FAM-7KQ3-000001', Children: 'Robin Vale, Sam Vale', Restricted: 'No' }
    ])
    expect(await csvOf('families', { ...desk.first, roles: ['coordinator'], hubIds: [hubId] })).toContain(
      'Zephyrine Quillfeather'
    )
  })
})

const FORBIDDEN = /Zephyrine|Quillfeather|Secret Wharf|SG12|SENTINEL/

const heads: Head[] = [
  text('Text', () => ''),
  phone('Phone', () => ''),
  date('Date', () => ''),
  instant('When', () => ''),
  number('Number', () => 0),
  yesNo('Yes or no', () => true)
]
const row: Cell[] = [
  '=HYPERLINK("x")\n<&>',
  '01632960001',
  '2026-03-01',
  '2026-06-23T22:05:00.000Z',
  -3,
  true
]

async function workbook(rows: Cell[][], to = path) {
  const sheets = [{ name: 'Rows', rows: () => inTurn([rows]) }]
  writeFileSync(to, await joined(asXlsx(heads, sheets, '2026-11-23T10:00:00.000Z')))
  return sheetsOf(to)['Rows']?.slice(1) ?? []
}
async function* inTurn<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const each of all) yield await Promise.resolve(each)
}
async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

describe('the formats', () => {
  beforeEach(open)
  afterEach(close)

  it('CSV: to the byte', () => {
    const csv = asCsv(heads)
    expect(csv.header() + csv.rows([row, ['', '', '', '', null, false]])).toBe(
      '\ufeffText,Phone,Date,When,Number,Yes or no\n' +
        `"'=HYPERLINK(""x"")\n<&>",01632 960001,1/3/2026,23/6/2026 23:05,'-3,Yes\n,,,,,No\n`
    )
  })

  it('Excel: text is text, a day is a day, and a phone keeps its 0', async () => {
    expect(await workbook([row])).toEqual([
      [
        { text: '=HYPERLINK("x")\n<&>' },
        { text: '01632 960001' },
        { number: 46_082, style: '3' },
        { number: 46_196 + (23 * 60 + 5) / 1_440, style: '5' },
        { number: -3, style: '6' },
        { text: 'Yes' }
      ]
    ])
    const parts = unzipped(path, '')
    expect(Object.keys(parts).sort()).toEqual([
      ...['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml'],
      ...['xl/workbook.xml', 'xl/worksheets/sheet1.xml']
    ])
    const sheet = parts['xl/worksheets/sheet1.xml']?.toString('utf8') ?? ''
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(sheet).toMatch(/<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">Text<\/t>/)
    expect(sheet).not.toContain('<f')
    expect(parts['xl/styles.xml']?.toString('utf8')).toContain('formatCode="dd/mm/yyyy"')
    // Zip64, which not every Excel opens, begins with this
    expect(readFileSync(path).includes(Buffer.from('PK\u0006\u0006', 'latin1'))).toBe(false)
  })

  it('Excel: a day before its calendar is right is told as text, and nothing is an empty cell', async () => {
    const [before, none] = await workbook([
      ['', '', '1900-02-28', '', null, false],
      ['', '', '', '', null, false]
    ])
    expect(before?.[2]).toEqual({ text: '28/2/1900' })
    expect(none).toEqual([undefined, undefined, undefined, undefined, undefined, { text: 'No' }])
    const [first] = await workbook([['', '', '1900-03-01', '', null, false]])
    expect(first?.[2]).toEqual({ number: 61, style: '3' })
  })

  it('Excel: text that is longer than a cell says so where it is cut', async () => {
    const [[whole], [cut]] = (await workbook([
      ['x'.repeat(32_767), '', '', '', null, true],
      ['x'.repeat(32_768), '', '', '', null, true]
    ])) as [SheetCell[], SheetCell[]]
    expect(whole).toEqual({ text: 'x'.repeat(32_767) })
    expect(cut).toMatchObject({ text: expect.stringMatching(/^x+ … \[Cut here: .*\]$/) as string })
    expect(cut && 'text' in cut && cut.text.length).toBe(32_767)
  })

  it('Excel: more rows than a sheet takes go on another', async () => {
    const rows = (from: number, to: number) =>
      inTurn([Array.from({ length: to - from }, (_, place) => [`Row ${String(from + place)}`])])
    const sheets = partedInSheets('Calls', 5, rows, 2)
    writeFileSync(path, await joined(asXlsx([text('Text', () => '')], sheets, '2026-11-23T10:00:00.000Z')))
    const told = (all: SheetCell[][]) => all.map(([cell]) => cell && 'text' in cell && cell.text)
    expect(Object.entries(sheetsOf(path)).map(([name, all]) => [name, told(all)])).toEqual([
      ['Calls 1', ['Text', 'Row 0', 'Row 1']],
      ['Calls 2', ['Text', 'Row 2', 'Row 3']],
      ['Calls 3', ['Text', 'Row 4']]
    ])
    expect(partedInSheets('Calls', 0, rows, 2)).toMatchObject([{ name: 'Calls' }])
  })

  /** Signs of formulas behind and before what cannot be seen, right-to-left marks, emoji, halves of characters. */
  const anyText = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['=', '+', '-', '@', '＝', '\t', '\r', '\n', ' ', '"', ',', "'", '\u200f', '\ufeff']
        ),
        fc.constantFrom(...['\u200b', '\u0000', '_x0041_', ']]>', '&lt;', '\ud83d', 'أ', '<c>', '1']),
        fc.string({ unit: 'grapheme' })
      ),
      { maxLength: 8 }
    )
    .map((parts) => parts.join(''))

  /** Half of a character is none, in any file. */
  const wellFormed = (each: string) => Buffer.from(each).toString()

  it('CSV: whatever is typed is no formula, and comes back but for what hid a sign', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const csv = asCsv([text('A', () => ''), text('B', () => '')])
        const [back] = rowsOf(csv.header() + csv.rows([[typed, 'B']])) as [Record<string, string>]
        const cell = back['A'] ?? ''
        expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u)
        expect(cell).not.toMatch(/^[\t\r]/)
        const whole = wellFormed(typed)
        expect(whole.endsWith(cell.replace(/^'/, '')) || cell === whole).toBe(true)
        expect(back['B']).toBe('B')
      })
    )
  })

  it('Excel: whatever is typed comes back as text, but for what XML has no place for', async () => {
    const typed = fc.sample(anyText, 200)
    const rows = await workbook(typed.map((each) => [each, '', '', '', null, true]))
    const kept = (each: string) => wellFormed(each).replace(/\r\n?/g, '\n').replaceAll('\u0000', '\ufffd')
    for (const [place, each] of typed.entries()) {
      const cell = rows[place]?.[0]
      expect(cell && 'text' in cell ? cell.text : '').toBe(kept(each))
    }
  })
})

describe('an export under way', () => {
  const CALLS = 600

  beforeAll(async () => {
    await open()
    for (let filed = 0; filed < CALLS; filed++) await desk.does('call.file', aKeyworkersCall())
  })
  afterAll(close)
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  })

  const progress = () => desk.does('export.progress', {}, manager)

  async function untilSomeAreWritten(going: Promise<Result<CaseNotesProgress>>) {
    let hasEnded = false
    void going.then(() => (hasEnded = true))
    while (!hasEnded) {
      const now = await progress()
      if (now.stage === 'running' && now.done > 0) return now
      await turn()
    }
    throw new Error('It ended before anything was seen to be written')
  }

  it('says how far it is, lets a call be filed, and leaves that one out', async () => {
    const going = exportTo(path)
    expect(await untilSomeAreWritten(going)).toMatchObject({ total: CALLS })
    await desk.does('call.file', aKeyworkersCall({ concern: 'Filed meanwhile' }))
    expect(await progress()).toMatchObject({ stage: 'running' })
    expect(await going).toMatchObject({ ok: true, value: { stage: 'done', included: CALLS } })
    const rows = rowsOf(readFileSync(path))
    expect(new Set(rows.map((each) => each['Reference'])).size).toBe(CALLS)
    expect(rows.map((each) => each['Concern'])).not.toContain('Filed meanwhile')
  })

  it('is the only one', async () => {
    const going = exportTo(path)
    await untilSomeAreWritten(going)
    expect(await exportTo(join(folder, 'second.csv'))).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'export-running' }
    })
    expect(await going).toMatchObject({ ok: true, value: { stage: 'done' } })
    expect(readdirSync(folder)).toEqual(['calls.csv'])
  })

  it.each([
    ['CSV', { format: 'csv' }],
    ['Excel in a zip', { format: 'xlsx', isProtected: true }]
  ] as const)('cancelled as %s, leaves no file, and says so in the trail', async (_, changes) => {
    const going = listTo(desk, path, { ...calls(), ...changes }, manager)
    await untilSomeAreWritten(going)
    expect(readdirSync(folder)).toEqual(['calls.csv.part'])
    await desk.does('export.cancel', {}, manager)
    expect(await going).toEqual({ ok: true, value: { stage: 'none' } })
    expect(readdirSync(folder)).toEqual([])
    expect(await progress()).toEqual({ stage: 'none' })
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'cancelled' })
    expect(await exportTo(path)).toMatchObject({ ok: true, value: { stage: 'done' } })
  })

  it('fails clearly where its folder is removed', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'list-'))
    const going = exportTo(join(elsewhere, 'calls.csv'))
    await untilSomeAreWritten(going)
    rmSync(elsewhere, { recursive: true })
    expect(await going).toEqual({ ok: true, value: { stage: 'failed', reason: 'file-folder-gone' } })
  })

  it('leaves nothing when the desk is locked meanwhile', async () => {
    const going = exportTo(path)
    await untilSomeAreWritten(going)
    await endExporting()
    expect(await going).toEqual({ ok: true, value: { stage: 'none' } })
    expect(readdirSync(folder)).toEqual([])
    expect(await exportTo(path)).toMatchObject({ ok: true, value: { stage: 'done' } })
  })

  it('killed, leaves a part, which is removed and told as failed at the next start', async () => {
    const program = bundled('exportListUntilKilled')
    const killed = spawn(process.execPath, [program], { stdio: ['pipe', 'inherit', 'inherit'] })
    const wanted = { ...calls(), reference: 'EXP-7KQ3-000099', path }
    const { file: record, key } = desk
    killed.stdin.end(
      JSON.stringify({ record, key: Buffer.from(key).toString('hex'), wanted, actor: manager })
    )
    const [, signal] = (await once(killed, 'close')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    expect(readdirSync(folder)).toEqual(['calls.csv.part'])
    await endUnfinished(desk.store)
    expect(readdirSync(folder)).toEqual([])
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'killed' })
  })
})
