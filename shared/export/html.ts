/** HTML in which everything that came from outside is escaped. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')

/**
 * A template whose values are escaped, in text as in a quoted attribute; markup made by another `html` goes in as it
 * is. Not for the inside of a script, a style or an address.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  const inserted = values.map((value) => {
    if (typeof value === 'string') return escaped(value)
    return value instanceof Markup ? value.text : value.map(({ text }) => text).join('')
  })
  return new Markup(parts.map((part, at) => part + (inserted[at] ?? '')).join(''))
}
