import { useRoute, useRouter } from 'vue-router'
import type { Id } from '../../shared/ids.ts'
import { newId } from '../../shared/ids.ts'
import { useCommand } from '../session/commands.ts'
import { useMay } from '../session/useMay.ts'

export const ADD_NOTE_KEY = 'F3'

/** "Add a case note" from every part of an assessment's page, and by its key. */
export function useAddNote(episodeId: () => Id): () => void {
  const route = useRoute()
  const router = useRouter()
  const may = useMay()
  const add = () => void router.push(`/assessments/${episodeId()}/note/${newId()}`)
  useCommand({
    id: 'add-a-case-note',
    label: 'Add a case note',
    shortcut: ADD_NOTE_KEY,
    // whoever types one already has pressed a wrong key
    when: () => may('note.add') && !route.path.includes('/note/'),
    run: add
  })
  return add
}
