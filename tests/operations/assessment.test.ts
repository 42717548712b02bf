import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { AssessmentDraft, DraftEntry } from '../../shared/assessment/assessment.ts'
import { newId } from '../../shared/ids.ts'
import { newestOf } from '../../shared/person/merging.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { anAssessment, anEntry, withdrawAgreement } from '../fixtures/assessments.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

async function theFamily() {
  const { id, form } = await aFamily(desk)
  const [child = '', mother = ''] = form.people.map((person) => person.id)
  return { id, episodeId: form.episodeId, child, mother }
}
type Family = Awaited<ReturnType<typeof theFamily>>

const draftOf = (family: Family, entries: DraftEntry[], changes: Partial<AssessmentDraft> = {}) =>
  anAssessment({ familyId: family.id, episodeId: family.episodeId, entries, ...changes })
const read = (family: Family) => desk.does('assessment.read', { episodeId: family.episodeId })

describe('assessment.save (R4, L7 to L9)', () => {
  it('keeps the whole family, by person and domain, with who wrote it and when', async () => {
    const family = await theFamily()
    const draft = draftOf(
      family,
      [
        anEntry(family.child, 'education', { strengths: ' Reads every night ', views: 'I like Mr Bell' }),
        anEntry(family.mother, 'health', { needs: 'Sleeps badly' })
      ],
      { note: 'First visit' }
    )
    expect(await desk.does('assessment.save', draft)).toEqual({ id: draft.id, number: 1 })
    const { entries, versions } = await read(family)
    expect(entries).toHaveLength(2)
    expect(entries).toContainEqual({
      ...{ personId: family.child, domain: 'education', strengths: 'Reads every night', needs: '' },
      ...{ views: 'I like Mr Bell', versionId: draft.id, at: OPEN, byName: 'Morgan Ellis' }
    })
    expect(versions).toEqual([
      { id: draft.id, number: 1, note: 'First visit', at: OPEN, byName: 'Morgan Ellis', changed: 2 }
    ])
  })

  it('a version holds what it changed and nothing else, and tells it before and after', async () => {
    const family = await theFamily()
    const first = draftOf(family, [
      anEntry(family.child, 'education', { needs: 'Often late' }),
      anEntry(family.child, 'health', { strengths: 'Swims' })
    ])
    await desk.does('assessment.save', first)
    const second = draftOf(
      family,
      [
        anEntry(family.child, 'education', { needs: 'Late once a week' }),
        anEntry(family.child, 'health', { strengths: 'Swims ' })
      ],
      { basedOn: first.id }
    )
    expect(await desk.does('assessment.save', second)).toEqual({ id: second.id, number: 2 })
    expect(await desk.does('assessment.version', { id: second.id })).toEqual([
      {
        ...{ personId: family.child, domain: 'education' },
        before: { strengths: '', needs: 'Often late', views: '' },
        after: { strengths: '', needs: 'Late once a week', views: '' }
      }
    ])
    // what came after it is not before it
    expect(await desk.does('assessment.version', { id: first.id })).toMatchObject([
      { before: { needs: '' } },
      { before: { strengths: '' } }
    ])
    const again = draftOf(family, second.entries, { basedOn: second.id })
    expect(await desk.run('assessment.save', again)).toMatchObject({
      error: { code: 'invalid', fields: [{ path: '' }] }
    })
  })

  it('two people’s edits of different entries both stand; of the same entry the second must look', async () => {
    const family = await theFamily()
    const colleague = await aColleague(desk, 'adviser')
    const first = draftOf(family, [anEntry(family.child, 'safety', { needs: 'Crosses the road alone' })])
    await desk.does('assessment.save', first)
    const mine = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asthma' })], {
      basedOn: first.id
    })
    const theirs = draftOf(
      family,
      [
        anEntry(family.child, 'education', { needs: 'Late' }),
        anEntry(family.child, 'safety', { needs: 'Walks with a friend' })
      ],
      { basedOn: first.id }
    )
    await desk.does('assessment.save', theirs, colleague)
    await desk.does('assessment.save', mine)
    expect((await read(family)).entries.map(({ needs }) => needs).sort()).toEqual([
      'Asthma',
      'Late',
      'Walks with a friend'
    ])

    const late = draftOf(family, [anEntry(family.child, 'safety', { needs: 'Is afraid at night' })], {
      basedOn: first.id
    })
    expect(await desk.run('assessment.save', late)).toMatchObject({ error: { code: 'changed-since' } })
    // whoever has looked says so by the version that was read
    await desk.does('assessment.save', { ...late, basedOn: mine.id })
    // and where both wrote the same there is nothing to look at
    const same = draftOf(
      family,
      [
        anEntry(family.child, 'safety', { needs: 'Is afraid at night' }),
        anEntry(family.mother, 'health', { views: 'I am tired' })
      ],
      { basedOn: first.id }
    )
    await desk.does('assessment.save', same)
    expect((await read(family)).versions[0]).toMatchObject({ number: 5, changed: 1 })
  })

  it('two who both write the first version meet as well', async () => {
    const family = await theFamily()
    await desk.does('assessment.save', draftOf(family, [anEntry(family.child, 'health', { needs: 'A' })]))
    const other = draftOf(family, [anEntry(family.child, 'health', { needs: 'B' })])
    expect(await desk.run('assessment.save', other)).toMatchObject({ error: { code: 'changed-since' } })
  })

  it('the same again answers the same; the same id with something else is refused (L6)', async () => {
    const family = await theFamily()
    const first = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asthma' })])
    await desk.does('assessment.save', first)
    const unchanged = anEntry(family.child, 'health', { needs: 'Asthma' })
    const draft = draftOf(family, [unchanged, anEntry(family.child, 'safety', { needs: 'None seen' })], {
      basedOn: first.id
    })
    const saved = await desk.does('assessment.save', draft)
    expect(await desk.does('assessment.save', draft)).toEqual(saved)
    expect((await read(family)).versions).toHaveLength(2)
    for (const changes of [
      { entries: [unchanged, anEntry(family.child, 'safety', { needs: 'Some seen' })] },
      { entries: [...draft.entries, anEntry(family.mother, 'safety', { needs: 'More' })] },
      { entries: [unchanged] },
      { note: 'Another' }
    ]) {
      expect(await desk.run('assessment.save', { ...draft, ...changes })).toMatchObject({
        error: { reason: 'clashing-id' }
      })
    }
    const colleague = await aColleague(desk, 'adviser')
    expect(await desk.run('assessment.save', draft, colleague)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })

  it('a clock that was set back does not make a later version older', async () => {
    const family = await theFamily()
    const first = draftOf(family, [anEntry(family.child, 'health', { needs: 'Then' })])
    await desk.does('assessment.save', first)
    const earlier = { ...desk.first, now: '2026-11-23T09:00:00.000Z' }
    const second = draftOf(family, [anEntry(family.child, 'health', { needs: 'Now' })], { basedOn: first.id })
    expect(await desk.does('assessment.save', second, earlier)).toMatchObject({ number: 2 })
    expect((await read(family)).entries).toMatchObject([{ needs: 'Now', versionId: second.id }])
  })

  it('text that was taken out is a change, and stays readable in the version before', async () => {
    const family = await theFamily()
    const first = draftOf(family, [anEntry(family.child, 'home-and-money', { needs: 'Damp bedroom' })])
    await desk.does('assessment.save', first)
    const second = draftOf(family, [anEntry(family.child, 'home-and-money')], { basedOn: first.id })
    await desk.does('assessment.save', second)
    expect(await desk.does('assessment.version', { id: second.id })).toMatchObject([
      { before: { needs: 'Damp bedroom' }, after: { needs: '' } }
    ])
  })

  it('who left while it was open is assessed all the same; a stranger is not', async () => {
    const family = await theFamily()
    const { members } = await desk.does('family.read', { id: family.id })
    const place = members.find(({ keptId }) => keptId === family.mother)
    await desk.does('family.changeMember', {
      ...{ id: newId(), ofId: place?.ofId ?? '', basedOn: place?.id ?? '', familyId: family.id },
      ...{ role: 'parent-carer', validFrom: place?.validFrom ?? '', validTo: '2026-11-22', inError: false },
      reason: 'Moved out'
    })
    await desk.does(
      'assessment.save',
      draftOf(family, [anEntry(family.mother, 'health', { views: 'Tired' })])
    )
    const stranger = draftOf(family, [anEntry(newId(), 'health', { views: 'Hello' })])
    expect(await desk.run('assessment.save', stranger)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('the words of two records that are one person stand under the one that counts', async () => {
    const family = await theFamily()
    const double = aPerson({ name: 'Robin Vale', address: '', district: '' })
    await desk.does('family.addMember', {
      ...{ id: newId(), familyId: family.id, person: double, from: '', reason: '' }
    })
    await desk.does('assessment.save', draftOf(family, [anEntry(double.id, 'health', { needs: 'Asthma' })]))
    const manager = await aColleague(desk, 'triage-manager')
    const two = { keptId: family.child, mergedId: double.id }
    const compared = await desk.does('person.compare', two, manager)
    await desk.does(
      'person.merge',
      {
        ...{ id: newId(), ...two, fromMerged: [] },
        ...{ basedOn: newestOf([...compared.kept, ...compared.merged]), reason: 'The same boy' }
      },
      manager
    )
    expect((await read(family)).entries).toMatchObject([{ personId: family.child, needs: 'Asthma' }])
    // a form that was begun before the merge holds both
    const draft = draftOf(family, [
      anEntry(double.id, 'safety', { needs: 'One' }),
      anEntry(family.child, 'safety', { needs: 'Two' })
    ])
    await desk.does('assessment.save', draft)
    expect((await read(family)).entries).toContainEqual(
      expect.objectContaining({ personId: family.child, domain: 'safety', needs: 'One\n\nTwo' })
    )
  })

  it('nothing is written once the assessment has closed, and everything is read', async () => {
    const family = await theFamily()
    const draft = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asthma' })])
    await desk.does('assessment.save', draft)
    await withdrawAgreement(desk, family.id, family.mother)
    const late = draftOf(family, [anEntry(family.child, 'health', { needs: 'Eczema' })], {
      basedOn: draft.id
    })
    expect(await desk.run('assessment.save', late)).toMatchObject({ error: { reason: 'assessment-closed' } })
    expect((await read(family)).entries).toMatchObject([{ needs: 'Asthma' }])
    // sent again after it closed, it was saved before
    expect(await desk.does('assessment.save', draft)).toEqual({ id: draft.id, number: 1 })
  })

  it('the draft goes with the version, and stays where the version is refused (L1, L3)', async () => {
    const family = await theFamily()
    const body = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asth' })])
    await desk.does('draft.save', { form: { kind: 'assessment', body }, savedBefore: 0 })
    expect(await desk.does('draft.list', {})).toMatchObject([
      { kind: 'assessment', episodeId: family.episodeId, familyId: family.id }
    ])
    const empty = { ...body, entries: [] }
    expect(await desk.run('assessment.save', empty)).toMatchObject({ error: { code: 'invalid' } })
    expect(await desk.does('draft.list', {})).toHaveLength(1)
    const colleague = await aColleague(desk, 'adviser')
    expect(await desk.run('assessment.save', body, colleague)).toMatchObject({
      error: { reason: 'not-your-draft' }
    })
    await desk.does('assessment.save', body)
    expect(await desk.does('draft.list', {})).toEqual([])
  })

  it('each version stands in the chronology with its note', async () => {
    const family = await theFamily()
    const draft = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asthma' })], {
      note: 'After the home visit'
    })
    await desk.does('assessment.save', draft)
    const told = (await wholeChronology(desk, family.id)).filter(({ kind }) => kind === 'assessment')
    expect(told).toMatchObject([
      { id: draft.id, on: '2026-11-23', body: { episodeId: family.episodeId, note: 'After the home visit' } }
    ])
  })
})

describe('who may read it', () => {
  it('a coordinator of another hub finds nothing, a restricted family asks for a reason', async () => {
    const family = await theFamily()
    const draft = draftOf(family, [anEntry(family.child, 'health', { needs: 'Asthma' })])
    await desk.does('assessment.save', draft)
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const boss = await aColleague(desk, 'triage-manager')
    const named = await aColleague(desk, 'adviser')
    const asks = async (actor: typeof boss) => [
      await desk.run('assessment.read', { episodeId: family.episodeId }, actor),
      await desk.run('assessment.version', { id: draft.id }, actor),
      await desk.run('assessment.save', { ...draft, id: newId(), basedOn: draft.id }, actor)
    ]
    for (const answer of await asks(elsewhere)) expect(answer).toMatchObject({ error: { code: 'not-found' } })
    await restrict(desk, family.id, [named], boss)
    for (const answer of await asks(boss))
      expect(answer).toMatchObject({ error: { reason: 'family-restricted' } })
    const nowhere = { episodeId: newId() }
    expect(await desk.run('assessment.read', nowhere)).toMatchObject({ error: { code: 'not-found' } })
    expect(await desk.run('assessment.version', { id: newId() })).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('one family’s assessment is not written under another family’s id', async () => {
    const [family, other] = [await theFamily(), await theFamily()]
    const draft = draftOf({ ...family, episodeId: other.episodeId }, [
      anEntry(family.child, 'health', { needs: 'Asthma' })
    ])
    expect(await desk.run('assessment.save', draft)).toMatchObject({ error: { code: 'not-found' } })
  })
})
