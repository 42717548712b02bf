import type { ListFormat, ListName } from '../list/list.ts'

/** What a list is called, and one and many of its rows. */
export const listWords: Record<ListName, { title: string; one: string; many: string }> = {
  calls: { title: 'Calls', one: 'call', many: 'calls' },
  families: { title: 'Families', one: 'family', many: 'families' },
  keyworkers: { title: 'Keyworkers', one: 'keyworker', many: 'keyworkers' },
  'step-downs': { title: 'Step-downs', one: 'step-down', many: 'step-downs' },
  'step-ups': { title: 'Requests for step-up', one: 'request', many: 'requests' },
  'impact-meetings': { title: 'Action and Impact Meetings', one: 'meeting', many: 'meetings' },
  'triage-rows': { title: 'Rows of a report of triage', one: 'row', many: 'rows' },
  schools: { title: 'Schools', one: 'school', many: 'schools' },
  agencies: { title: 'Agencies', one: 'agency', many: 'agencies' },
  practitioners: { title: 'Practitioners', one: 'practitioner', many: 'practitioners' }
}

/** "1,234 calls" */
export const rowsWords = (list: ListName, count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? listWords[list].one : listWords[list].many}`

export const listFormatLabels: Record<ListFormat, string> = {
  csv: 'CSV, for any spreadsheet or program',
  xlsx: 'Excel workbook'
}
