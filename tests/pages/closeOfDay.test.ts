import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useOpenCalls } from '../../renderer/call/openCalls.ts'
import CloseOfDayPage from '../../renderer/desk/CloseOfDayPage.vue'
import type { Account } from '../../shared/account/account.ts'
import { emptyCall } from '../../shared/call/call.ts'
import type { CloseOfDay } from '../../shared/call/loop.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { StepDownDue } from '../../shared/stepDown/home.ts'
import { aCallBack, aFlag, anAction, aReferral, listOf, nothingLeft } from '../fixtures/waiting.ts'
import { freshPage, leavePage, MONDAY, session } from './callHub.ts'
import { no, ok, standInHub } from './standInHub.ts'

const PRIYA = '0197a000-0000-7000-8000-000000000001'
const ROBIN = '0197a000-0000-7000-8000-000000000002'
let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  page.unmount()
  leavePage()
  vi.useRealTimers()
})

async function settle() {
  await vi.advanceTimersByTimeAsync(0)
  await flushPromises()
}

async function theSheet(
  left: Partial<CloseOfDay> = {},
  answers: Partial<Bridge> = {},
  roles: Account['roles'] = ['adviser']
) {
  const state = { left: { ...nothingLeft(), ...left } }
  const { asked } = standInHub({
    'account.session': () =>
      ok(session.stage === 'open' ? { ...session, account: { ...session.account, roles } } : session),
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () =>
      ok([
        { id: PRIYA, name: 'Priya Patel', takesCalls: true },
        { id: ROBIN, name: 'Robin Achebe', takesCalls: true }
      ]),
    'call.closeOfDay': () => ok(structuredClone(state.left)),
    'call.handOver': () => ok(null),
    'call.handDraft': () => ok(null),
    ...answers
  })
  const pinia = await freshPage(window.hub)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: CloseOfDayPage },
      { path: '/calls/:id', component: { render: () => null } },
      { path: '/families/:id', component: { render: () => null } }
    ]
  })
  page = mount(CloseOfDayPage, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settle()
  return { asked, state }
}

const words = (text: string) => text.replace(/\s+/g, ' ')
const sections = () => page.findAll('section').map((section) => words(section.text()))
const owners = () => page.findAll<HTMLSelectElement>('select')
const owner = (index = 0) => {
  const found = owners()[index]
  if (!found) throw new Error('Nobody to choose')
  return found
}
const told = () => page.get('[role=status]').text()

const aDraft = {
  id: '0197a000-0000-7000-8000-0000000000dd',
  startedAt: '2026-11-23T09:40:00.000Z',
  label: 'Call begun 23 November 2026, 09:40',
  ownerId: PRIYA,
  ownerName: 'Priya Patel'
}

const aForm: CloseOfDay['forms'][number] = {
  id: '0197a000-0000-7000-8000-0000000000de',
  kind: 'registration',
  savedAt: '2026-11-23T09:40:00.000Z',
  ownerId: ROBIN,
  ownerName: 'Robin Achebe'
}
const aMeeting: FamilyDue = {
  kind: 'meeting',
  id: '0197a000-0000-7000-8000-0000000000df',
  rowVersion: 1,
  familyId: '0197a000-0000-7000-8000-0000000000e0',
  familyReference: 'FAM-7KQ3-000001',
  familyName: 'Sky Vale',
  dueOn: '2026-11-24',
  ownerName: 'Priya Patel',
  note: ''
}

const aStepDownDue: StepDownDue = {
  ...{ id: newId(), reference: 'STD-7KQ3-000001', childNames: 'Rowan Marsh', state: 'to-triage' },
  ...{ dueAt: '2026-11-24T17:00:00.000Z', ownerId: '', ownerName: '' }
}

describe('the close-of-day sheet', () => {
  it('says the day, the next opening and, of every kind, that nothing is left (L26)', async () => {
    await theSheet()
    expect(page.get('h1').text()).toBe('Close of day, Monday 23 November 2026')
    expect(words(page.text())).toContain('Next opening: Tuesday 24 November 2026, 9:00')
    expect(sections()).toEqual([
      'Unfinished calls No unfinished calls',
      'Unfinished forms No unfinished forms',
      'Promised call-backs No promised call-backs',
      'Flags No flags to answer',
      'Open actions No open actions',
      'Did they refer? No referrals to ask about',
      'Step-downs No step-down is due',
      'Families Nothing due about families'
    ])
  })

  it('says where no opening is set', async () => {
    await theSheet({ opens: '' })
    expect(words(page.text())).toContain('Next opening: None is set')
  })

  it('lists everything that is left, each with its owner', async () => {
    await theSheet({
      unfinished: [aDraft],
      callBacks: listOf(aCallBack()),
      flags: listOf(aFlag()),
      actions: listOf(anAction({ ownerId: ROBIN, ownerName: 'Robin Achebe' })),
      referrals: listOf(aReferral()),
      forms: [aForm],
      stepDowns: listOf(aStepDownDue),
      families: [aMeeting]
    })
    const [unfinished, forms, callBacks, flags, actions, referrals, stepDowns, families] = sections()
    for (const shown of ['Record decision', 'STD-7KQ3-000001', 'Rowan Marsh', 'Nobody has taken it'])
      expect(stepDowns).toContain(shown)
    expect(unfinished).toContain('Call begun 23 November 2026, 09:40')
    expect(forms).toContain('Register a family')
    expect(forms).toContain('Robin Achebe')
    for (const shown of ['Meeting', 'Sky Vale', 'FAM-7KQ3-000001', 'Due tomorrow', 'Priya Patel'])
      expect(families).toContain(shown)
    for (const shown of ['Ann Dean', '01992 555555', 'Do not leave a message', 'Due today 17:00'])
      expect(callBacks).toContain(shown)
    expect(flags).toContain('Two concerns about this child within 14 days')
    expect(actions).toContain('Overdue, was due Friday')
    expect(referrals).toContain('Advised to refer on 2 November 2026')
    expect(owners().map(({ element }) => element.selectedOptions[0]?.text)).toEqual([
      'Priya Patel (you)',
      'Priya Patel (you)',
      'Robin Achebe',
      'Priya Patel (you)'
    ])
  })

  it('hands an item over as soon as its owner is chosen, and says so', async () => {
    const callBack = aCallBack()
    const { asked, state } = await theSheet({ callBacks: listOf(callBack) })
    state.left.callBacks = listOf({ ...callBack, ownerId: ROBIN, ownerName: 'Robin Achebe' })
    await owner().trigger('pointerdown')
    await owner().setValue(ROBIN)
    await settle()
    expect(asked('call.handOver')).toMatchObject([
      { kind: 'call-back', itemId: callBack.itemId, toId: ROBIN }
    ])
    expect(told()).toBe('Ann Dean: with Robin Achebe tomorrow')
    expect(owner().element.value).toBe(ROBIN)
  })

  it('hands nothing to those whom the arrow keys pass on the way', async () => {
    const { asked } = await theSheet({ callBacks: listOf(aCallBack()) })
    await owner().trigger('keydown', { key: 'ArrowDown' })
    await owner().setValue(ROBIN)
    await settle()
    expect(asked('call.handOver')).toEqual([])
    await owner().trigger('keydown', { key: 'Enter' })
    await settle()
    expect(asked('call.handOver')).toMatchObject([{ toId: ROBIN }])
  })

  it('says beside the item why it could not be handed over, and shows who still has it', async () => {
    await theSheet(
      { callBacks: listOf(aCallBack()) },
      {
        'call.handOver': () =>
          no({ code: 'invalid', fields: [{ path: 'toId', message: 'Choose someone who takes calls' }] })
      }
    )
    await owner().setValue(ROBIN)
    await settle()
    expect(words(page.get('td.owner').text())).toContain('Error: Choose someone who takes calls')
    expect(told()).toBe('')
    expect(owner().element.value).toBe(PRIYA)
  })

  it('lets a manager hand on unfinished calls', async () => {
    const { asked } = await theSheet({ unfinished: [aDraft] }, {}, ['triage-manager'])
    await owner().setValue(ROBIN)
    await settle()
    expect(asked('call.handDraft')).toEqual([{ id: aDraft.id, toId: ROBIN }])
  })

  it.each([true, false])(
    'hands over a call that is open in a tab with what was typed last, or not at all: saved %s',
    async (saved) => {
      const { asked } = await theSheet(
        { unfinished: [aDraft] },
        {
          'call.openDraft': () =>
            ok({ draft: emptyCall(aDraft.id, newId(), aDraft.startedAt), savedAt: MONDAY, saves: 1 }),
          'call.saveDraft': () =>
            saved ? ok({ savedAt: MONDAY, saves: 2 }) : no({ code: 'fault', reference: '7F3A' })
        },
        ['triage-manager']
      )
      const openCalls = useOpenCalls()
      await openCalls.resume(aDraft.id)
      openCalls.find(aDraft.id)!.draft.concern = 'Said at the very end'
      await owner().trigger('pointerdown')
      await owner().setValue(ROBIN)
      await settle()
      expect(asked('call.saveDraft')).toMatchObject([{ draft: { concern: 'Said at the very end' } }])
      expect(asked('call.handDraft')).toHaveLength(saved ? 1 : 0)
      expect(openCalls.find(aDraft.id) === undefined).toBe(saved)
      expect(page.text().includes('What was typed last is not saved')).toBe(!saved)
    }
  )

  it('is of everyone’s work, or of one’s own', async () => {
    const { asked } = await theSheet()
    await page.get('input[value=mine]').setValue(true)
    await settle()
    expect(asked('call.closeOfDay')).toEqual([{ whose: 'everyone' }, { whose: 'mine' }])
    expect(words(page.text())).toContain('The work of Priya Patel only.')
  })

  it('says what it leaves out, and where it cannot be read', async () => {
    let broken = true
    await theSheet(
      {},
      {
        'call.closeOfDay': () =>
          broken
            ? no({ code: 'not-allowed' })
            : ok({ ...nothingLeft(), actions: { rows: [anAction()], total: '140' } })
      }
    )
    expect(page.get('[role=alert]').text()).toContain('Your role does not let you do this.')
    broken = false
    await page.get('[role=alert] button').trigger('click')
    await settle()
    expect(sections()[4]).toContain('The first 1 of 140, the most urgent first')
  })
})
