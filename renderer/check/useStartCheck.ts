import { useRouter } from 'vue-router'
import { newId } from '../../shared/ids.ts'

/** "Check for an open assessment": goes to a new form. */
export function useStartCheck() {
  const router = useRouter()
  return () => router.push(`/checks/new/${newId()}`)
}
