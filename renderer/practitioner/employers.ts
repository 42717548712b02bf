import type { employers } from '../../shared/practitioner/practitioner.ts'
import type { Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

/** Where somebody works, as the directory has it. */
export interface Employer {
  employer: (typeof employers)[number]
  id: Id
  name: string
  detail: string
  mainNumber: string
}

const MOST = 12

/** Agencies first, then schools, as the directory finds them. */
export async function searchEmployers(text: string): Promise<Employer[]> {
  const [agencies, schools] = await Promise.all([
    hub['agency.list']({ text, after: '' }),
    hub['school.search']({ text, includeClosed: false })
  ])
  const found: Employer[] = [
    ...(agencies.ok ? agencies.value.rows : []).map(({ id, name, kind, phone }) => ({
      employer: 'agency' as const,
      id,
      name,
      detail: kind,
      mainNumber: phone
    })),
    ...(schools.ok ? schools.value : []).map(({ id, name, town, phone }) => ({
      employer: 'school' as const,
      id,
      name,
      detail: town,
      mainNumber: phone
    }))
  ]
  return found.slice(0, MOST)
}
