import type { Id } from '../../shared/ids.ts'
import type { NoteKind, NoteRow } from '../../shared/note/note.ts'
import { hub } from '../hub.ts'
import { useNarrowed } from '../ui/useNarrowed.ts'

/** What the notes are narrowed to; empty parts narrow nothing. */
export interface NotesFilter {
  noteId: Id
  kinds: NoteKind[]
  personId: Id
  text: string
}

export const everyNote: NotesFilter = { noteId: '', kinds: [], personId: '', text: '' }

/** The case notes of an assessment. */
export const useNotes = (of: () => { familyId: Id; episodeId: Id }) =>
  useNarrowed<NotesFilter, NoteRow>(everyNote, (filter, after) =>
    hub['note.list']({ ...of(), ...filter, after })
  )
