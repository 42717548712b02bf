import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import FamiliesPage from '../../renderer/family/FamiliesPage.vue'
import FamilyPage from '../../renderer/family/FamilyPage.vue'
import type { Session } from '../../shared/account/account.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import type { FactKind, FactValue } from '../../shared/family/fact.ts'
import type { FamilyRecord, MemberRole, MemberRow, ShownFact } from '../../shared/family/family.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { ok, standInHub } from './standInHub.ts'

export const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
export const ROBIN = '0197a000-0000-7000-8000-0000000000a1'
export const PRIYA = '0197a000-0000-7000-8000-000000000001'
export const JO = '0197a000-0000-7000-8000-0000000000a2'

export const aFact = <K extends FactKind>(
  subjectId: Id,
  kind: K,
  value: FactValue<K>,
  changes: Partial<ShownFact> = {}
): ShownFact => {
  const id = newId()
  return {
    id,
    ofId: id,
    subjectId,
    kind,
    value,
    validFrom: '',
    validTo: '',
    inError: false,
    reason: '',
    recordedAt: '2026-11-02T09:00:00.000Z',
    recordedByName: 'Robin Achebe',
    withheld: false,
    ...changes
  }
}

export const anAddress = (address: string, withheldFrom: Id[] = []): FactValue<'address'> => ({
  address,
  postcode: 'SG14 1AB',
  district: 'E07000242',
  withheldFrom
})

export const aMember = (personId: Id, role: MemberRole, changes: Partial<MemberRow> = {}): MemberRow => {
  const id = newId()
  return {
    id,
    ofId: id,
    familyId: FAMILY,
    personId,
    keptId: personId,
    role,
    validFrom: '',
    validTo: '',
    inError: false,
    reason: '',
    recordedAt: '2026-11-02T09:00:00.000Z',
    ...changes
  }
}

/** Robin, a child, and Jo, his mother, who live at one address. */
export const aFamily = (facts: ShownFact[] = [], changes: Partial<FamilyRecord> = {}): FamilyRecord => ({
  id: FAMILY,
  reference: 'FAM-7KQ3-000001',
  registeredAt: '2026-11-02T09:00:00.000Z',
  sourceKey: '',
  hubId: 'hub',
  hubName: 'Broxbourne and East Herts',
  restricted: false,
  members: [aMember(ROBIN, 'child'), aMember(JO, 'parent-carer')],
  facts: [
    aFact(ROBIN, 'name', { name: 'Robin Vale' }),
    aFact(ROBIN, 'birth', { date: '2015-09-03' }),
    aFact(JO, 'name', { name: 'Jo Vale' }),
    ...facts
  ],
  agreements: [],
  episodes: [],
  sharedWithoutAgreement: 0,
  merges: [],
  ...changes
})

export const anEntry = (address: string, changes: Partial<ChronologyRow> = {}): ChronologyRow =>
  ({
    id: newId(),
    kind: 'fact',
    on: '2026-11-02',
    recordedAt: '2026-11-02T09:00:00.000Z',
    byName: 'Robin Achebe',
    personId: ROBIN,
    episodeId: '',
    body: {
      ofId: newId(),
      kind: 'address',
      value: anAddress(address),
      validFrom: '2026-11-02',
      validTo: '',
      inError: false,
      reason: '',
      withheld: false,
      isSuperseded: false
    },
    ...changes
  }) as ChronologyRow

/** A page of families over a stand-in hub, at its address. */
export async function openFamilies(path: string, answers: Partial<Bridge>, person: Session = session) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([{ id: PRIYA, name: 'Priya Patel', takesCalls: true }]),
    'family.chronology': () => ok({ rows: [], next: '' }),
    'attachment.list': () => ok([]),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/families', component: FamiliesPage },
      { path: '/families/:id', component: FamilyPage, props: true },
      { path: '/calls/:id', component: { render: () => null } }
    ]
  })
  await router.push(path)
  const { wrapper } = await show(RouterView, person, [router])
  await settled()
  return { asked, router, wrapper }
}

/** Opens the family that `record` is by then: what is recorded meanwhile is there when it is read again. */
export const openFamily = (record: () => FamilyRecord, answers: Partial<Bridge> = {}) =>
  openFamilies(`/families/${FAMILY}`, { 'family.read': () => ok(record()), ...answers })
