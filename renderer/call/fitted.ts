import { callDraft, type CallDraft } from '../../shared/call/call.ts'

type Path = readonly PropertyKey[]

/**
 * A copy of the draft that can be stored whatever was typed (L1): what is longer than its field is cut, a date that is
 * none is left out. `whole` is false where that lost something, so that the page can say so.
 */
export function fitted(draft: CallDraft): { copy: CallDraft; whole: boolean } {
  const parsed = callDraft.safeParse(draft)
  if (parsed.success) return { copy: parsed.data, whole: true }
  const copy = JSON.parse(JSON.stringify(draft)) as CallDraft
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
