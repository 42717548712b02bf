import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { everythingOf } from '../../electron/subjectAccess/everythingOf.ts'
import { toldItems } from '../../electron/subjectAccess/selectItems.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id } from '../../shared/ids.ts'
import { itemIdOf } from '../../shared/subjectAccess/goingThrough.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFact, anAddress } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { anOutcome } from '../fixtures/plans.ts'

/** All of it in one turn. */
const WHOLE = 1_000_000

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const people = ['robin', 'mother', 'sam'] as const
type Who = (typeof people)[number]

/** Something that happens to a family: about whom, and whether its words name Robin. */
const happening = fc.record({
  what: fc.constantFrom('note', 'addendum', 'address', 'assessment', 'outcome'),
  about: fc.constantFrom(...people),
  isNamed: fc.boolean(),
  // several of one minute
  time: fc.constantFrom('8:15', '8:30', '9:15')
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

async function theVales() {
  const form = aRegistration()
  const sam = aPerson({ name: 'Sam Vale', birth: '4/5/2018' })
  const family = await aFamily(desk, { ...form, people: [...form.people, sam] })
  const [robin, mother] = form.people
  return { ...family, robin: robin!.id, mother: mother!.id, sam: sam.id }
}
type Vales = Awaited<ReturnType<typeof theVales>>

const wordsOf = (isNamed: boolean, words: string): string => (isNamed ? `${words}, with Robin` : words)

/** Notes that must be found: about Robin, or naming him in what was written or added. */
async function recorded(vales: Vales, all: readonly Happening[]): Promise<Set<Id>> {
  const { id: familyId, form } = vales
  const of = { familyId, episodeId: form.episodeId }
  const theirs = new Set<Id>()
  const notes: Id[] = []
  let basedOn = ''
  for (const [index, { what, about, isNamed, time }] of all.entries()) {
    const words = wordsOf(isNamed, `What happened ${String(index)}`)
    const personId = vales[about]
    switch (what) {
      case 'note': {
        const note = aNote(form, {
          ...{ words, childsVoice: '', present: '', aboutIds: [personId], happenedTime: time }
        })
        await desk.does('note.add', note)
        notes.push(note.id)
        if (about === 'robin' || isNamed) theirs.add(note.id)
        break
      }
      case 'addendum': {
        const addsTo = notes.at(-1)
        if (addsTo === undefined) break
        await desk.does('note.add', anAddendum(form, addsTo, words))
        if (isNamed) theirs.add(addsTo)
        break
      }
      case 'address':
        await desk.does(
          'family.recordFact',
          aFact(familyId, personId, anAddress(`${String(index)} Mill Lane`), { validFrom: '2026-11-22' })
        )
        break
      case 'assessment': {
        const entries = [anEntry(personId, 'health', { needs: words })]
        const saved = anAssessment({ ...of, entries, basedOn })
        await desk.does('assessment.save', saved)
        basedOn = saved.id
        break
      }
      case 'outcome':
        await desk.does('plan.saveOutcome', anOutcome(of, { words, personId }))
    }
  }
  return theirs
}

const found = (personId: Id, most: number): Promise<ItemRef[]> =>
  everythingOf(desk.store, personId, desk.first, () => Promise.resolve(), most)

async function toldInPieces(personId: Id, refs: readonly ItemRef[], most: number): Promise<ToldRecord[]> {
  const told: ToldRecord[] = []
  for (let at = 0; at < refs.length; at += most) {
    const some = refs.slice(at, at + most)
    told.push(...(await desk.store.read((db) => toldItems(db, { personId }, some, desk.first))))
  }
  return told
}

it('whatever a record holds, in pieces of any size the same is found and told as in one: nothing twice, nothing missing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 1, maxLength: 25 }),
      fc.constantFrom<Who>(...people),
      async (all, who) => {
        const vales = await theVales()
        const theirs = await recorded(vales, all)
        const whole = await found(vales[who], WHOLE)
        expect(new Set(whole.map(itemIdOf)).size).toBe(whole.length)
        if (who === 'robin') {
          const notes = whole.filter(({ kind }) => kind === 'note').map(({ id }) => id)
          expect(new Set(notes)).toEqual(theirs)
        }
        const told = await toldInPieces(vales[who], whole, WHOLE)
        expect(told.map(itemIdOf)).toEqual(whole.map(itemIdOf))
        for (const most of [1, 2, 7]) {
          expect(await found(vales[who], most)).toEqual(whole)
          expect(await toldInPieces(vales[who], whole, most)).toEqual(told)
        }
      }
    ),
    { numRuns: 12 }
  )
}, 60_000)
