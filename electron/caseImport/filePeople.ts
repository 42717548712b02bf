import type { FilePerson } from '../../shared/caseImport/caseImport.ts'
import type { EpisodePerson } from '../../shared/episode/episode.ts'
import type { ExportedPerson } from '../../shared/export/caseNotesFile.ts'
import type { Id } from '../../shared/ids.ts'
import { fold } from '../../shared/person/fold.ts'
import { weighPeople, type Person } from '../../shared/person/match.ts'
import { nameOfPerson } from '../../shared/words/person.ts'

/**
 * Who of a file seems to be who of the family: by the same record first, then by role and by what the matcher says of the two
 * names (L11, L15), where nobody else of the family or of the file fits as well. It proposes; a person chooses.
 */
export function matchedPeople(
  people: readonly ExportedPerson[],
  family: readonly EpisodePerson[]
): FilePerson[] {
  const likeness = (person: ExportedPerson, each: EpisodePerson): number =>
    each.personIds.includes(person.id) ? Infinity : likenessOfNames(person, each)
  return people.map((person) => {
    const same = sameRecord(person.id, family)
    const likest = onlyLikest(family, (each) => likeness(person, each))
    const isTaken =
      likest && people.some((other) => likeness(other, likest.of) > likest.likeness && other !== person)
    const alike = isTaken ? undefined : likest?.of.keptId
    return { ...person, hereId: same ?? alike ?? '', isSame: same !== undefined }
  })
}

/** The record that counts of somebody of the family who goes by this id, or did before a merge. */
export const sameRecord = (id: Id, family: readonly EpisodePerson[]): Id | undefined =>
  family.find(({ personIds }) => personIds.includes(id))?.keptId

/** The one with the greatest likeness above nought; undefined where two have the same. */
function onlyLikest<T>(
  all: readonly T[],
  likenessOf: (one: T) => number
): { of: T; likeness: number } | undefined {
  const [first, second] = all
    .map((of) => ({ of, likeness: likenessOf(of) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((one, other) => other.likeness - one.likeness)
  return first?.likeness === second?.likeness ? undefined : first
}

/** The points of a likely match; 0 for less. A file tells nobody's date of birth: a name is all that there is to go by. */
function likenessOfNames({ name, role }: ExportedPerson, other: EpisodePerson): number {
  if (role !== other.role) return 0
  const match = weighPeople(called(name), called(nameOfPerson(other)))
  const isSame = fold(name) === fold(nameOfPerson(other))
  return match && (isSame || match.strength !== 'possible') ? match.points : 0
}

const called = (name: string): Person => ({
  ...{ name, birthDate: '', ageYears: null, toldOn: '', upn: '', address: '', postcode: '', schoolId: '' }
})
