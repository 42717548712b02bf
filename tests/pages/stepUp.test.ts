import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { closingId } from '../../renderer/episode/closingId.ts'
import EpisodePage from '../../renderer/episode/EpisodePage.vue'
import ImpactMeetingPage from '../../renderer/stepUp/ImpactMeetingPage.vue'
import ImpactMeetingsPage from '../../renderer/stepUp/ImpactMeetingsPage.vue'
import OutcomesPage from '../../renderer/stepUp/OutcomesPage.vue'
import { caseOwner, stepUpFormId } from '../../renderer/stepUp/words.ts'
import { emptyClosing } from '../../shared/episode/closing.ts'
import type { EpisodeRecord } from '../../shared/episode/episode.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { emptyOutcome, emptyStepUp } from '../../shared/stepUp/problems.ts'
import type { ImpactMeeting, StepUp, StepUpEvidence } from '../../shared/stepUp/record.ts'
import { mayHappen, nextOf, standingOf } from '../../shared/stepUp/state.ts'
import type { OutcomesDraft, StepUpEvent } from '../../shared/stepUp/stepUp.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily } from './familyHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const EPISODE = '0197a000-0000-7000-8000-0000000000e1'
const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
const MEETING = '0197a000-0000-7000-8000-0000000000c1'
const DAY = '2026-11-23'
const account = session.stage === 'open' ? session.account : undefined
/** The one who takes calls in these tests, as a triage manager. */
const manager =
  session.stage === 'open'
    ? { ...session, account: { ...session.account, roles: ['triage-manager' as const] } }
    : session

afterEach(() => {
  document.body.innerHTML = ''
})

const anEpisode = (changes: Partial<EpisodeRecord> = {}): EpisodeRecord => ({
  ...{ id: EPISODE, reference: 'FFA-7KQ3-000001', familyId: FAMILY, familyReference: 'FAM-7KQ3-000001' },
  people: [{ keptId: 'a', personIds: ['a'], name: 'Robin Vale', role: 'child', isHere: true, until: '' }],
  ...{ hubId: newId(), hubName: 'Broxbourne and East Herts', state: 'assessing', registeredOn: '2026-11-02' },
  ...{ registeredByName: 'Morgan Ellis', needs: 'Mornings', goesOnBecause: '' },
  ...{ previous: undefined, following: undefined, steps: [], startedAgainst: [], levels: [], closures: [] },
  ...{ keyworkers: [], due: [], mayDo: ['close', 'step-up'], takesPart: true },
  ...changes
})

/** A request of which these events are recorded, each of the one meeting. */
function aStepUp(happened: StepUpEvent[] = [], changes: Partial<StepUp> = {}): StepUp {
  const events = happened.map((event) => ({
    ...{
      id: newId(),
      event,
      on: DAY,
      meetingId: MEETING,
      who: '',
      words: '',
      recordedAt: MONDAY,
      byName: 'Blake'
    }
  }))
  const { state, meetingId } = standingOf(events)
  const answer = 'He is out of school'
  return {
    ...{ id: newId(), familyId: FAMILY, episodeId: EPISODE, reference: 'SUP-7KQ3-000001' },
    ...{ episodeReference: 'FFA-7KQ3-000001', familyReference: 'FAM-7KQ3-000001', childNames: 'Robin Vale' },
    ...{ isHidden: false, hubId: newId(), hubName: 'Broxbourne and East Herts', requestedOn: DAY },
    answers: {
      ...{ unmetNeeds: answer, tried: answer, withinResources: answer },
      ...{ impact: answer, evidence: answer, advice: answer }
    },
    ...{ lastNoteOn: DAY, oldNotesReason: '', state, mayDo: mayHappen(events), events },
    isOpen: ['submitted', 'planned', 'needs-information', 'without-agreement'].includes(state),
    ...{ meetingId, meetingOn: DAY, ownerName: 'Blake Oduya', ownerId: '', confirmed: undefined },
    next: nextOf({ state, meetingId, isConfirmed: false, hasEnded: false }),
    ...{ recordedAt: MONDAY, byId: newId(), byName: 'Morgan Ellis' },
    ...changes
  }
}

const evidence: StepUpEvidence = {
  ...{ episodeId: EPISODE, reference: 'FFA-7KQ3-000001', registeredOn: '2026-11-02', reason: 'Mornings' },
  ...{ needs: [], outcomes: [], meetings: [], notes: { count: 1, lastOn: DAY } },
  ...{ keyworkers: [], transfers: [], levels: [] }
}

async function open(path: string, answers: Partial<Bridge>, stepUps: StepUp[] = [], who = session) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'episode.read': () => ok(anEpisode()),
    'plan.read': () =>
      ok({
        episodeId: EPISODE,
        outcomes: [
          {
            ...{ id: newId(), words: 'Robin sleeps', personId: '', ending: '', endedOn: '', endedWhy: '' },
            ...{ rowVersion: 1, actions: [], scores: [] }
          }
        ]
      }),
    'meeting.team': () => ok({ episodeId: EPISODE, members: [], meetings: [] }),
    'family.read': () => ok(aFamily()),
    'stepUp.list': () => ok(stepUps),
    'stepUp.evidence': () => ok(evidence),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/assessments/:id/:part(ending|plan|notes)', component: EpisodePage, props: true },
      { path: '/assessments/:id/:form(closing|step-up)/:formId', component: EpisodePage, props: true },
      { path: '/impact-meetings', component: ImpactMeetingsPage },
      { path: '/impact-meetings/:id', component: ImpactMeetingPage, props: true },
      { path: '/impact-meetings/:meetingId/outcomes/:id', component: OutcomesPage, props: true }
    ]
  })
  await router.push(path)
  await show(RouterView, who, [router])
  await settled()
  return { asked, router }
}
const links = () => [...document.querySelectorAll('a')].map((link) => link.textContent?.trim())
const WAITS = 'A step-up was requested and no feedback is recorded yet'

describe('R45: the lock is seen before anybody presses', () => {
  it('the ending offers nothing that ends the assessment, and says why', async () => {
    await open(`/assessments/${EPISODE}/ending`, {}, [aStepUp(['plan'])])
    expect(inBody.text()).toContain(WAITS)
    expect(inBody.text()).toContain('Hold the meeting and record the outcome. It is with Blake Oduya.')
    for (const way of ['Close assessment', 'Step up', 'Request step-up']) expect(links()).not.toContain(way)
  })

  it('without a step-up, or with feedback, the ways are there', async () => {
    await open(`/assessments/${EPISODE}/ending`, {}, [aStepUp(['plan', 'not-accept'])])
    expect(inBody.text()).not.toContain(WAITS)
    for (const way of ['Close assessment', 'Step up', 'Request step-up']) expect(links()).toContain(way)
  })

  it('a closing that was begun before keeps its words, and is not sent', async () => {
    const id = closingId(anEpisode(), 'closed', account?.id ?? '')
    const body = {
      ...emptyClosing({ id, familyId: FAMILY, episodeId: EPISODE, kind: 'closed' }),
      closureReason: 'All is well'
    }
    const { asked } = await open(
      `/assessments/${EPISODE}/closing/${id}`,
      { 'draft.open': () => ok({ form: { kind: 'closing', body }, savedAt: MONDAY, saves: 1 }) },
      [aStepUp()]
    )
    expect(inBody.text()).toContain(WAITS)
    expect(inBody.field('Why is it closed?').element.value).toBe('All is well')
    await inBody.press('Close assessment')
    expect(asked('episode.close')).toEqual([])
  })

  it('the plan ends no outcome, and says why', async () => {
    await open(`/assessments/${EPISODE}/plan`, {}, [aStepUp()])
    expect(inBody.text()).toContain(WAITS)
    expect(inBody.has('End the outcome: Robin sleeps')).toBe(false)
  })

  it('R59: what was accepted asks what continues before anything ends', async () => {
    await open(`/assessments/${EPISODE}/ending`, {}, [aStepUp(['plan', 'accept'])])
    expect(inBody.text()).toContain('Before support ends, confirm with the allocated social worker')
    expect(links()).not.toContain('Close assessment')
    await inBody.press('Confirm what continues: SUP-7KQ3-000001')
    await inBody.press('Record it')
    expect(inBody.errors()).toContain('Choose whether it was checked')
  })
})

describe('“Request step-up”', () => {
  const id = stepUpFormId(EPISODE, account?.id ?? '', 0)
  const path = `/assessments/${EPISODE}/step-up/${id}`
  const whole = {
    ...emptyStepUp({ id, familyId: FAMILY, episodeId: EPISODE }),
    ...{ immediateConcern: 'no' as const, unmetNeeds: 'School', tried: 'Club', withinResources: 'Nothing' },
    ...{ impact: 'He falls behind', evidence: 'The register', advice: 'Who leads' }
  }
  const stored = (body: typeof whole): Partial<Bridge> => ({
    'draft.open': () => ok({ form: { kind: 'step-up', body }, savedAt: MONDAY, saves: 1 })
  })

  it('R44: with an immediate concern the numbers stand there, and there is nothing to submit', async () => {
    await open(path, stored({ ...whole, immediateConcern: 'yes' as never }))
    expect(inBody.text()).toContain('999')
    expect(inBody.text()).toContain('0300 123 4043')
    expect(inBody.has('Request step-up')).toBe(false)
  })

  it('R43: what is missing stands beside its question, and nothing is sent', async () => {
    const { asked } = await open(path, stored({ ...whole, tried: '', advice: ' ' }))
    await inBody.press('Request step-up')
    expect(inBody.errors()).toEqual(['Enter what has been tried', 'Enter which advice is needed'])
    expect(asked('stepUp.request')).toEqual([])
  })

  it('R46: old notes ask for a reason, by the setting', async () => {
    const old = { ...evidence, notes: { count: 3, lastOn: '2026-11-01' } }
    await open(path, { ...stored(whole), 'stepUp.evidence': () => ok(old) })
    expect(inBody.text()).toContain('The last case note is of 1 November 2026, more than 14 days ago')
    await inBody.press('Request step-up')
    expect(inBody.errors()).toEqual(['Bring the case notes up to date, or enter why these will do'])
  })

  it('is sent as it stands, and the page says that the work goes on', async () => {
    const stepUps: StepUp[] = []
    const { asked, router } = await open(
      path,
      {
        ...stored(whole),
        'stepUp.request': () => {
          stepUps.push(aStepUp())
          return ok({ reference: 'SUP-7KQ3-000001' })
        }
      },
      stepUps
    )
    await inBody.press('Request step-up')
    await settled()
    expect(asked('stepUp.request')).toEqual([whole])
    expect(router.currentRoute.value.path).toBe(`/assessments/${EPISODE}/ending`)
  })

  it('what the other side refuses leaves every word in the form', async () => {
    await open(path, {
      ...stored(whole),
      'stepUp.request': () => no({ code: 'refused', reason: 'step-up-waits' })
    })
    await inBody.press('Request step-up')
    expect(inBody.errors()[0]).toContain('no feedback is recorded yet')
    expect(inBody.field('What has been tried?').element.value).toBe('Club')
  })
})

describe('meetings', () => {
  const aMeeting = (stepUps: StepUp[], changes: Partial<ImpactMeeting> = {}): ImpactMeeting => ({
    ...{ id: MEETING, hubId: newId(), hubName: 'Broxbourne and East Herts', onDay: DAY, startsAt: '09:30' },
    ...{ place: 'Room 2', chairId: newId(), chairName: 'Blake Oduya', ending: '', cases: stepUps.length },
    ...{ note: '', endedWhy: '', rowVersion: 1, stepUps },
    ...changes
  })
  const theMeeting = (meeting: ImpactMeeting): Partial<Bridge> => ({ 'stepUp.meeting': () => ok(meeting) })

  it('lists nothing where nothing is, and says so', async () => {
    await open(
      '/impact-meetings',
      { 'stepUp.meetings': () => ok({ rows: [], next: '' }), 'stepUp.open': () => ok([]) },
      [],
      manager
    )
    expect(inBody.text()).toContain('No meeting is planned.')
    expect(inBody.text()).toContain('No request waits for feedback.')
    expect(inBody.has('Plan a meeting')).toBe(true)
  })

  it('an adviser plans none', async () => {
    await open('/impact-meetings', {
      'stepUp.meetings': () => ok({ rows: [], next: '' }),
      'stepUp.open': () => ok([])
    })
    expect(inBody.has('Plan a meeting')).toBe(false)
  })

  it('a restricted family has its reference and no name, and the way to give a reason', async () => {
    const hidden = aStepUp(['plan'], { isHidden: true, childNames: '' })
    await open(`/impact-meetings/${MEETING}`, theMeeting(aMeeting([hidden])), [], manager)
    expect(inBody.text()).toContain('Restricted family FAM-7KQ3-000001')
    expect(links()).toContain('Open it with a reason')
    expect(inBody.text()).not.toContain('Robin Vale')
  })

  it('C10: what lost its agreement stands first, with what can be recorded of it', async () => {
    const left = aStepUp(['plan', 'agreement-withdrawn'])
    await open(`/impact-meetings/${MEETING}`, theMeeting(aMeeting([left])), [], manager)
    expect(inBody.heading('Agreement was withdrawn')).toBeDefined()
    expect(inBody.has('It was referred: SUP-7KQ3-000001')).toBe(true)
    expect(inBody.has('Withdraw the request: SUP-7KQ3-000001')).toBe(true)
  })

  const id = newId()
  const outcomesOf = (items: OutcomesDraft['items']): Partial<Bridge> => ({
    'draft.open': () =>
      ok({ form: { kind: 'outcomes', body: { id, meetingId: MEETING, items } }, savedAt: MONDAY, saves: 1 })
  })

  it('asks of every request on the agenda what became of it', async () => {
    const first = aStepUp(['plan'])
    const { asked } = await open(
      `/impact-meetings/${MEETING}/outcomes/${id}`,
      theMeeting(aMeeting([first])),
      [],
      manager
    )
    await inBody.press('Record outcomes')
    expect(inBody.errors()).toEqual(['Choose what became of it'])
    expect(asked('stepUp.recordOutcomes')).toEqual([])
  })

  it('what was typed of a request that left the agenda is there until somebody takes it off', async () => {
    const gone = aStepUp(['plan', 'agreement-withdrawn'])
    const typed = { ...emptyOutcome(gone.id), minutes: 'Robin is at risk' }
    const { asked } = await open(
      `/impact-meetings/${MEETING}/outcomes/${id}`,
      {
        ...theMeeting(aMeeting([gone])),
        ...outcomesOf([typed]),
        'stepUp.recordOutcomes': () => ok(null)
      },
      [],
      manager
    )
    expect(inBody.field('Minutes (optional)').element.value).toBe('Robin is at risk')
    await inBody.press('Record outcomes')
    expect(inBody.errors()).toEqual(['This request is on the agenda no more. Take it off this form'])
    await inBody.press('Take off this form: Robin Vale')
    await inBody.press('Record outcomes')
    expect(asked('stepUp.recordOutcomes')).toEqual([{ id, meetingId: MEETING, items: [] }])
  })

  it('says whose the next act is, by name or as the triage managers’', () => {
    expect(caseOwner(aStepUp([], { ownerName: 'The triage managers' }))).toBe(
      'Put it on the agenda of a meeting. It is with the triage managers.'
    )
    expect(caseOwner(aStepUp(['withdraw']))).toBe('')
  })
})
