import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { letterPage } from '../../electron/letter/letterPage.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Result } from '../../shared/errors.ts'
import { factsOn } from '../../shared/family/fact.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { LetterDraft, LetterToPrint } from '../../shared/letter/letter.ts'
import { aClosing } from '../fixtures/closing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, anAddress, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aCover, anotherPractitioner, aReturn } from '../fixtures/covers.ts'
import { aFamily, aPerson, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { aLetter } from '../fixtures/letters.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { acceptedTransfer, aTransferOut, aTransferStep, readyTransfer } from '../fixtures/transfers.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const HOME = '4 Mill Lane, Hertford SG14 1AB'

/** Jo Vale with Robin, Sam and one who is not born yet. */
async function theFamily() {
  const form = aRegistration()
  const sam = aPerson({ name: 'Sam Vale', birth: '4/5/2018' })
  const unborn = aPerson({ role: 'unborn', name: '', birth: '', expected: '1/3/2027' })
  const family = await aFamily(desk, { ...form, people: [...form.people, sam, unborn] })
  return { ...family, episodeId: form.episodeId, mother: form.people[1]?.id ?? '' }
}
type Family = Awaited<ReturnType<typeof theFamily>>

const template = (text: string, changes: Partial<Input<'setting.change'>> = {}) => ({
  ...{ id: newId(), kind: 'letter-template' as const, key: 'test', validFrom: '2026-11-23', validTo: '' },
  value: { name: 'A test', subject: 'About {{children}}', text },
  ...changes
})

const fill = (family: Family, changes: Partial<Input<'letter.fill'>> = {}, actor?: Actor) =>
  desk.does(
    'letter.fill',
    {
      ...{ familyId: family.id, episodeId: family.episodeId, aboutId: '', template: 'test' },
      ...{ toPersonId: family.mother, toName: '' },
      ...changes
    },
    actor
  )

async function withhold(family: Family, personId: Id) {
  const { facts } = await desk.does('family.read', { id: family.id })
  const [home] = factsOn(facts, personId, 'address', '2026-11-23')
  await desk.does('family.recordFact', {
    ...aFact(family.id, personId, anAddress(HOME, { withheldFrom: [family.mother] })),
    ...{ ofId: home?.ofId ?? '', basedOn: home?.id ?? '', reason: 'Danger' }
  })
}

describe('letter.fill', () => {
  it('fills in what the record knows today', async () => {
    const family = await theFamily()
    await desk.does(
      'setting.change',
      template(
        'Dear {{to}} of {{address}}, {{date}}: {{keyworker}}, {{keyworkerAgency}}, {{keyworkerPhone}} {{reference}}. {{sender}}, {{hub}}'
      )
    )
    const { reference } = (await desk.does('family.read', { id: family.id })).episodes[0] ?? {}
    expect(await fill(family)).toEqual({
      templateId: expect.any(String) as string,
      subject: 'About Robin and Sam',
      body: `Dear Jo Vale of 4 Mill Lane, Hertford SG14 1AB, 23 November 2026: Priya Shah, Lantern Trust, 07700 900123 ${reference ?? ''}. Morgan Ellis, Social Worker, Broxbourne and East Herts`,
      address: '4 Mill Lane\nHertford SG14 1AB',
      addressWithheld: false,
      missing: []
    })
    expect((await fill(family, { toPersonId: '', toName: ' The parents ', episodeId: '' })).body).toContain(
      'Dear The parents of {{address}}'
    )
  })

  it('names what it does not know, and leaves it as it was written', async () => {
    const family = await theFamily()
    const filled = await fill(family, { template: 'new-keyworker' })
    expect(filled.missing).toEqual([
      ...['changeoverDate', 'newKeyworker', 'newKeyworkerAgency', 'newKeyworkerPhone']
    ])
    expect(filled.body).toContain('{{newKeyworker}} of {{newKeyworkerAgency}}')
  })

  it('C9: fills in a withheld address for nobody, and says that it is', async () => {
    const family = await theFamily()
    await desk.does('setting.change', template('{{to}}, {{address}}'))
    await withhold(family, family.mother)
    const filled = await fill(family)
    expect(filled).toMatchObject({ address: '', addressWithheld: true, missing: ['address'] })
    expect(filled.body).toBe('Jo Vale, {{address}}')
    // the child lives in the same place
    const child = family.form.people[0]?.id ?? ''
    expect(await fill(family, { toPersonId: child })).toMatchObject({ address: '', addressWithheld: true })
  })

  it('goes by the letter that is in force today', async () => {
    const family = await theFamily()
    await desk.does('setting.change', template('The first'))
    await desk.does('setting.change', template('The second', { validFrom: '2026-11-30' }))
    expect((await fill(family)).body).toBe('The first')
    const later = { ...desk.first, now: '2026-11-30T10:00:00.000Z' }
    expect((await fill(family, {}, later)).body).toBe('The second')
    expect(await desk.run('letter.fill', { ...asked(family), template: 'none' })).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  const asked = (family: Family): Input<'letter.fill'> => ({
    ...{ familyId: family.id, episodeId: family.episodeId, aboutId: '', template: 'appointment' },
    ...{ toPersonId: family.mother, toName: '' }
  })

  it('knows no assessment, transfer or cover of another family', async () => {
    const family = await theFamily()
    const other = await theFamily()
    for (const changes of [{ episodeId: other.episodeId }, { aboutId: newId() }]) {
      const refused = await desk.run('letter.fill', { ...asked(family), ...changes })
      expect(refused).toMatchObject({ error: { code: 'not-found' } })
    }
    expect((await fill(family, { template: 'appointment', toPersonId: other.mother })).missing).toEqual([
      'to',
      'meetingDate',
      'meetingTime',
      'meetingPlace'
    ])
  })
})

const letterAbout = (family: Family, aboutId: Id, changes: object = {}, actor?: Actor) =>
  fill(family, { aboutId, template: 'new-keyworker', ...changes }, actor)

describe('a letter about a transfer', () => {
  it('tells who it will be, and until then the keyworker of the day before, however late it is written', async () => {
    const family = await theFamily()
    const like = await aPractitioner(desk)
    const al = await anotherPractitioner(desk, like, 'Al Reed', { phone: '07700 900456' })
    const { id } = await acceptedTransfer(desk, family, al, '2026-12-03')
    const told = [
      'Your family has a new keyworker from 3 December 2026.',
      'Until then your keyworker is Priya Shah.',
      'it is Al Reed of Lantern Trust. You can call them on 07700 900456.'
    ]
    const late = { ...desk.first, now: '2026-12-07T10:00:00.000Z' }
    for (const actor of [desk.first, late]) {
      const { body, missing } = await letterAbout(family, id, { episodeId: '' }, actor)
      for (const words of told) expect(body).toContain(words)
      expect(missing).toEqual([])
    }
    await desk.does('letter.make', aLetter(family, family.mother, { aboutId: id }))
    expect(await desk.does('letter.about', { familyId: family.id })).toEqual([
      { id, kind: 'transfer', episodeId: family.episodeId, name: 'Al Reed', from: '2026-12-03', to: '' }
    ])
  })

  it('knows nobody once they have declined; out of the county a name and the authority', async () => {
    const family = await theFamily()
    const like = await aPractitioner(desk)
    const al = await anotherPractitioner(desk, like, 'Al Reed')
    const draft = await readyTransfer(desk, family)
    const proposed = aTransferStep(draft, 'propose', { practitionerId: al, on: '2026-12-03' })
    await desk.does('transfer.takeStep', proposed)
    expect((await letterAbout(family, draft.id)).missing).toEqual(['newKeyworkerPhone'])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'decline'))
    expect((await letterAbout(family, draft.id)).missing).toContain('newKeyworker')
    const about = () => desk.does('letter.about', { familyId: family.id })
    expect(await about()).toMatchObject([{ id: draft.id, name: '', from: '' }])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'cancel'))
    expect(await about()).toEqual([])

    const other = await theFamily()
    const out = await acceptedTransfer(desk, other, '', '2026-12-03', aTransferOut(other))
    const { body, missing } = await letterAbout(other, out.id)
    expect(body).toContain('it is Sam Okoro of Luton.')
    expect(missing).toEqual(['newKeyworkerPhone'])
    // of another family nothing is told
    expect(
      await desk.run('letter.fill', {
        ...{ familyId: family.id, episodeId: '', aboutId: out.id, template: 'new-keyworker' },
        ...{ toPersonId: '', toName: '' }
      })
    ).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('a letter about cover', () => {
  it('tells who is away, who stands in and the days as they are by now', async () => {
    const family = await theFamily()
    const like = await aPractitioner(desk)
    const al = await anotherPractitioner(desk, like, 'Al Reed', { phone: '07700 900456' })
    const of = { familyId: family.id, episodeId: family.episodeId }
    const manager = await aColleague(desk, 'triage-manager')
    const cover = aCover(family.form.practitionerId, al, [of])
    await desk.does('cover.arrange', cover, manager)
    const partId = desk.store.reader.prepare('SELECT id FROM cover_part').pluck().get() as Id
    const changes = { template: 'keyworker-away' }
    const during = await letterAbout(family, partId, changes)
    expect(during.missing).toEqual([])
    expect(during.body).toContain('Priya Shah is away from 1 December 2026 to 10 December 2026.')
    expect(during.body).toContain('In that time Al Reed of Lantern Trust is there for you.')
    await desk.does('cover.return', aReturn(cover.id), manager)
    expect((await letterAbout(family, partId, changes)).body).toContain('to 5 December 2026.')
    expect(await desk.does('letter.about', { familyId: family.id })).toEqual([
      {
        ...{ id: partId, kind: 'cover', episodeId: family.episodeId, name: 'Al Reed' },
        ...{ from: '2026-12-01', to: '2026-12-05' }
      }
    ])
  })
})

describe('a letter about a meeting of the team', () => {
  const meeting = (family: Family, changes: Parameters<typeof aMeeting>[1] = {}) =>
    desk.does('meeting.arrange', aMeeting({ familyId: family.id, episodeId: family.episodeId }, changes))
  const appointment = (family: Family) => fill(family, { template: 'appointment' })

  it('names the day, the time and the place of the next one', async () => {
    const family = await theFamily()
    expect((await appointment(family)).missing).toEqual(['meetingDate', 'meetingTime', 'meetingPlace'])
    await meeting(family, { on: '2026-12-17', place: 'Ware School' })
    await meeting(family)
    const { body, missing } = await appointment(family)
    expect(body).toContain('The meeting is on 3 December 2026 at 14:30. It is here: Hertford Family Centre\n')
    expect(missing).toEqual([])
  })

  it('does not name a place that is withheld', async () => {
    const family = await theFamily()
    const address = anAddress('17 Secret Wharf, Ware SG12 9ZZ', {
      withheldFrom: [family.form.people[0]?.id ?? '']
    })
    await desk.does('family.recordFact', aFact(family.id, family.mother, address))
    await meeting(family, { place: 'At home, 17 Secret Wharf' })
    const { body, missing } = await appointment(family)
    expect(body).not.toContain('Secret')
    expect(missing).toEqual(['meetingPlace'])
  })
})

describe('a letter after the end', () => {
  it('says when it closed and why, and names the last keyworker', async () => {
    const family = await theFamily()
    const closing = aClosing({ id: family.id, episodeId: family.episodeId })
    await desk.does('episode.close', closing)
    const { body, missing } = await fill(family, { template: 'closure', episodeId: '' })
    expect(body).toContain('The assessment FFA-7KQ3-000001 closed on 23 November 2026.')
    expect(body).toContain(`Why it closed: ${closing.closureReason}\n`)
    expect(body).toContain('please call Priya Shah on 07700 900123')
    expect(missing).toEqual([])
  })
})

describe('letter.make', () => {
  it('keeps the letter as it was edited, lists it and tells of it', async () => {
    const family = await theFamily()
    const draft = aLetter(family, family.mother, { withAddress: true, body: ' Dear Jo\n\nsee you. ' })
    await desk.does('draft.save', { form: { kind: 'letter', body: draft }, savedBefore: 0 })
    expect(await desk.does('letter.make', draft)).toEqual({ id: draft.id })
    expect(await desk.does('draft.list', {})).toEqual([])
    expect(await desk.does('letter.list', { familyId: family.id })).toEqual([
      {
        ...{ id: draft.id, familyId: family.id, episodeId: family.episodeId, aboutId: '' },
        ...{ templateName: 'A meeting of your team', onDay: '2026-11-23', toName: 'Jo' },
        ...{ address: '4 Mill Lane\nHertford SG14 1AB', subject: 'Our next meeting' },
        ...{ body: 'Dear Jo\n\nsee you.', isWithheld: false, recordedAt: '2026-11-23T10:00:00.000Z' },
        byName: 'Morgan Ellis'
      }
    ])
    const told = (await wholeChronology(desk, family.id)).filter(({ kind }) => kind === 'letter')
    expect(told).toMatchObject([
      {
        ...{ id: draft.id, on: '2026-11-23', episodeId: family.episodeId },
        body: { toName: 'Jo', templateName: 'A meeting of your team' }
      }
    ])
  })

  const invalidAt = (...paths: string[]) => ({
    error: { code: 'invalid', fields: paths.map((path) => ({ path })) }
  })

  it('refuses while a field is left, and keeps the draft', async () => {
    const family = await theFamily()
    const draft = aLetter(family, family.mother, { body: 'Dear Jo, {{newKeyworker}}' })
    await desk.does('draft.save', { form: { kind: 'letter', body: draft }, savedBefore: 0 })
    expect(await desk.run('letter.make', draft)).toMatchObject(invalidAt('body'))
    expect(await desk.does('draft.list', {})).toHaveLength(1)
    expect(await desk.does('letter.list', { familyId: family.id })).toEqual([])
  })

  it('is to people of the family, and to a known address that nobody withheld', async () => {
    const family = await theFamily()
    const other = await theFamily()
    const make = (changes: Partial<LetterDraft>) =>
      desk.run('letter.make', aLetter(family, family.mother, changes))
    expect(await make({ toPersonId: other.mother })).toMatchObject(invalidAt('toPersonId'))
    expect(await make({ toPersonId: '', withAddress: true })).toMatchObject(invalidAt('withAddress'))
    expect(await make({ episodeId: other.episodeId })).toMatchObject({ error: { code: 'not-found' } })
    expect(await make({ aboutId: newId() })).toMatchObject({ error: { code: 'not-found' } })
    await withhold(family, family.mother)
    expect(await make({ withAddress: true })).toMatchObject({
      error: { fields: [{ path: 'withAddress', message: expect.stringContaining('withheld') as string }] }
    })
    expect(await make({})).toMatchObject({ ok: true })
  })

  it('sent again answers with the first result; with other words it clashes (L6)', async () => {
    const family = await theFamily()
    const draft = aLetter(family, family.mother)
    await desk.does('letter.make', draft)
    const audits = () => desk.store.reader.prepare('SELECT count(*) FROM audit').pluck().get()
    const before = audits()
    expect(await desk.does('letter.make', draft)).toEqual({ id: draft.id })
    expect(audits()).toBe(before)
    const changes: Partial<LetterDraft>[] = [
      ...[{ body: 'Other words' }, { subject: 'Another' }, { toName: 'Al' }, { withAddress: true }],
      ...[{ template: 'closure' }, { toPersonId: '' as const }, { episodeId: '' as const }]
    ]
    for (const change of changes) {
      expect(await desk.run('letter.make', { ...draft, ...change })).toMatchObject({
        error: { reason: 'clashing-id' }
      })
    }
    expect(await desk.does('letter.list', { familyId: family.id })).toHaveLength(1)
  })

  it('leaves nothing but ids in the audit', async () => {
    const family = await theFamily()
    const draft = aLetter(family, family.mother, { withAddress: true })
    await desk.does('letter.make', draft)
    const rows = desk.store.reader.prepare("SELECT * FROM audit WHERE operation = 'letter.make'").all()
    expect(rows).toMatchObject([{ result: 'done', subject_ids: `${family.id} ${draft.id}` }])
    expect(JSON.stringify(rows)).not.toMatch(/Jo|Mill|Friday/)
  })
})

describe('a letter that tells what is withheld', () => {
  it.each([
    ['body', 'We call at 4 Mill Lane on Friday'],
    ['subject', 'Our visit to sg14 1ab'],
    ['toName', 'Jo, 4, Mill Lane']
  ] as const)('is not made, and whoever typed it is told where: %s', async (path, words) => {
    const family = await theFamily()
    await withhold(family, family.mother)
    const draft = aLetter(family, family.mother, { [path]: words })
    await desk.does('draft.save', { form: { kind: 'letter', body: draft }, savedBefore: 0 })
    expect(await desk.run('letter.make', draft)).toMatchObject({
      error: { code: 'invalid', fields: [{ path, message: expect.stringContaining('withheld') as string }] }
    })
    expect(await desk.does('draft.list', {})).toHaveLength(1)
    expect(await desk.does('letter.list', { familyId: family.id })).toEqual([])
  })
  it('is listed without its words, and is not printed again', async () => {
    const family = await theFamily()
    const told = aLetter(family, family.mother, { withAddress: true })
    const other = aLetter(family, family.mother)
    for (const draft of [told, other]) await desk.does('letter.make', draft)
    await withhold(family, family.mother)
    const letters = await desk.does('letter.list', { familyId: family.id })
    expect(letters.find(({ id }) => id === told.id)).toMatchObject({
      ...{ isWithheld: true, address: '', subject: '', body: '', toName: 'Jo' }
    })
    expect(letters.find(({ id }) => id === other.id)).toMatchObject({ isWithheld: false, body: other.body })
    const asked = { familyId: family.id, id: told.id, paperId: newId() }
    expect(await desk.record('letter.savePdf', asked)).toMatchObject({ error: { reason: 'letter-withheld' } })
  })
})

describe('letter.savePdf', () => {
  it('reads the letter for main, and both its ends are in the audit', async () => {
    const family = await theFamily()
    const draft = aLetter(family, family.mother, { withAddress: true, body: 'Dear <b>Jo</b> & all' })
    await desk.does('letter.make', draft)
    const of = { familyId: family.id, id: draft.id, paperId: newId() }
    const read = (await desk.record('letter.savePdf', of)) as Result<LetterToPrint>
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    expect(read.value).toMatchObject({
      hubName: 'Broxbourne and East Herts',
      familyReference: family.reference
    })
    const { document } = letterPage({ ...read.value, reference: read.value.familyReference })
    expect(document).toContain('Dear &lt;b&gt;Jo&lt;/b&gt; &amp; all')
    expect(document).not.toContain('<b>')
    await desk.record('paper.end', { id: of.paperId, path: '', file: new Uint8Array(), why: 'not-printed' })
    const trail = desk.store.reader
      .prepare(
        "SELECT subject_ids AS ids, result FROM audit WHERE operation = 'letter.savePdf' ORDER BY sequence"
      )
      .all()
    expect(trail).toEqual([
      { ids: `${family.id} ${draft.id}`, result: 'begun' },
      { ids: `${family.id} ${draft.id}`, result: 'failed' }
    ])
    expect(await desk.record('letter.savePdf', { ...of, id: newId() })).toMatchObject({
      error: { code: 'not-found' }
    })
  })
})

describe('who may', () => {
  it('nobody who may not open the family', async () => {
    const family = await theFamily()
    await desk.does('letter.make', aLetter(family, family.mother))
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    const reads = [
      () => desk.run('letter.list', { familyId: family.id }, elsewhere),
      () => desk.run('letter.make', aLetter(family, family.mother), elsewhere),
      () => desk.record('letter.savePdf', { familyId: family.id, id: newId(), paperId: newId() }, elsewhere)
    ]
    for (const read of reads) expect(await read()).toMatchObject({ error: { code: 'not-found' } })
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    const fresh = await aColleague(desk, 'adviser')
    expect(await desk.run('letter.list', { familyId: family.id }, fresh)).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    const auditor = await aColleague(desk, 'auditor')
    expect(await desk.run('letter.make', aLetter(family, family.mother), auditor)).toMatchObject({
      error: { code: 'not-allowed' }
    })
  })
})
