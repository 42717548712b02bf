import { watch } from 'vue'
import type { z } from 'zod'
import { useForm } from '../ui/useForm.ts'
import { useWaiting, type WaitingKey } from './waiting.ts'

/**
 * The form of one act on an item that waits. `texts` are what a person types in it: they are there again when the form
 * is closed and opened, as when the phone rings in between.
 */
export function useActForm<S extends z.ZodType, F extends object, T extends Record<string, string>>(
  schema: S,
  item: WaitingKey,
  fixed: F,
  texts: T
) {
  const waiting = useWaiting()
  const kept = waiting.typedIn(item)
  const names = Object.keys(texts)
  const again = Object.fromEntries(names.map((name) => [name, kept[name] ?? texts[name] ?? '']))
  const form = useForm(schema, { ...fixed, ...texts, ...again })
  watch(
    () => names.map((name) => [name, String(Reflect.get(form.values, name))]),
    (now) => {
      waiting.keepTyped(item, Object.fromEntries(now) as Record<string, string>)
    }
  )
  return form
}
