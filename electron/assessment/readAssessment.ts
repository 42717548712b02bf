import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type {
  AssessmentEntry,
  AssessmentRecord,
  AssessmentVersion
} from '../../shared/assessment/assessment.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { writersName } from '../family/peopleOf.ts'
import { letIn, standingFor, type Standing } from '../family/readableFamily.ts'

interface Found extends Standing {
  entries: string
  versions: string
}

/**
 * What was assessed: of each person and domain what was written last, by whom and when, by the records that count; and every
 * version, the newest first. One question, however much was written.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readAssessment(
  db: ReadDb,
  { episodeId }: Parsed<'assessment.read'>,
  actor: Actor
): Promise<AssessmentRecord> {
  const found = letIn(
    db.get<Found | undefined>(sql`SELECT ${standingFor(actor)},
        (${standingEntries(sql`e.id`)}) AS entries, (${versions}) AS versions
      FROM episode e JOIN family_index ON family_index.family_id = e.family_id WHERE e.id = ${episodeId}`),
    actor
  )
  return {
    episodeId,
    entries: JSON.parse(found.entries) as AssessmentEntry[],
    versions: JSON.parse(found.versions) as AssessmentVersion[]
  }
}

/** Of each person and domain what was written last, up to a version where one is given. As JSON. */
function standingEntries(episodeId: SQL, isCounted: SQL = sql`1`): SQL {
  return sql`SELECT json_group_array(json_object(
      'personId', x.kept_id, 'domain', x.domain, 'strengths', x.strengths, 'needs', x.needs, 'views', x.views,
      'versionId', x.assessment_id, 'at', x.created_at, 'byName', ${writersName}))
    FROM (SELECT n.*, p.kept_id,
        row_number() OVER (PARTITION BY p.kept_id, n.domain ORDER BY n.created_at DESC, n.assessment_id DESC) AS place
      FROM assessment_entry n JOIN person_index p ON p.person_id = n.person_id
      WHERE n.episode_id = ${episodeId} AND ${isCounted}) x
    LEFT JOIN account a ON a.id = x.created_by WHERE x.place = 1`
}

/** What stood before a version of an assessment, in the same shape. */
export function entriesBefore(
  db: ReadDb,
  { id, episodeId, createdAt }: { id: Id; episodeId: Id; createdAt: string }
): AssessmentEntry[] {
  const isBefore = sql`(n.created_at, n.assessment_id) < (${createdAt}, ${id})`
  const { entries } = db.get<{ entries: string }>(
    sql`SELECT (${standingEntries(sql`${episodeId}`, isBefore)}) AS entries`
  )
  return JSON.parse(entries) as AssessmentEntry[]
}

const versions = sql`SELECT json_group_array(json_object(
    'id', v.id, 'number', v.number, 'note', v.note, 'at', v.created_at, 'byName', ${writersName},
    'changed', (SELECT count(*) FROM assessment_entry n WHERE n.assessment_id = v.id)) ORDER BY v.number DESC)
  FROM (SELECT *, row_number() OVER (ORDER BY created_at, id) AS number FROM assessment
    WHERE episode_id = e.id) v LEFT JOIN account a ON a.id = v.created_by`
