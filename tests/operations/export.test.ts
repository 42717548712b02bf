import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
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
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportCalls } from '../../electron/call/exportCalls.ts'
import { fileProblem } from '../../electron/call/exportFile.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { everyCall, type CallFilter } from '../../shared/call/filter.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Result } from '../../shared/errors.ts'
import type { ExportProgress } from '../../shared/export/export.ts'
import { newId } from '../../shared/ids.ts'
import { bundled } from '../bundle.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
let folder: string
let path: string
let manager: Actor

async function open() {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'export-'))
  path = join(folder, 'calls.csv')
  manager = desk.actor('triage-manager')
}

function close() {
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
}

const exportTo = (to: string, filter: Partial<CallFilter> = {}, actor = manager) =>
  desk.record('call.export', { path: to, filter: { ...everyCall, ...filter } }, actor) as Promise<
    Result<ExportProgress>
  >

/** Exports, and reads the file back as a spreadsheet does. */
async function exported(filter: Partial<CallFilter> = {}): Promise<Record<string, string>[]> {
  const result = await exportTo(path, filter)
  expect(result).toMatchObject({ ok: true, value: { stage: 'done' } })
  return parse(readFileSync(path), { bom: true, columns: true })
}

const trail = () =>
  desk.store.reader
    .prepare(`SELECT result, reason FROM audit WHERE operation = 'call.export' ORDER BY sequence`)
    .all() as { result: string; reason: string }[]

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

  it('L25: would hold no call that its person may not read, whatever roles may export one day', async () => {
    const school = await aSchool(desk)
    await desk.does('call.file', aCall(school.id, { concern: 'In Broxbourne and East Herts' }))
    await desk.does('call.file', aKeyworkersCall({ concern: 'The County hub’s' }))
    const hubId = String(
      desk.store.reader.prepare('SELECT hub_id FROM call WHERE school_id = ?').pluck().get(school.id)
    )
    await exportCalls(
      desk.store,
      { path, filter: everyCall },
      { ...desk.actor('coordinator'), hubIds: [hubId] }
    )
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('In Broxbourne and East Herts')
    expect(text).not.toContain('The County hub’s')
  })

  it('is its owner’s alone, and the hash that the person and the trail have is its own', async () => {
    await desk.does('call.file', aKeyworkersCall())
    const result = await exportTo(path)
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(result).toEqual({ ok: true, value: { stage: 'done', count: 1, fileName: 'calls.csv', sha256 } })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['calls.csv'])
    expect(trail()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=1 sha256=${sha256}` }
    ])
  })

  it('takes the place of the one before only when it is whole', async () => {
    await desk.does('call.file', aKeyworkersCall())
    writeFileSync(path, 'the one before')
    writeFileSync(`${path}.part`, 'what a killed export left', { mode: 0o644 })
    expect(await exported()).toHaveLength(1)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('L25: is for triage managers, who are asked for again when it begins; the refusal is in the trail', async () => {
    for (const role of ['adviser', 'coordinator', 'administrator', 'auditor'] as const)
      expect(await exportTo(path, {}, desk.actor(role))).toEqual({
        ok: false,
        error: { code: 'not-allowed' }
      })
    expect(await desk.run('call.export', { filter: everyCall }, manager)).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
    expect(existsSync(path)).toBe(false)
    expect(trail().map(({ result }) => result)).toEqual(Array.from({ length: 5 }, () => 'refused'))
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
    expect(await desk.does('call.exportProgress', {}, manager)).toEqual({
      stage: 'failed',
      reason: 'file-not-written'
    })
    expect(trail().slice(-1)).toEqual([{ result: 'failed', reason: 'file-not-written count=1' }])
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

describe('an export under way', () => {
  const CALLS = 400

  beforeAll(async () => {
    await open()
    for (let calls = 0; calls < CALLS; calls++) await desk.does('call.file', aKeyworkersCall())
  })
  afterAll(close)
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  })

  const progress = () => desk.does('call.exportProgress', {}, manager)

  async function untilSomeAreWritten(going: Promise<Result<ExportProgress>>) {
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
    expect(await going).toMatchObject({ ok: true, value: { stage: 'done', count: CALLS } })
    const rows: Record<string, string>[] = parse(readFileSync(path), { bom: true, columns: true })
    expect(new Set(rows.map((row) => row['Reference'])).size).toBe(CALLS)
    expect(rows.map((row) => row['Concern'])).not.toContain('Filed meanwhile')
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

  it('cancelled, leaves no file, and says so in the trail', async () => {
    const going = exportTo(path)
    await untilSomeAreWritten(going)
    expect(readdirSync(folder)).toEqual(['calls.csv.part'])
    await desk.does('call.cancelExport', {}, manager)
    expect(await going).toEqual({ ok: true, value: { stage: 'none' } })
    expect(readdirSync(folder)).toEqual([])
    expect(await progress()).toEqual({ stage: 'none' })
    const last = trail().at(-1)
    expect(last?.result).toBe('failed')
    expect(last?.reason).toMatch(/^cancelled count=\d+$/)
    expect(await exportTo(path)).toMatchObject({ ok: true, value: { stage: 'done' } })
  })

  it('fails clearly where its folder is removed', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'export-'))
    const going = exportTo(join(elsewhere, 'calls.csv'))
    await untilSomeAreWritten(going)
    rmSync(elsewhere, { recursive: true })
    expect(await going).toEqual({ ok: true, value: { stage: 'failed', reason: 'file-folder-gone' } })
  })

  it('leaves nothing when the desk is locked meanwhile: the record is closed under it', async () => {
    const going = exportTo(path)
    await untilSomeAreWritten(going)
    desk = desk.reopen()
    expect(await going).toMatchObject({ ok: false })
    expect(readdirSync(folder)).toEqual([])
    expect(await exportTo(path)).toMatchObject({ ok: true, value: { stage: 'done' } })
  })

  it('killed, leaves only what says that it is a part', async () => {
    const program = bundled('exportUntilKilled')
    const killed = spawn(process.execPath, [program], { stdio: ['pipe', 'inherit', 'inherit'] })
    const { file: record, key } = desk
    killed.stdin.end(JSON.stringify({ record, key: Buffer.from(key).toString('hex'), path, actor: manager }))
    const [, signal] = (await once(killed, 'close')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    expect(readdirSync(folder)).toEqual(['calls.csv.part'])
  })
})
