import { DOMWrapper } from '@vue/test-utils'
import { settled } from './frame.ts'

const body = () => new DOMWrapper(document.body)
const nameOf = (element: DOMWrapper<Element>) =>
  element.attributes('aria-label') ?? element.text().replace(/\s+/g, ' ')
const buttons = (name: string) =>
  body()
    .findAll('button')
    .filter((each) => nameOf(each) === name)

/** Finds by what a person reads, in the page and in any dialog over it. */
export const inBody = {
  text: () => body().text().replace(/\s+/g, ' '),
  heading: (name: string) =>
    body()
      .findAll('h1, h2, h3')
      .find((each) => each.text() === name),
  field(label: string) {
    const found = body()
      .findAll('label')
      .find((each) => each.text() === label)
    if (!found) throw new Error(`No label "${label}"`)
    return body().get<HTMLInputElement>(`[id="${found.attributes('for') ?? ''}"]`)
  },
  /** The last of that name: the one in the dialog, where there is one. */
  button(name: string) {
    const found = buttons(name).at(-1)
    if (!found) throw new Error(`No button "${name}"`)
    return found
  },
  has: (name: string) => buttons(name).length > 0,
  async press(name: string) {
    const button = inBody.button(name)
    const form = button.attributes('form')
    // happy-dom does not submit a form from a button outside it
    if (form) await body().get(`form#${form}`).trigger('submit')
    else await button.trigger('click')
    await settled()
  },
  errors: () =>
    body()
      .findAll('.error-summary li')
      .map((line) => line.text())
}
