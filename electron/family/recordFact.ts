import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { fact } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import { familyFactKinds, type Fact, type FactKind } from '../../shared/family/fact.ts'
import { isVersion, lastDayBefore, problemsWithFact, standingFact } from '../../shared/family/recording.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import { districtOfAddress } from '../../shared/setting/district.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { checkFact } from './checkFact.ts'
import { followAddress } from './followAddress.ts'
import { knownFamily, shownFacts, type KnownFamily, type ToldFact } from './peopleOf.ts'
import { mustOpen } from './readableFamily.ts'
import { writtenAfter, writtenBy, type Written } from './written.ts'

type Recorded = Output<'family.recordFact'>
type Input = Parsed<'family.recordFact'>

/**
 * Records something of a family or of one of its people from a day on, corrects it, ends it or says that it was entered
 * in error. Nothing is overwritten: each is a row of its own, and what somebody else recorded meanwhile is a
 * changed-since (L7 to L9). An address that says that the family lives in another hub's district takes it there.
 *
 * @throws Refusal not-found, family-restricted, not-allowed, invalid (by field), changed-since, clashing-id
 */
export async function recordFact(
  tx: Tx,
  typed: Input,
  actor: Actor
): Promise<Recorded | AlreadyDone<Recorded>> {
  const { hubId } = await mustOpen(tx, typed.familyId, actor)
  const today = londonDate(actor.now)
  const rules = rulesOn(await settingsInRecord(tx), today)
  const family = knownFamily(tx, typed.familyId)
  const about = subjectOf(typed, family)
  const input = { ...typed, subjectId: about.subjectId, fact: placed(typed.fact, rules) }

  const [before] = await tx.select().from(fact).where(eq(fact.id, input.id))
  if (before) {
    const keptId = family.people.get(before.subjectId)?.keptId ?? before.subjectId
    if (!isSame({ ...before, subjectId: keptId }, input) || before.createdBy !== actor.id)
      refuse('clashing-id')
    return alreadyDone(recorded(tx, input))
  }
  const basis = standingFact(
    family.facts.map((row) => ({ ...row, subjectId: row.keptId })),
    input,
    today
  )
  const standing = family.facts.find(({ id }) => id === basis?.id)
  if (isVersion(input) && !standing) notFound()
  if ((standing?.id ?? '') !== input.basedOn) throw new Refusal({ code: 'changed-since' })
  const problems = problemsWithFact(input, today)
  if (problems.length > 0) invalid(...problems)
  await checkFact(tx, input, { family, standing, rules, hubId }, actor)

  const written = writtenAfter(writtenBy(actor, hubId), standing?.recordedAt)
  const row = { ...rowOf(input), ...about, ...written, mergeId: '' }
  await tx.insert(fact).values(standing && isVersion(input) ? { ...row, ...ofVersion(standing, input) } : row)
  if (standing && !isVersion(input)) await endBefore(tx, standing, input, today, { ...about, ...written })
  await followAddress(tx, input, hubId, rules, written)
  return recorded(tx, input)
}

type About = Pick<typeof fact.$inferSelect, 'subject' | 'subjectId'>

const ofFamilies: readonly FactKind[] = familyFactKinds

/** The family itself, or whose record counts for one of its people, now or before. */
function subjectOf({ familyId, subjectId, fact: { kind } }: Input, { people }: KnownFamily): About {
  if (subjectId === familyId) {
    return ofFamilies.includes(kind) ? { subject: 'family', subjectId } : notFound()
  }
  const person = people.get(subjectId)
  const isOfPeople = kind === 'warning' || !ofFamilies.includes(kind)
  return person && person.until !== '' && isOfPeople
    ? { subject: 'person', subjectId: person.keptId }
    : notFound()
}

/** An address with the postcode that stands in it, and the district where nobody chose one. */
function placed(told: Fact, rules: Rules): Fact {
  if (told.kind !== 'address') return told
  const { address, district } = told.value
  return {
    kind: 'address',
    value: {
      ...told.value,
      postcode: findPostcode(address) ?? '',
      district: district || districtOfAddress(address, rules)
    }
  }
}

const rowOf = ({ id, ofId, fact: { kind, value }, validFrom, validTo, inError, reason }: Input) => ({
  ...{ id, ofId, kind, validFrom, validTo, inError, reason },
  value: JSON.stringify(value)
})

/**
 * A version is of the record that its fact was told of, so that it goes with it when a merge is undone. What a merge chose
 * goes then, and so does its ending; what somebody put in its place is told of this person, and stays.
 */
const ofVersion = ({ subjectId, mergeId, value }: ToldFact, { fact: told }: Input) => ({
  subjectId,
  mergeId: JSON.stringify(value) === JSON.stringify(told.value) ? mergeId : ''
})

const isSame = (before: typeof fact.$inferSelect, input: Input): boolean =>
  before.subjectId === input.subjectId &&
  Object.entries(rowOf(input)).every(([key, value]) => before[key as keyof typeof before] === value)

/** What a new fact takes the place of ends the day before, as a version of its own. */
async function endBefore(
  tx: Tx,
  standing: ToldFact,
  input: Input,
  today: CivilDate,
  row: About & Written
): Promise<void> {
  const validTo = lastDayBefore(standing, input, today)
  if (validTo === undefined) return
  await tx.insert(fact).values({
    ...row,
    id: naturalId('fact-ended', input.id, standing.ofId),
    ofId: standing.ofId,
    subjectId: standing.subjectId,
    kind: standing.kind,
    value: JSON.stringify(standing.value),
    validFrom: standing.validFrom,
    validTo,
    inError: false,
    reason: input.reason,
    mergeId: standing.mergeId
  })
}

function recorded(tx: Tx, { id, familyId }: { id: Id; familyId: Id }): Recorded {
  const { facts, beside } = knownFamily(tx, familyId)
  return shownFacts(facts, beside).find((row) => row.id === id) ?? notFound()
}
