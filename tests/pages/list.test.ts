import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import ExportList from '../../renderer/list/ExportList.vue'
import { forgetDraft } from '../../renderer/list/listDrafts.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { everyCall } from '../../shared/call/filter.ts'
import type { Result } from '../../shared/errors.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { ListQuery } from '../../shared/list/list.ts'
import { inBody } from './body.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const session = (role: Role): Session => ({
  stage: 'open',
  trial: false,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles: [role],
    profession: 'other',
    hubIds: []
  },
  deskCode: '7KQ3',
  now: '2026-11-23T10:00:00.000Z'
})
const calls: ListQuery = { list: 'calls', filter: { ...everyCall, search: 'hungry' } }
const schools: ListQuery = { list: 'schools', text: 'oak', toCheck: false }
const exportList = (role: Role, query: ListQuery = calls, total = '12') =>
  show({ render: () => h(ExportList, { query, total }) }, session(role))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
  forgetDraft('calls')
  forgetDraft('schools')
})

const none: CaseNotesProgress = { stage: 'none' }
const halfWay: CaseNotesProgress = { stage: 'running', done: 12_480, total: 20_000, part: 0, parts: 0 }
const done: CaseNotesProgress = {
  ...{ stage: 'done', reference: 'EXP-7KQ3-000001', included: 20_000, excluded: 0 },
  ...{ fileName: 'calls.zip', sha256: 'ab12', passphrase: 'one two three four five six' }
}

/** Two looks later. */
async function aWhileLater() {
  await vi.advanceTimersByTimeAsync(700)
  await settled()
}

async function open(purpose = 'The yearly report') {
  await inBody.press('Export this list')
  await inBody.field('Purpose').setValue(purpose)
}

describe('“Export this list”', () => {
  it('is not there for whoever may not', async () => {
    standInHub({})
    await exportList('coordinator')
    expect(inBody.has('Export this list')).toBe(false)
  })

  it('says how many, asks what for, and sends the list as it is narrowed; the words are told once', async () => {
    const desk = standInHub({ 'export.progress': () => ok(none), 'list.save': () => ok(done) })
    await exportList('triage-manager', calls, 'more than 1,000')
    await open(' ')
    expect(inBody.text()).toContain(
      'More than 1,000 calls will be saved: all that this list finds, not only the rows on the screen.'
    )
    await inBody.press('Save export')
    expect(inBody.text()).toContain('Enter what it is for')
    expect(desk.asked('list.save')).toEqual([])
    await inBody.field('Purpose').setValue('The yearly report')
    await inBody.field('Excel workbook').setValue(true)
    await inBody.press('Save export')
    expect(desk.asked('list.save')).toMatchObject([
      { query: calls, format: 'xlsx', purpose: 'The yearly report', isProtected: true, openReason: '' }
    ])
    expect(inBody.heading('Saved: 20,000 calls')).toBeDefined()
    expect(inBody.text()).toContain('one two three four five six')
    expect(inBody.text()).toContain('ab12')
    await inBody.press('I have noted the words')
    expect(inBody.text()).not.toContain('one two three')
    await inBody.press('Close')
    expect(inBody.text()).not.toContain('ab12')
    await inBody.press('Export this list')
    expect(inBody.field('Purpose').element.value).toBe('')
  })

  it('asks why where there is no passphrase; of a list that names nobody neither that nor what for', async () => {
    const desk = standInHub({ 'export.progress': () => ok(none), 'list.save': () => ok(none) })
    await exportList('triage-manager')
    await open()
    await inBody.field('Protect with a passphrase').setValue(false)
    expect(inBody.text()).toContain('Anyone who gets the file can read it.')
    await inBody.press('Save export')
    expect(inBody.text()).toContain('Enter why it goes without a passphrase')
    document.body.innerHTML = ''
    await exportList('helpdesk', schools, '1')
    await inBody.press('Export this list')
    expect(inBody.text()).toContain('1 school will be saved')
    expect(inBody.text()).not.toContain('Purpose')
    await inBody.press('Save export')
    expect(desk.asked('list.save')).toMatchObject([{ query: schools, isProtected: false }])
  })

  it('tells how far it is, also when the dialog is closed, and ends when it is cancelled', async () => {
    let answer: (result: Result<CaseNotesProgress>) => void = () => undefined
    const desk = standInHub({
      'export.progress': () => ok(desk.asked('list.save').length > 0 ? halfWay : none),
      'list.save': () => new Promise((resolve) => (answer = resolve)),
      'export.cancel': () => ok(null)
    })
    await exportList('triage-manager')
    await open()
    await inBody.press('Save export')
    await aWhileLater()
    expect(inBody.text()).toContain('12,480 of 20,000 calls')
    await inBody.press('Close')
    expect(inBody.has('Exporting 12,480 of 20,000')).toBe(true)
    await inBody.press('Exporting 12,480 of 20,000')
    await inBody.press('Cancel the export')
    expect(inBody.text()).toContain('Cancelling. The file is being removed')
    answer({ ok: true, value: none })
    await settled()
    expect(inBody.text()).toContain('Export cancelled. No file was kept.')
    // what was typed is still there
    expect(inBody.field('Purpose').element.value).toBe('The yearly report')
  })

  it('says what went wrong, also to whoever had closed it, and keeps what was typed', async () => {
    let answer: (result: Result<CaseNotesProgress>) => void = () => undefined
    const desk = standInHub({
      'export.progress': () => ok(desk.asked('list.save').length > 0 ? halfWay : none),
      'list.save': () => new Promise((resolve) => (answer = resolve))
    })
    await exportList('triage-manager')
    await open()
    await inBody.press('Save export')
    await aWhileLater()
    await inBody.press('Close')
    answer({ ok: true, value: { stage: 'failed', reason: 'file-disk-full' } })
    await settled()
    await inBody.press('Export failed')
    expect(inBody.text()).toContain('The disk is full. Free some space or choose another place')
    expect(inBody.field('Purpose').element.value).toBe('The yearly report')
  })

  it('is not begun while another list is being written', async () => {
    const desk = standInHub({
      'export.progress': () => ok(desk.asked('list.save').length > 0 ? halfWay : none),
      'list.save': () => new Promise(() => undefined)
    })
    const both = () => [h(ExportList, { query: schools }), h(ExportList, { query: calls, total: '12' })]
    await show({ render: both }, session('triage-manager'))
    await open()
    await inBody.press('Save export')
    await aWhileLater()
    await inBody.press('Close')
    expect(inBody.has('Exporting 12,480 of 20,000')).toBe(true)
    await inBody.press('Export this list')
    expect(inBody.text()).toContain('All schools that this list finds will be saved')
    await inBody.press('Save export')
    expect(inBody.text()).toContain('Another export is running. Wait until it has finished')
    expect(desk.asked('list.save')).toHaveLength(1)
  })

  it('stays as it was where it is refused, closed or empty', async () => {
    const answers = [no({ code: 'refused', reason: 'export-running' })]
    const desk = standInHub({
      'export.progress': () => ok(none),
      'list.save': () => answers.shift() ?? ok(none)
    })
    await exportList('triage-manager')
    await open()
    await inBody.press('Save export')
    expect(inBody.text()).toContain('Another export is running. Wait until it has finished')
    await inBody.press('Cancel')
    await inBody.press('Export this list')
    expect(inBody.field('Purpose').element.value).toBe('The yearly report')
    // nothing was chosen in the system's dialog
    await inBody.press('Save export')
    expect(desk.asked('list.save')).toHaveLength(2)
    expect(inBody.text()).not.toMatch(/Saved|cancelled/)
    document.body.innerHTML = ''
    await exportList('triage-manager', calls, '0')
    await inBody.press('Export this list')
    expect(inBody.text()).not.toContain('will be saved')
  })
})
