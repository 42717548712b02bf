import { computed, defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import MatchPanel from '../../renderer/stepDown/MatchPanel.vue'
import ReceivePage from '../../renderer/stepDown/ReceivePage.vue'
import ReturnPage from '../../renderer/stepDown/ReturnPage.vue'
import ToldPanel from '../../renderer/stepDown/ToldPanel.vue'
import { provideStepDown } from '../../renderer/stepDown/theStepDown.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import type { EarlierFamily } from '../../shared/call/earlier.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { FilledTriageLetter } from '../../shared/stepDown/letter.ts'
import { missingIn } from '../../shared/stepDown/missing.ts'
import type { StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import type { StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { toldIn } from '../../shared/stepDown/told.ts'
import { anIncompleteStepDown, aReturn, aStepDown } from '../fixtures/stepDowns.ts'
import { MONDAY, session } from './callHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const STEP_DOWN = '0197a000-0000-7000-8000-0000000000d1'
const FORM = '0197a000-0000-7000-8000-0000000000d2'
const FAMILY = '0197a000-0000-7000-8000-0000000000d4'
const NOBODY = { stepDowns: [], families: [] }
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session
const ofThis = (form: StepDownDraft): StepDownDraft => ({ ...form, stepDownId: STEP_DOWN })
const aVersion = (form: StepDownDraft, byName = 'Priya Patel'): StepDownVersion => ({
  ...toldIn(form, '2026-11-23'),
  ...{ id: form.id, basedOn: form.basedOn, missing: missingIn(form), recordedAt: MONDAY, byName }
})
const lacking = ofThis(anIncompleteStepDown(['last-plan']))

function aRecord(changes: Partial<StepDownRecord> = {}): StepDownRecord {
  return {
    ...{ id: STEP_DOWN, reference: 'STD-7KQ3-000001', sourceKey: '', receivedAt: MONDAY },
    ...{ hubId: newId(), hubName: 'Broxbourne and East Herts', ownerName: '', practitionerName: '' },
    ...{ state: 'received', ending: '', since: MONDAY, allocationId: '', practitionerId: '', ownerId: '' },
    ...{ dueAt: '', isOverdue: false, mayDo: ['return', 'keep', 'take'], lastId: lacking.id, matchId: '' },
    ...{ events: [], returns: [], decisions: [], allocations: [], letters: [], family: undefined },
    versions: [aVersion(lacking)],
    isAgreed: true,
    ...changes
  }
}
const aFilled = (body: string): FilledTriageLetter => ({
  ...{ templateId: newId(), subject: 'More is needed', body, missing: [] },
  ...{ address: 'County Hall\nHertford', addressWithheld: false, recipients: [], toName: 'Noor Haddad' }
})
const aFamilyLike = (changes: Partial<EarlierFamily> = {}): EarlierFamily => ({
  ...{ familyId: FAMILY, reference: 'FAM-7KQ3-000001', kind: 'child', strength: 'strong', restricted: false },
  ...{ why: ['Same date of birth'], childNames: 'Rowan Marsh', assessmentReference: 'FFA-7KQ3-000001' },
  keyworkerName: 'Lee Hart',
  ...changes
})

const answersOf = (changes: Partial<Bridge>): Partial<Bridge> => ({
  'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
  'account.names': () => ok([]),
  'stepDown.read': () => ok(aRecord()),
  'stepDown.similar': () => ok(NOBODY),
  'draft.open': () => no({ code: 'not-found' }),
  'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
  'stepDown.fillLetter': (asked) => ok(aFilled(`Dear Noor\n\n${asked.kind === 'return' ? asked.words : ''}`)),
  'person.findLike': () => ok([]),
  ...changes
})

const routes = [
  { path: '/triage/:stepDownId/receive/:id', component: ReceivePage, props: true },
  { path: '/triage/:stepDownId/return/:id', component: ReturnPage, props: true },
  { path: '/triage/:id', component: { render: () => null } }
]
async function open(path: string, answers: Partial<Bridge> = {}, role: Role = 'triage-manager') {
  const { asked } = standInHub(answersOf(answers))
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/triage/${STEP_DOWN}${path}`)
  const { wrapper } = await show(RouterView, as(role), [router])
  await settled()
  return { asked, router, wrapper }
}

/** Long enough for what is looked up a moment after the last stroke. */
async function quiet() {
  await vi.advanceTimersByTimeAsync(500)
  await settled()
}

const leftForm = (body: StepDownDraft): Partial<Bridge> => ({
  'draft.open': () => ok({ form: { kind: 'step-down', body }, saves: 1, savedAt: MONDAY })
})
const theReceived = { stepDownId: STEP_DOWN, reference: 'STD-7KQ3-000001', missing: [] }

describe('Receive a step-down', () => {
  it('C7: says what is missing while it is typed, and takes it all the same', async () => {
    const draft = { ...lacking, id: FORM }
    const { asked, router, wrapper } = await open(`/receive/${FORM}?new`, {
      ...leftForm(draft),
      'stepDown.receive': () => ok({ ...theReceived, missing: ['last-plan'] })
    })
    expect(wrapper.text()).toContain('1 of 14. It can be received all the same')
    await submit(wrapper)
    expect(asked('stepDown.receive')).toEqual([draft])
    expect(router.currentRoute.value.fullPath).toBe(`/triage/${STEP_DOWN}`)
  })

  it('what cannot be read stands next to its field, and nothing is sent', async () => {
    const draft = {
      ...aStepDown({ workerPhone: '12', receivedOn: '24/11/2026', receivedAt: '9:00' }),
      id: FORM
    }
    const { asked, wrapper } = await open(`/receive/${FORM}?new`, leftForm(ofThis(draft)))
    await submit(wrapper)
    expect(wrapper.get('[id="field-workerPhone-error"]').text()).toContain('Enter a phone number')
    expect(wrapper.get('[id="field-receivedOn-error"]').text()).toContain('in the future')
    expect(asked('stepDown.receive')).toEqual([])
  })

  it('what is like it is shown before anything is made; of a restricted family only that it is there', async () => {
    const families = [
      aFamilyLike({ restricted: true, childNames: '', keyworkerName: '', assessmentReference: '' })
    ]
    const { asked, wrapper } = await open(`/receive/${FORM}?new`, {
      'stepDown.similar': () => ok({ stepDowns: [], families })
    })
    expect(asked('stepDown.similar')).toEqual([])
    await field(wrapper, 'Name').setValue('Rowan Marsh')
    await quiet()
    expect(asked('stepDown.similar')).toMatchObject([
      { stepDownId: STEP_DOWN, people: [{ name: 'Rowan Marsh' }] }
    ])
    expect(wrapper.text()).toContain('1 family in the record')
    expect(wrapper.text()).toContain('Restricted')
  })

  it('a postcode proposes the district; one that somebody chose stays', async () => {
    const { wrapper } = await open(`/receive/${FORM}?new`)
    const district = () => field(wrapper, 'District').element as HTMLSelectElement
    await field(wrapper, 'Address with postcode').setValue('9 Weir Close, Hertford SG14 2QT')
    expect(district().value).toBe('E07000242')
    await field(wrapper, 'District').setValue('E07000095')
    await field(wrapper, 'Address with postcode').setValue('9 Weir Close, Hertford, SG14 2QT')
    expect(district().value).toBe('E07000095')
  })

  it('the sender’s answer begins with what they told before', async () => {
    const { wrapper } = await open(`/receive/${FORM}`)
    expect(wrapper.get('h1').text()).toBe('Add what the sender told')
    expect(field(wrapper, 'Sending team').element).toMatchObject({ value: 'Assessment Team East' })
    expect(field(wrapper, 'Statutory work completed on').element).toMatchObject({ value: '20/11/2026' })
    expect(wrapper.text()).not.toContain('Received on')
  })

  it('L7: what was added since is shown, and what was typed stays', async () => {
    const answer = {
      ...aStepDown({ people: lacking.people }),
      id: FORM,
      stepDownId: STEP_DOWN,
      basedOn: lacking.id
    }
    const newer = { ...lacking, id: newId(), basedOn: lacking.id, tried: 'A course for parents' }
    const versions = [aVersion(lacking), aVersion(newer, 'Blake Oduya')]
    const { asked, wrapper } = await open(`/receive/${FORM}`, {
      ...leftForm(answer),
      'stepDown.read': () => ok(aRecord({ versions })),
      'stepDown.receive': () => ok(theReceived)
    })
    expect(wrapper.text()).toContain('Blake Oduya added to this step-down')
    expect(wrapper.text()).toContain('A course for parents')
    await submit(wrapper)
    expect(asked('stepDown.receive')).toEqual([])
    await button(wrapper, 'I have looked: go on with what I typed').trigger('click')
    await submit(wrapper)
    expect(asked('stepDown.receive')).toEqual([{ ...answer, basedOn: newer.id }])
  })
})

describe('Send back to the sender', () => {
  it('ticks what is missing, asks why, and files it with its letter', async () => {
    const { asked, router, wrapper } = await open(`/return/${FORM}`, {
      'stepDown.return': () => ok({ letterId: newId() })
    })
    const ticked = wrapper.findAll<HTMLInputElement>('input:checked').map(({ element }) => element.value)
    expect(ticked).toEqual(['last-plan'])
    await submit(wrapper)
    expect(wrapper.text()).toContain('Enter why it goes back')
    expect(asked('stepDown.return')).toEqual([])
    await field(wrapper, 'Why does it go back?').setValue('We need the plan')
    await quiet()
    expect(field(wrapper, 'The letter').element).toMatchObject({ value: 'Dear Noor\n\nWe need the plan' })
    await submit(wrapper)
    expect(asked('stepDown.return')).toMatchObject([
      { id: FORM, versionId: lacking.id, missing: ['last-plan'], words: 'We need the plan' }
    ])
    expect(router.currentRoute.value.fullPath).toBe(`/triage/${STEP_DOWN}`)
  })

  it('the letter has the last words of the reason, however fast the button is pressed', async () => {
    const { asked, wrapper } = await open(`/return/${FORM}`, {
      'stepDown.return': () => ok({ letterId: newId() })
    })
    await field(wrapper, 'Why does it go back?').setValue('We need')
    await quiet()
    await field(wrapper, 'Why does it go back?').setValue('We need the plan')
    await submit(wrapper)
    expect(asked('stepDown.return')).toMatchObject([
      { words: 'We need the plan', body: 'Dear Noor\n\nWe need the plan' }
    ])
  })

  it('words that somebody typed stay when the reason is another one', async () => {
    const { wrapper } = await open(`/return/${FORM}`)
    await field(wrapper, 'The letter').setValue('Dear all')
    await field(wrapper, 'Why does it go back?').setValue('We need the plan')
    await quiet()
    expect(field(wrapper, 'The letter').element).toMatchObject({ value: 'Dear all' })
    expect(wrapper.text()).toContain('The words below are yours')
  })

  it('L7: an answer that came since is looked at first', async () => {
    const answer = { ...aStepDown(), id: newId(), stepDownId: STEP_DOWN, basedOn: lacking.id }
    const { asked, wrapper } = await open(`/return/${FORM}`, {
      'draft.open': () =>
        ok({ form: { kind: 'return', body: { ...aReturn(lacking), id: FORM } }, saves: 1, savedAt: MONDAY }),
      'stepDown.read': () => ok(aRecord({ versions: [aVersion(lacking), aVersion(answer)] })),
      'stepDown.return': () => ok({ letterId: newId() })
    })
    await submit(wrapper)
    expect(asked('stepDown.return')).toEqual([])
    await button(wrapper, 'I have looked: go on with what is missing now').trigger('click')
    await submit(wrapper)
    expect(asked('stepDown.return')).toMatchObject([{ versionId: answer.id, missing: [] }])
  })

  it('is for triage managers, and possible only as it stands', async () => {
    const { wrapper } = await open(`/return/${FORM}`, {}, 'adviser')
    expect(wrapper.text()).toContain('Triage managers send step-downs back.')
    const { asked, wrapper: late } = await open(`/return/${FORM}`, {
      'stepDown.read': () => ok(aRecord({ state: 'to-allocate', mayDo: ['take'] }))
    })
    expect(late.text()).toContain('can no longer be sent back')
    await submit(late)
    expect(asked('stepDown.return')).toEqual([])
  })
})

/** A part of the page of one step-down. */
async function panel(
  part: Component,
  record: StepDownRecord,
  answers: Partial<Bridge> = {},
  role: Role = 'triage-manager'
) {
  const { asked } = standInHub(answersOf(answers))
  const told: string[] = []
  let reloads = 0
  const host = defineComponent(() => {
    provideStepDown(
      computed(() => record),
      {
        reload: () => {
          reloads++
          return Promise.resolve()
        },
        tell: (words) => void told.push(words)
      }
    )
    return () => h(part)
  })
  const { wrapper } = await show(host, as(role), [createRouter({ history: createMemoryHistory(), routes })])
  await quiet()
  return { asked, told, wrapper, reloads: () => reloads }
}

describe('what the sender told', () => {
  it('shows everything that was told, and what was not', async () => {
    const { wrapper } = await panel(ToldPanel, aRecord())
    expect(wrapper.text()).toContain('One thing is missing')
    expect(wrapper.text()).toContain('Needs: Sleeps badly and is often late for school')
    const answers = wrapper
      .findAll('dt')
      .map((term) => [term.text(), term.element.nextElementSibling?.textContent])
    expect(answers).toContainEqual(['Last plan', 'Not told'])
    expect(answers).toContainEqual(['Agreement', expect.stringContaining('Dana Marsh, 18 November 2026')])
  })

  it('C12: it goes on with a reason, which is asked for', async () => {
    const { asked, told, wrapper } = await panel(ToldPanel, aRecord(), { 'stepDown.act': () => ok(null) })
    await button(wrapper, 'Triage it all the same').trigger('click')
    const form = document.querySelector<HTMLFormElement>('[role=dialog] form')
    form?.requestSubmit()
    await settled()
    expect(document.body.textContent).toContain('Enter why it goes on')
    const words = document.querySelector<HTMLTextAreaElement>('[role=dialog] textarea')
    if (words) words.value = 'The plan comes tomorrow'
    words?.dispatchEvent(new Event('input'))
    form?.requestSubmit()
    await settled()
    expect(asked('stepDown.act')).toMatchObject([
      { act: 'keep', basedOn: lacking.id, words: 'The plan comes tomorrow' }
    ])
    expect(told).toEqual(['It goes on to triage although something is missing.'])
  })

  it('an auditor reads it and does nothing', async () => {
    const { wrapper } = await panel(ToldPanel, aRecord(), {}, 'auditor')
    expect(wrapper.findAll('button').map((each) => each.text())).not.toContain('Triage it all the same')
    expect(wrapper.text()).not.toContain('Send back to the sender')
  })
})

describe('which family it is', () => {
  const like = (family: EarlierFamily): Partial<Bridge> => ({
    'stepDown.similar': () => ok({ stepDowns: [], families: [family] })
  })

  it('is said by a person, based on what was said last (L7)', async () => {
    const { asked, told, wrapper } = await panel(MatchPanel, aRecord({ matchId: '' }), {
      ...like(aFamilyLike()),
      'stepDown.match': () => ok(null)
    })
    await button(wrapper, 'Match to FAM-7KQ3-000001').trigger('click')
    await settled()
    expect(asked('stepDown.match')).toMatchObject([{ stepDownId: STEP_DOWN, basedOn: '', familyId: FAMILY }])
    expect(told).toEqual(['Matched to FAM-7KQ3-000001.'])
  })

  it('a restricted family is not matched from here, but opened with a reason', async () => {
    const { wrapper } = await panel(MatchPanel, aRecord(), like(aFamilyLike({ restricted: true })))
    expect(wrapper.findAll('button').some((each) => each.text().startsWith('Match'))).toBe(false)
    expect(wrapper.text()).toContain('Open FAM-7KQ3-000001, and say why')
  })

  it('somebody was quicker: it is read again, and says so', async () => {
    const { told, wrapper, reloads } = await panel(MatchPanel, aRecord(), {
      'stepDown.match': () => no({ code: 'changed-since' })
    })
    await button(wrapper, 'None of these').trigger('click')
    await settled()
    expect(reloads()).toBe(1)
    expect(told).toEqual([])
    expect(wrapper.get('[role=alert]').text()).not.toBe('')
  })

  it('is registered, and what cannot be registered is told by the person that it is of', async () => {
    const { wrapper } = await panel(MatchPanel, aRecord(), {
      'stepDown.registerFamily': () =>
        no({ code: 'invalid', fields: [{ path: 'people.0.name', message: 'Enter the name' }] })
    })
    await button(wrapper, 'Register the family').trigger('click')
    await settled()
    document.querySelector<HTMLFormElement>('[role=dialog] form')?.requestSubmit()
    await settled()
    expect(document.querySelector('[role=dialog] .error-summary')?.textContent).toContain(
      'Rowan Marsh: Enter the name'
    )
  })

  it('after somebody has accepted it is not said anew', async () => {
    const family = {
      familyId: FAMILY,
      how: 'matched',
      reference: 'FAM-7KQ3-000001',
      childNames: 'Rowan Marsh',
      hubName: '',
      open: undefined
    } as const
    const { wrapper } = await panel(
      MatchPanel,
      aRecord({ state: 'done', ending: 'accepted', family, matchId: newId() })
    )
    expect(wrapper.text()).toContain('Rowan Marsh')
    expect(wrapper.findAll('button')).toEqual([])
  })
})
