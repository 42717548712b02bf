import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Desk } from '../../electron/account/session.ts'
import { chooseImport } from '../../electron/stepDown/chooseImport.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyCall } from '../../shared/call/call.ts'
import { Refusal, type Result } from '../../shared/errors.ts'
import { newId, naturalId, type Id } from '../../shared/ids.ts'
import type { StepDownImportPreview, StepDownImportProgress } from '../../shared/stepDown/import.ts'
import type { EndReason } from '../../shared/stepDown/stepDown.ts'
import type { FileStepDown } from '../../shared/stepDown/stepDownFile.ts'
import { bundled } from '../bundle.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { establishmentsCsv, writeCsv } from '../fixtures/establishments.ts'
import { aReturn } from '../fixtures/stepDowns.ts'
import {
  aFileChild,
  aFileMother,
  aFileStepDown,
  manyStepDowns,
  stepDownRowsCsv,
  stepDownsCsv,
  stepDownsJson,
  writeStepDowns
} from '../fixtures/stepDownFiles.ts'

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

const file = (name = 'step-downs.json') => join(desk.folder, name)
const write = (stepDowns: readonly FileStepDown[], name?: string) => writeStepDowns(file(name), stepDowns)
const choose = (path: string, actor = manager) =>
  desk.record('stepDown.chooseImport', { path }, actor) as Promise<Result<StepDownImportProgress>>
const confirm = (importId: string) => desk.does('stepDown.confirmImport', { importId }, manager)
const progress = () => desk.does('stepDown.importProgress', {}, manager)

async function cancel() {
  const now = await progress()
  const importId =
    now.stage === 'previewed' ? now.preview.importId : now.stage === 'unfinished' ? now.importId : newId()
  return desk.run('stepDown.cancelImport', { importId }, manager)
}

async function preview(path: string, actor?: Actor): Promise<StepDownImportPreview> {
  const result = await choose(path, actor)
  if (!result.ok || result.value.stage !== 'previewed') {
    throw new Error(`${JSON.stringify(result)} ${JSON.stringify(await progress())} ${String(desk.faults)}`)
  }
  return result.value.preview
}

const importAll = async (stepDowns: readonly FileStepDown[]) =>
  confirm((await preview(write(stepDowns))).importId)

/** Every row of the tables that an import writes, but for the audit. */
const tables = [
  'step_down',
  'step_down_version',
  'step_down_person',
  'step_down_event',
  'step_down_now',
  'imported_step_down',
  'step_down_import'
]
const inRecord = () =>
  tables.map((name) => [name, desk.store.reader.prepare(`SELECT * FROM ${name} ORDER BY 1`).all()])
const count = (name: string) =>
  Number(desk.store.reader.prepare(`SELECT count(*) FROM ${name}`).pluck().get())

const idOf = (key: string): Id => naturalId('imported-step-down', key)
const read = (key: string) => desk.does('stepDown.read', { id: idOf(key) }, manager)
const end = async (key: string, reason: EndReason) => {
  const { lastId: basedOn } = await read(key)
  const input = { id: newId(), stepDownId: idOf(key), basedOn, act: 'end' as const, reason, words: '' }
  await desk.does('stepDown.act', input, manager)
}

describe('a file of step-downs', () => {
  it('is previewed first: counted, and what is wrong told by its place and field', async () => {
    const found = await preview(
      write([
        aFileStepDown('1'),
        aFileStepDown('2', {
          risk: 'huge' as 'high',
          people: [aFileChild({ name: 'Wren Reed', date_of_birth: '2030-01-01' })]
        }),
        aFileStepDown('3', {
          ...{ agreement: 'not-asked', address: '' },
          people: [aFileChild({ name: 'Kit Moor' })]
        }),
        aFileStepDown('4', { people: [aFileChild({ date_of_birth: '14/05/2016' })] }),
        aFileStepDown('5', {
          people: [aFileChild({ name: 'Al Reed', date_of_birth: '2030-01-01' }), aFileMother()]
        })
      ])
    )
    expect(found).toMatchObject({
      ...{ fileName: 'step-downs.json', stepDowns: 5, new: 2, people: 3, incomplete: 1 },
      ...{ answers: 0, changed: 0, known: 0, leftOut: 3, withoutDistrict: 1, isBegun: false }
    })
    expect(found.problems.map(({ pointer, field }) => [pointer, field])).toEqual([
      ['/step_downs/1/risk', 'risk'],
      ['/step_downs/3/people/0/date_of_birth', 'date_of_birth'],
      ['/step_downs/4/people/0/date_of_birth', 'date_of_birth']
    ])
    expect(found.problems.map(({ message }) => message)).toEqual([
      '“huge” is none of high, medium, low',
      'Enter a date like 2026-11-23',
      expect.stringContaining('is in the future')
    ])
    expect(found.problems[0]?.line).toBeGreaterThan(30)
    expect(found.examples.map(({ key, what, missing }) => [key, what, missing])).toEqual([
      ['1', 'new', 0],
      ['3', 'new', 1]
    ])
    for (const table of tables) expect(count(table), table).toBe(0)
  })

  it('comes in as if it were typed: what is missing waits to be sent back, the rest is to triage', async () => {
    writeCsv(file('schools.csv'), establishmentsCsv([{ urn: '117000', name: 'Alderwick Primary School' }]))
    const schools = await desk.record('school.chooseImport', { path: file('schools.csv') })
    const { preview: of } = (schools as { value: { preview: { importId: string } } }).value
    await desk.does('school.confirmImport', { importId: of.importId })
    const done = await importAll([
      aFileStepDown('1', {
        ...{ received_on: '2026-11-20', received_time: '14:30', district: 'East Hertfordshire' },
        people: [
          aFileChild({ upn: 'A123456789012', school_urn: '117000' }),
          aFileMother(),
          aFileChild({ role: 'unborn', name: '', date_of_birth: undefined, expected_date: '2027-02-01' })
        ]
      }),
      aFileStepDown('2', { agreement: 'not-asked', agreed_by: '', last_plan: '' })
    ])
    expect(done).toEqual({ stage: 'done', new: 2, added: 0, incomplete: 1, leftOut: 0 })

    const whole = await read('1')
    expect(whole).toMatchObject({
      state: 'to-triage',
      sourceKey: '1',
      receivedAt: '2026-11-20T14:30:00.000Z'
    })
    const [version] = whole.versions
    expect(
      version?.people.map(({ role, name, birth, expected, school }) => [role, name, birth, expected, school])
    ).toEqual([
      ['child', 'Rowan Marsh', '2016-05-14', '', 'Alderwick Primary School'],
      ['parent-carer', 'Dana Marsh', '1988-02-02', '', ''],
      ['unborn', '', '', '2027-02-01', '']
    ])
    expect(version).toMatchObject({
      ...{ agreedById: version?.people[1]?.id, agreedBy: '', district: 'E07000242', hadPrevious: 'no' },
      areas: 'A bedtime routine that holds,\nand mornings without shouting'
    })
    expect(whole.events.map(({ event, aboutId }) => [event, aboutId])).toEqual([['complete', version?.id]])
    const half = await read('2')
    expect(half).toMatchObject({ state: 'received', receivedAt: OPEN })
    expect(half.versions[0]?.missing).toEqual(['agreement', 'last-plan'])
  })

  it('says the same as JSON and as CSV: the example of each is the other’s', async () => {
    for (const name of ['step-downs.json', 'step-downs.csv']) {
      writeFileSync(file(name), readFileSync(resolve('docs/examples', name)))
    }
    const first = await preview(file('step-downs.json'))
    expect(first).toMatchObject({ leftOut: 0, problems: [], new: 3, unreadColumns: [] })
    expect(first.incomplete).toBe(1)
    await confirm(first.importId)
    const second = await preview(file('step-downs.csv'))
    expect(second.importId).not.toBe(first.importId)
    expect(second).toMatchObject({ leftOut: 0, problems: [], new: 0, known: 3, changed: 0 })
  })

  it('takes CSV with the day first, one row for each child, what is told of the whole on any of them', async () => {
    const { people: _people, ...whole } = aFileStepDown('1')
    writeFileSync(
      file('a.CSV'),
      stepDownRowsCsv([
        {
          ...whole,
          name: 'Rowan Marsh',
          date_of_birth: '14/5/2016',
          needs: 'Sleep',
          work_completed_on: '20/11/26'
        },
        {
          step_down_id: '1',
          sending_team: whole.sending_team ?? '',
          name: 'Ira Marsh',
          date_of_birth: '03092018',
          needs: 'School'
        },
        { step_down_id: '1', role: 'Parent carer', name: 'Dana Marsh', date_of_birth: '2 Feb 1988' }
      ])
    )
    const shown = await preview(file('a.CSV'))
    expect(shown).toMatchObject({ stepDowns: 1, new: 1, people: 3, problems: [] })
    await confirm(shown.importId)
    const { versions } = await read('1')
    expect(versions[0]).toMatchObject({ workCompletedOn: '2026-11-20', missing: [] })
    expect(versions[0]?.people.map(({ role, birth }) => `${role} ${birth}`)).toEqual([
      'child 2016-05-14',
      'child 2018-09-03',
      'parent-carer 1988-02-02'
    ])
  })

  it('tells of rows by their line and column, and of two rows that say different things', async () => {
    const { people: _people, ...whole } = aFileStepDown('1')
    writeFileSync(
      file('a.csv'),
      stepDownRowsCsv([
        { ...whole, name: 'Rowan Marsh' },
        { step_down_id: '1', name: 'Ira Marsh', date_of_birth: '9/13/2018', sending_team: 'Another team' },
        { name: 'Nobody’s' },
        { step_down_id: '2', work_completed_on: '45988', name: 'Wren Reed', sex: 'girl' },
        { step_down_id: '3', name: 'Wren Reed', needs: 'x'.repeat(20_000) }
      ])
    )
    const { problems, leftOut, ...shown } = await preview(file('a.csv'))
    expect([shown.new, leftOut]).toEqual([0, 3])
    expect(problems.map(({ line, field, message }) => [line, field, message])).toEqual([
      [4, 'sending_team', 'Line 3 says something else of the same step-down'],
      [4, 'date_of_birth', 'Enter a date like 2026-11-23'],
      [5, 'step_down_id', 'Enter which step-down this row belongs to'],
      [6, 'work_completed_on', 'Enter a date like 2026-11-23'],
      [6, 'sex', '“girl” is none of female, male, not-known'],
      [7, 'needs', 'Use 5,000 characters or fewer']
    ])
  })

  it('twice is imported once, in whatever order its people stand', async () => {
    await importAll([aFileStepDown('1'), aFileStepDown('2')])
    const before = inRecord()
    const again = await preview(file())
    expect(again).toMatchObject({ new: 0, known: 2, isBegun: false })
    expect(await confirm(again.importId)).toMatchObject({ new: 2, added: 0 })
    const turned = await preview(
      write(
        [aFileStepDown('1', { people: [aFileMother(), aFileChild()], received_on: '2026-11-20' })],
        'b.json'
      )
    )
    expect(turned).toMatchObject({ new: 0, known: 1, changed: 0 })
    expect(await confirm(turned.importId)).toMatchObject({ new: 0, added: 0 })
    expect(inRecord()).toEqual(before)
  })
})

describe('a step-down that is here already', () => {
  const lacking = { agreement: 'not-asked', agreed_by: '' } as const

  it('and waits for its sender has its answer: it goes through the gate again', async () => {
    await importAll([aFileStepDown('1', lacking)])
    const asked = await preview(write([aFileStepDown('1', { ...lacking, note: 'She is away until Monday' })]))
    expect(asked).toMatchObject({ new: 0, answers: 1, incomplete: 1 })
    expect(await confirm(asked.importId)).toMatchObject({ new: 0, added: 1, incomplete: 1 })
    expect(await read('1')).toMatchObject({ state: 'received' })

    const answered = await preview(write([aFileStepDown('1')], 'b.json'))
    expect(answered).toMatchObject({ answers: 1, incomplete: 0 })
    expect(answered.examples).toMatchObject([{ what: 'answer', missing: 0 }])
    await confirm(answered.importId)
    const { state, versions, events } = await read('1')
    expect(state).toBe('to-triage')
    expect(versions.map(({ missing }) => missing.length)).toEqual([1, 1, 0])
    expect(events.map(({ event }) => event)).toEqual(['incomplete', 'complete'])
    // the child and her mother are the same in every version
    expect(new Set(versions.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(2)
    // the files of before change nothing any more
    const before = inRecord()
    expect(await importAll([aFileStepDown('1', lacking)])).toMatchObject({ new: 1, added: 0 })
    expect(inRecord()).toEqual(before)
  })

  it('and was sent back waits until the file says something else of it', async () => {
    await importAll([aFileStepDown('1', lacking)])
    const [version] = (await read('1')).versions
    const sentBack = aReturn({ id: version?.id ?? '', stepDownId: idOf('1') })
    await desk.does('stepDown.return', sentBack, manager)
    expect(await read('1')).toMatchObject({ state: 'waiting' })
    expect(await preview(file())).toMatchObject({ known: 1, answers: 0 })

    await importAll([aFileStepDown('1', { ...lacking, note: 'She is away until Monday' })])
    expect(await read('1')).toMatchObject({ state: 'received', versions: [{}, {}] })
    await importAll([aFileStepDown('1')])
    const { state, events } = await read('1')
    expect(state).toBe('to-triage')
    expect(events.map(({ event }) => event)).toEqual(['incomplete', 'return', 'incomplete', 'complete'])
  })

  it('and has gone further is added to, and stays where it is', async () => {
    await importAll([aFileStepDown('1')])
    const { lastId } = await read('1')
    const more = await preview(write([aFileStepDown('1', { ...lacking, risk: 'high' })]))
    expect(more).toMatchObject({ answers: 0, changed: 1, incomplete: 0 })
    expect(await confirm(more.importId)).toMatchObject({ added: 1 })
    const after = await read('1')
    expect(after.lastId).not.toBe(lastId)
    expect(after).toMatchObject({ state: 'to-triage', versions: [{ risk: 'medium' }, { risk: 'high' }] })
    expect(after.events.map(({ event }) => event)).toEqual(['complete'])
  })

  it('and is done, or is of other people, is told of and left alone', async () => {
    await importAll([aFileStepDown('1'), aFileStepDown('2')])
    await end('1', 'withdrawn-by-sender')
    const before = inRecord()
    const found = await preview(
      write([
        aFileStepDown('1', { note: 'More' }),
        aFileStepDown('2', { people: [aFileChild({ name: 'Wren Reed' }), aFileMother({ name: 'Al Reed' })] })
      ])
    )
    expect(found).toMatchObject({ changed: 0, leftOut: 2 })
    expect(found.problems.map(({ field, message }) => [field, message.slice(0, 27)])).toEqual([
      ['step_down_id', 'This step-down is done, so '],
      ['step_down_id', 'A step-down with this step_']
    ])
    await confirm(found.importId)
    expect(inRecord()).toEqual(before)
  })

  it('keeps whom it knows, however they are written now', async () => {
    await importAll([
      aFileStepDown('1', {
        people: [
          aFileChild({ upn: 'A123456789012' }),
          aFileChild({ role: 'unborn', name: '', date_of_birth: undefined }),
          aFileMother()
        ]
      })
    ])
    await importAll([
      aFileStepDown('1', {
        people: [
          aFileMother({ date_of_birth: '1988-03-02' }),
          aFileChild({ role: 'unborn', name: '', date_of_birth: undefined, expected_date: '2027-02-01' }),
          aFileChild({ upn: 'a123456789012', name: 'Rowan Marsh-Hale' }),
          aFileChild({ name: 'Ira Marsh' })
        ]
      })
    ])
    const [first, second] = (await read('1')).versions
    const [rowan, unborn, dana] = first?.people ?? []
    expect(second?.people.map(({ id }) => id).slice(0, 3)).toEqual([dana?.id, unborn?.id, rowan?.id])
    expect(first?.people.map(({ id }) => id)).not.toContain(second?.people[3]?.id)
  })

  it('that somebody was quicker with since the preview is left as it is', async () => {
    await importAll([aFileStepDown('1')])
    const shown = await preview(write([aFileStepDown('1', { note: 'More' }), aFileStepDown('2')]))
    expect(shown).toMatchObject({ new: 1, changed: 1 })
    await end('1', 'moved-away')
    expect(await confirm(shown.importId)).toMatchObject({ new: 1, added: 0, leftOut: 1 })
    expect((await read('1')).versions).toHaveLength(1)
  })
})

describe('whom the record may know already', () => {
  it('is told before anything is stored: families, open assessments, the queue and the file itself', async () => {
    const { reference, form } = await aFamily(desk, {
      people: [aPerson({ name: 'Rowan Marsh', birth: '14/5/2016', upn: 'A123456789012' })]
    })
    const children = [aFileChild({ upn: 'A123456789012' })]
    const other = [aFileChild({ name: 'Wren Reed', date_of_birth: '2017-01-02', upn: 'B123456789012' })]
    await importAll([aFileStepDown('before', { people: other, address: '' })])
    const found = await preview(
      write([
        aFileStepDown('1', { people: children }),
        aFileStepDown('2', { people: other, address: '' }),
        aFileStepDown('3', { people: other, address: '', note: 'Twice in the file' }),
        aFileStepDown('4', {
          ...{ address: '80 Far Lane, Watford WD17 1AA' },
          people: [aFileChild({ name: 'Zoltan Quicke', date_of_birth: '2011-07-30' })]
        })
      ])
    )
    expect(found).toMatchObject({ new: 4, likeFamily: 1, withOpenAssessment: 1, likeQueued: 2 })
    const [one, two, three, ...rest] = found.knownAlready
    expect(rest).toEqual([])
    expect(one).toMatchObject({ key: '1', children: 'Rowan Marsh', queued: [], inFile: [] })
    expect(one?.families).toMatchObject([
      { reference, restricted: false, keyworkerName: expect.stringMatching(/./) }
    ])
    expect(two).toMatchObject({ key: '2', inFile: ['3'], queued: [{ stepDownId: idOf('before') }] })
    expect(three).toMatchObject({ key: '3', inFile: ['2'] })
    expect(form.people).toHaveLength(1)
    expect(count('step_down')).toBe(1)
  })

  it('is told of a restricted family as no more than that there is one', async () => {
    const hidden = await aFamily(desk, {
      people: [
        aPerson({ name: 'Zephyrine Quillfeather', birth: '14/5/2016', upn: 'A123456789012' }),
        aPerson({ role: 'parent-carer', name: 'Ottoline Quillfeather', birth: '1/2/1985' })
      ]
    })
    await importAll([aFileStepDown('matched')])
    const match = { id: newId(), stepDownId: idOf('matched'), familyId: hidden.id, words: '' }
    await desk.does('stepDown.match', { ...match, basedOn: '' }, manager)
    await restrict(
      desk,
      hidden.id,
      [await aColleague(desk, 'adviser')],
      await aColleague(desk, 'triage-manager')
    )
    const found = await preview(
      write([
        aFileStepDown('1', { people: [aFileChild({ upn: 'A123456789012' })] }),
        aFileStepDown('matched', { note: 'More of it' })
      ])
    )
    expect(found).toMatchObject({ likeFamily: 1, withOpenAssessment: 0, changed: 0, leftOut: 1 })
    expect(found.problems[0]?.message).toContain('a family that you may not open')
    expect(found.knownAlready[0]?.families).toMatchObject([
      { restricted: true, assessmentReference: '', keyworkerName: '' }
    ])
    expect(JSON.stringify(found)).not.toMatch(/quillfeather/i)
  })
})

/** Of a file that is refused whole, what the page says; nothing may be stored by then. */
async function refusal(content: string | Uint8Array, name = 'step-downs.json'): Promise<string> {
  writeFileSync(file(name), content)
  expect(await choose(file(name))).toEqual({
    ok: false,
    error: { code: 'refused', reason: 'not-a-step-down-list' }
  })
  const now = await progress()
  for (const table of tables) expect(count(table), table).toBe(0)
  return now.stage === 'failed' ? now.reason : now.stage
}

const problemsIn = async (content: string, name = 'step-downs.json') => {
  writeFileSync(file(name), content)
  const { problems, new: fresh } = await preview(file(name))
  return { fresh, problems: problems.map(({ pointer, line, message }) => [pointer || line, message]) }
}

describe('a file that is broken or means harm', () => {
  const good = stepDownsJson([aFileStepDown('1')])

  it('is told by its line where it is no JSON', async () => {
    const lines = good.split('\n')
    const broken = [...lines.slice(0, 9), lines[9]?.replace(',', ''), ...lines.slice(10)].join('\n')
    expect(await refusal(broken)).toBe('Line 11 of the file: Here must stand a “,”.')
    expect(await refusal(good.slice(0, -3))).toMatch(/^Line \d+ of the file: The file ends before a “,”\.$/)
    expect(await refusal(`${good},`)).toContain('Something stands after the end')
    expect(await refusal('')).toBe('Line 1 of the file: The file ends before a “{”.')
    expect(await refusal(`{"version": ${'['.repeat(100_000)}`)).toContain('more than 10 deep')
    expect(await refusal(`{"version": "${'x'.repeat(200_000)}"}`)).toContain('longer than 100,000')
    expect(await refusal('{"version":"step-downs-1","version":"2"}')).toContain('“version” stands here twice')
    expect(await refusal('{"step_downs":[{"risk":"a\nb"}]}')).toContain('a line break')
    expect(await refusal(`{"step_downs":[{"people":[${'0,'.repeat(20_000)}0]}]}`)).toContain(
      'More than 10,000'
    )
  })

  it('is refused where it is of another version, of none, or of something else', async () => {
    expect(await refusal('{}')).toBe('The file must say “version”: “step-downs-1”.')
    expect(await refusal('{"version":"step-downs-2","step_downs":[]}')).toContain('step-downs-1')
    expect(await refusal('{"version":"step-downs-1"}')).toBe('The file must have a list “step_downs”.')
    expect(await refusal('{"version":"step-downs-1","step_downs":{}}')).toContain('a list')
    expect(await refusal('{"version":"step-downs-1","step_downs":[],"__proto__":{"a":1}}')).toBe(
      'There is no field “__proto__” beside “step_downs”.'
    )
    expect(await refusal('x', 'step-downs.txt')).toBe('Choose a file that ends in .json or .csv.')
    expect(await choose(file('absent.json'))).toMatchObject({ ok: false })
    expect(await progress()).toEqual({ stage: 'failed', reason: 'The file cannot be opened.' })
    expect(await refusal('step_down_id,name\r\n1,Robin\r\n', 'a.csv')).toContain(
      'The file has no column “received_on”, “received_time”'
    )
    expect(await refusal('', 'a.csv')).toBe('The file is empty.')
  })

  it('is refused in another encoding, or too large', { timeout: 60_000 }, async () => {
    const utf16 = Buffer.from(`\uFEFF${good}`, 'utf16le')
    expect(await refusal(utf16)).toBe('The file is encoded as UTF-16. Save it as UTF-8.')
    expect(await refusal(utf16, 'a.csv')).toBe('The file is encoded as UTF-16. Save it as UTF-8.')
    expect(await refusal(utf16.swap16())).toContain('UTF-16')
    expect(await refusal(Buffer.from(good.replace('Rowan Marsh', 'Zoë'), 'latin1'))).toBe(
      'The file is not encoded as UTF-8. Save it as UTF-8.'
    )
    for (const name of ['a.json', 'a.csv'])
      expect(await refusal(Buffer.alloc(50_000_001, 32), name)).toBe(
        'The file is larger than 50 MB. Split it up.'
      )
    expect(await refusal(`{"step_downs":[${'1,'.repeat(50_001)}1]}`)).toContain('more than 50,000 step-downs')
  })

  it('with a mark at its beginning, or from a Windows spreadsheet, is read all the same', async () => {
    writeFileSync(file(), `\uFEFF${good}`)
    expect(await preview(file())).toMatchObject({ new: 1, problems: [] })
    const csv = stepDownsCsv([
      aFileStepDown('2', { risks: 'None', people: [aFileChild({ name: 'Zoë Marsh' })] })
    ])
    writeFileSync(file('a.csv'), Buffer.from(csv, 'latin1'))
    const { importId, examples } = await preview(file('a.csv'))
    expect(examples[0]?.children).toBe('Zoë Marsh')
    await confirm(importId)
    expect((await read('2')).versions[0]?.people[0]?.name).toBe('Zoë Marsh')
  })

  it('has every step-down of which something is wrong left out, told by its pointer', async () => {
    const odd = (id: string, changes: object) => ({ ...aFileStepDown(id), ...changes })
    const list = stepDownsJson([
      aFileStepDown('1'),
      odd('2', { people: [{ ...aFileChild(), 'na/me': 'x' }] }),
      odd('3', { people: [aFileChild({ name: 'Ro\u202Ewan' })] }),
      odd('4', { tried: 'a\0b' }),
      odd('5', { tried: 'x'.repeat(20_000), worker_name: '\uD800' }),
      odd('6', { people: [aFileChild(), aFileChild({ name: 'ROWAN marsh' })] }),
      odd('7', {
        people: Array.from({ length: 31 }, (_, at) => aFileChild({ name: `Child ${String(at)}` }))
      }),
      odd('8', { district: 'Narnia', received_on: '2026-11-20' }),
      odd('9', { people: 'Rowan', risk: null }),
      'Rowan',
      odd('10', { received_on: '2027-01-01', received_time: '10:00' }),
      odd('11', { people: [aFileChild({ role: 'unborn' }), aFileMother({ expected_date: '2027-02-01' })] }),
      odd('12', {}),
      odd('12', { note: 'Again' })
    ]).replace('"step_down_id": "1"', '"__proto__": {"risk": "high"}, "step_down_id": "1"')
    const hidden = expect.stringMatching(/^There are characters in this text that cannot be seen/)
    expect(await problemsIn(list)).toEqual({
      fresh: 0,
      problems: [
        ['/step_downs/0', 'There is no field “__proto__”'],
        ['/step_downs/1/people/0', 'There is no field “na/me”'],
        ['/step_downs/2/people/0/name', hidden],
        ['/step_downs/3/tried', hidden],
        ['/step_downs/4/worker_name', hidden],
        ['/step_downs/4/tried', 'Use 10,000 characters or fewer'],
        ['/step_downs/5/people/1/name', 'This person is in the step-down already'],
        ['/step_downs/6/people', 'A step-down has at most 30 people'],
        ['/step_downs/7/received_time', 'Enter the time as well, like 14:30'],
        ['/step_downs/7/district', '“Narnia” is not a district of the county'],
        ['/step_downs/8/risk', 'Enter one of high, medium, low'],
        ['/step_downs/8/people', 'Enter a list of people between square brackets'],
        ['/step_downs/9', 'Enter a step-down between braces'],
        ['/step_downs/10/received_on', 'This day is in the future'],
        ['/step_downs/11/people/0/date_of_birth', 'An unborn child has no date of birth. Use expected_date'],
        ['/step_downs/11/people/1/expected_date', 'Only an unborn child is expected. Leave this out'],
        ['/step_downs/12/step_down_id', 'The file has another step-down with this step_down_id'],
        ['/step_downs/13/step_down_id', 'The file has another step-down with this step_down_id']
      ]
    })
    expect(({} as { risk?: string }).risk).toBeUndefined()
  })

  it('that would be a formula in a spreadsheet is text here', async () => {
    const formula = '=HYPERLINK("http://evil.example","Look")'
    await importAll([aFileStepDown('=1+1', { note: formula, people: [aFileChild({ name: '@SUM(1)' })] })])
    const { versions, sourceKey } = await read('=1+1')
    expect([sourceKey, versions[0]?.note, versions[0]?.people[0]?.name]).toEqual(['=1+1', formula, '@SUM(1)'])
  })

  it('never throws and never stores anything, whatever is in it', { timeout: 60_000 }, async () => {
    const csv = stepDownsCsv([aFileStepDown('1'), aFileStepDown('2')])
    const bit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '""', ',', '{', '}', '[', '\\u', '\r', '\0', '\uFEFF', '1e999', 'x'.repeat(90_000))
    )
    const spoilt = (text: string) =>
      fc
        .tuple(fc.nat(text.length), bit)
        .map(([at, more]) => Buffer.from(text.slice(0, at) + more + text.slice(at)))
    const bytes = fc.uint8Array({ maxLength: 4_000 }).map((array) => Buffer.from(array))
    const anyJson = fc
      .tuple(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue())
      .map(([one, other]) => Buffer.from(stepDownsJson([one, other])))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.tuple(fc.constant('a.json'), fc.oneof(spoilt(good), anyJson, bytes)),
          fc.tuple(fc.constant('a.csv'), fc.oneof(spoilt(csv), bytes))
        ),
        async ([name, content]) => {
          writeFileSync(file(name), content)
          const result = await choose(file(name))
          expect(result.ok || result.error.code).not.toBe('fault')
          await cancel()
          expect(count('step_down') + count('step_down_import')).toBe(0)
        }
      ),
      { numRuns: 150 }
    )
    expect(desk.faults).toEqual([])
  })

  it('is imported once however often, and never half', { timeout: 60_000 }, async () => {
    const person = fc.record({
      role: fc.constantFrom('child' as const, 'unborn' as const, 'parent-carer' as const),
      name: fc.constantFrom('Robin Vale', 'Jo Vale', 'Wren Reed', ''),
      ...{ date_of_birth: fc.constantFrom('2015-09-03', undefined), needs: fc.constantFrom('Sleep', '') }
    })
    const stepDown = fc
      .tuple(
        fc.constantFrom('1', '2', '3'),
        fc.array(person, { maxLength: 3 }),
        fc.constantFrom('high', 'low', 'dog')
      )
      .map(([id, people, risk]) => aFileStepDown(id, { risk: risk as 'high', people }))
    await fc.assert(
      fc.asyncProperty(fc.array(stepDown, { maxLength: 5 }), async (list) => {
        const path = write(list)
        await confirm((await preview(path)).importId)
        const before = inRecord()
        const again = await preview(path)
        expect(again).toMatchObject({ new: 0, answers: 0, changed: 0 })
        await confirm(again.importId)
        expect(inRecord()).toEqual(before)
        expect(halfThere()).toEqual([])
      }),
      { numRuns: 40, examples: [[[aFileStepDown('1')]]] }
    )
    expect(count('step_down')).toBeGreaterThan(0)
    expect(desk.faults).toEqual([])
  })
})

/** What is there without all that belongs to it. */
const halfThere = () =>
  desk.store.reader
    .prepare(
      `SELECT id FROM step_down WHERE id NOT IN (SELECT step_down_id FROM imported_step_down)
          OR id NOT IN (SELECT step_down_id FROM step_down_event) OR id NOT IN (SELECT step_down_id FROM step_down_now)
      UNION ALL SELECT id FROM imported_step_down WHERE id NOT IN (SELECT id FROM step_down_version)
      UNION ALL SELECT id FROM step_down_version WHERE id NOT IN (SELECT id FROM imported_step_down)`
    )
    .all()

const program = bundled('importStepDownsUntilKilled')

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
  expect(await closed).toEqual([null, 'SIGKILL'])
  expect(said).not.toContain('done\n')
}

describe('an import under way', () => {
  it(
    'lets a draft be saved within a second, and shows whole step-downs only',
    { timeout: 60_000 },
    async () => {
      const path = write(manyStepDowns(60))
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
          await wait(10)
        }
      })()
      const done = await confirm((await preview(path)).importId)
      importing = false
      await typing
      expect(done).toEqual({ stage: 'done', new: 60, added: 0, incomplete: 6, leftOut: 0 })
      expect([...stages]).toEqual(expect.arrayContaining(['comparing', 'storing']))
      expect(Math.max(...waits)).toBeLessThan(1_000)
    }
  )

  it('is not begun for a desk that was locked while the dialog stood open', async () => {
    const path = write(manyStepDowns(1))
    const person = { ...manager, name: 'Ash Tran' }
    const database = { record: desk.record }
    const surroundings = {
      desk: { deviceId: manager.deviceId },
      now: () => manager.now,
      chooseFile: () => Promise.resolve(path)
    }
    const locking = { state: { stage: 'open', person, database }, surroundings } as unknown as Desk
    const chosen = chooseImport(locking)
    locking.state = {
      stage: 'open',
      person: { ...person, id: newId() },
      database
    } as unknown as Desk['state']
    await expect(chosen).rejects.toThrow(Refusal)
    expect(await progress()).not.toMatchObject({ stage: 'previewed' })
  })

  it('is the only one', async () => {
    const path = write(manyStepDowns(80))
    const first = choose(path)
    const running = { ok: false, error: { code: 'refused', reason: 'import-running' } }
    while ((await progress()).stage !== 'comparing') await wait(1)
    expect(await choose(path)).toEqual(running)
    const result = await first
    if (!result.ok || result.value.stage !== 'previewed') throw new Error('No preview')
    const { importId } = result.value.preview
    const storing = confirm(importId)
    while ((await progress()).stage !== 'storing') await wait(1)
    expect(await choose(path)).toEqual(running)
    expect(await desk.run('stepDown.confirmImport', { importId }, manager)).toEqual(running)
    expect(await storing).toMatchObject({ stage: 'done', new: 80 })
    expect(await confirm(importId)).toEqual(await storing)
  })

  it('is cancelled before anything is stored, and stopped after: what is stored stays, and the file goes on', async () => {
    const path = write(manyStepDowns(80))
    const shown = await preview(path)
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect(await desk.run('stepDown.confirmImport', { importId: shown.importId }, manager)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'import-gone' }
    })
    expect(count('step_down')).toBe(0)

    const { importId } = await preview(path)
    const storing = confirm(importId)
    while (count('imported_step_down') < 20) await wait(1)
    await cancel()
    expect(await storing).toMatchObject({ stage: 'unfinished', importId, total: 80 })
    expect(halfThere()).toEqual([])
    const stored = count('step_down')
    expect(stored).toBeLessThan(80)

    const again = await preview(path)
    expect(again).toMatchObject({ importId, isBegun: true, known: stored, new: 80 - stored })
    expect(await confirm(importId)).toMatchObject({ stage: 'done', new: 80 })
    expect(halfThere()).toEqual([])
    expect((await preview(path)).isBegun).toBe(false)
  })

  it('that was stopped can be left at that', async () => {
    const storing = preview(write(manyStepDowns(60))).then(({ importId }) => confirm(importId))
    while (count('imported_step_down') < 10) await wait(1)
    await cancel()
    await storing
    expect((await progress()).stage).toBe('unfinished')
    expect(await cancel()).toEqual({ ok: true, value: { stage: 'none' } })
    expect((await progress()).stage).toBe('none')
    expect(count('step_down')).toBeGreaterThan(0)
  })

  it('killed at any time leaves whole step-downs, says so, and goes on', { timeout: 60_000 }, async () => {
    const path = write(manyStepDowns(150))
    // what this thread remembers of an import before is told no more
    await preview(path)
    await cancel()
    for (const lines of [1, 4, 8]) {
      await killedAt(path, (said) => said.split('"storing"').length > lines)
      desk = desk.reopen()
      expect(halfThere()).toEqual([])
      expect(await progress()).toMatchObject({ stage: 'unfinished', total: 150 })
    }
    const { importId, isBegun } = await preview(path)
    expect(isBegun).toBe(true)
    expect(await confirm(importId)).toMatchObject({ stage: 'done', new: 150, incomplete: 15 })
    expect(halfThere()).toEqual([])
  })

  it('is for triage managers, and leaves its trail by id', async () => {
    for (const role of ['administrator', 'adviser', 'coordinator', 'helpdesk', 'auditor'] as const) {
      for (const operation of ['stepDown.confirmImport', 'stepDown.cancelImport'] as const) {
        expect(await desk.run(operation, { importId: newId() }, desk.actor(role))).toEqual({
          ok: false,
          error: { code: 'not-allowed' }
        })
      }
      expect(await choose(file(), desk.actor(role))).toMatchObject({ error: { code: 'not-allowed' } })
    }
    await importAll([aFileStepDown('1')])
    const trail = desk.store.reader
      .prepare(`SELECT operation, result FROM audit WHERE instr(subject_ids, ?) > 0 ORDER BY sequence`)
      .all(idOf('1'))
    expect(trail[0]).toEqual({ operation: 'stepDown.confirmImport', result: 'done' })
    const audit = JSON.stringify(desk.store.reader.prepare('SELECT * FROM audit').all())
    expect(audit).not.toMatch(/marsh|step-downs\.json/i)
  })
})
