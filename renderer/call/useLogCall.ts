import { useRouter } from 'vue-router'
import { useOpenCalls } from './openCalls.ts'

/** "Log a call": starts a call and goes to it. */
export function useLogCall(): () => Promise<void> {
  const openCalls = useOpenCalls()
  const router = useRouter()
  return async () => {
    const id = await openCalls.start()
    await router.push(`/calls/new/${id}`)
  }
}
