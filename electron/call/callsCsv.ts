import { stringify } from 'csv-stringify/sync'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { londonDate, londonTime } from '../../shared/time/london.ts'
import {
  addendumFieldLabels,
  callerKindLabels,
  otherKindLabels,
  parentsKnowLabels,
  professionLabels
} from '../../shared/words/labels.ts'
import type { ExportedCall } from './exportedCalls.ts'

/** What a cell needs beside its call. */
interface Words {
  /** The settings in force when the call took place. */
  rules: Rules
  date: (instant: Instant) => string
  time: (instant: Instant) => string
  phone: (typed: string) => string
  inError: boolean
}

const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No')
const listed = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ')
const lines = <T>(rows: readonly T[], words: (row: T) => string): string => rows.map(words).join('\n')

/** `3/9/2015`, as a spreadsheet in England reads it. */
function shortDate(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return date === '' ? '' : `${String(Number(day))}/${String(Number(month))}/${year}`
}

/** The header row and what stands under it. Children, actions and addenda have a line each in their cell. */
const columns: readonly [header: string, cell: (call: ExportedCall, words: Words) => string][] = [
  ['Reference', ({ reference }) => reference],
  ['Date', ({ tookPlaceAt }, { date }) => date(tookPlaceAt)],
  ['Time', ({ tookPlaceAt }, { time }) => time(tookPlaceAt)],
  ['In hours', ({ inHours }) => yesOrNo(inHours)],
  ['Line', ({ line }, { rules }) => rules.lines[line].name],
  ['Who called', ({ callerKind }) => callerKindLabels[callerKind]],
  ['Kind of caller', ({ otherKind }) => (otherKind === '' ? '' : otherKindLabels[otherKind])],
  ['School', ({ schoolName }) => schoolName],
  ['Town', ({ schoolTown }) => schoolTown],
  ['Open assessment confirmed by', ({ assessmentConfirmedBy }) => assessmentConfirmedBy],
  ['Caller’s name', ({ callerName }) => callerName],
  ['Caller’s role', ({ callerRole }) => callerRole],
  ['Phone number', ({ callerPhone }, { phone }) => phone(callerPhone)],
  ['May we leave a message', ({ mayLeaveMessage }) => yesOrNo(mayLeaveMessage)],
  ['Turned away', ({ gate }) => yesOrNo(gate === 'turned-away')],
  ['Read out to the caller', ({ signpost }) => signpost],
  ['Consulted the Continuum of Need', ({ consultedContinuum }) => yesOrNo(consultedContinuum)],
  ['Spoke to the designated safeguarding lead', ({ spokeToLead }) => yesOrNo(spokeToLead)],
  ['Do the parents know', ({ parentsKnow }) => (parentsKnow === '' ? '' : parentsKnowLabels[parentsKnow])],
  ['Children', ({ children }) => lines(children, childWords)],
  ['Concern', ({ concern }) => concern],
  ['Level of need discussed', ({ levelName }) => levelName],
  ['Why this level', ({ levelWhy }) => levelWhy],
  ['Advice given', ({ advice }) => advice],
  ['Where the caller disagreed', ({ disagreement }) => disagreement],
  ['Outcome', ({ outcome }, { rules }) => rules.outcomes.find(({ key }) => key === outcome)?.name ?? outcome],
  ['Actions', ({ actions }, { date }) => lines(actions, (action) => actionWords(action, date))],
  ['Addenda', ({ addenda }, { date }) => lines(addenda, (addendum) => addendumWords(addendum, date))],
  ['Adviser', ({ adviserName }) => adviserName],
  ['Adviser’s profession', ({ adviserProfession }) => professionLabels[adviserProfession]],
  ['Local hub', ({ hubId }, { rules }) => rules.hubs.find(({ key }) => key === hubId)?.name ?? ''],
  ['Date filed', ({ filedAt }, { date }) => date(filedAt)],
  ['Time filed', ({ filedAt }, { time }) => time(filedAt)],
  ['Why it was recorded later', ({ setBackReason }) => setBackReason],
  ['Entered in error', (_call, { inError }) => yesOrNo(inError)]
]

function childWords({
  name,
  birthDate,
  ageYears,
  upn,
  relation,
  address
}: ExportedCall['children'][number]): string {
  return listed(
    name === '' ? 'Not named' : name,
    birthDate === '' ? '' : `born ${shortDate(birthDate)}`,
    ageYears === null ? '' : `age ${String(ageYears)}`,
    upn === '' ? '' : `UPN ${upn}`,
    relation,
    address
  )
}

function actionWords(
  { what, who, byWhen, doneAt }: ExportedCall['actions'][number],
  date: Words['date']
): string {
  return listed(
    what,
    who,
    byWhen === '' ? '' : `by ${shortDate(byWhen)}`,
    doneAt === '' ? 'open' : `done ${date(doneAt)}`
  )
}

function addendumWords({ field, text, at }: ExportedCall['addenda'][number], date: Words['date']): string {
  return `${date(at)} ${addendumFieldLabels[field]}: ${text}`
}

/** Lines of CSV for a spreadsheet (L26): UTF-8 with its mark, and no cell that it would take for a formula. */
export interface CallsCsv {
  header(): string
  rows(calls: readonly ExportedCall[]): string
}

/**
 * @param settings every dated row, as a call's outcome and line have the names of its day
 * @param inError whether these are calls entered in error: a filter finds only such, or none (L23)
 */
export function callsCsv(settings: readonly Setting[], inError: boolean): CallsCsv {
  const { date, time } = clockOfLondon()
  const rulesOf = rulesByVersion(settings)
  const phone = remembering(shownPhone)
  return {
    header: () => stringify([columns.map(([header]) => header)], { bom: true }),
    rows(calls) {
      const cells = calls.map((call) => {
        const words = { date, time, phone, inError, rules: rulesOf(call) }
        // a space before it hides an equals sign from the escaping, but not from every spreadsheet
        return columns.map(([, cell]) => cell(call, words).trimStart())
      })
      return stringify(cells, { escape_formulas: true })
    }
  }
}

/** Most of a year's calls share a few hundred hours, phones and settings: what is worked out once is kept. */
const KEPT = 5_000

function remembering<T>(work: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= KEPT) kept.clear()
    const value = work(key)
    kept.set(key, value)
    return value
  }
}

/** London's date and time by the hour of UTC: its clocks change on the hour. */
function clockOfLondon(): Pick<Words, 'date' | 'time'> {
  const hourOf = remembering((hour) => {
    const instant = `${hour}:00:00.000Z`
    return { date: shortDate(londonDate(instant)), hour: londonTime(instant).slice(0, 2) }
  })
  return {
    date: (instant) => hourOf(instant.slice(0, 13)).date,
    time: (instant) => `${hourOf(instant.slice(0, 13)).hour}:${instant.slice(14, 16)}`
  }
}

function rulesByVersion(settings: readonly Setting[]): (call: ExportedCall) => Rules {
  const versions = new Map<string, Rules>()
  return ({ rulesVersion, tookPlaceAt }) => {
    const known = versions.get(rulesVersion)
    if (known) return known
    const rules = rulesOn(settings, londonDate(tookPlaceAt))
    versions.set(rulesVersion, rules)
    return rules
  }
}

/**
 * As it is dialled from England: "+44…" would be taken for a formula. One that was typed so, with a space that keeps
 * a spreadsheet from dropping its 0, stays as it is; reading a number takes twenty times as long as writing a row.
 */
function shownPhone(typed: string): string {
  return /^0[1-9]\d{1,4} [\d ]+$/.test(typed) ? typed : readPhone(typed).national
}
