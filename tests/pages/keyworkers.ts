import { newId } from '../../shared/ids.ts'
import type { KeyworkerRecord } from '../../shared/keyworker/keyworker.ts'

export const PRIYA = '0197a000-0000-7000-8000-000000000001'
export const load = { held: 2, covering: 0, capacity: 7.2, percent: 28 }

/** Priya Shah, who is at work and holds what `changes` says. */
export const aKeyworker = (changes: Partial<KeyworkerRecord> = {}): KeyworkerRecord => ({
  practitioner: {
    ...{ id: PRIYA, name: 'Priya Shah', role: 'Family support worker', employer: 'agency' },
    ...{ employerId: newId(), employerName: 'Lantern Trust', mainNumber: '', phone: '', email: '' },
    ...{ trainedOn: '2026-01-12', standardsOn: '', registeredOn: '2026-02-09', rowVersion: 4 },
    ...{ load, awayUntil: '', leftOn: '' }
  },
  ...{ leftOn: '', leftWhy: '', load, allocatedLately: 1, awayUntil: '', coveredBy: [], covers: [] },
  ...{ patterns: [], absences: [], holds: [], held: [], hidden: 0, transfers: [] },
  ...changes
})
