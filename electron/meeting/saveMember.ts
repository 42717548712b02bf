import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { practitioner, teamMember } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { TeamMember } from '../../shared/meeting/meeting.ts'
import { problemsWithMember } from '../../shared/meeting/problems.ts'
import { memberOf } from '../../shared/meeting/team.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf, type Team } from './readTeam.ts'

/**
 * Somebody joins the Team Around the Family, leaves it, or was never in it: each is a version of its own, and what was
 * told before stays readable (R33, L7 to L9, L19). Who it is never changes.
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (by field), changed-since, clashing-id
 */
export async function saveMember(
  tx: Tx,
  { basedOn, ...version }: Parsed<'meeting.saveMember'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const team = await teamOf(tx, version.episodeId, actor)
  const [before] = await tx.select().from(teamMember).where(eq(teamMember.id, version.id))
  if (before) {
    const isSame = Object.entries(version).every(
      ([key, value]) => before[key as keyof typeof version] === value
    )
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, version)
  const known = knownFamily(tx, version.familyId).people
  const people = [...known.values()].flatMap(({ keptId, until }) => (until === '' ? [] : [keptId]))
  // of two records of one person the one that counts, whichever was chosen
  const personId = known.get(version.personId)?.keptId ?? version.personId
  const told = { ...version, personId, basedOn }
  const recordedAt = version.ofId === version.id ? undefined : standing(team, told).recordedAt
  const problems = problemsWithMember(told, { team: team.members, people })
  if (problems.length > 0) invalid(...problems)
  await mustBeInDirectory(tx, version)
  await tx
    .insert(teamMember)
    .values({ ...writtenAfter(writtenBy(actor, team.hubId), recordedAt), ...version })
  return null
}

type Version = Omit<Parsed<'meeting.saveMember'>, 'basedOn'>

/** The newest version, which is the one that was read, of the same member. */
function standing(
  { members }: Team,
  { ofId, basedOn, practitionerId, personId }: Parsed<'meeting.saveMember'>
): TeamMember {
  const newest = memberOf(members, ofId)
  if (!newest || newest.isKeyworker) return notFound()
  if (newest.id !== basedOn) throw new Refusal({ code: 'changed-since' })
  if (newest.practitionerId !== practitionerId || newest.personId !== personId)
    invalid({ path: 'name', message: 'Add somebody else as a new member' })
  return newest
}

/** Practitioners, agencies and schools are the directory's. */
async function mustBeInDirectory(
  db: ReadDb,
  { practitionerId, employer, employerId }: Version
): Promise<void> {
  if (practitionerId !== '' && !(await isPractitioner(db, practitionerId))) {
    invalid({ path: 'practitionerId', message: 'Choose the practitioner from the list' })
  }
  if (employer !== '' && !(await inDirectory(db, employer, employerId))) {
    invalid({ path: 'employerId', message: 'Choose the agency or school from the list' })
  }
}

const isPractitioner = async (db: ReadDb, id: Id): Promise<boolean> =>
  (await db.$count(practitioner, eq(practitioner.id, id))) > 0
