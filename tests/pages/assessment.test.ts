import { computed, defineComponent, h, ref, shallowRef, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import AssessmentPanel from '../../renderer/assessment/AssessmentPanel.vue'
import { useRules } from '../../renderer/desk/useRules.ts'
import { provideEpisode } from '../../renderer/episode/theEpisode.ts'
import { provideStepUps } from '../../renderer/stepUp/theStepUps.ts'
import PlanPanel from '../../renderer/plan/PlanPanel.vue'
import { planSaid } from '../../renderer/plan/words.ts'
import type { AssessmentEntry, AssessmentRecord } from '../../shared/assessment/assessment.ts'
import type { EpisodeRecord } from '../../shared/episode/episode.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { PlanAction, PlanOutcome } from '../../shared/plan/plan.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { anEntry } from '../fixtures/assessments.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const EPISODE = '0197a000-0000-7000-8000-0000000000e1'
const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
const ROBIN = '0197a000-0000-7000-8000-0000000000a1'
const JO = '0197a000-0000-7000-8000-0000000000a2'
const ALEX = '0197a000-0000-7000-8000-0000000000a3'
const FIRST = '0197a000-0000-7000-8000-0000000000b1'
const SECOND = '0197a000-0000-7000-8000-0000000000b2'

const person = (keptId: Id, name: string, changes: Partial<EpisodeRecord['people'][number]> = {}) => ({
  ...{ keptId, personIds: [keptId], name, role: 'child' as const, isHere: true, until: '' },
  ...changes
})
const anEpisode = (changes: Partial<EpisodeRecord> = {}): EpisodeRecord =>
  ({
    ...{ id: EPISODE, familyId: FAMILY, state: 'assessing', registeredOn: '2026-11-02' },
    people: [
      person(ROBIN, 'Robin Vale'),
      person(JO, 'Jo Vale', { role: 'parent-carer' }),
      person(ALEX, 'Alex Vale', { role: 'other', isHere: false, until: '2026-11-10' }),
      person(newId(), 'Long Gone', { role: 'other', isHere: false, until: '2025-01-10' })
    ],
    ...changes
  }) as EpisodeRecord

const saved = (needs: string, versionId: Id): AssessmentEntry => ({
  ...anEntry(ROBIN, 'health', { needs }),
  ...{ versionId, at: MONDAY, byName: 'Robin Achebe' }
})
const aVersion = (id: Id, number: number) => ({
  ...{ id, number, note: 'First visit', at: MONDAY, byName: 'Robin Achebe', changed: 1 }
})
const nothing: AssessmentRecord = { episodeId: EPISODE, entries: [], versions: [] }
const written: AssessmentRecord = {
  ...nothing,
  entries: [saved('Asthma', FIRST)],
  versions: [aVersion(FIRST, 1)]
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(MONDAY) })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

async function open(panel: Component, answers: Partial<Bridge>, episode = anEpisode()) {
  const hub = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'draft.list': () => ok([]),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'meeting.team': () => ok({ episodeId: EPISODE, members: [], meetings: [] }),
    'stepUp.list': () => ok([]),
    ...answers
  })
  const told = ref('')
  const Page = defineComponent({
    setup() {
      provideStepUps(
        provideEpisode(
          computed(() => episode),
          {
            form: computed(() => '' as const),
            formId: computed(() => ''),
            reload: () => Promise.resolve(),
            tell: (words) => {
              told.value = words
            }
          }
        )
      )
      return () => h(panel)
    }
  })
  const routes = [{ path: '/assessments/:id/:part', component: Page }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/assessments/${EPISODE}/assessment`)
  const { wrapper } = await show(RouterView, session, [router])
  await useRules().loadOnce()
  await settled()
  await settled()
  return { ...hub, told, page: wrapper }
}

/** One of the three texts of a domain, of whoever is chosen. */
function text({ page }: Awaited<ReturnType<typeof open>>, domain: string, label: string) {
  const group = page.findAll('fieldset').find((each) => each.find('legend').text() === domain)
  const found = group?.findAll('label').find((each) => each.text() === label)
  return page.get<HTMLTextAreaElement>(`[id="${found?.attributes('for') ?? ''}"]`)
}
const choose = async ({ page }: Awaited<ReturnType<typeof open>>, name: string) => {
  await page.get(`button[aria-label="Write about ${name}"]`).trigger('click')
  await settled()
}

describe('what is assessed', () => {
  const openAssessment = (answers: Partial<Bridge> = {}, episode = anEpisode()) =>
    open(AssessmentPanel, { 'assessment.read': () => ok(written), ...answers }, episode)

  it('shows everybody, who left while it was open, and of whom nothing is written', async () => {
    const { page } = await openAssessment()
    const rows = page.findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('Robin Vale')
    expect(rows[0]).toContain('Written')
    expect(rows[2]).toContain('left the family on 10 November 2026')
    expect(inBody.text()).toContain('Nothing is written yet about Jo Vale, Alex Vale.')
    expect(inBody.text()).not.toContain('Long Gone')
  })

  it('saves what differs and nothing else, by person and domain', async () => {
    const sent: Input<'assessment.save'>[] = []
    const opened = await openAssessment({
      'assessment.save': (input) => {
        sent.push(input)
        return ok({ id: input.id, number: 2 })
      }
    })
    expect(text(opened, 'Health', 'Needs').element.value).toBe('Asthma')
    await text(opened, 'Health', 'Needs').setValue('Asthma, at night')
    await text(opened, 'Safety', 'Strengths').setValue('Knows the road')
    await text(opened, 'Safety', 'Strengths').setValue('')
    await choose(opened, 'Jo Vale')
    expect(text(opened, 'Health', 'Needs').element.value).toBe('')
    await text(opened, 'Health', 'In their own words').setValue('I am tired')
    await opened.page.get('form').trigger('submit')
    await settled()
    expect(sent).toMatchObject([
      {
        ...{ familyId: FAMILY, episodeId: EPISODE, basedOn: FIRST },
        entries: [
          anEntry(ROBIN, 'health', { needs: 'Asthma, at night' }),
          anEntry(JO, 'health', { views: 'I am tired' })
        ]
      }
    ])
    expect(opened.told.value).toBe('Version 2 of the assessment saved')
  })

  it('goes on with the unfinished one, at whoever was written about last', async () => {
    const id = newId()
    const body = {
      ...{ id, familyId: FAMILY, episodeId: EPISODE, basedOn: FIRST, note: '' },
      entries: [anEntry(JO, 'safety', { needs: 'Half a sent' })]
    }
    const row = { id, kind: 'assessment' as const, savedAt: MONDAY, title: '', familyId: FAMILY }
    const opened = await openAssessment({
      'draft.list': () =>
        ok([{ ...row, episodeId: EPISODE, practitionerId: '', stepDownId: '', meetingId: '', callId: '' }]),
      'draft.open': () => ok({ form: { kind: 'assessment', body }, savedAt: MONDAY, saves: 3 })
    })
    expect(text(opened, 'Safety', 'Needs').element.value).toBe('Half a sent')
  })

  it.each([
    ['Mine instead of theirs', 'Mine', SECOND],
    ['Put mine below theirs', 'Theirs\n\nMine', SECOND],
    ['Keep theirs', 'Theirs', SECOND]
  ])('where two changed the same entry, "%s" leaves what it says', async (way, needs, basedOn) => {
    const theirs = { ...nothing, entries: [saved('Theirs', SECOND)] }
    const stored = shallowRef(written)
    const sent: Input<'assessment.save'>[] = []
    const opened = await openAssessment({
      'assessment.read': () => ok(stored.value),
      'assessment.save': (input) => {
        sent.push(structuredClone(JSON.parse(JSON.stringify(input)) as Input<'assessment.save'>))
        return sent.length === 1 ? no({ code: 'changed-since' }) : ok({ id: input.id, number: 3 })
      }
    })
    await text(opened, 'Health', 'Needs').setValue('Mine')
    await text(opened, 'Safety', 'Needs').setValue('Alone at home')
    stored.value = { ...theirs, versions: [aVersion(SECOND, 2), aVersion(FIRST, 1)] }
    await opened.page.get('form').trigger('submit')
    await settled()
    expect(opened.page.get('#clashes').text()).toContain('Theirs')
    // nothing is sent before it was looked at
    await opened.page.get('form').trigger('submit')
    await settled()
    expect(sent).toHaveLength(1)
    await inBody.press(way)
    expect(opened.page.find('#clashes').exists()).toBe(false)
    expect(text(opened, 'Health', 'Needs').element.value).toBe(needs)
    await opened.page.get('form').trigger('submit')
    await settled()
    expect(sent[1]?.basedOn).toBe(basedOn)
    expect(sent[1]?.entries).toContainEqual(anEntry(ROBIN, 'safety', { needs: 'Alone at home' }))
  })

  it('what is refused stands at the head, and what was typed stays', async () => {
    const opened = await openAssessment({
      'assessment.save': () => no({ code: 'refused', reason: 'assessment-closed' })
    })
    await text(opened, 'Health', 'Needs').setValue('Asthma, at night')
    await opened.page.get('form').trigger('submit')
    await settled()
    expect(inBody.errors()[0]).toContain('This assessment has closed')
    expect(text(opened, 'Health', 'Needs').element.value).toBe('Asthma, at night')
  })

  it('tells what a version changed when it is asked', async () => {
    const change = { personId: ROBIN, domain: 'health' as const }
    const words = { strengths: '', views: '' }
    const { page } = await openAssessment({
      'assessment.version': () =>
        ok([{ ...change, before: { ...words, needs: '' }, after: { ...words, needs: 'Asthma' } }])
    })
    await inBody.press('What changed in version 1')
    const changes = page.get('.changes')
    expect(changes.get('h4').text()).toBe('Robin Vale, health')
    expect(changes.findAll('.side').map((side) => side.get('dd').text())).toEqual(['Nothing', 'Asthma'])
  })

  it('a closed one is read and not written', async () => {
    const { page } = await openAssessment({}, anEpisode({ state: 'closed' }))
    expect(page.find('form').exists()).toBe(false)
    expect(inBody.text()).toContain('Asthma')
  })

  it('says so where it cannot be read', async () => {
    await openAssessment({ 'assessment.read': () => no({ code: 'fault', reference: '7F3A' }) })
    expect(inBody.text()).toContain('Reference 7F3A')
    expect(inBody.has('Try again')).toBe(true)
  })
})

describe('the plan', () => {
  const OUTCOME = '0197a000-0000-7000-8000-0000000000c1'
  const ACTION = '0197a000-0000-7000-8000-0000000000c2'
  const anAction = (changes: Partial<PlanAction> = {}): PlanAction => ({
    ...{ id: ACTION, words: 'Ring the school', owner: 'name', ownerId: '', ownerName: 'Aunt Bea' },
    ...{ dueOn: '2026-11-22', endedOn: '', rowVersion: 1, progress: [] },
    ...changes
  })
  const anOutcome = (changes: Partial<PlanOutcome> = {}): PlanOutcome => ({
    ...{ id: OUTCOME, words: 'In school every day', personId: ROBIN, ending: '', endedOn: '', endedWhy: '' },
    ...{ rowVersion: 1, actions: [anAction()], scores: [] },
    ...changes
  })
  const openPlan = (outcomes: () => PlanOutcome[], answers: Partial<Bridge> = {}, episode = anEpisode()) =>
    open(
      PlanPanel,
      { 'plan.read': () => ok({ episodeId: EPISODE, outcomes: outcomes() }), ...answers },
      episode
    )

  it('is empty with words, and has no button once the assessment has closed', async () => {
    await openPlan(() => [])
    expect(inBody.text()).toContain('Nothing is planned yet.')
    document.body.innerHTML = ''
    await openPlan(() => [anOutcome()], {}, anEpisode({ state: 'closed' }))
    expect(inBody.text()).toContain('In school every day')
    expect(inBody.has('Add an outcome')).toBe(false)
    expect(inBody.has('Record progress: Ring the school')).toBe(false)
  })

  it('flags what is past its day, and not what is done', async () => {
    await openPlan(() => [anOutcome()])
    expect(inBody.text()).toContain('Overdue')
    document.body.innerHTML = ''
    await openPlan(() => [anOutcome({ actions: [anAction({ endedOn: '2026-11-23' })] })])
    expect(inBody.text()).not.toContain('Overdue')
  })

  it('adds an action with whose it is and by when, errors beside the fields', async () => {
    const sent: Input<'plan.saveAction'>[] = []
    await openPlan(() => [anOutcome({ actions: [] })], {
      'plan.saveAction': (input) => {
        sent.push(input)
        return ok(null)
      }
    })
    await inBody.press('Add an action: In school every day')
    await inBody.press('Save')
    expect(inBody.errors()).toEqual([
      'Enter what is to be done',
      'Choose who does it',
      'Enter a date, like 23/11/2026'
    ])
    await inBody.field('What is to be done?').setValue('Breakfast club')
    await inBody.field('Who does it?').setValue(`person ${JO}`)
    await inBody.field('By when?').setValue('7/12/2026')
    await inBody.press('Save')
    expect(sent).toMatchObject([
      {
        ...{ outcomeId: OUTCOME, words: 'Breakfast club', owner: 'person', ownerId: JO },
        ...{ ownerName: 'Jo Vale', dueOn: '2026-12-07', rowVersion: 0 }
      }
    ])
  })

  it('what somebody else changed is shown before mine is saved', async () => {
    const outcomes = shallowRef([anOutcome()])
    const sent: Input<'plan.saveOutcome'>[] = []
    const { told } = await openPlan(() => outcomes.value, {
      'plan.saveOutcome': (input) => {
        sent.push(input)
        return sent.length === 1 ? no({ code: 'changed-since' }) : ok(null)
      }
    })
    await inBody.press('Change: In school every day')
    await inBody.field('What is to be different?').setValue('In school, and glad to be')
    outcomes.value = [anOutcome({ words: 'In school on Mondays', rowVersion: 2 })]
    await inBody.press('Save')
    expect(inBody.text()).toContain('In school on Mondays')
    expect(inBody.field('What is to be different?').element.value).toBe('In school, and glad to be')
    await inBody.press('Save mine all the same')
    expect(sent.map(({ rowVersion }) => rowVersion)).toEqual([1, 2])
    expect(told.value).toBe('Outcome changed: In school, and glad to be')
  })

  it('takes "done" back, asks before open actions end, and lets an outcome go on', async () => {
    const done = { id: newId(), progress: 'done' as const, on: '2026-11-20', words: '', evidence: 'A letter' }
    const progress = [{ ...done, memberName: 'Priya Shah', byName: 'Robin Achebe', at: MONDAY }]
    const action = anAction({ id: newId(), words: 'Breakfast club', endedOn: '2026-11-20', progress })
    await openPlan(() => [
      anOutcome({ actions: [anAction(), action] }),
      anOutcome({ id: newId(), words: 'Sleeps', ending: 'met', endedOn: '2026-11-20', endedWhy: 'Seen' })
    ])
    expect(inBody.text()).toContain('For Priya Shah, recorded by Robin Achebe')
    expect(inBody.has('Not done after all: Breakfast club')).toBe(true)
    expect(inBody.has('Let it go on: Sleeps')).toBe(true)
    await inBody.press('End the outcome: In school every day')
    expect(inBody.text()).toContain('Ring the school (Aunt Bea)')
    await inBody.press('End it')
    expect(inBody.errors()).toEqual(['Choose what became of it', 'Enter how you know'])
  })

  it('a score is chosen; the picture has its table', async () => {
    const score = { words: 'The register', meetingId: '', byName: 'Robin Achebe', at: MONDAY }
    const scores = [
      { ...score, id: newId(), on: '2026-11-02', score: 2 },
      { ...score, id: newId(), on: '2026-11-20', score: 7 }
    ]
    const { page } = await openPlan(() => [anOutcome({ scores })])
    expect(page.findAll('circle')).toHaveLength(2)
    expect(page.findAll('.number').map((each) => each.text())).toEqual(['2', '7'])
    expect(page.findAll('figure tbody tr')).toHaveLength(2)
    await inBody.press('Score: In school every day')
    await inBody.press('Save the score')
    expect(inBody.errors()).toEqual(['Choose a number from 0 to 10'])
  })
})

describe('what the chronology says of a plan', () => {
  it.each([
    [{ of: 'outcome', isNew: true, words: 'W', ending: '', why: '' }, 'Outcome added to the plan: W'],
    [
      { of: 'outcome', isNew: false, words: 'W', ending: '', why: '' },
      'Outcome of the plan put in other words: W'
    ],
    [{ of: 'outcome', isNew: false, words: 'W', ending: 'partly', why: 'Y' }, 'Outcome ended, partly met: W'],
    [{ of: 'outcome', isNew: false, words: 'W', ending: '', why: 'Y' }, 'Outcome goes on after all: W'],
    [
      { of: 'action', isNew: true, words: 'W', ownerName: 'B', dueOn: '2026-12-07' },
      'Action added to the plan: W'
    ],
    [{ of: 'progress', action: 'A', progress: 'done', words: '', evidence: 'E', memberName: 'M' }, 'Done: A'],
    [{ of: 'score', outcome: 'O', score: 0, words: '' }, 'Scored 0 out of 10: O']
  ] as const)('%o', (told, what) => {
    expect(planSaid(told).what).toBe(what)
  })
})
