import { eq, inArray } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import {
  likeliest,
  matchChild,
  personOfChild,
  relateChild,
  type EarlierCall,
  type EarlierKind,
  type Relation
} from '../../shared/call/earlier.ts'
import { isEmptyChild } from '../../shared/call/problems.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import {
  inWords,
  matchPeople,
  strengths,
  type Match,
  type Person,
  type Reason
} from '../../shared/person/match.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { familiesLike } from '../person/familiesLike.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { callsFiledSince, questionsAbout, questionsAboutSchool, type FiledBefore } from './earlierCalls.ts'
import { rowColumns } from './listCalls.ts'

const SHOWN = 5
const SIBLINGS = 4

/**
 * "Have we spoken before?" (C5): earlier calls about a child of this one, a brother or sister, the address, or from the
 * school, each with why (L15), and families of the record. At most five calls; those from the school alone only where there
 * is room left.
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
  const found = compare(people, await callsFiledSince(db, since, questions, callId, actor))
  const siblings = namedTogether(found)
  const aboutSiblings = questionsAbout(siblings.map(({ person }) => person))
  const more = compare(people, await callsFiledSince(db, since, aboutSiblings, callId, actor))
  const known = new Set(found.map(({ earlier }) => earlier.id))
  const related = [...found, ...more.filter(({ earlier }) => !known.has(earlier.id))].flatMap((compared) => {
    const relation = relationTo(compared, people, siblings, schoolId)
    return relation ? [{ earlier: compared.earlier, relation }] : []
  })
  return {
    families: await familiesLike(
      db,
      people.map((person) => ({ ...person, phone: '' })),
      actor
    ),
    calls: await shown(db, related.sort(likeliestFirst).slice(0, SHOWN)),
    days
  }
}

/** An earlier call, and how each of its children matches one of ours. */
interface Compared {
  earlier: FiledBefore
  matches: (Match | undefined)[]
}

const compare = (people: readonly Person[], calls: readonly FiledBefore[]): Compared[] =>
  calls.map((earlier) => ({ earlier, matches: earlier.children.map((child) => matchChild(people, child)) }))

/** A child named beside one of ours in an earlier call. */
interface Sibling {
  person: Person
  earlier: FiledBefore
}

/**
 * Siblings need not share a surname or be told with an address: a call that is surely about one of ours, and about
 * another child too, says that they belong together.
 */
function namedTogether(found: readonly Compared[]): Sibling[] {
  return found
    .filter(({ matches }) => likeliest(matches)?.strength === 'strong')
    .flatMap(({ earlier, matches }) =>
      earlier.children
        .filter((_, index) => matches[index] === undefined)
        .map((person) => ({ person, earlier }))
    )
    .slice(0, SIBLINGS)
}

function relationTo(
  { earlier, matches }: Compared,
  people: readonly Person[],
  siblings: readonly Sibling[],
  schoolId: string
): Relation | undefined {
  const child = likeliest(matches)
  const household = likeliest([
    siblingIn(earlier, siblings),
    ...earlier.children.map((each) => relateChild(people, each))
  ])
  // who may be the same child and lives at the same address is as likely as a brother or sister would be
  const strength = likeliest<Match>([child, household])?.strength
  if (child && strength) return { ...child, kind: 'child', strength }
  if (household) return household
  const isFromSchool = schoolId !== '' && earlier.schoolId === schoolId
  return isFromSchool ? { kind: 'school', strength: 'possible', reasons: [says('Same school')] } : undefined
}

/** A call about a brother or sister, one step less sure than that it is about that child. */
function siblingIn(earlier: FiledBefore, siblings: readonly Sibling[]): Relation | undefined {
  return likeliest(
    siblings
      .filter(({ earlier: both }) => both.id !== earlier.id)
      .map(({ person, earlier: both }): Relation | undefined => {
        const strength = likeliest(earlier.children.map((child) => matchPeople(person, child)))?.strength
        if (strength === undefined || strength === 'possible') return undefined
        const reasons = [says(`A brother or sister, named together in ${both.reference}`)]
        return { kind: 'sibling', strength: strength === 'strong' ? 'likely' : 'possible', reasons }
      })
  )
}

const says = (words: string): Reason => ({ says: words, names: '' })

interface Related {
  earlier: FiledBefore
  relation: Relation
}

function likeliestFirst(a: Related, b: Related): number {
  const isSchool = (kind: EarlierKind) => Number(kind === 'school')
  const rank = ({ strength }: Relation) => strengths.indexOf(strength)
  const when = ({ earlier }: Related) => `${earlier.filedAt} ${earlier.id}`
  return (
    isSchool(a.relation.kind) - isSchool(b.relation.kind) ||
    rank(a.relation) - rank(b.relation) ||
    (when(a) < when(b) ? 1 : -1)
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
