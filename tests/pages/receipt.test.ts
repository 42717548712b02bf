import { afterEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import SaveReceipt from '../../renderer/call/SaveReceipt.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { inBody } from './body.ts'
import { show } from './frame.ts'
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
const callId = '0197a000-0000-7000-8000-00000000000a'
const saveReceipt = (role: Role) =>
  show({ render: () => h(SaveReceipt, { call: { id: callId } }) }, session(role))

afterEach(() => {
  document.body.innerHTML = ''
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
