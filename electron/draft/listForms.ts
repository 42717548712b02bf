import { and, desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { family, familyIndex, formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FormDraftRow } from '../../shared/draft/draft.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, standingColumns } from '../family/readableFamily.ts'

const MOST = 200
const typed = (path: string) => sql<string>`coalesce(json_extract(${formDraft.body}, ${`$.${path}`}), '')`

const practitionerName = sql`coalesce((SELECT p.name FROM practitioner p WHERE p.id = ${typed('practitionerId')}), '')`

/** A step-down is known by its reference; one that is not received yet has none. */
const stepDownTitle = sql`coalesce((SELECT s.reference FROM step_down s WHERE s.id = ${typed('stepDownId')}), '')`

/** What is exported of no family is a call. */
const typedCall = sql<string>`iif(${formDraft.kind} = 'export' AND ${typed('familyId')} = '', ${typed('subjectId')}, '')`

/** The first name of a registration, the caller of a check, the keyworker of a cover; '' of a form about a family of the record. */
const typedTitle = sql<string>`CASE ${formDraft.kind}
  WHEN 'registration' THEN coalesce((SELECT trim(each.value ->> 'name')
    FROM json_each(${formDraft.body}, '$.people') each WHERE trim(each.value ->> 'name') <> '' LIMIT 1), '')
  WHEN 'check' THEN ${typed('callerName')}
  WHEN 'step-down' THEN ${stepDownTitle}
  WHEN 'return' THEN ${stepDownTitle}
  WHEN 'decision' THEN ${stepDownTitle}
  WHEN 'triage-letter' THEN ${stepDownTitle}
  WHEN 'subject-access' THEN ${typed('requesterName')}
  WHEN 'export' THEN coalesce((SELECT c.reference FROM call c WHERE c.id = ${typedCall}), '')
  WHEN 'cover' THEN ${practitionerName}
  WHEN 'reassignment' THEN ${practitionerName}
  WHEN 'hand-over' THEN ${practitionerName}
  ELSE '' END`

/**
 * My unfinished forms, the last one touched first. A draft is its owner's alone. A form about a family of the record is
 * known by its children and its reference; by the reference alone where it has been closed to its owner since.
 */
export async function listForms(db: ReadDb, _input: object, actor: Actor): Promise<FormDraftRow[]> {
  const familyId = typed('familyId')
  const rows = await db
    .select({
      id: formDraft.id,
      kind: formDraft.kind,
      savedAt: formDraft.savedAt,
      title: typedTitle,
      familyId,
      episodeId: typed('episodeId'),
      practitionerId: typed('practitionerId'),
      stepDownId: typed('stepDownId'),
      meetingId: typed('meetingId'),
      callId: typedCall,
      reference: family.reference,
      names: childNames(sql`${familyIndex.familyId}`, londonDate(actor.now)),
      standing: standingColumns(actor)
    })
    .from(formDraft)
    .leftJoin(family, eq(family.id, familyId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, familyId))
    .where(and(eq(formDraft.ownerId, actor.id), eq(formDraft.setAsideAt, '')))
    .orderBy(desc(formDraft.savedAt), desc(formDraft.id))
    .limit(MOST)
  return rows.map(({ reference, names, standing, ...row }) => ({
    ...row,
    title: [row.title, standing && isOpenTo(actor, standing) ? names : '', reference]
      .filter(Boolean)
      .join(', ')
  }))
}
