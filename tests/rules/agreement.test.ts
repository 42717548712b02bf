import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  capacities,
  decisions,
  type AgreementDraft,
  type AgreementRow,
  type WithdrawalDraft
} from '../../shared/agreement/agreement.ts'
import {
  mayStart,
  problemsWithAgreement,
  problemsWithRecording,
  problemsWithWithdrawal
} from '../../shared/agreement/problems.ts'
import { agreementNow, sharingNeedsReason, takesPart } from '../../shared/agreement/standing.ts'
import { capacitiesOf, type AgreeingPerson } from '../../shared/agreement/who.ts'
import { emptyAgreement, emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'

const TODAY = '2026-11-23'
const mother: AgreeingPerson = { id: newId(), name: 'Jo Vale', role: 'parent-carer', ageYears: 41 }
const born = (birthDate: string): AgreeingPerson => ({
  id: newId(),
  name: 'Sam Vale',
  role: 'child',
  ageYears: undefined,
  birthDate
})
const about = { people: [mother], today: TODAY }

const row = (changes: Partial<AgreementRow> = {}): AgreementRow => ({
  id: newId(),
  decision: 'given',
  byPersonId: mother.id,
  byName: '',
  relation: 'mother',
  capacity: 'parental-responsibility',
  capacityNote: '',
  route: 'phone',
  takePart: true,
  share: true,
  agencyIds: [],
  decidedOn: '2026-11-01',
  reviewOn: '2026-12-13',
  reason: '',
  deniedNote: '',
  safetyConcern: '',
  prompt: '',
  throughPersonId: '',
  note: '',
  recordedAt: '2026-11-01T10:00:00.000Z',
  recordedByName: 'Morgan Ellis',
  ...changes
})

const who = {
  byPersonId: mother.id,
  relation: 'mother',
  capacity: 'parental-responsibility',
  route: 'phone'
} as const
const yes = (changes: Partial<AgreementDraft> = {}): AgreementDraft => ({
  ...emptyAgreement(newId(), newId()),
  ...who,
  decision: 'given',
  takePart: true,
  reviewOn: '4/1/2027',
  ...changes
})
const no = (changes: Partial<AgreementDraft> = {}): AgreementDraft =>
  yes({
    decision: 'refused',
    takePart: false,
    reviewOn: '',
    reason: 'Not now',
    deniedNote: 'Form filled in',
    safetyConcern: 'no',
    ...changes
  })
const paths = (problems: { path: string }[]) => problems.map(({ path }) => path)

describe('R25, L7: why somebody’s word counts, by their age on the day of the decision', () => {
  it.each([
    ['15 years and 364 days', '2010-11-24', 'competent-under-16', 'young-person-16-or-over'],
    ['16 on that day', '2010-11-23', 'young-person-16-or-over', 'competent-under-16'],
    ['17 years and 364 days', '2008-11-24', 'young-person-16-or-over', 'adult-for-self'],
    ['18 on that day', '2008-11-23', 'adult-for-self', 'competent-under-16'],
    ['24 years and 364 days', '2001-11-24', 'young-person-16-or-over', 'competent-under-16'],
    ['25 on that day', '2001-11-23', 'adult-for-self', 'young-person-16-or-over']
  ] as const)('%s', (_age, birth, fits, fitsNot) => {
    const possible = capacitiesOf(born(birth), TODAY)
    expect(possible).toContain(fits)
    expect(possible).not.toContain(fitsNot)
  })

  it('a birthday on 29 February counts from 1 March', () => {
    const leap = born('2012-02-29')
    expect(capacitiesOf(leap, '2028-02-28')).toContain('competent-under-16')
    expect(capacitiesOf(leap, '2028-02-29')).toContain('young-person-16-or-over')
    expect(capacitiesOf(born('2011-02-29'), '2027-02-28')).toContain('competent-under-16')
  })

  it('a mother of 15 has parental responsibility, a child of 15 has not, the unborn say nothing', () => {
    const birthDate = '2011-06-01'
    expect(capacitiesOf({ ...mother, birthDate }, TODAY)).toContain('parental-responsibility')
    expect(capacitiesOf(born(birthDate), TODAY)).not.toContain('parental-responsibility')
    expect(capacitiesOf({ ...born(''), role: 'unborn' }, TODAY)).toEqual([])
  })

  it('where the age is not known nothing is ruled out', () => {
    expect(capacitiesOf(undefined, TODAY)).toEqual(capacities)
    expect(capacitiesOf({ ...mother, ageYears: undefined }, TODAY)).toEqual(capacities)
  })

  it('the form says so, of the day that was typed and not of today', () => {
    const youth = born('2010-11-20')
    const draft = yes({
      byPersonId: youth.id,
      relation: '',
      capacity: 'young-person-16-or-over',
      decidedOn: '19/11/2026'
    })
    expect(problemsWithAgreement(draft, { ...about, people: [youth] })).toEqual([
      { path: 'capacity', message: 'This does not fit their age on that day' }
    ])
    expect(
      problemsWithAgreement({ ...draft, decidedOn: '20/11/2026' }, { ...about, people: [youth] })
    ).toEqual([])
  })
})

describe('problemsWithAgreement', () => {
  it('R24: a decision, and of a yes who, how, what to and when it is reviewed', () => {
    expect(paths(problemsWithAgreement(emptyAgreement(newId(), newId()), about))).toEqual(['decision'])
    const bare = { ...emptyAgreement(newId(), newId()), decision: 'given' } as const
    expect(paths(problemsWithAgreement(bare, about))).toEqual([
      'byPersonId',
      'relation',
      'route',
      'capacity',
      'takePart',
      'reviewOn'
    ])
    expect(problemsWithAgreement(yes(), about)).toEqual([])
    expect(problemsWithAgreement({ ...bare, decision: 'not-asked' }, about)).toEqual([])
  })

  it('R25: under 16, it is written down how one knows that they understand', () => {
    const child = born('2012-01-01')
    const draft = yes({ byPersonId: child.id, relation: '', capacity: 'competent-under-16' })
    expect(paths(problemsWithAgreement(draft, { ...about, people: [child] }))).toEqual(['capacityNote'])
    expect(
      problemsWithAgreement({ ...draft, capacityNote: 'Said it back' }, { ...about, people: [child] })
    ).toEqual([])
  })

  it('R26, R27: a refusal has its reason, the consent-denied record, and what is done about a concern', () => {
    expect(problemsWithAgreement(no(), about)).toEqual([])
    const bare = no({ reason: ' ', deniedNote: '', safetyConcern: '' })
    expect(paths(problemsWithAgreement(bare, about))).toEqual(['reason', 'deniedNote', 'safetyConcern'])
    expect(paths(problemsWithAgreement(no({ safetyConcern: 'yes' }), about))).toEqual(['prompt'])
  })

  it.each([
    ['today', '23/11/2026', []],
    ['tomorrow', '24/11/2026', ['decidedOn']],
    ['no day', '31/2/2026', ['decidedOn']],
    ['none: today', '', []]
  ])('L28: the day of the decision, %s', (_name, decidedOn, found) => {
    expect(paths(problemsWithAgreement(yes({ decidedOn }), about))).toEqual(found)
  })

  it.each([
    ['the day they agreed', '23/11/2026', ['reviewOn']],
    ['the day after', '24/11/2026', []],
    ['no day', '31/2/2027', ['reviewOn']],
    ['none', '', ['reviewOn']]
  ])('the review, %s', (_name, reviewOn, found) => {
    expect(paths(problemsWithAgreement(yes({ reviewOn }), about))).toEqual(found)
  })

  it('nobody of another family decides', () => {
    expect(paths(problemsWithAgreement(yes({ byPersonId: newId() }), about))).toEqual(['byPersonId'])
    expect(problemsWithAgreement(yes({ byPersonId: '', byName: 'Chris Vale' }), about)).toEqual([])
  })
})

describe('what stands now', () => {
  const refused = row({ decision: 'refused', takePart: false, share: false, decidedOn: '2026-11-10' })
  const youth = { capacity: 'young-person-16-or-over', byPersonId: newId() } as const

  it('nothing where nothing was said', () => {
    expect(agreementNow([])).toBeUndefined()
  })

  it('R26: what was decided last, whenever it was recorded', () => {
    const later = row({ decidedOn: '2026-11-11', recordedAt: '2026-11-11T10:00:00.000Z' })
    const backDated = row({ decidedOn: '2026-11-09', recordedAt: '2026-11-20T10:00:00.000Z' })
    expect(agreementNow([later, refused, backDated])).toBe(later)
    expect(agreementNow([refused, backDated])).toBe(refused)
  })

  it('of one day what was recorded last', () => {
    const corrected = row({ decidedOn: refused.decidedOn, recordedAt: '2026-11-01T10:00:00.001Z' })
    expect(agreementNow([corrected, refused])).toBe(corrected)
  })

  it('not asked takes nothing back', () => {
    const given = row()
    const notAsked = row({ decision: 'not-asked', decidedOn: '2026-11-20' })
    expect(agreementNow([given, notAsked])).toBe(given)
    expect(agreementNow([notAsked])).toBe(notAsked)
  })

  it('L7: a young person’s refusal prevails over a parent’s yes, before and after it', () => {
    const theirs = row({ ...youth, decision: 'refused', decidedOn: '2026-11-05' })
    expect(agreementNow([row(), theirs])).toBe(theirs)
    expect(agreementNow([theirs, row({ decidedOn: '2026-11-20' })])).toBe(theirs)
    const changed = row({ ...youth, decidedOn: '2026-11-21' })
    expect(agreementNow([theirs, changed, row({ decidedOn: '2026-11-22' })])).toBe(changed)
  })

  it('L7: and so does their yes over a parent’s refusal', () => {
    const theirs = row({ ...youth, decidedOn: '2026-11-05' })
    expect(agreementNow([theirs, refused])).toBe(theirs)
  })

  it('R28: a withdrawal ends whatever was said before it, by whomever', () => {
    const theirs = row({ ...youth, decidedOn: '2026-11-05' })
    const withdrawn = row({ decision: 'withdrawn', decidedOn: '2026-11-12' })
    expect(agreementNow([theirs, withdrawn])).toBe(withdrawn)
    const again = row({ decidedOn: '2026-11-13' })
    expect(agreementNow([theirs, withdrawn, again])).toBe(again)
  })

  it('L29: what is left of a narrowed agreement stands, and nothing that was said before it', () => {
    const theirs = row({ ...youth, decidedOn: '2026-11-05' })
    const narrowed = row({ throughPersonId: newId(), share: false, decidedOn: '2026-11-12' })
    expect(agreementNow([theirs, narrowed])).toBe(narrowed)
  })
})

describe('sharing without agreement demands a reason, and is never forbidden (domain 0.4)', () => {
  const agency = newId()
  it.each([
    ['nobody was asked', undefined, true],
    ['refused', row({ decision: 'refused', share: false }), true],
    ['withdrawn', row({ decision: 'withdrawn', share: false }), true],
    ['agreed to take part only', row({ share: false }), true],
    ['agreed, for every agency', row(), false],
    ['agreed, for this agency', row({ agencyIds: [newId(), agency] }), false],
    ['agreed, for another agency', row({ agencyIds: [newId()] }), true]
  ])('%s', (_name, now, needs) => {
    expect(sharingNeedsReason(now, agency)).toBe(needs)
  })
})

describe('recording', () => {
  const draft = (changes: Partial<AgreementDraft> = {}) => ({
    ...emptyRecordedAgreement({ agreementId: newId(), familyId: newId(), episodeId: newId() }, ''),
    ...yes(changes)
  })
  const then = row()

  it('R20: a yes asks whether an assessment starts only where none is open', () => {
    expect(mayStart(draft(), false)).toBe(true)
    expect(mayStart(draft(), true)).toBe(false)
    expect(mayStart(draft({ takePart: false, share: true }), false)).toBe(false)
    expect(mayStart(draft({ decision: 'refused' }), false)).toBe(false)
  })

  it('R24: none starts on an agreement that does not stand', () => {
    const starts = { ...draft(), starts: 'yes', needs: 'Two agencies', practitionerId: newId() } as const
    const check = (now: AgreementRow) =>
      problemsWithRecording(starts, { ...about, then: now, isAssessmentOpen: false })
    expect(check(then)).toEqual([])
    expect(paths(check(row({ decision: 'refused' })))).toEqual(['starts'])
    expect(paths(check(row({ decision: 'withdrawn' })))).toEqual(['starts'])
  })
})

describe('withdrawing', () => {
  const withdrawal = (changes: Partial<WithdrawalDraft> = {}): WithdrawalDraft => ({
    ...emptyWithdrawal(newId(), newId(), newId()),
    ...who,
    standing: 'none-remains',
    withdrawalReason: 'No more visits',
    closureReason: 'No agreement',
    deniedNote: 'Form filled in',
    adviceSought: true,
    signposted: true,
    ...changes
  })
  const now = row()
  const check = (changes: Partial<WithdrawalDraft>, isAssessmentOpen = true) =>
    paths(problemsWithWithdrawal(withdrawal(changes), { ...about, now, isAssessmentOpen }))

  it('R28, R29: each of the three reasons and both ticks by itself', () => {
    expect(check({})).toEqual([])
    for (const missing of ['withdrawalReason', 'closureReason', 'deniedNote'] as const)
      expect(check({ [missing]: ' ' })).toEqual([missing])
    for (const missing of ['adviceSought', 'signposted'] as const)
      expect(check({ [missing]: false })).toEqual([missing])
  })

  it('where no assessment is open there is none to close', () => {
    expect(check({ closureReason: '', adviceSought: false, signposted: false }, false)).toEqual([])
    expect(check({ deniedNote: '' }, false)).toEqual(['deniedNote'])
  })

  it.each([
    ['the day before they agreed', '31/10/2026', ['withdrawnOn']],
    ['the day they agreed', '1/11/2026', []],
    ['tomorrow', '24/11/2026', ['withdrawnOn']]
  ])('%s', (_name, withdrawnOn, found) => {
    expect(check({ withdrawnOn })).toEqual(found)
  })

  it('says what still stands only where it does', () => {
    expect(check({ standing: '' })).toEqual(['standing'])
    expect(check({ standing: 'stands-through', takePart: true })).toEqual(['throughPersonId'])
  })
})

describe('no sequence leaves two truths', () => {
  const anyRow = fc.record({
    decision: fc.constantFrom(...decisions),
    capacity: fc.constantFrom(...capacities),
    day: fc.nat(6),
    at: fc.nat(3),
    isNarrowed: fc.boolean(),
    takePart: fc.boolean()
  })
  const asRows = (said: (typeof anyRow extends fc.Arbitrary<infer T> ? T : never)[]) =>
    said.map(({ decision, day, at, isNarrowed, ...rest }) =>
      row({
        ...rest,
        decision,
        decidedOn: addDays('2026-11-01', day),
        recordedAt: `2026-11-10T10:00:0${String(at)}.000Z`,
        throughPersonId: isNarrowed && decision === 'given' ? newId() : ''
      })
    )

  it('one agreement stands, whatever the order in which the rows are read (seed 4711)', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 8 }).map(asRows),
        fc.infiniteStream(fc.nat(7)),
        (rows, order) => {
          const shuffled = rows.map((each) => ({ each, key: order.next().value ?? 0 }))
          const now = agreementNow(rows)
          expect(agreementNow(shuffled.sort((a, b) => a.key - b.key).map(({ each }) => each))).toBe(now)
          expect(now === undefined).toBe(rows.length === 0)
        }
      ),
      { seed: 4711, numRuns: 500 }
    )
  })

  it('after a withdrawal of today nothing that was said before stands (seed 4712)', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }).map(asRows), (rows) => {
        const withdrawn = row({ decision: 'withdrawn', decidedOn: TODAY, takePart: false, share: false })
        const now = agreementNow([...rows, withdrawn])
        expect(now).toBe(withdrawn)
        expect(takesPart(now)).toBe(false)
        expect(sharingNeedsReason(now, newId())).toBe(true)
      }),
      { seed: 4712, numRuns: 500 }
    )
  })
})
