import { v5, v7 } from 'uuid'
import { z } from 'zod'

/** A UUID made by the client: v7 for new things, v5 where nature gives an identity (a school's URN). */
export const id = z.uuid({ error: 'This is not an identifier' }).lowercase()
export type Id = string

export const newId = (): Id => v7()

const NAMESPACE = '6f0d7c0e-52f4-5c6f-9f64-1c2f6a1f3b57'

/** The same name gives the same id on every computer (sync.md, schema rule 1). */
export const naturalId = (...name: string[]): Id => v5(name.join('\n'), NAMESPACE)

/** How much of a v7 id tells when it was made. */
const TIME_OF_ID = '0197a000-0000-'.length

/**
 * The same of what is filed together with `id`, an id made by `newId`: it begins with the same time, so that its place in an
 * index of millions is behind the last and not anywhere (ADR 29).
 */
export const naturalIdBeside = (id: Id, ...name: string[]): Id =>
  id.slice(0, TIME_OF_ID) + naturalId(id, ...name).slice(TIME_OF_ID)

/** A UTC instant as ISO 8601 with milliseconds: `2026-11-23T10:00:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3, error: 'This is not a date and time' })
export type Instant = string

/** A civil date, `YYYY-MM-DD`. */
export const civilDate = z.iso.date({ error: 'Enter a date' })
export type CivilDate = string
