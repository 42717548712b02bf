import type {
  absence,
  agency,
  agreement,
  call,
  callAction,
  callAddendum,
  callAttempt,
  callChild,
  callError,
  callFlag,
  callLink,
  callReferral,
  caseNote,
  caseNotePerson,
  episode,
  episodeClosure,
  episodeDate,
  episodeKeyworker,
  episodeStep,
  fact,
  family,
  familyMember,
  meeting,
  meetingAttendance,
  meetingRecord,
  person,
  practitioner,
  workingPattern
} from '../../db/schema/index.ts'
import { rulesVersion } from '../../electron/setting/rulesVersion.ts'
import { callReference } from '../../shared/account/deskCode.ts'
import { foldName } from '../../shared/account/name.ts'
import type { CallDraft, CallerKind, Outcome } from '../../shared/call/call.ts'
import { gate } from '../../shared/call/gate.ts'
import { isEmptyAction, isEmptyChild } from '../../shared/call/problems.ts'
import { tookPlaceAt } from '../../shared/call/tookPlace.ts'
import { naturalId, type CivilDate, type Id, type Instant } from '../../shared/ids.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'
import type { SchoolRow } from '../../electron/school/schoolInForce.ts'
import type { Day } from './days.ts'
import type { Colleague } from './people.ts'

/** What an act of the desk leaves in the record. */
export interface Rows {
  call?: (typeof call.$inferSelect)[]
  callChild?: (typeof callChild.$inferSelect)[]
  callAction?: (typeof callAction.$inferSelect)[]
  callLink?: (typeof callLink.$inferSelect)[]
  callFlag?: (typeof callFlag.$inferSelect)[]
  callAttempt?: (typeof callAttempt.$inferSelect)[]
  callReferral?: (typeof callReferral.$inferSelect)[]
  callAddendum?: (typeof callAddendum.$inferSelect)[]
  callError?: (typeof callError.$inferSelect)[]
  agency?: (typeof agency.$inferSelect)[]
  practitioner?: (typeof practitioner.$inferSelect)[]
  workingPattern?: (typeof workingPattern.$inferSelect)[]
  absence?: (typeof absence.$inferSelect)[]
  family?: (typeof family.$inferSelect)[]
  person?: (typeof person.$inferSelect)[]
  fact?: FactRow[]
  familyMember?: (typeof familyMember.$inferSelect)[]
  agreement?: (typeof agreement.$inferSelect)[]
  episode?: (typeof episode.$inferSelect)[]
  episodeKeyworker?: (typeof episodeKeyworker.$inferSelect)[]
  episodeClosure?: (typeof episodeClosure.$inferSelect)[]
  episodeDate?: (typeof episodeDate.$inferSelect)[]
  episodeStep?: (typeof episodeStep.$inferSelect)[]
  meeting?: (typeof meeting.$inferSelect)[]
  meetingAttendance?: (typeof meetingAttendance.$inferSelect)[]
  meetingRecord?: (typeof meetingRecord.$inferSelect)[]
  caseNote?: (typeof caseNote.$inferSelect)[]
  caseNotePerson?: (typeof caseNotePerson.$inferSelect)[]
}

export type FactRow = typeof fact.$inferSelect

/** What every call of the county is filed by. */
export interface Ledger {
  settings: readonly Setting[]
  days: readonly Day[]
  people: readonly Colleague[]
  schools: readonly SchoolRow[]
  deviceId: Id
  deskCode: string
}

export interface Filing {
  by: Colleague
  at: Instant
  number: number
}

type Written = Pick<typeof call.$inferSelect, 'hubId' | 'createdAt' | 'createdBy' | 'deviceId'>

/**
 * Files drafts without a database in between: the rows that `call.file` would write, worked out by the same rules,
 * each day's and each number's only once. `tests/operations/county.test.ts` files the same drafts through dispatch and
 * compares.
 */
export function filingIn(ledger: Ledger): (draft: CallDraft, filing: Filing) => Rows {
  const { settings, schools, people, deviceId, deskCode } = ledger
  const schoolById = new Map(schools.map((school) => [school.id, school]))
  const dayByDate = new Map(ledger.days.map((day) => [day.date, day]))
  const idByName = new Map(
    people.filter(({ status }) => status === 'active').map(({ id, name }) => [foldName(name), id])
  )
  const rulesOf = remembering((date: CivilDate) => {
    const rules = rulesOn(settings, date)
    return { rules, version: rulesVersion(rules) }
  })
  const digitsOf = remembering((phone: string) => readPhone(phone).digits)
  const dateOf = remembering(readDate)

  return (draft, { by, at, number }) => {
    const when = tookPlaceAt(draft)
    const date = when === draft.startedAt ? draft.startedAt.slice(0, 10) : londonDate(when)
    const { rules, version } = rulesOf(date)
    const { answer, signpost } = gate(draft, rules)
    const school = draft.callerKind === 'school' ? schoolById.get(draft.schoolId) : undefined
    const written = { hubId: hubOf(rules, school), createdAt: at, createdBy: by.id, deviceId }
    return {
      call: [
        {
          ...written,
          id: draft.id,
          reference: callReference(deskCode, number),
          line: draft.line,
          callerKind: draft.callerKind as CallerKind,
          otherKind: draft.callerKind === 'someone-else' ? draft.otherKind : '',
          schoolId: school?.schoolId ?? '',
          schoolName: school?.name ?? '',
          schoolTown: school?.town ?? '',
          schoolToCheck: school?.toCheck ?? false,
          assessmentId: '',
          assessmentConfirmedBy: draft.callerKind === 'keyworker' ? draft.assessmentConfirmedBy : '',
          gate: answer === 'unanswered' ? 'passes' : answer,
          signpost,
          callerName: draft.callerName,
          callerRole: draft.callerRole,
          callerPhone: draft.callerPhone,
          callerDigits: digitsOf(draft.callerPhone),
          mayLeaveMessage: draft.mayLeaveMessage,
          consultedContinuum: draft.consultedContinuum,
          spokeToLead: draft.spokeToLead,
          parentsKnow: draft.parentsKnow,
          concern: draft.concern,
          level: draft.level,
          levelName: rules.levels.find(({ key }) => key === draft.level)?.name ?? '',
          levelWhy: draft.levelWhy,
          advice: draft.advice,
          disagreement: draft.disagreement,
          outcome: (draft.outcome || 'turned-away') satisfies Outcome,
          adviserProfession: by.profession,
          startedAt: draft.startedAt,
          tookPlaceAt: when,
          setBackReason: draft.setBackReason,
          bookedAt: (draft.bookedSlot && toInstant(readDate(draft.bookedDate), draft.bookedTime)) || '',
          dangerReadAt: draft.dangerReadAt,
          seconds: draft.seconds,
          inHours: draft.bookedSlot || isWithin(dayByDate.get(date), when),
          rulesVersion: version
        }
      ],
      callChild: childrenOf(draft, date, written),
      callLink: linksOf(draft, written),
      callAction: actionsOf(draft, written, ({ who }) => idByName.get(foldName(who)) ?? by.id, dateOf)
    }
  }
}

function remembering<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = work(key)
    known.set(key, made)
    return made
  }
}

const hubOf = (rules: Rules, school: SchoolRow | undefined): Id =>
  rules.districts.find(({ key }) => key === school?.district)?.hubId ?? COUNTY_HUB_ID

/** R12, S0: half-open, as `isOpen` has it. */
const isWithin = (day: Day | undefined, when: Instant): boolean =>
  day !== undefined && day.opens <= when && when < day.closes

const childrenOf = (draft: CallDraft, on: CivilDate, written: Written): NonNullable<Rows['callChild']> =>
  draft.children
    .filter((child) => !isEmptyChild(child))
    .map((child, position) => {
      const birth = readBirth(child.birth, on)
      return {
        ...written,
        id: child.id,
        callId: draft.id,
        position,
        name: child.name,
        birthText: child.birth,
        birthDate: birth.kind === 'date' ? birth.date : '',
        ageYears: birth.kind === 'date' ? birth.ageYears : birth.kind === 'age' ? birth.years : null,
        upn: child.upn,
        relation: child.relation,
        address: child.address,
        postcode: findPostcode(child.address) ?? ''
      }
    })

const actionsOf = (
  draft: CallDraft,
  written: Written,
  ownerOf: (action: CallDraft['actions'][number]) => Id,
  dateOf: (typed: string) => CivilDate
): NonNullable<Rows['callAction']> =>
  draft.actions
    .filter((action) => !isEmptyAction(action))
    .map((action, position) => ({
      ...written,
      ...untouched(written),
      id: action.id,
      callId: draft.id,
      position,
      what: action.what,
      who: action.who,
      ownerId: ownerOf(action),
      byWhen: dateOf(action.byWhen),
      doneAt: '',
      doneNote: ''
    }))

const linksOf = (draft: CallDraft, written: Written): NonNullable<Rows['callLink']> =>
  draft.links.map(({ callId, kind }) => ({
    ...written,
    id: naturalId('call-link', draft.id, callId),
    callId: draft.id,
    earlierCallId: callId,
    kind
  }))

/** The first version of a row that may change. */
export const untouched = ({ createdAt, createdBy }: Pick<Written, 'createdAt' | 'createdBy'>) => ({
  rowVersion: 1,
  updatedAt: createdAt,
  updatedBy: createdBy,
  deletedAt: null,
  deletedBy: null
})
