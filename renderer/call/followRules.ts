import { watch } from 'vue'
import { useSession } from '../session/useSession.ts'
import { proposeCallBack, withdrawCallBack } from './outOfHours.ts'
import type { TheCall } from './theCall.ts'

/**
 * What the form proposes as answers change. It only fills in what is empty, and takes back only what it filled in.
 * R13, R14: a caller the hub is not for is turned away. R12: a call out of hours is a message, to be rung back.
 */
export function followRules({ draft, standing }: TheCall): void {
  const session = useSession()
  const me = () => session.account?.name ?? ''
  const isTurnedAway = () => standing.value.gate.answer === 'turned-away'

  watch(
    () => !isTurnedAway() && !standing.value.inHours,
    (isMessage) => {
      if (isMessage) proposeCallBack(draft, standing.value.opening, me())
      else withdrawCallBack(draft, me())
    }
  )
  watch(isTurnedAway, (now) => {
    if (now && draft.outcome === '') draft.outcome = 'turned-away'
    if (!now && draft.outcome === 'turned-away') draft.outcome = standing.value.inHours ? '' : 'call-back'
  })
}
