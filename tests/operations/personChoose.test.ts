import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { insertFacts } from '../../electron/family/insertFacts.ts'
import { writtenBy } from '../../electron/family/written.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily } from '../fixtures/families.ts'

let desk: TestDesk
let childId: Id
let callId: Id
let robin: Id
let mother: Id
beforeEach(async () => {
  desk = await openTestDesk()
  const draft = aKeyworkersCall({
    children: [{ id: newId(), name: 'Robin Vale', birth: '3/9/15', upn: '', relation: '', address: '' }]
  })
  callId = (await desk.does('call.file', draft)).id
  childId = draft.children[0]?.id ?? ''
  const { form } = await aFamily(desk)
  robin = form.people[0]?.id ?? ''
  mother = form.people[1]?.id ?? ''
})
afterEach(() => desk.close())

const choose = (personId: Id, changes: Partial<Input<'person.choose'>> = {}, actor = desk.first) =>
  desk.run(
    'person.choose',
    { id: newId(), about: 'call-child', aboutId: childId, personId, shown: [robin, mother], ...changes },
    actor
  )
const callsTold = () =>
  desk.store.reader
    .prepare(
      `SELECT subject_id, json_extract(body, '$.call_id') AS call_id FROM chronology WHERE kind = 'call'`
    )
    .all()
const at = (minute: number): Actor => ({ ...desk.first, now: `2026-11-23T10:${String(minute)}:00.000Z` })
const done = { ok: true, value: null }
const refused = (code: string) => ({ ok: false, error: { code } })

describe('person.choose (L15)', () => {
  it('a call’s child is matched, matched with somebody else and with nobody: the last choice counts', async () => {
    expect(await choose(robin, {}, at(11))).toEqual(done)
    expect(callsTold()).toEqual([{ subject_id: robin, call_id: callId }])
    expect(await choose(mother, {}, at(12))).toEqual(done)
    expect(callsTold()).toEqual([{ subject_id: mother, call_id: callId }])
    expect(await choose('', { shown: [] }, at(13))).toEqual(done)
    expect(callsTold()).toEqual([])
    expect(await choose(robin, {}, at(14))).toEqual(done)
    expect(callsTold()).toEqual([{ subject_id: robin, call_id: callId }])
    expect(desk.store.reader.prepare('SELECT count(*) FROM person_choice').pluck().get()).toBe(4)
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('an earlier choice that arrives later changes nothing', async () => {
    await choose('', {}, at(20))
    await choose(robin, {}, at(19))
    expect(callsTold()).toEqual([])
  })

  it('the same choice sent again is a no-op; another under its id is refused (L6)', async () => {
    const id = newId()
    expect(await choose(robin, { id })).toEqual(done)
    expect(await choose(robin, { id })).toEqual(done)
    expect(await choose(mother, { id })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect(desk.store.reader.prepare('SELECT count(*) FROM person_choice').pluck().get()).toBe(1)
  })

  it('“None of these” of a search is kept with who was shown', async () => {
    await choose('', { about: 'search', aboutId: newId() })
    expect(desk.store.reader.prepare('SELECT about, person_id, shown FROM person_choice').all()).toEqual([
      { about: 'search', person_id: '', shown: `${robin} ${mother}` }
    ])
  })

  it('neither a call nor a person that one may not read can be chosen', async () => {
    const elsewhere: Actor = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await choose(robin, {}, elsewhere)).toEqual(refused('not-found'))
    expect(await choose('', {}, elsewhere)).toEqual(refused('not-found'))
    expect(await choose(robin, { about: 'search' }, elsewhere)).toEqual(refused('not-found'))
    expect(await choose(newId())).toEqual(refused('not-found'))
    expect(await choose('', { aboutId: newId() })).toEqual(refused('not-found'))
    expect(await choose(robin, {}, desk.actor('auditor'))).toEqual(refused('not-allowed'))
    expect(await choose('', { about: 'pair' })).toEqual(refused('not-found'))
  })

  it('whoever is in a restricted family is chosen once a reason was given', async () => {
    const familyId = desk.store.reader.prepare('SELECT id FROM family').pluck().get() as Id
    await desk.store.write((tx) =>
      insertFacts(
        tx,
        [
          {
            kind: 'restriction',
            value: { named: [newId()], managerId: desk.first.id, why: 'Known to staff' }
          }
        ],
        { subject: 'family', subjectId: familyId, actId: newId(), validFrom: '' },
        writtenBy(desk.first, newId())
      )
    )
    expect(await choose(robin)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'family-restricted' }
    })
  })
})
