import type { ExportedNote } from '../../shared/export/caseNotesFile.ts'
import type { ToldRecord, ToldText } from '../../shared/export/told.ts'
import { londonDate, showDateTime } from '../../shared/time/london.ts'
import type { Names } from '../../shared/words/facts.ts'
import { noteKindLabels } from '../../shared/words/labels.ts'
import { exportedNotes } from '../export/exportedNotes.ts'
import type { Teller } from './tellers.ts'

/** Case notes with whom they name, what was added to them and their files. */
export const toldNotes: Teller = ({ db, subject }, refs) =>
  Promise.resolve(
    exportedNotes(
      db,
      refs.map(({ id }) => id),
      0,
      false
    ).map((note) => toldNote(note, subject.names))
  )

const toldNote = (note: ExportedNote, names: Names): ToldRecord => ({
  ...{ id: note.id, kind: 'note', reference: '', title: noteKindLabels[note.kind] },
  ...{ on: londonDate(note.happenedAt), recordedAt: note.recordedAt, byName: note.byName },
  texts: [
    // of what was brought in it is what another desk typed
    { path: 'assessment', label: 'Assessment', text: note.episodeReference },
    { path: 'about', label: 'About', text: named(note.aboutIds, names) },
    {
      path: 'present',
      label: 'There',
      text: [named(note.presentIds, names), note.present].filter(Boolean).join(', ')
    },
    { path: 'words', label: 'Note', text: note.words },
    { path: 'childsVoice', label: 'The child’s voice', text: note.childsVoice },
    ...(note.familyMaySee ? [] : [restricted(note)]),
    ...note.addenda.flatMap(toldAddendum)
  ],
  files: [...note.files, ...note.addenda.flatMap(({ files }) => files)]
})

const named = (ids: readonly string[], names: Names): string => ids.map((id) => names.person(id)).join(', ')

const restricted = ({ restrictedWhy }: ExportedNote): ToldText => ({
  path: 'restrictedWhy',
  label: 'The family may not see this note',
  text: restrictedWhy
})

const toldAddendum = ({ id, words, byName, recordedAt }: ExportedNote['addenda'][number]): ToldText[] => [
  { path: `addenda.${id}`, label: 'Added later', text: words },
  { path: `addenda.${id}.by`, label: 'Added by', text: `${byName}, ${showDateTime(recordedAt)}` }
]
