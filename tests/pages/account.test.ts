import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import MyAccountPage from '../../renderer/account/MyAccountPage.vue'
import NewPassphrasePage from '../../renderer/account/NewPassphrasePage.vue'
import RecoverForm from '../../renderer/account/RecoverForm.vue'
import RecoveryKeyPage from '../../renderer/account/RecoveryKeyPage.vue'
import SetUpPage from '../../renderer/account/SetUpPage.vue'
import UnlockPage from '../../renderer/account/UnlockPage.vue'
import type { Session } from '../../shared/account/account.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const phrase = 'gravel tulip marmalade wharf'
const setUp: Session = { stage: 'set-up', deskCode: '7KQ3', trial: false }
const locked = { stage: 'locked', waitMs: 0, trial: false, step: '' } satisfies Session
const open: Session = {
  stage: 'open',
  trial: false,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles: ['administrator'],
    profession: 'other',
    hubIds: []
  },
  deskCode: '7KQ3',
  now: '2026-11-23T10:00:00.000Z'
}
const recovery: Session = {
  stage: 'recovery-key',
  trial: false,
  recoveryKey: '7KQ3-M2NA-P0XY-8HJV-TT4Z-RR5W-9C1D-EE6F',
  ask: [2, 7]
}

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('setting up', () => {
  it('says nothing before Continue, then each problem at its field and in the summary', async () => {
    const desk = standInHub({})
    const { wrapper } = await show(SetUpPage, setUp)
    expect(wrapper.get('h1').text()).toBe('Set up this computer')
    expect(document.activeElement).toBe(field(wrapper, 'Your name').element)
    expect(wrapper.find('.field-error').exists()).toBe(false)
    await field(wrapper, 'Passphrase').setValue('short')
    await submit(wrapper)
    expect(wrapper.findAll('.error-summary li').map((line) => line.text())).toEqual([
      'Enter your name',
      'Choose your role',
      'Choose your profession',
      'Use at least 15 characters. Four or five words work well'
    ])
    expect(document.activeElement?.className).toContain('error-summary')
    expect(field(wrapper, 'Your name').attributes('aria-invalid')).toBe('true')
    expect(desk.asked('account.setUp')).toEqual([])
  })

  it('asks a coordinator for the local hubs, and nobody else', async () => {
    const desk = standInHub({ 'account.setUp': () => ok(recovery) })
    const { wrapper, store } = await show(SetUpPage, setUp)
    await field(wrapper, 'Your name').setValue('Siân Llewellyn')
    await field(wrapper, 'Your profession').setValue('families-first-coordinator')
    await field(wrapper, 'Passphrase').setValue(phrase)
    await field(wrapper, 'Passphrase again').setValue(phrase)
    expect(wrapper.text()).not.toContain('Your local hubs')
    await field(wrapper, 'Your role').setValue('coordinator')
    await submit(wrapper)
    expect(wrapper.text()).toContain('Choose at least one local hub')
    await field(wrapper, 'Watford and Three Rivers').setValue(true)
    await submit(wrapper)
    expect(desk.asked('account.setUp')).toMatchObject([{ role: 'coordinator', deskCode: '7KQ3' }])
    expect(store.session).toEqual(recovery)
  })

  it('refuses two passphrases that differ, and the person’s own name', async () => {
    standInHub({})
    const { wrapper } = await show(SetUpPage, setUp)
    await field(wrapper, 'Your name').setValue('Siân Llewellyn')
    await field(wrapper, 'Passphrase').setValue(phrase)
    await field(wrapper, 'Passphrase again').setValue(`${phrase}s`)
    await submit(wrapper)
    expect(wrapper.text()).toContain('This is not the same as the passphrase above')
    await field(wrapper, 'Passphrase').setValue('gravel llewellyn marmalade')
    await submit(wrapper)
    expect(wrapper.text()).toContain('Leave your name out of it')
  })

  it('shows what is typed only when asked', async () => {
    standInHub({})
    const { wrapper } = await show(SetUpPage, setUp)
    expect(field(wrapper, 'Passphrase').attributes()).toMatchObject({ type: 'password', autocomplete: 'off' })
    await field(wrapper, 'Show what I type').setValue(true)
    expect(field(wrapper, 'Passphrase').attributes('type')).toBe('text')
    expect(field(wrapper, 'Passphrase again').attributes('type')).toBe('text')
  })
})

describe('the recovery key', () => {
  it('stands in one piece in its output, and opens the desk once two groups are typed back', async () => {
    const desk = standInHub({ 'account.confirmRecoveryKey': () => ok(open) })
    const { wrapper, store } = await show(RecoveryKeyPage, recovery)
    const output = wrapper.get('output')
    expect(output.attributes('aria-label')).toBe('Recovery key')
    expect(output.element.textContent).toBe(recovery.recoveryKey)
    await field(wrapper, 'Group 2').setValue('M2NA')
    await field(wrapper, 'Group 7').setValue('wrong')
    await submit(wrapper)
    expect(wrapper.get('.error-summary').text()).toContain('Group 7 does not match')
    expect(desk.asked('account.confirmRecoveryKey')).toEqual([])
    // as read from handwriting: small letters, O for nought, I for one
    await field(wrapper, 'Group 7').setValue('9cid')
    await submit(wrapper)
    expect(store.session).toEqual(open)
  })
})

describe('unlocking', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  it('says neither which was wrong, nor lets anyone try before the wait is over', async () => {
    const desk = standInHub({ 'account.unlock': () => no({ code: 'wrong-passphrase', waitMs: 2_000 }) })
    const { wrapper } = await show(UnlockPage, locked)
    await field(wrapper, 'Your name').setValue('Priya Patel')
    await field(wrapper, 'Passphrase').setValue('not this one')
    await submit(wrapper)
    expect(wrapper.get('[role=alert]').text()).toContain('That name and passphrase do not match.')
    expect(wrapper.text()).toContain('You can try again in 2 seconds.')
    expect(field(wrapper, 'Passphrase').element).toHaveProperty('value', '')
    expect(document.activeElement).toBe(field(wrapper, 'Passphrase').element)
    await submit(wrapper)
    expect(desk.asked('account.unlock')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(wrapper.text()).toContain('You can try again in 1 second.')
    await vi.advanceTimersByTimeAsync(1_100)
    expect(wrapper.text()).not.toContain('You can try again')
    await submit(wrapper)
    expect(desk.asked('account.unlock')).toHaveLength(2)
  })

  it('goes on waiting after a restart', async () => {
    standInHub({})
    const { wrapper } = await show(UnlockPage, { ...locked, waitMs: 240_000 })
    expect(wrapper.text()).toContain('You can try again in 4 minutes.')
    expect(button(wrapper, 'Unlock').attributes('aria-disabled')).toBe('true')
  })

  it('opens the desk', async () => {
    standInHub({ 'account.unlock': () => ok(open) })
    const { wrapper, store } = await show(UnlockPage, locked)
    await submit(wrapper)
    expect(store.session).toEqual(open)
  })
})

describe('other ways to a passphrase', () => {
  it('resets it with the recovery key, told apart from one that cannot be a key', async () => {
    const desk = standInHub({
      'account.recover': () => no({ code: 'refused', reason: 'recovery-key-wrong' })
    })
    const { wrapper } = await show(RecoverForm, locked)
    await field(wrapper, 'Your name').setValue('Priya Patel')
    await field(wrapper, 'Recovery key').setValue('7KQ3')
    await field(wrapper, 'New passphrase').setValue(phrase)
    await field(wrapper, 'New passphrase again').setValue(phrase)
    await submit(wrapper)
    expect(wrapper.text()).toContain('Enter all eight groups')
    await field(wrapper, 'Recovery key').setValue(recovery.recoveryKey)
    await submit(wrapper)
    expect(desk.asked('account.recover')).toHaveLength(1)
    expect(wrapper.text()).toContain('That name and recovery key do not match.')
  })

  it('takes the place of a one-time passphrase', async () => {
    standInHub({ 'account.chooseNewPassphrase': () => ok(open) })
    const { wrapper, store } = await show(NewPassphrasePage, { stage: 'new-passphrase', trial: false })
    expect(wrapper.get('h1').text()).toBe('Choose a new passphrase')
    await field(wrapper, 'Passphrase').setValue(phrase)
    await field(wrapper, 'Passphrase again').setValue(phrase)
    await submit(wrapper)
    expect(store.session).toEqual(open)
  })

  it('changes it from the open desk, and leaves nothing typed behind', async () => {
    const desk = standInHub({ 'account.changePassphrase': () => ok(null) })
    const { wrapper } = await show(MyAccountPage, open)
    await field(wrapper, 'Passphrase now').setValue('the old passphrase here')
    await field(wrapper, 'New passphrase').setValue(phrase)
    await field(wrapper, 'New passphrase again').setValue(phrase)
    await submit(wrapper)
    expect(desk.asked('account.changePassphrase')).toEqual([
      { current: 'the old passphrase here', passphrase: phrase, passphraseAgain: phrase }
    ])
    expect(wrapper.text()).toContain('Your passphrase is changed.')
    expect(field(wrapper, 'Passphrase now').element).toHaveProperty('value', '')
  })

  it('keeps the desk code once a call has been filed', async () => {
    standInHub({ 'account.changeDeskCode': () => no({ code: 'refused', reason: 'desk-code-fixed' }) })
    const { wrapper } = await show(MyAccountPage, open)
    await field(wrapper, 'Desk code').setValue('ABCD')
    await wrapper.findAll('form')[1]?.trigger('submit')
    await settled()
    expect(wrapper.text()).toContain('The desk code cannot change')
  })
})
