import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { linksOf } from '../../electron/call/links.ts'
import type { Actor, Role } from '../../shared/access/roles.ts'
import type { CallDraft, DraftChild } from '../../shared/call/call.ts'
import type { LinkKind } from '../../shared/call/link.ts'
import { newId } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { addDays, londonDate, toInstant } from '../../shared/time/london.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

type Child = Partial<DraftChild>

const robin: Child = { name: 'Robin Vale', birth: '3/9/2015', address: '4 High Street, SG13 8EQ' }
const named = (changes: Child): DraftChild => ({
  id: newId(),
  name: '',
  birth: '',
  upn: '',
  relation: '',
  address: '',
  ...changes
})

const daysAgo = (days: number, time = '10:00') => toInstant(addDays(londonDate(OPEN), -days), time) ?? ''

/** Files a call about some children that was taken, and filed, at an instant: a keyworker's, or a school's. */
async function file(
  startedAt: string,
  children: Child[],
  { schoolId = '', ...changes }: Partial<CallDraft> = {},
  actor = desk.first
): Promise<CallDraft> {
  const all = { startedAt, children: children.map(named), ...changes }
  const draft = schoolId === '' ? aKeyworkersCall(all) : aCall(schoolId, all)
  await desk.does('call.file', draft, { ...actor, now: startedAt })
  return draft
}

async function ask(children: Child[], changes: { schoolId?: string; callId?: string } = {}, actor?: Actor) {
  const asked = { callId: newId(), startedAt: OPEN, schoolId: '', ...changes }
  const { calls } = await desk.does('call.spokenBefore', { ...asked, children: children.map(named) }, actor)
  return calls
}
const idsOf = (calls: { callId: string }[]) => calls.map(({ callId }) => callId)

describe('call.spokenBefore (C5, L15)', () => {
  it('L15: says of an earlier call whether it is the child, a sibling or the address, and why', async () => {
    const child = await file(daysAgo(3), [{ ...robin, name: 'Vale, Robyn', birth: '9/3/2015' }])
    const sibling = await file(daysAgo(2), [{ name: 'Kit Vail', address: '4 High St SG138EQ' }])
    const neighbour = await file(daysAgo(1), [{ name: 'Joan Marsh', address: '9 High Street, SG13 8EQ' }])
    expect(await ask([robin])).toMatchObject([
      {
        callId: child.id,
        kind: 'child',
        strength: 'strong',
        childNames: 'Vale, Robyn',
        adviserName: 'Morgan Ellis',
        outcome: 'contact-form',
        why: [
          'Day and month of birth changed over',
          'Same surname',
          'Name sounds alike: Robin and Robyn',
          'Same postcode'
        ]
      },
      {
        callId: sibling.id,
        kind: 'sibling',
        strength: 'likely',
        why: ['Same address', 'Surname sounds alike: Vale and Vail']
      },
      { callId: neighbour.id, kind: 'address', strength: 'possible', why: ['Same postcode, another house'] }
    ])
  })

  it.each<[string, Child, Child]>([
    ['the UPN alone, written another way', { upn: 'A123456789012' }, { upn: 'a 1234-5678 9012' }],
    ['an apostrophe', { name: 'Sean O’Brien' }, { name: 'Sean OBrien' }],
    ['a name as it sounds', { name: 'Siân Vale' }, { name: 'Shan Vail' }],
    ['a nickname', { name: 'Bob Vale' }, { name: 'Robert Vale' }],
    ['a short name of two', { name: 'Alex Vale' }, { name: 'Alexandra Vale' }],
    ['the other order', { name: 'Vale Robin' }, { name: 'Robin Vale' }],
    ['half of a double-barrelled surname', { name: 'Ann Smith-Jones' }, { name: 'Ann Smith' }],
    ['a surname of two words', { name: 'Ann Smith Jones' }, { name: 'Ann Smith-Jones' }],
    ['a misspelt surname', { name: 'Robin Marchbank' }, { name: 'Robin Marchbunk' }],
    ['a date of birth without a name', { name: 'Robin Vale', birth: '3/9/15' }, { birth: '03092015' }]
  ])('L15, L16: finds a child by %s', async (_, before, now) => {
    const earlier = await file(daysAgo(5), [before])
    expect(await ask([now])).toMatchObject([{ callId: earlier.id, kind: 'child' }])
  })

  it('looks back as many days as the settings say, the first of them included', async () => {
    const last = await file(daysAgo(90, '00:05'), [robin])
    await file(daysAgo(91, '23:55'), [robin])
    expect(idsOf(await ask([robin]))).toEqual([last.id])
    await desk.does('setting.change', {
      id: newId(),
      kind: 'follow-up',
      key: 'hub',
      value: { earlierCallsDays: 89, twoConcernsDays: 14, callBackWorkingDays: 1, referralWorkingDays: 10 },
      validFrom: londonDate(OPEN),
      validTo: ''
    })
    const input = { callId: newId(), startedAt: OPEN, schoolId: '', children: [named(robin)] }
    expect(await desk.does('call.spokenBefore', input)).toEqual({ families: [], calls: [], days: 89 })
  })

  it('shows five at most: strong ones first, then the newest, and the school only where there is room', async () => {
    const school = await aSchool(desk)
    const strong = await file(daysAgo(60), [{ ...robin, upn: 'A123456789012' }])
    const possible: string[] = []
    for (const days of [50, 40, 30]) {
      possible.push((await file(daysAgo(days), [{ name: 'Robyn Vail', address: '' }])).id)
    }
    const fromSchool: string[] = []
    for (const days of [20, 10]) {
      fromSchool.push((await file(daysAgo(days), [{ name: 'Joan Marsh' }], { schoolId: school.id })).id)
    }
    const calls = await ask([{ ...robin, upn: 'A123456789012' }], { schoolId: school.id })
    expect(idsOf(calls)).toEqual([strong.id, ...possible.reverse(), fromSchool[1]])
    expect(calls.at(-1)).toMatchObject({ kind: 'school', why: ['Same school'] })
  })

  it('a common name and a busy school crowd out nobody who shares the UPN', async () => {
    const school = await aSchool(desk)
    const upn = 'B123456789012'
    const strong = await file(daysAgo(80), [{ name: 'Mohammed Khan', upn }])
    for (let n = 0; n < 45; n += 1) {
      await file(daysAgo(30, `10:${String(n).padStart(2, '0')}`), [{ name: 'Muhammad Khan' }], {
        schoolId: school.id
      })
    }
    const [first] = await ask([{ name: 'Mohammed Khan', upn }], { schoolId: school.id })
    expect(first).toMatchObject({ callId: strong.id, strength: 'strong' })
  })

  it('C5: knows brothers and sisters who were named together, whatever they are called', async () => {
    const ours = { name: 'Robin Vale', birth: '3/9/2015' }
    const both = await file(daysAgo(20), [ours, { name: 'Asha Marsh', birth: '1/2/18' }])
    const alone = await file(daysAgo(6), [{ name: 'Asha Marsh', birth: '1/2/18' }])
    const perhaps = await file(daysAgo(5), [{ name: 'Asha Marsh' }])
    await file(daysAgo(4), [{ name: 'Asha Marsh', birth: '7/11/12' }])
    const calls = await ask([ours])
    expect(idsOf(calls)).toEqual([both.id, alone.id, perhaps.id])
    const why = ['A brother or sister, named together in HUB-7KQ3-000001']
    expect(calls.slice(1)).toMatchObject([
      { kind: 'sibling', strength: 'likely', why },
      { kind: 'sibling', strength: 'possible', why }
    ])
  })

  it('an initial at the same address may well be the child', async () => {
    await file(daysAgo(5), [{ ...robin, name: 'R Vale', birth: '' }])
    expect(await ask([robin])).toMatchObject([
      { kind: 'child', strength: 'likely', why: ['Same surname', 'Same postcode', 'Same initial'] }
    ])
  })

  it('twins are brother and sister, never one child', async () => {
    await file(daysAgo(5), [robin])
    expect(await ask([{ ...robin, name: 'Asha Vale' }])).toMatchObject([
      { kind: 'sibling', strength: 'likely', why: ['Same address', 'Same surname', 'Same date of birth'] }
    ])
  })

  it('leaves out the call itself and calls entered in error, and shows those that were turned away', async () => {
    const own = await file(daysAgo(1), [robin])
    const mistaken = await file(daysAgo(2), [robin])
    const away = await file(daysAgo(3), [robin], {
      callerKind: 'someone-else',
      otherKind: 'public',
      outcome: 'turned-away'
    })
    await markInError(mistaken.id)
    expect(idsOf(await ask([robin], { callId: own.id }))).toEqual([away.id])
  })

  it('L25: a coordinator sees calls of their hubs and their own, and no sign of others', async () => {
    const watford = await aSchool(desk, undefined, { district: 'E07000103' })
    const hertford = await aSchool(desk)
    const theirs = await file(daysAgo(3), [robin], { schoolId: watford.id })
    const elsewhere = await file(daysAgo(2), [robin], { schoolId: hertford.id })
    const coordinator = { ...desk.actor('coordinator'), hubIds: [await hubOf(theirs.id)] }
    const own = await file(daysAgo(1), [robin], { schoolId: hertford.id }, coordinator)
    expect(idsOf(await ask([robin], {}, coordinator))).toEqual([own.id, theirs.id])
    expect(idsOf(await ask([robin]))).toEqual([own.id, elsewhere.id, theirs.id])
    expect(
      await desk.run(
        'call.spokenBefore',
        { callId: newId(), startedAt: OPEN, schoolId: '', children: [] },
        desk.actor('helpdesk')
      )
    ).toMatchObject({ error: { code: 'not-allowed' } })
  })

  it('answers whatever is typed so far: nothing, half a name, a date that cannot be read, 30 long names', async () => {
    await file(daysAgo(3), [robin])
    expect(await ask([])).toEqual([])
    expect(await ask([{}])).toEqual([])
    expect(await ask([{ name: 'Ro' }])).toEqual([])
    expect(await ask([{ name: '"AND NOT (*', birth: '31/2/2015', upn: '" OR 1', address: "'; --" }])).toEqual(
      []
    )
    const long = Array.from({ length: 30 }, (_, n) => ({
      name: `Alex-Sam${'a'.repeat(n)} Jo Chris Pat Smith-Jones-${'b'.repeat(n)}`.slice(0, 200),
      birth: `3/9/${String(n + 10)}`
    }))
    expect(await ask([...long.slice(1), robin])).toHaveLength(1)
  })

  it('a draft whose clock was wrong looks back from today', async () => {
    const earlier = await file(daysAgo(3), [robin])
    const input = {
      callId: newId(),
      startedAt: '2031-01-01T10:00:00.000Z',
      schoolId: '',
      children: [named(robin)]
    }
    expect(idsOf((await desk.does('call.spokenBefore', input)).calls)).toEqual([earlier.id])
  })
})

const markInError = (callId: string) =>
  desk.does('call.markInError', { id: newId(), callId, inError: true, reason: 'Typed twice' })

const hubOf = (callId: string) =>
  Promise.resolve(
    desk.store.reader.prepare('SELECT hub_id FROM call WHERE id = ?').pluck().get(callId) as string
  )

interface Flag {
  id: string
  call_id: string
  earlier_call_id: string
  why: string
  owner_id: string
  hub_id: string
}
const flags = () => desk.store.reader.prepare('SELECT * FROM call_flag ORDER BY created_at').all() as Flag[]

async function person(name: string, roles: Role[], hubIds: string[] = [], now = OPEN): Promise<Actor> {
  const id = newId()
  const added = await desk.record(
    'account.add',
    { id, name, roles, profession: 'social-worker', hubIds },
    { ...desk.first, now }
  )
  expect(added).toMatchObject({ ok: true })
  return { ...desk.first, id, roles, hubIds }
}

/** Who stands in the settings for the hub of schools without a known district, where keyworkers' calls belong. */
const inSettings = (seniorCoordinator: string, coordinator = '') =>
  desk.does('setting.change', {
    id: newId(),
    kind: 'local-hub',
    key: COUNTY_HUB_ID,
    value: { name: 'County', seniorCoordinator, coordinator },
    validFrom: londonDate(OPEN),
    validTo: ''
  })

const saidOf = (earlier: CallDraft, kind: LinkKind) => ({ links: [{ callId: earlier.id, kind }] })

describe('the flag of two concerns about one child (C5, L21)', () => {
  it('C5: is raised within 14 days and not after', async () => {
    await file(daysAgo(15), [robin])
    await file(OPEN, [robin])
    expect(flags()).toEqual([])
    const earlier = await file(daysAgo(14), [{ name: 'Asha Marsh', birth: '1/2/18' }])
    const second = await file(OPEN, [{ name: 'Asha Marsh', birth: '1/2/18' }])
    expect(flags()).toMatchObject([{ call_id: second.id, earlier_call_id: earlier.id }])
  })

  it('C5: counts from when the calls took place, not from when they were filed', async () => {
    await file(daysAgo(2), [robin], {
      tookPlaceDate: addDays(londonDate(OPEN), -20),
      tookPlaceTime: '10:00',
      setBackReason: 'Written on paper'
    })
    await file(OPEN, [robin])
    expect(flags()).toEqual([])
  })

  it('says why without a name, about the likeliest earlier call and of those the newest', async () => {
    await file(daysAgo(4), [robin])
    const strong = await file(daysAgo(3), [robin])
    await file(daysAgo(1), [{ name: 'Robyn Vale' }])
    const second = await file(OPEN, [robin])
    const [last] = flags().slice(-1)
    expect(last).toMatchObject({
      call_id: second.id,
      earlier_call_id: strong.id,
      why: 'Two concerns about one child within 3 days. Same name. Same date of birth. Same postcode.'
    })
    expect(flags().filter(({ call_id: callId }) => callId === second.id)).toHaveLength(1)
  })

  it('a likely match is enough, a possible one is not', async () => {
    await file(daysAgo(1), [{ name: 'Robin Vale' }])
    await file(OPEN, [{ name: 'Robyn Vail' }])
    expect(flags()).toEqual([])
    await file(OPEN, [{ name: 'Robyn Vale' }])
    expect(flags()).toHaveLength(1)
    expect(flags()[0]?.why).toBe(
      'Two concerns about one child on one day. Same first name. Surname sounds alike.'
    )
  })

  it('L15: "none of these" of an earlier call raises none about it, "related" does', async () => {
    const earlier = await file(daysAgo(1), [robin])
    await file(OPEN, [robin], saidOf(earlier, 'not-related'))
    expect(flags()).toEqual([])
    await file('2026-11-23T10:01:00.000Z', [robin], saidOf(earlier, 'related'))
    expect(flags()).toHaveLength(1)
  })

  it('twins, callers turned away and calls entered in error raise none', async () => {
    const mistaken = await file(daysAgo(1), [robin])
    await file(OPEN, [{ ...robin, name: 'Asha Vale' }])
    await file(OPEN, [robin], { callerKind: 'someone-else', otherKind: 'public', outcome: 'turned-away' })
    await markInError(mistaken.id)
    expect(flags()).toEqual([])
  })

  it('filing twice raises one', async () => {
    await file(daysAgo(1), [robin])
    const second = await file(OPEN, [robin])
    await desk.does('call.file', second)
    expect(flags()).toHaveLength(1)
  })

  it('L21: goes to the Senior Coordinator of the hub, else its Coordinator, else a triage manager, else the adviser', async () => {
    const second = async () => {
      await file(OPEN, [robin])
      return flags().at(-1)?.owner_id
    }
    await file(daysAgo(1), [robin])
    expect(await second()).toBe(desk.first.id)
    await person('Lee Marsh', ['triage-manager'], [], '2026-11-23T10:00:02.000Z')
    const manager = await person('Pat Marsh', ['triage-manager'], [], '2026-11-23T10:00:01.000Z')
    expect(await second()).toBe(manager.id)
    const coordinator = await person('Jo Dean', ['coordinator'], [COUNTY_HUB_ID])
    await inSettings('', 'jo  dean')
    expect(await second()).toBe(coordinator.id)
    const senior = await person('Siân O’Neill', ['coordinator'], [COUNTY_HUB_ID])
    await inSettings("Sian O'Neill", 'Jo Dean')
    expect(await second()).toBe(senior.id)
    await desk.record('account.stop', { id: senior.id })
    expect(await second()).toBe(coordinator.id)
  })

  it('L21, L25: never goes to someone who may not read both calls, or not answer', async () => {
    const watford = await aSchool(desk, undefined, { district: 'E07000103' })
    const hertford = await aSchool(desk)
    const earlier = await file(daysAgo(1), [robin], { schoolId: watford.id })
    const ofCounty = await person('Jo Dean', ['coordinator'], [COUNTY_HUB_ID])
    await person('Ann Reed', ['auditor'])
    await inSettings('Ann Reed', 'Jo Dean')
    const second = await file(OPEN, [robin])
    const ownersOf = (call: CallDraft) =>
      flags().flatMap((flag) => (flag.call_id === call.id ? [flag.owner_id] : []))
    expect(ownersOf(second)).toEqual([desk.first.id])

    // a coordinator who cannot see the call from Watford files the next one: it is told to someone who can
    const none = { ...saidOf(second, 'not-related'), schoolId: hertford.id }
    const third = await file(OPEN, [robin], none, ofCounty)
    expect(flags().find((flag) => flag.call_id === third.id)?.earlier_call_id).toBe(earlier.id)
    expect(ownersOf(third)).toEqual([desk.first.id])
  })
})

describe('what the adviser said of earlier calls', () => {
  const links = () =>
    desk.store.reader.prepare('SELECT call_id, earlier_call_id, kind FROM call_link ORDER BY kind').all()
  const readLinks = (callId: string, actor = desk.first) =>
    desk.store.read((db) => linksOf(db, callId, actor))

  it('is filed with the call, one row for each earlier call, the last word counting', async () => {
    const [one, two] = [await file(daysAgo(40), [robin]), await file(daysAgo(30), [robin])]
    const call = await file(OPEN, [robin], {
      links: [
        { callId: one.id, kind: 'related' },
        { callId: two.id, kind: 'not-related' },
        { callId: one.id, kind: 'further' }
      ]
    })
    await desk.does('call.file', call)
    expect(links()).toEqual([
      { call_id: call.id, earlier_call_id: one.id, kind: 'further' },
      { call_id: call.id, earlier_call_id: two.id, kind: 'not-related' }
    ])
  })

  it('is read both ways', async () => {
    const earlier = await file(daysAgo(40), [robin])
    const later = await file(OPEN, [robin], saidOf(earlier, 'further'))
    expect(await readLinks(later.id)).toEqual([
      {
        callId: earlier.id,
        reference: 'HUB-7KQ3-000001',
        tookPlaceAt: earlier.startedAt,
        inError: false,
        kind: 'further',
        direction: 'earlier'
      }
    ])
    expect(await readLinks(earlier.id)).toMatchObject([{ callId: later.id, direction: 'later' }])
  })

  it('L25: of a call that is not there, or that this person may not read, nothing is filed or told', async () => {
    const watford = await aSchool(desk, undefined, { district: 'E07000103' })
    const hidden = await file(daysAgo(40), [robin])
    const coordinator = { ...desk.actor('coordinator'), hubIds: [newId()] }
    const call = await file(
      OPEN,
      [robin],
      {
        schoolId: watford.id,
        links: [
          { callId: hidden.id, kind: 'related' },
          { callId: newId(), kind: 'related' }
        ]
      },
      coordinator
    )
    expect(links()).toEqual([])
    const seen = await file('2026-11-23T10:01:00.000Z', [robin], saidOf(hidden, 'related'))
    expect(await readLinks(seen.id, coordinator)).toEqual([])
    expect(await readLinks(call.id)).toEqual([])
  })
})
