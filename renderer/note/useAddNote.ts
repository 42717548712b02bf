import { useRouter } from 'vue-router'
import type { Id } from '../../shared/ids.ts'
import { newId } from '../../shared/ids.ts'
import { useCommand } from '../session/commands.ts'
import { useMay } from '../session/useMay.ts'

export const ADD_NOTE_KEY = 'F3'

/** "Add a case note" from every part of an assessment's page, and by its key. */
export function useAddNote(episodeId: () => Id): () => void {
  const router = useRouter()
  const may = useMay()
  const add = () => void router.push(`/assessments/${episodeId()}/note/${newId()}`)
  useCommand({
    id: 'add-a-case-note',
    label: 'Add a case note',
    shortcut: ADD_NOTE_KEY,
    when: () => may('note.add'),
    run: add
  })
  return add
}
