import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { aClosing, aReopening, aStepUp } from '../fixtures/closing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { anImpactMeeting, anOutcomeOf, aRequest, aStepUpStep, someOutcomes } from '../fixtures/stepUps.ts'

const acts = [
  ...(['request', 'plan', 'cancel', 'accept', 'not-accept', 'more-information', 'take-off'] as const),
  ...(['inform', 'withdraw', 'refer', 'confirm', 'close', 'step-up', 'withdraw-agreement', 'reopen'] as const)
]
type Act = (typeof acts)[number]

interface World {
  desk: TestDesk
  boss: Actor
  family: { id: Id; episodeId: Id; hubId: Id }
}

async function makeWorld(): Promise<World> {
  const desk = await openTestDesk()
  const boss = await aColleague(desk, 'triage-manager')
  const practitionerId = (await aPractitioner(desk)).id
  const { form } = await aFamily(desk, { practitionerId })
  const { hubId } = await desk.does('family.read', { id: form.id })
  return { desk, boss, family: { id: form.id, episodeId: form.episodeId, hubId } }
}

const requests = ({ desk, family }: World) => desk.does('stepUp.list', { episodeId: family.episodeId })
const meetings = async ({ desk, boss }: World) =>
  (await desk.does('stepUp.meetings', { hubId: '', when: 'coming', after: '' }, boss)).rows

/** Whatever the answer: what is refused changes nothing, and that is looked at after each act. */
async function act(world: World, wanted: Act): Promise<void> {
  const { desk, boss, family } = world
  const [newest] = await requests(world)
  const [meeting] = await meetings(world)
  switch (wanted) {
    case 'request':
      await desk.run('stepUp.request', aRequest(family))
      return
    case 'plan': {
      const open = await desk.does('stepUp.open', { hubId: '' }, boss)
      const stepUpIds = open.filter(({ state }) => state === 'submitted').map(({ id }) => id)
      const changes = { onDay: '2026-11-23', startsAt: '09:00', stepUpIds }
      await desk.run('stepUp.planMeeting', anImpactMeeting(boss.id, family.hubId, changes), boss)
      return
    }
    case 'cancel':
      if (meeting)
        await desk.run('stepUp.cancelMeeting', { id: meeting.id, rowVersion: 1, why: 'Snow' }, boss)
      return
    case 'accept':
    case 'not-accept':
    case 'more-information':
    case 'take-off': {
      if (!meeting) return
      const { stepUps } = await desk.does('stepUp.meeting', { id: meeting.id }, boss)
      const items = stepUps
        .filter(({ state, meetingId }) => state === 'planned' && meetingId === meeting.id)
        .map(({ id }) => anOutcomeOf(id, wanted))
      await desk.run('stepUp.recordOutcomes', someOutcomes(meeting.id, items), boss)
      return
    }
    case 'inform':
    case 'withdraw':
    case 'refer':
    case 'confirm':
      if (newest) await desk.run('stepUp.takeStep', aStepUpStep(newest, wanted), boss)
      return
    case 'close':
      await desk.run('episode.close', aClosing(family))
      return
    case 'step-up':
      await desk.run('episode.close', aStepUp(family))
      return
    case 'withdraw-agreement':
      await withdrawAgreement(world)
      return
    case 'reopen':
      await reopen(world)
  }
}

async function withdrawAgreement({ desk, family }: World): Promise<void> {
  const { agreements } = await desk.does('family.read', { id: family.id })
  const withdrawn = await desk.run('agreement.withdraw', {
    ...emptyWithdrawal(newId(), family.id, agreements[0]?.id ?? ''),
    ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
    ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  })
  // C10: never refused because of a step-up
  if (!withdrawn.ok) expect(withdrawn.error).not.toMatchObject({ reason: 'step-up-waits' })
}

/** The family agrees once more, and the assessment goes on. */
async function reopen({ desk, family }: World): Promise<void> {
  const { closures } = await desk.does('episode.read', { id: family.episodeId })
  const standing = closures.find(({ reopened }) => !reopened)
  if (!standing) return
  const { agreements } = await desk.does('family.read', { id: family.id })
  const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
  await desk.run('agreement.record', {
    ...emptyRecordedAgreement(ids, agreements[0]?.id ?? ''),
    ...{ decision: 'given', byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility' },
    ...{ route: 'phone', takePart: true, share: true, reviewOn: '1/6/2027', starts: 'no' }
  })
  await desk.run('episode.reopen', aReopening(family, standing.id))
}

/** R45: an assessment ended while this waited only where the family withdrew, and then the chair has it. */
function holds(stepUp: StepUp, isClosed: boolean): void {
  if (!stepUp.isOpen) return
  expect(stepUp.next).toBeDefined()
  expect(stepUp.ownerName).not.toBe('')
  if (isClosed) expect(stepUp.state).toBe('without-agreement')
}

describe('no sequence of acts', () => {
  it('leaves an assessment closed without feedback but by a withdrawal, or a request without an owner', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...acts), { minLength: 3, maxLength: 10 }),
        async (sequence) => {
          const world = await makeWorld()
          const { desk, boss, family } = world
          try {
            for (const wanted of ['request' as const, ...sequence]) {
              await act(world, wanted)
              expect(brokenInvariants(desk.store.reader)).toEqual([])
              const all = await requests(world)
              const { state } = await desk.does('episode.read', { id: family.episodeId })
              for (const each of all) holds(each, state === 'closed' || state === 'stepped-up')
              const waiting = all.filter(({ isOpen }) => isOpen).map(({ id }) => id)
              const listed = (await desk.does('stepUp.open', { hubId: '' }, boss)).map(({ id }) => id)
              expect(listed).toEqual(waiting)
              const due = await desk.does('family.due', { whose: 'everyone' }, boss)
              expect(due.filter(({ id }) => waiting.includes(id))).toHaveLength(waiting.length)
            }
            expect(desk.faults).toEqual([])
          } finally {
            desk.close()
          }
        }
      ),
      { numRuns: 12 }
    )
  }, 120_000)
})
