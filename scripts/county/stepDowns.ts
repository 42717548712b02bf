import type { Table } from 'drizzle-orm'
import type { Connection } from '../../db/open.ts'
import {
  counter,
  stepDown,
  stepDownAllocation,
  stepDownDecision,
  stepDownEvent,
  stepDownFamily,
  stepDownPerson,
  stepDownReturn,
  stepDownVersion
} from '../../db/schema/index.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type { StepDownEvent, StepDownState } from '../../shared/stepDown/stepDown.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import type { Chance } from './chance.ts'
import { daysOf, momentWithin, type Day } from './days.ts'
import type { Ledger } from './filing.ts'
import { familyName, personName } from './names.ts'
import type { Colleague } from './people.ts'
import { districtCodes, somewhere } from './places.ts'
import { auditing, inserting } from './record.ts'

/** Of so many step-downs so many wait for something; the others came to their end over ten years. */
export interface SteppedDown {
  stepDowns: number
  open: number
}

const TEN_YEARS = 3_652
const OPEN_DAYS = 21
const HOUR_MS = 3_600_000

const teams = [
  'Assessment Team East',
  'Assessment Team West',
  'Child in Need North',
  'Child Protection South'
]
const needs = [
  'Sleeps badly and is often late for school',
  'Wants help with friendships',
  'Speech is delayed'
]
const areas = ['A bedtime routine that holds', 'Rent arrears, and mornings without shouting']
const tried = [
  'Six visits and a plan with the school nurse',
  'A parenting course and a family group conference'
]
const dangers = ['A relative may come back to the home', 'None at present, but it began suddenly last time']
const refusals = ['No room before the holidays', 'Knows the family as a neighbour']

/** What happened to one until it stood where it stands. */
const triaged: StepDownEvent[] = ['complete', 'decide-keyworker']
const ways: Record<Exclude<StepDownState, 'done'>, StepDownEvent[]> = {
  received: ['incomplete'],
  waiting: ['incomplete', 'return'],
  'to-triage': ['complete'],
  'to-allocate': triaged,
  allocated: [...triaged, 'propose']
}
const endings: readonly (readonly [StepDownEvent[], number])[] = [
  [[...triaged, 'propose', 'accept'], 60],
  [[...triaged, 'propose', 'decline', 'propose', 'accept'], 12],
  [['complete', 'decide-elsewhere'], 18],
  [['incomplete', 'return', 'complete', 'decide-elsewhere'], 4],
  [['complete', 'end'], 6]
]
const standings: readonly (readonly [keyof typeof ways, number])[] = [
  ['received', 10],
  ['waiting', 15],
  ['to-triage', 30],
  ['to-allocate', 25],
  ['allocated', 20]
]

/** Writes step-downs of ten years behind everything else of a county: the rows that the desk would have written. */
export function stepDownsInto(
  connection: Connection,
  ledger: Ledger,
  chance: Chance,
  { until, stepDowns, open }: SteppedDown & { until: CivilDate }
): void {
  const ids = (sql: string) => connection.prepare(sql).pluck().all() as Id[]
  const work: Work = {
    ...{ chance, ledger },
    rows: tables(connection),
    note: auditing(connection, chance, ledger.deviceId),
    managers: ledger.people.filter(
      ({ roles, status }) => status === 'active' && roles.includes('triage-manager')
    ),
    hubOf: new Map(rulesOn(ledger.settings, until).districts.map(({ key, hubId }) => [key, hubId] as const)),
    families: ids('SELECT id FROM family ORDER BY id'),
    practitioners: ids("SELECT id FROM practitioner WHERE left_on = '' ORDER BY id"),
    assessed: connection
      .prepare(
        `SELECT e.family_id AS familyId, e.id AS episodeId, k.practitioner_id AS practitionerId
         FROM episode e JOIN episode_keyworker k ON k.episode_id = e.id ORDER BY e.id`
      )
      .all() as Assessed[]
  }
  const long = daysOf(ledger.settings, addDays(until, -TEN_YEARS), addDays(until, -OPEN_DAYS - 1)).filter(
    isOpenDay
  )
  const lately = daysOf(ledger.settings, addDays(until, -OPEN_DAYS), until).filter(isOpenDay)
  const done = stepDowns - open
  for (let index = 0; index < done; index++) {
    const day = long[Math.floor((index * long.length) / done)]
    if (day) stepDownOn(work, day, index + 1, chance.weighted(endings))
  }
  for (let index = 0; index < open; index++) {
    const day = lately[Math.floor((index * lately.length) / open)]
    if (day) stepDownOn(work, day, done + index + 1, ways[chance.weighted(standings)])
  }
  inserting(connection, counter)({ name: 'step-down', value: stepDowns })
}

const isOpenDay = ({ opens }: Day): boolean => opens !== ''

const all = {
  stepDown,
  stepDownVersion,
  stepDownPerson,
  stepDownEvent,
  stepDownFamily,
  stepDownReturn,
  stepDownDecision,
  stepDownAllocation
} satisfies Record<string, Table>
type Tables = { [K in keyof typeof all]: (row: (typeof all)[K]['$inferSelect']) => void }

const tables = (connection: Connection): Tables =>
  Object.fromEntries(
    Object.entries(all).map(([name, table]) => [name, inserting(connection, table)])
  ) as unknown as Tables

interface Work {
  chance: Chance
  ledger: Ledger
  rows: Tables
  note: ReturnType<typeof auditing>
  managers: readonly Colleague[]
  hubOf: ReadonlyMap<string, Id>
  families: readonly Id[]
  practitioners: readonly Id[]
  assessed: readonly Assessed[]
}

/** An assessment of the record, with whoever is its keyworker: they have accepted it. */
interface Assessed {
  familyId: Id
  episodeId: Id
  practitionerId: Id
}

/** Who wrote what, an hour after what came before it. */
type Write = () => { id: Id; hubId: Id; createdAt: Instant; createdBy: Id; deviceId: Id }

function stepDownOn(work: Work, day: Day, number: number, happened: readonly StepDownEvent[]): void {
  const { chance, ledger, rows } = work
  const district = chance.pick(districtCodes)
  const hubId = work.hubOf.get(district) ?? COUNTY_HUB_ID
  const by = chance.pick(work.managers)
  let moment = momentWithin(chance, day)
  const write: Write = () => {
    moment += HOUR_MS / 60 + chance.below(HOUR_MS)
    const createdAt = new Date(moment).toISOString()
    return { id: chance.id(moment), hubId, createdAt, createdBy: by.id, deviceId: ledger.deviceId }
  }
  const received = write()
  const reference = deskReference('STD', ledger.deskCode, number)
  rows.stepDown({ ...received, reference, receivedAt: received.createdAt, sourceKey: '', importId: '' })
  work.note({ at: received.createdAt, by, operation: 'stepDown.receive', subjectIds: [received.id] })
  const one: One = {
    stepDownId: received.id,
    versionId: '',
    decisionId: '',
    allocationId: '',
    practitionerId: ''
  }
  one.versionId = told(work, one, write, { district, isWhole: happened[0] === 'complete' })
  const accepted = happened.includes('accept') ? chance.pick(work.assessed) : undefined
  const familyId = accepted?.familyId ?? (chance.yes(0.6) ? chance.pick(work.families) : '')
  if (familyId !== '')
    rows.stepDownFamily({ ...write(), stepDownId: one.stepDownId, familyId, how: 'matched', words: '' })
  for (const [index, event] of happened.entries())
    happen(work, one, write, {
      event,
      district,
      wasReturned: happened.includes('return'),
      accepted: happened[index + 1] === 'accept' || event === 'accept' ? accepted : undefined
    })
  if (chance.yes(0.4) && !happened.includes('accept'))
    record(work, one, write(), { event: 'take', aboutId: '', toId: by.id, reason: '' })
}

interface One {
  stepDownId: Id
  versionId: Id
  decisionId: Id
  allocationId: Id
  practitionerId: Id
}

const nothingTold = {
  basedOn: '',
  agreedById: '',
  hadPrevious: 'no',
  previousReference: '',
  previousKeyworker: '',
  lastPlan: 'The plan that ended',
  note: '',
  workerAddress: 'County Hall, Hertford SG13 8DE'
} as const

function told(
  { chance, rows }: Work,
  { stepDownId, versionId: basedOn }: One,
  write: Write,
  { district, isWhole }: { district: string; isWhole: boolean }
): Id {
  const version = write()
  const on = londonDate(version.createdAt)
  const { street, town, postcode } = somewhere(chance, district)
  rows.stepDownVersion({
    ...version,
    ...nothingTold,
    ...{ stepDownId, basedOn, district, address: `${street}, ${town}, ${postcode}` },
    source: chance.pick(['assessment', 'child-in-need', 'child-protection']),
    sendingTeam: chance.pick(teams),
    workerName: personName(chance),
    workerPhone: '01992 555 640',
    workerEmail: '',
    workCompletedOn: on,
    areas: chance.pick(areas),
    tried: chance.pick(tried),
    agreement: isWhole ? 'given' : '',
    agreedBy: isWhole ? 'Their mother' : '',
    agreedRelation: isWhole ? 'mother' : '',
    agreedOn: isWhole ? on : '',
    agreedScope: isWhole ? 'Early help' : '',
    risk: chance.pick(['high', 'medium', 'low']),
    risks: chance.pick(dangers),
    requestedLevel: chance.pick(['targeted', 'intensive']),
    missing: isWhole ? '' : 'agreement'
  })
  const { surname, given } = familyName(chance)
  const year = Number(on.slice(0, 4))
  const children = chance.between(1, 3)
  for (let position = 0; position <= children; position++) {
    const isChild = position < children
    const { id, ...by } = write()
    rows.stepDownPerson({
      ...by,
      ...{ id, ofId: id, stepDownId, versionId: version.id, position },
      role: isChild ? 'child' : 'parent-carer',
      name: `${chance.pick(given)} ${surname}`,
      birth: `${String(year - (isChild ? chance.between(2, 16) : 35))}-0${String(chance.between(1, 9))}-1${String(chance.below(10))}`,
      ...{ expected: '', sex: '', upn: '', school: '', schoolId: '', phone: '' },
      relation: isChild ? '' : 'mother',
      needs: isChild ? chance.pick(needs) : ''
    })
  }
  return version.id
}

interface Happening {
  event: StepDownEvent
  /** What makes it whole is the sender's answer then, another version. */
  wasReturned: boolean
  /** Of a proposal that is accepted, and of the yes. */
  accepted: Assessed | undefined
  district: string
}

function happen(
  work: Work,
  one: One,
  write: Write,
  { event, wasReturned, accepted, district }: Happening
): void {
  const { chance, rows } = work
  const { stepDownId } = one
  if (event === 'return')
    rows.stepDownReturn({
      ...write(),
      ...{
        stepDownId,
        versionId: one.versionId,
        sendingTeam: teams[0] ?? '',
        missing: 'agreement',
        words: ''
      }
    })
  if (event === 'complete' && wasReturned) one.versionId = told(work, one, write, { district, isWhole: true })
  if (event === 'decide-keyworker' || event === 'decide-elsewhere')
    one.decisionId = decide(work, one, write, event)
  if (event === 'propose') propose(work, one, write, accepted?.practitionerId)
  const about: Partial<Record<StepDownEvent, Id>> = {
    ...{ complete: one.versionId, incomplete: one.versionId, propose: one.allocationId },
    ...{ accept: one.allocationId, decline: one.allocationId },
    ...{ 'decide-keyworker': one.decisionId, 'decide-elsewhere': one.decisionId }
  }
  record(work, one, write(), {
    event,
    aboutId: about[event] ?? '',
    toId: event === 'propose' ? one.practitionerId : event === 'accept' ? (accepted?.episodeId ?? '') : '',
    reason: event === 'end' ? chance.pick(['withdrawn-by-sender', 'duplicate', 'moved-away']) : ''
  })
}

function decide({ chance, rows }: Work, { stepDownId }: One, write: Write, event: StepDownEvent): Id {
  const row = write()
  const isElsewhere = event === 'decide-elsewhere'
  rows.stepDownDecision({
    ...row,
    ...{ stepDownId, basedOn: '', agencyId: '', agencyName: '', practitionerId: '' },
    level: isElsewhere ? 'universal' : chance.pick(['targeted', 'intensive']),
    levelName: isElsewhere ? 'Universal' : 'Targeted',
    rationale: chance.pick(areas),
    route: isElsewhere ? 'universal' : 'intensive-team',
    routeReason: 'It fits what was told',
    evidence: chance.pick(tried),
    considered: '',
    signposting: isElsewhere ? 'The family centre in town' : '',
    familyNext: '',
    decidedOn: londonDate(row.createdAt)
  })
  return row.id
}

function propose({ chance, rows, practitioners }: Work, one: One, write: Write, practitionerId?: Id): void {
  const row = write()
  one.allocationId = row.id
  one.practitionerId = practitionerId ?? chance.pick(practitioners)
  rows.stepDownAllocation({
    ...row,
    ...{ stepDownId: one.stepDownId, decisionId: one.decisionId, practitionerId: one.practitionerId },
    ...{ loadBefore: chance.between(10, 80), loadAfter: chance.between(30, 100), overReason: '' },
    ...{ outsideReason: '', place: chance.between(1, 5), why: '', note: '' }
  })
}

function record(
  { chance, rows }: Work,
  { stepDownId }: One,
  row: ReturnType<Write>,
  event: Pick<typeof stepDownEvent.$inferSelect, 'event' | 'aboutId' | 'toId' | 'reason'>
): void {
  const isAnswer = event.event === 'decline'
  rows.stepDownEvent({
    ...row,
    ...event,
    ...{ stepDownId, onDay: londonDate(row.createdAt), who: '' },
    words: isAnswer ? chance.pick(refusals) : ''
  })
}
