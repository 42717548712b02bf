import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { EpisodePerson } from '../../shared/episode/episode.ts'
import { isOfRecord, type CaseNotesExport } from '../../shared/export/caseNotes.ts'
import type {
  ExportedAssessment,
  ExportedEntry,
  ExportedPerson,
  ExportedPlan
} from '../../shared/export/caseNotesFile.ts'
import { chosenOf, type Chosen } from '../../shared/export/leftOut.ts'
import { nothingCounted, type ExportTally } from '../../shared/export/tally.ts'
import { recordName, type ToldRecord } from '../../shared/export/told.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import type { Id } from '../../shared/ids.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Names } from '../../shared/words/facts.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { othersBroughtIn } from '../caseImport/readBroughtIn.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'
import { readFamily } from '../family/readFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { countFiles } from './exportedNotes.ts'
import { selectAssessments } from './selectAssessments.ts'
import { selectChronology } from './selectChronology.ts'
import { selectNotes } from './selectNotes.ts'
import { selectCall, selectRecords } from './selectRecords.ts'

/** What goes into an export and what does not, but for the words of the notes, which are read when they are written. */
export interface Gathered {
  /** '' of a call, which is of no family. */
  familyId: Id
  familyReference: string
  hubId: Id
  /** Whose they are, or which record it is, in words: `Family FAM-7KQ3-000004`. */
  of: string
  people: EpisodePerson[]
  names: Names
  chosen: Chosen
  noteIds: Id[]
  records: ToldRecord[]
  assessments: ExportedAssessment[]
  plans: ExportedPlan[]
  entries: ExportedEntry[]
  tally: ExportTally
}

/**
 * Judges everything of what was chosen. Whoever gets a call decides what of it goes.
 *
 * @throws Refusal not-found, family-restricted, and what `giveWay` throws
 */
export function gather(
  store: Store,
  draft: CaseNotesExport,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<Gathered> {
  const chosen = chosenOf(draft)
  return chosen.scope === 'call'
    ? gatherCall(store, chosen, draft.receiver === 'caller', actor)
    : gatherFamily(store, chosen, actor, giveWay)
}

async function gatherCall(
  store: Store,
  chosen: Chosen,
  isForCaller: boolean,
  actor: Actor
): Promise<Gathered> {
  const { records, counted, passages, hubId, of } = await store.read((db) =>
    selectCall(db, chosen.subjectId, isForCaller, actor)
  )
  return {
    ...{ familyId: '', familyReference: '', hubId, of, people: [], names: nobodyNamed, chosen },
    ...{ noteIds: [], records, assessments: [], plans: [], entries: [] },
    tally: {
      ...{ records: counted, passages },
      ...{ notes: null, chronology: null, assessment: null, plan: null, files: null }
    }
  }
}

const nobodyNamed: Names = {
  person: () => 'Not known',
  hub: () => 'Not known',
  account: () => 'somebody at the desk'
}

/** Judges everything of a family, a piece at a time, so that nobody who types waits. */
async function gatherFamily(
  store: Store,
  chosen: Chosen,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<Gathered> {
  const today = londonDate(actor.now)
  const { family, people, tells, settings } = await store.read(async (db) => ({
    // lets nobody by who may not open it
    family: await readFamily(db, { id: chosen.familyId }, actor),
    people: [...peopleKnown(db, chosen.familyId, today), ...peopleElsewhere(db, chosen)],
    tells: tellsWithheldOf(knownFamily(db, chosen.familyId)),
    settings: await settingsInRecord(db)
  }))
  const names = namesOf({ people, chosen }, rulesOn(settings, today))
  // of notes that do not go themselves the chronology tells too
  const notes =
    chosen.notes || chosen.chronology
      ? await selectNotes(store, chosen, tells, giveWay)
      : { ids: [], fates: new Map<Id, undefined>(), counted: nothingCounted() }
  const record = isOfRecord(chosen.scope)
    ? await store.read((db) => selectRecords(db, chosen, tells, actor))
    : { records: [], counted: null, passages: null }
  const files = await countFiles(store, chosen, notes.fates, giveWay)
  const chronology = chosen.chronology
    ? await selectChronology(
        store,
        chosen,
        { fates: notes.fates, names, tellsWithheld: tells },
        actor,
        giveWay
      )
    : { entries: [], counted: null }
  const assessed = chosen.assessment
    ? await store.read((db) => selectAssessments(db, family.episodes, chosen, tells, actor))
    : { assessments: [], plans: [], assessment: null, plan: null }
  return {
    ...{ familyId: family.id, familyReference: family.reference, hubId: family.hubId },
    ...{ of: subjectWords(family, chosen, names, record.records), people, names, chosen },
    ...{ noteIds: chosen.notes ? notes.ids : [], records: record.records },
    ...{ assessments: assessed.assessments, plans: assessed.plans, entries: chronology.entries },
    tally: {
      ...{ records: record.counted, passages: record.passages },
      notes: chosen.notes ? notes.counted : null,
      chronology: chronology.counted,
      assessment: assessed.assessment,
      plan: assessed.plan,
      files
    }
  }
}

/** Whom case notes that were brought in name, and who never was of the family here. */
const peopleElsewhere = (db: ReadDb, { familyId, episodeId }: Chosen): EpisodePerson[] =>
  othersBroughtIn(db, familyId, episodeId).map(({ id, name, role }) => ({
    ...{ keptId: id, personIds: [id], name, role, isHere: false, until: '' }
  }))

/** `Assessment FFA-7KQ3-000012 of family FAM-7KQ3-000004`: whose case notes they are. */
function subjectWords(
  { reference, episodes }: Pick<FamilyRecord, 'reference' | 'episodes'>,
  chosen: Chosen,
  names: Names,
  [record]: readonly ToldRecord[]
): string {
  if (chosen.scope === 'child') return `${names.person(chosen.personId)}, of family ${reference}`
  const assessment = episodes.find(({ id }) => id === chosen.episodeId)
  if (!assessment) return `Family ${reference}`
  const of = `ssessment ${assessment.reference} of family ${reference}`
  return record ? `${recordName(record)}, a${of}` : `A${of}`
}

/**
 * Accounts stand only in what is left out as the desk's own work. Of another child than the one whose case notes they are
 * nothing is told but that there is one.
 */
function namesOf({ people, chosen }: Pick<Gathered, 'people' | 'chosen'>, { hubs }: Rules): Names {
  const mayName = mayBeNamed(chosen)
  const byId = new Map(
    people.flatMap((person) => {
      const name = mayName(person) ? nameOfPerson(person) : 'another child of the family'
      return person.personIds.map((id) => [id, name] as const)
    })
  )
  return {
    person: (id) => byId.get(id) ?? 'Not known',
    hub: (id) => hubs.find(({ key }) => key === id)?.name ?? 'Not known',
    account: () => 'somebody at the desk'
  }
}

/** The people that an export may name: of one child's, that child and whoever is grown up. */
const mayBeNamed =
  ({ scope, alsoAboutOthers, personId }: Chosen) =>
  ({ keptId, role }: EpisodePerson): boolean =>
    scope !== 'child' || alsoAboutOthers || keptId === personId || (role !== 'child' && role !== 'unborn')

export const exportedPeople = ({ people, chosen }: Pick<Gathered, 'people' | 'chosen'>): ExportedPerson[] =>
  people
    .filter(mayBeNamed(chosen))
    .map((person) => ({ id: person.keptId, name: nameOfPerson(person), role: person.role }))
