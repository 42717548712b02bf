import { newId } from '../../shared/ids.ts'
import type { StepDownImportProgress } from '../../shared/stepDown/import.ts'
import { hub } from '../hub.ts'
import { useFollowed } from '../import/useFollowed.ts'

const runs = ({ stage }: StepDownImportProgress) =>
  stage === 'reading' || stage === 'comparing' || stage === 'storing'

/** The import of step-downs under way, or the last one that did not end. */
export function useStepDownImport() {
  const { progress, error, show, ask, lookAgain } = useFollowed<StepDownImportProgress>({
    start: { stage: 'none' },
    runs,
    look: () => hub['stepDown.importProgress']({})
  })

  async function choose() {
    await ask(hub['stepDown.chooseImport']({}))
    // no file was chosen: what was here before is here again
    if (progress.value.stage === 'none' && !error.value) await lookAgain()
  }
  const confirm = (importId: string) => ask(hub['stepDown.confirmImport']({ importId }))

  /** Before anything is stored it is given up, while it is stored it stops; an unfinished one is told of no more. */
  async function cancel() {
    const now = progress.value
    const importId =
      now.stage === 'previewed' ? now.preview.importId : now.stage === 'unfinished' ? now.importId : newId()
    const answer = await hub['stepDown.cancelImport']({ importId })
    error.value = answer.ok ? undefined : answer.error
    if (answer.ok) show(answer.value)
  }

  return { progress, error, choose, confirm, cancel, findAgain: lookAgain }
}
