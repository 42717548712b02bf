/** A stretch of text; a mark says what the text after it is. Line breaks in it are kept. */
export interface Run {
  text: string
  isMark?: true
}
export type Line = readonly Run[]
/** Lines below each other. */
export type Cell = readonly Line[]

/** What a table holds, by which its columns have their widths. Only of the entries the first cell does not name its row. */
export type TableOf = 'facts' | 'counts' | 'parts' | 'people' | 'entries'

/**
 * A piece of a document that leaves the building, as it is told and not as it looks: a page to print and a Word document
 * are made of the same pieces, so that neither tells what the other does not.
 */
export type Block =
  | { is: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  /** `by`: who recorded what stands above it; `hash`: a file's; `begin`: the first of several that belong together. */
  | { is: 'line'; line: Line; look: '' | 'by' | 'hash' | 'begin' }
  | { is: 'list'; lines: readonly Line[] }
  /** `head` is empty where each row says by itself what it is. */
  | { is: 'table'; of: TableOf; head: readonly string[]; rows: readonly (readonly Cell[])[] }

export const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ is: 'heading', level, text })

/** Text, or runs of it, as a line of its own. */
export const line = (said: string | Line, look: Extract<Block, { is: 'line' }>['look'] = ''): Block => ({
  is: 'line',
  line: typeof said === 'string' ? [{ text: said }] : said,
  look
})

export const mark = (text: string): Run => ({ text, isMark: true })
/** `Added later: a bed was delivered` */
export const marked = (label: string, text: string): Line => [
  // a question needs no colon
  mark(label.endsWith('?') ? label : `${label}:`),
  { text: ` ${text}` }
]
export const cell = (text: string): Cell => [[{ text }]]

/** A part of an export with what stands on each of its pages. */
export interface PaperPart {
  /** The document's, without a name of anybody. */
  title: string
  classification: string
  /** Above each page, at its end. */
  name: string
  /** Below each page: who made it and when. */
  exportedBy: string
  /** Which part it is, before the page's number; '' where there is one. */
  which: string
  blocks: readonly Block[]
}
