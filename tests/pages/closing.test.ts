import { DOMWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { openLineName, openLineWords, overdueWords } from '../../renderer/desk/openListWords.ts'
import OpenAssessments from '../../renderer/desk/OpenAssessments.vue'
import { closingId, kindOfClosing } from '../../renderer/episode/closingId.ts'
import { endedWords } from '../../renderer/episode/endingWords.ts'
import EpisodePage from '../../renderer/episode/EpisodePage.vue'
import type { ClosingDraft, ClosureKind, EpisodeLine, EpisodeRecord } from '../../shared/episode/episode.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { PlanRecord } from '../../shared/plan/plan.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily } from './familyHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const EPISODE = '0197a000-0000-7000-8000-0000000000e1'
const OUTCOME = '0197a000-0000-7000-8000-0000000000b1'
const account = session.stage === 'open' ? session.account.id : ''

afterEach(() => {
  document.body.innerHTML = ''
})

const anEpisode = (changes: Partial<EpisodeRecord> = {}): EpisodeRecord => ({
  ...{ id: EPISODE, reference: 'FFA-7KQ3-000001', familyId: newId(), familyReference: 'FAM-7KQ3-000001' },
  people: [
    { keptId: 'a', personIds: ['a'], name: 'Robin Vale', role: 'child', isHere: true, until: '' },
    { keptId: 'b', personIds: ['b'], name: 'Jo Vale', role: 'parent-carer', isHere: true, until: '' }
  ],
  ...{ hubId: newId(), hubName: 'Broxbourne and East Herts', state: 'assessing', registeredOn: '2026-11-02' },
  ...{ registeredByName: 'Morgan Ellis', needs: 'Mornings', goesOnBecause: '' },
  ...{ previous: undefined, following: undefined, steps: [], startedAgainst: [], levels: [], closures: [] },
  ...{ keyworkers: [], due: [], mayDo: ['close', 'step-up'], takesPart: true },
  ...changes
})
const aPlan = (changes: Partial<PlanRecord['outcomes'][number]> = {}): PlanRecord => ({
  episodeId: EPISODE,
  outcomes: [
    {
      ...{ id: OUTCOME, words: 'Robin sleeps', personId: '', ending: '', endedOn: '', endedWhy: '' },
      ...{ rowVersion: 1, actions: [], scores: [] },
      ...changes
    }
  ]
})
const aDraft = (changes: Partial<ClosingDraft> = {}): ClosingDraft => ({
  ...{ id: closingId(anEpisode(), 'closed', account), familyId: newId(), episodeId: EPISODE, kind: 'closed' },
  ...{ closedOn: '', closureReason: 'Done', couldTransfer: 'no', transferNote: 'Nothing left' },
  ...{ stepOutAdvice: 'Ring the nurse', note: '', goesOn: [] },
  outcomes: [{ outcomeId: OUTCOME, result: 'met', words: 'Every night' }],
  told: [{ who: 'Jo Vale', words: '' }],
  ...changes
})

/** The form of this draft, over an assessment and a plan that may be others by then. */
async function openForm(
  draft: ClosingDraft,
  state: { episode: EpisodeRecord; plan: PlanRecord },
  answers: Partial<Bridge> = {}
) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'episode.read': () => ok(structuredClone(state.episode)),
    'plan.read': () => ok(structuredClone(state.plan)),
    'family.read': () => ok(aFamily()),
    'draft.open': () =>
      ok({ form: { kind: 'closing', body: structuredClone(draft) }, savedAt: MONDAY, saves: 1 }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 2 }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/assessments/:id/:part(ending)', component: EpisodePage, props: true },
      { path: '/assessments/:id/:form(closing)/:formId', component: EpisodePage, props: true }
    ]
  })
  await router.push(`/assessments/${EPISODE}/closing/${draft.id}`)
  await show(RouterView, session, [router])
  await settled()
  return { asked, router }
}
async function send() {
  await body().get('form').trigger('submit')
  await settled()
}
const body = () => new DOMWrapper(document.body)

describe('“Close assessment”', () => {
  it('is filed as it stands, and the page says what happened and who is to be told', async () => {
    const state = { episode: anEpisode(), plan: aPlan() }
    const { asked, router } = await openForm(aDraft(), state, {
      'episode.close': () => {
        state.episode = anEpisode({ state: 'closed' })
        return ok(null)
      }
    })
    await send()
    expect(asked('episode.close')).toHaveLength(1)
    expect(router.currentRoute.value.path).toBe(`/assessments/${EPISODE}/ending`)
    expect(inBody.text()).toContain('of Robin Vale closed. To be told: Jo Vale.')
  })

  it('closed by somebody else meanwhile: says so, keeps what was typed, and files nothing more', async () => {
    const state = { episode: anEpisode(), plan: aPlan() }
    const { asked } = await openForm(aDraft(), state, {
      'episode.close': () => {
        state.episode = anEpisode({ state: 'closed' })
        return no({ code: 'refused', reason: 'assessment-closed' })
      }
    })
    await send()
    expect(inBody.text()).toContain('The assessment has ended already.')
    expect(inBody.button('Close assessment').attributes('aria-disabled')).toBe('true')
    expect(inBody.field('Why is it closed?').element.value).toBe('Done')
    await send()
    expect(asked('episode.close')).toHaveLength(1)
  })

  it('an outcome that was added since is asked about, one that has ended is taken off the list', async () => {
    const ended = newId()
    const draft = aDraft({ outcomes: [{ outcomeId: ended, result: 'met', words: 'Before' }] })
    const { asked } = await openForm(draft, { episode: anEpisode(), plan: aPlan() })
    expect(inBody.text()).toContain('Robin sleeps')
    await send()
    expect(inBody.text()).toContain('This outcome has ended. Take it off the list')
    expect(inBody.text()).toContain('Choose what became of this outcome')
    await inBody.press('Take it off the list')
    expect(inBody.text()).not.toContain('This outcome has ended')
    expect(asked('episode.close')).toEqual([])
  })

  it('each person has one unfinished form of each kind, and another one after a reopening', () => {
    const reopened = { on: '2026-11-23', reason: 'x', byName: '' }
    const closure = { closures: [{ reopened }] } as unknown as Pick<EpisodeRecord, 'closures'>
    const ids = (['closed', 'stepped-up'] as ClosureKind[]).flatMap((kind) =>
      [anEpisode(), { ...anEpisode(), ...closure }].map((episode) => closingId(episode, kind, account))
    )
    expect(new Set(ids).size).toBe(4)
    expect(ids.map((id) => kindOfClosing(anEpisode(), id, account))).toEqual([
      ...['closed', 'closed', 'stepped-up', 'closed']
    ])
  })

  it('says what ended and who is to be told', () => {
    expect(endedWords(anEpisode(), 'stepped-up', ['Jo Vale', 'School'], { dates: 1, actions: 2 })).toBe(
      'Assessment FFA-7KQ3-000001 of Robin Vale stepped up. To be told: Jo Vale, School. ' +
        'Ended with it: 1 planned date, 2 actions of the plan.'
    )
  })
})

const aLine = (changes: Partial<EpisodeLine> = {}): EpisodeLine => ({
  ...{ episodeId: newId(), reference: 'FFA-7KQ3-000001', familyId: newId(), childNames: 'Robin Vale' },
  ...{ state: 'assessing', hubName: 'Stevenage', registeredOn: '2026-08-10', keyworkerName: 'Priya Shah' },
  ...{ nextOn: '', lastNoteAt: '2026-10-01T10:00:00.000Z', overdue: [] },
  ...changes
})

describe('open assessments on the desk (L18)', () => {
  it('each says what is wrong with it; a restricted family has no name', () => {
    const overdue = [{ rule: 'R31', dueOn: '2026-08-31' }] as const
    expect(overdue.map((due) => overdueWords(due, '2026-11-23'))).toEqual([
      'Assessment finalised: overdue, was due 31 August 2026'
    ])
    expect(openLineWords('overdue', aLine({ overdue: [...overdue] }))).toEqual(['Keyworker Priya Shah'])
    expect(openLineWords('no-next-action', aLine())).toEqual([
      'Open since 10 August 2026. Last case note 1 October 2026',
      'Keyworker Priya Shah'
    ])
    expect(openLineName(aLine({ childNames: '' }))).toBe('Assessment FFA-7KQ3-000001')
  })

  it('shows more on asking, says where a list is empty, and asks again where one could not be read', async () => {
    const lines = [aLine(), aLine({ childNames: 'Sam Vale' })]
    let isBroken = true
    const { asked } = standInHub({
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      'episode.open': ({ list, after }) => {
        if (list === 'unowned') return ok({ rows: [], next: '', total: 0 })
        if (list === 'overdue' && isBroken) return no({ code: 'fault', reference: '7F3A' })
        const [first, second] = lines
        return after === ''
          ? ok({ rows: [first!], next: first!.episodeId, total: 2 })
          : ok({ rows: [second!], next: '', total: 2 })
      }
    })
    await show(OpenAssessments, session)
    await settled()
    expect(inBody.text()).toContain('Every open assessment has a keyworker.')
    expect(inBody.text()).toContain('This list could not be brought up to date.')
    isBroken = false
    await inBody.press('Try again')
    expect(inBody.text()).not.toContain('could not be brought up to date')
    await inBody.press('Show more')
    expect(inBody.text()).toContain('Sam Vale')
    expect(asked('episode.open')).toHaveLength(5)
  })
})
