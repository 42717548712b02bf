import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid } from '../../shared/errors.ts'
import { readPostcode } from '../../shared/person/postcode.ts'
import type { School, SchoolDetails } from '../../shared/school/school.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import type { SchoolRow } from './schoolInForce.ts'
import { sortKeyOf, wordsOf } from './words.ts'

export type Districts = Rules['districts']

export async function districtsInForce(db: ReadDb, { now }: Pick<Actor, 'now'>): Promise<Districts> {
  return rulesOn(await settingsInRecord(db), londonDate(now)).districts
}

/** A stored version as the page sees it. */
export function asSchool(row: SchoolRow, districts: Districts): School {
  const { name, typeGroup, typeName, address, town, postcode, district, phone, leadName } = row
  const { schoolId, id, urn, status, toCheck, createdAt, createdBy } = row
  return {
    id: schoolId,
    versionId: id,
    ...{ name, typeGroup, typeName, address, town, postcode, district, phone, leadName },
    ...{ urn, status, toCheck },
    districtName: districts.find(({ key }) => key === district)?.name ?? '',
    addedAt: createdAt,
    addedBy: createdBy
  }
}

export type Known = SchoolDetails & Pick<SchoolRow, 'schoolId' | 'importId' | 'urn' | 'status' | 'toCheck'>

/** The row of a new version. `previous` is what it follows: a clock set back must not hide the newer of the two. */
export function versionRow(
  id: string,
  known: Known,
  districts: Districts,
  actor: Actor,
  previous?: Pick<SchoolRow, 'createdAt'>
): SchoolRow {
  return {
    ...known,
    id,
    hubId: districts.find(({ key }) => key === known.district)?.hubId ?? COUNTY_HUB_ID,
    createdAt: previous && previous.createdAt >= actor.now ? justAfter(previous.createdAt) : actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    sortKey: sortKeyOf(known),
    words: wordsOf(known)
  }
}

const justAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString()

/** What a person typed, tidied: a postcode in its usual form, a district that there is. */
export function tidied(details: SchoolDetails, districts: Districts): SchoolDetails {
  const { name, typeGroup, typeName, address, town, postcode, district, phone, leadName } = details
  if (district !== '' && !districts.some(({ key }) => key === district)) {
    invalid({ path: 'district', message: 'Choose a district from the list' })
  }
  return {
    ...{ name, typeGroup, typeName, address, town, district, phone, leadName },
    postcode: readPostcode(postcode) ?? postcode
  }
}

/** Whether a version holds just this: then it is the same act, sent again. */
export function holds(row: SchoolRow, known: Known): boolean {
  return (Object.keys(known) as (keyof Known)[]).every((key) => row[key] === known[key])
}

export async function versionNamed(tx: Tx, id: string): Promise<SchoolRow | undefined> {
  const [row] = await tx.select().from(school).where(eq(school.id, id))
  return row
}
