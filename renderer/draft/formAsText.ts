import type { DraftForm } from '../../shared/draft/draft.ts'
import { formTitles } from './words.ts'

/** What was typed in a form, as text to paste elsewhere: its fields in their order, without ids and what is empty. */
export const formAsText = ({ kind, body }: DraftForm): string =>
  [formTitles[kind], ...linesOf(body)].join('\n')

function linesOf(value: object, within = ''): string[] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const label = Array.isArray(value) ? `${within} ${String(Number(key) + 1)}` : `${within} ${inWords(key)}`
    if (/(^i|I)ds?$/.test(key)) return []
    if (typeof part === 'object' && part !== null) return linesOf(part, label)
    const text = part === true ? 'yes' : typeof part === 'string' ? part.trim() : ''
    return text === '' ? [] : [`${label.trim()}: ${text}`]
  })
}

/** `learningNeed` → `learning need` */
const inWords = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
