import type { z } from 'zod'
import type { FieldError } from '../errors.ts'

/** What zod found, as errors next to fields. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}
