import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { TEXT_WITHHELD } from '../../shared/family/tellsWithheld.ts'
import type { CaseNotesExport, SavedExport } from '../../shared/export/caseNotes.ts'
import { begunExport } from '../../shared/export/emptyExport.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import { newId } from '../../shared/ids.ts'
import { stepUpQuestions } from '../../shared/stepUp/stepUp.ts'
import { aCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { insideOf, jsonOf, paragraphsOf, saved, unzipped } from '../fixtures/exports.ts'
import { aTeamsFamily, aRecordedMeeting, begunRecord, hideAddress } from '../fixtures/records.ts'
import { aNote } from '../fixtures/notes.ts'
import { anOutcome } from '../fixtures/plans.ts'
import { aRequest, aStepUpStep } from '../fixtures/stepUps.ts'

let desk: TestDesk
let folder: string
let schoolId: string

beforeAll(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'records-'))
  schoolId = (await aSchool(desk)).id
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

/** What somebody wrote: words that stand nowhere else, and whether they tell an address that is withheld. */
interface Written {
  mark: string
  isWithheld: boolean
  text: string
}
let marks = 0
function written(tells: 'nothing' | 'street' | 'postcode'): Written {
  const mark = `Zqx${String((marks += 1)).padStart(5, '0')}x`
  const said = { nothing: 'at home', street: 'at 17 secret wharf', postcode: 'near sg129zz' }[tells]
  return { mark, isWithheld: tells !== 'nothing', text: `${mark} ${said}` }
}
const tells = fc.constantFrom('nothing' as const, 'nothing' as const, 'street' as const, 'postcode' as const)
const along = fc.record({ notes: fc.boolean(), chronology: fc.boolean(), assessment: fc.boolean() })

const timesIn = (text: string, mark: string): number => text.split(mark).length - 1

/** What each format says of the same export. */
async function toldAs(draft: CaseNotesExport, format: CaseNotesExport['format']) {
  const path = join(folder, `${format}.zip`)
  const { done, pages } = await saved(desk, path, { ...draft, id: newId(), format })
  if (format === 'pdf') return { done, text: pages.map(({ document }) => document).join('\n') }
  const entries = unzipped(path, done.passphrase)
  if (format === 'json') return { done, ...jsonOf(entries) }
  const [word = Buffer.alloc(0)] = Object.values(entries)
  return { done, text: paragraphsOf(insideOf(word, folder)['word/document.xml'] ?? '').join('\n') }
}

/** What the record has of a file. */
const stored = ({ reference }: SavedExport) =>
  desk.store.reader
    .prepare('SELECT included, excluded FROM case_export WHERE reference = ?')
    .get(reference) as { included: number; excluded: number }

/**
 * Everything that the record says goes or is counted as left out, nothing of it twice, in each format alike.
 *
 * @param all how many records there are to go
 * @param times in how many texts of the records each of the words stands
 */
async function expectWhole(
  draft: CaseNotesExport,
  all: number,
  said: readonly Written[],
  times: number
): Promise<void> {
  const json = await toldAs(draft, 'json')
  if (!('file' in json)) throw new Error('No JSON')
  const { items, summary } = json.file
  const records = summary.sections.records!
  const passages = summary.sections.passages!
  const { notes } = summary.sections
  expect(items.records).toHaveLength(records.included)
  expect(records.included + excludedOf(records)).toBe(all)
  expect(new Set(items.records.map(({ id }) => id)).size).toBe(items.records.length)

  const texts = items.records.flatMap((record) => record.texts)
  for (const record of items.records)
    expect(new Set(record.texts.map(({ path }) => path)).size).toBe(record.texts.length)
  expect(passages.included + excludedOf(passages)).toBe(texts.length)
  const hidden = said.filter(({ isWithheld }) => isWithheld).length * times
  expect(passages.excluded).toEqual(hidden === 0 ? {} : { withheld: hidden })
  expect(texts.filter(({ text }) => text === TEXT_WITHHELD)).toHaveLength(hidden)

  const inRecords = texts.map(({ text }) => text).join('\n')
  for (const { mark, isWithheld } of said) expect(timesIn(inRecords, mark)).toBe(isWithheld ? 0 : times)

  const isAlone = !draft.notes && !draft.chronology && !draft.assessment
  const counts = {
    included: records.included + (notes?.included ?? 0),
    excluded: excludedOf(records) + excludedOf(passages) + (notes ? excludedOf(notes) : 0)
  }
  for (const format of ['json', 'pdf', 'docx'] as const) {
    const { done, text } = format === 'json' ? json : await toldAs(draft, format)
    for (const { mark, isWithheld } of said) {
      const told = timesIn(text, mark)
      // the chronology and the plan tell some of it again
      expect(isAlone ? told : Math.min(told, times), `${mark} in ${format}`).toBe(isWithheld ? 0 : times)
    }
    expect(text).not.toMatch(/secret wharf|sg12 ?9zz/i)
    expect(timesIn(text, TEXT_WITHHELD)).toBe(hidden)
    expect({ included: done.included, excluded: done.excluded }).toEqual(counts)
    expect(stored(done)).toEqual(counts)
  }
}

describe('what goes of any record and what is left out of it are all that it tells, and nothing stands twice', () => {
  it('of a meeting, whatever goes along', async () => {
    const said = fc.record({ record: tells, decisions: tells, familyViews: tells })
    await fc.assert(
      fc.asyncProperty(said, along, async (wanted, chosen) => {
        const family = await aTeamsFamily(desk)
        const [record, decisions, familyViews] = [wanted.record, wanted.decisions, wanted.familyViews].map(
          written
        ) as [Written, Written, Written]
        const meetingId = await aRecordedMeeting(desk, family, {
          ...{ record: record.text, decisions: decisions.text, familyViews: familyViews.text }
        })
        await hideAddress(desk, family)
        const draft = begunRecord(family, 'meeting', meetingId, chosen)
        await expectWhole(draft, 1, [record, decisions, familyViews], 1)
      }),
      { numRuns: 8 }
    )
  }, 120_000)

  it('of a request for step-up with its evidence, whatever goes along', async () => {
    const answers = fc.tuple(tells, tells, tells, tells, tells, tells)
    await fc.assert(
      fc.asyncProperty(answers, tells, tells, along, async (wanted, planned, withdrawn, chosen) => {
        const family = await aTeamsFamily(desk)
        const { familyId, episodeId } = family
        const said = wanted.map(written)
        const outcome = written(planned)
        const step = written(withdrawn)
        await desk.does('note.add', aNote(family.form, { words: 'An open note' }))
        await desk.does('plan.saveOutcome', anOutcome({ familyId, episodeId }, { words: outcome.text }))
        const given = Object.fromEntries(stepUpQuestions.map((question, at) => [question, said[at]?.text]))
        const request = aRequest({ id: familyId, episodeId }, { ...given, oldNotesReason: '' })
        await desk.does('stepUp.request', request)
        await desk.does('stepUp.takeStep', aStepUpStep(request, 'withdraw', { words: step.text }))
        await hideAddress(desk, family)
        const draft = begunRecord(family, 'step-up', request.id, chosen)
        await expectWhole(draft, 1, [...said, outcome, step], 1)
      }),
      { numRuns: 8 }
    )
  }, 120_000)

  it('of a call and its receipt, for a court and for its caller, in error or not', async () => {
    const typed = fc.record({ concern: tells, advice: tells, disagreement: tells, later: tells })
    const kind = fc.record({ isForCaller: fc.boolean(), isMatched: fc.boolean(), isInError: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(typed, kind, async (wanted, { isForCaller, isMatched, isInError }) => {
        const family = await aTeamsFamily(desk)
        await hideAddress(desk, family)
        // of a call whose child nobody found in the record no address is known to be withheld
        const [concern, advice, disagreement, later] = [
          ...[wanted.concern, wanted.advice, wanted.disagreement, wanted.later]
        ].map((each) => written(isMatched ? each : 'nothing')) as [Written, Written, Written, Written]
        const childId = newId()
        const call = aCall(schoolId, {
          children: [{ id: childId, name: 'Robin Vale', birth: '', upn: '', relation: '', address: '' }],
          ...{ concern: concern.text, advice: advice.text, disagreement: disagreement.text }
        })
        const { id } = await desk.does('call.file', call)
        await desk.does('call.addAddendum', { id: newId(), callId: id, field: 'concern', text: later.text })
        const choice = { id: newId(), about: 'call-child' as const, aboutId: childId }
        if (isMatched)
          await desk.does('person.choose', { ...choice, personId: family.robin, shown: [family.robin] })
        if (isInError)
          await desk.does('call.markInError', { id: newId(), callId: id, inError: true, reason: 'Another' })
        const draft: CaseNotesExport = {
          ...begunExport(newId(), '', '', 'call', id),
          ...{ receiver: 'body', bodyName: 'Family Court', how: 'letter', purpose: 'A hearing' },
          ...{ ground: 'court', reason: 'An order' },
          ...(isForCaller ? { receiver: 'caller', bodyName: '', ground: '', reason: '' } : {})
        }
        const times = isInError ? 0 : isForCaller ? 1 : 2
        await expectWhole(draft, 2, [concern, advice, disagreement, later], times)
      }),
      { numRuns: 12 }
    )
  }, 120_000)
})
