import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call } from '../../db/schema/index.ts'
import type { EpisodePerson } from '../../shared/episode/episode.ts'
import { notFound } from '../../shared/errors.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { agencyNames } from '../agency/agencyNames.ts'

/** Who receives an export, by name. `people`: of the family. @throws Refusal not-found */
export async function receiverOf(
  db: ReadDb,
  { receiver, agencyId, bodyName, receiverId, subjectId }: CaseNotesExport,
  people: readonly EpisodePerson[]
): Promise<string> {
  switch (receiver) {
    case 'agency': {
      const [agency] = await agencyNames(db, { ids: [agencyId] })
      return agency?.name ?? notFound()
    }
    case 'body':
      return bodyName.trim()
    case 'person': {
      const person = people.find(({ keptId }) => keptId === receiverId)
      return person ? nameOfPerson(person) : notFound()
    }
    case 'caller':
      return callerOf(db, subjectId)
    case '':
      return notFound()
  }
}

async function callerOf(db: ReadDb, callId: Id): Promise<string> {
  const [found] = await db.select({ name: call.callerName }).from(call).where(eq(call.id, callId))
  return found ? found.name || 'The caller' : notFound()
}
