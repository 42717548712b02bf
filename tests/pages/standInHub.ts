import type { AppError, Result } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Operation } from '../../shared/ipc/operations.ts'

export const ok = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value })
export const no = (error: AppError): Promise<Result<never>> => Promise.resolve({ ok: false, error })

/** A `window.hub` that answers what it is given, notes what it is asked, and knows nothing else. */
export function standInHub(answers: Partial<Bridge>) {
  const asked: { name: string; input: unknown }[] = []
  window.hub = new Proxy(answers, {
    get(target, name: keyof Bridge) {
      if (name === 'onFlush') return target.onFlush ?? (() => undefined)
      return (input: never) => {
        asked.push({ name, input })
        const answer = target[name] as ((input: never) => unknown) | undefined
        return answer ? answer(input) : no({ code: 'fault', reference: '7F3A' })
      }
    }
  }) as Bridge
  return { asked: (name: Operation) => asked.filter((call) => call.name === name).map(({ input }) => input) }
}
