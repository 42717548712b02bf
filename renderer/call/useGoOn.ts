import { useRouter } from 'vue-router'
import { useOpenCalls } from './openCalls.ts'

/** On from a call that is no longer open: to the next open one, or to the desk. */
export function useGoOn(): () => Promise<void> {
  const openCalls = useOpenCalls()
  const router = useRouter()
  return async () => {
    await router.replace(openCalls.currentId ? `/calls/new/${openCalls.currentId}` : '/')
  }
}
