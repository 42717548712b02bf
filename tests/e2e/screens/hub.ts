import type { Page } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import type { Input, Output } from '../../../shared/ipc/contract.ts'
import type { Operation } from '../../../shared/ipc/operations.ts'
import type { Result } from '../../../shared/errors.ts'
import type { School, SchoolDetails } from '../../../shared/school/school.ts'

/** One operation through the page's own bridge: for what a test needs and is not about. */
export async function ask<N extends Operation>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await page.evaluate<Result<Output<N>>>(
    `window.hub[${JSON.stringify(name)}](${JSON.stringify(input)})`
  )
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value
}

const elmsworthy: SchoolDetails = {
  name: 'Elmsworthy Junior School',
  typeGroup: 'Local authority maintained schools',
  typeName: 'Community school',
  address: '1 Invented Lane',
  town: 'Hatfield',
  postcode: 'AL10 0ZZ',
  district: 'E07000241',
  phone: '01632 960111',
  leadName: 'Jo Sandhurst'
}

/** A school in the directory; no such school exists. */
export function addSchool(page: Page, details: Partial<SchoolDetails> = {}): Promise<School> {
  return ask(page, 'school.add', { ...elmsworthy, ...details, id: newId(), toCheck: false })
}
