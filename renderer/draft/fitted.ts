import type { z } from 'zod'

type Path = readonly PropertyKey[]

/**
 * A copy of a draft that can be stored whatever was typed (L1): what is longer than its field is cut, a date that is
 * none is left out. `whole` is false where that lost something, so that the page can say so.
 */
export function fitted<Draft extends object>(
  schema: z.ZodType<Draft>,
  draft: Draft
): { copy: Draft; whole: boolean } {
  const parsed = schema.safeParse(draft)
  if (parsed.success) return { copy: parsed.data, whole: true }
  const copy = JSON.parse(JSON.stringify(draft)) as Draft
  for (const issue of parsed.error.issues) {
    const limit = issue.code === 'too_big' ? Number(issue.maximum) : 0
    change(copy, issue.path, (value) =>
      typeof value === 'string' || Array.isArray(value) ? value.slice(0, limit) : value
    )
  }
  return { copy, whole: false }
}

function change(within: object, path: Path, to: (value: unknown) => unknown) {
  const [key, ...rest] = path
  if (key === undefined) return
  const value: unknown = Reflect.get(within, key)
  if (rest.length === 0) Reflect.set(within, key, to(value))
  else if (typeof value === 'object' && value !== null) change(value, rest, to)
}
