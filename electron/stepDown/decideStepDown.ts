import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { practitioner, stepDownDecision } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse, type FieldError } from '../../shared/errors.ts'
import { naturalIdBeside, type Id, type Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { decidedIn, eventOfRoute, problemsWithDecision } from '../../shared/stepDown/deciding.ts'
import { mayHappen } from '../../shared/stepDown/state.ts'
import { londonDate } from '../../shared/time/london.ts'
import { decidedLevelLabels } from '../../shared/words/stepDown.ts'
import { agencyNames } from '../agency/agencyNames.ts'
import { endDraft } from '../draft/endDraft.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { isAgreed } from './isAgreed.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { eventsOf, recordEvent } from './recordEvent.ts'
import { versionOf } from './triageRecipients.ts'

type Draft = Parsed<'stepDown.decide'>
type Row = typeof stepDownDecision.$inferSelect

/**
 * "Record decision" (R48 to R50): level, route and why. Another one revises it, and what was before stays: whoever revises
 * says which decision they have read (L7). Not before everything needed is there or somebody let it go on without, not while
 * a keyworker is asked, and not after one accepted. The form's draft goes in the same act (L3); the same form again answers
 * with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, changed-since, step-not-possible, invalid (by field), clashing-id,
 *   not-your-draft
 */
export async function decideStepDown(tx: Tx, draft: Draft, actor: Actor): Promise<null | AlreadyDone<null>> {
  const opened = await mustOpenStepDown(tx, draft.stepDownId, actor)
  const [before] = await tx.select().from(stepDownDecision).where(eq(stepDownDecision.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !isDecided(draft, before)) refuse('clashing-id')
    return alreadyDone(null)
  }
  await endDraft(tx, draft.id, actor)
  if (opened.decisionId !== draft.basedOn) throw new Refusal({ code: 'changed-since' })

  const today = londonDate(actor.now)
  const events = await eventsOf(tx, draft.stepDownId)
  const version = await versionOf(tx, draft.stepDownId, opened.versionId)
  const told = { ...version, recordedAt: version.createdAt }
  const decided = decidedIn(draft, today)
  const { level, route } = draft
  const problems = [
    ...problemsWithDecision(draft, {
      today,
      receivedAt: opened.receivedAt,
      isAgreed: isAgreed(tx, opened.familyId, told, events)
    }),
    ...(await problemsWithDirectory(tx, decided))
  ]
  if (problems.length > 0 || level === '' || route === '') return invalid(...problems)
  const event = eventOfRoute(route)
  if (!mayHappen(events).includes(event)) refuse('step-not-possible')

  const { levels } = rulesOn(await settingsInRecord(tx), today)
  await tx.insert(stepDownDecision).values({
    ...writtenAfter(writtenBy(actor, opened.hubId), await lastDecidedAt(tx, opened)),
    ...decided,
    ...{ id: draft.id, stepDownId: draft.stepDownId, basedOn: draft.basedOn, level, route },
    levelName: levels.find(({ key }) => key === level)?.name ?? decidedLevelLabels[level],
    agencyName: (await agencyName(tx, decided.agencyId)) ?? ''
  })
  const happens = { id: naturalIdBeside(draft.id, 'decided'), stepDownId: draft.stepDownId, event }
  await recordEvent(tx, { ...happens, aboutId: draft.id, on: decided.decidedOn }, actor)
  return null
}

const agencyName = async (db: ReadDb, agencyId: Id): Promise<string | undefined> =>
  agencyId === '' ? '' : (await agencyNames(db, { ids: [agencyId] }))[0]?.name

/** Whoever is named is in the directory. */
async function problemsWithDirectory(
  db: ReadDb,
  { agencyId, practitionerId }: { agencyId: Id; practitionerId: Id }
): Promise<FieldError[]> {
  const problems: FieldError[] = []
  if ((await agencyName(db, agencyId)) === undefined)
    problems.push({ path: 'agencyId', message: 'Choose the agency from the list' })
  const isKnown =
    practitionerId === '' || (await db.$count(practitioner, eq(practitioner.id, practitionerId))) > 0
  if (!isKnown) problems.push({ path: 'practitionerId', message: 'Choose the keyworker from the list' })
  return problems
}

/** A clock that was set back must not make a revision older than what it revises. */
async function lastDecidedAt(db: ReadDb, { decisionId }: OpenedStepDown): Promise<Instant | undefined> {
  const [last] = await db
    .select({ at: stepDownDecision.createdAt })
    .from(stepDownDecision)
    .where(eq(stepDownDecision.id, decisionId))
  return last?.at
}

/** Is this form the decision that was recorded, word for word (L6)? */
function isDecided(draft: Draft, row: Row): boolean {
  const again = { ...decidedIn(draft, londonDate(row.createdAt)), level: draft.level, route: draft.route }
  return (
    row.stepDownId === draft.stepDownId &&
    row.basedOn === draft.basedOn &&
    (Object.keys(again) as (keyof typeof again)[]).every((key) => row[key] === again[key])
  )
}
