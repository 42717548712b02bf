// A subject access request about a child of a family with 20,000 case notes: gathering its items, a page of them, deciding,
// how it stands, and the answer as PDF without its print. Beside it drafts are saved, which wait while the thread is busy.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { cacheFolder } from '../scripts/places.mjs'
import { chanceFrom } from '../scripts/county/chance.ts'
import { concernAbout } from '../scripts/county/words.ts'
import type { ExportStep } from '../electron/export/underWay.ts'
import { newId } from '../shared/ids.ts'
import type { Output } from '../shared/ipc/contract.ts'
import type { SavedAnswer } from '../shared/subjectAccess/request.ts'
import { openTestDesk } from '../tests/fixtures/desk.ts'
import { aColleague } from '../tests/fixtures/facts.ts'
import { aFamily } from '../tests/fixtures/families.ts'
import { aNote } from '../tests/fixtures/notes.ts'
import { aDecisionOn, aSubjectRequest } from '../tests/fixtures/subjectAccess.ts'
import { isQuick } from './desk.ts'
import { once, p95AtMost, say } from './figures.ts'

const NOTES = isQuick ? 2_000 : 20_000
/** As often as somebody who types has what was typed saved. */
const EVERY_MS = 40
const LONGEST_TURN = 100
const AT_ONCE = 100
const ROUNDS = 20

const desk = await openTestDesk()
process.once('exit', () => desk.close())
const folder = mkdtempSync(join(cacheFolder(), 'answer-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const reviewer = await aColleague(desk, 'triage-manager')

const notes = NOTES.toLocaleString('en-GB')
say(`taking ${notes} case notes`)
const family = await aFamily(desk)
const chance = chanceFrom(NOTES)
for (let note = 0; note < NOTES; note += 1) {
  const happenedOn = new Date(Date.UTC(2024, 10, 1 + (note % 730))).toISOString().slice(0, 10)
  await desk.does('note.add', aNote(family.form, { words: concernAbout(chance, 'Robin'), happenedOn }))
}
const request = aSubjectRequest(family.form.people[0]?.id ?? '')
await desk.does('subjectAccess.record', request)
const requestId = request.id

/** A draft that is typed on, over and over. */
const draft = aNote(family.form, { words: '' })
let saves = 0
const typed = async (): Promise<void> => {
  draft.words = `Robin was in good spirits. ${String(saves)}`
  const saved = await desk.does('draft.save', { form: { kind: 'note', body: draft }, savedBefore: saves })
  saves = saved.saves
}

interface Watched<T> {
  value: T
  seconds: number
  /** Milliseconds in which the thread answered nobody, at most. */
  longest: number
  /** The same of the thread's own work: what other processes take of a busy machine is not in it. */
  longestWork: number
  /** How long each draft took that was to be saved meanwhile, from when it was sent, in milliseconds. */
  drafts: number[]
}

/** Milliseconds of a processor that this thread has had. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Does something while drafts come in, and looks at each turn of the thread. */
async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const from = performance.now()
  let isOver = false
  let [longest, longestWork] = [0, 0]
  const turns = (async () => {
    for (let [last, worked] = [from, workedMs()]; !isOver;) {
      await turn()
      longest = Math.max(longest, performance.now() - last)
      longestWork = Math.max(longestWork, workedMs() - worked)
      ;[last, worked] = [performance.now(), workedMs()]
    }
  })()
  const drafts: number[] = []
  const typing = (async () => {
    for (let due = from + EVERY_MS; !isOver; due = Math.max(due + EVERY_MS, performance.now())) {
      await wait(Math.max(0, due - performance.now()))
      await typed()
      drafts.push(performance.now() - due)
    }
  })()
  const value = await work()
  const seconds = (performance.now() - from) / 1_000
  isOver = true
  await Promise.all([turns, typing])
  return { value, seconds, longest, longestWork, drafts }
}

function tellWatched(what: string, { seconds, longest, longestWork, drafts }: Watched<unknown>): void {
  once({ name: what, unit: 's' }, seconds)
  once(
    { name: `${what}: longest turn`, unit: 'ms' },
    longest,
    `at most ${String(LONGEST_TURN)} ms`,
    longest <= LONGEST_TURN
  )
  once({ name: `${what}: longest turn, own work`, unit: 'ms' }, longestWork)
  p95AtMost({ name: `${what}: a draft is saved meanwhile`, unit: 'ms' }, 50, drafts)
}

type Page = Output<'subjectAccess.items'>
const pageAfter = (after: string): Promise<Page> =>
  desk.does('subjectAccess.items', { requestId, filter: 'all', after })

say('gathering')
const gathering = await watched(() => pageAfter(''))
tellWatched(`Gathering ${notes} notes, to the first page`, gathering)

say('deciding of all of them')
const deciding = await watched(async () => {
  for (let waiting: Page['rows'] = [], after: string | undefined = ''; after !== undefined;) {
    const { rows, next }: Page = await pageAfter(after)
    waiting.push(...rows)
    after = next === '' ? undefined : next
    if (waiting.length < AT_ONCE && after !== undefined) continue
    await desk.does('subjectAccess.decide', {
      requestId,
      decisions: waiting.map((item) => aDecisionOn(item))
    })
    waiting = []
    await turn()
  }
})
say(`${deciding.seconds.toFixed(0)} s, longest turn ${deciding.longest.toFixed(0)} ms`)

/** Once the whole of it is decided. */
async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now()
    await work()
    taken.push(performance.now() - from)
  }
  return taken
}
const { rows } = await pageAfter('')
p95AtMost({ name: 'A page of 25 items', unit: 'ms' }, LONGEST_TURN, await timesOf(() => pageAfter('')))
p95AtMost(
  { name: 'Deciding of 25 items', unit: 'ms' },
  LONGEST_TURN,
  await timesOf(() =>
    desk.does('subjectAccess.decide', { requestId, decisions: rows.map((item) => aDecisionOn(item)) })
  )
)
p95AtMost(
  { name: 'How an answer stands', unit: 'ms' },
  LONGEST_TURN,
  await timesOf(() => desk.does('subjectAccess.standing', { requestId }))
)

const { decisionsSha256 } = await desk.does('subjectAccess.standing', { requestId }, reviewer)
const review = { id: newId(), requestId, verdict: 'agreed' as const, words: '', decisionsSha256 }
await desk.does('subjectAccess.review', review, reviewer)

async function stepOf(name: 'answer.prepare' | 'answer.write' | 'export.goOn', input: unknown) {
  // each is a message of its own
  await turn()
  const result = await desk.record(name, input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** As main does; a print is taken to be as long as its page. */
async function answer(): Promise<string> {
  const wanted: SavedAnswer = { id: newId(), requestId, format: 'pdf', isProtected: true, openReason: '' }
  const { reference } = (await stepOf('answer.prepare', wanted)) as { reference: string }
  const path = join(folder, 'answer.zip')
  let step = (await stepOf('answer.write', { ...wanted, reference, path })) as ExportStep
  while (!('ended' in step)) {
    const file = 'print' in step ? Buffer.from(step.print.document) : Buffer.alloc(0)
    step = (await stepOf('export.goOn', { id: wanted.id, file })) as ExportStep
  }
  if (step.ended.stage !== 'done') throw new Error(JSON.stringify(step.ended))
  return path
}

say('writing the answer')
const leaving = await watched(answer)
tellWatched(`The answer of ${notes} notes, without its print`, leaving)
say(`${(statSync(leaving.value).size / 1024 ** 2).toFixed(1)} MB`)
