import { newId, type Id } from '../../shared/ids.ts'
import type { LetterAbout, LetterField } from '../../shared/letter/letter.ts'
import { showDate } from '../words/dates.ts'

/** What a letter fills in where a field stands. */
export const letterFieldLabels: Record<LetterField, string> = {
  to: 'How the letter addresses whoever it is to',
  address: 'Where they live, unless it is withheld',
  children: 'First names of the children',
  date: 'The day on which the letter is made',
  reference: 'Reference of the assessment',
  keyworker: 'The keyworker; of a transfer the one until then, of cover the one who is away',
  keyworkerAgency: 'The keyworker’s agency or school',
  keyworkerPhone: 'The keyworker’s number at work',
  newKeyworker: 'The new keyworker, or who stands in',
  newKeyworkerAgency: 'Their agency or school',
  newKeyworkerPhone: 'Their number at work',
  changeoverDate: 'The first day of the new keyworker',
  coverFrom: 'The first day of cover',
  coverTo: 'The last day of cover',
  meetingDate: 'The day of the next meeting of the team',
  meetingTime: 'When it begins',
  meetingPlace: 'Where it is, unless that is withheld',
  closedDate: 'The day on which the assessment closed',
  closedWhy: 'Why it closed, as it was recorded: put it in plain words',
  hub: 'The local hub of the family',
  sender: 'Your name and what you are'
}

/** As a field is written in a letter. */
export const written = (field: string): string => `{{${field}}}`

/** What of the record a new letter tells: each may be left out. */
interface Tells {
  episodeId?: Id
  /** A transfer, or one family's part of a cover. */
  aboutId?: Id
  /** The key of a letter in the settings. */
  template?: string
}

/** Where a new letter to a family is written. */
export function writeLetterPath(
  familyId: Id,
  { episodeId = '', aboutId = '', template = '' }: Tells = {}
): string {
  const query = Object.entries({ episode: episodeId, about: aboutId, template })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `/families/${familyId}/letter/${newId()}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** `Transfer to Al Reed from 3 December 2026`, `Cover by Al Reed from 1 December 2026 to 10 December 2026`. */
export function aboutWords({ kind, name, from, to }: LetterAbout): string {
  if (kind === 'cover') return `Cover by ${name} from ${showDate(from)} to ${showDate(to)}`
  return name === '' ? 'Transfer, nobody proposed yet' : `Transfer to ${name} from ${showDate(from)}`
}
