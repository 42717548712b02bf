import type { AgreementRow } from '../agreement/agreement.ts'
import { agreementOn, sharingNeedsReason } from '../agreement/standing.ts'
import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import type { SharingDraft } from './sharing.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/** L28: an empty day is today. One that cannot be read counts as today until it is put right. */
export const sharedOn = ({ sharedOn: typed }: SharingDraft, today: CivilDate): CivilDate =>
  readDate(typed) || today

/** Has it been said with whom? */
export const isShareeTold = ({ notInDirectory, bodyName, agencyId }: SharingDraft): boolean =>
  notInDirectory ? !isBlank(bodyName) : agencyId !== ''

/** The agency or school of the directory that it is shared with; '' for a body that the directory does not have. */
export const shareeId = ({ notInDirectory, agencyId }: SharingDraft): Id => (notInDirectory ? '' : agencyId)

/**
 * Does this go ahead without the family's agreement, as that stood on the day it was shared (domain 0.4)? Then it is
 * written down why; it is never forbidden.
 */
export const goesWithoutAgreement = (
  draft: SharingDraft,
  agreements: readonly AgreementRow[],
  today: CivilDate
): boolean => sharingNeedsReason(agreementOn(agreements, sharedOn(draft, today)), shareeId(draft))

/** Is the reason asked for yet? As soon as it is said with whom. */
export const isReasonAsked: typeof goesWithoutAgreement = (draft, agreements, today) =>
  isShareeTold(draft) && goesWithoutAgreement(draft, agreements, today)

/**
 * What stands between what was typed and a record of sharing, in the order of the form. `people`: everyone who belongs or
 * belonged to the family.
 */
export function problemsWithSharing(
  draft: SharingDraft,
  about: { people: readonly Id[]; agreements: readonly AgreementRow[]; today: CivilDate }
): FieldError[] {
  return [
    ...problemsWithSharee(draft),
    ...problemsWithDay(draft, about.today),
    ...(isReasonAsked(draft, about.agreements, about.today) ? problemsWithReason(draft) : []),
    ...problemsWithPeople(draft, about.people),
    ...demanded(draft, [
      ['what', 'Enter what is shared'],
      ['purpose', 'Enter what it is shared for'],
      ['how', 'Choose how it is shared']
    ])
  ]
}

function problemsWithSharee(draft: SharingDraft): FieldError[] {
  if (isShareeTold(draft)) return []
  if (draft.notInDirectory) return [{ path: 'bodyName', message: 'Enter the name of the body' }]
  return [
    {
      path: 'agencyId',
      message: isBlank(draft.agencyText)
        ? 'Enter who it is shared with'
        : 'Choose the agency or school from the list, or tick that it is not in the directory'
    }
  ]
}

function problemsWithDay({ sharedOn: typed }: SharingDraft, today: CivilDate): FieldError[] {
  if (isBlank(typed)) return []
  const day = readDate(typed)
  if (day === '') return [{ path: 'sharedOn', message: 'Enter a date like 23/11/2026' }]
  return day > today ? [{ path: 'sharedOn', message: 'The day cannot be in the future' }] : []
}

function problemsWithReason(draft: SharingDraft): FieldError[] {
  return [
    ...demanded(draft, [['ground', 'Choose why it goes ahead without agreement']]),
    ...(draft.ground === 'public-interest' ? demanded(draft, [['advisedBy', 'Enter who advised it']]) : []),
    ...demanded(draft, [['reason', 'Say in your words why it goes ahead']])
  ]
}

function problemsWithPeople({ personIds }: SharingDraft, people: readonly Id[]): FieldError[] {
  const isOfFamily = personIds.length > 0 && personIds.every((id) => people.includes(id))
  return isOfFamily ? [] : [{ path: 'personIds', message: 'Choose whom it is about' }]
}

const demanded = (
  draft: SharingDraft,
  fields: readonly [path: 'what' | 'purpose' | 'how' | 'ground' | 'advisedBy' | 'reason', message: string][]
): FieldError[] =>
  fields.filter(([path]) => isBlank(draft[path])).map(([path, message]) => ({ path, message }))
