import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, h, ref, shallowRef } from 'vue'
import AllocationPanel from '../../renderer/stepDown/AllocationPanel.vue'
import { provideStepDown } from '../../renderer/stepDown/theStepDown.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { loadOf } from '../../shared/keyworker/load.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { ranked, type Candidate, type Candidates } from '../../shared/stepDown/ranking.ts'
import type { StepDownAllocation, StepDownRecord } from '../../shared/stepDown/record.ts'
import { MONDAY, session } from './callHub.ts'
import { button, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const STEP_DOWN = '0197a000-0000-7000-8000-0000000000a1'
const LAST = '0197a000-0000-7000-8000-0000000000a2'
const PRIYA = '0197a000-0000-7000-8000-0000000000a3'
const LEE = '0197a000-0000-7000-8000-0000000000a4'
const ALLOCATION = '0197a000-0000-7000-8000-0000000000a5'
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session
const manager = as('triage-manager')
const coordinator = as('coordinator')

const aLoad = (held: number) => loadOf({ held, covering: 0 }, 10)
const aCandidate = (changes: Partial<Candidate> = {}): Candidate => ({
  ...{ practitionerId: PRIYA, name: 'Priya Shah', role: 'Support worker', employerName: 'Lantern Trust' },
  ...{ load: aLoad(3), after: aLoad(4), asked: 0, allocatedLately: 2, weekdays: '135', termTimeOnly: true },
  ...{ away: [{ from: '2026-12-01', to: '2026-12-04' }], notIn: [], isKeyworker: false, isFormer: false },
  ...{ heldUntil: '', isInTeam: true, isAtSchool: false, near: 'district', declinedOn: '', declinedWhy: '' },
  ...changes
})
const far = aCandidate({
  ...{ practitionerId: LEE, name: 'Lee Hart', isInTeam: false, near: 'elsewhere', load: aLoad(10) },
  ...{ after: aLoad(11), declinedOn: '2026-11-20', declinedWhy: 'No room', asked: 1 }
})
const candidates = (rows: Candidate[], changes: Partial<Candidates> = {}): Candidates => ({
  ...{ rows: ranked(rows), next: '', total: rows.length, others: 0 },
  ...changes
})
const anAllocation = (changes: Partial<StepDownAllocation> = {}): StepDownAllocation => ({
  ...{ id: ALLOCATION, decisionId: newId(), practitionerId: PRIYA, practitionerName: 'Priya Shah' },
  ...{ employerName: 'Lantern Trust', loadBefore: 30, loadAfter: 40, overReason: '', outsideReason: '' },
  ...{ place: 1, why: ['team', 'district', 'room'], note: '', recordedAt: MONDAY, byName: 'Blake Oduya' },
  ...changes
})
const aRecord = (changes: Partial<StepDownRecord> = {}): StepDownRecord =>
  ({
    ...{ id: STEP_DOWN, reference: 'STD-7KQ3-000001', sourceKey: '', receivedAt: MONDAY, hubId: newId() },
    ...{ hubName: 'Stevenage', ownerName: '', practitionerName: '', state: 'to-allocate', ending: '' },
    ...{ since: MONDAY, allocationId: '', practitionerId: '', ownerId: '', dueAt: '', isOverdue: false },
    ...{
      mayDo: ['propose'],
      lastId: LAST,
      versions: [],
      isAgreed: true,
      events: [],
      returns: [],
      decisions: []
    },
    ...{ allocations: [], letters: [], family: undefined },
    ...changes
  }) as StepDownRecord
const family = (keyworkerId: string, keyworkerName: string): StepDownRecord['family'] => ({
  ...{
    familyId: newId(),
    how: 'matched',
    reference: 'FAM-1',
    childNames: 'Rowan Marsh',
    hubName: 'Stevenage'
  },
  open: { episodeId: newId(), reference: 'FFA-1', keyworkerId, keyworkerName }
})
const asked = (changes: Partial<StepDownRecord> = {}) =>
  aRecord({
    ...{ state: 'allocated', mayDo: ['accept', 'decline', 'take-back'], allocationId: ALLOCATION },
    ...{ practitionerId: PRIYA, allocations: [anAllocation()] },
    ...changes
  })

async function open(stepDown: StepDownRecord, answers: Partial<Bridge> = {}, who = manager) {
  const hub = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'stepDown.candidates': () => ok(candidates([far, aCandidate()])),
    'stepDown.propose': () => ok(null),
    'stepDown.answer': () => ok({ episodeId: newId() }),
    ...answers
  })
  const record = shallowRef(stepDown)
  const visit = ref(0)
  const reload = vi.fn(() => Promise.resolve())
  const tell = vi.fn()
  const page = defineComponent({
    setup() {
      provideStepDown(
        computed(() => record.value),
        { reload, tell }
      )
      return () => h(AllocationPanel, { key: visit.value })
    }
  })
  const { wrapper } = await show(page, who)
  await settled()
  const dialog = () => document.querySelector('[role="dialog"]')?.textContent ?? ''
  /** The page is left, as when the desk locks, and opened again. */
  async function again() {
    visit.value++
    await settled()
  }
  return { ...hub, record, reload, tell, wrapper, dialog, again }
}

/** What is in a dialog stands beside the page. */
const inDialog = (name: string) => {
  const found = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')].find(
    (each) => each.textContent.trim() === name
  )
  if (!found) throw new Error(`No button "${name}" in the dialog`)
  return found
}
const typed = (label: string) => {
  const found = [...document.querySelectorAll('[role="dialog"] label')].find(
    (each) => each.textContent.trim() === label
  )
  return document.getElementById(found?.getAttribute('for') ?? '') as HTMLInputElement | null
}
async function press(name: string) {
  inDialog(name).click()
  await settled()
}
async function fill(label: string, words: string) {
  const input = typed(label)
  if (!input) throw new Error(`No field "${label}"`)
  input.value = words
  input.dispatchEvent(new Event('input'))
  await settled()
}

describe('Assign keyworker', () => {
  it('a row tells load, pattern, absences and reasons in words, what speaks against them as such', async () => {
    const { wrapper } = await open(aRecord())
    const rows = wrapper.findAll('tbody tr').map((row) => row.text())
    expect(rows[0]).toContain('Priya Shah')
    for (const words of [
      ...[
        '40% with this family',
        'Now 3 of 10 families, 30%',
        'Mon Wed Fri, term time only',
        'Away 1 December 2026'
      ],
      ...['Is in the team around the family', 'Works in the family’s district'],
      '2 families given in the past 7 days'
    ])
      expect(rows[0]).toContain(words)
    for (const words of [
      ...['Against: Works in another hub', 'Against: Would hold more than they can', 'Over'],
      ...['Against: Said no on 20 November 2026: No room', 'Asked to take another step-down']
    ])
      expect(rows[1]).toContain(words)
    expect(wrapper.text()).toContain('It is advice: you decide')
  })

  it('waits with words, tells when it fails, and tries again', async () => {
    let answer: (given: unknown) => void = vi.fn()
    const waits = await open(aRecord(), {
      'stepDown.candidates': () => new Promise((resolve) => (answer = resolve as typeof answer))
    })
    expect(waits.wrapper.text()).toContain('Looking who has room')
    answer({ ok: false, error: { code: 'fault', reference: '7F3A' } })
    await settled()
    await button(waits.wrapper, 'Try again').trigger('click')
    answer({ ok: true, value: candidates([aCandidate()]) })
    await settled()
    expect(waits.wrapper.text()).toContain('Priya Shah')
    expect(waits.asked('stepDown.candidates')).toHaveLength(2)
  })

  it('other hubs are behind a button that says how many; nobody at all says what to do', async () => {
    const { wrapper, asked: askedOf } = await open(aRecord(), {
      'stepDown.candidates': () => ok(candidates([aCandidate()], { others: 1_204 }))
    })
    await button(wrapper, 'Show other hubs (1,204)').trigger('click')
    await settled()
    expect(askedOf('stepDown.candidates')).toMatchObject([{ otherHubs: false }, { otherHubs: true }])
    expect(button(wrapper, 'Show this hub only').exists()).toBe(true)
    const none = await open(aRecord(), { 'stepDown.candidates': () => ok(candidates([])) })
    expect(none.wrapper.text()).toContain('Nobody is trained and registered')
  })

  it('asks once, from what was read; over and outside demand the reason', async () => {
    const { wrapper, asked: askedOf, tell, reload } = await open(aRecord())
    await button(wrapper, 'Assign Lee Hart, place 2').trigger('click')
    await settled()
    await press('Assign keyworker')
    expect(askedOf('stepDown.propose')).toEqual([])
    await fill('Why do they take it although they would hold more than they can?', 'One ends on Friday')
    await fill('Why does it go to somebody outside the family’s hub?', 'Speaks Polish')
    await press('Assign keyworker')
    expect(askedOf('stepDown.propose')).toMatchObject([
      {
        ...{ stepDownId: STEP_DOWN, basedOn: LAST, practitionerId: LEE },
        ...{ overReason: 'One ends on Friday', outsideReason: 'Speaks Polish' }
      }
    ])
    expect(tell).toHaveBeenCalledWith(expect.stringContaining('Lee Hart is assigned'))
    expect(reload).toHaveBeenCalled()
  })

  it('C8: the second manager hears who was first, and what they typed stays', async () => {
    const words = 'Already allocated to Priya Shah, 10:14'
    const { wrapper, dialog, tell } = await open(aRecord(), {
      'stepDown.propose': () => no({ code: 'invalid', fields: [{ path: '', message: words }] })
    })
    await button(wrapper, 'Assign Priya Shah, place 1').trigger('click')
    await settled()
    await fill('Note for the keyworker (optional)', 'Ring before five')
    await press('Assign keyworker')
    expect(dialog()).toContain(words)
    expect(typed('Note for the keyworker (optional)')?.value).toBe('Ring before five')
    expect(tell).not.toHaveBeenCalled()
  })

  it('a coordinator is told who assigns, and asks for no list', async () => {
    const { wrapper, asked: askedOf } = await open(aRecord(), {}, coordinator)
    expect(wrapper.text()).toContain('A triage manager assigns the keyworker')
    expect(askedOf('stepDown.candidates')).toEqual([])
  })
})

describe('the answer of a keyworker', () => {
  it('says who is asked, by whom and why; of no known family what has to come first', async () => {
    const { wrapper } = await open(asked())
    for (const words of [
      ...['Priya Shah', 'To be accepted', 'Assigned by Blake Oduya', 'Place 1 of the list'],
      ...['is in the team around the family, works in the family’s district, has room'],
      ...['Load 30% then, 40% with this family', 'Nobody has said yet which family this is']
    ])
      expect(wrapper.text()).toContain(words)
  })

  it('a yes asks when the family agreed only where the keyworker changes (R38)', async () => {
    const changes = await open(asked({ family: family(LEE, 'Lee Hart') }), {}, coordinator)
    await button(changes.wrapper, 'Accept').trigger('click')
    await settled()
    expect(changes.dialog()).toContain('Lee Hart stays until this day')
    await press('Accept')
    expect(changes.dialog()).toContain('Enter when the family agreed to this keyworker')
    await fill('When did the family agree to this keyworker?', '23/11/2026')
    await press('Accept')
    expect(changes.asked('stepDown.answer')).toMatchObject([
      {
        answer: 'accept',
        allocationId: ALLOCATION,
        on: '2026-11-23',
        agreedOn: '2026-11-23',
        who: 'Priya Shah'
      }
    ])
    document.body.innerHTML = ''
    const same = await open(asked({ family: family(PRIYA, 'Priya Shah') }))
    await button(same.wrapper, 'Accept').trigger('click')
    await settled()
    expect(typed('When did the family agree to this keyworker?')).toBeNull()
  })

  it('a child in another open assessment: the reason is asked for once the desk says so', async () => {
    const message = 'A child of this family is in another open assessment'
    const { wrapper, dialog } = await open(
      asked({ family: { ...family('', ''), open: undefined } as never }),
      {
        'stepDown.answer': () => no({ code: 'invalid', fields: [{ path: 'goesOnBecause', message }] })
      }
    )
    await button(wrapper, 'Accept').trigger('click')
    await settled()
    expect(dialog()).toContain('The assessment opens today')
    await press('Accept')
    expect(dialog()).toContain(message)
    expect(typed('Why does this assessment open although a child is in another open one?')).not.toBeNull()
  })

  it('a no and a taking back say why', async () => {
    const { wrapper, asked: askedOf, dialog } = await open(asked())
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    await press('Decline')
    expect(dialog()).toContain('Enter why they said no')
    await fill('Why did they say no?', 'On a course')
    await press('Decline')
    expect(askedOf('stepDown.answer')).toMatchObject([{ answer: 'decline', words: 'On a course' }])
    await button(wrapper, 'Take back').trigger('click')
    await settled()
    await fill('Why is it taken back?', 'The family moves')
    await press('Take back')
    expect(askedOf('stepDown.answer')[1]).toMatchObject({ answer: 'take-back', words: 'The family moves' })
  })

  it('an acceptance leads to its assessment, and nothing is left to answer', async () => {
    const event = {
      id: newId(),
      event: 'accept' as const,
      aboutId: ALLOCATION,
      toId: newId(),
      on: '2026-11-24'
    }
    const { wrapper } = await open(
      asked({
        ...{ state: 'done', ending: 'accepted', mayDo: [] },
        events: [
          {
            ...event,
            who: 'Her manager',
            reason: '',
            words: '',
            recordedAt: MONDAY,
            byId: '',
            byName: 'Blake'
          }
        ]
      })
    )
    expect(wrapper.text()).toContain('Accepted on 24 November 2026, said Her manager')
    expect(wrapper.text()).toContain('Open the assessment')
    expect(wrapper.findAll('button').map((each) => each.text())).not.toContain('Accept')
  })
})

describe('what is typed in a dialog', () => {
  it('of an answer outlives a lock, until it is recorded or the person lets it go', async () => {
    const { wrapper, again, asked: askedOf } = await open(asked())
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    await fill('Why did they say no?', 'On a course')
    await again()
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    expect(typed('Why did they say no?')?.value).toBe('On a course')
    await press('Decline')
    expect(askedOf('stepDown.answer')).toMatchObject([{ words: 'On a course', answer: 'decline' }])
    await again()
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    expect(typed('Why did they say no?')?.value).toBe('')
  })

  it('of asking a keyworker as well, and goes by the step-down as it stands then', async () => {
    const { wrapper, record, again, asked: askedOf } = await open(aRecord())
    await button(wrapper, 'Assign Priya Shah, place 1').trigger('click')
    await settled()
    await fill('Note for the keyworker (optional)', 'They know the school')
    record.value = aRecord({ lastId: LEE })
    await again()
    await button(wrapper, 'Assign Priya Shah, place 1').trigger('click')
    await settled()
    expect(typed('Note for the keyworker (optional)')?.value).toBe('They know the school')
    await press('Assign keyworker')
    expect(askedOf('stepDown.propose')).toMatchObject([{ note: 'They know the school', basedOn: LEE }])
  })

  it('is gone once the person has said that it may go', async () => {
    const { wrapper, again } = await open(asked())
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    await fill('Why did they say no?', 'On a course')
    await press('Cancel')
    await press('Leave without saving')
    await again()
    await button(wrapper, 'Decline').trigger('click')
    await settled()
    expect(typed('Why did they say no?')?.value).toBe('')
  })
})
