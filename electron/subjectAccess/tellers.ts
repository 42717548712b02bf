import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { ItemKind, ItemRef } from '../../shared/subjectAccess/request.ts'
import type { Subject } from './subject.ts'
import { toldAssessments } from './toldAssessments.ts'
import { toldEntries } from './toldEntries.ts'
import { toldNotes } from './toldNotes.ts'
import { toldOutcomes } from './toldOutcomes.ts'

/** What is needed to tell items of somebody; whoever asks has been let into every family of theirs. */
export interface Telling {
  db: ReadDb
  subject: Subject
  actor: Actor
}

/** Tells items of one kind, in any order. What has gone since is left out. */
export type Teller = (telling: Telling, refs: readonly ItemRef[]) => Promise<ToldRecord[]>

export const tellers: Record<ItemKind, Teller> = {
  note: toldNotes,
  entry: toldEntries,
  assessment: toldAssessments,
  outcome: toldOutcomes
}
