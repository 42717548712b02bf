import { createHash, type Hash } from 'node:crypto'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { ExportedFile } from '../../shared/export/caseNotesFile.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { endings } from '../../shared/attachment/fileName.ts'
import { itemIdOf } from '../../shared/subjectAccess/goingThrough.ts'
import { redacted } from '../../shared/subjectAccess/redact.ts'
import { answerEntryName, itemKinds, type SavedAnswer } from '../../shared/subjectAccess/request.ts'
import { londonDate } from '../../shared/time/london.ts'
import { asPage } from '../export/asPage.ts'
import type { Block, PaperPart } from '../export/blocks.ts'
import type { Ending } from '../export/journal.ts'
import { leave, type Content, type Hashes, type Mine } from '../export/leaving.ts'
import { divided } from '../export/parts.ts'
import { giveWay, type ExportStep, type ToMake } from '../export/underWay.ts'
import { writeFiles } from '../export/writeFiles.ts'
import type { ZipFile } from '../export/zipFile.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { mustBeComplete, mustBeReady, type ReadyAnswer } from './answerReady.ts'
import { standingBy } from './answerStanding.ts'
import {
  answerPart,
  coverOf,
  indexOfWithheld,
  itemBlocks,
  partSays,
  type AnswerCounts,
  type AnswerSummary,
  type MadePart,
  type Withheld
} from './answerText.ts'
import type { Decision } from './countingDecisions.ts'
import { everythingOf } from './everythingOf.ts'
import { gatheredItems, type GatheredItem } from './gatheredItems.ts'
import { heldDecisions, type HeldDecisions } from './heldDecisions.ts'
import { itemSha256 } from './itemSha256.ts'
import { isInDays, toldItems } from './selectItems.ts'
import { summaryOfAnswer } from './summaryOfAnswer.ts'
import { withheldFromReader } from './withheldFromReader.ts'

/** Items read in one turn. */
const CHUNK = 100

/** What main's dialog added to what was typed. */
export interface AnswerToWrite extends SavedAnswer {
  reference: string
  path: string
}

/** An item of the answer, its place among all of them from 1, and what is decided of it. */
interface Placed extends GatheredItem {
  number: number
  decision: Decision
}

/** What goes into an answer. */
interface Answer extends ReadyAnswer {
  wanted: AnswerToWrite
  /** Those of which something goes. */
  going: Placed[]
  withheld: Withheld[]
  summary: Omit<AnswerSummary, 'itemsSha256'>
}

/**
 * Begins to write the answer to a subject access request (C14): what goes of each item, the black burnt in, and an index of
 * what does not.
 *
 * @throws Refusal not-found, family-restricted, step-not-possible, identity-not-proved, items-undecided, answer-not-agreed,
 *   invalid (openReason), clashing-id, export-running
 */
export const writeAnswer: Job<AnswerToWrite, ExportStep> = async (store, wanted, actor) => {
  await mustBeComplete(store, wanted)
  return leave(
    store,
    {
      ...{ id: wanted.id, path: wanted.path, reference: wanted.reference, familyId: '' },
      ...{ operation: 'subjectAccess.save', subjectIds: [wanted.requestId, wanted.id] },
      ...{ isProtected: wanted.isProtected, isZip: true },
      gather: async (pause) => contentOf(store, await gather(store, wanted, actor, pause), actor)
    },
    actor
  )
}

const contentOf = (store: Store, answer: Answer, actor: Actor): Content => ({
  included: answer.going.length,
  excluded: answer.summary.counts.excluded,
  write: (zip, mine) => write(store, zip, mine, answer, actor),
  ending: (hashes) => endingOf(store, hashes, answer, actor)
})

async function gather(
  store: Store,
  wanted: AnswerToWrite,
  actor: Actor,
  pause: () => Promise<void>
): Promise<Answer> {
  const ready = await mustBeReady(store, wanted.requestId, '', actor)
  await pause()
  const { request } = ready
  const { items } = await gatheredItems(store, request, actor)
  const everything = await everythingOf(store, request.personId, actor, pause)
  const decisionsIn = await heldDecisions(store, request.id)
  const decisions = await store.read((db) =>
    Promise.resolve(agreedDecisions(db, ready, { items, decisions: decisionsIn(db) }, actor))
  )
  await pause()
  const placed = items.map((item, index): Placed => {
    const decision = decisions.get(item.itemId)
    return decision ? { ...item, number: index + 1, decision } : refuse('items-undecided')
  })
  const ofOtherDays = everything.filter((ref) => !isInDays(request, ref)).length
  const counts = countsOf(placed, ofOtherDays)
  return {
    ...{ ...ready, wanted },
    going: placed.filter(({ decision }) => decision.fate !== 'exclude'),
    withheld: placed.flatMap(withheldOf),
    summary: await store.read((db) => summaryOfAnswer(db, request, wanted, counts, actor))
  }
}

/** Those that were agreed to: somebody may decide otherwise meanwhile, and back again. @throws Refusal changed-since */
function agreedDecisions(
  db: ReadDb,
  { request, decisionsSha256 }: ReadyAnswer,
  now: { items: readonly GatheredItem[]; decisions: HeldDecisions },
  actor: Actor
): HeldDecisions {
  if (standingBy(db, request.id, now, actor).decisionsSha256 !== decisionsSha256)
    throw new Refusal({ code: 'changed-since' })
  // those of this moment, whatever is decided meanwhile
  return new Map(now.decisions)
}

function countsOf(placed: readonly Placed[], ofOtherDays: number): AnswerCounts {
  const isExcluded = ({ decision }: Placed) => decision.fate === 'exclude'
  const byKind = itemKinds.flatMap((kind) => {
    const ofKind = placed.filter(({ ref }) => ref.kind === kind)
    const excluded = ofKind.filter(isExcluded).length
    return ofKind.length === 0 ? [] : [{ kind, given: ofKind.length - excluded, excluded }]
  })
  return {
    ...{ byKind, ofOtherDays },
    inPart: placed.filter(({ decision }) => decision.fate === 'redact').length,
    excluded: placed.filter(isExcluded).length
  }
}

/** What of an item does not go, without a word of it. */
function withheldOf({ number, ref, decision }: Placed): Withheld[] {
  const { fate, reason, spans, withoutFiles } = decision
  const of = { number, on: ref.on, kind: ref.kind }
  if (fate === 'exclude') return [{ ...of, what: 'item', reasons: reason === '' ? [] : [reason] }]
  return [
    ...(spans.length === 0
      ? []
      : [{ ...of, what: 'words' as const, reasons: [...new Set(spans.map((span) => span.reason))] }]),
    ...withoutFiles.map((file) => ({ ...of, what: 'file' as const, reasons: [file.reason] }))
  ]
}

const asked: Record<SavedAnswer['format'], (part: PaperPart) => ToMake> = {
  pdf: (part) => ({ print: asPage(part) }),
  docx: (part) => ({ word: part })
}

/**
 * Has the answer made in parts. The first is made last, for its cover tells the hash of everything that goes and of every
 * other part.
 *
 * @returns the SHA-256 of what goes
 */
async function* write(
  store: Store,
  zip: ZipFile,
  mine: Mine,
  answer: Answer,
  actor: Actor
): AsyncGenerator<ToMake, string, Uint8Array> {
  const { going, summary, wanted } = answer
  const inParts = partsOf(going)
  const parts = inParts.length
  const nameOf = (part: number) =>
    answerEntryName(summary.request, londonDate(actor.now), { part, parts }, wanted.format)
  async function* made(part: number, blocks: readonly Block[]): AsyncGenerator<ToMake, string, Uint8Array> {
    isMaking(mine, part, parts)
    const file = yield asked[wanted.format](answerPart(summary, { part, parts }, blocks))
    isMaking(mine, 0, parts)
    await giveWay(mine)
    await zip.add(nameOf(part), file, true)
    return createHash('sha256').update(file).digest('hex')
  }

  const told: Told = { hash: createHash('sha256').update('['), files: [], done: 0 }
  const others: MadePart[] = []
  let first: Block[] = []
  for (const [index, some] of inParts.entries()) {
    const part = index + 1
    const blocks = await blocksOf(store, mine, answer, some, told, actor)
    if (part === 1) first = blocks
    else others.push({ name: nameOf(part), says: partSays(some), sha256: yield* made(part, blocks) })
  }
  const itemsSha256 = told.hash.update(']').digest('hex')
  const index =
    parts === 1 ? [] : [{ name: nameOf(1), says: partSays(inParts[0] ?? []), sha256: '' }, ...others]
  yield* made(1, [
    ...coverOf({ ...summary, itemsSha256 }, index),
    ...indexOfWithheld(answer.withheld),
    ...first
  ])
  await writeFiles({ store, mine, files: told.files }, zip)
  return itemsSha256
}

/** By how long the items are as the record has them: what is blacked out takes its place on paper too. */
const partsOf = (going: readonly Placed[]): Placed[][] =>
  divided(
    [],
    going.map(({ length }) => length)
  ).map(({ notes: { from, to } }) => going.slice(from, to))

function isMaking(mine: Mine, part: number, parts: number): void {
  if (mine.progress.stage === 'running') mine.progress = { ...mine.progress, part, parts }
}

/** What was told so far: the hash over it, and the files that go along. */
interface Told {
  hash: Hash
  files: ExportedFile[]
  done: number
}

/** Items as they go out. Each must still say what it said when it was decided of. @throws Refusal changed-since */
async function blocksOf(
  store: Store,
  mine: Mine,
  { request }: Answer,
  items: readonly Placed[],
  told: Told,
  actor: Actor
): Promise<Block[]> {
  const blocks: Block[] = []
  const tellsWithheld = await store.read((db) => withheldFromReader(db, request, actor))
  for (let at = 0; at < items.length; at += CHUNK) {
    const some = items.slice(at, at + CHUNK)
    const records = await store.read((db) =>
      toldItems(
        db,
        request,
        some.map(({ ref }) => ref),
        actor
      )
    )
    const byId = new Map(records.map((record) => [itemIdOf(record), record]))
    for (const { itemId, number, decision } of some) {
      const item = goingOut(byId.get(itemId), number, decision)
      if (tellsWithheld(...item.texts.map(({ text }) => text), ...item.files.map(({ name }) => name)))
        refuse('answer-tells-withheld')
      told.hash.update(`${told.done === 0 ? '' : ','}${canonicalJson(item)}`)
      told.files.push(...item.files)
      told.done += 1
      blocks.push(...itemBlocks(item, number))
    }
    if (mine.progress.stage === 'running') mine.progress = { ...mine.progress, done: told.done }
    await giveWay(mine)
  }
  return blocks
}

function goingOut(record: ToldRecord | undefined, number: number, decision: Decision): ToldRecord {
  if (!record || itemSha256(record) !== decision.itemSha256) throw new Refusal({ code: 'changed-since' })
  const item = redacted(record, decision)
  // by the number of the item: what a file is called may name somebody
  const entry = (place: number, ending: string) =>
    `files/${String(number).padStart(5, '0')}-${String(place)}.${ending}`
  return {
    ...item,
    files: item.files.map((file, index) => ({
      ...file,
      entry: entry(index + 1, endings[file.mediaType][0] ?? '')
    }))
  }
}

/** What there is to record of it. What was agreed to must still be what goes. */
async function endingOf(
  store: Store,
  hashes: Hashes,
  { request, decisionsSha256, wanted, going, summary }: Answer,
  actor: Actor
): Promise<Pick<Ending, 'row' | 'shared'>> {
  await mustBeReady(store, request.id, decisionsSha256, actor)
  return {
    row: {
      ...writtenBy(actor, request.hubId),
      ...{ id: wanted.id, reference: wanted.reference, familyId: '', scope: 'subject-access' },
      ...{ subjectId: request.id, format: wanted.format, purpose: request.reference, sharingId: '' },
      receiverId: request.requester === 'person' ? request.personId : '',
      receiverName: request.requesterName,
      isProtected: wanted.isProtected,
      openReason: wanted.isProtected ? '' : wanted.openReason.trim(),
      ...{ included: going.length, excluded: summary.counts.excluded },
      ...{ contentSha256: hashes.itemsSha256, fileSha256: hashes.fileSha256 }
    },
    shared: null
  }
}
