import { expect, type Page } from '@playwright/test'
import { button, field, goTo, heading } from './desk.ts'

/** The registration form, by the names that the person sees. */
export function registrationForm(page: Page) {
  const cards = page.getByRole('region', { name: 'Who is in the family' }).getByRole('listitem')
  return {
    person: (index: number) => {
      const card = cards.locator('> fieldset').nth(index)
      const labelled = (label: string) => card.getByLabel(label, { exact: true })
      return {
        card,
        role: labelled('Who they are'),
        name: labelled('Name'),
        birth: labelled('Date of birth'),
        expected: labelled('Expected on'),
        relation: labelled('Relation'),
        address: labelled('Address with postcode'),
        district: labelled('District'),
        phone: labelled('Phone number'),
        more: card.getByText(/^More about/)
      }
    },
    addParent: button(page, 'Add a parent or carer'),
    addChild: button(page, 'Add a child'),
    addUnborn: button(page, 'Add an unborn child'),
    agreed: page.getByRole('radio', { name: 'They agreed', exact: true }),
    notAsked: page.getByRole('radio', { name: 'They have not been asked yet', exact: true }),
    whoAgreed: field(page, 'Who agreed?'),
    relationOfWho: field(page, 'Who they are to the child'),
    how: field(page, 'How they told you'),
    responsible: page.getByRole('radio', { name: 'They have parental responsibility', exact: true }),
    takePart: page.getByRole('checkbox', {
      name: 'To take part in a Families First Assessment',
      exact: true
    }),
    needs: field(page, 'What does the family need?'),
    keyworker: page.getByRole('combobox', { name: 'Keyworker', exact: true }),
    registerPractitioner: button(page, 'Register a practitioner'),
    register: button(page, 'Register this family'),
    errors: page.getByRole('alert', { name: 'There is a problem' }),
    saved: page.getByText(/^Saved \d\d:\d\d$/)
  }
}

/** From the list of families to an empty form. */
export async function beginRegistration(page: Page) {
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Register a family', exact: true }).click()
  await expect(heading(page, 'Register a family')).toBeVisible()
  const form = registrationForm(page)
  await expect(form.person(0).name).toBeFocused()
  return form
}
