import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { EarlierFamily } from '../../shared/call/earlier.ts'
import type { Id } from '../../shared/ids.ts'
import { matchHousehold } from '../../shared/person/household.ts'
import { asSought, matchKnown, surerFirst, type KnownPerson, type Sought } from '../../shared/person/known.ts'
import { inWords, type Match } from '../../shared/person/match.ts'
import { openAssessmentsOf } from '../episode/findOpen.ts'
import { candidates, questionsAbout } from './candidates.ts'
import { recordsOf, type PersonRecord } from './recordsOf.ts'

const SHOWN = 3
const LOOKED_AT = 8
/** A call is seldom about more; each is a look into the whole record while somebody types. */
const CHILDREN = 4

type Kind = EarlierFamily['kind']

/** How somebody of the record has to do with one of the children. */
interface Related extends Match {
  kind: Kind
  points: number
}

/**
 * Families in which one of these children may be, or a brother or sister, or whose home is the same (C5), at most three,
 * the likeliest first, each with why and with the open assessment. Of a restricted family only that there is one.
 */
export async function familiesLike(
  db: ReadDb,
  children: readonly Sought[],
  actor: Actor
): Promise<EarlierFamily[]> {
  const asked = children.slice(0, CHILDREN)
  const likely = new Map<Id, Related>()
  for (const child of asked) {
    const questions = questionsAbout(child, { isInPassing: true })
    const withPhones = child.phone !== ''
    for (const { personId, known } of await candidates(db, questions, actor, { withPhones })) {
      const related = relate(child, known)
      const before = likely.get(personId)
      if (related && (!before || likelierFirst(related, before) < 0)) likely.set(personId, related)
    }
  }
  const people = [...likely].sort(([, a], [, b]) => likelierFirst(a, b)).slice(0, LOOKED_AT)
  const records = await recordsOf(
    db,
    people.map(([personId]) => personId),
    actor
  )
  return shown(db, familiesOf(records, asked), actor)
}

/** A possible match is less than a brother or sister at the same address is. */
function relate(child: Sought, known: KnownPerson): Related | undefined {
  const found = matchKnown(child, known)
  if (found && found.strength !== 'possible') return { ...found, kind: 'child' }
  const household = matchHousehold(child, asSought(known))
  return household?.strength === 'likely' ? { ...household, points: 0 } : undefined
}

function likelierFirst(a: Related, b: Related): number {
  return Number(b.kind === 'child') - Number(a.kind === 'child') || surerFirst(a, b)
}

interface RelatedFamily {
  familyId: Id
  reference: string
  restricted: boolean
  related: Related
}

/** Each family by whoever of it is likeliest meant, by what may be told of them. */
function familiesOf(records: readonly PersonRecord[], children: readonly Sought[]): RelatedFamily[] {
  const families = new Map<Id, RelatedFamily>()
  for (const { known, families: theirs, restricted } of records) {
    const related = children
      .map((child) => relate(child, known))
      .filter((each) => each !== undefined)
      .sort(likelierFirst)[0]
    if (!related) continue
    const told = restricted
      ? { ...related, reasons: related.reasons.map((reason) => ({ ...reason, names: '' })) }
      : related
    for (const { id: familyId, reference, isCurrent, opening } of theirs) {
      const before = families.get(familyId)
      if (!isCurrent || (before && likelierFirst(before.related, told) <= 0)) continue
      families.set(familyId, { familyId, reference, restricted: opening === 'with-reason', related: told })
    }
  }
  return [...families.values()].sort((a, b) => likelierFirst(a.related, b.related)).slice(0, SHOWN)
}

async function shown(db: ReadDb, families: readonly RelatedFamily[], actor: Actor): Promise<EarlierFamily[]> {
  const ids = families.map(({ familyId }) => familyId)
  const open = await openAssessmentsOf(db, ids, actor)
  return families.map(({ familyId, reference, restricted, related: { kind, strength, reasons } }) => {
    const assessment = open.find((each) => each.familyId === familyId && !restricted)
    return {
      ...{ familyId, reference, restricted, kind, strength, why: reasons.map(inWords) },
      childNames: assessment?.childNames ?? '',
      assessmentReference: assessment?.reference ?? '',
      keyworkerName: assessment?.keyworkerName ?? ''
    }
  })
}
