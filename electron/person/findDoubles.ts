import { sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { personChoice, personPair } from '../../db/schema/index.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import { asSought, matchKnown, NAME_ALONE, type Found } from '../../shared/person/known.ts'
import type { Written } from '../family/written.ts'
import { candidates, knownPerson, questionsAbout } from './candidates.ts'

/** Someone new to the record, and who was shown of whom it was said that they are none of these (L15). */
export interface Newcomer {
  personId: Id
  noneOf: readonly Id[]
}

/**
 * Looks people up among everybody else, whoever may read them, and keeps who may be in the record already, for somebody
 * to look at (L11). The same two are a pair once, on every computer; who was said to be somebody else is none.
 *
 * @returns how many of the people may be in the record already
 */
export async function findDoubles(tx: Tx, newcomers: readonly Newcomer[], written: Written): Promise<number> {
  let doubles = 0
  for (const newcomer of newcomers) {
    await keepNoneOf(tx, newcomer, written)
    const found = await likeNewcomer(tx, newcomer.personId)
    if (found.length > 0) doubles++
    for (const { personId, strength } of found) {
      const [oneId = '', otherId = ''] = [newcomer.personId, personId].sort()
      await tx
        .insert(personPair)
        .values({ ...written, id: naturalId('person-pair', oneId, otherId), oneId, otherId, strength })
        .onConflictDoNothing()
    }
  }
  return doubles
}

/** What a form said of a newcomer counts whenever people are looked up again. */
async function keepNoneOf(tx: Tx, { personId, noneOf }: Newcomer, written: Written): Promise<void> {
  if (noneOf.length === 0) return
  await tx
    .insert(personChoice)
    .values({
      ...written,
      id: naturalId('none-of', personId),
      ...{ about: 'registration', aboutId: personId, callId: '', personId: '' },
      shown: noneOf.join(' ')
    })
    .onConflictDoNothing()
}

/** Who is surely or likely the same, and more than by the name. */
async function likeNewcomer(db: ReadDb, personId: Id): Promise<(Found & { personId: Id })[]> {
  const newcomer = knownPerson(db, personId)
  if (!newcomer) return []
  const sought = asSought(newcomer.known)
  const found = (await candidates(db, questionsAbout(sought))).filter(
    (candidate) => candidate.personId !== newcomer.personId
  )
  const others = saidToBeOthers(
    db,
    personId,
    found.map((candidate) => candidate.personId)
  )
  return found
    .filter((candidate) => !others.has(candidate.personId))
    .flatMap((candidate) => {
      const match = matchKnown(sought, candidate.known)
      const isEnough = match && match.strength !== 'possible' && match.points > NAME_ALONE
      return isEnough ? [{ ...match, personId: candidate.personId }] : []
    })
}

/** Whoever was shown for one of the two and said to be somebody else, whichever of them came first. */
function saidToBeOthers(db: ReadDb, personId: Id, otherIds: readonly Id[]): ReadonlySet<Id> {
  const rows = db.all<{
    aboutId: Id
    shown: string
  }>(sql`SELECT about_id AS aboutId, shown AS shown FROM person_choice
    WHERE about = 'registration' AND person_id = '' AND (about_id = ${personId} OR
      about_id IN (SELECT value FROM json_each(${JSON.stringify(otherIds)})) AND instr(shown, ${personId}) > 0)`)
  return new Set(rows.flatMap(({ aboutId, shown }) => (aboutId === personId ? shown.split(' ') : [aboutId])))
}
