import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { addDays } from '../../shared/time/london.ts'
import { aClosing, aReopening } from '../fixtures/closing.ts'
import { aCover, anotherPractitioner, aReassignment, aReturn } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { aTransfer, aTransferStep } from '../fixtures/transfers.ts'

/**
 * Transfers, covers, returns, reassignments, ends and new beginnings in any order, told back by a model that knows nothing
 * of spans: it goes from day to day and asks each time who it is.
 */

/** The night the clocks go back, an ordinary week, the night they go forward, and a leap day are within reach. */
const STARTS = ['2026-10-20', '2026-11-23', '2027-03-24', '2028-02-25']
const LOOKED_AHEAD_DAYS = 70

let desk: TestDesk
let manager: Actor
let employerId: Id
beforeAll(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  const first = await aPractitioner(desk)
  employerId = first.employerId
})
afterAll(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

/** Somebody's family from a day on, until somebody else's row begins. */
interface Lasting {
  from: CivilDate
  who: Id
  /** It came of a transfer, and goes with it as long as its day has not come. */
  isTransfer: boolean
}
/** One day on which somebody stands in for the keyworker of a row. */
interface CoverDay {
  day: CivilDate
  who: Id
  over: Lasting
  coverId: Id
  /** Who stood in on that day before, where somebody stands in for them in turn. */
  insteadOf: CoverDay | undefined
}
interface Family {
  id: Id
  episodeId: Id
  isOpen: boolean
  /** In the order in which they were made; of one day the last one counts. */
  lasting: Lasting[]
  covered: CoverDay[]
}
interface World {
  today: CivilDate
  registeredOn: CivilDate
  families: Family[]
  workers: { id: Id; name: string; trainedOn: CivilDate; leftOn: CivilDate }[]
  covers: { id: Id; from: CivilDate }[]
}

function lastingOn({ lasting }: Family, day: CivilDate): Lasting | undefined {
  const begun = lasting.filter(({ from }) => from <= day)
  const latest = begun
    .map(({ from }) => from)
    .toSorted()
    .at(-1)
  return begun.findLast(({ from }) => from === latest)
}
function coverOn(family: Family, day: CivilDate): CoverDay | undefined {
  const whose = lastingOn(family, day)
  return family.covered.findLast((each) => each.day === day && each.over === whose)
}
const whoOn = (family: Family, day: CivilDate): Id | undefined =>
  coverOn(family, day)?.who ?? lastingOn(family, day)?.who

const daysFrom = (from: CivilDate, to: CivilDate): CivilDate[] => {
  const days = [from]
  while ((days.at(-1) ?? to) < to) days.push(addDays(days.at(-1) ?? to, 1))
  return days
}

const pick = <T>(all: readonly T[], at: number): T => {
  const one = all[at % all.length]
  if (one === undefined) throw new Error('There is nobody to pick')
  return one
}
const onDay = (day: CivilDate): Actor => ({ ...manager, now: `${day}T10:00:00.000Z` })
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, string>[]

/** Done or refused, never half; what was done is sent again, and that is the same act. */
async function did<N extends Operation>(world: World, name: N, input: Input<N>): Promise<boolean> {
  const actor = onDay(world.today)
  const first = await desk.run(name, input, actor)
  expect(desk.faults).toEqual([])
  if (!first.ok) return false
  const count = 'SELECT (SELECT count(*) FROM episode_keyworker) + (SELECT count(*) FROM keyworker_end) AS n'
  const written = rows(count)
  expect(await desk.run(name, input, actor)).toEqual(first)
  expect(rows(count)).toEqual(written)
  return true
}

type Act = [
  kind:
    | 'transfer'
    | 'cancel'
    | 'cover'
    | 'return'
    | 'reassign'
    | 'close'
    | 'withdraw'
    | 'agree'
    | 'reopen'
    | 'leave'
    | 'untrain'
    | 'wait',
  family: number,
  worker: number,
  other: number,
  offset: number,
  length: number
]

async function begin(today: CivilDate): Promise<World> {
  const trained = [
    ...Array.from({ length: 3 }, () => '2026-02-09'),
    // of one who is trained in the middle of it, and one who never is
    addDays(today, 4),
    ''
  ]
  const workers = []
  for (const [index, trainedOn] of trained.entries()) {
    const name = `Keyworker ${String(index)} ${newId()}`
    const changes = { trainedOn, standardsOn: '', registeredOn: trainedOn }
    const id = await anotherPractitioner(desk, { employerId }, name, changes)
    workers.push({ id, name, trainedOn, leftOn: '' })
  }
  const families: Family[] = []
  for (const at of [0, 0, 1]) {
    const who = pick(workers, at).id
    const { agreement } = aRegistration()
    const dated = { decidedOn: writeDate(today), reviewOn: writeDate(addDays(today, 42)) }
    const { form } = await aFamily(
      desk,
      { practitionerId: who, agreement: { ...agreement, ...dated } },
      onDay(today)
    )
    families.push({
      ...{ id: form.id, episodeId: form.episodeId, isOpen: true, covered: [] },
      lasting: [{ from: today, who, isTransfer: false }]
    })
  }
  return { today, registeredOn: today, families, workers, covers: [] }
}

/** What was accepted for a day that has not come goes with the transfer. */
const dropWaiting = (family: Family, today: CivilDate, isAsked: (row: Lasting) => boolean = () => true) => {
  family.lasting = family.lasting.filter((row) => !(row.isTransfer && row.from > today && isAsked(row)))
}

async function transfer(world: World, family: Family, toId: Id, on: CivilDate): Promise<void> {
  const { today } = world
  const asked = aTransfer(family, { requestedOn: '' })
  if (!(await did(world, 'transfer.request', asked))) return
  const step = <S extends Parameters<typeof aTransferStep>[1]>(
    name: S,
    changes: Parameters<typeof aTransferStep<S>>[2]
  ) => did(world, 'transfer.takeStep', aTransferStep(asked, name, changes))
  await step('tell-family', { on: today })
  await step('plan-review', { on: addDays(today, 1) })
  await step('propose', { on, practitionerId: toId, agreedOn: today })
  if (await step('accept', { on: today })) family.lasting.push({ from: on, who: toId, isTransfer: true })
  else await step('cancel', { on: today, note: 'They cannot' })
}

async function cancel(world: World, family: Family): Promise<void> {
  const all = await desk.does('transfer.list', { episodeId: family.episodeId }, onDay(world.today))
  const waiting = all.find(({ isWaiting }) => isWaiting)
  if (!waiting) return
  const taken = aTransferStep({ ...family, familyId: family.id, id: waiting.id }, 'cancel', {
    on: world.today
  })
  if (!(await did(world, 'transfer.takeStep', taken))) return
  family.lasting = family.lasting.filter(
    ({ isTransfer, from, who }) =>
      !(isTransfer && from > world.today && from === waiting.changeoverOn && who === waiting.toId)
  )
}

async function cover(world: World, whoId: Id, byId: Id, from: CivilDate, to: CivilDate): Promise<void> {
  const days = { practitionerId: whoId, fromDay: from, toDay: to }
  const { families } = await desk.does('cover.preview', days, onDay(world.today))
  const draft = aCover(whoId, byId, families, { fromDay: writeDate(from), toDay: writeDate(to) })
  const parts = draft.parts.map((part) => ({ ...part, toldOn: '', notToldWhy: 'Taken ill' }))
  const isDone = await did(world, 'cover.arrange', { ...draft, parts })
  if (!isDone) return
  world.covers.push({ id: draft.id, from })
  for (const family of world.families.filter(({ isOpen }) => isOpen)) {
    const theirs = daysFrom(from, to).filter((day) => whoOn(family, day) === whoId)
    for (const day of theirs) {
      const over = lastingOn(family, day)
      const insteadOf = coverOn(family, day)
      if (over) family.covered.push({ day, who: byId, over, coverId: draft.id, insteadOf })
    }
  }
}

/** Is it of this cover, or does it stand in for what is? */
const isOf = (coverId: Id, each: CoverDay | undefined): boolean =>
  each !== undefined && (each.coverId === coverId || isOf(coverId, each.insteadOf))

async function comeBack(world: World, { id: coverId, from }: World['covers'][number], after: number) {
  const lastDay = addDays(from, after - 1)
  if (!(await did(world, 'cover.return', aReturn(coverId, { lastDay })))) return
  for (const family of world.families)
    family.covered = family.covered.filter((each) => !isOf(coverId, each) || each.day <= lastDay)
}

async function reassign(world: World, whoId: Id, toId: Id, from: CivilDate): Promise<void> {
  const asked = { practitionerId: whoId, fromDay: from }
  const { families } = await desk.does('reassignment.preview', asked, onDay(world.today))
  const draft = aReassignment(whoId, toId, families, { fromDay: writeDate(from) })
  if (!(await did(world, 'reassignment.make', draft))) return
  const until = addDays(world.today, 2 * LOOKED_AHEAD_DAYS)
  for (const family of world.families.filter(({ isOpen }) => isOpen)) {
    const days = daysFrom(from, until)
    const own = new Map<Lasting, CivilDate>()
    for (const day of days) {
      const row = lastingOn(family, day)
      if (row?.who === whoId && !own.has(row)) own.set(row, day)
    }
    const stoodIn = days.flatMap((day) => {
      const found = coverOn(family, day)
      return found?.who === whoId ? [found] : []
    })
    for (const found of stoodIn) family.covered.push({ ...found, who: toId })
    const touched = own.size > 0 || stoodIn.length > 0
    if (touched) dropWaiting(family, world.today, ({ who }) => who === whoId)
    for (const day of own.values()) family.lasting.push({ from: day, who: toId, isTransfer: true })
  }
}

async function agreementOf(family: Family, actor: Actor): Promise<Id> {
  const { agreements } = await desk.does('family.read', { id: family.id }, actor)
  return agreements[0]?.id ?? ''
}

async function withdraw(world: World, family: Family): Promise<void> {
  const actor = onDay(world.today)
  const input = {
    ...emptyWithdrawal(newId(), family.id, await agreementOf(family, actor)),
    ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
    ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  } satisfies Input<'agreement.withdraw'>
  if (!(await desk.run('agreement.withdraw', input, actor)).ok || !family.isOpen) return
  family.isOpen = false
  dropWaiting(family, world.today)
}

async function agree(world: World, family: Family): Promise<void> {
  const actor = onDay(world.today)
  const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
  await desk.run(
    'agreement.record',
    {
      ...emptyRecordedAgreement(ids, await agreementOf(family, actor)),
      ...{ decision: 'given', byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility' },
      ...{ route: 'phone', takePart: true, share: true, starts: 'no' },
      ...{ decidedOn: writeDate(world.today), reviewOn: writeDate(addDays(world.today, 42)) }
    },
    actor
  )
}

async function reopen(world: World, family: Family): Promise<void> {
  const { closures } = await desk.does('episode.read', { id: family.episodeId }, onDay(world.today))
  const closureId = closures[0]?.id
  if (closureId === undefined) return
  if (await did(world, 'episode.reopen', aReopening(family, closureId, { on: world.today })))
    family.isOpen = true
}

type Worker = World['workers'][number]
const rowOf = async ({ id, name }: Worker, actor: Actor) => {
  const found = await desk.does('practitioner.list', { text: name, after: '' }, actor)
  return found.rows.find((row) => row.id === id)
}

async function leave(world: World, worker: Worker, leftOn: CivilDate): Promise<void> {
  const actor = onDay(world.today)
  const rowVersion = (await rowOf(worker, actor))?.rowVersion ?? 0
  const input = { practitionerId: worker.id, leftOn, why: 'A post elsewhere', rowVersion }
  if ((await desk.run('keyworker.close', input, actor)).ok) worker.leftOn = leftOn
}

/** It was written down in error that they are trained. */
async function untrain(world: World, worker: Worker): Promise<void> {
  const actor = onDay(world.today)
  const row = await rowOf(worker, actor)
  if (!row) return
  const { id, name, role, employer, phone, email, standardsOn, registeredOn, rowVersion } = row
  const input = { id, name, role, employer, employerId, phone, email, standardsOn, registeredOn, rowVersion }
  const saved = await desk.run('practitioner.save', { ...input, trainedOn: '' }, actor)
  if (saved.ok) worker.trainedOn = ''
}

async function take(world: World, [kind, familyAt, workerAt, otherAt, offset, length]: Act): Promise<void> {
  const { today } = world
  const family = pick(world.families, familyAt)
  const day = addDays(today, offset)
  // most often somebody who has something to give
  const holder = world.workers.find(({ id }) => id === whoOn(family, day))
  const worker = (kind !== 'transfer' && workerAt > 2 ? holder : undefined) ?? pick(world.workers, workerAt)
  const other = pick(world.workers, otherAt)
  switch (kind) {
    case 'transfer':
      return transfer(world, family, worker.id, day)
    case 'cancel':
      return cancel(world, family)
    case 'cover':
      return cover(world, worker.id, other.id, day, addDays(day, length))
    case 'return':
      return world.covers.length > 0 ? comeBack(world, pick(world.covers, familyAt), length) : undefined
    case 'reassign':
      return reassign(world, worker.id, other.id, day)
    case 'close':
      if (await did(world, 'episode.close', aClosing(family))) {
        family.isOpen = false
        dropWaiting(family, today)
      }
      return undefined
    case 'withdraw':
      return withdraw(world, family)
    case 'agree':
      return agree(world, family)
    case 'reopen':
      return reopen(world, family)
    case 'leave':
      return leave(world, worker, worker.leftOn === '' ? day : '')
    case 'untrain':
      return untrain(world, worker)
    case 'wait':
      world.today = addDays(today, length)
  }
}

/** On every day each family has the one keyworker of the model; nobody untrained, and nobody who left, has an open one. */
function holds(world: World): void {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  for (const family of world.families) {
    const spans = rows(`SELECT from_day, to_day, practitioner_id FROM keyworker_span
      WHERE episode_id = '${family.episodeId}'`)
    for (const day of daysFrom(world.registeredOn, addDays(world.today, LOOKED_AHEAD_DAYS))) {
      const found = spans.filter(({ from_day = '', to_day = '' }) => from_day <= day && day <= to_day)
      const who = found.map(({ practitioner_id: id }) => id)
      if (who.length !== 1 || who[0] !== whoOn(family, day))
        expect({ day, who }).toEqual({ day, who: [whoOn(family, day)] })
      const worker = world.workers.find(({ id }) => id === who[0])
      if (!family.isOpen) continue
      if (worker?.trainedOn === '' || (worker?.trainedOn ?? '') > day)
        expect.fail(`Whoever is not trained has a family on ${day}`)
      if (worker?.leftOn && worker.leftOn < day) expect.fail(`Whoever left has a family on ${day}`)
    }
  }
}

const aNumber = fc.nat({ max: 9 })
const act: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom<Act[0][]>(
    ...(['transfer', 'transfer', 'cover', 'cover', 'cover', 'return', 'return', 'reassign'] as const),
    ...(['cancel', 'close', 'withdraw', 'agree', 'reopen', 'leave', 'untrain', 'wait', 'wait'] as const)
  ),
  aNumber,
  aNumber,
  aNumber,
  fc.integer({ min: -4, max: 12 }),
  aNumber
)

it('every open assessment has exactly one keyworker on every day, whatever is done in whatever order', async () => {
  const done = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...STARTS),
      fc.array(act, { minLength: 6, maxLength: 16 }),
      async (start, acts) => {
        const world = await begin(start)
        for (const each of acts) {
          const before = JSON.stringify(world)
          await take(world, each)
          if (JSON.stringify(world) !== before) done.set(each[0], (done.get(each[0]) ?? 0) + 1)
          holds(world)
        }
      }
    ),
    { numRuns: 40, seed: 620_311, endOnFailure: true }
  )
  // each of them was done, and not only refused
  for (const kind of ['transfer', 'cover', 'return', 'reassign', 'close', 'withdraw', 'reopen', 'leave'])
    expect([kind, (done.get(kind) ?? 0) > 0]).toEqual([kind, true])
}, 240_000)
