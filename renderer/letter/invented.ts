import { letterFields, type LetterField } from '../../shared/letter/letter.ts'
import { letterFieldLabels } from './words.ts'

/** A kind of letter, for whoever writes one in the settings: its fields, and how it reads to people who do not exist. */
export interface LetterExample {
  fields: { field: string; label: string }[]
  known: Readonly<Record<string, string>>
  /** What stands above the words; `address` a line each. */
  head: { hubName: string; day: string; toName: string; address: string }
}

const inventedLetter: Record<LetterField, string> = {
  to: 'Jo Vale',
  address: '4 Mill Lane, Hertford SG14 1AB',
  children: 'Robin and Sam',
  date: '23 November 2026',
  reference: 'FFA-7KQ3-000001',
  keyworker: 'Priya Shah',
  keyworkerAgency: 'Lantern Trust',
  keyworkerPhone: '07700 900123',
  newKeyworker: 'Al Reed',
  newKeyworkerAgency: 'Oakfield School',
  newKeyworkerPhone: '07700 900456',
  changeoverDate: '4 January 2027',
  coverFrom: '7 December 2026',
  coverTo: '18 December 2026',
  meetingDate: '11 January 2027',
  meetingTime: '14:30',
  meetingPlace: 'Hertford Family Centre',
  closedDate: '15 March 2027',
  closedWhy: 'everything that we planned together is done',
  hub: 'Broxbourne and East Herts',
  sender: 'Morgan Ellis, Families First Coordinator'
}

/** A letter to a family. */
export const familyLetterExample: LetterExample = {
  fields: letterFields.map((field) => ({ field, label: letterFieldLabels[field] })),
  known: inventedLetter,
  head: {
    hubName: inventedLetter.hub,
    day: inventedLetter.date,
    toName: inventedLetter.to,
    address: inventedLetter.address.replaceAll(', ', '\n')
  }
}
