import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import ExportCalls from '../../renderer/call/ExportCalls.vue'
import SaveReceipt from '../../renderer/call/SaveReceipt.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { everyCall } from '../../shared/call/filter.ts'
import type { Result } from '../../shared/errors.ts'
import type { ExportProgress } from '../../shared/export/export.ts'
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
const filter = { ...everyCall, search: 'hungry' }
const exportCalls = (role: Role, total = '12') =>
  show({ render: () => h(ExportCalls, { filter, total }) }, session(role))
const callId = '0197a000-0000-7000-8000-00000000000a'
const saveReceipt = (role: Role) =>
  show({ render: () => h(SaveReceipt, { call: { id: callId } }) }, session(role))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

const none: ExportProgress = { stage: 'none' }
const halfWay: ExportProgress = { stage: 'running', done: 12_480, total: 20_000 }
const done: ExportProgress = { stage: 'done', count: 20_000, fileName: 'calls.csv', sha256: 'ab12' }

/** Two looks later. */
async function aWhileLater() {
  await vi.advanceTimersByTimeAsync(700)
  await settled()
}

describe('exporting calls', () => {
  it('is not there for whoever may not', async () => {
    const desk = standInHub({})
    await exportCalls('adviser')
    expect(inBody.has('Export these calls')).toBe(false)
    expect(desk.asked('call.exportProgress')).toEqual([])
  })

  it('says how many and that they are not encrypted, and asks for the calls of the filter', async () => {
    const desk = standInHub({ 'call.exportProgress': () => ok(none), 'call.export': () => ok(done) })
    await exportCalls('triage-manager', 'more than 1,000')
    await inBody.press('Export these calls')
    expect(inBody.text()).toContain('More than 1,000 calls will be saved as a CSV file')
    expect(inBody.text()).toContain('This copy is not encrypted. Anyone who gets the file can read it.')
    await inBody.press('Save')
    expect(desk.asked('call.export')).toEqual([{ filter }])
    expect(inBody.text()).toContain('Saved: 20,000 calls to calls.csv')
    expect(inBody.text()).toContain('ab12')
    await inBody.press('Close')
    expect(inBody.text()).not.toContain('ab12')
    expect(inBody.has('Export these calls')).toBe(true)
  })

  it('tells how far it is, and ends when it is cancelled', async () => {
    let answer: (result: Result<ExportProgress>) => void = () => undefined
    const desk = standInHub({
      'call.exportProgress': () => ok(desk.asked('call.export').length > 0 ? halfWay : none),
      'call.export': () => new Promise((resolve) => (answer = resolve)),
      'call.cancelExport': () => ok(null)
    })
    await exportCalls('triage-manager')
    await inBody.press('Export these calls')
    await inBody.press('Save')
    await aWhileLater()
    expect(inBody.text()).toContain('12,480 of 20,000 calls')
    await inBody.press('Close')
    expect(inBody.has('Exporting 12,480 of 20,000')).toBe(true)
    await inBody.press('Exporting 12,480 of 20,000')
    await inBody.press('Cancel the export')
    expect(inBody.text()).toContain('Cancelling. The file is being removed')
    await inBody.press('Cancel the export')
    expect(desk.asked('call.cancelExport')).toHaveLength(1)
    answer({ ok: true, value: none })
    await settled()
    expect(inBody.text()).toContain('Export cancelled. No file was kept.')
    expect(inBody.has('Export these calls')).toBe(true)
  })

  it('finds one that runs again on return, and says how it ended', async () => {
    let now: ExportProgress = halfWay
    standInHub({ 'call.exportProgress': () => ok(now) })
    await exportCalls('triage-manager')
    expect(inBody.has('Exporting 12,480 of 20,000')).toBe(true)
    now = { stage: 'failed', reason: 'file-disk-full' }
    await aWhileLater()
    await inBody.press('Export failed')
    expect(inBody.text()).toContain('The disk is full. Free some space or choose another place')
  })

  it('does nothing where there are no calls, and nothing was chosen', async () => {
    const desk = standInHub({ 'call.exportProgress': () => ok(none), 'call.export': () => ok(none) })
    await exportCalls('triage-manager', '0')
    await inBody.press('Export these calls')
    expect(inBody.text()).not.toContain('not encrypted')
    document.body.innerHTML = ''
    await exportCalls('triage-manager')
    await inBody.press('Export these calls')
    await inBody.press('Save')
    expect(desk.asked('call.export')).toHaveLength(1)
    expect(inBody.text()).not.toMatch(/Saved|cancelled/)
  })
})

describe('saving an advice receipt', () => {
  it('is not there for whoever may not', async () => {
    standInHub({})
    await saveReceipt('auditor')
    expect(inBody.has('Save advice receipt')).toBe(false)
  })

  it('says what is in it and that it is not encrypted, and where it went', async () => {
    const desk = standInHub({
      'call.saveReceipt': () => ok({ fileName: 'advice-receipt-HUB-7KQ3-000012.pdf' })
    })
    await saveReceipt('adviser')
    await inBody.press('Save advice receipt')
    expect(inBody.text()).toContain('This copy is not encrypted')
    await inBody.press('Save')
    expect(desk.asked('call.saveReceipt')).toEqual([{ id: callId }])
    expect(inBody.text()).toContain('Saved: advice-receipt-HUB-7KQ3-000012.pdf')
  })

  it('stays open where it was refused or nothing was chosen', async () => {
    const answers = [no({ code: 'refused', reason: 'call-in-error' }), ok({ fileName: '' })]
    standInHub({ 'call.saveReceipt': () => answers.shift() ?? ok({ fileName: 'again.pdf' }) })
    await saveReceipt('adviser')
    await inBody.press('Save advice receipt')
    await inBody.press('Save')
    expect(inBody.text()).toContain('entered in error, so there is no advice receipt')
    await inBody.press('Save')
    expect(inBody.text()).not.toContain('entered in error')
    expect(inBody.text()).not.toContain('Saved')
    expect(inBody.has('Cancel')).toBe(true)
  })
})
