import { z } from 'zod'
import { hasRole, type Actor, type Role } from '../access/roles.ts'
import { callFilter } from '../call/filter.ts'
import type { FieldError } from '../errors.ts'
import { id, type CivilDate, type Id } from '../ids.ts'
import { keyworkerQuery } from '../keyworker/keyworker.ts'
import { triageRowsQuery } from '../report/triage.ts'
import { queueFilter } from '../stepDown/record.ts'
import { impactMeetingQuery } from '../stepUp/stepUp.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const ofHub = z.union([z.literal(''), id])
const words = z.string().max(200)

/** A list of the desk as it is narrowed on the screen: whole, and not a page of it. */
export const listQuery = z.discriminatedUnion('list', [
  z.strictObject({ list: z.literal('calls'), filter: callFilter }),
  z.strictObject({ list: z.literal('families'), hubId: ofHub }),
  z.strictObject({ list: z.literal('keyworkers'), filter: keyworkerQuery.omit({ after: true }) }),
  z.strictObject({ list: z.literal('step-downs'), filter: queueFilter }),
  z.strictObject({ list: z.literal('step-ups'), hubId: ofHub }),
  z.strictObject({ list: z.literal('impact-meetings'), filter: impactMeetingQuery.omit({ after: true }) }),
  z.strictObject({ list: z.literal('triage-rows'), filter: triageRowsQuery.omit({ after: true }) }),
  z.strictObject({ list: z.literal('schools'), text: words, toCheck: z.boolean() }),
  z.strictObject({ list: z.literal('agencies'), text: words }),
  z.strictObject({ list: z.literal('practitioners'), text: words })
])
export type ListQuery = z.output<typeof listQuery>
export type ListName = ListQuery['list']

export const listFormats = ['csv', 'xlsx'] as const
export type ListFormat = (typeof listFormats)[number]

/** "Export this list" as it is typed. */
export const listExport = z.strictObject({
  id,
  query: listQuery,
  format: z.enum(listFormats),
  purpose: line(2_000),
  isProtected: z.boolean(),
  /** Why it goes without a passphrase. */
  openReason: line(1_000)
})
export type ListExport = z.output<typeof listExport>

/** Of schools and agencies the directory tells no more than any council publishes; every other list tells of people. */
export const isAboutPeople = (list: ListName): boolean => list !== 'schools' && list !== 'agencies'

export const emptyListExport = (id: Id, query: ListQuery): ListExport => ({
  ...{ id, query, format: 'csv', purpose: '', isProtected: isAboutPeople(query.list), openReason: '' }
})

const managers = ['triage-manager', 'coordinator'] as const
const directoryKeepers = ['administrator', 'adviser', 'triage-manager', 'coordinator', 'helpdesk'] as const

/** Who may take a list out of the building: fewer than may read it on the screen (L25). */
const mayTake: Record<ListName, readonly Role[]> = {
  calls: ['triage-manager'],
  families: managers,
  keyworkers: managers,
  'step-downs': managers,
  'step-ups': managers,
  'impact-meetings': managers,
  'triage-rows': managers,
  schools: directoryKeepers,
  agencies: directoryKeepers,
  practitioners: directoryKeepers
}
export const mayExportList = (actor: Pick<Actor, 'roles'>, list: ListName): boolean =>
  hasRole(actor, ...mayTake[list])

export const isListName = (text: string): text is ListName => Object.hasOwn(mayTake, text)

/** Whoever may export one list or another. */
export const listExporters: readonly Role[] = directoryKeepers

const isBlank = (text: string): boolean => text.trim() === ''

/** What stands between what was typed and the file, in the order of the form. */
export function problemsWithListExport({
  query,
  purpose,
  isProtected,
  openReason
}: ListExport): FieldError[] {
  if (!isAboutPeople(query.list)) return []
  return [
    ...(isBlank(purpose) ? [{ path: 'purpose', message: 'Enter what it is for' }] : []),
    ...(!isProtected && isBlank(openReason)
      ? [{ path: 'openReason', message: 'Enter why it goes without a passphrase' }]
      : [])
  ]
}

/** `calls-EXP-7KQ3-000012-2026-11-23.xlsx`: nothing that names anybody. */
export const listFileName = (
  list: ListName,
  reference: string,
  on: CivilDate,
  extension: ListFormat | 'zip'
): string => `${list}-${reference}-${on}.${extension}`
