import type { FilePerson } from '../../shared/caseImport/caseImport.ts'
import type { EpisodePerson } from '../../shared/episode/episode.ts'
import type { ExportedPerson } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import { fold } from '../../shared/person/fold.ts'
import { nameOfPerson } from '../../shared/words/person.ts'

/** Who of a file seems to be who of the family: by the same record first, then by name and role where only one is meant. */
export function matchedPeople(
  people: readonly ExportedPerson[],
  family: readonly EpisodePerson[]
): FilePerson[] {
  return people.map((person) => {
    const same = sameRecord(person.id, family)
    const named = family.filter(
      (each) => each.role === person.role && fold(nameOfPerson(each)) === fold(person.name)
    )
    const alike = named.length === 1 ? named[0]?.keptId : undefined
    return { ...person, hereId: same ?? alike ?? '', isSame: same !== undefined }
  })
}

/** The record that counts of somebody of the family who goes by this id, or did before a merge. */
export const sameRecord = (id: Id, family: readonly EpisodePerson[]): Id | undefined =>
  family.find(({ personIds }) => personIds.includes(id))?.keptId
