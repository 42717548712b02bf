import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { formDraft } from '../../db/schema/index.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { begunExport } from '../../shared/export/emptyExport.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { exportTo, insideOf, jsonOf, paragraphsOf, saved, unzipped } from '../fixtures/exports.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { aNote } from '../fixtures/notes.ts'
import { anOutcome } from '../fixtures/plans.ts'
import { aRecordedMeeting, aTeamsFamily, begunRecord, hideAddress } from '../fixtures/records.ts'
import { aRequest, decidedRequest } from '../fixtures/stepUps.ts'

let desk: TestDesk
let folder: string
let path: string

beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'records-'))
  path = join(folder, 'out.zip')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

async function itemsOf(draft: CaseNotesExport) {
  const { done } = await saved(desk, path, draft)
  const entries = unzipped(path, done.passphrase)
  return { ...jsonOf(entries), names: Object.keys(entries), done }
}

/** What the same export says, in each of its formats. */
async function toldAs(draft: CaseNotesExport, format: CaseNotesExport['format']): Promise<string> {
  const { done, pages } = await saved(desk, path, { ...draft, id: newId(), format })
  if (format === 'pdf') return pages.map(({ document }) => document).join('\n')
  const entries = unzipped(path, done.passphrase)
  if (format === 'json') return jsonOf(entries).text
  return Object.values(entries)
    .flatMap((word) => Object.values(insideOf(word, folder)))
    .flatMap((xml) => [xml, ...paragraphsOf(xml)])
    .join('\n')
}

describe('a meeting', () => {
  it('goes with everything that its page tells of it, and nothing else', async () => {
    const family = await aTeamsFamily(desk)
    const meetingId = await aRecordedMeeting(desk, family)
    await desk.does('note.add', aNote(family.form, { words: 'Zqxnote' }))
    const copy = { id: newId(), familyId: family.familyId, episodeId: family.episodeId, meetingId }
    await desk.does('meeting.giveCopy', { ...copy, on: '2026-11-23', toWhom: 'Jo Vale', how: 'In person' })
    const { file, text, names, done } = await itemsOf(begunRecord(family, 'meeting', meetingId))
    expect(names).toEqual(['meeting-EXP-7KQ3-000001-2026-11-23.json'])
    expect(file.items.records).toMatchObject([
      { id: meetingId, kind: 'meeting', title: 'First Team Around the Family meeting', on: '2026-11-23' }
    ])
    expect(file.items.records[0]?.texts.map(({ label, text: said }) => [label, said])).toEqual([
      ['When', 'Monday 23 November 2026, 09:00'],
      ['Where', 'Hertford Family Centre'],
      ['Agenda', 'What the family wants'],
      ['Invited', 'Priya Shah, keyworker, Lantern Trust, by phone'],
      ['Who came', 'Priya Shah, keyworker, Lantern Trust: came'],
      ['What was said', 'Robin told how school goes'],
      ['What was decided', 'A mentor from January'],
      ['What the family said', 'Jo is glad that somebody listens'],
      ['The record was given to', 'Jo Vale, 23 November 2026, in person, recorded by Morgan Ellis']
    ])
    expect(text).not.toContain('Zqxnote')
    expect(file.summary).toMatchObject({
      ...{ scope: 'meeting', subjectId: meetingId, episodeId: family.episodeId },
      sections: {
        records: { included: 1, excluded: {} },
        passages: { included: 9 },
        notes: null,
        chronology: null
      }
    })
    expect(done).toMatchObject({ included: 1, excluded: 0 })
    expect(desk.store.reader.prepare('SELECT scope, subject_id, included FROM case_export').all()).toEqual([
      { scope: 'meeting', subject_id: meetingId, included: 1 }
    ])
  })

  it.each(['pdf', 'docx', 'json'] as const)(
    'as %s: nothing of another family, of another meeting, restricted or withheld',
    async (format) => {
      const family = await aTeamsFamily(desk)
      const other = await aTeamsFamily(desk, 'Marsh')
      await aRecordedMeeting(desk, other, { record: 'Zqxother' })
      await aRecordedMeeting(desk, family, { record: 'Zqxanother' })
      const meetingId = await aRecordedMeeting(desk, family, {
        decisions: 'The flat at 17 secret wharf is damp'
      })
      await hideAddress(desk, family)
      await desk.does('note.add', aNote(family.form, { words: 'An open note' }))
      await desk.does(
        'note.add',
        aNote(family.form, { words: 'Zqxrestricted', familyMaySee: 'no', restrictedWhy: 'Zqxwhy' })
      )
      const told = await toldAs(
        begunRecord(family, 'meeting', meetingId, { notes: true, chronology: false }),
        format
      )
      for (const words of ['Robin told how school goes', TEXT_WITHHELD, 'An open note'])
        expect(told).toContain(words)
      expect(told).not.toMatch(/Zqx|Marsh|secret wharf/i)
    }
  )

  it('counts what it leaves out of a record, and says why', async () => {
    const family = await aTeamsFamily(desk)
    const meetingId = await aRecordedMeeting(desk, family, { decisions: 'Move to SG12 9ZZ' })
    await hideAddress(desk, family)
    const draft = begunRecord(family, 'meeting', meetingId)
    const { file, done } = await itemsOf(draft)
    const { records, passages } = file.summary.sections
    expect(records).toEqual({ included: 1, excluded: {} })
    expect(passages?.excluded).toEqual({ withheld: 1 })
    expect((passages?.included ?? 0) + excludedOf(passages!)).toBe(file.items.records[0]?.texts.length)
    expect(done).toMatchObject({ included: 1, excluded: 1 })
    expect((await desk.does('export.preview', { ...draft, id: newId() })).sections).toEqual(
      file.summary.sections
    )
  })

  it('is one of its own assessment that was recorded, and of a family that is open to whoever exports', async () => {
    const family = await aTeamsFamily(desk)
    const other = await aTeamsFamily(desk, 'Marsh')
    const theirs = await aRecordedMeeting(desk, other)
    const planned = aMeeting({ familyId: family.familyId, episodeId: family.episodeId })
    await desk.does('meeting.arrange', planned)
    for (const id of [theirs, planned.id, ''])
      expect(await exportTo(desk, path, begunRecord(family, 'meeting', id))).toMatchObject({
        ...{ code: 'invalid', fields: [{ path: 'subjectId' }] }
      })
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, other.familyId, [boss], boss)
    expect(await exportTo(desk, path, begunRecord(other, 'meeting', theirs))).toEqual({
      ...{ code: 'refused', reason: 'family-restricted' }
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a step-up pack', () => {
  it('has the six answers, the evidence, the meeting, its outcome and what was written, and nothing of another', async () => {
    const family = await aTeamsFamily(desk)
    const other = await aTeamsFamily(desk, 'Marsh')
    await desk.does(
      'stepUp.request',
      aRequest({ id: other.familyId, episodeId: other.episodeId }, { tried: 'Zqxother' })
    )
    const { familyId, episodeId } = family
    await desk.does(
      'assessment.save',
      anAssessment({
        familyId,
        episodeId,
        entries: [anEntry(family.robin, 'education', { needs: 'Late every day' })]
      })
    )
    await desk.does('plan.saveOutcome', anOutcome({ familyId, episodeId }, { words: 'On time at school' }))
    const chair = await aColleague(desk, 'triage-manager')
    const request = await decidedRequest(desk, { ...family, id: familyId }, 'not-accept', chair)
    const { file, text, names } = await itemsOf(begunRecord(family, 'step-up', request.id))
    expect(names).toEqual(['step-up-EXP-7KQ3-000001-2026-11-23.json'])
    const said = file.items.records[0]?.texts.map(({ label, text: words }) => `${label}: ${words}`).join('\n')
    for (const words of [
      'Which needs are not met?: Robin is still out of school',
      'Which advice is needed?: Whether a social worker should lead',
      'Action and Impact Meeting: Monday 23 November 2026, 09:00, Room 2, the hub, chaired by Colleague',
      'Step-up not accepted, with direction. Recorded by Colleague',
      'Try the family group conference first',
      'Where it stands: Not accepted, with direction',
      'Feedback: Feedback is recorded.',
      'Late every day',
      'The plan: On time at school: goes on',
      'Keyworkers: Priya Shah, Lantern Trust'
    ])
      expect(said).toContain(words)
    // the minutes became a case note, which goes with the notes
    expect(file.items.notes.map(({ words }) => words).join()).toContain('The school told of the autumn term.')
    expect(file.items.plans).toMatchObject([{ outcomes: [{ words: 'On time at school' }] }])
    expect(text).not.toMatch(/Zqx|Marsh/)
  })

  it.each(['pdf', 'docx', 'json'] as const)('as %s tells nothing that is withheld', async (format) => {
    const family = await aTeamsFamily(desk)
    const request = aRequest(
      { id: family.familyId, episodeId: family.episodeId },
      { evidence: 'The police were at 17 Secret Wharf' }
    )
    await desk.does('stepUp.request', request)
    await hideAddress(desk, family)
    const told = await toldAs(begunRecord(family, 'step-up', request.id), format)
    for (const words of ['Robin is still out of school', TEXT_WITHHELD]) expect(told).toContain(words)
    expect(told).not.toMatch(/secret wharf/i)
  })
})

describe('a call', () => {
  const court: Partial<CaseNotesExport> = {
    ...{ receiver: 'body', bodyName: 'Family Court', how: 'letter', purpose: 'A hearing', format: 'json' },
    ...{ ground: 'court', reason: 'An order of 12 November' }
  }
  const begunOf = (callId: Id, changes: Partial<CaseNotesExport> = {}): CaseNotesExport => ({
    ...begunExport(newId(), '', '', 'call', callId),
    ...court,
    ...changes
  })
  async function aFiledCall(changes: Parameters<typeof aCall>[1] = {}) {
    const school = await aSchool(desk)
    const call = aCall(school.id, {
      children: [
        { id: newId(), name: 'Robin Vale', birth: '3/9/2015', upn: '', relation: 'pupil', address: '' }
      ],
      ...changes
    })
    return { ...(await desk.does('call.file', call)), childId: call.children[0]?.id ?? '' }
  }

  it('goes with its receipt; a reason is demanded and kept, for no agreement is known', async () => {
    const { id, reference } = await aFiledCall()
    await desk.does('call.addAddendum', {
      id: newId(),
      callId: id,
      field: 'concern',
      text: 'Also on the legs'
    })
    expect(await exportTo(desk, path, begunOf(id, { ground: '', reason: '' }))).toMatchObject({
      ...{ code: 'invalid', fields: [{ path: 'ground' }, { path: 'reason' }] }
    })
    const { file, names, done } = await itemsOf(begunOf(id))
    expect(names[0]).toMatch(/^call-EXP-7KQ3-00000\d-2026-11-23\.json$/)
    expect(file.items.records).toMatchObject([
      { kind: 'call', id, reference, title: 'Call' },
      { kind: 'receipt', reference, title: 'Advice receipt' }
    ])
    const [call, receipt] = file.items.records.map(({ texts }) =>
      texts.map(({ label, text }) => `${label}: ${text}`).join('\n')
    )
    for (const words of [
      'Who is calling: Oakfield School',
      'Caller’s name: Ann Dean',
      'Phone number: 01992 555555',
      'Child: Robin Vale, born 3 September 2015, 11 years old, pupil',
      'What is the concern?: Bruises seen on both arms',
      'Advice given: Complete the contact form today',
      'Outcome: Complete',
      'Added later: The concern: Also on the legs'
    ])
      expect(call).toContain(words)
    expect(receipt).toContain('What was described: Bruises seen on both arms')
    expect(receipt).toContain('Whom to ring')
    expect(receipt).not.toContain('01992 555555')
    expect(file.summary).toMatchObject({
      ...{ scope: 'call', familyId: '', subjectId: id, receiverName: 'Family Court' },
      sections: { records: { included: 2, excluded: {} }, notes: null, chronology: null, files: null }
    })
    expect(done).toMatchObject({ included: 2, excluded: 0 })
    expect(desk.store.reader.prepare('SELECT * FROM case_export').all()).toMatchObject([
      {
        ...{ family_id: '', subject_id: id, receiver_name: 'Family Court', sharing_id: '' },
        reason: 'A court ordered it. An order of 12 November'
      }
    ])
    expect(desk.store.reader.prepare('SELECT * FROM sharing').all()).toEqual([])
  })

  it('gives its caller the receipt alone, without a passphrase if they want it so', async () => {
    const { id } = await aFiledCall({ concern: 'Bruises', callerPhone: '01992 555111' })
    const draft = begunOf(id, { receiver: 'caller', ground: '', reason: '', isProtected: false })
    const { file, text } = await itemsOf(draft)
    expect(file.items.records).toMatchObject([{ kind: 'receipt' }])
    expect(file.summary.sections.records).toEqual({ included: 1, excluded: { desk: 1 } })
    expect(file.summary.receiverName).toBe('Ann Dean')
    expect(text).not.toContain('01992 555111')
  })

  it('that was entered in error stays here, and says so', async () => {
    const { id } = await aFiledCall({ concern: 'Zqxwrong' })
    await desk.does('call.markInError', { id: newId(), callId: id, inError: true, reason: 'Zqxreason' })
    const { file, text } = await itemsOf(begunOf(id))
    expect(file.summary.sections.records).toEqual({ included: 0, excluded: { 'in-error': 2 } })
    expect(text).not.toContain('Zqx')
  })

  it.each(['pdf', 'docx', 'json'] as const)(
    'as %s tells no address that is withheld in the family of its child, and nothing of that family',
    async (format) => {
      const family = await aTeamsFamily(desk)
      await hideAddress(desk, family)
      await desk.does('note.add', aNote(family.form, { words: 'Zqxnote' }))
      const { id, childId } = await aFiledCall({
        concern: 'Seen at 17 Secret Wharf',
        advice: 'Ring the social worker'
      })
      const choice = { id: newId(), about: 'call-child' as const, aboutId: childId, personId: family.robin }
      await desk.does('person.choose', { ...choice, shown: [family.robin] })
      const told = await toldAs(begunOf(id, { notes: true, chronology: true, assessment: true }), format)
      for (const words of ['Ring the social worker', TEXT_WITHHELD]) expect(told).toContain(words)
      expect(told).not.toMatch(/Zqx|secret wharf|Jo Vale|Sam Vale/i)
    }
  )

  it('of another hub is not found by a coordinator, nor by whoever may export nothing', async () => {
    const { id } = await desk.does('call.file', aKeyworkersCall())
    const { settings } = await desk.does('setting.list', {})
    const { hubId } = await desk.does('call.read', { id })
    const elsewhere = settings.find(({ kind, key }) => kind === 'local-hub' && key !== hubId)
    const stranger = await aColleague(desk, 'coordinator', [elsewhere?.key ?? ''])
    expect(await exportTo(desk, path, begunOf(id), stranger)).toEqual({ code: 'not-found' })
    expect(await exportTo(desk, path, begunOf(newId()))).toEqual({ code: 'not-found' })
    expect(await exportTo(desk, path, begunOf(id), desk.actor('auditor'))).toEqual({ code: 'not-allowed' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('without the case notes', () => {
  it('the chronology goes alone, and so do the assessment and plan; nothing at all does not', async () => {
    const family = await aTeamsFamily(desk)
    const { familyId, episodeId } = family
    await desk.does('note.add', aNote(family.form, { words: 'Zqxwords of a note' }))
    await desk.does(
      'note.add',
      aNote(family.form, { words: 'Zqxhidden', familyMaySee: 'no', restrictedWhy: 'Zqxwhy', kind: 'call' })
    )
    await desk.does('plan.saveOutcome', anOutcome({ familyId, episodeId }, { words: 'On time at school' }))

    const chronology = await itemsOf(begunRecord(family, 'chronology'))
    expect(chronology.names[0]).toMatch(/^chronology-EXP-/)
    expect(chronology.file.summary.sections).toMatchObject({ notes: null, assessment: null, files: null })
    expect(chronology.file.items.notes).toEqual([])
    expect(chronology.file.items.chronology.filter(({ kind }) => kind === 'note')).toHaveLength(1)
    expect(chronology.text).not.toContain('Zqxhidden')
    const { included } = chronology.file.summary.sections.chronology!
    expect(chronology.done.included).toBe(included)

    const assessed = await itemsOf(begunRecord(family, 'assessment'))
    expect(assessed.names[0]).toMatch(/^assessment-EXP-/)
    expect(assessed.file.items).toMatchObject({
      ...{ notes: [], chronology: [], records: [] },
      plans: [{ outcomes: [{ words: 'On time at school' }] }]
    })
    expect(assessed.done).toMatchObject({ included: 1, excluded: 0 })

    expect(await exportTo(desk, path, begunRecord(family, 'case-notes', '', { notes: false }))).toMatchObject(
      {
        ...{ code: 'invalid', fields: [{ path: 'notes' }] }
      }
    )
  })

  it('a form that was saved before there was a choice is opened as the case notes that it was', async () => {
    const family = await aTeamsFamily(desk)
    const draft = begunRecord(family, 'case-notes')
    await desk.does('draft.save', { form: { kind: 'export', body: draft }, savedBefore: 0 })
    const { notes: _notes, subjectId: _subject, ...before } = draft
    await desk.store.write((tx) =>
      tx
        .update(formDraft)
        .set({ body: JSON.stringify(before) })
        .where(eq(formDraft.id, draft.id))
    )
    expect((await desk.does('draft.open', { id: draft.id })).form.body).toMatchObject({
      notes: true,
      subjectId: ''
    })
  })

  it('an unfinished form of a call is known by its reference, and is found again by its call', async () => {
    const { id, reference } = await desk.does('call.file', aKeyworkersCall())
    const body = begunExport(newId(), '', '', 'call', id)
    await desk.does('draft.save', { form: { kind: 'export', body }, savedBefore: 0 })
    expect(await desk.does('draft.list', {})).toMatchObject([
      { id: body.id, familyId: '', callId: id, title: reference }
    ])
  })
})
