import type { SchoolRow } from '../../electron/school/schoolInForce.ts'
import type { Role } from '../../shared/access/roles.ts'
import {
  emptyCall,
  otherKinds,
  parentsKnow,
  type CallDraft,
  type Line,
  type Outcome
} from '../../shared/call/call.ts'
import { personOfChild } from '../../shared/call/earlier.ts'
import { CALL_BACK_ACTION } from '../../shared/call/loop.ts'
import type { LinkKind } from '../../shared/call/link.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Chance } from './chance.ts'
import { callsByDay, momentOn, type Day } from './days.ts'
import { newFamily, type Child, type Family } from './families.ts'
import { filingIn, type Filing, type Ledger, type Rows } from './filing.ts'
import { dayOf, flagsOf, followUp, type Diary, type Filed } from './follow.ts'
import { personName } from './names.ts'
import type { Colleague } from './people.ts'
import { adviceGiven, concernAbout, disagreement, somethingToDo, whyThisLevel } from './words.ts'

/** Something done at the desk: its rows, and what the audit says of it. */
export interface Act {
  at: Instant
  by: Colleague
  operation: string
  subjectIds: Id[]
  rows: Rows
  /** Of a filing: what was typed. */
  draft?: CallDraft
  /** Of what is done about a family: what the page would send. */
  input?: unknown
}

/** A call as it was taken; `at`, in milliseconds, is when it was filed. */
interface Told {
  draft: CallDraft
  at: number
  by: Colleague
  family?: Family
}

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** As in the settings that a desk starts with (C5). */
const EARLIER_CALLS_DAYS = 90

const byLine: readonly (readonly [Line, number])[] = [
  ['consultation-hub', 62],
  ['advice-line', 26],
  ['coordinator', 12]
]
const byOutcome: readonly (readonly [Outcome, number])[] = [
  ['advice-only', 46],
  ['families-first-assessment', 20],
  ['contact-form', 12],
  ['signposted', 9],
  ['call-back', 8],
  ['urgent-referral', 5]
]
const byLevel = [
  ['', 30],
  ['universal', 10],
  ['targeted', 35],
  ['intensive', 19],
  ['specialist', 6]
] as const
const hubCallers = [
  ['school', 92],
  ['keyworker', 8]
] as const
const otherCallers = [
  ['school', 60],
  ['keyworker', 25],
  ['someone-else', 15]
] as const
const seenAs: readonly LinkKind[] = ['further', 'related', 'related', 'not-related']
const callerRoles = [
  'Designated safeguarding lead',
  'Head teacher',
  'Deputy head',
  'Pastoral lead',
  'Family worker',
  'SENCO'
]

interface Work extends Diary {
  file: (draft: CallDraft, filing: Filing) => Rows
  advisers: readonly Colleague[]
  coordinators: readonly Colleague[]
  /** Who may be asked to do something: those who may read every call. */
  names: readonly string[]
  schools: readonly SchoolRow[]
}

function workOf(ledger: Ledger, chance: Chance): Work {
  const active = ledger.people.filter(({ status }) => status === 'active')
  const withRole = (role: Role) => active.filter(({ roles }) => roles.includes(role))
  return {
    chance,
    days: ledger.days,
    due: new Map(),
    people: new Map(active.map((person) => [person.id, person])),
    managers: withRole('triage-manager'),
    advisers: withRole('adviser'),
    coordinators: withRole('coordinator'),
    names: [...withRole('adviser'), ...withRole('triage-manager')].map(({ name }) => name),
    schools: ledger.schools.filter(({ status }) => status === 'open'),
    file: filingIn(ledger)
  }
}

/**
 * Everything done at the desk over these days, in the order of time: calls filed, called back, answered, added to,
 * entered in error. What would have come after the last day is still open.
 */
export function* actsOf(ledger: Ledger, chance: Chance, calls: number): Generator<Act> {
  const work = workOf(ledger, chance)
  const shares = callsByDay(ledger.days, calls)
  let recent: Told[] = []
  let number = 0
  for (const [index, day] of ledger.days.entries()) {
    const today = Array.from({ length: shares[index] ?? 0 }, () => tell(work, day, recent))
    today.sort((a, b) => a.at - b.at)
    const acts = work.due.get(index) ?? []
    work.due.delete(index)
    for (const told of today) {
      number += 1
      acts.push(filed(work, index, told, number))
    }
    yield* acts.sort((a, b) => (a.at < b.at ? -1 : 1))
    const since = day.begins - EARLIER_CALLS_DAYS * DAY_MS
    recent = recent.filter(({ at }) => at > since).concat(today.filter(({ family }) => family))
  }
}

function tell(work: Work, day: Day, recent: readonly Told[]): Told {
  const { chance } = work
  const began = momentOn(chance, day)
  const line = chance.weighted(byLine)
  const seconds = chance.between(90, 1_700)
  const draft = {
    ...emptyCall(chance.id(began), chance.id(began), new Date(began).toISOString()),
    line,
    seconds
  }
  const by = chance.pick(line === 'coordinator' ? work.coordinators : work.advisers)
  const told = { draft, by, at: began + seconds * 1_000 + chance.between(15_000, 90_000) }
  if (line === 'consultation-hub' && chance.yes(0.1)) return turnedAway(chance, told)
  const earlier = recent.length > 0 && chance.yes(0.3) ? chance.pick(recent) : undefined
  const year = Number(day.date.slice(0, 4))
  const family = earlier?.family ?? newFamily(chance, chance.pick(work.schools), year)
  const draftOf = aboutFamily(work, told, family)
  return {
    ...told,
    draft: earlier ? withEarlier(chance, draftOf, earlier) : draftOf,
    family,
    ...(earlier && { earlier })
  }
}

/** R14: their kind, the signpost, and nothing else. */
const turnedAway = (chance: Chance, told: Told): Told => ({
  ...told,
  draft: {
    ...told.draft,
    callerKind: 'someone-else',
    otherKind: chance.pick(otherKinds),
    outcome: 'turned-away'
  }
})

function aboutFamily(work: Work, told: Told, family: Family): CallDraft {
  const { chance } = work
  const { draft, at } = told
  const level = chance.weighted(byLevel)
  const outcome = chance.weighted(byOutcome)
  const children = family.children.slice(0, chance.between(1, family.children.length))
  return {
    ...draft,
    ...callerOf(chance, draft.line, family.school),
    mayLeaveMessage: chance.yes(0.5),
    consultedContinuum: chance.yes(0.6),
    spokeToLead: chance.yes(0.7),
    parentsKnow: chance.pick(parentsKnow),
    children: children.map((child) => childAsTold(chance, child, family.address, at)),
    concern: concernAbout(chance, children[0]!.given),
    level,
    levelWhy: level === '' ? '' : whyThisLevel(chance),
    advice: outcome === 'call-back' ? '' : adviceGiven(chance),
    disagreement: chance.yes(0.05) ? disagreement(chance) : '',
    outcome,
    actions: [...(outcome === 'call-back' ? [callBack(chance, told)] : []), ...actionsAgreed(work, told)],
    dangerReadAt: chance.yes(0.01) ? draft.startedAt : '',
    ...(chance.yes(0.01) && onPaper(chance, at))
  }
}

/** What an adviser said of the earlier call that the strip showed (L15, L20); a coordinator may not read each one. */
const withEarlier = (chance: Chance, draft: CallDraft, earlier: Told): CallDraft =>
  draft.line !== 'coordinator' && chance.yes(0.6)
    ? { ...draft, links: [{ callId: earlier.draft.id, kind: chance.pick(seenAs) }] }
    : draft

function callerOf(chance: Chance, line: Line, school: SchoolRow): Partial<CallDraft> {
  const callerKind = chance.weighted<'school' | 'keyworker' | 'someone-else'>(
    line === 'consultation-hub' ? hubCallers : otherCallers
  )
  const caller = { callerKind, callerName: personName(chance) }
  switch (callerKind) {
    case 'school':
      return {
        ...caller,
        schoolId: school.schoolId,
        schoolText: school.name,
        callerRole: chance.pick(callerRoles),
        callerPhone: school.phone
      }
    case 'keyworker':
      return {
        ...caller,
        assessmentConfirmedBy: 'Helpdesk',
        callerRole: 'Keyworker',
        callerPhone: mobile(chance)
      }
    case 'someone-else':
      return { ...caller, otherKind: chance.pick(otherKinds), callerPhone: mobile(chance) }
  }
}

/** Of the numbers that are kept free for drama. */
const mobile = (chance: Chance): string => `07700 900${String(chance.below(1_000)).padStart(3, '0')}`

/** Told over the phone: not always the same way, nor everything each time (L15, L16). */
function childAsTold(
  chance: Chance,
  child: Child,
  address: string,
  at: number
): CallDraft['children'][number] {
  const [year = '', month = '', day = ''] = child.birth.split('-')
  const age = new Date(at).getUTCFullYear() - Number(year)
  return {
    id: chance.id(at),
    name: chance.yes(0.04) ? child.given : child.name,
    birth: chance.weighted([
      [`${String(Number(day))}/${String(Number(month))}/${year}`, 50],
      [`${day}.${month}.${year}`, 25],
      [child.birth, 10],
      ['', 10],
      [`age ${String(age)}`, 5]
    ]),
    upn: chance.yes(0.5) ? child.upn : '',
    relation: chance.yes(0.2) ? chance.pick(['Son', 'Daughter', 'Stepson', 'Niece', 'Pupil']) : '',
    address: chance.yes(0.8) ? address : ''
  }
}

function actionsAgreed({ chance, names }: Work, { at, by }: Told): CallDraft['actions'] {
  const count = chance.weighted([
    [0, 45],
    [1, 40],
    [2, 15]
  ])
  return Array.from({ length: count }, () => ({
    id: chance.id(at),
    what: somethingToDo(chance),
    who: chance.weighted([
      ['The school', 40],
      [by.name, 40],
      [chance.pick(names), 10],
      ['', 10]
    ]),
    byWhen: chance.yes(0.6) ? dateOf(at + chance.between(1, 14) * DAY_MS) : ''
  }))
}

/** What the form proposes where a call-back was promised. */
const callBack = (chance: Chance, { at, by }: Told): CallDraft['actions'][number] => ({
  id: chance.id(at),
  what: CALL_BACK_ACTION,
  who: by.name,
  byWhen: ''
})

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Written down while the computer was off, and typed in later (L5). */
const onPaper = (chance: Chance, at: number): Partial<CallDraft> => {
  const then = new Date(at - DAY_MS - chance.between(1, 3) * HOUR_MS).toISOString()
  return {
    tookPlaceDate: then.slice(0, 10),
    tookPlaceTime: then.slice(11, 16),
    setBackReason: 'The computer was being mended'
  }
}

/** The filing of a call. What follows from it is put down for later days. */
function filed(work: Work, day: number, { draft, by, family, ...told }: Told, number: number): Act {
  const at = new Date(told.at).toISOString()
  const rows = work.file(draft, { by, at, number })
  const filing = { call: rows.call![0]!, by, day }
  if (family) rows.callFlag = secondConcern(work, filing, draft, family)
  followUp(work, filing, rows)
  const subjectIds = draft.schoolId === '' ? [draft.id] : [draft.id, draft.schoolId]
  return { at, by, operation: 'call.file', subjectIds, rows, draft }
}

/** Flags a second concern about the family (C5), and remembers this one for the next. */
function secondConcern(work: Work, filing: Filed, draft: CallDraft, { concerns }: Family) {
  const { id: callId, tookPlaceAt } = filing.call
  const on = dayOf(tookPlaceAt)
  const children = draft.children.map((child) => personOfChild(child, on, draft.schoolId))
  const flags = flagsOf(work, filing, children, draft, concerns)
  concerns.push({ callId, on, tookPlaceAt, children })
  return flags
}
