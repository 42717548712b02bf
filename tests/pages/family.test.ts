import { DOMWrapper } from '@vue/test-utils'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { recordedMeanwhile } from '../../renderer/family/changing.ts'
import { readValue, typedOf } from '../../renderer/family/fields.ts'
import { familyTitle } from '../../renderer/family/headerWords.ts'
import { eligibility } from '../../renderer/family/people.ts'
import { otherValues, standingFacts } from '../../renderer/family/standing.ts'
import type { FactKind, FactValue } from '../../shared/family/fact.ts'
import type { FamilyRecord, FamilyRow, ShownFact } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { addDays } from '../../shared/time/london.ts'
import { inBody } from './body.ts'
import {
  aFact,
  aFamily,
  aMember,
  anAddress,
  anEntry,
  FAMILY,
  JO,
  openFamilies,
  openFamily,
  PRIYA,
  ROBIN
} from './familyHub.ts'
import { settled } from './frame.ts'
import { no, ok } from './standInHub.ts'

const TODAY = '2026-11-23'

afterEach(() => {
  document.body.innerHTML = ''
})

/** The chronology below has fields of the same name. */
function inDialog(label: string) {
  const dialog = new DOMWrapper(document.body).get('[role=dialog]')
  const found = dialog.findAll('label').find((each) => each.text() === label)
  return dialog.get<HTMLInputElement>(`[id="${found?.attributes('for') ?? ''}"]`)
}

type Recorded = Input<'family.recordFact'>
const recordedFact = ({
  ofId,
  subjectId,
  fact,
  validFrom,
  validTo,
  inError,
  reason,
  id
}: Recorded): ShownFact =>
  aFact(subjectId, fact.kind, fact.value, { id, ofId, validFrom, validTo, inError, reason })

/** A desk's family whose facts are kept; `meanwhile` is what somebody else records before the next write. */
async function familyWith(...facts: ShownFact[]) {
  let record = aFamily(facts)
  const meanwhile: ShownFact[] = []
  const page = await openFamily(() => record, {
    'family.recordFact': (input) => {
      if (meanwhile.length) {
        record = { ...record, facts: [...record.facts, ...meanwhile.splice(0)] }
        return no({ code: 'changed-since' })
      }
      const fact = recordedFact(input)
      record = { ...record, facts: [...record.facts, fact] }
      return ok(fact)
    }
  })
  const recorded = () => page.asked('family.recordFact') as Recorded[]
  return { ...page, recorded, meanwhile }
}

describe('eligible (R1)', () => {
  const born = (date: string) => [aFact(ROBIN, 'birth', { date })]
  const child = { keptId: ROBIN, role: 'child' } as const
  const need = aFact(ROBIN, 'learning-need', { answer: 'yes', note: '' })

  it.each([
    ['the day before the 18th birthday', '2008-11-24', [], true],
    ['on the 18th birthday', '2008-11-23', [], false],
    ['on the 18th birthday, with a recorded need', '2008-11-23', [need], true],
    ['the day before the 25th birthday, with a recorded need', '2001-11-24', [need], true],
    ['on the 25th birthday, with a recorded need', '2001-11-23', [need], false]
  ] as const)('%s', (_when, date, needs, eligible) => {
    expect(eligibility([...born(date), ...needs], child, TODAY)?.eligible).toBe(eligible)
  })

  it('a need that was entered in error, or has ended, counts for nothing', () => {
    for (const changes of [{ inError: true }, { validTo: addDays(TODAY, -1) }]) {
      const facts = [...born('2008-11-23'), { ...need, ...changes }]
      expect(eligibility(facts, child, TODAY)?.eligible).toBe(false)
    }
  })

  it('is said of an unborn child and of nobody but children', () => {
    expect(eligibility([], { keptId: ROBIN, role: 'unborn' }, TODAY)?.eligible).toBe(true)
    expect(eligibility(born('1985-01-01'), { keptId: JO, role: 'parent-carer' }, TODAY)).toBeUndefined()
    expect(eligibility([], child, TODAY)?.words).toBe('Date of birth needed to say whether eligible')
  })
})

describe('what holds and what did', () => {
  it('of two addresses both hold, of two names the later; nothing that was recorded is missing', () => {
    const facts = [
      aFact(ROBIN, 'name', { name: 'Robin Vale' }),
      aFact(ROBIN, 'name', { name: 'Robin Hart' }, { validFrom: '2026-06-01' }),
      aFact(ROBIN, 'address', anAddress('4 Mill Lane')),
      aFact(ROBIN, 'address', anAddress('9 Sun Street')),
      aFact(ROBIN, 'address', anAddress('1 Old Road'), { validTo: '2026-01-01' }),
      aFact(ROBIN, 'address', anAddress('7 New Road'), { validFrom: '2027-01-01' })
    ]
    const holding = standingFacts(facts, ROBIN, TODAY)
    expect(holding.map(({ value }) => value)).toEqual([
      { name: 'Robin Hart' },
      anAddress('4 Mill Lane'),
      anAddress('9 Sun Street')
    ])
    const others = otherValues(facts, ROBIN, TODAY)
    expect(others.map(({ status }) => status).toSorted()).toEqual([
      'Before the last change',
      'Ended',
      'From a later day'
    ])
    expect(holding.length + others.length).toBe(facts.length)
  })

  it('the form gives back what it was given, of every kind', () => {
    const day = fc
      .date({ min: new Date('1930-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const text = fc
      .string({ minLength: 1, maxLength: 60 })
      .filter((typed) => typed.trim() === typed && typed !== '')
    const values: { [K in FactKind]?: fc.Arbitrary<FactValue<K>> } = {
      name: fc.record({ name: text }),
      birth: fc.record({ date: day }),
      warning: fc.record({ text, reviewOn: day }),
      disability: fc.record({ answer: fc.constantFrom('yes', 'no', 'not-known'), note: fc.constant('') }),
      language: fc.record({ language: text, interpreter: fc.constantFrom('yes', 'no', 'not-known') }),
      relation: fc.record({ personId: fc.constant(JO), relation: text }),
      phone: fc.record({
        number: text,
        note: fc.constant(''),
        mayLeaveMessage: fc.boolean(),
        maySayWho: fc.boolean(),
        withheldFrom: fc.constantFrom([], [JO])
      })
    }
    for (const [kind, arbitrary] of Object.entries(values) as [FactKind, fc.Arbitrary<FactValue>][]) {
      fc.assert(
        fc.property(arbitrary, (value) => {
          expect(readValue(kind, typedOf(kind, value), TODAY)).toEqual(value)
        })
      )
    }
  })
})

describe('the page of a family', () => {
  it('begins with who they are, whether eligible and why not, and what must be known first', async () => {
    await familyWith(
      aFact(FAMILY, 'warning', { text: 'Ring before you visit', reviewOn: '2026-11-01' }),
      aFact(JO, 'relation', { personId: ROBIN, relation: 'mother' })
    )
    expect(inBody.heading('Family of Robin Vale')).toBeDefined()
    const text = inBody.text()
    expect(text).toContain('Robin Vale, 11 years old')
    expect(text).toContain('Eligible')
    expect(text).toContain('Ring before you visit')
    expect(text).toContain('To be looked at since 1 November 2026')
    expect(text).toContain('No assessment is open')
    expect(text).toContain('Jo Vale: Mother of Robin Vale')
  })

  it('C8: tells which keyworker the family asked not to have, and why; it can be ended', async () => {
    const value = { practitionerId: ROBIN, name: 'Lee Hart', why: 'They are neighbours' }
    const { recorded } = await familyWith(aFact(FAMILY, 'asked-against', value))
    expect(inBody.text()).toContain('Lee Hart: They are neighbours')
    await inBody.press('Change that the family asked not to have Lee Hart')
    await inBody.field('It has ended').setValue(true)
    await inBody.field('Why').setValue('They have moved')
    await inBody.press('Save')
    expect(recorded()).toMatchObject([
      { fact: { kind: 'asked-against', value }, validTo: TODAY, reason: 'They have moved' }
    ])
  })

  it('is called by its children, and by its reference where there are none', () => {
    expect(familyTitle([], 'FAM-1')).toBe('Family FAM-1')
    expect(familyTitle(['Robin', 'Ada'], 'FAM-1')).toBe('Family of Robin and Ada')
    expect(familyTitle(['Robin', 'Ada', 'Bo', 'Cy'], 'FAM-1')).toBe('Family of Robin, Ada and 2 more')
  })

  it('takes a new address from a day: it takes the place of the one before, which stays readable', async () => {
    const old = aFact(ROBIN, 'address', anAddress('4 Mill Lane, Hertford SG14 1AB'))
    const { recorded } = await familyWith(old)
    await inBody.press('Change address of Robin Vale')
    await inBody.field('Address with postcode').setValue('9 Sun Street, Hertford SG14 2CD')
    await inDialog('From').setValue('1/12/2026')
    await inBody.press('Save')
    const [sent] = recorded()
    expect(sent).toMatchObject({
      basedOn: old.id,
      validFrom: '2026-12-01',
      validTo: '',
      inError: false,
      fact: { kind: 'address', value: { postcode: 'SG14 2CD', district: 'E07000242' } }
    })
    expect(sent?.ofId).toBe(sent?.id)
    expect(inBody.text()).toContain('Address of Robin Vale saved')
    expect(inBody.text()).toContain('4 Mill Lane, Hertford SG14 1AB')
    expect(inBody.text()).toContain('From a later day')
  })

  it('asks why for what was wrong, has ended or should not be there, and a day for what changes', async () => {
    const { recorded } = await familyWith(aFact(ROBIN, 'school', { schoolId: PRIYA, name: 'Oakfield' }))
    for (const way of ['wrong', 'ended', 'in-error']) {
      await inBody.press('Change school of Robin Vale')
      const radio = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].find(
        ({ value }) => value === way
      )
      radio?.click()
      await settled()
      await inBody.press(way === 'in-error' ? 'Mark as entered in error' : 'Save')
      expect(inBody.errors()).toEqual(['Enter why'])
      await inBody.press('Cancel')
    }
    await inBody.press('Change school of Robin Vale')
    await inDialog('From').setValue('')
    await inBody.press('Save')
    expect(inBody.errors()).toEqual(['Enter from which day it holds'])
    expect(recorded()).toEqual([])
  })

  it('does not lose what was typed when the form is closed', async () => {
    await familyWith()
    await inBody.press('Change date of birth of Robin Vale')
    await inBody.field('Why').setValue('Read off the passport')
    await inBody.press('Cancel')
    expect(inBody.text()).toContain('What you typed is not saved. Leave it?')
    await inBody.press('Go on with it')
    expect(inBody.field('Why').element.value).toBe('Read off the passport')
    await inBody.press('Cancel')
    await inBody.press('Leave without saving')
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })

  it('what was typed is there again when the phone rings in the middle, and gone once it may go', async () => {
    const { router } = await familyWith()
    await inBody.press('Change date of birth of Robin Vale')
    await inBody.field('Why').setValue('Read off the passport')
    await router.push('/calls/1')
    await settled()
    await router.push(`/families/${FAMILY}`)
    await settled()
    await inBody.press('Change date of birth of Robin Vale')
    expect(inBody.field('Why').element.value).toBe('Read off the passport')
    await inBody.press('Cancel')
    await inBody.press('Leave without saving')
    await inBody.press('Change date of birth of Robin Vale')
    expect(inBody.field('Why').element.value).toBe('')
  })

  it('a fault keeps the form with what was typed', async () => {
    await openFamily(() => aFamily(), { 'family.recordFact': () => no({ code: 'fault', reference: '7F3A' }) })
    await inBody.press('Change date of birth of Robin Vale')
    await inBody.field('Date of birth').setValue('4/9/15')
    await inBody.field('Why').setValue('Read off the passport')
    await inBody.press('Save')
    expect(inBody.text()).toContain('Reference 7F3A')
    expect(inBody.field('Date of birth').element.value).toBe('4/9/15')
  })
})

describe('somebody else changed it meanwhile (L7)', () => {
  const old = aFact(ROBIN, 'address', anAddress('4 Mill Lane'))
  const theirs = aFact(ROBIN, 'address', anAddress('2 River Walk'), {
    validFrom: '2026-11-20',
    recordedByName: 'Ash Pemberton'
  })
  const ended = { ...old, id: 'ended', validTo: '2026-11-19', recordedAt: '2026-11-23T09:00:00.000Z' }

  async function clash() {
    const family = await familyWith(old)
    family.meanwhile.push(ended, theirs)
    await inBody.press('Change address of Robin Vale')
    await inBody.field('Address with postcode').setValue('9 Sun Street, Hertford')
    await inBody.field('How do we know? (optional)').setValue('His mother rang')
    await inBody.press('Save')
    return family
  }

  it('shows theirs and mine side by side, and saves mine on top of theirs', async () => {
    const { recorded } = await clash()
    const dialog = document.querySelector('[role=dialog]')?.textContent ?? ''
    expect(dialog).toContain('2 River Walk')
    expect(dialog).toContain('Ash Pemberton')
    expect(dialog).toContain('9 Sun Street, Hertford')
    expect(dialog).toContain('His mother rang')
    await inBody.press('Save mine as well')
    expect(recorded()).toHaveLength(2)
    expect(recorded()[1]).toMatchObject({ basedOn: theirs.id, reason: 'His mother rang' })
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })

  it('keeps theirs and writes nothing', async () => {
    const { recorded } = await clash()
    await inBody.press('Keep theirs')
    expect(recorded()).toHaveLength(1)
    expect(inBody.text()).toContain('2 River Walk')
    expect(inBody.text()).not.toContain('9 Sun Street')
  })

  it('leads back to what was typed', async () => {
    await clash()
    await inBody.press('Change mine first')
    expect(inBody.field('Address with postcode').element.value).toBe('9 Sun Street, Hertford')
  })

  it('a correction goes on from the newest version of the same fact, a single kind from what holds now', () => {
    const known = new Set([old.id])
    const about = { subjectId: ROBIN, kind: 'address', standing: old, today: TODAY } as const
    expect(recordedMeanwhile([old, ended, theirs], known, about, 'wrong').standing?.id).toBe('ended')
    const name = aFact(ROBIN, 'name', { name: 'Robin Vale' })
    const hart = aFact(ROBIN, 'name', { name: 'Robin Hart' }, { validFrom: '2026-11-01' })
    const found = recordedMeanwhile(
      [name, hart],
      new Set([name.id]),
      { ...about, kind: 'name', standing: name },
      'changed'
    )
    expect(found.standing?.id).toBe(hart.id)
    expect(found.theirs).toEqual([hart])
  })
})

describe('what is withheld and who is restricted', () => {
  it('is shown only to somebody who says why', async () => {
    const withheld = aFact(JO, 'address', anAddress('', [ROBIN]), { withheld: true })
    const { asked } = await openFamily(() => aFamily([withheld]), {
      'family.showWithheld': () => ok({ ...withheld, value: anAddress('1 Safe Street', [ROBIN]) })
    })
    expect(inBody.text()).toContain('Withheld')
    expect(inBody.has('Change address of Jo Vale')).toBe(false)
    await inBody.press('Show, and say why (Address of Jo Vale)')
    await inBody.press('Show it')
    expect(inBody.errors()).toEqual(['Enter why you need to see this'])
    expect(asked('family.showWithheld')).toEqual([])
    await inBody.field('Reason').setValue('She asked us to send the form')
    await inBody.press('Show it')
    expect(asked('family.showWithheld')).toMatchObject([
      { familyId: FAMILY, factId: withheld.id, reason: 'She asked us to send the form' }
    ])
    expect(inBody.text()).toContain('1 Safe Street. Withheld from Robin Vale')
    expect(inBody.has('Change address of Jo Vale')).toBe(true)
  })

  it('a restricted family asks why, then opens', async () => {
    let given = false
    const { asked } = await openFamilies(`/families/${FAMILY}`, {
      'family.read': () =>
        given ? ok(aFamily([], { restricted: true })) : no({ code: 'refused', reason: 'family-restricted' }),
      'family.giveReason': () => {
        given = true
        return ok(null)
      }
    })
    expect(inBody.heading('This family is restricted')).toBeDefined()
    expect(inBody.text()).not.toContain('Robin Vale')
    await inBody.press('Open this family')
    expect(asked('family.giveReason')).toEqual([])
    await inBody.field('Why do you need to open this family?').setValue('Duty call about the child')
    document.querySelector('form')?.dispatchEvent(new Event('submit'))
    await settled()
    expect(asked('family.giveReason')).toMatchObject([
      { familyId: FAMILY, reason: 'Duty call about the child' }
    ])
    expect(inBody.heading('Family of Robin Vale')).toBeDefined()
  })

  it('one that may not be read is not there', async () => {
    await openFamilies(`/families/${FAMILY}`, { 'family.read': () => no({ code: 'not-found' }) })
    expect(inBody.text()).toContain('This is not here any more.')
  })
})

describe('who belongs to the family', () => {
  it('somebody leaves, on a day and with why', async () => {
    const { asked } = await openFamily(() => aFamily(), { 'family.changeMember': () => ok(null) })
    await inBody.press('Leaves, moves or another role (Jo Vale)')
    await inBody.field('Last day in this family').setValue('20/11/2026')
    await inBody.press('Save')
    expect(inBody.errors()).toEqual(['Enter why'])
    await inBody.field('Why').setValue('Moved to Leeds')
    await inBody.press('Save')
    expect(asked('family.changeMember')).toMatchObject([
      { role: 'parent-carer', validTo: '2026-11-20', inError: false, reason: 'Moved to Leeds' }
    ])
  })

  it('a place that somebody else changed says how it stands now, and keeps what was typed', async () => {
    const jo = aMember(JO, 'parent-carer')
    const newer = newId()
    let record: FamilyRecord = aFamily([], { members: [aMember(ROBIN, 'child'), jo] })
    const { asked } = await openFamily(() => record, {
      'family.changeMember': ({ basedOn }) => {
        if (basedOn !== jo.id) return ok(null)
        const other = {
          ...jo,
          id: newer,
          role: 'other' as const,
          reason: 'An aunt',
          recordedAt: '2026-11-23T09:30:00.000Z'
        }
        record = { ...record, members: [...record.members, other] }
        return no({ code: 'changed-since' })
      }
    })
    await inBody.press('Leaves, moves or another role (Jo Vale)')
    await inBody.field('Why').setValue('Moved to Leeds')
    await inBody.press('Save')
    expect(inBody.text()).toContain('Someone else in the home. An aunt')
    expect(inBody.field('Why').element.value).toBe('Moved to Leeds')
    await inBody.press('Save mine as a newer version')
    expect(asked('family.changeMember').at(-1)).toMatchObject({ basedOn: newer, role: 'other' })
  })

  it('somebody new is looked up first, and whom they were not is told with them (L15)', async () => {
    const stranger = '0197a000-0000-7000-8000-0000000000b1'
    const { asked } = await openFamily(() => aFamily(), {
      'person.find': () =>
        ok([
          {
            personId: stranger,
            strength: 'possible',
            why: ['Same last name'],
            name: 'Ada Vale',
            birthDate: '2018-01-01',
            postcode: '',
            restricted: false,
            families: []
          }
        ]),
      'person.choose': () => ok(null),
      'family.addMember': ({ id, person }) => ok({ id, personId: person.id })
    })
    await inBody.press('Add a person')
    await inBody.field('Look the person up first').setValue('Ada Vale 2/5/20')
    await vi.waitFor(() => {
      expect(inBody.text()).toContain('Same last name')
    })
    const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].at(-1)
    option?.click()
    await settled()
    expect(inBody.field('Name').element.value).toBe('Ada Vale')
    await inBody.press('Add to the family')
    expect(inBody.errors()).toEqual(['Choose who this is in the family'])
    await inBody.field('What they are in the family').setValue('child')
    await inBody.field('Date of birth').setValue('31/2/20')
    await inBody.press('Add to the family')
    expect(inBody.errors()).toEqual(['There is no such day. Check the day and the month'])
    await inBody.field('Date of birth').setValue('2/5/20')
    await inBody.press('Add to the family')
    expect(asked('family.addMember')).toMatchObject([
      {
        familyId: FAMILY,
        person: { personId: '', name: 'Ada Vale', birth: '2/5/20', role: 'child', noneOf: [stranger] }
      }
    ])
  })
})

describe('the chronology', () => {
  const pages = (rows: string[][]) => ({
    'family.chronology': ({ after }: { after: string }) => {
      const page = after === '' ? 0 : Number(after)
      return ok({
        rows: (rows[page] ?? []).map((address) => anEntry(address)),
        next: page + 1 < rows.length ? String(page + 1) : ''
      })
    }
  })

  it('says each entry in plain words, with who recorded it and when if that was later', async () => {
    await openFamily(() => aFamily(), {
      'family.chronology': () =>
        ok({ rows: [anEntry('4 Mill Lane', { recordedAt: '2026-11-05T15:00:00.000Z' })], next: '' })
    })
    expect(inBody.text()).toContain(
      '2 November 2026Robin Vale Address from 2 November 2026: 4 Mill LaneRobin Achebe, recorded 5 November 2026, 15:00'
    )
  })

  it('is narrowed by kind, person and days', async () => {
    const { asked } = await openFamily(() => aFamily(), pages([['4 Mill Lane']]))
    await inBody.press('Calls')
    await inBody.field('Person').setValue(ROBIN)
    await inBody.field('From').setValue('31/2/26')
    expect(inBody.text()).toContain('Enter a date, like 23/11/2026')
    await inBody.field('From').setValue('1/11/26')
    await settled()
    expect(asked('family.chronology').at(-1)).toEqual({
      id: FAMILY,
      kinds: ['call'],
      personId: ROBIN,
      from: '2026-11-01',
      to: '',
      after: ''
    })
    await inBody.press('Show everything')
    expect(asked('family.chronology').at(-1)).toMatchObject({ kinds: [], personId: '', from: '' })
  })

  it('is printed whole, however little of it was on the screen', async () => {
    const print = vi.fn()
    Reflect.set(window, 'print', print)
    await openFamily(() => aFamily(), pages([['4 Mill Lane'], ['9 Sun Street'], ['1 Old Road']]))
    expect(inBody.text()).not.toContain('1 Old Road')
    await inBody.press('Print the chronology')
    expect(print).toHaveBeenCalledOnce()
    expect(inBody.text()).toContain('1 Old Road')
    expect(inBody.text()).toContain('Everything that was recorded. Printed by Priya Patel, 23 November 2026')
  })

  it('is not printed in part when the rest cannot be read', async () => {
    const print = vi.fn()
    Reflect.set(window, 'print', print)
    await openFamily(() => aFamily(), {
      'family.chronology': ({ after }) =>
        after === ''
          ? ok({ rows: [anEntry('4 Mill Lane')], next: 'more' })
          : no({ code: 'fault', reference: '7F3A' })
    })
    await inBody.press('Print the chronology')
    expect(print).not.toHaveBeenCalled()
    expect(inBody.text()).toContain('Reference 7F3A')
  })
})

describe('the list of families', () => {
  const row: FamilyRow = {
    id: FAMILY,
    reference: 'FAM-7KQ3-000001',
    registeredAt: '2026-11-02T09:00:00.000Z',
    hubName: 'Broxbourne and East Herts',
    childNames: 'Robin Vale',
    restricted: false,
    keyworkerName: '',
    agreement: 'given',
    nextDate: '2026-12-01'
  }

  it('shows a restricted family as such, and the others with what comes next', async () => {
    const hidden = { ...row, id: PRIYA, childNames: '', restricted: true, agreement: '', nextDate: '' }
    await openFamilies('/families', { 'family.list': () => ok({ rows: [row, hidden], next: 'x' }) })
    const [first = '', second = ''] = [...document.querySelectorAll('tbody tr')].map(
      (line) => line.textContent
    )
    expect(first).toContain('Robin Vale')
    expect(first).toContain('1 December 2026')
    expect(second).toContain('Restricted')
    expect(inBody.text()).toContain('The newest 2 families')
  })

  it('says that there are none, or that they could not be read', async () => {
    await openFamilies('/families', { 'family.list': () => ok({ rows: [], next: '' }) })
    expect(inBody.text()).toContain('No families are registered here yet.')
    document.body.innerHTML = ''
    await openFamilies('/families', { 'family.list': () => no({ code: 'fault', reference: '7F3A' }) })
    expect(inBody.text()).not.toContain('No families are registered')
    expect(inBody.has('Try again')).toBe(true)
  })
})
