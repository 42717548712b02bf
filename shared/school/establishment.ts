import { plainHeading } from '../import/heading.ts'
import { fold } from '../person/fold.ts'
import { readPhone } from '../person/phone.ts'
import { readPostcode } from '../person/postcode.ts'
import { schoolDetails, type SchoolDetails, type SchoolStatus } from './school.ts'

/** Columns of the Department for Education's establishment file that we read, by the name in its first line. */
const headings = {
  urn: 'URN',
  name: 'EstablishmentName',
  typeName: 'TypeOfEstablishment (name)',
  typeGroup: 'EstablishmentTypeGroup (name)',
  status: 'EstablishmentStatus (name)',
  street: 'Street',
  locality: 'Locality',
  town: 'Town',
  postcode: 'Postcode',
  phone: 'TelephoneNum',
  district: 'DistrictAdministrative (name)',
  authority: 'LA (name)'
} as const
type Field = keyof typeof headings

/** Where each field stands in a row. */
export type Columns = Record<Field, number>

export type Establishment =
  | ({ kind: 'school' } & Omit<SchoolDetails, 'leadName'> & {
        urn: string
        status: SchoolStatus
        /** The status as the file has it. */
        statusText: string
        districtName: string
        laName: string
      })
  | { kind: 'refused'; reason: string; laName: string }

/** Finds our columns among the others, in any order; a file that lacks one would empty what is known of every school. */
export function findColumns(header: readonly string[]): Columns | { missing: string[] } {
  const names = header.map(plainHeading)
  const found = Object.entries(headings).map(
    ([field, name]) => [field, names.indexOf(name.toLowerCase()), name] as const
  )
  const missing = found.filter(([, index]) => index < 0).map(([, , name]) => name)
  return missing.length > 0 ? { missing } : (Object.fromEntries(found) as Columns)
}

/** Whose school it is, to leave other authorities' rows out before the rest of a row is read. */
export const laNameOf = (columns: Columns, row: readonly string[]): string =>
  (row[columns.authority] ?? '').trim()

/** Domain E: every name that a district goes by → its ONS code. */
export function districtCodes(
  districts: readonly { key: string; name: string; shortName: string }[]
): ReadonlyMap<string, string> {
  return new Map(
    districts.flatMap(({ key, name, shortName }) =>
      [name, shortName].filter(Boolean).map((known): [string, string] => [fold(known), key])
    )
  )
}

/** "Proposed to open" counts as open: by the time its staff ring, it may be, and nobody would look for it as closed. */
const statuses: ReadonlyMap<string, SchoolStatus> = new Map([
  ['open', 'open'],
  ['open, but proposed to close', 'proposed-to-close'],
  ['proposed to open', 'open'],
  ['closed', 'closed']
])

const details = schoolDetails.omit({ leadName: true })

/** One row of the file. What is refused says why, so that somebody can put the file right. */
export function readEstablishment(
  columns: Columns,
  row: readonly string[],
  codes: ReadonlyMap<string, string>
): Establishment {
  const cell = (field: Field) => (row[columns[field]] ?? '').trim()
  const laName = cell('authority')
  const refused = (reason: string): Establishment => ({ kind: 'refused', reason, laName })

  if (row.length <= Math.max(...Object.values(columns))) return refused('The row is too short')
  const urn = cell('urn')
  if (!/^\d{5,7}$/.test(urn)) return refused(`“${urn.slice(0, 20)}” is not a URN`)
  const statusText = cell('status')
  const status = statuses.get(statusText.toLowerCase())
  if (!status) return refused(`The status “${statusText.slice(0, 40)}” is not known`)

  const districtName = cell('district')
  const read = details.safeParse({
    name: cell('name'),
    typeGroup: cell('typeGroup'),
    typeName: cell('typeName'),
    ...addressOf(cell('street'), cell('locality'), cell('town')),
    postcode: readPostcode(cell('postcode')) ?? cell('postcode'),
    district: codes.get(fold(districtName)) ?? '',
    phone: readPhone(cell('phone')).national
  })
  if (!read.success) {
    const issue = read.error.issues[0]
    return refused(`${String(issue?.path[0] ?? 'The row')}: ${issue?.message ?? 'cannot be read'}`)
  }
  return { kind: 'school', urn, ...read.data, status, statusText, districtName, laName }
}

/** Villages stand under Locality and leave Town empty. */
const addressOf = (street: string, locality: string, town: string): { address: string; town: string } =>
  town === ''
    ? { address: street, town: locality }
    : { address: [street, locality].filter(Boolean).join(', '), town }
