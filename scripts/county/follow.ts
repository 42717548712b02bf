import type { CallDraft } from '../../shared/call/call.ts'
import { CALL_BACK_ACTION, twoConcerns } from '../../shared/call/loop.ts'
import { likeliest, matchChild } from '../../shared/call/earlier.ts'
import { naturalId, type CivilDate, type Id, type Instant } from '../../shared/ids.ts'
import type { Person } from '../../shared/person/match.ts'
import { daysBetween } from '../../shared/time/london.ts'
import type { Act } from './acts.ts'
import type { Chance } from './chance.ts'
import type { Day } from './days.ts'
import { momentWithin } from './days.ts'
import { untouched, type Rows } from './filing.ts'
import type { Colleague } from './people.ts'
import { addendumText, noteOf, whyNotReferred } from './words.ts'

/** A filed call, and the day of the ledger on which it was filed. */
export interface Filed {
  call: NonNullable<Rows['call']>[number]
  by: Colleague
  day: number
}

/** Where what is to be done later is put down: by the day's place in the ledger. */
export interface Diary {
  chance: Chance
  days: readonly Day[]
  due: Map<number, Act[]>
  people: ReadonlyMap<string, Colleague>
  managers: readonly Colleague[]
}

/** A call with a concern about a family, as far as the next one needs it. */
export interface Concern {
  callId: Id
  on: CivilDate
  tookPlaceAt: Instant
  children: readonly Person[]
}

/** As in the settings that a desk starts with (C5). */
const TWO_CONCERNS_DAYS = 14

const workingDaysToAnswer = [
  [1, 34],
  [2, 28],
  [3, 20],
  [5, 12],
  [9, 5],
  [12, 1]
] as const

/** A moment on a day that the line is open, so many of them later; undefined after the last day of the county. */
function later(
  { chance, days }: Diary,
  from: number,
  workingDays: number
): [day: number, at: number] | undefined {
  let left = workingDays
  for (let index = from + 1; index < days.length; index += 1) {
    if (days[index]?.opens) left -= 1
    if (left === 0) return [index, momentWithin(chance, days[index]!)]
  }
  return undefined
}

const written = ({ call }: Filed, by: Colleague, at: string) => ({
  hubId: call.hubId,
  createdAt: at,
  createdBy: by.id,
  deviceId: call.deviceId
})

type Later = (id: string, at: string) => Pick<Act, 'operation' | 'subjectIds' | 'rows'>

/** Puts an act into the diary. Answers with the day it is on, undefined where the county ends before. */
function putDown(
  diary: Diary,
  from: number,
  workingDays: number,
  by: Colleague,
  act: Later
): number | undefined {
  const then = later(diary, from, workingDays)
  if (!then) return undefined
  const [day, moment] = then
  const at = new Date(moment).toISOString()
  const acts = diary.due.get(day) ?? []
  acts.push({ at, by, ...act(diary.chance.id(moment), at) })
  diary.due.set(day, acts)
  return day
}

/** Everything that follows from a call: done in time, mostly. Changes the rows of what is done later. */
export function followUp(diary: Diary, filed: Filed, rows: Rows): void {
  const { chance } = diary
  const { call } = filed
  for (const action of rows.callAction ?? [])
    if (action.what !== CALL_BACK_ACTION && chance.yes(0.995)) finish(diary, filed, action)
  for (const flag of rows.callFlag ?? []) if (chance.yes(0.99)) answerFlag(diary, filed, flag)
  if (call.outcome === 'call-back' && chance.yes(0.999)) ringBack(diary, filed, rows, filed.day)
  if (call.outcome === 'contact-form' && chance.yes(0.999)) answerReferral(diary, filed)
  if (call.concern !== '' && chance.yes(0.05)) addTo(diary, filed)
  if (chance.yes(0.004)) enterInError(diary, filed)
}

function finish(diary: Diary, filed: Filed, action: NonNullable<Rows['callAction']>[number]): void {
  const by = diary.people.get(action.ownerId) ?? filed.by
  const doneNote = noteOf(diary.chance)
  const days = diary.chance.weighted(workingDaysToAnswer)
  putDown(diary, filed.day, days, by, (_id, at) => {
    Object.assign(action, { doneAt: at, doneNote, rowVersion: 2, updatedAt: at, updatedBy: by.id })
    return { operation: 'call.finishAction', subjectIds: [action.id], rows: {} }
  })
}

function answerFlag(diary: Diary, filed: Filed, flag: NonNullable<Rows['callFlag']>[number]): void {
  const by = diary.people.get(flag.ownerId) ?? filed.by
  putDown(diary, filed.day, diary.chance.between(1, 3), by, (_id, at) => {
    const answer = 'Both calls read. The school has a plan with the family'
    Object.assign(flag, { answeredAt: at, answer, rowVersion: 2, updatedAt: at, updatedBy: by.id })
    return { operation: 'call.answerFlag', subjectIds: [flag.id], rows: {} }
  })
}

/** On the next working day, and on the one after where nobody answered. */
function ringBack(diary: Diary, filed: Filed, rows: Rows, from: number): void {
  const { chance } = diary
  const { call, by } = filed
  const result = chance.weighted([
    ['called-back' as const, 76],
    ['no-answer' as const, 14],
    ['left-message' as const, 10]
  ])
  const note = noteOf(chance)
  const day = putDown(diary, from, 1, by, (id, at) => {
    const proposed = rows.callAction?.find(({ what }) => what === CALL_BACK_ACTION)
    if (proposed && result === 'called-back')
      Object.assign(proposed, { doneAt: at, doneNote: note, rowVersion: 2, updatedAt: at, updatedBy: by.id })
    return {
      operation: 'call.recordAttempt',
      subjectIds: [call.id],
      rows: { callAttempt: [{ ...written(filed, by, at), id, callId: call.id, result, note }] }
    }
  })
  if (day !== undefined && result !== 'called-back') ringBack(diary, filed, rows, day)
}

function answerReferral(diary: Diary, filed: Filed): void {
  const { chance, days } = diary
  const { call, by } = filed
  const answer = chance.weighted([
    ['yes' as const, 72],
    ['no' as const, 18],
    ['not-known' as const, 10]
  ])
  putDown(diary, filed.day, chance.weighted(workingDaysToAnswer), by, (id, at) => ({
    operation: 'call.answerReferral',
    subjectIds: [call.id],
    rows: {
      callReferral: [
        {
          ...written(filed, by, at),
          id,
          callId: call.id,
          answer,
          referredOn: answer === 'yes' ? days[filed.day]!.date : '',
          reason: answer === 'no' ? whyNotReferred(chance) : ''
        }
      ]
    }
  }))
}

function addTo(diary: Diary, filed: Filed): void {
  const { chance } = diary
  const { call, by } = filed
  putDown(diary, filed.day, chance.between(1, 5), by, (id, at) => ({
    operation: 'call.addAddendum',
    subjectIds: [call.id, id],
    rows: {
      callAddendum: [
        {
          ...written(filed, by, at),
          id,
          callId: call.id,
          field: chance.pick(['caller', 'children', 'concern', 'other']),
          text: addendumText(chance)
        }
      ]
    }
  }))
}

/** Filed twice by mistake, as a rule (L23). */
function enterInError(diary: Diary, filed: Filed): void {
  const { call, by } = filed
  putDown(diary, filed.day, 1, by, (id, at) => ({
    operation: 'call.markInError',
    subjectIds: [call.id],
    rows: {
      callError: [
        {
          ...written(filed, by, at),
          id,
          callId: call.id,
          inError: true,
          reason: 'The same call was filed twice'
        }
      ]
    }
  }))
}

/**
 * Two concerns about one child within some days, for one named person (C5, L21): as `raiseFlag` would, but only with an
 * eye on the calls of the same family.
 */
export function flagsOf(
  diary: Diary,
  filed: Filed,
  children: readonly Person[],
  draft: CallDraft,
  concerns: readonly Concern[]
): NonNullable<Rows['callFlag']> {
  const { call, by } = filed
  const on = dayOf(call.tookPlaceAt)
  const isNone = new Set(draft.links.filter(({ kind }) => kind === 'not-related').map(({ callId }) => callId))
  const matches = concerns
    .filter((concern) => !isNone.has(concern.callId))
    .flatMap((concern) => {
      const match = likeliest(concern.children.map((child) => matchChild(children, child)))
      const daysApart = Math.abs(daysBetween(concern.on, on))
      const isSure = match !== undefined && match.strength !== 'possible'
      return isSure && daysApart <= TWO_CONCERNS_DAYS ? [{ ...match, concern, daysApart }] : []
    })
    .sort((a, b) => (a.concern.tookPlaceAt < b.concern.tookPlaceAt ? 1 : -1))
  const earlier = likeliest(matches)
  if (!earlier) return []
  const about = written(filed, by, call.createdAt)
  return [
    {
      ...about,
      ...untouched(about),
      id: naturalId('call-flag', call.id, earlier.concern.callId),
      callId: call.id,
      earlierCallId: earlier.concern.callId,
      why: `${twoConcerns(earlier.daysApart)}.`,
      ownerId: diary.managers[0]!.id,
      answeredAt: '',
      answer: ''
    }
  ]
}

/** These moments are never so near midnight that London has another day than UTC. */
export const dayOf = (at: Instant): CivilDate => at.slice(0, 10)
