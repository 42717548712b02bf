import type { LetterField } from '../../shared/letter/letter.ts'

/** Nobody: for whoever writes a letter in the settings and would like to see how it reads. */
export const inventedLetter: Record<LetterField, string> = {
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
  hub: 'Broxbourne and East Herts',
  sender: 'Morgan Ellis, Families First Coordinator'
}
