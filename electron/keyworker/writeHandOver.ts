import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'
import { account } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { agreementNow, sharingNeedsReason } from '../../shared/agreement/standing.ts'
import { invalid } from '../../shared/errors.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import { handOverEntryName } from '../../shared/export/export.ts'
import {
  heldBackOf,
  problemsWithHandOver,
  sharingOfHandOver,
  type HandOverDraft
} from '../../shared/keyworker/handOver.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate, showDateTime } from '../../shared/time/london.ts'
import { asPage } from '../export/asPage.ts'
import type { PaperPart } from '../export/blocks.ts'
import { CLASSIFICATION } from '../export/caseNotesText.ts'
import type { Ending, SharedRow } from '../export/journal.ts'
import { leave, type Content, type Hashes } from '../export/leaving.ts'
import { giveWay as turnOf, type ExportStep, type ToMake } from '../export/underWay.ts'
import type { ZipFile } from '../export/zipFile.ts'
import { readFamily } from '../family/readFamily.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { sharedRow } from '../sharing/recordSharing.ts'
import { asPreview, type FamilyToHandOver, type HandOver } from './gatherHandOver.ts'
import { familyText, handOverCover } from './handOverText.ts'
import { completeHandOver } from './prepareHandOver.ts'

/** What main's dialog added to what was typed. */
export interface HandOverToWrite extends HandOverDraft {
  reference: string
  path: string
}

/**
 * Begins to write the hand-over of a caseload.
 *
 * @throws Refusal export-running
 */
export const writeHandOver: Job<HandOverToWrite, ExportStep> = (store, wanted, actor) =>
  leave(
    store,
    {
      ...{ id: wanted.id, path: wanted.path, reference: wanted.reference, familyId: '' },
      ...{ operation: 'keyworker.saveHandOver', subjectIds: [wanted.practitionerId, wanted.id] },
      ...{ isProtected: wanted.isProtected, isZip: true },
      gather: async (giveWay) =>
        contentOf(store, await completeHandOver(store, wanted, actor, giveWay), wanted, actor)
    },
    actor
  )

function contentOf(store: Store, handOver: HandOver, wanted: HandOverToWrite, actor: Actor): Content {
  const sum = (counted: (each: FamilyToHandOver) => number) =>
    handOver.families.reduce((all, each) => all + counted(each), 0)
  const included = sum(({ notes }) => notes.length)
  const excluded = sum(({ heldBack }) => heldBackOf(heldBack))
  return {
    ...{ included, excluded },
    write: (zip, mine) => write(store, zip, () => turnOf(mine), handOver, wanted, actor),
    ending: (hashes) => endingOf(store, hashes, { included, excluded }, handOver, wanted, actor)
  }
}

async function* write(
  store: Store,
  zip: ZipFile,
  giveWay: () => Promise<void>,
  handOver: HandOver,
  wanted: HandOverToWrite,
  actor: Actor
): AsyncGenerator<ToMake, string, Uint8Array> {
  const today = londonDate(actor.now)
  const families = handOver.families.flatMap((each) => familyText(each, today))
  const itemsSha256 = createHash('sha256').update(canonicalJson(families)).digest('hex')
  const byName = await nameOf(store, actor)
  const summary = {
    ...{ reference: wanted.reference, exportedAt: actor.now, byName },
    ...{ forWhom: forWhom(handOver, wanted), purpose: wanted.purpose.trim() }
  }
  const part: PaperPart = {
    title: `Hand-over ${wanted.reference}`,
    classification: CLASSIFICATION,
    name: `Hand-over ${wanted.reference}`,
    exportedBy: `${byName}, ${showDateTime(actor.now)}`,
    which: '',
    blocks: [...handOverCover(handOver, summary, today, itemsSha256), ...families]
  }
  await giveWay()
  const file = yield wanted.format === 'pdf' ? { print: asPage(part) } : { word: part }
  await giveWay()
  await zip.add(handOverEntryName(wanted.reference, today, wanted.format), file, true)
  return itemsSha256
}

const nameOf = (store: Store, { id }: Actor): Promise<string> =>
  store.read(async (db) => {
    const [found] = await db.select({ name: account.name }).from(account).where(eq(account.id, id))
    return found?.name ?? ''
  })

const forWhom = ({ to }: HandOver, { teamName }: HandOverDraft): string =>
  to ? [to.name, to.employerName].filter(Boolean).join(', ') : teamName.trim()

/** What there is to record of a file, with every family's agreement as it stands now. */
async function endingOf(
  store: Store,
  hashes: Hashes,
  counts: { included: number; excluded: number },
  handOver: HandOver,
  wanted: HandOverToWrite,
  actor: Actor
): Promise<Pick<Ending, 'row' | 'shared'>> {
  return {
    row: {
      ...writtenBy(actor, COUNTY_HUB_ID),
      ...{ id: wanted.id, reference: wanted.reference, familyId: '', scope: 'hand-over' },
      ...{ subjectId: wanted.practitionerId, format: wanted.format, purpose: wanted.purpose.trim() },
      ...{ sharingId: '', receiverId: '', receiverName: forWhom(handOver, wanted) },
      isProtected: wanted.isProtected,
      openReason: wanted.isProtected ? '' : wanted.openReason.trim(),
      ...counts,
      contentSha256: hashes.itemsSha256,
      fileSha256: hashes.fileSha256
    },
    shared: await sharedWith(store, handOver, wanted, actor)
  }
}

/** Of each family, where it leaves for another agency or school (domain 0.4). @throws Refusal invalid (reasons) */
async function sharedWith(
  store: Store,
  handOver: HandOver,
  wanted: HandOverToWrite,
  actor: Actor
): Promise<SharedRow[] | null> {
  const { to, isOutside, families } = handOver
  if (!isOutside || !to) return null
  return store.read(async (db) => {
    const now = []
    for (const each of asPreview(handOver).families) {
      const { agreements } = await readFamily(db, { id: each.familyId }, actor)
      now.push({ ...each, needsReason: sharingNeedsReason(agreementNow(agreements), to.employerId) })
    }
    const problems = problemsWithHandOver(wanted, { families: now, isOutside })
    if (problems.length > 0) invalid(...problems)
    const rows: SharedRow[] = []
    for (const { family, episode } of families) {
      const about = episode.people.filter(({ isHere }) => isHere)
      const personIds = (about.length > 0 ? about : episode.people).map(({ keptId }) => keptId)
      const told = { familyId: family.id, personIds, agencyId: to.employerId }
      const sharing = sharingOfHandOver(wanted, { ...told, toName: to.name, reference: wanted.reference })
      rows.push(await sharedRow(db, sharing, actor))
    }
    return rows
  })
}
