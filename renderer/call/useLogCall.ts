import { useRouter } from 'vue-router'
import type { FiledCall } from '../../shared/call/call.ts'
import { useOpenCalls } from './openCalls.ts'

interface LogCall {
  /** "Log a call": starts a call and goes to it. */
  (): Promise<void>
  /** "Log a further call about this": goes to a call that carries over the children and the school (L20). */
  further: (to: FiledCall) => Promise<void>
}

export function useLogCall(): LogCall {
  const openCalls = useOpenCalls()
  const router = useRouter()
  const goTo = (id: string) => router.push(`/calls/new/${id}`)

  const logCall = async () => {
    await goTo(await openCalls.start())
  }
  const further = async (to: FiledCall) => {
    await goTo(await openCalls.startFurther(to))
  }
  return Object.assign(logCall, { further })
}
