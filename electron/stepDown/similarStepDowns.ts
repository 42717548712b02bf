import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { readDeskReference } from '../../shared/account/deskCode.ts'
import type { EarlierFamily } from '../../shared/call/earlier.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { inWords, type Person } from '../../shared/person/match.ts'
import {
  likelierFirst,
  personIn,
  RECENT_DAYS,
  relationTo,
  sharedKeysOf,
  sharesKeyWith,
  soughtIn,
  type SharedKeys,
  type SimilarStepDown
} from '../../shared/stepDown/similar.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { openAssessmentsOf } from '../episode/findOpen.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'
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
export const similarStepDowns = (
  db: ReadDb,
  asked: Parsed<'stepDown.similar'>,
  actor: Actor
): Promise<Output<'stepDown.similar'>> => similarBeside(db, asked, childrenBeside(db, actor), actor)

/** The same for whoever asks for thousands: what they are held against is read once. */
export async function similarBeside(
  db: ReadDb,
  { stepDownId, people, address, previousReference }: Parsed<'stepDown.similar'>,
  beside: readonly ChildBeside[],
  actor: Actor
): Promise<Output<'stepDown.similar'>> {
  const today = londonDate(actor.now)
  const children = soughtIn({ people, address }, today)
  const named = await familiesNamed(db, previousReference, actor)
  const like = await familiesLike(db, children, actor)
  const others = like.filter(({ familyId }) => named.every((each) => each.familyId !== familyId))
  const likest = likestBeside(children, beside, stepDownId, today)
  return { stepDowns: shown(db, likest, actor), families: withChildren(db, [...named, ...others], today) }
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

/** A child of a step-down that is open or was done lately, as its newest version tells of them. */
export interface ChildBeside {
  stepDownId: Id
  receivedAt: Instant
  name: string
  birth: CivilDate
  upn: string
  schoolId: string
  address: string
  keys: SharedKeys
}

/** Whoever a step-down is held against, as far as this person may know of them: some thousands in a county. */
export function childrenBeside(db: ReadDb, actor: Actor): ChildBeside[] {
  const since = addDays(londonDate(actor.now), -RECENT_DAYS)
  const rows = db.all<Omit<ChildBeside, 'keys'>>(sql`
    SELECT step_down_now.step_down_id AS stepDownId, step_down_now.received_at AS receivedAt, p.name, p.birth, p.upn,
      p.school_id AS schoolId, v.address
    FROM ${stepDownNow} JOIN step_down_version v ON v.id = step_down_now.version_id
      JOIN step_down_person p ON p.version_id = v.id
    WHERE (step_down_now.is_open = 1 OR (step_down_now.is_open = 0 AND step_down_now.last_at >= ${since}))
      AND p.role IN ('child', 'unborn') AND ${knownStepDowns(actor) ?? sql`1`}`)
  return rows.map((row) => ({ ...row, keys: sharedKeysOf(row) }))
}

/** How a step-down has to do with what is asked for. */
interface Likest extends Pick<SimilarStepDown, 'kind' | 'strength'> {
  id: Id
  reasons: Parameters<typeof inWords>[0][]
}

/** The likeliest first, of those that are as likely the newest; each step-down by the likeliest of its children. */
function likestBeside(
  children: readonly Person[],
  beside: readonly ChildBeside[],
  stepDownId: Id,
  today: CivilDate
): Likest[] {
  const sharesKey = sharesKeyWith(children)
  const likely = beside
    .filter((each) => each.stepDownId !== stepDownId && sharesKey(each.keys))
    .flatMap((each) => {
      const related = relationTo(children, personIn(each, each.address, today))
      return related ? [{ ...related, id: each.stepDownId, receivedAt: each.receivedAt }] : []
    })
    .toSorted(
      (a, b) => likelierFirst(a, b) || (`${a.receivedAt} ${a.id}` > `${b.receivedAt} ${b.id}` ? -1 : 1)
    )
  const seen = new Set<Id>()
  return likely.filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, SHOWN)
}

interface ToldRow extends Omit<SimilarStepDown, 'kind' | 'strength' | 'why'>, Standing {
  hasFamily: number
}

/** In the order of `likest`, as this person may be told of them. */
function shown(db: ReadDb, likest: readonly Likest[], actor: Actor): SimilarStepDown[] {
  if (likest.length === 0) return []
  const told = db.all<ToldRow>(sql`
    SELECT s.id, s.reference, n.received_at AS receivedAt, n.state, n.ending, n.sending_team AS sendingTeam,
      ${nameOfHub(sql`n.hub_id`)} AS hubName, ${childrenTold(sql`n.version_id`)} AS childNames,
      family_index.family_id IS NOT NULL AS hasFamily, ${standingFor(actor)}
    FROM json_each(${JSON.stringify(likest.map(({ id }) => id))}) asked JOIN step_down s ON s.id = asked.value
      JOIN step_down_now n ON n.step_down_id = s.id
      LEFT JOIN family_index ON family_index.family_id = n.family_id`)
  return likest.flatMap(({ id, kind, strength, reasons }) => {
    const row = told.find((each) => each.id === id)
    if (!row) return []
    const { reference, receivedAt, state, ending, sendingTeam, hubName } = row
    const restricted = row.hasFamily === 1 && !isOpenTo(actor, row)
    return [
      {
        ...{ id, reference, receivedAt, state, ending, sendingTeam, hubName, kind, strength },
        why: reasons.map((reason) => (restricted ? reason.says : inWords(reason))),
        childNames: restricted ? '' : row.childNames
      }
    ]
  })
}
