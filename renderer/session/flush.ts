import { onScopeDispose } from 'vue'

const callbacks = new Set<() => Promise<void>>()

/** Registers what saves half-typed work before the desk locks or closes, for as long as the component lives. */
export function onFlush(save: () => Promise<void>) {
  callbacks.add(save)
  onScopeDispose(() => callbacks.delete(save))
}

/** Saves everything there is to save; one failure does not keep the others from trying. */
export async function flushAll(): Promise<void> {
  const outcomes = await Promise.allSettled([...callbacks].map((save) => save()))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
