import type { CaseImportProgress } from '../../shared/caseImport/caseImport.ts'
import type { Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { hub } from '../hub.ts'
import { useFollowed } from '../import/useFollowed.ts'

const runs = ({ stage }: CaseImportProgress) => stage === 'reading' || stage === 'storing'

/** The import of case notes into a family that is under way, or the last one that did not end. */
export function useCaseImport(familyId: Id) {
  const { progress, error, show, ask, lookAgain } = useFollowed<CaseImportProgress>({
    start: { stage: 'none' },
    runs,
    look: () => hub['caseImport.progress']({ familyId })
  })

  async function choose() {
    await ask(hub['caseImport.choose']({ familyId }))
    // no file was chosen: what was here before is here again
    if (progress.value.stage === 'none' && !error.value) await lookAgain()
  }
  const open = (passphrase: string) => ask(hub['caseImport.open']({ familyId, passphrase }))
  const confirm = (chosen: Omit<Input<'caseImport.confirm'>, 'familyId'>) =>
    ask(hub['caseImport.confirm']({ familyId, ...chosen }))

  /** Before anything is stored it is given up, while it is stored it stops; an unfinished one is told of no more. */
  async function cancel() {
    const answer = await hub['caseImport.cancel']({ familyId })
    error.value = answer.ok ? undefined : answer.error
    if (answer.ok) show(answer.value)
  }

  return { progress, error, choose, open, confirm, cancel, findAgain: lookAgain }
}
