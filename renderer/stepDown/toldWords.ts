import type { Id } from '../../shared/ids.ts'
import type { StepDownVersion } from '../../shared/stepDown/record.ts'
import type { StepDownPerson } from '../../shared/stepDown/stepDown.ts'
import { decidedLevelLabels, riskLabels, stepDownSourceLabels } from '../../shared/words/stepDown.ts'
import { ageOn } from '../../shared/time/london.ts'
import { londonDate, showDate } from '../words/dates.ts'
import { memberRoleLabels } from '../words/labels.ts'

export const agreementToldLabels: Record<'given' | 'refused' | 'not-asked', string> = {
  given: 'Yes',
  refused: 'No, they refused',
  'not-asked': 'They were not asked'
}

/** "Rowan Marsh", or what they are where nobody told a name. */
export const personTitle = ({ name, role }: Pick<StepDownPerson, 'name' | 'role'>): string =>
  name || (role === '' ? 'Somebody without a name' : `${memberRoleLabels[role]} without a name`)

/** "Child, 14 May 2016, 10 years old": what else is told of somebody. */
export function personLine(person: StepDownPerson, version: Pick<StepDownVersion, 'recordedAt'>): string {
  const years = person.birth === '' ? 0 : ageOn(person.birth, londonDate(version.recordedAt))
  const born =
    person.birth === ''
      ? ''
      : `born ${showDate(person.birth)}, ${years === 0 ? 'under 1 year' : `${String(years)} ${years === 1 ? 'year' : 'years'}`} old`
  return [
    person.role === '' ? '' : memberRoleLabels[person.role],
    person.relation,
    born,
    person.expected && `expected on ${showDate(person.expected)}`,
    person.school,
    person.upn && `UPN ${person.upn}`,
    person.phone
  ]
    .filter(Boolean)
    .join(' · ')
}

const whoAgreed = ({ people, agreedById, agreedBy, agreedRelation }: StepDownVersion): string => {
  const person = people.find(({ id }) => id === agreedById)
  return person ? personTitle(person) : [agreedBy, agreedRelation].filter(Boolean).join(', ')
}

function agreementWords(version: StepDownVersion): string {
  const { agreement, agreedOn, agreedScope } = version
  if (agreement === '') return ''
  const about = [whoAgreed(version), agreedOn && showDate(agreedOn)].filter(Boolean).join(', ')
  return [agreementToldLabels[agreement], about, agreedScope].filter(Boolean).join('\n')
}

function previousWords({ hadPrevious, previousReference, previousKeyworker }: StepDownVersion): string {
  if (hadPrevious === '') return ''
  if (hadPrevious === 'no') return 'None'
  const keyworker = previousReference === '' ? 'Keyworker' : 'keyworker'
  const told = [previousReference, previousKeyworker && `${keyworker} ${previousKeyworker}`]
  return told.filter(Boolean).join(', ') || 'Yes'
}

/** A field of a version as it is shown: by a label, with its words; '' where it was not told. */
export interface ToldField {
  key: string
  label: string
  words: string
}

/** Everything of a version but its people, in the order of the form. */
export const toldFields = (version: StepDownVersion, districtName: (code: Id) => string): ToldField[] => [
  { key: 'source', label: 'What it comes of', words: version.source && stepDownSourceLabels[version.source] },
  { key: 'team', label: 'Sending team', words: version.sendingTeam },
  {
    key: 'worker',
    label: 'Social worker',
    words: [version.workerName, version.workerPhone, version.workerEmail, version.workerAddress]
      .filter(Boolean)
      .join('\n')
  },
  {
    key: 'completed',
    label: 'Statutory work completed',
    words: version.workCompletedOn && showDate(version.workCompletedOn)
  },
  {
    key: 'address',
    label: 'Address',
    words: [version.address, districtName(version.district)].filter(Boolean).join('\n')
  },
  { key: 'areas', label: 'Areas still to progress', words: version.areas },
  { key: 'tried', label: 'What was tried', words: version.tried },
  { key: 'plan', label: 'Last plan', words: version.lastPlan },
  { key: 'previous', label: 'Assessment before', words: previousWords(version) },
  { key: 'agreement', label: 'Agreement', words: agreementWords(version) },
  { key: 'risk', label: 'Risk', words: version.risk && riskLabels[version.risk] },
  { key: 'risks', label: 'What the risks are', words: version.risks },
  {
    key: 'level',
    label: 'Level asked for',
    words: version.requestedLevel && decidedLevelLabels[version.requestedLevel]
  },
  { key: 'note', label: 'Note', words: version.note }
]

/** What one version tells otherwise than the one before it: the new words by their label. */
export function toldSince(
  before: StepDownVersion,
  after: StepDownVersion,
  districtName: (code: Id) => string
): ToldField[] {
  const old = new Map(toldFields(before, districtName).map(({ key, words }) => [key, words]))
  const fields = toldFields(after, districtName).filter(({ key, words }) => old.get(key) !== words)
  const told = ({ id: _id, ...person }: StepDownPerson) => JSON.stringify(person)
  const people = after.people
    .filter((person) => {
      const earlier = before.people.find(({ id }) => id === person.id)
      return !earlier || told(earlier) !== told(person)
    })
    .map((person) => ({
      key: person.id,
      label: personTitle(person),
      words: [personLine(person, after), person.needs].filter(Boolean).join('\n')
    }))
  const gone = before.people
    .filter(({ id }) => after.people.every((person) => person.id !== id))
    .map((person) => ({ key: person.id, label: personTitle(person), words: 'Taken out' }))
  return [...fields, ...people, ...gone]
}
