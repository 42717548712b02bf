import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { toldStepDowns } from '../../electron/export/toldStepDown.ts'
import { goOn } from '../../electron/export/leaving.ts'
import { cancelExport } from '../../electron/export/underWay.ts'
import { writeAnswer } from '../../electron/subjectAccess/saveAnswer.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { ShownItem } from '../../shared/subjectAccess/goingThrough.ts'
import { BAR } from '../../shared/subjectAccess/redact.ts'
import type { SavedAnswer } from '../../shared/subjectAccess/request.ts'
import type { Decision, SubjectAccessDraft } from '../../shared/subjectAccess/subjectAccess.ts'
import { answered, savedTo } from '../fixtures/answers.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aPdf } from '../fixtures/attachments.ts'
import { aFile, aFileNote, confirmed, previewed, writeFile } from '../fixtures/caseImports.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { unzipped } from '../fixtures/exports.ts'
import { aColleague, aFact, anAddress, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { anOutcome } from '../fixtures/plans.ts'
import { anAnswer as aLaterVersion, aReceivedStepDown } from '../fixtures/stepDowns.ts'
import { aRequestAct, aSubjectRequest } from '../fixtures/subjectAccess.ts'

let desk: TestDesk
let folder: string
let reviewer: Actor
beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'answer-'))
  reviewer = await aColleague(desk, 'triage-manager')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  expect(desk.store.reader.prepare('SELECT * FROM export_under_way').all()).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

/** A mother, Robin and Sam. */
async function theVales() {
  const form = aRegistration()
  const sam = aPerson({ name: 'Sam Vale', birth: '4/5/2018' })
  const family = await aFamily(desk, { ...form, people: [...form.people, sam] })
  const [robin, mother] = form.people
  return { ...family, episodeId: form.episodeId, robin: robin!.id, mother: mother!.id, sam: sam.id }
}
type Vales = Awaited<ReturnType<typeof theVales>>

const noteOf = async ({ form }: Pick<Vales, 'form'>, words: string, aboutIds: Id[], changes = {}) => {
  const note = aNote(form, { words, childsVoice: '', present: '', aboutIds, ...changes })
  await desk.does('note.add', note)
  return note
}

async function asked(personId: Id, changes: Partial<SubjectAccessDraft> = {}) {
  const draft = aSubjectRequest(personId, changes)
  await desk.does('subjectAccess.record', draft)
  return draft.id
}

async function itemsOf(requestId: Id, actor?: Actor): Promise<ShownItem[]> {
  const all: ShownItem[] = []
  for (let after = ''; ;) {
    const { rows, next } = await desk.does('subjectAccess.items', { requestId, filter: 'all', after }, actor)
    all.push(...rows)
    if (next === '') return all
    after = next
  }
}
const textOf = (items: readonly Pick<ShownItem, 'texts'>[]) =>
  items.flatMap(({ texts }) => texts.map(({ text }) => text)).join('\n')

const decidedOf = ({ itemId, sha256 }: ShownItem, changes: Partial<Decision> = {}): Decision => ({
  ...{ id: newId(), itemId, itemSha256: sha256, fate: 'include', reason: '', note: '' },
  ...{ spans: [], withoutFiles: [] },
  ...changes
})
function decidedAs(item: ShownItem, fate: 'include' | 'redact' | 'exclude'): Decision {
  if (fate === 'exclude') return decidedOf(item, { fate, reason: 'exempt' })
  const { path = '' } = item.texts[0] ?? {}
  const spans = [{ path, from: 0, to: 1, reason: 'third-party' as const, note: '' }]
  return decidedOf(item, fate === 'redact' ? { fate, spans } : {})
}
async function decide(requestId: Id, decisions: Decision[]) {
  for (let at = 0; at < decisions.length; at += 100)
    await desk.does('subjectAccess.decide', { requestId, decisions: decisions.slice(at, at + 100) })
}
async function agree(requestId: Id) {
  const { decisionsSha256 } = await desk.does('subjectAccess.standing', { requestId }, reviewer)
  const review = { id: newId(), requestId, verdict: 'agreed' as const, words: '', decisionsSha256 }
  await desk.does('subjectAccess.review', review, reviewer)
}

const anAnswer = (requestId: Id, changes: Partial<SavedAnswer> = {}): SavedAnswer => ({
  ...{ id: newId(), requestId, format: 'pdf', isProtected: true, openReason: '' },
  ...changes
})

const pathOf = ({ id }: SavedAnswer) => join(folder, `${id}.zip`)
const answerTo = (wanted: SavedAnswer) => answered(desk, pathOf(wanted), wanted)

async function saved(wanted: SavedAnswer) {
  const path = pathOf(wanted)
  const { done } = await savedTo(desk, path, wanted)
  return { done, entries: unzipped(path, done.passphrase) }
}
const pageOf = (entries: Record<string, Buffer>) =>
  Object.entries(entries)
    .filter(([name]) => name.endsWith('.pdf') && !name.startsWith('files/'))
    .map(([, bytes]) => bytes.toString('utf8'))
    .join('\n')

describe('what belongs to a person', () => {
  it('is everything about them or naming them, and nothing of a sibling alone or of another family', async () => {
    const vales = await theVales()
    const stranger = await aFamily(desk, {
      people: [aPerson({ name: 'Ivo Brook' }), ...aRegistration().people.slice(1)]
    })
    await noteOf(vales, 'A note about the sun', [vales.robin])
    await noteOf(vales, 'Played football with ROBIN’s brother', [vales.sam])
    await noteOf(vales, 'A note about the moon', [vales.sam])
    await noteOf(stranger, 'A note about Robin and the stars', [stranger.form.people[0]?.id ?? ''])
    await desk.does(
      'assessment.save',
      anAssessment({
        ...{ familyId: vales.id, episodeId: vales.episodeId },
        entries: [anEntry(vales.robin, 'health', { needs: 'Has asthma' })]
      })
    )
    await desk.does(
      'plan.saveOutcome',
      anOutcome({ familyId: vales.id, episodeId: vales.episodeId }, { words: 'Sleeps through' })
    )
    const items = await itemsOf(await asked(vales.robin))
    const text = textOf(items)
    for (const there of ['the sun', 'ROBIN’s brother', 'Has asthma', 'Sleeps through', 'Robin Vale'])
      expect(text).toContain(there)
    for (const elsewhere of ['the moon', 'the stars', 'Ivo Brook']) expect(text).not.toContain(elsewhere)
    // a sibling's own facts are not theirs
    expect(items.filter(({ texts }) => texts.some(({ text: said }) => said.includes('2018')))).toEqual([])
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set(['entry', 'note', 'assessment', 'outcome'])
    )
    expect(items.map(({ on }) => on)).toEqual(items.map(({ on }) => on).sort())
  })

  it('is what was brought in from another desk too, with whom it names suggested', async () => {
    const vales = await theVales()
    const [sibling, gran] = [newId(), newId()]
    const told = { at: '2019-02-03T12:00:00.000Z', byName: 'Ada Finch' }
    const of = { episodeId: newId(), reference: 'FFA-9ABC-000007', registeredOn: '2019-02-01' }
    const assessed = (personId: Id, needs: string) => ({
      ...{ personId, domain: 'education' as const, strengths: '', needs, views: '' },
      ...{ versionId: newId(), ...told }
    })
    const planned = (personId: Id, words: string) => ({
      ...{ id: newId(), words, personId, ending: '' as const, endedOn: '', endedWhy: '', scores: [] },
      actions: [
        {
          ...{
            id: newId(),
            words: `Action: ${words}`,
            ownerName: 'Bo Hale',
            dueOn: '2019-05-01',
            endedOn: ''
          },
          progress: []
        }
      ]
    })
    const entry = (what: string, personId: Id) => ({
      ...{ id: newId(), kind: 'level', on: '2019-02-03', recordedAt: told.at, byName: told.byName, personId },
      ...{ episodeId: '', who: '', what, details: [], body: {} }
    })
    const file = aFile({
      people: [
        { id: sibling, name: 'Ivo Brook', role: 'child' },
        { id: gran, name: 'Edith Marlow', role: 'other' }
      ],
      notes: [
        aFileNote({
          ...{ words: 'Robin stays with Edith', aboutIds: [vales.robin] },
          episodeReference: 'Marlow and others, 2019'
        })
      ],
      chronology: [entry('All of the family moved', ''), entry('Robin changed school', vales.robin)],
      assessments: [
        { ...of, entries: [assessed(vales.robin, 'Reads with help'), assessed(sibling, 'Zqxsibling')] }
      ],
      plans: [
        {
          ...of,
          outcomes: [
            planned(vales.robin, 'Reads alone'),
            planned('', 'Warm meals'),
            planned(sibling, 'Zqxswims')
          ]
        }
      ]
    })
    const path = join(folder, 'there.zip')
    await writeFile(path, file)
    await confirmed(desk, vales, await previewed(desk, vales.id, path))
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    const text = textOf(items)
    for (const there of ['Robin stays', 'All of the family moved', 'changed school', 'Reads with help'])
      expect(text).toContain(there)
    for (const there of ['Reads alone', 'Warm meals', 'Action: Warm meals', 'Ada Finch', 'FFA-9ABC-000007'])
      expect(text).toContain(there)
    expect(text).not.toContain('Zqx')
    const note = items.find(({ texts }) => texts.some(({ text: words }) => words.startsWith('Robin stays')))
    // another desk may call an assessment by a name
    expect(note?.suggestions).toMatchObject([
      { path: 'assessment', from: 0, to: 6, who: ['Edith Marlow'] },
      { path: 'words', from: 17, to: 22, who: ['Edith Marlow'] }
    ])
    const assessment = items.find(({ texts }) => texts.some(({ text: words }) => words === 'Reads with help'))
    const { path: at = '' } = assessment?.texts.find(({ text: words }) => words === 'Reads with help') ?? {}
    const spans = [{ path: at, from: 6, to: 15, reason: 'third-party' as const, note: '' }]
    await decide(
      requestId,
      items.map((item) => decidedOf(item, item === assessment ? { fate: 'redact', spans } : {}))
    )
    await agree(requestId)
    const page = pageOf((await saved(anAnswer(requestId))).entries)
    expect(page).toContain('Warm meals')
    expect(page).not.toContain('with help')
  })

  it('has what was entered in error, marked so, for a person to decide of', async () => {
    const vales = await theVales()
    const { id } = await desk.does(
      'family.recordFact',
      aFact(vales.id, vales.robin, { kind: 'other-name', value: { name: 'Zed', note: '' } })
    )
    const { facts } = await desk.does('family.read', { id: vales.id })
    const wrong = facts.find((fact) => fact.id === id)!
    await desk.does('family.recordFact', {
      ...aFact(vales.id, vales.robin, { kind: 'other-name', value: { name: 'Zed', note: '' } }),
      ...{ ofId: wrong.ofId, basedOn: wrong.id, inError: true, reason: 'Somebody else' }
    })
    expect(textOf(await itemsOf(await asked(vales.robin)))).toContain('Entered in error')
  })

  it('is of the days that were asked for', async () => {
    const vales = await theVales()
    await noteOf(vales, 'Of October', [vales.robin], { happenedOn: '20/10/2026' })
    await noteOf(vales, 'Of November', [vales.robin])
    const text = textOf(await itemsOf(await asked(vales.robin, { from: '1/11/2026' })))
    expect(text).toContain('Of November')
    expect(text).not.toContain('Of October')
  })

  it('is half of it to nobody: a family that is closed to the reader closes all of it', async () => {
    const vales = await theVales()
    const requestId = await asked(vales.robin)
    await restrict(desk, vales.id, [reviewer], reviewer)
    expect(await desk.run('subjectAccess.items', { requestId, filter: 'all', after: '' })).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'family-restricted' } })
  })
})

describe('the answer', () => {
  it('is refused until every item is decided and somebody else agreed to exactly that', async () => {
    const vales = await theVales()
    const requestId = await asked(vales.robin)
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'items-undecided' } })
    const items = await itemsOf(requestId)
    await decide(
      requestId,
      items.map((item) => decidedOf(item))
    )
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'answer-not-agreed' } })
    await agree(requestId)
    await noteOf(vales, 'Something new', [vales.robin])
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'items-undecided' } })
    const [last] = (await itemsOf(requestId)).filter(({ state }) => state === 'to-decide')
    await decide(requestId, [decidedOf(last!)])
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'answer-not-agreed' } })
    await agree(requestId)
    expect((await saved(anAnswer(requestId))).done).toMatchObject({ stage: 'done', excluded: 0 })
  })

  it('asks why it goes without a passphrase', async () => {
    const { robin } = await theVales()
    expect(await answerTo(anAnswer(await asked(robin), { isProtected: false }))).toMatchObject({
      error: { fields: [{ path: 'openReason' }] }
    })
  })

  it('says what it is, gives what goes under its number and tells of the rest only why', async () => {
    const vales = await theVales()
    const seen = await noteOf(vales, 'Robin likes Quillfeather the neighbour', [vales.robin])
    await desk.does('note.add', anAddendum(vales.form, seen.id, 'And Quillfeather’s dog'))
    const kept = await noteOf(vales, 'Advice of the solicitor Zephyrine', [vales.robin], {
      happenedTime: '10:00'
    })
    const source = join(folder, 'Quillfeather letter.pdf')
    writeFileSync(source, aPdf(2_000))
    const attached = { familyId: vales.id, attachedTo: 'note', attachedId: seen.id }
    for (const id of [newId(), newId()])
      expect(await desk.record('attachment.attach', { ...attached, id, path: source })).toMatchObject({
        ok: true
      })
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    const note = items.find(({ id }) => id === seen.id)!
    const spans = [
      ...note.texts,
      ...note.files.map(({ id, name }) => ({ path: `file.${id}`, text: name }))
    ].flatMap(({ path, text }) => {
      const from = text.indexOf('Quillfeather')
      const span = { path, from, to: from + 'Quillfeather'.length, reason: 'third-party' as const, note: '' }
      return from < 0 ? [] : [span]
    })
    expect(spans).toHaveLength(4)
    const [firstFile] = note.files
    const withoutFiles = [{ id: firstFile!.id, reason: 'third-party' as const, note: '' }]
    await decide(
      requestId,
      items.map((item) =>
        item.id === seen.id
          ? decidedOf(item, { fate: 'redact', spans, withoutFiles })
          : item.id === kept.id
            ? decidedOf(item, { fate: 'exclude', reason: 'legal-privilege' })
            : decidedOf(item)
      )
    )
    await agree(requestId)
    const { done, entries } = await saved(anAnswer(requestId))
    expect(done).toMatchObject({ included: items.length - 1, excluded: 1 })
    const number = String(note.number).padStart(5, '0')
    expect(Object.keys(entries).sort()).toEqual([
      `files/${number}-1.pdf`,
      'subject-access-SAR-7KQ3-000001-2026-11-23.pdf'
    ])
    const page = pageOf(entries)
    expect(page).toContain(`Robin likes ${BAR} [third party] the neighbour`)
    expect(page).toContain('Case note: left out')
    expect(page).toContain('Case note: words blacked out')
    expect(page).toContain('Case note: a file left out')
    expect(page).toContain('legal privilege')
    for (const gone of ['Quillfeather', 'Zephyrine', 'solicitor']) expect(page).not.toContain(gone)

    const word = await saved(anAnswer(requestId, { format: 'docx' }))
    const [name = ''] = Object.keys(word.entries).filter((each) => each.endsWith('.docx'))
    writeFileSync(join(folder, 'answer.docx'), word.entries[name]!)
    const inside = Object.values(unzipped(join(folder, 'answer.docx'), '')).map((bytes) =>
      bytes.toString('utf8')
    )
    expect(inside.join('\n')).toContain('the neighbour')
    for (const gone of ['Quillfeather', 'Zephyrine']) expect(inside.join('\n')).not.toContain(gone)

    const rows = desk.store.reader
      .prepare('SELECT scope, subject_id, family_id, receiver_id, included, excluded FROM case_export')
      .all()
    expect(rows).toEqual(
      [1, 2].map(() => ({
        ...{ scope: 'subject-access', subject_id: requestId, family_id: '', receiver_id: vales.robin },
        ...{ included: items.length - 1, excluded: 1 }
      }))
    )
    const trail = desk.store.reader
      .prepare(`SELECT result, reason FROM audit WHERE operation = 'subjectAccess.save' ORDER BY sequence`)
      .all() as { result: string; reason: string }[]
    expect(trail.map(({ result }) => result)).toEqual(['begun', 'done', 'begun', 'done'])
    expect(JSON.stringify(trail)).not.toMatch(/Vale|Quill/)
    expect((await desk.does('subjectAccess.read', { id: requestId })).exports).toHaveLength(2)
  })

  it('gives a file on an agreement too, unless it is kept back', async () => {
    const vales = await theVales()
    const source = join(folder, 'Signed form.pdf')
    const bytes = aPdf(2_000)
    writeFileSync(source, bytes)
    const on = { familyId: vales.id, attachedTo: 'agreement', attachedId: vales.form.agreement.id }
    const files = [newId(), newId()]
    for (const id of files)
      expect(await desk.record('attachment.attach', { ...on, id, path: source })).toMatchObject({ ok: true })
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    expect(items.flatMap((item) => item.files).map(({ id }) => id)).toEqual(files)
    const withoutFiles = [{ id: files[1]!, reason: 'exempt' as const, note: '' }]
    await decide(
      requestId,
      items.map((item) => decidedOf(item, item.id === files[1] ? { fate: 'redact', withoutFiles } : {}))
    )
    await agree(requestId)
    const { entries } = await saved(anAnswer(requestId))
    const given = Object.entries(entries).filter(([name]) => name.startsWith('files/'))
    expect(given.map(([, content]) => content.equals(bytes))).toEqual([true])
  })

  it('never tells a withheld address to whoever must not know it, even where nobody blacked it out', async () => {
    const vales = await theVales()
    const secret = '17 Secret Wharf, Ware SG12 9ZZ'
    await desk.does(
      'family.recordFact',
      aFact(vales.id, vales.mother, anAddress(secret, { withheldFrom: [vales.robin] }))
    )
    await noteOf(vales, 'She moved to 17 Secret Wharf', [vales.robin])
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    await decide(
      requestId,
      items.map((item) => decidedOf(item))
    )
    await agree(requestId)
    expect(await answerTo(anAnswer(requestId))).toMatchObject({
      ended: { stage: 'failed', reason: 'answer-tells-withheld' }
    })
    const telling = items.find(({ texts }) => texts.some(({ text }) => text.includes('Wharf')))!
    const words = telling.texts.find(({ path }) => path === 'words')!
    const from = words.text.indexOf('17')
    const spans = [
      {
        path: 'words',
        from,
        to: words.text.length,
        reason: 'serious-harm' as const,
        note: 'Dr Lee, 20 November'
      }
    ]
    await decide(requestId, [decidedOf(telling, { fate: 'redact', spans })])
    await agree(requestId)
    const { entries } = await saved(anAnswer(requestId))
    expect(pageOf(entries)).not.toMatch(/secret|wharf|SG12 9ZZ/i)
  })

  it('gives and leaves out everything there is, each once, whatever is decided', async () => {
    const vales = await theVales()
    for (const words of ['One', 'Two', 'Three']) await noteOf(vales, words, [vales.robin])
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    const fates = fc.array(fc.constantFrom('include', 'redact', 'exclude'), {
      ...{ minLength: items.length, maxLength: items.length }
    })
    await fc.assert(
      fc.asyncProperty(fates, async (wanted) => {
        const decisions = items.map((item, index) => decidedAs(item, wanted[index] ?? 'include'))
        await decide(requestId, decisions)
        const { isAgreed } = await desk.does('subjectAccess.standing', { requestId })
        if (!isAgreed) await agree(requestId)
        const { done, entries } = await saved(anAnswer(requestId))
        const excluded = wanted.filter((fate) => fate === 'exclude').length
        expect(done).toMatchObject({ included: items.length - excluded, excluded })
        const numbers = [...pageOf(entries).matchAll(/<h3[^>]*>(\d+)\. /g)].map(([, number]) =>
          Number(number)
        )
        expect(numbers).toEqual(
          items.map((_, index) => index + 1).filter((_, index) => wanted[index] !== 'exclude')
        )
        const index = [...pageOf(entries).matchAll(/: (left out|words blacked out)</g)].map(
          ([, what]) => what
        )
        expect(index).toHaveLength(wanted.filter((fate) => fate !== 'include').length)
      }),
      { numRuns: 5 }
    )
  }, 60_000)

  it('goes to nobody who has not proved who they are', async () => {
    const { robin } = await theVales()
    const requestId = await asked(robin, { identityHow: '', identityOn: '' })
    await decide(
      requestId,
      (await itemsOf(requestId)).map((item) => decidedOf(item))
    )
    await agree(requestId)
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'identity-not-proved' } })
    const before = await desk.does('subjectAccess.read', { id: requestId })
    await desk.does('subjectAccess.act', aRequestAct(before, 'identified'))
    expect((await saved(anAnswer(requestId))).done.stage).toBe('done')
  })

  it('is saved once under one id, and says in the record what the form says of its words', async () => {
    const { robin } = await theVales()
    const requestId = await asked(robin)
    await decide(
      requestId,
      (await itemsOf(requestId)).map((item) => decidedOf(item))
    )
    await agree(requestId)
    const wanted = anAnswer(requestId)
    const { done } = await saved(wanted)
    expect(await answerTo(wanted)).toMatchObject({ error: { reason: 'clashing-id' } })
    const path = join(folder, 'again.zip')
    const again = { ...anAnswer(requestId, { isProtected: false }), reference: done.reference, path }
    expect(await desk.record('answer.write', again)).toMatchObject({
      error: { fields: [{ path: 'openReason' }] }
    })
    expect(existsSync(path)).toBe(false)
  })

  it('is what was agreed to, whenever somebody decides otherwise and back again meanwhile', async () => {
    const vales = await theVales()
    await noteOf(vales, 'Zqxsecret', [vales.robin])
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    const secret = items.find(({ texts }) => texts.some(({ text }) => text === 'Zqxsecret'))!
    await decide(
      requestId,
      items.map((item) => decidedAs(item, item === secret ? 'exclude' : 'include'))
    )
    await agree(requestId)
    // before each thing that is read, one after the other
    for (let at = 1, isReached = true; isReached; at++) {
      isReached = false
      let reads = 0
      const read: TestDesk['store']['read'] = async (work) => {
        reads += 1
        if (reads === at) {
          isReached = true
          await decide(requestId, [decidedAs(secret, 'include')])
        }
        return desk.store.read(work)
      }
      const wanted = {
        ...anAnswer(requestId),
        reference: 'EXP-7KQ3-000099',
        path: join(folder, `${newId()}.zip`)
      }
      const step = await writeAnswer({ ...desk.store, read }, wanted, desk.first).catch(() => undefined)
      if (step && 'print' in step) expect(step.print.document).not.toContain('Zqxsecret')
      if (step && !('ended' in step)) await cancelExport()
      if (step && !('ended' in step))
        await goOn(desk.store, { id: wanted.id, file: Buffer.from('x') }, desk.first)
      await decide(requestId, [decidedAs(secret, 'exclude')])
    }
  })

  it('has no file where somebody decides otherwise while it is printed', async () => {
    const vales = await theVales()
    await noteOf(vales, 'Robin was well', [vales.robin])
    const requestId = await asked(vales.robin)
    const items = await itemsOf(requestId)
    await decide(
      requestId,
      items.map((item) => decidedOf(item))
    )
    await agree(requestId)
    const wanted = anAnswer(requestId)
    const path = join(folder, 'answer.zip')
    const begun = await desk.record('answer.write', { ...wanted, reference: 'EXP-7KQ3-000001', path })
    expect(begun).toMatchObject({ ok: true, value: { print: {} } })
    await decide(requestId, [decidedAs(items[0]!, 'exclude')])
    const ended = await desk.record('export.goOn', { id: wanted.id, file: aPdf(1_000) })
    expect(ended).toEqual({ ok: true, value: { ended: { stage: 'failed', reason: 'answer-not-agreed' } } })
    expect(readdirSync(folder)).toEqual([])
    expect(desk.store.reader.prepare('SELECT * FROM case_export').all()).toEqual([])
  })

  it('tells of a step-down that was told anew by whom in a text, where it can be blacked out', async () => {
    const { form } = await aReceivedStepDown(desk, { areas: 'A bedtime routine' })
    await desk.does('stepDown.receive', aLaterVersion(form, { areas: 'Mornings without shouting' }))
    const [told] = await desk.store.read((db) => toldStepDowns(db, [form.stepDownId], desk.first))
    const byName = told!.byName
    expect(byName).not.toBe('')
    expect(told!.texts.map(({ label }) => label).join()).not.toContain(byName)
    expect(told!.texts.find(({ path }) => path === 'versions.1.by')?.text).toContain(byName)
  })

  it('that has gone is recorded with how it went, and can be made no more', async () => {
    const { robin } = await theVales()
    const requestId = await asked(robin)
    const before = await desk.does('subjectAccess.read', { id: requestId })
    await desk.does('subjectAccess.act', aRequestAct(before, 'answer'))
    expect(await answerTo(anAnswer(requestId))).toMatchObject({ error: { reason: 'step-not-possible' } })
  })
})
