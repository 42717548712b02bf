import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { factsOn } from '../../shared/family/fact.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { emptyExport } from '../../shared/export/emptyExport.ts'
import { savedTo } from '../fixtures/answers.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, anAddress, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { aLetter } from '../fixtures/letters.ts'
import { aListExport, everyList, savedList, sheetsOf } from '../fixtures/lists.ts'
import { aNote } from '../fixtures/notes.ts'
import { aDecisionOn, aSubjectRequest, everyItem } from '../fixtures/subjectAccess.ts'

const SECRET = '17 Secret Wharf, Ware SG12 9ZZ'
const OLD_HOME = '4 Mill Lane, Hertford SG14 1AB'

interface TwoFamilies {
  /** Of the mother and the child, and of the father and the child. */
  mothers: Id
  fathers: Id
  fathersEpisode: Id
  child: Id
  mother: Id
  father: Id
}

/** A child who lives with the mother, at an address that is withheld from the father, and is in his family as well. */
async function twoFamilies(desk: TestDesk, childsAddress = SECRET): Promise<TwoFamilies> {
  const dad = aPerson({ role: 'parent-carer', name: 'Al Vale', birth: '3/4/1984', relation: 'father' })
  const mum = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  const robin = aPerson({ address: childsAddress })
  const first = await aFamily(desk, {
    people: [robin, { ...mum, address: SECRET }, { ...dad, address: OLD_HOME }]
  })
  const [child = '', mother = '', father = ''] = first.form.people.map(({ id }) => id)
  const { facts } = await desk.does('family.read', { id: first.id })
  const [home] = factsOn(facts, mother, 'address', '2026-11-23')
  await desk.does('family.recordFact', {
    ...aFact(first.id, mother, anAddress(SECRET, { withheldFrom: [father] })),
    ...{ ofId: home?.ofId ?? '', basedOn: home?.id ?? '', reason: 'She is in danger' }
  })
  const known = (personId: Id, name: string, birth: string) => ({
    ...aPerson({ name, birth, address: '', district: '' }),
    personId
  })
  const second = await aFamily(desk, {
    people: [
      known(child, 'Robin Vale', '3/9/2015'),
      { ...known(father, 'Al Vale', '3/4/1984'), role: 'parent-carer', relation: 'father' }
    ]
  })
  return {
    ...{ mothers: first.id, fathers: second.id, fathersEpisode: second.form.episodeId },
    ...{ child, mother, father }
  }
}

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const wordsIn = (answer: unknown) => JSON.stringify(answer).toLowerCase().replaceAll(' ', '')

describe('an address that is withheld in one family', () => {
  it('is withheld in the other family of a child who lives there, on its page and in its chronology', async () => {
    const { fathers, child } = await twoFamilies(desk)
    const family = await desk.does('family.read', { id: fathers })
    const [home] = factsOn(family.facts, child, 'address', '2026-11-23')
    expect(home).toMatchObject({ withheld: true, value: { address: '', postcode: '', district: '' } })
    expect(wordsIn(family)).not.toContain('secretwharf')
    expect(wordsIn(await wholeChronology(desk, fathers))).not.toContain('secretwharf')
  })

  it('is withheld however the address of the child was typed', async () => {
    const { fathers } = await twoFamilies(desk, '17, Secret Wharf, SG12 9ZZ')
    expect(wordsIn(await desk.does('family.read', { id: fathers }))).not.toContain('secretwharf')
    expect(wordsIn(await wholeChronology(desk, fathers))).not.toContain('secretwharf')
  })

  it('is withheld in a family that the mother has left, who moved there with the child since', async () => {
    const { mothers, fathers, child, mother, father } = await twoFamilies(desk, OLD_HOME)
    const jo = { ...aPerson({ role: 'parent-carer', name: 'Jo Vale', relation: 'mother' }), personId: mother }
    const joined = { id: newId(), familyId: fathers, person: jo, from: '2024-03-01', reason: 'Lived there' }
    await desk.does('family.addMember', joined)
    const { members } = await desk.does('family.read', { id: fathers })
    const place = members.find(({ keptId }) => keptId === mother)
    await desk.does('family.changeMember', {
      ...{ id: newId(), ofId: place?.ofId ?? '', basedOn: place?.id ?? '', familyId: fathers },
      ...{ role: 'parent-carer', validFrom: '2024-03-01', validTo: '2026-11-20', inError: false },
      reason: 'They parted'
    })
    const refuge = '3 Hidden Close, Hitchin SG5 2AA'
    const since = { validFrom: '2026-11-22' }
    const hidden = anAddress(refuge, { withheldFrom: [father] })
    await desk.does('family.recordFact', aFact(mothers, mother, hidden, since))
    await desk.does('family.recordFact', aFact(mothers, child, anAddress(refuge), since))
    expect(wordsIn(await desk.does('family.read', { id: fathers }))).not.toMatch(/hiddenclose|sg52aa/)
    expect(wordsIn(await wholeChronology(desk, fathers))).not.toMatch(/hiddenclose|sg52aa/)
  })

  it('can be seen from the other family for a reason, as from its own', async () => {
    const { fathers, child } = await twoFamilies(desk)
    const { facts } = await desk.does('family.read', { id: fathers })
    const [home] = factsOn(facts, child, 'address', '2026-11-23')
    const why = { id: newId(), familyId: fathers, factId: home?.id ?? '', reason: 'To send a taxi' }
    const { value } = await desk.does('family.showWithheld', why)
    expect(value).toMatchObject({ address: SECRET })
  })

  it('stands in no letter to the other family', async () => {
    const { fathers, fathersEpisode, child, father } = await twoFamilies(desk)
    const to = { familyId: fathers, episodeId: '', aboutId: '', template: 'appointment', toName: '' } as const
    expect(await desk.does('letter.fill', { ...to, toPersonId: child })).toMatchObject({
      ...{ address: '', addressWithheld: true }
    })
    const letter = aLetter({ id: fathers, episodeId: fathersEpisode }, father)
    expect(
      await desk.run('letter.make', { ...letter, body: 'Fetch Robin from 17 Secret Wharf' })
    ).toMatchObject({ error: { code: 'invalid', fields: [{ path: 'body' }] } })
    expect(await desk.run('letter.make', { ...letter, toPersonId: child, withAddress: true })).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'withAddress' }] }
    })
  })

  it('leaves the other family in no export, wherever somebody wrote it', async () => {
    const { fathers, fathersEpisode, child } = await twoFamilies(desk)
    const of = { id: fathers, episodeId: fathersEpisode, people: [] }
    await desk.does('note.add', aNote(of, { words: 'Robin sleeps at 17 Secret Wharf', aboutIds: [child] }))
    const draft = { ...emptyExport(newId(), fathers, ''), chronology: true, restricted: true }
    const { sections } = await desk.does('export.preview', draft)
    expect(sections.notes).toEqual({ included: 0, excluded: { withheld: 1 } })
    // where the child lives; the note was left out by itself
    expect(sections.chronology?.excluded.withheld).toBe(1)
  })

  it('is in no answer to the other parent’s subject access request', async () => {
    const { fathers, fathersEpisode, child, father } = await twoFamilies(desk)
    const of = { id: fathers, episodeId: fathersEpisode, people: [] }
    const note = aNote(of, { words: 'Al asked for 17 Secret Wharf', aboutIds: [child, father] })
    await desk.does('note.add', note)
    const request = aSubjectRequest(father)
    await desk.does('subjectAccess.record', request)
    const items = await everyItem(desk, request.id)
    expect(items.map(({ id }) => id)).toContain(note.id)
    const told = items.filter(({ id }) => id !== note.id)
    expect(wordsIn(told)).not.toContain('secretwharf')
    await desk.does('subjectAccess.decide', {
      requestId: request.id,
      decisions: items.map((item) => aDecisionOn(item))
    })
    const reviewer = await aColleague(desk, 'triage-manager')
    const { decisionsSha256 } = await desk.does('subjectAccess.standing', { requestId: request.id }, reviewer)
    const review = {
      id: newId(),
      requestId: request.id,
      verdict: 'agreed' as const,
      words: '',
      decisionsSha256
    }
    await desk.does('subjectAccess.review', review, reviewer)
    const wanted = {
      id: newId(),
      requestId: request.id,
      format: 'pdf',
      isProtected: true,
      openReason: ''
    } as const
    await expect(savedTo(desk, join(desk.folder, 'answer.zip'), wanted)).rejects.toThrow(
      'answer-tells-withheld'
    )
  })

  it.each(['csv', 'xlsx'] as const)('is left out of a list of calls about the child: %s', async (format) => {
    const { child } = await twoFamilies(desk)
    const about = (address: string) => ({
      ...{ id: newId(), name: 'Robin Vale', birth: '', upn: '', relation: '', address }
    })
    const call = aKeyworkersCall({
      children: [about('17, Secret Wharf'), about(OLD_HOME)],
      ...{ concern: 'They fled to 17 Secret Wharf', advice: 'Ring the police' },
      actions: [{ id: newId(), what: 'Visit SG12 9ZZ', who: 'The school', byWhen: '' }]
    })
    await desk.does('call.file', call)
    const [first] = call.children
    const choice = { id: newId(), about: 'call-child' as const, aboutId: first?.id ?? '' }
    await desk.does('person.choose', { ...choice, personId: child, shown: [] })
    const path = join(desk.folder, `calls.${format}`)
    const manager = await aColleague(desk, 'triage-manager')
    await savedList(desk, path, aListExport(everyList.calls, { format }), manager)
    const told = format === 'csv' ? readFileSync(path, 'utf8') : JSON.stringify(sheetsOf(path))
    expect(wordsIn(told)).not.toMatch(/secretwharf|sg129zz/)
    for (const words of [OLD_HOME, 'Ring the police', TEXT_WITHHELD]) expect(told).toContain(words)
  })
})
