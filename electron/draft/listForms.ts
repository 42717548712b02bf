import { and, desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { family, formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FormDraftRow } from '../../shared/draft/draft.ts'

const MOST = 200
const typed = (path: string) => sql<string>`coalesce(json_extract(${formDraft.body}, ${`$.${path}`}), '')`

/** The first name of a registration, the caller of a check, the reference of the family that an agreement is of. */
const title = sql<string>`CASE ${formDraft.kind}
  WHEN 'registration' THEN coalesce((SELECT trim(each.value ->> 'name')
    FROM json_each(${formDraft.body}, '$.people') each WHERE trim(each.value ->> 'name') <> '' LIMIT 1), '')
  WHEN 'check' THEN ${typed('callerName')}
  ELSE coalesce(${family.reference}, '') END`

/** My unfinished forms, the last one touched first. A draft is its owner's alone. */
export async function listForms(db: ReadDb, _input: object, actor: Actor): Promise<FormDraftRow[]> {
  const familyId = typed('familyId')
  return db
    .select({
      id: formDraft.id,
      kind: formDraft.kind,
      savedAt: formDraft.savedAt,
      title,
      familyId,
      episodeId: typed('episodeId')
    })
    .from(formDraft)
    .leftJoin(family, eq(family.id, familyId))
    .where(and(eq(formDraft.ownerId, actor.id), eq(formDraft.setAsideAt, '')))
    .orderBy(desc(formDraft.savedAt), desc(formDraft.id))
    .limit(MOST)
}
