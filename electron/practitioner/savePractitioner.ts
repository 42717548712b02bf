import { eq, sql } from 'drizzle-orm'
import { isSinceReopened } from '../../db/keyworkers.ts'
import type { Tx } from '../../db/open.ts'
import { practitioner } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { fold } from '../../shared/person/fold.ts'
import type { Practitioner, PractitionerDetails } from '../../shared/practitioner/practitioner.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { formsOf } from '../school/words.ts'
import { practitionerOf } from './listPractitioners.ts'

/**
 * Registers a practitioner, or changes what is known of one as long as nobody else has since it was read (L7). Where
 * they work must be in the directory, whose number is theirs (R19, R23). Whoever holds a family stays trained and registered
 * from their first day with it on. Saving the same again writes nothing.
 *
 * @throws Refusal clashing-id, changed-since, invalid (employerId, trainedOn, registeredOn)
 */
export async function savePractitioner(
  tx: Tx,
  input: PractitionerDetails,
  actor: Actor
): Promise<Practitioner | AlreadyDone<Practitioner>> {
  const { id, rowVersion, ...details } = input
  const [kept] = await tx.select().from(practitioner).where(eq(practitioner.id, id))
  const today = londonDate(actor.now)
  if (kept?.rowVersion === rowVersion + 1 && sameDetails(kept, details)) {
    return alreadyDone(await saved(tx, id, today))
  }
  if (kept && rowVersion === 0) refuse('clashing-id')
  if ((kept?.rowVersion ?? 0) !== rowVersion) throw new Refusal({ code: 'changed-since' })
  if (!(await inDirectory(tx, details.employer, details.employerId))) {
    invalid({ path: 'employerId', message: 'Choose the agency or school from the directory' })
  }
  mustStayGivable(tx, id, details)

  const state = {
    ...details,
    rowVersion: rowVersion + 1,
    updatedAt: actor.now,
    updatedBy: actor.id,
    sortKey: fold(details.name),
    words: fold([details.name, details.role, ...formsOf(details.phone)].join(' '))
  }
  if (kept) await tx.update(practitioner).set(state).where(eq(practitioner.id, id))
  else {
    await tx.insert(practitioner).values({
      ...state,
      id,
      hubId: COUNTY_HUB_ID,
      createdAt: actor.now,
      createdBy: actor.id,
      deviceId: actor.deviceId
    })
  }
  return saved(tx, id, today)
}

function mustStayGivable(
  tx: Tx,
  practitionerId: Id,
  dates: Pick<PractitionerDetails, 'trainedOn' | 'registeredOn'>
): void {
  const { first } = tx.get<{ first: CivilDate | null }>(sql`SELECT min(s.from_day) AS first
    FROM keyworker_span s CROSS JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
    WHERE s.practitioner_id = ${practitionerId} AND ${sql.raw(isSinceReopened)}`)
  if (first === null) return
  const late = (['trainedOn', 'registeredOn'] as const).filter(
    (path) => dates[path] === '' || dates[path] > first
  )
  const message = `Enter ${showDate(first)} or an earlier day: they hold a family from then on`
  if (late.length > 0) invalid(...late.map((path) => ({ path, message })))
}

const saved = async (tx: Tx, id: Id, today: CivilDate): Promise<Practitioner> =>
  (await practitionerOf(tx, id, today)) ?? notFound()

const sameDetails = (
  kept: typeof practitioner.$inferSelect,
  details: Omit<PractitionerDetails, 'id' | 'rowVersion'>
): boolean => (Object.keys(details) as (keyof typeof details)[]).every((key) => kept[key] === details[key])
