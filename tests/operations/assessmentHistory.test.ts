import fc from 'fast-check'
import { expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { domains, type AssessmentDraft, type DraftEntry } from '../../shared/assessment/assessment.ts'
import { clashesIn, entryOf, noWords, withEntry } from '../../shared/assessment/changes.ts'
import type { Id } from '../../shared/ids.ts'
import type { PlanOutcome } from '../../shared/plan/plan.ts'
import { anAssessment } from '../fixtures/assessments.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { anAction, anOutcome, aScore, progressOn } from '../fixtures/plans.ts'

const SEED = 20261123

/** Two people at work; each act is a minute after the one before. */
async function openDesk() {
  const desk = await openTestDesk()
  const { id: familyId, form } = await aFamily(desk)
  const people = form.people.map(({ id }) => id)
  const writers = [desk.first, await aColleague(desk, 'adviser')]
  let minutes = 0
  const at = (who: number): Actor => {
    minutes += 1
    const now = new Date(Date.parse(OPEN) + minutes * 60_000).toISOString()
    return { ...(writers[who % writers.length] ?? desk.first), now }
  }
  return { desk, familyId, episodeId: form.episodeId, people, at }
}
type World = Awaited<ReturnType<typeof openDesk>>

interface Step {
  act: 'open' | 'write' | 'save' | 'look'
  who: number
  person: number
  domain: number
}
const steps = fc.array(
  fc.record<Step>({
    act: fc.constantFrom('open', 'write', 'write', 'save', 'look'),
    who: fc.nat(1),
    person: fc.nat(1),
    domain: fc.nat(1)
  }),
  { minLength: 8, maxLength: 30 }
)

const read = ({ desk, episodeId }: World) => desk.does('assessment.read', { episodeId })

it('two sessions: no text that was saved is ever lost, and the versions make the present', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (acts) => {
      const world = await openDesk()
      const { desk, familyId, episodeId, people, at } = world
      const forms: (AssessmentDraft | undefined)[] = [undefined, undefined]
      const savedTexts: { versionId: Id; text: string }[] = []
      for (const [count, { act, who, person, domain }] of acts.entries()) {
        const record = await read(world)
        const newest = record.versions[0]?.id ?? ''
        const form = (forms[who] ??= anAssessment({ familyId, episodeId, basedOn: newest, entries: [] }))
        if (act === 'write') {
          const place = { personId: people[person] ?? '', domain: domains[domain] ?? 'health' }
          const written = { ...place, ...noWords, needs: `Text ${String(count)}` }
          form.entries = withEntry(form.entries, written, record.entries)
        }
        // whoever looked at what the other wrote goes on from there
        if (act === 'look') form.basedOn = newest
        if (act === 'open') forms[who] = undefined
        if (act === 'save') {
          const mustMeet = clashesIn(form, record).length > 0
          const answer = await desk.run('assessment.save', form, at(who))
          if (mustMeet) expect(answer).toMatchObject({ error: { code: 'changed-since' } })
          else if (form.entries.length === 0) expect(answer).toMatchObject({ error: { code: 'invalid' } })
          else expect(answer).toMatchObject({ ok: true, value: { number: record.versions.length + 1 } })
          if (answer.ok) {
            savedTexts.push(...form.entries.map(({ needs }) => ({ versionId: form.id, text: needs })))
            forms[who] = undefined
          }
        }
      }
      const { entries, versions } = await read(world)
      const replayed: DraftEntry[] = []
      for (const { id, changed } of versions.toReversed()) {
        const changes = await desk.does('assessment.version', { id })
        expect(changes).toHaveLength(changed)
        for (const { personId, domain, before, after } of changes) {
          const standing = entryOf(replayed, { personId, domain })
          expect(before.needs).toBe(standing?.needs ?? '')
          if (standing) Object.assign(standing, after)
          else replayed.push({ personId, domain, ...after })
        }
        const told = changes.map(({ after }) => after.needs)
        for (const { text } of savedTexts.filter(({ versionId }) => versionId === id))
          expect(told).toContain(text)
      }
      expect(replayed).toHaveLength(entries.length)
      for (const entry of entries) expect(entryOf(replayed, entry)).toMatchObject({ needs: entry.needs })
      expect(brokenInvariants(desk.store.reader)).toEqual([])
      expect(desk.faults).toEqual([])
      desk.close()
    }),
    { seed: SEED, numRuns: 8 }
  )
}, 120_000)

interface PlanStep {
  act: 'outcome' | 'reword' | 'action' | 'progress' | 'score' | 'end' | 'again'
  which: number
  how: number
}
const planSteps = fc.array(
  fc.record<PlanStep>({
    act: fc.constantFrom(
      'outcome',
      'reword',
      'action',
      'action',
      'progress',
      'progress',
      'score',
      'end',
      'again'
    ),
    which: fc.nat(9),
    how: fc.nat(3)
  }),
  { minLength: 8, maxLength: 24 }
)
const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)]

/** Does the step where it can be done at all; what the desk refuses is left. */
async function take(world: World, { act, which, how }: PlanStep, outcomes: readonly PlanOutcome[]) {
  const { desk, familyId, episodeId, at } = world
  const of = { familyId, episodeId }
  const outcome = pick(outcomes, which)
  if (act === 'outcome' || !outcome) return desk.run('plan.saveOutcome', anOutcome(of), at(how))
  const words = { words: `Put another way, ${String(which)}`, personId: '' }
  const asked = { ...of, id: outcome.id, rowVersion: outcome.rowVersion }
  const action = pick(outcome.actions, how)
  switch (act) {
    case 'reword':
      return desk.run('plan.saveOutcome', { ...asked, ...words }, at(how))
    case 'action':
      return desk.run('plan.saveAction', anAction({ ...asked, ...words }), at(how))
    case 'score':
      return desk.run('plan.score', aScore({ ...asked, ...words }, { score: which }), at(how))
    case 'end':
    case 'again': {
      const ending = act === 'end' ? ('partly' as const) : ('' as const)
      return desk.run('plan.endOutcome', { ...asked, ending, on: '2026-11-23', why: 'Seen' }, at(how))
    }
    case 'progress': {
      if (!action) return undefined
      const progress = (['not-begun', 'under-way', 'done', 'dropped'] as const)[how] ?? 'done'
      const input = progressOn(anAction({ ...asked, ...words }, { id: action.id }), {
        progress,
        words: 'Seen',
        rowVersion: action.rowVersion
      })
      return desk.run('plan.recordProgress', input, at(how))
    }
  }
}

type Row = Record<string, unknown>
const table = (desk: TestDesk, name: string) =>
  desk.store.reader.prepare(`SELECT * FROM ${name}`).all() as Row[]
const history = ['plan_change', 'plan_progress', 'plan_score', 'chronology']

it('a plan: what was recorded of it never shrinks or changes, and what stands is what was recorded last', async () => {
  await fc.assert(
    fc.asyncProperty(planSteps, async (acts) => {
      const world = await openDesk()
      const { desk, episodeId } = world
      let before = new Map<string, Row[]>()
      for (const step of acts) {
        const { outcomes } = await desk.does('plan.read', { episodeId })
        await take(world, step, outcomes)
        const after = new Map(history.map((name) => [name, table(desk, name)]))
        for (const [name, rows] of before) expect(after.get(name)).toEqual(expect.arrayContaining(rows))
        before = after
      }
      const { outcomes } = await desk.does('plan.read', { episodeId })
      const changes = before.get('plan_change') ?? []
      for (const outcome of outcomes) {
        const own = changes.filter((row) => row['outcome_id'] === outcome.id && row['action_id'] === '')
        expect(own).toHaveLength(outcome.rowVersion)
        const last = own.find((row) => row['version'] === outcome.rowVersion)
        expect(last).toMatchObject({ words: outcome.words, ending: outcome.ending })
        for (const { endedOn, progress } of outcome.actions) {
          const isEnded = ['done', 'dropped'].includes(progress[0]?.progress ?? '')
          expect(endedOn !== '').toBe(isEnded)
          // nothing of an outcome that has ended goes on being due
          if (outcome.ending !== '') expect(isEnded).toBe(true)
        }
      }
      expect(brokenInvariants(desk.store.reader)).toEqual([])
      expect(desk.faults).toEqual([])
      desk.close()
    }),
    { seed: SEED, numRuns: 8 }
  )
}, 120_000)
