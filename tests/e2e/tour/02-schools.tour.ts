import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { establishmentsCsv, writeCsv } from '../../fixtures/establishments.ts'
import { button, field, goTo, heading } from '../screens/desk.ts'
import { chooseFile } from '../screens/files.ts'
import { expect, shot, test } from './tour.ts'

const schools = [
  { urn: '900001', name: 'Alderwick Primary School', town: 'Hatfield', phone: '01632 960101' },
  { urn: '900002', name: 'Brackenmoor Infant School', town: 'Watford', district: 'Watford' },
  { urn: '900003', name: 'Elmsworthy Junior School', town: 'Ware', district: 'East Hertfordshire' },
  { urn: '900004', name: 'St Éloi’s College', town: 'Tring', district: 'Dacorum', status: 'Closed' },
  {
    urn: '900005',
    name: 'The Grange',
    town: 'Hitchin',
    district: 'North Hertfordshire',
    typeName: 'Other independent school',
    typeGroup: 'Independent schools',
    status: 'Open, but proposed to close'
  },
  { urn: '900006', name: 'Millpond Academy', town: 'Maidstone', authority: 'Kent' },
  { urn: 'not known', name: 'Nowhere School' }
]

test('import schools', async ({ desk: { app, page } }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'schools-'))
  const file = writeCsv(path.join(folder, 'edubasealldata20261120.csv'), establishmentsCsv(schools))
  await goTo(page, 'Directory')
  await chooseFile(app, file)
  await button(page, 'Import schools').click()
  await expect(button(page, 'Store these schools')).toBeVisible()
  await shot(page, 'import-preview')
  await button(page, 'Store these schools').click()
  await expect(page.getByText(/^Stored: 5 schools added/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Alderwick Primary School' })).toBeVisible()
  await shot(page, 'directory')
  rmSync(folder, { recursive: true })
})

test('find a school by any form of its number', async ({ desk: { page } }) => {
  await field(page, 'Search schools').fill('+44 1632 960101')
  await expect(page.getByRole('row').filter({ hasText: '01632' })).toHaveCount(1)
  await page.getByRole('link', { name: 'Alderwick Primary School' }).click()
  await expect(heading(page, 'Alderwick Primary School')).toBeVisible()
  await shot(page, 'school')
})
