import { eq, inArray } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import {
  matchChild,
  personOfChild,
  relate,
  type EarlierCall,
  type EarlierKind,
  type Relation
} from '../../shared/call/earlier.ts'
import { isEmptyChild } from '../../shared/call/problems.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { inWords, matchPeople, strengths, type Person } from '../../shared/person/match.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { callsFiledSince, questionsAbout, questionsAboutSchool, type FiledBefore } from './earlierCalls.ts'
import { rowColumns } from './listCalls.ts'

const SHOWN = 5

/**
 * "Have we spoken before?" (C5): earlier calls about a child of this one, a brother or sister, the address, or from the
 * school, each with why (L15). At most five; calls from the school alone only where there is room left.
 */
export async function spokenBefore(
  db: ReadDb,
  { callId, startedAt, schoolId, children }: Parsed<'call.spokenBefore'>,
  actor: Actor
): Promise<Output<'call.spokenBefore'>> {
  // a draft begun while the clock was wrong may lie in the future
  const on = londonDate(startedAt < actor.now ? startedAt : actor.now)
  const days = rulesOn(await settingsInRecord(db), on).followUp.earlierCallsDays
  const since = addDays(on, -days)
  const people = children
    .filter((child) => !isEmptyChild(child))
    .map((child) => personOfChild(child, on, schoolId))

  const questions = [...questionsAbout(people), ...questionsAboutSchool(schoolId, people)]
  const found = await callsFiledSince(db, since, questions, callId, actor)
  const siblings = namedTogether(people, found)
  const ofSiblings = siblings.map(({ person }) => person)
  const foundMore = await callsFiledSince(db, since, questionsAbout(ofSiblings), callId, actor)
  const known = new Set(found.map(({ id }) => id))
  const related = [...found, ...foundMore.filter(({ id }) => !known.has(id))].flatMap((earlier) => {
    const relation = relationTo(earlier, people, siblings, schoolId)
    return relation ? [{ earlier, relation }] : []
  })
  return { calls: await shown(db, related.sort(likeliestFirst).slice(0, SHOWN)), days }
}

/** A child named beside one of ours in an earlier call. */
interface Sibling {
  person: Person
  reference: string
}

/** Siblings need not share a surname or be told with an address: a call about both says that they belong together. */
function namedTogether(people: readonly Person[], found: readonly FiledBefore[]): Sibling[] {
  return found.flatMap(({ children, reference }) => {
    const isSure = (child: Person) => {
      const strength = matchChild(people, [child])?.strength
      return strength === 'strong' || strength === 'likely'
    }
    const others = children.filter((child) => !matchChild(people, [child]))
    return children.some(isSure) ? others.map((person) => ({ person, reference })) : []
  })
}

function relationTo(
  earlier: FiledBefore,
  people: readonly Person[],
  siblings: readonly Sibling[],
  schoolId: string
): Relation | undefined {
  const relation = relate(people, earlier.children)
  if (relation?.kind === 'child') return relation
  const sibling = siblings.find(
    ({ person, reference }) =>
      reference !== earlier.reference &&
      earlier.children.some((child) => matchPeople(person, child)?.strength === 'strong')
  )
  if (sibling && relation?.strength !== 'strong') {
    const says = `A brother or sister, named together in ${sibling.reference}`
    return {
      kind: 'sibling',
      strength: 'likely',
      reasons: [{ says, names: '' }, ...(relation?.reasons ?? [])]
    }
  }
  if (relation) return relation
  if (schoolId === '' || earlier.schoolId !== schoolId) return undefined
  return { kind: 'school', strength: 'possible', reasons: [{ says: 'Same school', names: '' }] }
}

interface Related {
  earlier: FiledBefore
  relation: Relation
}

function likeliestFirst(a: Related, b: Related): number {
  const isSchool = (kind: EarlierKind) => Number(kind === 'school')
  const rank = ({ strength }: Relation) => strengths.indexOf(strength)
  return (
    isSchool(a.relation.kind) - isSchool(b.relation.kind) ||
    rank(a.relation) - rank(b.relation) ||
    (a.earlier.tookPlaceAt < b.earlier.tookPlaceAt ? 1 : -1)
  )
}

async function shown(db: ReadDb, related: readonly Related[]): Promise<EarlierCall[]> {
  const ids = related.map(({ earlier }) => earlier.id)
  const rows = await db
    .select(rowColumns)
    .from(call)
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(inArray(call.id, ids))
  return related.flatMap(({ relation }, index) => {
    const row = rows.find(({ id }) => id === ids[index])
    if (!row) return []
    const { id, reference, tookPlaceAt, schoolName, adviserName, childNames, outcome } = row
    const { kind, strength, reasons } = relation
    const why = reasons.map(inWords)
    return [
      {
        callId: id,
        reference,
        tookPlaceAt,
        schoolName,
        adviserName,
        childNames,
        outcome,
        kind,
        strength,
        why
      }
    ]
  })
}
