import { defineStore } from 'pinia'
import { watch } from 'vue'
import { useSession } from '../session/useSession.ts'

/** Forms of a family's page that were left in the middle, by what they are about. */
const useHalfTyped = defineStore('half-typed', () => {
  const session = useSession()
  const forms = new Map<string, string>()
  // nothing of one person's work is in the page when another unlocks the desk (L2)
  watch(
    () => session.account?.id,
    () => {
      forms.clear()
    }
  )
  return { forms }
})

/**
 * Keeps what is typed in a form: when the page is left in the middle, as when the phone rings, it stands in the form
 * again the next time. `forget` once it is saved, or the person said that it may go.
 */
export function useHalfTypedForm(about: string, values: object): { isBack: boolean; forget: () => void } {
  const { forms } = useHalfTyped()
  const before = forms.get(about)
  if (before !== undefined) Object.assign(values, JSON.parse(before))
  const stop = watch(
    () => JSON.stringify(values),
    (now) => {
      forms.set(about, now)
    }
  )
  return {
    isBack: before !== undefined,
    forget: () => {
      stop()
      forms.delete(about)
    }
  }
}
