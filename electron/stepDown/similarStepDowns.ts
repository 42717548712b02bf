import { and, eq, gte, ne, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow, stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { readDeskReference } from '../../shared/account/deskCode.ts'
import type { EarlierFamily } from '../../shared/call/earlier.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { inWords, type Person } from '../../shared/person/match.ts'
import { bareCode, birthDates, nearBirths } from '../../shared/person/nameKeys.ts'
import {
  likelierFirst,
  personIn,
  RECENT_DAYS,
  relationTo,
  soughtIn,
  type SimilarStepDown
} from '../../shared/stepDown/similar.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { openAssessmentsOf } from '../episode/findOpen.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, standingColumns } from '../family/readableFamily.ts'
import { familiesLike } from '../person/familiesLike.ts'
import { findPeople } from '../person/findPeople.ts'
import { childrenTold } from './childrenTold.ts'
import { knownStepDowns } from './mustOpenStepDown.ts'
import { nameOfHub } from './readStepDown.ts'

const SHOWN = 5

/**
 * What may be of the same family as a step-down that is typed: other step-downs, open or done lately, and families of the
 * record with the assessment that is open (C7). For whoever asks, only what they may know of; of a restricted family that
 * there is one, and nothing that names anybody.
 */
export async function similarStepDowns(
  db: ReadDb,
  asked: Parsed<'stepDown.similar'>,
  actor: Actor
): Promise<Output<'stepDown.similar'>> {
  const today = londonDate(actor.now)
  const children = soughtIn(asked, today)
  const named = await familiesNamed(db, asked.previousReference, actor)
  const like = await familiesLike(db, children, actor)
  const others = like.filter(({ familyId }) => named.every((each) => each.familyId !== familyId))
  return {
    stepDowns: await stepDownsLike(db, children, asked.stepDownId, actor),
    families: withChildren(db, [...named, ...others], today)
  }
}

/** The family of the reference that the sender gives (R49). */
async function familiesNamed(db: ReadDb, text: string, actor: Actor): Promise<EarlierFamily[]> {
  if (!readDeskReference(text)) return []
  const [first] = await findPeople(db, { text }, actor)
  const family = first?.families.find(({ isCurrent }) => isCurrent) ?? first?.families[0]
  if (!first || !family) return []
  const { restricted, why } = first
  const [open] = restricted ? [] : await openAssessmentsOf(db, [family.id], actor)
  return [
    {
      ...{ familyId: family.id, reference: family.reference, restricted, why },
      ...{ kind: 'child', strength: 'strong' },
      childNames: open?.childNames ?? '',
      assessmentReference: open?.reference ?? '',
      keyworkerName: open?.keyworkerName ?? ''
    }
  ]
}

/** Families without an open assessment are known by their children as well. */
const withChildren = (db: ReadDb, families: readonly EarlierFamily[], today: CivilDate): EarlierFamily[] =>
  families.map((family) =>
    family.restricted || family.childNames !== ''
      ? family
      : {
          ...family,
          ...db.get<{ childNames: string }>(
            sql`SELECT ${childNames(sql`${family.familyId}`, today)} AS childNames`
          )
        }
  )

async function stepDownsLike(
  db: ReadDb,
  children: readonly Person[],
  stepDownId: string,
  actor: Actor
): Promise<SimilarStepDown[]> {
  const shared = sharedWith(children)
  if (!shared) return []
  const today = londonDate(actor.now)
  const rows = await db
    .select({
      id: stepDownNow.stepDownId,
      reference: stepDown.reference,
      receivedAt: stepDownNow.receivedAt,
      state: stepDownNow.state,
      ending: stepDownNow.ending,
      sendingTeam: stepDownNow.sendingTeam,
      hubName: nameOfHub(sql`${stepDownNow.hubId}`),
      childNames: childrenTold(stepDownNow.versionId),
      address: stepDownVersion.address,
      child: {
        name: stepDownPerson.name,
        birth: stepDownPerson.birth,
        upn: stepDownPerson.upn,
        schoolId: stepDownPerson.schoolId
      },
      family: standingColumns(actor)
    })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .innerJoin(stepDownVersion, eq(stepDownVersion.id, stepDownNow.versionId))
    .innerJoin(stepDownPerson, eq(stepDownPerson.versionId, stepDownNow.versionId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(
      and(
        or(
          eq(stepDownNow.isOpen, true),
          and(eq(stepDownNow.isOpen, false), gte(stepDownNow.lastAt, addDays(today, -RECENT_DAYS)))
        ),
        ne(stepDownNow.stepDownId, stepDownId),
        sql`${stepDownPerson.role} IN ('child', 'unborn')`,
        shared,
        knownStepDowns(actor)
      )
    )
  const likely = rows.flatMap(({ child, address, family, ...row }) => {
    const related = relationTo(children, personIn(child, address, today))
    if (!related) return []
    const restricted = family !== null && !isOpenTo(actor, family)
    const { kind, strength, reasons } = related
    const why = reasons.map((reason) => (restricted ? reason.says : inWords(reason)))
    return [{ ...row, kind, strength, why, childNames: restricted ? '' : row.childNames }]
  })
  const likeliest = likely.toSorted(likelierFirst)
  return likeliest
    .filter(({ id }, at) => likeliest.findIndex((each) => each.id === id) === at)
    .slice(0, SHOWN)
}

/**
 * Without a date of birth, a UPN or a postcode in common two children are not the same by their names: so only who has one
 * of these is read. Undefined where nothing of them is known yet.
 */
function sharedWith(children: readonly Person[]): SQL | undefined {
  const births = children.flatMap(({ birthDate }) =>
    birthDate === '' ? [] : [...birthDates(birthDate), ...nearBirths(birthDate)]
  )
  const upns = children.map(({ upn }) => bareCode(upn)).filter(Boolean)
  const postcodes = children.map(({ postcode }) => postcode.replace(' ', '')).filter(Boolean)
  const list = (values: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`
  return or(
    births.length > 0 ? sql`${stepDownPerson.birth} IN ${list(births)}` : undefined,
    upns.length > 0
      ? sql`lower(replace(replace(${stepDownPerson.upn}, ' ', ''), '-', '')) IN ${list(upns)}`
      : undefined,
    ...[...new Set(postcodes)].map(
      (postcode) => sql`instr(upper(replace(${stepDownVersion.address}, ' ', '')), ${postcode}) > 0`
    )
  )
}
