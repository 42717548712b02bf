import { z } from 'zod'
import { readDate } from '../../shared/time/civilDate.ts'

/** A schema over what is typed, in which one day is written as in England, the day first (L28). */
export const typedDay = <S extends z.ZodType>(path: string, schema: S) =>
  z.preprocess(
    (typed) =>
      typed !== null && typeof typed === 'object' && path in typed
        ? { ...typed, [path]: readDate(String((typed as Record<string, unknown>)[path])) }
        : typed,
    schema
  )
