import { z } from 'zod'
import { id, type Id } from '../ids.ts'

/** An agency: a health trust, a charity, a council team. Its main number is the one to call back on (R19). */
export const agency = z.strictObject({
  id,
  name: z.string().trim().min(1, 'Enter the agency’s name').max(200, 'Use 200 characters or fewer'),
  kind: z.string().trim().max(80, 'Use 80 characters or fewer'),
  phone: z.string().trim().max(60, 'Use 60 characters or fewer'),
  address: z.string().trim().max(300, 'Use 300 characters or fewer'),
  /** 0 for a new one; otherwise the version that was read, so that no one's change is lost. */
  rowVersion: z.int().min(0)
})
export type Agency = z.output<typeof agency>

/** As the directory names it: an agency or a school. */
export interface AgencyName {
  id: Id
  name: string
}
