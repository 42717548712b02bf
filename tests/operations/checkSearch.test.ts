import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { foundAhead, lookAhead, soughtOf } from '../../electron/check/searchAhead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyCall, type DraftChild } from '../../shared/call/call.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'

let desk: TestDesk
let helpdesk: Actor
let employerId: Id
const families: { id: Id; child: Id }[] = []

const names = ['Robin Vale', 'Robyn Vale', 'Wren Abara', 'Ada Vale', 'Robin Veil']
const births = ['3/9/2015', '9/3/2015', '1/1/2014', '']
const homes = ['4 Mill Lane, Hertford SG14 1AB', '8 Ash Road, Ware SG12 9AA', '']

beforeAll(async () => {
  desk = await openTestDesk()
  helpdesk = desk.actor('helpdesk')
  const agency = {
    ...{ name: 'Lantern Trust', kind: 'Charity', phone: '01992 555 100', address: '', rowVersion: 0 }
  }
  employerId = (await desk.does('agency.save', { id: newId(), ...agency })).id
  for (const [name, birth, address] of [
    ['Robin Vale', '3/9/2015', homes[0]],
    ['Robyn Vale', '3/9/2015', homes[0]],
    ['Wren Abara', '1/1/2014', homes[1]]
  ] as const) {
    const family = await aFamily(desk, { people: [aPerson({ name, birth, address: address ?? '' })] })
    families.push({ id: family.id, child: family.form.people[0]!.id })
  }
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const child = (changes: Partial<DraftChild> = {}): DraftChild => ({
  ...emptyCall(newId(), newId(), OPEN).children[0]!,
  ...{ name: 'Robin Vale', birth: '3/9/2015', address: homes[0]! },
  ...changes
})

async function begun(children: DraftChild[]): Promise<Id> {
  const id = newId()
  await desk.does(
    'check.begin',
    {
      ...{ id, callerName: 'Sam Okoro', callerRole: 'Health visitor', employer: 'agency', employerId },
      ...{ employerText: 'Lantern Trust', agreedBy: 'Jo Vale', agreedRelation: 'mother' },
      ...{ agreedOn: '23/11/2026', agreedHow: 'verbally', children }
    },
    helpdesk
  )
  return id
}

async function answerOf(checkId: Id, children: DraftChild[]) {
  const tried = { method: 'call-back', personAskedFor: 'Sam Okoro', result: 'passed', reason: '' } as const
  await desk.does('check.tryIdentity', { id: newId(), checkId, ...tried }, helpdesk)
  const { answer } = await desk.does('check.answer', { id: newId(), checkId, children }, helpdesk)
  if (!answer) throw new Error('The record did not answer')
  const { id: _id, at: _at, ...said } = answer
  return said
}

/** What may be recorded between the search and the answer. */
const changes = {
  nothing: () => Promise.resolve(),
  'somebody has another name as well': async (name: string) => {
    const { id, child: personId } = families[0]!
    await desk.does(
      'family.recordFact',
      aFact(id, personId, { kind: 'other-name', value: { name, note: '' } })
    )
  },
  'a family is registered': async (name: string) => {
    const { id, form } = await aFamily(desk, { people: [aPerson({ name })] })
    families.push({ id, child: form.people[0]!.id })
  }
} satisfies Record<string, (name: string) => Promise<unknown>>

describe('check.search: the record is looked through while the caller is called back (ADR 22)', () => {
  it('the answer is that of a search which begins when it is asked, whatever was recorded meanwhile', async () => {
    const told = fc.array(
      fc.record({
        ...{ name: fc.constantFrom(...names), birth: fc.constantFrom(...births) },
        address: fc.constantFrom(...homes)
      }),
      { minLength: 1, maxLength: 3 }
    )
    const between = fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]))
    await fc.assert(
      fc.asyncProperty(told, between, fc.constantFrom(...names), async (tellings, change, name) => {
        const children = tellings.map((each) => child({ ...each, id: newId() }))
        const ahead = await begun(children)
        const fresh = await begun(children)
        await lookAhead(desk.store, ahead, helpdesk)
        await changes[change](name)
        const first = await answerOf(ahead, children)
        expect(first).toEqual(await answerOf(fresh, children))
      }),
      { numRuns: 60 }
    )
  })

  it('what it finds is used: asked for the same child, the index is not asked again', async () => {
    const children = [child({ name: 'Wren Abara', birth: '1/1/2014', address: '' })]
    const checkId = await begun(children)
    await lookAhead(desk.store, checkId, helpdesk)
    const asked: string[] = []
    await desk.store.read(async (db) => {
      const ids = foundAhead(db, checkId, soughtOf(children[0]!, '2026-11-23'))
      asked.push(...(ids ?? []))
      // once: what is asked a second time is looked for anew
      expect(foundAhead(db, checkId, soughtOf(children[0]!, '2026-11-23'))).toBeUndefined()
      await Promise.resolve()
    })
    expect(asked).toContain(families[2]!.child)
  })

  it('a family that is restricted meanwhile is told of to nobody', async () => {
    const id = newId()
    const hidden = aPerson({ name: 'Zephyrine Quill', birth: '5/5/2016', address: homes[1]! })
    await aFamily(desk, { id, people: [hidden] })
    const children = [child({ name: 'Zephyrine Quill', birth: '5/5/2016', address: homes[1]! })]
    const checkId = await begun(children)
    await lookAhead(desk.store, checkId, helpdesk)
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, id, [boss], boss)
    expect(await answerOf(checkId, children)).toMatchObject({ answer: 'unclear', keyworkerName: '' })
  })

  it('answers the same, in the same time, whether somebody is there or not, and leaves nothing in the record', async () => {
    const known = await begun([child()])
    const unknown = await begun([child({ name: 'Quentin Ossery', birth: '2/2/2012', address: '' })])
    const tables = () =>
      ['check_child', 'check_try', 'check_answer', 'person_choice'].map((name) =>
        desk.store.reader.prepare(`SELECT count(*) FROM ${name}`).pluck().get()
      )
    const before = tables()
    const took: number[] = []
    for (const id of [known, unknown]) {
      const start = performance.now()
      expect(await desk.does('check.search', { id }, helpdesk)).toBeNull()
      took.push(performance.now() - start)
    }
    expect(Math.min(...took)).toBeGreaterThan(390)
    expect(tables()).toEqual(before)
    const records = []
    for (const id of [known, unknown]) {
      const {
        id: _id,
        reference: _reference,
        children: _told,
        ...rest
      } = await desk.does('check.read', { id }, helpdesk)
      records.push(rest)
    }
    expect(records[0]).toEqual(records[1])
  })

  it('is for whoever may see the check, and looks no more once it is over', async () => {
    const checkId = await begun([child()])
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.run('check.search', { id: checkId }, elsewhere)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect(await desk.run('check.search', { id: checkId }, desk.actor('auditor'))).toMatchObject({
      error: { code: 'not-allowed' }
    })
  })
})

describe('the family that a check led to', () => {
  it('stands on the check: for the helpdesk by its reference alone, for who may open it with the way to it', async () => {
    const checkId = await begun([child({ name: 'Ivo Lark', birth: '6/6/2017', address: '' })])
    const family = await aFamily(
      desk,
      { people: [aPerson({ name: 'Ivo Lark', birth: '6/6/2017' })], checkId },
      helpdesk
    )
    const boss = await aColleague(desk, 'triage-manager')
    const seen = async (actor: Actor) => (await desk.does('check.read', { id: checkId }, actor)).registered
    expect(await seen(helpdesk)).toEqual([{ familyId: '', reference: family.reference }])
    expect(await seen(boss)).toEqual([{ familyId: family.id, reference: family.reference }])
    await restrict(desk, family.id, [boss], boss)
    expect(await seen(helpdesk)).toEqual([])
    const other = await aColleague(desk, 'triage-manager')
    expect(await seen(other)).toEqual([{ familyId: family.id, reference: family.reference }])
  })

  it('registered from a check that nobody knows, or that is another’s, it is refused', async () => {
    const people = [aPerson({ name: 'Ivo Lark' })]
    await expect(aFamily(desk, { people, checkId: newId() }, helpdesk)).rejects.toThrow('not-found')
  })
})
