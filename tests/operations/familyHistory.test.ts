import fc from 'fast-check'
import { expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyPerson } from '../../shared/family/emptyForms.ts'
import { factOn, type FactRow } from '../../shared/family/fact.ts'
import { membersOn } from '../../shared/family/members.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { newestOf } from '../../shared/person/merging.ts'
import { addDays } from '../../shared/time/london.ts'
import { aFact, aName, anAddress, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const SEED = 20261123
const TODAY = '2026-11-23'

/** What a worker does next; the numbers choose among what there is. */
interface Step {
  act: 'rename' | 'correct' | 'rehome' | 'end' | 'join' | 'move' | 'merge' | 'undo'
  which: number
  other: number
  day: number
}
const steps = fc.array(
  fc.record<Step>({
    act: fc.constantFrom('rename', 'correct', 'rehome', 'end', 'join', 'move', 'merge', 'undo'),
    which: fc.nat(50),
    other: fc.nat(50),
    day: fc.integer({ min: -30, max: 0 })
  }),
  { minLength: 4, maxLength: 14 }
)

type Row = Record<string, unknown>
const table = (desk: TestDesk, name: string) =>
  desk.store.reader.prepare(`SELECT * FROM ${name}`).all() as Row[]
const kept = ['person', 'family_member', 'fact', 'person_merge', 'person_unmerge', 'chronology']
const everyRow = (desk: TestDesk) => new Map(kept.map((name) => [name, table(desk, name)]))
const pick = <T>(all: readonly T[], index: number): T | undefined => all[index % Math.max(1, all.length)]

/** Three families with a mother and a child each, and somebody who works with them. */
class Desk {
  readonly desk: TestDesk
  readonly families: Id[]
  readonly merges: Id[] = []
  #minutes = 0
  constructor(desk: TestDesk, families: Id[]) {
    this.desk = desk
    this.families = families
  }
  /** Each act is a minute after the one before. */
  actor(): Actor {
    this.#minutes += 1
    const now = new Date(Date.parse(OPEN) + this.#minutes * 60_000).toISOString()
    return { ...this.desk.first, roles: ['adviser', 'triage-manager'], now }
  }
  read(id: Id) {
    return this.desk.does('family.read', { id })
  }
}

async function openFamilies(): Promise<Desk> {
  const desk = await openTestDesk()
  const families: Id[] = []
  for (const name of ['Vale', 'Marsh', 'Reed']) {
    const child = aPerson({ name: `Robin ${name}` })
    const mother = aPerson({ role: 'parent-carer', name: `Jo ${name}`, birth: '1/2/1985' })
    families.push((await aFamily(desk, { people: [child, mother] })).id)
  }
  return new Desk(desk, families)
}

/** Does the step where it can be done at all; what the desk refuses is left. */
async function take(world: Desk, { act, which, other, day }: Step): Promise<void> {
  const { desk, families } = world
  const familyId = pick(families, which) ?? ''
  const family = await world.read(familyId)
  const member = pick(membersOn(family.members, TODAY).here, other)
  if (!member) return
  const personId = member.keptId
  const on = addDays(TODAY, day)
  const record = (input: Parameters<typeof aFact>[2], changes: Parameters<typeof aFact>[3]) =>
    desk.run('family.recordFact', aFact(familyId, personId, input, changes), world.actor())
  const name = factOn(family.facts, personId, 'name', TODAY)
  switch (act) {
    case 'rename':
      await record(aName(`Name ${String(which)}`), { basedOn: name?.id ?? '', validFrom: on })
      return
    case 'correct': {
      const fact = pick(
        family.facts.filter((row) => row.subjectId === personId && row.kind === 'name'),
        which
      )
      const changes = { ofId: fact?.ofId ?? '', basedOn: fact?.id ?? '', reason: 'Misspelt' }
      await record(aName(`Spelt ${String(which)}`), { ...changes, validFrom: fact?.validFrom ?? '' })
      return
    }
    case 'rehome': {
      const home = factOn(family.facts, personId, 'address', TODAY)
      await record(anAddress(`${String(which)} New Street`), { basedOn: home?.id ?? '', validFrom: on })
      return
    }
    case 'end': {
      const home = factOn(family.facts, personId, 'address', TODAY)
      if (!home) return
      const { id: basedOn, ofId, validFrom, value } = home
      const changes = {
        basedOn,
        ofId,
        validFrom,
        validTo: TODAY,
        inError: which % 3 === 0,
        reason: 'No longer'
      }
      await record({ kind: 'address', value }, changes)
      return
    }
    case 'join': {
      const person = { ...emptyPerson(newId()), personId, role: member.role }
      const toId = pick(families, other + 1) ?? ''
      await desk.run(
        'family.addMember',
        { id: newId(), familyId: toId, person, from: on, reason: '' },
        world.actor()
      )
      return
    }
    case 'move': {
      const { ofId, id: basedOn, role } = member
      const ids = { id: newId(), joiningId: newId(), toFamilyId: pick(families, other + 1) ?? '' }
      await desk.run(
        'family.moveMember',
        { ...ids, ofId, basedOn, familyId, role, on, reason: 'Moved' },
        world.actor()
      )
      return
    }
    case 'merge': {
      const there = await world.read(pick(families, other) ?? '')
      const mergedId = pick(membersOn(there.members, TODAY).here, which)?.keptId ?? ''
      const two = await desk.run('person.compare', { keptId: personId, mergedId }, world.actor())
      if (!two.ok) return
      const ids = {
        id: newId(),
        keptId: personId,
        mergedId,
        basedOn: newestOf([...two.value.kept, ...two.value.merged])
      }
      const fromMerged = which % 2 === 0 ? ['name', 'address'] : []
      const merged = await desk.run('person.merge', { ...ids, fromMerged, reason: 'The same' }, world.actor())
      if (merged.ok) world.merges.push(ids.id)
      return
    }
    case 'undo': {
      const mergeId = pick(world.merges, which)
      if (mergeId === undefined) return
      await desk.run('person.undoMerge', { id: newId(), mergeId, reason: 'Two after all' }, world.actor())
    }
  }
}

/** Rows of before that are there no more, or otherwise; a merge's choice goes from reading, never from the record. */
function lost(before: ReadonlyMap<string, Row[]>, after: ReadonlyMap<string, Row[]>): string[] {
  return kept.flatMap((name) => {
    const now = new Set((after.get(name) ?? []).map((row) => JSON.stringify(row)))
    return (before.get(name) ?? [])
      .filter((row) => !now.has(JSON.stringify(row)))
      .map(({ id }) => `${name} ${String(id)}`)
  })
}

/** Ids of facts and entries of people that count, and in none of the families can be read. */
async function unread(world: Desk): Promise<string[]> {
  const { desk, families } = world
  const facts = new Map<Id, FactRow>()
  const entries = new Set<Id>()
  for (const id of families) {
    for (const row of (await world.read(id)).facts) facts.set(row.id, row)
    for (const row of await wholeChronology(desk, id)) entries.add(row.id)
  }
  const undone = new Set(table(desk, 'person_unmerge').map((row) => row['merge_id']))
  const counting = table(desk, 'fact').filter((row) => !undone.has(row['merge_id']))
  const people = new Set(table(desk, 'person').map(({ id }) => id))
  const isSame = (row: Row) => {
    const read = facts.get(String(row['id']))
    const { value, validFrom, validTo } = read ?? {}
    return (
      JSON.stringify(value) === row['value'] && validFrom === row['valid_from'] && validTo === row['valid_to']
    )
  }
  const gone = new Set(
    table(desk, 'fact')
      .filter((row) => undone.has(row['merge_id']))
      .map(({ id }) => id)
  )
  const told = table(desk, 'chronology').filter(
    ({ id, subject_id: subject }) => people.has(subject) && !gone.has(id) && !String(id).endsWith('/2')
  )
  return [
    ...counting.filter((row) => !isSame(row)).map(({ id }) => `fact ${String(id)}`),
    ...told.filter(({ id }) => !entries.has(String(id))).map(({ id }) => `entry ${String(id)}`)
  ]
}

it(`loses no person, date, old value or entry, whatever is changed, moved, merged and undone (seed ${String(SEED)})`, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (acts) => {
      const world = await openFamilies()
      try {
        for (const act of acts) {
          const before = everyRow(world.desk)
          await take(world, act)
          expect(lost(before, everyRow(world.desk))).toEqual([])
        }
        expect(await unread(world)).toEqual([])
        expect(brokenInvariants(world.desk.store.reader)).toEqual([])
        expect(world.desk.faults).toEqual([])
      } finally {
        world.desk.close()
      }
    }),
    { seed: SEED, numRuns: 20, endOnFailure: true }
  )
}, 120_000)
