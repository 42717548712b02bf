import type { ChronologyRow } from '../family/chronology.ts'
import type { CivilDate, Id } from '../ids.ts'
import type { NoteKind } from '../note/note.ts'
import { readDate } from '../time/civilDate.ts'
import type { ExportSelection } from './caseNotes.ts'
import type { ExportedEntry } from './caseNotesFile.ts'
import type { Exclusion } from './tally.ts'

/** A selection with its days read; '' where it is open at that end. */
export type Chosen = Omit<ExportSelection, 'from' | 'to'> & { from: CivilDate; to: CivilDate }

export const chosenOf = (selection: ExportSelection): Chosen => ({
  ...selection,
  ...goingAlong(selection),
  from: readDate(selection.from),
  to: readDate(selection.to)
})

/** What goes with a call is its receipt, and nothing of any family; the files on the notes go with the notes. */
function goingAlong(
  selection: ExportSelection
): Pick<ExportSelection, 'kinds' | 'notes' | 'chronology' | 'assessment' | 'files'> {
  const { scope, kinds, notes, chronology, assessment, files } = selection
  if (scope === 'call') return { kinds: [], notes: false, chronology: false, assessment: false, files: false }
  return { kinds: notes ? kinds : [], notes, chronology, assessment, files: files && notes }
}

const isOutside = (on: CivilDate, { from, to }: Chosen): boolean => on < from || (to !== '' && on > to)

/** What a case note is judged by. */
export interface NoteToJudge {
  /** The day in London on which it happened. */
  on: CivilDate
  kind: NoteKind
  familyMaySee: boolean
  /** It is about somebody of the family other than the child whose notes they are. */
  isAboutOthers: boolean
  /** It, or something that was added to it, tells an address or phone number that is withheld. */
  tellsWithheld: boolean
}

/** Why a note of what was chosen is left out; undefined where it goes. */
export function noteLeftOut(note: NoteToJudge, chosen: Chosen): Exclusion | undefined {
  if (isOutside(note.on, chosen)) return 'dates'
  if (chosen.kinds.length > 0 && !chosen.kinds.includes(note.kind)) return 'kind'
  if (note.isAboutOthers && isOneChild(chosen)) return 'about-others'
  if (!note.familyMaySee && !chosen.restricted) return 'restricted'
  if (note.tellsWithheld) return 'withheld'
  return undefined
}

const isOneChild = ({ scope, alsoAboutOthers }: Chosen): boolean => scope === 'child' && !alsoAboutOthers

/** What an entry of the chronology is judged by beside itself. */
export interface EntriesKnown {
  /** Why the note of this id, or the one that it was added to, is left out; `unknown` where it is none of these notes. */
  noteLeftOut: (id: Id) => Exclusion | undefined | 'unknown'
  /** What was entered in error, by `ofId`: no version of it goes. */
  wrong: ReadonlySet<Id>
  tellsWithheld: (row: ChronologyRow) => boolean
}

/** How the desk looked after its own record: nothing that happened to the family. */
const deskOnly: readonly string[] = ['access', 'check', 'merge'] satisfies ChronologyRow['kind'][]

/** Why an entry of the chronology is left out; undefined where it goes. */
export function entryLeftOut(row: ChronologyRow, chosen: Chosen, known: EntriesKnown): Exclusion | undefined {
  if (isOfAnother(row, chosen)) return 'other-assessment'
  if (isOutside(row.on, chosen)) return 'dates'
  if (deskOnly.includes(kindThere(row)) || isRestriction(row)) return 'desk'
  if (isWrong(row, known.wrong)) return 'in-error'
  if (isOneChild(chosen) && isAboutOthers(row, chosen.personId)) return 'about-others'
  if (isOfNoteLeftOut(row, known)) return 'note-left-out'
  if ((isWarning(row) || isKeptNote(row)) && !chosen.restricted) return 'restricted'
  if ((row.kind === 'fact' && row.body.withheld) || known.tellsWithheld(row)) return 'withheld'
  return undefined
}

const isOfAnother = ({ episodeId }: ChronologyRow, chosen: Chosen): boolean =>
  chosen.episodeId !== '' && episodeId !== '' && episodeId !== chosen.episodeId

/** The kind of an entry, and of one that was brought in, as the desk there called it. */
const kindThere = (row: ChronologyRow): string => (row.kind === 'brought-in' ? row.body.entry.kind : row.kind)

const isRestriction = (row: ChronologyRow): boolean => factKindOf(row) === 'restriction'
/** A note of which only the chronology was brought in, and which the family may not see. */
const isKeptNote = (row: ChronologyRow): boolean =>
  row.kind === 'brought-in' && row.body.entry.kind === 'note' && row.body.entry.body['familyMaySee'] !== true
/** For whoever visits: nobody of the family is to read it. */
const isWarning = (row: ChronologyRow): boolean => factKindOf(row) === 'warning'

/** Of a fact that was told here or at the desk that it was brought in from; undefined of anything else. */
function factKindOf(row: ChronologyRow): unknown {
  if (row.kind === 'fact') return row.body.kind
  return row.kind === 'brought-in' && row.body.entry.kind === 'fact' ? row.body.entry.body['kind'] : undefined
}

function isWrong(row: ChronologyRow, wrong: ReadonlySet<Id>): boolean {
  if (row.kind === 'call') return row.body.inError
  return isVersion(row) && wrong.has(row.body.ofId)
}

const isVersion = (row: ChronologyRow) => row.kind === 'fact' || row.kind === 'member' || row.kind === 'team'

function isAboutOthers(row: ChronologyRow, personId: Id): boolean {
  if (row.kind === 'sharing') return row.body.personIds.some((id) => id !== personId)
  if (factKindOf(row) === 'relation') return true
  return row.kind === 'brought-in' && isSharedAboutOthers(row.body.entry, personId)
}

/** Whom something was about that was shared at another desk, only the file knows: where that is not one person, it may be others. */
const isSharedAboutOthers = ({ kind, body }: ExportedEntry, personId: Id): boolean =>
  kind === 'sharing' && JSON.stringify(body['personIds']) !== JSON.stringify([personId])

function isOfNoteLeftOut(row: ChronologyRow, { noteLeftOut: leftOut }: EntriesKnown): boolean {
  if (row.kind === 'note') return leftOut(row.id) !== undefined
  if (row.kind === 'brought-in') return isOfFileLeftOut(row.body.entry, leftOut)
  return row.kind === 'file' && row.body.attachedTo === 'note' && leftOut(row.body.attachedId) !== undefined
}

/** A file that did not come along is told of by its entry, as long as its note goes. */
function isOfFileLeftOut({ kind, body }: ExportedEntry, leftOut: EntriesKnown['noteLeftOut']): boolean {
  const { attachedTo, attachedId } = body
  if (kind !== 'file' || attachedTo !== 'note') return false
  return typeof attachedId !== 'string' || leftOut(attachedId) !== undefined
}

/** Whatever the newest version says was entered in error, by `ofId`. */
export function enteredInError(rows: readonly ChronologyRow[]): ReadonlySet<Id> {
  const newest = new Map<Id, { recorded: string; inError: boolean }>()
  for (const { body, recordedAt, id } of rows.filter(isVersion)) {
    const recorded = `${recordedAt} ${id}`
    const before = newest.get(body.ofId)
    if (!before || recorded > before.recorded) newest.set(body.ofId, { recorded, inError: body.inError })
  }
  return new Set([...newest].filter(([, { inError }]) => inError).map(([ofId]) => ofId))
}
