import { newId } from '../../shared/ids.ts'
import type { ImportProgress } from '../../shared/school/school.ts'
import { hub } from '../hub.ts'
import { useFollowed } from '../import/useFollowed.ts'

const runs = ({ stage }: ImportProgress) => stage === 'reading' || stage === 'storing'

/** The import of schools under way; `done` is told when one has ended. */
export function useImport(done: () => void) {
  const { progress, error, running, show, ask, forget } = useFollowed<ImportProgress>({
    start: { stage: 'none' },
    runs,
    look: () => hub['school.importProgress']({}),
    shown: (now, was) => {
      if (now.stage === 'done' && was.stage !== 'done') done()
    }
  })

  const choose = () => ask(hub['school.chooseImport']({}))
  const confirm = (importId: string) => ask(hub['school.confirmImport']({ importId }))

  async function cancel() {
    const now = progress.value
    const importId = now.stage === 'previewed' ? now.preview.importId : newId()
    const answer = await hub['school.cancelImport']({ importId })
    if (answer.ok) show(answer.value)
  }

  async function findAgain() {
    const answer = await hub['school.importProgress']({})
    if (answer.ok && (runs(answer.value) || answer.value.stage === 'previewed')) show(answer.value)
  }

  return { progress, error, running, choose, confirm, cancel, findAgain, close: forget }
}
