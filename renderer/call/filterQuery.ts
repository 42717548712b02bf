import type { LocationQuery } from 'vue-router'
import { callFilter, everyCall, type CallFilter } from '../../shared/call/filter.ts'

type Part = keyof CallFilter

const parts = Object.keys(everyCall) as Part[]
const flags: readonly Part[] = ['toCheck', 'mine', 'inError']
const numbers: readonly Part[] = ['weekday', 'hour']

/** What narrows in a filter, as the query of `/calls?…`: every number of a report opens its rows. */
export function toQuery(part: Partial<CallFilter>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([, value]) => value !== '' && value !== false)
      .map(([key, value]) => [key, String(value)])
  )
}

/** The filter that a query of `/calls?…` asks for. What does not parse is left out. */
export function fromQuery(query: LocationQuery): CallFilter {
  const asked = parts.flatMap((part) => {
    const text = query[part]
    if (typeof text !== 'string') return []
    const parsed = callFilter.shape[part].safeParse(typed(part, text))
    return parsed.success ? [[part, parsed.data] as const] : []
  })
  return { ...everyCall, ...Object.fromEntries(asked) }
}

function typed(part: Part, text: string): string | number | boolean {
  if (flags.includes(part)) return text === 'true'
  return numbers.includes(part) && text !== '' ? Number(text) : text
}
