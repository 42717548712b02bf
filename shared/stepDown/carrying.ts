import type { DraftEntry } from '../assessment/assessment.ts'
import type { CivilDate, Id } from '../ids.ts'
import { weighPeople, type Person } from '../person/match.ts'
import { isChild } from './told.ts'
import type { StepDownDraft, StepDownPerson } from './stepDown.ts'

/** A step-down as it goes along with the family: what its sender told last. */
export interface ToldOfFamily extends Pick<
  StepDownDraft,
  'sendingTeam' | 'workerName' | 'areas' | 'tried' | 'lastPlan' | 'risks' | 'note'
> {
  reference: string
  people: readonly StepDownPerson[]
}

/** Somebody of the family's record. */
export interface PersonOfFamily extends Person {
  personId: Id
}

/** What a sender told of one child, and who of the family's record that is; undefined where nobody is surely the same. */
export interface ChildTold {
  child: StepDownPerson
  personId: Id | undefined
}

/**
 * Whom of the family each child of a step-down is: who was registered from it, or the likeliest of those who match well (L15),
 * nobody twice. A child of whom nothing is needed is left out.
 */
export function childrenTold(
  people: readonly StepDownPerson[],
  family: readonly PersonOfFamily[],
  on: CivilDate
): ChildTold[] {
  const taken = new Set<Id>()
  return people
    .filter((person) => isChild(person) && person.needs !== '')
    .map((child) => {
      const left = family.filter(({ personId }) => !taken.has(personId))
      const personId = left.find((each) => each.personId === child.id)?.personId ?? likeliest(child, left, on)
      if (personId !== undefined) taken.add(personId)
      return { child, personId }
    })
}

function likeliest(child: StepDownPerson, family: readonly PersonOfFamily[], on: CivilDate): Id | undefined {
  const [best] = family
    .flatMap(({ personId, ...known }) => {
      const match = weighPeople(asPerson(child, on), known)
      return match && match.strength !== 'possible' ? [{ personId, points: match.points }] : []
    })
    .toSorted((a, b) => b.points - a.points || (a.personId < b.personId ? -1 : 1))
  return best?.personId
}

const asPerson = ({ name, birth, upn, schoolId }: StepDownPerson, on: CivilDate): Person => ({
  ...{ name, upn, schoolId, birthDate: birth, ageYears: null, toldOn: on },
  ...{ address: '', postcode: '' }
})

/**
 * What each child needs, as entries of the assessment of a family (R4): beside what stands there already, and with the words
 * that say where it comes from. Statutory social care tells needs by child and not by area, so that they stand under safety,
 * which it looked at, until the keyworker sorts them (ADR 40).
 */
export function entriesOf(
  children: readonly ChildTold[],
  reference: string,
  standing: readonly DraftEntry[]
): DraftEntry[] {
  return children.flatMap(({ child, personId }) => {
    if (personId === undefined) return []
    const before = standing.find((entry) => entry.personId === personId && entry.domain === 'safety')
    const told = `Told with step-down ${reference}, to be sorted into the areas that it belongs to: ${child.needs}`
    return [
      {
        ...{
          personId,
          domain: 'safety' as const,
          views: before?.views ?? '',
          strengths: before?.strengths ?? ''
        },
        needs: [before?.needs ?? '', told].filter(Boolean).join('\n\n')
      }
    ]
  })
}

/** Why the assessment opens (R2), in its first lines. */
export const reasonToOpen = ({ reference, sendingTeam, areas }: ToldOfFamily): string =>
  [`Step-down ${reference} from ${sendingTeam || 'statutory social care'}.`, areas].filter(Boolean).join('\n')

/** Everything that the sender told for whoever works with the family now, as a case note: nothing of it is lost. */
export function noteOf(told: ToldOfFamily, children: readonly ChildTold[]): string {
  const from = [told.sendingTeam, told.workerName].filter(Boolean).join(', ')
  const unknown = children.filter(({ personId }) => personId === undefined).map(({ child }) => nameOf(child))
  const parts: [string, string][] = [
    ...children.map(({ child }): [string, string] => [
      `What ${child.name || 'the unborn child'} needs`,
      child.needs
    ]),
    ['Still to progress', told.areas],
    ['What was tried', told.tried],
    ['The last plan', told.lastPlan],
    ['Risks', told.risks],
    ['Note', told.note],
    ['Not found among the people of this family’s record', unknown.join(', ')]
  ]
  const said = parts.filter(([, words]) => words !== '').map(([label, words]) => `${label}: ${words}`)
  return [`Step-down ${told.reference}${from && ` from ${from}`}`, ...said].join('\n\n')
}

const nameOf = ({ name }: StepDownPerson): string => name || 'the unborn child'
