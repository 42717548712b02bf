import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import {
  advice,
  agreement,
  assessment,
  assessmentCheck,
  caseExport,
  caseNote,
  cover,
  episodeClosure,
  family,
  impactMeetingRecord,
  letter,
  meetingRecord,
  reassignment,
  sharing,
  stepDownDecision,
  stepDownLetter,
  stepDownReturn,
  stepDownVersion,
  stepUp,
  subjectRequest,
  transfer
} from '../../db/schema/index.ts'
import type { DraftKind } from '../../shared/draft/draft.ts'
import type { Id } from '../../shared/ids.ts'

/** What a form of each kind becomes, under its own id. */
const filedAs = {
  registration: family,
  agreement,
  withdrawal: agreement,
  sharing,
  check: assessmentCheck,
  assessment,
  note: caseNote,
  meeting: meetingRecord,
  closing: episodeClosure,
  transfer,
  cover,
  reassignment,
  'hand-over': caseExport,
  letter,
  advice,
  'step-down': stepDownVersion,
  return: stepDownReturn,
  decision: stepDownDecision,
  'triage-letter': stepDownLetter,
  'step-up': stepUp,
  outcomes: impactMeetingRecord,
  'subject-access': subjectRequest,
  export: caseExport
} as const satisfies Record<DraftKind, unknown>

/** Has this form been filed? */
export async function isFiled(db: ReadDb, kind: DraftKind, id: Id): Promise<boolean> {
  const table = filedAs[kind]
  return (await db.$count(table, eq(table.id, id))) > 0
}
