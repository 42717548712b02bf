import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import { emptyAgreement } from '../../shared/family/emptyForms.ts'
import { emptySharing } from '../../shared/sharing/emptySharing.ts'
import { goesWithoutAgreement, problemsWithSharing } from '../../shared/sharing/problems.ts'
import { sharingGrounds, type SharingDraft } from '../../shared/sharing/sharing.ts'

const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
const ROBIN = '0197a000-0000-7000-8000-0000000000a1'
const LANTERN = '0197a000-0000-7000-8000-0000000000b1'
const HARBOUR = '0197a000-0000-7000-8000-0000000000b2'
const TODAY = '2026-11-23'

const said = (decidedOn: string, changes: Partial<AgreementRow> = {}): AgreementRow => ({
  ...emptyAgreement(`agreement of ${decidedOn}`, FAMILY),
  ...{ decision: 'given', takePart: true, share: true, decidedOn, throughPersonId: '' },
  ...{ recordedAt: `${decidedOn}T09:00:00.000Z`, recordedByName: '' },
  ...changes
})

const aSharing = (changes: Partial<SharingDraft> = {}): SharingDraft => ({
  ...emptySharing('0197a000-0000-7000-8000-0000000000c1', FAMILY),
  ...{ agencyId: LANTERN, agencyText: 'Lantern Trust', personIds: [ROBIN] },
  ...{ what: 'That Robin is often late', purpose: 'For a place at the breakfast club', how: 'phone' },
  ...changes
})
const paths = (draft: SharingDraft, agreements: AgreementRow[]) =>
  problemsWithSharing(draft, { people: [ROBIN], agreements, today: TODAY }).map(({ path }) => path)

describe('whether a reason is demanded (domain 0.4)', () => {
  it.each<[string, AgreementRow[], Partial<SharingDraft>, boolean]>([
    ['nobody was asked', [], {}, true],
    ['agreed for every agency', [said('2026-11-01')], {}, false],
    ['agreed to take part and not to share', [said('2026-11-01', { share: false })], {}, true],
    ['agreed for this agency', [said('2026-11-01', { agencyIds: [LANTERN] })], {}, false],
    ['agreed for another agency', [said('2026-11-01', { agencyIds: [HARBOUR] })], {}, true],
    ['refused', [said('2026-11-01', { decision: 'refused' })], {}, true],
    ['withdrawn since', [said('2026-11-01'), said('2026-11-10', { decision: 'withdrawn' })], {}, true],
    [
      'withdrawn after the day it was shared',
      [said('2026-11-01'), said('2026-11-10', { decision: 'withdrawn' })],
      { sharedOn: '9/11/2026' },
      false
    ],
    ['on the day they agreed', [said('2026-11-10')], { sharedOn: '10/11/2026' }, false],
    ['on the day before they agreed', [said('2026-11-10')], { sharedOn: '9/11/2026' }, true],
    [
      'a body outside the directory, agreed for every agency',
      [said('2026-11-01')],
      { notInDirectory: true, bodyName: 'Wychford Scouts', agencyId: '' },
      false
    ],
    [
      'a body outside the directory, agreed for one agency',
      [said('2026-11-01', { agencyIds: [LANTERN] })],
      { notInDirectory: true, bodyName: 'Wychford Scouts' },
      true
    ]
  ])('%s: %#', (_, agreements, changes, needs) => {
    const draft = aSharing(changes)
    expect(goesWithoutAgreement(draft, agreements, TODAY)).toBe(needs)
    expect(paths(draft, agreements)).toEqual(needs ? ['ground', 'reason'] : [])
  })

  it('is never in the way: with a ground and words it goes ahead, whatever was agreed', () => {
    const decision = fc.constantFrom('not-asked', 'given', 'refused', 'withdrawn')
    const row = fc.record({
      ...{ decision, share: fc.boolean(), takePart: fc.boolean() },
      ...{ agencyIds: fc.subarray([LANTERN, HARBOUR]), day: fc.integer({ min: 1, max: 23 }) }
    })
    const rows = fc.array(
      row.map(({ day, ...changes }) =>
        said(`2026-11-${String(day).padStart(2, '0')}`, changes as Partial<AgreementRow>)
      )
    )
    fc.assert(
      fc.property(rows, fc.constantFrom(...sharingGrounds), fc.boolean(), (agreements, ground, outside) => {
        const why = { ground, advisedBy: 'The legal team', reason: 'He was hit' } as const
        const body = outside ? { notInDirectory: true, bodyName: 'Wychford Scouts' } : {}
        expect(paths(aSharing({ ...why, ...body }), agreements)).toEqual([])
      })
    )
  })
})

describe('what else is asked for', () => {
  const agreed = [said('2026-11-01')]

  it('no reason before it is said with whom', () => {
    expect(paths(aSharing({ agencyId: '' }), [])).toEqual(['agencyId'])
  })

  it.each<[Partial<SharingDraft>, string]>([
    [{ agencyId: '', agencyText: '' }, 'agencyId'],
    [{ agencyId: '', agencyText: 'Lant' }, 'agencyId'],
    [{ sharedOn: 'last week' }, 'sharedOn'],
    [{ sharedOn: '24/11/2026' }, 'sharedOn'],
    [{ personIds: [] }, 'personIds'],
    [{ personIds: [ROBIN, HARBOUR] }, 'personIds'],
    [{ what: ' ' }, 'what'],
    [{ purpose: '' }, 'purpose'],
    [{ how: '' }, 'how']
  ])('%j', (changes, path) => {
    expect(paths(aSharing(changes), agreed)).toEqual([path])
  })

  it('a body outside the directory by its name', () => {
    expect(paths(aSharing({ notInDirectory: true, bodyName: ' ' }), agreed)).toEqual(['bodyName'])
  })

  it('who advised it where it is in the public interest, and no more than that', () => {
    const why = { ground: 'public-interest', reason: 'He was hit' } as const
    expect(paths(aSharing(why), [])).toEqual(['advisedBy'])
    expect(paths(aSharing({ ...why, advisedBy: 'The legal team' }), [])).toEqual([])
  })
})
