import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallFilter } from '../../shared/call/filter.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import {
  addendumFieldLabels,
  callerKindLabels,
  otherKindLabels,
  parentsKnowLabels,
  professionLabels
} from '../../shared/words/labels.ts'
import { callReader, nextIndexed, type ExportedCall } from '../call/exportedCalls.ts'
import { filtered, type Filtered } from '../call/filtered.ts'
import { tellsWithheldOfCalls } from '../call/tellsWithheldOfCall.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { day, phone, prose, text, time, yesNo, type Column } from './column.ts'
import { foundList, type FoundList } from './foundList.ts'
import { shortDate, toldOnce, type Told } from './told.ts'

/**
 * The calls of a filter that this person may read, the last filed first (L25). What is held of each until its turn is its
 * number in the index, 8 bytes: calls that are filed meanwhile are not among them. An address or number that is withheld in a
 * family of their children is left out.
 */
export async function callsList(
  store: Store,
  filter: CallFilter,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const { settings, read, wanted } = await store.read(async (db) => ({
    settings: await settingsInRecord(db),
    read: callReader(db),
    wanted: await filtered(db, filter, actor)
  }))
  const docids = wanted ? await allIndexed(store, wanted, giveWay) : []
  return foundList(columnsOf(settings, filter.inError), docids, (some) =>
    store.read((db) => Promise.resolve(withoutWithheld(db, read(some))))
  )
}

/** What is told of calls, with `TEXT_WITHHELD` in the place of whatever tells an address or number that is withheld. */
function withoutWithheld(db: ReadDb, calls: readonly ExportedCall[]): ExportedCall[] {
  const tellers = tellsWithheldOfCalls(
    db,
    calls.map(({ id }) => id)
  )
  return calls.map((call) => {
    const tells = tellers.get(call.id)
    return tells ? withoutTold(call, (text) => (tells(text) ? TEXT_WITHHELD : text)) : call
  })
}

const withoutTold = (call: ExportedCall, told: (text: string) => string): ExportedCall => ({
  ...call,
  callerName: told(call.callerName),
  callerRole: told(call.callerRole),
  callerPhone: told(call.callerPhone),
  signpost: told(call.signpost),
  concern: told(call.concern),
  levelWhy: told(call.levelWhy),
  advice: told(call.advice),
  disagreement: told(call.disagreement),
  setBackReason: told(call.setBackReason),
  children: call.children.map((child) => ({
    ...child,
    name: told(child.name),
    relation: told(child.relation),
    address: told(child.address)
  })),
  actions: call.actions.map((action) => ({ ...action, what: told(action.what), who: told(action.who) })),
  addenda: call.addenda.map((addendum) => ({ ...addendum, text: told(addendum.text) }))
})

async function allIndexed(store: Store, wanted: Filtered, giveWay: () => Promise<void>): Promise<number[]> {
  const docids: number[] = []
  for (;;) {
    const before = docids.at(-1) ?? Number.MAX_SAFE_INTEGER
    const next = await store.read((db) => Promise.resolve(nextIndexed(db, wanted, before)))
    if (next.length === 0) return docids
    docids.push(...next)
    await giveWay()
  }
}

const listed = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ')
const lines = <T>(rows: readonly T[], words: (row: T) => string): string => rows.map(words).join('\n')

/**
 * Children, actions and addenda have a line each in their cell.
 *
 * @param settings every dated row, as a call's outcome and line have the names of its day
 * @param inError whether these are calls entered in error: a filter finds only such, or none (L23)
 */
function columnsOf(settings: readonly Setting[], inError: boolean): Column<ExportedCall>[] {
  const told = toldOnce()
  const rulesOf = rulesByVersion(settings, told)
  return [
    text('Reference', ({ reference }) => reference),
    day('Date', ({ tookPlaceAt }) => tookPlaceAt),
    time('Time', ({ tookPlaceAt }) => tookPlaceAt),
    yesNo('In hours', ({ inHours }) => inHours),
    text('Line', (call) => rulesOf(call).lines[call.line].name),
    text('Who called', ({ callerKind }) => callerKindLabels[callerKind]),
    text('Kind of caller', ({ otherKind }) => (otherKind === '' ? '' : otherKindLabels[otherKind])),
    text('School', ({ schoolName }) => schoolName),
    text('Town', ({ schoolTown }) => schoolTown),
    text('Open assessment confirmed by', ({ assessmentConfirmedBy }) => assessmentConfirmedBy),
    text('Caller’s name', ({ callerName }) => callerName),
    text('Caller’s role', ({ callerRole }) => callerRole),
    phone('Phone number', ({ callerPhone }) => callerPhone),
    yesNo('May we leave a message', ({ mayLeaveMessage }) => mayLeaveMessage),
    yesNo('Turned away', ({ gate }) => gate === 'turned-away'),
    prose('Read out to the caller', ({ signpost }) => signpost),
    yesNo('Consulted the Continuum of Need', ({ consultedContinuum }) => consultedContinuum),
    yesNo('Spoke to the designated safeguarding lead', ({ spokeToLead }) => spokeToLead),
    text('Do the parents know', ({ parentsKnow }) =>
      parentsKnow === '' ? '' : parentsKnowLabels[parentsKnow]
    ),
    prose('Children', ({ children }) => lines(children, childWords)),
    prose('Concern', ({ concern }) => concern),
    text('Level of need discussed', ({ levelName }) => levelName),
    prose('Why this level', ({ levelWhy }) => levelWhy),
    prose('Advice given', ({ advice }) => advice),
    prose('Where the caller disagreed', ({ disagreement }) => disagreement),
    text(
      'Outcome',
      (call) => rulesOf(call).outcomes.find(({ key }) => key === call.outcome)?.name ?? call.outcome
    ),
    prose('Actions', ({ actions }) => lines(actions, (action) => actionWords(action, told))),
    prose('Addenda', ({ addenda }) => lines(addenda, (addendum) => addendumWords(addendum, told))),
    text('Adviser', ({ adviserName }) => adviserName),
    text('Adviser’s profession', ({ adviserProfession }) => professionLabels[adviserProfession]),
    text('Local hub', (call) => rulesOf(call).hubs.find(({ key }) => key === call.hubId)?.name ?? ''),
    day('Date filed', ({ filedAt }) => filedAt),
    time('Time filed', ({ filedAt }) => filedAt),
    prose('Why it was recorded later', ({ setBackReason }) => setBackReason),
    yesNo('Entered in error', () => inError)
  ]
}

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

const actionWords = (
  { what, who, byWhen, doneAt }: ExportedCall['actions'][number],
  { londonDay }: Told
): string =>
  listed(
    what,
    who,
    byWhen === '' ? '' : `by ${shortDate(byWhen)}`,
    doneAt === '' ? 'open' : `done ${shortDate(londonDay(doneAt))}`
  )

const addendumWords = (
  { field, text: words, at }: ExportedCall['addenda'][number],
  { londonDay }: Told
): string => `${shortDate(londonDay(at))} ${addendumFieldLabels[field]}: ${words}`

function rulesByVersion(settings: readonly Setting[], { londonDay }: Told): (call: ExportedCall) => Rules {
  const versions = new Map<string, Rules>()
  return ({ rulesVersion, tookPlaceAt }) => {
    const known = versions.get(rulesVersion)
    if (known) return known
    const rules = rulesOn(settings, londonDay(tookPlaceAt))
    versions.set(rulesVersion, rules)
    return rules
  }
}
