import type { ImportColumn } from '../../shared/family/import.ts'

/** What stands in each column of a file of families, as docs/import-families.md says at length. */
export const columnWords: Record<ImportColumn, string> = {
  family: 'What the family goes by in the other system. Rows with the same are one family. Must be filled in',
  role: 'child, unborn, parent-carer or other. Must be filled in',
  name: 'The full name. Must be filled in, but for an unborn child',
  other_names: 'Other names, with semicolons between them',
  date_of_birth: 'Day first, like 3/9/2015, or 2015-09-03',
  expected_date: 'Of an unborn child only. Must be filled in for one',
  sex: 'female, male or not-known',
  upn: 'Unique pupil number',
  phone: 'One telephone number',
  address: 'The address',
  postcode: 'Its postcode, where it does not stand in the address',
  district: 'The district, where the postcode does not tell it or tells it wrongly',
  school_urn: 'The URN of a school in the directory',
  relation: 'To the first child of the family, like mother or brother',
  language: 'The language they speak',
  from_date: 'Since when they belong to the family, with this address, telephone number and school'
}
