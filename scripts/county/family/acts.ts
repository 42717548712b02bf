import { REVIEW_DAYS } from '../../../shared/agreement/agreement.ts'
import { emptyAgreement, emptyRegistration, emptyWithdrawal } from '../../../shared/family/emptyForms.ts'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { startsAssessment } from '../../../shared/family/problems.ts'
import type { CivilDate, Id, Instant } from '../../../shared/ids.ts'
import { rulesOn } from '../../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../../shared/setting/seeds.ts'
import { addDays } from '../../../shared/time/london.ts'
import type { SchoolRow } from '../../../electron/school/schoolInForce.ts'
import type { Act } from '../acts.ts'
import type { Chance } from '../chance.ts'
import { callsByDay, momentOn, type Day } from '../days.ts'
import type { FactRow, Ledger } from '../filing.ts'
import type { Colleague } from '../people.ts'
import { somewhere } from '../places.ts'
import { assess, notesOfDay } from './assessing.ts'
import { directoryActs } from './directory.ts'
import { asTyped, newHousehold, type Household, type Member } from './household.ts'
import { nicknameOf, surname } from './names.ts'
import {
  addressOf,
  endedRow,
  hubFollows,
  recordedRow,
  registered,
  withdrawn,
  type Numbers,
  type Recording,
  type Written
} from './register.ts'

/** How many families a county has registered, how many people all of them are, and the case notes of their assessments. */
export interface Registered {
  families: number
  people: number
  notes?: number
}

/** From so many families on, one has been known for so long that its chronology fills pages. */
const FAMILIES_WITH_A_LONG_ONE = 1_000
const LONG_CHRONOLOGY = 500

const needs = [
  'School and the health visitor both see needs that neither can meet alone',
  'Housing, debts and the children’s attendance belong together and want one plan',
  'Mum asks for help with routines, and the school with attendance',
  'The parents separated in the spring and both ask for support with the children'
]
const refusals = ['They have enough people in their lives', 'They want to try with the school first']
const withdrawals = ['Things are better and they want to manage alone', 'They have moved to family elsewhere']
const warnings = ['A large dog in the yard: ring before visiting', 'Visit in pairs']
const restrictions = ['A relative of the family works at the desk', 'A member of staff’s own family']

/** A family that is registered, as far as what happens to it later needs it. */
export interface Known {
  id: Id
  household: Household
  draft: RegistrationDraft
  registeredOn: CivilDate
  /** The addresses as they were told first, by person. */
  homes: Map<Id, FactRow>
  written: Written
  /** When it moved to another hub's district, and to which. */
  moved?: { at: Instant; hubId: Id }
  /** When its assessment was closed. */
  closedAt?: Instant
  by: Colleague
  /** The day's place in the ledger. */
  day: number
}

export interface Work {
  chance: Chance
  ledger: Ledger
  advisers: readonly Colleague[]
  managers: readonly Colleague[]
  schools: readonly SchoolRow[]
  practitionerIds: readonly Id[]
  hubOf: (district: string) => Id
  numbers: Numbers
  due: Map<number, Act[]>
  /** Of families with an assessment: how many entries of the long chronology are still to come. */
  longOneIsDue: boolean
  /** Those with an assessment that is open, or was a moment ago. */
  assessed: Known[]
}

/**
 * Everything done about families over the days of the ledger, in the order of time: the directory first, then families
 * registered, who move, withdraw, plan and are told of by another name.
 */
export function* familyActsOf(
  ledger: Ledger,
  chance: Chance,
  { families, people, notes = 0 }: Registered,
  begins: Instant
): Generator<Act> {
  const practitionerIds: Id[] = []
  for (const act of directoryActs(ledger, chance, families, begins)) {
    if (act.operation === 'practitioner.save') practitionerIds.push(...act.subjectIds)
    yield act
  }
  const work = workOf(ledger, chance, practitionerIds, families)
  const sizes = sizesOf(chance, families, people)
  const shares = callsByDay(ledger.days, families)
  const noteShares = callsByDay(ledger.days.slice(1), notes)
  for (const [index, day] of ledger.days.entries()) {
    const moments = Array.from({ length: shares[index] ?? 0 }, () => momentOn(chance, day)).sort(
      (a, b) => a - b
    )
    const acts = work.due.get(index) ?? []
    work.due.delete(index)
    acts.push(...notesOfDay(work, day, noteShares[index - 1] ?? 0))
    for (const moment of moments) acts.push(register(work, index, day, moment, sizes.next().value ?? 1))
    yield* acts.sort(byTime)
  }
}

/** What is done at one moment stays in its order. */
const byTime = (a: Act, b: Act): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

function workOf(ledger: Ledger, chance: Chance, practitionerIds: readonly Id[], families: number): Work {
  const active = ledger.people.filter(({ status }) => status === 'active')
  const { districts } = rulesOn(ledger.settings, ledger.days[0]!.date)
  const hubs = new Map(districts.map(({ key, hubId }) => [key, hubId]))
  return {
    ...{ chance, ledger, practitionerIds },
    advisers: active.filter(({ roles }) => roles.includes('adviser')),
    managers: active.filter(({ roles }) => roles.includes('triage-manager')),
    schools: ledger.schools.filter(({ status }) => status === 'open'),
    hubOf: (district) => hubs.get(district) ?? COUNTY_HUB_ID,
    numbers: { deskCode: ledger.deskCode, families: 0, episodes: 0 },
    due: new Map(),
    assessed: [],
    longOneIsDue: families >= FAMILIES_WITH_A_LONG_ONE
  }
}

/** How many each family is: two in turn stray as far above as below, so that all come to exactly `people`. */
function* sizesOf(chance: Chance, families: number, people: number): Generator<number, undefined> {
  for (let index = 0; index < families; index += 2) {
    const upTo = (family: number) => Math.round((people * family) / families)
    const one = upTo(index + 1) - upTo(index)
    const other = upTo(Math.min(index + 2, families)) - upTo(index + 1)
    const isPair = index + 1 < families
    const least = Math.min(one, other) - 1
    const stray = isPair
      ? Math.min(
          Math.max(least, 0),
          chance.weighted([
            [0, 30],
            [1, 50],
            [2, 20]
          ])
        )
      : 0
    yield one + stray
    if (isPair) yield other - stray
  }
}

/** Registers a household, and puts down what happens to it later. Changes nobody's number but the next. */
function register(work: Work, index: number, day: Day, moment: number, people: number): Act {
  const { chance, ledger, numbers } = work
  const by = chance.pick(work.advisers)
  const at = new Date(moment).toISOString()
  const household = newHousehold(chance, people, work.schools, day.date)
  const draft = formOf(work, household, moment, day.date)
  const hubId = work.hubOf(household.district)
  const written = { hubId, createdAt: at, createdBy: by.id, deviceId: ledger.deviceId }
  const rows = registered(draft, written, day.date, household.district, numbers)
  const homes = new Map(
    rows.fact?.filter(({ kind }) => kind === 'address').map((row) => [row.subjectId, row])
  )
  follow(work, { id: draft.id, household, draft, registeredOn: day.date, homes, written, by, day: index })
  const subjectIds = [draft.id, ...draft.people.map(({ id }) => id)]
  return { at, by, operation: 'family.register', subjectIds, rows, input: draft }
}

function formOf(
  { chance, practitionerIds }: Work,
  { members }: Household,
  moment: number,
  on: CivilDate
): RegistrationDraft {
  const [familyId, episodeId, agreementId] = [chance.id(moment), chance.id(moment), chance.id(moment)]
  const empty = emptyRegistration(
    { familyId, episodeId, agreementId, personId: '' },
    new Date(moment).toISOString()
  )
  const draft: RegistrationDraft = {
    ...empty,
    people: members.map(({ typed }) => typed),
    agreement: agreementOf(chance, { agreementId, familyId }, members, on)
  }
  return startsAssessment(draft)
    ? { ...draft, reason: chance.pick(needs), practitionerId: chance.pick(practitionerIds) }
    : draft
}

/** Half of the families agree to take part, a fifth refuse, the others have not been asked yet. */
function agreementOf(
  chance: Chance,
  { agreementId, familyId }: { agreementId: Id; familyId: Id },
  members: readonly Member[],
  on: CivilDate
): RegistrationDraft['agreement'] {
  const empty = emptyAgreement(agreementId, familyId)
  const decision = chance.weighted([
    ['given', 55],
    ['refused', 15],
    ['not-asked', 30]
  ] as const)
  if (decision === 'not-asked') return { ...empty, decision }
  const parent = members.find(({ typed }) => typed.role === 'parent-carer')?.typed
  const who = {
    ...(parent ? { byPersonId: parent.id } : { byName: 'An aunt who looks after the child' }),
    relation: parent?.relation ?? 'aunt',
    capacity: 'parental-responsibility' as const,
    route: chance.pick(['in-person', 'phone', 'paper'] as const),
    decidedOn: asTyped(on)
  }
  return decision === 'given'
    ? {
        ...{ ...empty, ...who, decision, takePart: chance.yes(0.92), share: true },
        reviewOn: asTyped(addDays(on, REVIEW_DAYS))
      }
    : {
        ...{ ...empty, ...who, decision, reason: chance.pick(refusals) },
        ...{ deniedNote: 'Told what the desk keeps and for how long', safetyConcern: 'no' as const }
      }
}

/** What becomes of a family: each in its share of cases. What would come after the last day does not. */
function follow(work: Work, known: Known): void {
  const { chance } = work
  const isOpen = startsAssessment(known.draft)
  const parent = known.draft.agreement.byPersonId
  if (chance.yes(0.2)) move(work, known)
  else if (chance.yes(0.01) && parent !== '') withhold(work, known, parent)
  for (const member of known.household.members) callOtherwise(work, known, member)
  if (chance.yes(0.01)) warn(work, known)
  if (chance.yes(0.002)) restrict(work, known)
  if (isOpen && work.longOneIsDue) {
    work.longOneIsDue = false
    for (let entry = 0; entry < LONG_CHRONOLOGY; entry += 1) plan(work, known)
  } else if (isOpen && parent !== '' && chance.yes(0.5)) withdraw(work, known)
  else if (isOpen && chance.yes(0.3)) plan(work, known)
  if (isOpen) assess(work, known)
}

/** Some day after the family was registered; undefined where that would be after the last. */
function later({ chance, ledger }: Work, { day }: Known): { index: number; moment: number } | undefined {
  const index = day + chance.between(1, Math.max(60, ledger.days.length - day))
  const then = ledger.days[index]
  return then && { index, moment: momentOn(chance, then) }
}

/** Puts acts that follow one another into the diary, a second apart. */
function putDown(work: Work, known: Known, make: Make, by = known.by): void {
  putDownOn(work, known, later(work, known), make, by)
}

type Make = (at: Instant, id: Id, on: CivilDate, moment: number) => Omit<Act, 'at' | 'by'>[]

export function putDownOn(
  work: Work,
  known: Known,
  then: { index: number; moment: number } | undefined,
  make: Make,
  by = known.by
): void {
  if (!then) return
  const { index, moment } = then
  const at = new Date(moment).toISOString()
  const acts = make(at, work.chance.id(moment), work.ledger.days[index]!.date, moment)
  const due = work.due.get(index) ?? []
  due.push(...acts.map((act) => ({ ...act, at, by })))
  work.due.set(index, due)
}

export const writtenAt = (
  { written, moved, ...known }: Known,
  createdAt: Instant,
  by = known.by
): Written => ({
  ...written,
  ...(moved && moved.at < createdAt && { hubId: moved.hubId }),
  createdAt,
  createdBy: by.id
})

const recording = (input: Recording, rows: FactRow[]): Omit<Act, 'at' | 'by'> => ({
  operation: 'family.recordFact',
  subjectIds: [...new Set([input.familyId, input.subjectId, input.id])],
  rows: { fact: rows },
  input
})

const asNew = (known: Known, id: Id, subjectId: Id) => ({
  ...{ id, ofId: id, basedOn: '', familyId: known.id, subjectId },
  ...{ validFrom: '', validTo: '', inError: false, reason: '' }
})

/** A household moves, one in three to another district, whose hub it then belongs to. */
function move(work: Work, known: Known): void {
  const { chance } = work
  const district = chance.yes(0.33) ? chance.pick(work.schools).district : known.household.district
  const { street, town, postcode } = somewhere(chance, district)
  const fact = addressOf(`${street}, ${town}, ${postcode}`, district)
  const from = work.hubOf(known.household.district)
  const hubId = work.hubOf(district)
  putDown(work, known, (at, _id, on, moment) => {
    known.moved = { at, hubId }
    let isWhereItWas = true
    return [...known.homes].map(([personId, home]) => {
      const id = chance.id(moment)
      const input: Recording = {
        ...asNew(known, id, personId),
        ...{ basedOn: home.id, fact, validFrom: on, reason: 'They moved' }
      }
      const written = { ...writtenAt(known, at), hubId: isWhereItWas ? from : hubId }
      const rows = [recordedRow(input, written), endedRow(home, input, addDays(on, -1), written)]
      const follows = isWhereItWas && hubId !== from ? hubFollows(input, { hubId, district }, written) : []
      isWhereItWas = false
      return recording(input, [...rows, ...follows])
    })
  })
}

/** Where a child lives is kept from somebody of the family. */
function withhold(work: Work, known: Known, from: Id): void {
  const { typed } = known.household.members[0]!
  const home = known.homes.get(typed.id)
  if (!home) return
  putDown(work, known, (at, id) => {
    const input: Recording = {
      ...{ id, ofId: home.id, basedOn: home.id, familyId: known.id, subjectId: typed.id },
      ...{ fact: addressOf(typed.address, typed.district, [from]), validFrom: '', validTo: '' },
      ...{ inError: false, reason: 'They must not learn where the child lives' }
    }
    return [recording(input, [recordedRow(input, writtenAt(known, at))])]
  })
}

/** One mother in ten had another surname, some people go by a nickname. */
function callOtherwise(work: Work, known: Known, { typed, given }: Member): void {
  const { chance } = work
  const nickname = chance.yes(0.25) ? nicknameOf(given) : undefined
  const isMaiden = typed.relation === 'mother' && chance.yes(0.1)
  if (nickname === undefined && !isMaiden) return
  const value = isMaiden
    ? { name: `${given} ${surname(chance)}`, note: 'Maiden name' }
    : { name: `${nickname ?? ''} ${typed.name.slice(given.length + 1)}`, note: 'Known as' }
  putDown(work, known, (at, id) => {
    const input: Recording = { ...asNew(known, id, typed.id), fact: { kind: 'other-name', value } }
    return [recording(input, [recordedRow(input, writtenAt(known, at))])]
  })
}

function warn(work: Work, known: Known): void {
  const text = work.chance.pick(warnings)
  putDown(work, known, (at, id, on) => {
    const input: Recording = {
      ...asNew(known, id, known.id),
      fact: { kind: 'warning', value: { text, reviewOn: addDays(on, 180) } }
    }
    return [recording(input, [recordedRow(input, writtenAt(known, at))])]
  })
}

/** Only the manager who says so and the one who registered it may open it without a reason. */
function restrict(work: Work, known: Known): void {
  const manager = work.chance.pick(work.managers)
  const named = [...new Set([manager.id, known.by.id])]
  const why = work.chance.pick(restrictions)
  putDown(
    work,
    known,
    (at, id) => {
      const input: Recording = {
        ...asNew(known, id, known.id),
        fact: { kind: 'restriction', value: { named, managerId: manager.id, why } }
      }
      return [recording(input, [recordedRow(input, writtenAt(known, at, manager))])]
    },
    manager
  )
}

function plan(work: Work, known: Known): void {
  const days = work.chance.between(7, 60)
  putDown(work, known, (at, id, on) => {
    const { id: familyId, draft } = known
    const planned = { id, familyId, episodeId: draft.episodeId, kind: 'meeting' as const }
    const input = { ...planned, dueOn: addDays(on, days), note: 'Team around the family' }
    const row = {
      ...writtenAt(known, at),
      ...input,
      ...{ rowVersion: 1, updatedAt: at, updatedBy: known.by.id, deletedAt: null, deletedBy: null },
      ...{ ending: '' as const, endedAt: '', endedWhy: '' }
    }
    return [
      {
        operation: 'episode.planDate',
        subjectIds: [familyId, draft.episodeId, id],
        rows: { episodeDate: [row] },
        input
      }
    ]
  })
}

/** Agreement is withdrawn through nobody else: the assessment is closed. */
function withdraw(work: Work, known: Known): void {
  const reason = work.chance.pick(withdrawals)
  putDown(work, known, (at, id, on) => {
    known.closedAt = at
    const { id: familyId, draft } = known
    const { byPersonId, relation, capacity, route } = draft.agreement
    const input = {
      ...emptyWithdrawal(id, familyId, draft.agreement.id),
      ...{ byPersonId, relation, capacity, route, standing: 'none-remains' as const },
      ...{ withdrawalReason: reason, closureReason: 'They withdrew', deniedNote: 'Told what is kept' },
      ...{ adviceSought: true, signposted: true }
    }
    return [
      {
        operation: 'agreement.withdraw',
        subjectIds: [familyId, id],
        rows: withdrawn(input, draft.episodeId, writtenAt(known, at), on),
        input
      }
    ]
  })
}
