import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import DecisionPage from '../../renderer/stepDown/DecisionPage.vue'
import { whyNoDecision } from '../../renderer/stepDown/decisionWords.ts'
import TriageLetterPage from '../../renderer/stepDown/TriageLetterPage.vue'
import WriteTriageLetterPage from '../../renderer/stepDown/WriteTriageLetterPage.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { emptyDecision } from '../../shared/stepDown/deciding.ts'
import type { FilledTriageLetter } from '../../shared/stepDown/letter.ts'
import type { StepDownDecision, StepDownLetter, StepDownRecord } from '../../shared/stepDown/record.ts'
import { toldIn } from '../../shared/stepDown/told.ts'
import { aStepDown } from '../fixtures/stepDowns.ts'
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
const EARLIER = '0197a000-0000-7000-8000-0000000000d3'
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session

const aDecided = (changes: Partial<StepDownDecision> = {}): StepDownDecision => ({
  ...{ id: EARLIER, basedOn: '', level: 'intensive', levelName: 'Intensive', rationale: 'Needs at home' },
  ...{ route: 'intensive-team', routeReason: 'Often', evidence: 'The plan', considered: 'A course' },
  ...{ agencyId: '', agencyName: '', practitionerId: '', practitionerName: '', signposting: '' },
  ...{ familyNext: '', decidedOn: '2026-11-23', recordedAt: MONDAY, byName: 'Priya Patel' },
  ...changes
})
const aMade = (changes: Partial<StepDownLetter> = {}): StepDownLetter => ({
  ...{ id: FORM, kind: 'decision-sender', aboutId: EARLIER, on: '2026-11-23', toName: 'Noor Haddad' },
  ...{ address: 'County Hall\nHertford', subject: 'Our decision', body: 'Dear Noor\n\n<b>We decided</b>' },
  ...{ isWithheld: false, recordedAt: MONDAY, byName: 'Priya Patel' },
  ...changes
})
function aRecord(changes: Partial<StepDownRecord> = {}): StepDownRecord {
  const form = aStepDown()
  const version = { ...toldIn(form, '2026-11-23'), id: form.id, basedOn: '', missing: [] }
  return {
    ...{ id: STEP_DOWN, reference: 'STD-7KQ3-000001', sourceKey: '', receivedAt: MONDAY },
    ...{ hubId: newId(), hubName: 'Broxbourne and East Herts', ownerName: '', practitionerName: '' },
    ...{ state: 'to-triage', ending: '', since: MONDAY, allocationId: '', practitionerId: '', ownerId: '' },
    ...{ dueAt: '', isOverdue: false, mayDo: ['decide-keyworker', 'decide-elsewhere'], lastId: form.id },
    ...{ events: [], returns: [], decisions: [], allocations: [], letters: [], family: undefined },
    versions: [{ ...version, recordedAt: MONDAY, byName: 'Priya Patel' }],
    isAgreed: true,
    ...changes
  } as StepDownRecord
}
const aFilled = (changes: Partial<FilledTriageLetter> = {}): FilledTriageLetter => ({
  ...{ templateId: newId(), subject: 'Our decision', body: 'Dear Noor', missing: [] },
  ...{ address: 'County Hall\nHertford', addressWithheld: false, recipients: [], toName: 'Noor Haddad' },
  ...changes
})

const routes = [
  { path: '/triage/:stepDownId/decision/:id', component: DecisionPage, props: true },
  { path: '/triage/:stepDownId/letter/:id', component: WriteTriageLetterPage, props: true },
  { path: '/triage/:stepDownId/letters/:id', component: TriageLetterPage, props: true },
  { path: '/triage/:id', component: { render: () => null } }
]
async function open(path: string, answers: Partial<Bridge> = {}, role: Role = 'triage-manager') {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'stepDown.read': () => ok(aRecord()),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'stepDown.decide': () => ok(null),
    'stepDown.fillLetter': () => ok(aFilled()),
    'stepDown.makeLetter': () => ok({ id: FORM }),
    ...answers
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/triage/${STEP_DOWN}${path}`)
  const { wrapper } = await show(RouterView, as(role), [router])
  await settled()
  return { asked, router, wrapper }
}

/** A form that was left with everything typed. */
const left = (changes = {}): Partial<Bridge> => ({
  'draft.open': () =>
    ok({
      form: {
        kind: 'decision',
        body: {
          ...emptyDecision(FORM, STEP_DOWN),
          ...{ level: 'intensive', rationale: 'A', route: 'intensive-team', routeReason: 'B' },
          ...{ evidence: 'C', considered: 'D', ...changes }
        }
      },
      saves: 1,
      savedAt: MONDAY
    })
})

describe('Record decision', () => {
  it('says beside each field what is missing, and sends nothing', async () => {
    const { asked, wrapper } = await open(`/decision/${FORM}`)
    await submit(wrapper)
    expect(wrapper.text()).toContain('Choose the level of need')
    expect(wrapper.text()).toContain('Enter what the decision goes by')
    expect(asked('stepDown.decide')).toHaveLength(0)
  })

  it('is filed, and goes back to the step-down', async () => {
    const { asked, router, wrapper } = await open(`/decision/${FORM}`, left())
    await submit(wrapper)
    expect(asked('stepDown.decide')).toMatchObject([{ id: FORM, route: 'intensive-team', basedOn: '' }])
    expect(router.currentRoute.value.fullPath).toBe(`/triage/${STEP_DOWN}`)
  })

  it('L7: what somebody else decided since is shown first, and what was typed stays', async () => {
    const { asked, wrapper } = await open(`/decision/${FORM}`, {
      ...left(),
      'stepDown.read': () => ok(aRecord({ decisions: [aDecided()] }))
    })
    expect(wrapper.text()).toContain('Something was decided since you began')
    await submit(wrapper)
    expect(asked('stepDown.decide')).toHaveLength(0)
    await button(wrapper, 'I have looked: go on with what I typed').trigger('click')
    await submit(wrapper)
    expect(asked('stepDown.decide')).toMatchObject([{ basedOn: EARLIER, rationale: 'A' }])
  })

  it('a revision begins with what it revises', async () => {
    const { wrapper } = await open(`/decision/${FORM}`, {
      'stepDown.read': () => ok(aRecord({ decisions: [aDecided()] }))
    })
    expect(field(wrapper, 'Why this level?').element).toMatchObject({ value: 'Needs at home' })
    expect(wrapper.text()).toContain('This revises the decision that counts now')
  })

  it('R24: says what to do where a route needs agreement that is not there', async () => {
    const { asked, wrapper } = await open(`/decision/${FORM}`, {
      ...left(),
      'stepDown.read': () => ok(aRecord({ isAgreed: false }))
    })
    expect(wrapper.text()).toContain('choose a route without a keyworker')
    await submit(wrapper)
    expect(asked('stepDown.decide')).toHaveLength(0)
  })

  it('is for triage managers', async () => {
    const { wrapper } = await open(`/decision/${FORM}`, {}, 'adviser')
    expect(wrapper.text()).toContain('Triage managers record decisions.')
    expect(wrapper.find('form').exists()).toBe(false)
  })

  it.each([
    ['received', '', 'Send it back to the sender'],
    ['waiting', '', 'It waits for the sender'],
    ['allocated', '', 'Priya Shah is asked'],
    ['done', 'accepted', 'A keyworker has accepted it'],
    ['done', 'ended', 'Reopen it']
  ] as const)('where it is %s %s it says why not, and what to do', async (state, ending, words) => {
    const record = aRecord({ state, ending, mayDo: [], practitionerName: 'Priya Shah' })
    expect(whyNoDecision(record)).toContain(words)
    const { wrapper } = await open(`/decision/${FORM}`, { 'stepDown.read': () => ok(record) })
    expect(wrapper.text()).toContain(words)
    expect(wrapper.find('form').exists()).toBe(false)
  })
})

describe('a letter of a decision', () => {
  const decided = () => ok(aRecord({ decisions: [aDecided()] }))

  it('to the social worker has their address, and is made', async () => {
    const { asked, router, wrapper } = await open(`/letter/${FORM}?kind=decision-sender`, {
      'stepDown.read': decided
    })
    expect(wrapper.get('article').text()).toContain('County Hall')
    await submit(wrapper)
    expect(asked('stepDown.makeLetter')).toMatchObject([
      { kind: 'decision-sender', aboutId: EARLIER, toName: 'Noor Haddad', withAddress: true }
    ])
    expect(router.currentRoute.value.fullPath).toBe(`/triage/${STEP_DOWN}/letters/${FORM}`)
  })

  it('to the family is not made while a field is left, and a withheld address is said', async () => {
    const { asked, wrapper } = await open(`/letter/${FORM}?kind=decision-family`, {
      'stepDown.read': decided,
      'stepDown.fillLetter': () =>
        ok(
          aFilled({
            ...{ body: 'Dear {{to}}', address: '', addressWithheld: true, missing: ['to'], toName: '' },
            recipients: [{ id: newId(), name: 'Jo Vale' }]
          })
        )
    })
    expect(wrapper.text()).toContain('Where they live is withheld')
    expect(wrapper.text()).toContain('Jo Vale')
    await submit(wrapper)
    expect(wrapper.text()).toContain('Fill in or take out {{to}}')
    expect(asked('stepDown.makeLetter')).toHaveLength(0)
  })

  it('begun before a revision goes by the decision that counts only when it is asked to', async () => {
    const { asked, wrapper } = await open(`/letter/${FORM}`, {
      'stepDown.read': decided,
      'draft.open': () =>
        ok({
          form: {
            kind: 'triage-letter',
            body: {
              ...{
                id: FORM,
                stepDownId: STEP_DOWN,
                kind: 'decision-sender',
                aboutId: newId(),
                toPersonId: ''
              },
              ...{ toName: 'Noor', withAddress: false, subject: 'Mine', body: 'My own words' }
            }
          },
          saves: 1,
          savedAt: MONDAY
        })
    })
    await submit(wrapper)
    expect(asked('stepDown.makeLetter')).toHaveLength(0)
    await button(wrapper, 'Go by the decision that counts now').trigger('click')
    await submit(wrapper)
    expect(asked('stepDown.makeLetter')).toMatchObject([{ aboutId: EARLIER, body: 'My own words' }])
  })

  it('that was made shows what was typed as text', async () => {
    const { wrapper } = await open(`/letters/${FORM}`, {
      'stepDown.read': () => ok(aRecord({ decisions: [aDecided()], letters: [aMade()] }))
    })
    expect(wrapper.get('article').text()).toContain('<b>We decided</b>')
    expect(wrapper.text()).not.toContain('was revised since')
  })

  it('of an earlier decision says so, and one that tells what is withheld is not shown', async () => {
    const { wrapper } = await open(`/letters/${FORM}`, {
      'stepDown.read': () =>
        ok(
          aRecord({
            decisions: [aDecided(), aDecided({ id: newId(), basedOn: EARLIER })],
            letters: [aMade({ isWithheld: true, address: '', subject: '', body: '' })]
          })
        )
    })
    expect(wrapper.text()).toContain('The decision was revised since this letter was made.')
    expect(wrapper.text()).toContain('is not shown or printed again')
    expect(wrapper.find('article').exists()).toBe(false)
  })
})
