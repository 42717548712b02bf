import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiptPage } from '../../electron/call/receiptPage.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import type { Receipt } from '../../shared/call/receipt.ts'
import { html } from '../../shared/export/html.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import { newId } from '../../shared/ids.ts'
import type { Result } from '../../shared/errors.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFact, anAddress } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const read = (id: string, actor?: Actor, paperId = newId()) =>
  desk.record('call.saveReceipt', { id, paperId }, actor) as Promise<Result<Receipt>>

async function receipt(draft: CallDraft): Promise<Receipt> {
  const result = await read(draft.id)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const trail = () =>
  desk.store.reader
    .prepare(
      `SELECT subject_ids AS id, result, reason FROM audit WHERE operation = 'call.saveReceipt' ORDER BY sequence`
    )
    .all()

const child = (changes: Partial<CallDraft['children'][number]>) => ({
  ...{ id: newId(), name: '', birth: '', upn: '', relation: '', address: '' },
  ...changes
})

describe('call.saveReceipt', () => {
  it('leaves out whatever tells an address that is withheld in a family of its children', async () => {
    const { id, form } = await aFamily(desk)
    const [robin, mother] = form.people
    const withheld = anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom: [robin!.id] })
    await desk.does('family.recordFact', aFact(id, mother!.id, withheld))
    const draft = aKeyworkersCall({
      children: [child({ name: 'Robin Vale' })],
      concern: 'They fled to 17, Secret Wharf in the night',
      advice: 'Ring the police',
      actions: [{ id: newId(), what: 'Visit SG12 9ZZ', who: 'The school', byWhen: '' }]
    })
    await desk.does('call.file', draft)
    await desk.does('call.addAddendum', {
      ...{ id: newId(), callId: draft.id, field: 'advice', text: 'Not to write to 17 Secret Wharf' }
    })
    // nobody knows yet whose address it is
    expect((await receipt(draft)).sections[0]?.text).toContain('Secret Wharf')
    await desk.does('person.choose', {
      ...{ id: newId(), about: 'call-child', aboutId: draft.children[0]!.id, personId: robin!.id, shown: [] }
    })
    const { sections, actions, addenda } = await receipt(draft)
    expect(sections.slice(0, 2)).toEqual([
      { heading: 'What was described', text: TEXT_WITHHELD },
      { heading: 'Advice given', text: 'Ring the police' }
    ])
    expect(actions).toEqual([{ what: TEXT_WITHHELD, who: 'The school', byWhen: '' }])
    expect(addenda).toMatchObject([{ text: TEXT_WITHHELD }])
  })

  it('C6: says what was described, discussed and advised, who does what by when, and whom to ring', async () => {
    const school = await aSchool(desk)
    const draft = aCall(school.id, {
      callerRole: 'Head teacher',
      children: [
        child({ name: 'Robin Vale', birth: '3/9/15', relation: 'Pupil', upn: 'A823432120001' }),
        child({ birth: 'age 1', address: '4 High Street' })
      ],
      level: 'targeted',
      levelWhy: 'More than one need',
      disagreement: 'Would rather wait',
      actions: [
        { id: newId(), what: 'Send the form', who: 'The school', byWhen: '24/11/2026' },
        { id: newId(), what: 'Talk to the parents', who: '', byWhen: '' }
      ]
    })
    await desk.does('call.file', draft)
    await desk.does(
      'call.addAddendum',
      { id: newId(), callId: draft.id, field: 'concern', text: 'It was the left arm only.' },
      { ...desk.first, now: '2026-11-23T11:30:00.000Z' }
    )
    expect(await receipt(draft)).toEqual({
      reference: 'HUB-7KQ3-000001',
      facts: [
        { label: 'To', lines: ['Ann Dean, Head teacher', 'Oakfield School, Hertford'] },
        { label: 'Date of the call', lines: ['23 November 2026, 10:00'] },
        { label: 'Line', lines: ['Consultation Hub'] },
        { label: 'Adviser', lines: ['Morgan Ellis, Social Worker'] },
        {
          label: 'About',
          lines: [
            'Robin Vale, born 3 September 2015, 11 years old, Pupil',
            'A child who was not named, 1 year old'
          ]
        },
        { label: 'Outcome', lines: ['Complete the Child Protection Contact Form'] }
      ],
      sections: [
        { heading: 'What was described', text: 'Bruises seen on both arms' },
        { heading: 'Level of need discussed', text: 'Targeted' },
        { heading: 'Why this level', text: 'More than one need' },
        { heading: 'Advice given', text: 'Complete the contact form today' },
        { heading: 'Where the caller disagreed', text: 'Would rather wait' }
      ],
      actions: [
        { what: 'Send the form', who: 'The school', byWhen: '24 November 2026' },
        { what: 'Talk to the parents', who: '', byWhen: '' }
      ],
      addenda: [
        {
          heading: 'The concern',
          text: 'It was the left arm only.',
          by: 'Morgan Ellis, 23 November 2026, 11:30'
        }
      ],
      numbers: [
        {
          name: 'Children’s Services',
          number: '0300 123 4043',
          note: 'If you think a child may be at risk, day and night'
        },
        { name: 'Police', number: '999', note: 'If a child may be in danger now' }
      ],
      printed: 'Printed by Morgan Ellis on 23 November 2026, 10:00'
    })
  })

  it('has nothing of other calls, nor of what became of this one', async () => {
    const school = await aSchool(desk)
    const twin = child({ name: 'Robin Vale', birth: '3/9/15', address: 'SG13 8EQ' })
    const earlier = aCall(school.id, { concern: 'SENTINEL earlier', children: [{ ...twin, id: newId() }] })
    await desk.does('call.file', earlier)
    const draft = aCall(school.id, {
      children: [twin],
      outcome: 'call-back',
      links: [{ callId: earlier.id, kind: 'further' }]
    })
    await desk.does('call.file', draft)
    const later = aCall(school.id, {
      concern: 'SENTINEL later',
      links: [{ callId: draft.id, kind: 'related' }]
    })
    await desk.does('call.file', later)
    await desk.does('call.recordAttempt', {
      ...{ id: newId(), callId: draft.id, result: 'no-answer' },
      note: 'SENTINEL attempt'
    })
    const page = JSON.stringify(await receipt(draft))
    expect(page).toContain('Bruises seen on both arms')
    expect(page).not.toMatch(/SENTINEL|HUB-7KQ3-00000[13]/)
  })

  it('of a caller who was turned away has what was read out to them', async () => {
    const draft = aCall('', {
      callerKind: 'someone-else',
      otherKind: 'health',
      outcome: 'turned-away',
      concern: '',
      advice: ''
    })
    await desk.does('call.file', draft)
    expect((await receipt(draft)).sections).toEqual([
      { heading: 'Read out to the caller', text: expect.stringContaining('0300 123 4043') as string }
    ])
  })

  it('L23: there is none of a call entered in error, and the trail says that one was asked for', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.file', draft)
    await desk.does('call.markInError', {
      ...{ id: newId(), callId: draft.id, inError: true },
      reason: 'The wrong caller'
    })
    expect(await read(draft.id)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'call-in-error' }
    })
    expect(trail()).toEqual([{ id: draft.id, result: 'refused', reason: 'call-in-error' }])
  })

  it('L25: is for whoever may read the call', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.file', draft)
    expect(await read(draft.id, desk.actor('coordinator'))).toEqual({
      ok: false,
      error: { code: 'not-found' }
    })
    for (const role of ['administrator', 'helpdesk', 'auditor'] as const)
      expect(await read(draft.id, desk.actor(role))).toEqual({ ok: false, error: { code: 'not-allowed' } })
    expect(await read(draft.id, desk.actor('adviser'))).toMatchObject({ ok: true })
    expect(await read(newId())).toEqual({ ok: false, error: { code: 'not-found' } })
  })

  it('ends in the trail beside its beginning', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.file', draft)
    const paperId = newId()
    await read(draft.id, undefined, paperId)
    await desk.record('paper.end', { id: paperId, path: '', file: new Uint8Array(), why: 'cancelled' })
    expect(trail()).toEqual([
      { id: draft.id, result: 'begun', reason: '' },
      { id: draft.id, result: 'failed', reason: 'cancelled' }
    ])
  })
})

describe('the page that is printed', () => {
  const hostile = `<script>alert(1)</script><img src=x onerror="alert('2')"> & "quoted" שלום 🧒🏽`

  it('escapes everything that was typed, wherever it stands', async () => {
    const draft = aKeyworkersCall({
      callerName: hostile,
      concern: hostile,
      disagreement: hostile,
      children: [child({ name: hostile })],
      actions: [{ id: newId(), what: hostile, who: hostile, byWhen: '' }]
    })
    await desk.does('call.file', draft)
    const made = await receipt(draft)
    const { document, header, footer } = receiptPage({ ...made, printed: `Printed by ${hostile}` })
    for (const page of [document, header, footer]) expect(page).not.toMatch(/<script|<img|"quoted"|'2'/)
    expect(document.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(7)
    expect(document).toContain('&amp; &quot;quoted&quot; שלום 🧒🏽')
    expect(footer).toContain('&lt;script&gt;')
  })

  it('is English, has a title without a name, and marks each page', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.file', draft)
    const { document, header, footer } = receiptPage(await receipt(draft))
    expect(document).toContain('<html lang="en-GB">')
    expect(document).toContain('<title>Advice receipt HUB-7KQ3-000001</title>')
    expect(header).toContain('OFFICIAL-SENSITIVE')
    expect(header).toContain('HUB-7KQ3-000001')
    expect(footer).toContain('Printed by Morgan Ellis')
  })

  it('puts markup into markup as it is, and text escaped', () => {
    expect(html`<p title="${'"'}">${'<b>'}${html`<i>${'&'}</i>`}${[html`<br />`]}</p>`.text).toBe(
      '<p title="&quot;">&lt;b&gt;<i>&amp;</i><br /></p>'
    )
  })
})
