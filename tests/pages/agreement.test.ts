import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reactive } from 'vue'
import AgreementFields from '../../renderer/agreement/AgreementFields.vue'
import { byWords, decidedWords, scopeLines, withdrawnWords } from '../../renderer/agreement/words.ts'
import { familyDueName, familyDueWhen, familyDueWhere } from '../../renderer/desk/familyDueWords.ts'
import { keyworkerLines, keyworkerTag } from '../../renderer/episode/words.ts'
import type { AgreementDraft, AgreementRow } from '../../shared/agreement/agreement.ts'
import type { AgreeingPerson } from '../../shared/agreement/who.ts'
import { emptyAgreement } from '../../shared/family/emptyForms.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { useRules } from '../../renderer/desk/useRules.ts'
import { freshPage, leavePage, MONDAY } from './callHub.ts'
import { ok, standInHub } from './standInHub.ts'

const JO = '0197a000-0000-7000-8000-0000000000a2'
const SAM = '0197a000-0000-7000-8000-0000000000a3'
const people: AgreeingPerson[] = [
  { id: JO, name: 'Jo Vale', role: 'parent-carer', ageYears: 41 },
  { id: SAM, name: 'Sam Vale', role: 'child', ageYears: 15, birthDate: '2010-11-24' }
]
let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  page.unmount()
  leavePage()
  vi.useRealTimers()
})

/** The fields over a draft that the test can look at. */
async function theFields(changes: Partial<AgreementDraft> = {}, errors: Record<string, string> = {}) {
  standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'agency.names': () => ok([])
  })
  const pinia = await freshPage(window.hub)
  await useRules().loadOnce()
  const draft = reactive({ ...emptyAgreement(JO, JO), ...changes })
  page = mount(AgreementFields, {
    props: { modelValue: draft, people, errorFor: (path: string) => errors[path], at: 'agreement.' },
    attachTo: document.body,
    global: { plugins: [pinia] }
  })
  await flushPromises()
  return draft
}
const choices = (legend: string) => {
  const group = page.findAll('fieldset').find((each) => each.find('legend').text() === legend)
  return group?.findAll('label').map((label) => label.text()) ?? []
}

describe('the fields of an agreement', () => {
  it('ask nothing more before the family has been asked', async () => {
    await theFields({ decision: 'not-asked' })
    expect(page.text()).toContain('No assessment starts before the family has agreed.')
    expect(page.findAll('select')).toHaveLength(0)
  })

  it('propose the day of the review, and let go of it once another was typed', async () => {
    const draft = await theFields()
    draft.decision = 'given'
    await flushPromises()
    expect(draft.reviewOn).toBe('04/01/2027')
    draft.decidedOn = '20/11/2026'
    await flushPromises()
    expect(draft.reviewOn).toBe('01/01/2027')
    draft.reviewOn = '15/12/2026'
    draft.decidedOn = '21/11/2026'
    await flushPromises()
    expect(draft.reviewOn).toBe('15/12/2026')
  })

  it('L7: offer only what can be true of a child of 15 years and 364 days', async () => {
    await theFields({ decision: 'given', byPersonId: SAM })
    expect(choices('Why does their word count?')).toEqual([
      'Under 16, and understands what it means',
      'Another reason'
    ])
    expect(page.text()).toContain('Their decision prevails over a parent’s.')
  })

  it('someone else is named; a name that was typed is there again', async () => {
    const draft = await theFields({ decision: 'given' })
    const who = page.get<HTMLSelectElement>('select')
    await who.setValue('someone-else')
    await page.get('[id="field-agreement.byName"]').setValue('Chris Vale')
    await who.setValue(JO)
    expect(draft).toMatchObject({ byPersonId: JO, byName: '' })
    await who.setValue('someone-else')
    expect(draft).toMatchObject({ byPersonId: '', byName: 'Chris Vale' })
  })

  it('R26, R27: of a refusal the consent-denied record, and the numbers where there is a concern', async () => {
    const draft = await theFields({ decision: 'refused' }, { 'agreement.deniedNote': 'Enter what stands' })
    expect(page.text()).toContain('You may offer again later.')
    expect(page.get('[id="field-agreement.deniedNote-error"]').text()).toContain('Enter what stands')
    expect(page.text()).not.toContain('0300 123 4043')
    draft.safetyConcern = 'yes'
    await flushPromises()
    expect(page.text()).toContain('0300 123 4043')
    expect(page.text()).toContain('A refusal never stands in the way of keeping a child safe.')
  })
})

describe('words', () => {
  const nameOf = (id: string) => (id === JO ? 'Jo Vale' : 'Sam Vale')
  const row: AgreementRow = {
    ...emptyAgreement(JO, JO),
    decision: 'given',
    byPersonId: JO,
    relation: 'mother',
    takePart: true,
    share: true,
    decidedOn: '2026-11-01',
    throughPersonId: '',
    recordedAt: MONDAY,
    recordedByName: ''
  }
  beforeEach(() => theFields())

  it('who, and what to', () => {
    expect(byWords(row, nameOf)).toBe('Jo Vale (mother)')
    expect(byWords({ ...row, byPersonId: '', byName: 'Chris Vale', relation: '' }, nameOf)).toBe('Chris Vale')
    expect(decidedWords({ ...row, throughPersonId: SAM })).toBe('Narrowed')
    expect(scopeLines({ ...row, agencyIds: ['a', 'b'] }, (id) => id.toUpperCase())).toEqual([
      'To take part in a Families First Assessment',
      'To share information only with A, B'
    ])
    expect(scopeLines({ ...row, share: false }, nameOf)[1]).toBe('Not to share information')
    expect(scopeLines({ ...row, decision: 'withdrawn' }, nameOf)).toEqual([])
  })

  it('what a withdrawal ended', () => {
    const meeting = { what: 'meeting', id: JO } as const
    const assessment = { what: 'assessment', id: JO } as const
    expect(withdrawnWords({ ended: [] })).toBe('Agreement withdrawn.')
    expect(withdrawnWords({ ended: [meeting, meeting, assessment] })).toBe(
      'Agreement withdrawn. Ended with it: the assessment, 2 planned dates.'
    )
  })

  it('a keyworker, the one of today first, then those to come and those before', () => {
    const keyworker = {
      practitionerId: JO,
      agencyName: 'Lantern Trust',
      phone: '',
      validTo: '',
      isCover: false
    }
    const before = { ...keyworker, name: 'Ann Dean', validFrom: '2026-10-01', validTo: '2026-10-31' }
    const now = { ...keyworker, name: 'Priya Shah', validFrom: '2026-11-01' }
    expect(keyworkerLines({ keyworkers: [before, now] }, '2026-11-23')).toEqual([
      'Priya Shah, Lantern Trust, from 1 November 2026',
      'Ann Dean, Lantern Trust, from 1 October 2026 to 31 October 2026'
    ])
    expect(keyworkerLines({ keyworkers: [] }, '2026-11-23')).toEqual(['None yet'])

    const covering = { ...now, name: 'Sam Reed', validTo: '2026-11-27', practitionerId: SAM, isCover: true }
    const back = { ...now, validFrom: '2026-11-28', validTo: '2026-11-29' }
    const next = { ...now, name: 'Lee Hart', validFrom: '2026-11-30' }
    const all = { keyworkers: [next, back, covering, before] }
    expect(keyworkerLines(all, '2026-11-23').map((line) => line.split(',')[0])).toEqual([
      ...['Sam Reed', 'Priya Shah', 'Lee Hart', 'Ann Dean']
    ])
    expect(keyworkerTag({ practitionerId: SAM }, all, '2026-11-23')).toBe('Stands in as keyworker')
    expect(keyworkerTag({ practitionerId: JO }, all, '2026-11-23')).toBe('Keyworker, covered')
    expect(keyworkerTag({ practitionerId: JO }, all, '2026-11-28')).toBe('Keyworker')
  })

  it('what is due: a restricted family has no name, a check is no family', () => {
    const item: FamilyDue = {
      kind: 'meeting',
      id: SAM,
      rowVersion: 1,
      familyId: JO,
      familyReference: 'FAM-7KQ3-000001',
      familyName: '',
      dueOn: '2026-11-20',
      ownerName: '',
      note: ''
    }
    expect(familyDueName(item)).toBe('Family FAM-7KQ3-000001')
    expect(familyDueWhen(item, '2026-11-23')).toEqual({ overdue: true, text: 'Overdue, was due Friday' })
    const check: FamilyDue = { ...item, kind: 'check-passed-on', familyReference: 'CHK-7KQ3-000001' }
    expect(familyDueName(check)).toBe('Check CHK-7KQ3-000001')
    expect(familyDueWhere(check)).toBe(`/checks/${SAM}`)
    expect(familyDueWhen(check, '2026-11-23')).toEqual({ overdue: false, text: 'Since Friday' })
  })
})
