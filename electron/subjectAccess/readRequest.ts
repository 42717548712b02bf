import { desc, eq, inArray } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, caseExport, family, subjectRequest } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { AnswerFile } from '../../shared/subjectAccess/request.ts'
import { mayHappen } from '../../shared/subjectAccess/state.ts'
import { openingOf } from '../family/readableFamily.ts'
import { membersBeside } from '../person/factsOf.ts'
import { recordsOf } from '../person/recordsOf.ts'
import { keptIdOf } from './listRequests.ts'
import { theRequest } from './theRequest.ts'

/**
 * A request with everything that happened to it and the answers that were saved.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readRequest(
  db: ReadDb,
  { id }: Parsed<'subjectAccess.read'>,
  actor: Actor
): Promise<Output<'subjectAccess.read'>> {
  const { row, events, standing, lastId } = await theRequest(db, id, actor)
  const [person] = await recordsOf(db, [keptIdOf(db, row.personId)], actor)
  const nameOf = await accountNames(db)
  const { reference, kind, receivedOn, requester, requesterName, contact, entitledBy, answerBy, wanted } = row
  return {
    ...{ id, reference, kind, receivedOn, requester, requesterName, contact, entitledBy, answerBy, wanted },
    ...{ personId: person?.personId ?? row.personId, name: person?.name ?? '' },
    ...{ from: row.fromDay, to: row.toDay },
    ...{ recordedAt: row.createdAt, recordedByName: nameOf(row.createdBy) },
    ...standing,
    ownerName: nameOf(standing.ownerId),
    events: events.map(({ id: eventId, event, onDay, toId, words, createdBy, createdAt }) => ({
      ...{ id: eventId, event, on: onDay, words, recordedAt: createdAt },
      ...{ toName: nameOf(toId), byName: nameOf(createdBy) }
    })),
    ...{ lastId, mayDo: mayHappen(standing, row) },
    exports: await answersOf(db, id, nameOf)
  }
}

async function accountNames(db: ReadDb): Promise<(id: Id) => string> {
  const rows = await db.select({ id: account.id, name: account.name }).from(account)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? ''
}

async function answersOf(db: ReadDb, requestId: Id, nameOf: (id: Id) => string): Promise<AnswerFile[]> {
  const rows = await db
    .select()
    .from(caseExport)
    .where(eq(caseExport.subjectId, requestId))
    .orderBy(desc(caseExport.createdAt), desc(caseExport.id))
  return rows.map(({ id, reference, createdAt, createdBy, format, included, excluded, isProtected }) => ({
    ...{ id, reference, at: createdAt, byName: nameOf(createdBy), included, excluded, isProtected },
    format: format === 'docx' ? 'docx' : 'pdf'
  }))
}

/**
 * The families of whom a request is about, so that whoever prepares the answer learns which one opens with a reason. Nothing
 * of them is told but their reference.
 *
 * @throws Refusal not-found
 */
export async function familiesOfRequest(
  db: ReadDb,
  { id }: Parsed<'subjectAccess.families'>,
  actor: Actor
): Promise<Output<'subjectAccess.families'>> {
  const [row] = await db.select().from(subjectRequest).where(eq(subjectRequest.id, id))
  if (!row) return notFound()
  const keptId = keptIdOf(db, row.personId)
  const ids = new Set(
    membersBeside(db, [keptId])
      .filter((member) => member.keptId === keptId)
      .map(({ familyId }) => familyId)
  )
  const rows = await db
    .select({ id: family.id, reference: family.reference })
    .from(family)
    .where(inArray(family.id, [...ids]))
  const families: Output<'subjectAccess.families'> = []
  for (const each of rows) {
    const opening = await openingOf(db, each.id, actor)
    if (opening === 'no') throw new Refusal({ code: 'not-found' })
    families.push({ ...each, isOpen: opening === 'yes' })
  }
  return families
}
