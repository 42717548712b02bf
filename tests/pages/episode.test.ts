import { DOMWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import EpisodePage from '../../renderer/episode/EpisodePage.vue'
import OpenElsewhere from '../../renderer/episode/OpenElsewhere.vue'
import { answersSaid, stepRow, stepsNext } from '../../renderer/episode/steps.ts'
import { nameOfPerson } from '../../renderer/episode/theEpisode.ts'
import { chronologyWords } from '../../renderer/family/chronologyWords.ts'
import RulesOverridden from '../../renderer/rule/RulesOverridden.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { EpisodeRecord, OpenElsewhere as Elsewhere, StepKind } from '../../shared/episode/episode.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { anEntry } from './familyHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const EPISODE = '0197a000-0000-7000-8000-0000000000e1'
const ROBIN = '0197a000-0000-7000-8000-0000000000a1'

afterEach(() => {
  document.body.innerHTML = ''
})

const anEpisode = (changes: Partial<EpisodeRecord> = {}): EpisodeRecord => ({
  ...{ id: EPISODE, reference: 'FFA-7KQ3-000001', familyId: newId(), familyReference: 'FAM-7KQ3-000001' },
  people: [{ keptId: ROBIN, personIds: [ROBIN], name: 'Robin Vale', role: 'child', isHere: true, until: '' }],
  ...{
    hubId: newId(),
    hubName: 'Broxbourne and East Herts',
    state: 'registered',
    registeredOn: '2026-11-23'
  },
  ...{ registeredByName: 'Morgan Ellis', needs: 'Mornings', goesOnBecause: '' },
  ...{ previous: undefined, following: undefined, steps: [], startedAgainst: [], levels: [], closures: [] },
  keyworkers: [
    {
      ...{ practitionerId: newId(), name: 'Priya Shah', agencyName: 'Lantern Trust', phone: '' },
      ...{ validFrom: '2026-11-23', validTo: '', isCover: false }
    }
  ],
  due: [
    {
      ...{ rule: 'R31', aboutId: '', ruleDay: '2026-11-20', dueOn: '2026-11-20', doneOn: '' },
      ...{ isOverdue: true, closedDay: '', overriddenBy: '', overrideReason: '' }
    }
  ],
  ...{ mayDo: ['set-up', 'close', 'step-up'], takesPart: true },
  ...changes
})

/** The page of an assessment that is `record` by then. */
async function open(record: () => EpisodeRecord, role: Role, answers: Partial<Bridge> = {}) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'episode.read': () => ok(record()),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/assessments/:id/:part?', component: EpisodePage, props: true }]
  })
  await router.push(`/assessments/${EPISODE}`)
  const person =
    session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session
  await show(RouterView, person, [router])
  await settled()
  return asked
}

/** The radio of one question. */
async function choose(question: string, answer: string) {
  const group = new DOMWrapper(document.body)
    .findAll('[role=radiogroup]')
    .find((each) => each.get('legend').text() === question)
  const label = group?.findAll('label').find((each) => each.text() === answer)
  await new DOMWrapper(document.body).get(`[id="${label?.attributes('for') ?? ''}"]`).setValue(true)
}
async function answerAll(...answers: ['Yes' | 'No', 'Yes' | 'No', 'Yes' | 'No']) {
  await choose('Do the needs call for more than one agency?', answers[0])
  await choose('Are the children progressing well?', answers[1])
  await choose('Have the needs been identified already?', answers[2])
}

describe('the page of an assessment', () => {
  it('records a step with its day as it is typed, reads again and says what happened', async () => {
    let record = anEpisode()
    const asked = await open(() => record, 'adviser', {
      'episode.takeStep': () => {
        record = anEpisode({ state: 'set-up', mayDo: ['start', 'close', 'step-up'] })
        return ok(null)
      }
    })
    expect(inBody.text()).toContain('Overdue by 3 days')
    await inBody.press('Set up on EHM')
    await inBody.field('On which day?').setValue('31/11/26')
    await inBody.press('Set up on EHM')
    expect(asked('episode.takeStep')).toEqual([])
    expect(inBody.errors()).toEqual(['Enter a date'])
    await inBody.field('On which day?').setValue('23/11/26')
    await inBody.press('Set up on EHM')
    expect(asked('episode.takeStep')).toMatchObject([
      { step: 'set-up', on: '2026-11-23', episodeId: EPISODE }
    ])
    expect(inBody.text()).toContain(
      'Family set up on EHM on 23 November 2026 for FFA-7KQ3-000001 of Robin Vale'
    )
    expect(inBody.has('Start assessment')).toBe(true)
  })

  it('R2: an adviser is told who may let it start, and nothing is sent', async () => {
    const asked = await open(() => anEpisode({ state: 'set-up', mayDo: ['start'] }), 'adviser')
    await inBody.press('Start assessment')
    await answerAll('No', 'No', 'No')
    await inBody.press('Start assessment')
    expect(inBody.errors()[0]).toContain('A triage manager or a coordinator may let it start')
    expect(asked('episode.takeStep')).toEqual([])
  })

  it('C12: a manager says why, and a reason that nothing asks for any more is not sent', async () => {
    const asked = await open(() => anEpisode({ state: 'set-up', mayDo: ['start'] }), 'triage-manager', {
      'episode.takeStep': () => no({ code: 'refused', reason: 'not-taking-part' })
    })
    await inBody.press('Start assessment')
    await answerAll('No', 'No', 'No')
    await inBody.press('Start assessment')
    expect(inBody.errors()).toEqual(['Enter why it starts all the same'])
    await inBody.field('Why does it start all the same?').setValue('The school asked')
    await inBody.press('Start assessment')
    await answerAll('Yes', 'No', 'No')
    await inBody.press('Start assessment')
    expect(asked('episode.takeStep')).toMatchObject([
      { severalAgencies: 'no', overrideReason: 'The school asked' },
      { severalAgencies: 'yes', overrideReason: '' }
    ])
    expect(inBody.errors()[0]).toContain('The family has not agreed to take part')
  })

  it('R24: without agreement it cannot start, and says where to go', async () => {
    await open(() => anEpisode({ state: 'set-up', mayDo: ['start'], takesPart: false }), 'adviser')
    expect(inBody.has('Start assessment')).toBe(false)
    expect(inBody.text()).toContain('it cannot start')
  })

  it('R4: before it is finalised, whoever nothing is written about is named, and it goes on all the same', async () => {
    const JO = '0197a000-0000-7000-8000-0000000000a2'
    const mother = { keptId: JO, personIds: [JO], name: 'Jo Vale', role: 'parent-carer' as const }
    const written = { personId: ROBIN, domain: 'health', strengths: 'Runs', needs: '', views: '' } as const
    const asked = await open(
      () => {
        const { people, ...rest } = anEpisode({ state: 'assessing', mayDo: ['finalise'] })
        return { ...rest, people: [...people, { ...mother, isHere: true, until: '' }] }
      },
      'adviser',
      {
        'assessment.read': () =>
          ok({
            episodeId: EPISODE,
            entries: [{ ...written, versionId: newId(), at: MONDAY, byName: 'Morgan Ellis' }],
            versions: []
          }),
        'episode.takeStep': () => ok(null)
      }
    )
    await inBody.press('Finalise assessment')
    await settled()
    expect(inBody.text()).toContain('Nothing is written yet about Jo Vale.')
    await inBody.press('Finalise assessment')
    expect(asked('episode.takeStep')).toMatchObject([{ step: 'finalise' }])
  })

  it('only a manager gives another day', async () => {
    await open(() => anEpisode(), 'adviser')
    expect(inBody.text()).not.toContain('Give another day')
    document.body.innerHTML = ''
    const asked = await open(() => anEpisode(), 'coordinator', { 'episode.overrideDue': () => ok(null) })
    await inBody.press('Give another day for: Assessment finalised')
    await inBody.field('Due on which day?').setValue('1/12/26')
    await inBody.field('Why on another day?').setValue('They are away')
    await inBody.press('Give this day')
    expect(asked('episode.overrideDue')).toMatchObject([
      { rule: 'R31', aboutId: '', dueOn: '2026-12-01', reason: 'They are away' }
    ])
  })

  it('L7: a level that somebody else changed meanwhile is shown before mine goes over it', async () => {
    const theirs = {
      ...{ id: newId(), level: 'intensive', levelName: 'Intensive', rationale: 'Police were there' },
      ...{ on: '2026-11-23', recordedAt: MONDAY, byName: 'Kay Tan' }
    }
    let record = anEpisode()
    let isNewer = true
    const asked = await open(() => record, 'adviser', {
      'episode.changeLevel': () => {
        if (!isNewer) return ok(null)
        isNewer = false
        record = anEpisode({ levels: [theirs] })
        return no({ code: 'changed-since' })
      }
    })
    await inBody.press('Record the level')
    await choose('Which level of need is it?', 'Targeted')
    await inBody.field('Why is it this level?').setValue('School and health')
    await inBody.press('Save level')
    expect(inBody.text()).toContain('Kay Tan changed the level while you had this open')
    expect(inBody.field('Why is it this level?').element.value).toBe('School and health')
    await inBody.press('Save mine as the newer one')
    expect(asked('episode.changeLevel')).toMatchObject([
      { basedOn: '', level: 'targeted' },
      { basedOn: theirs.id, level: 'targeted' }
    ])
  })

  it('one that nobody owns says so; one that has closed shows everything and changes nothing', async () => {
    await open(() => anEpisode({ keyworkers: [] }), 'adviser')
    expect(inBody.has('Name the keyworker')).toBe(true)
    document.body.innerHTML = ''
    await open(() => anEpisode({ state: 'closed', mayDo: ['reopen'], due: [] }), 'triage-manager')
    expect(inBody.text()).toContain('It has closed, so nothing is due.')
    for (const name of ['Set up on EHM', 'Record the level', 'Name the keyworker'])
      expect(inBody.has(name)).toBe(false)
  })

  it('tells what stands in the way, and tries again', async () => {
    const asked = await open(() => anEpisode(), 'adviser', {
      'episode.read': () => no({ code: 'fault', reference: '7F3A' })
    })
    await inBody.press('Try again')
    expect(asked('episode.read')).toHaveLength(2)
  })
})

describe('R20: an open assessment elsewhere', () => {
  const other: Elsewhere = {
    ...{ episodeId: newId(), reference: 'FFA-7KQ3-000002', familyId: newId(), childNames: 'Robin Vale' },
    ...{ keyworkerName: 'Priya Shah', agencyName: 'Lantern Trust', personIds: [ROBIN], askName: '' }
  }
  async function shown(found: Elsewhere[], personIds = [ROBIN]) {
    const { asked } = standInHub({ 'episode.elsewhere': () => ok(found) })
    const component = {
      components: { OpenElsewhere },
      setup: () => ({ personIds, nameOf: () => 'Robin Vale' }),
      template: `<OpenElsewhere model-value="" family-id="" :person-ids="personIds" :name-of="nameOf" />`
    }
    await show(component, session)
    return asked
  }

  it('is named with its keyworker; of a restricted one only whom to ask', async () => {
    await shown([other, { ...other, childNames: '', keyworkerName: '', askName: 'Kay Tan' }])
    expect(inBody.text()).toContain('Robin Vale: FFA-7KQ3-000002 of the family of Robin Vale')
    expect(inBody.text()).toContain('FFA-7KQ3-000002 of a restricted family. Ask Kay Tan about it.')
  })

  it('nothing is shown where none is, and nobody is asked about without children', async () => {
    await shown([])
    expect(inBody.text()).toBe('')
    document.body.innerHTML = ''
    const asked = await shown([other], [])
    expect(asked('episode.elsewhere')).toEqual([])
  })
})

describe('what was overridden', () => {
  it('is counted by rule, and says so where nothing was', async () => {
    standInHub({ 'episode.overrides': () => ok([{ rule: 'R31', count: 4 }]) })
    await show(RulesOverridden, session)
    expect(inBody.text()).toContain('Finalise in time')
    document.body.innerHTML = ''
    standInHub({ 'episode.overrides': () => ok([]) })
    await show(RulesOverridden, session)
    expect(inBody.text()).toContain('No rule was overridden.')
  })
})

describe('words', () => {
  it('the way so far: of one that ended only what it reached', () => {
    const taken = (step: StepKind): EpisodeRecord['steps'][number] => ({
      ...{ id: newId(), step, on: '2026-11-23', note: '', recordedAt: MONDAY, byName: '' },
      ...{ severalAgencies: '', progressingWell: '', alreadyIdentified: '' }
    })
    const steps = [taken('set-up'), taken('start'), taken('finalise')]
    expect(stepRow({ state: 'assessing', steps }).map(({ place }) => place)).toEqual([
      ...['past', 'past', 'now', 'later', 'later']
    ])
    expect(stepRow({ state: 'closed', steps }).map(({ state }) => state)).toEqual([
      ...['registered', 'set-up', 'assessing', 'closed']
    ])
    expect(stepsNext(['agree-plan', 'finalise', 'close'])).toEqual(['finalise', 'agree-plan'])
  })

  it('an entry of the chronology leads to where it can be read whole', () => {
    const leads = (changes: Partial<ChronologyRow>) =>
      chronologyWords(anEntry('1 Mill Lane', { episodeId: EPISODE, ...changes }), {
        person: () => '',
        hub: () => '',
        account: () => ''
      }).path.replace(EPISODE, 'E')
    const note = {
      ...{ noteKind: 'visit' as const, episodeId: EPISODE, familyMaySee: true, aboutIds: [] },
      ...{ cameFromId: '', begins: '', isWhole: true }
    }
    expect([
      leads({ kind: 'note', id: 'N', body: { ...note, addsTo: '' } }),
      leads({ kind: 'note', id: 'A', body: { ...note, addsTo: 'N' } }),
      leads({ kind: 'level', body: { episodeId: EPISODE, levelName: 'Targeted', rationale: '' } }),
      leads({ kind: 'meeting', body: { isCopy: false, heldOn: '2026-11-23' } }),
      leads({ kind: 'closing', body: { part: 'told', who: 'Jo Vale', words: '' } }),
      leads({ episodeId: '' })
    ]).toEqual([
      ...['/assessments/E/notes?note=N', '/assessments/E/notes?note=N', '/assessments/E/overview'],
      ...['/assessments/E/team', '/assessments/E/ending', '']
    ])
  })

  it('answers are told with their questions, and a child who is not born has no name', () => {
    expect(answersSaid({ severalAgencies: 'yes', progressingWell: 'no', alreadyIdentified: '' })).toEqual([
      'Do the needs call for more than one agency? Yes',
      'Are the children progressing well? No'
    ])
    expect([nameOfPerson({ name: '', role: 'unborn' }), nameOfPerson({ name: '', role: 'other' })]).toEqual([
      ...['Unborn child', 'Not named']
    ])
  })
})
