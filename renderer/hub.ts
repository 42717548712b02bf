import { ref } from 'vue'
import type { Bridge } from '../shared/ipc/bridge.ts'
import type { Hub } from '../shared/ipc/contract.ts'
import { operations, type Operation } from '../shared/ipc/operations.ts'
import type { Result } from '../shared/errors.ts'

declare global {
  interface Window {
    hub: Bridge
  }
}

/** The fault that the one banner shows; `reference` is '' when nobody gave one. */
export const fault = ref<{ reference: string }>()

let locked: () => void = () => undefined

/** Told when an operation finds the desk locked. */
export function onLocked(callback: () => void) {
  locked = callback
}

async function call(name: Operation, input: unknown): Promise<Result<unknown>> {
  const result = await ask(name, input)
  if (!result.ok) {
    // a draft that is not saved says so beside itself, and tries again by itself
    if (result.error.code === 'fault' && name !== 'call.saveDraft' && name !== 'draft.save')
      fault.value = { reference: result.error.reference }
    if (result.error.code === 'locked') locked()
  }
  return result
}

async function ask(name: Operation, input: unknown): Promise<Result<unknown>> {
  try {
    const send = window.hub[name] as (input: unknown) => Promise<Result<unknown>>
    // a form's values are reactive proxies, which do not cross the bridge; inputs are plain JSON by contract
    return await send(JSON.parse(JSON.stringify(input)))
  } catch {
    return { ok: false, error: { code: 'fault', reference: '' } }
  }
}

/** Every operation. A fault raises the banner, a locked desk shows the lock; both come back as well. */
export const hub = Object.fromEntries(
  operations.map((name) => [name, (input: unknown) => call(name, input)])
) as Hub
