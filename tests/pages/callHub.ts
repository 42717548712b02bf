import { createPinia, getActivePinia, setActivePinia } from 'pinia'
import type { Session } from '../../shared/account/account.ts'
import type { CallDraft, CallRow, FiledCall } from '../../shared/call/call.ts'
import { noExcerpt } from '../../shared/call/excerpt.ts'
import { gate } from '../../shared/call/gate.ts'
import { problemsWith } from '../../shared/call/problems.ts'
import { countsAsInHours, tookPlaceAt } from '../../shared/call/tookPlace.ts'
import type { EarlierCall } from '../../shared/call/earlier.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { School } from '../../shared/school/school.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { useOpenCalls } from '../../renderer/call/openCalls.ts'
import { useSession } from '../../renderer/session/useSession.ts'

/** A Monday, in hours. */
export const MONDAY = '2026-11-23T10:00:00.000Z'
export const SUNDAY = '2026-11-22T10:00:00.000Z'

export const session: Session = {
  stage: 'open',
  trial: false,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles: ['adviser'],
    profession: 'social-worker',
    hubIds: []
  },
  deskCode: '7KQ3',
  now: MONDAY
}

export const oakfield: School = {
  id: '0197a000-0000-7000-8000-00000000000a',
  versionId: '0197a000-0000-7000-8000-00000000000b',
  urn: '117000',
  status: 'open',
  toCheck: false,
  districtName: 'Stevenage',
  addedAt: MONDAY,
  addedBy: '',
  name: 'Oakfield Primary School',
  typeGroup: 'Academies',
  typeName: 'Academy converter',
  address: '1 Oak Road',
  town: 'Stevenage',
  postcode: 'SG1 1AA',
  district: 'E07000243',
  phone: '01438 000000',
  leadName: ''
}

/** How saves go: 'lost' stores the draft, and the answer never comes back. */
export type Weather = 'fine' | 'failing' | 'lost'

interface Kept {
  draft: CallDraft
  saves: number
  savedAt: string
}

interface Filed {
  draft: CallDraft
  reference: string
  addenda: FiledCall['addenda']
}

const ok = <T>(value: T): Result<T> => ({ ok: true, value })
const no = (error: AppError): Result<never> => ({ ok: false, error })
const fault = no({ code: 'fault', reference: '7F3A' })
const answer = <T>(result: Result<T>): Promise<Result<T>> => Promise.resolve(result)

/** A record in memory that answers as the desk's does, as far as a call needs it. */
export function fakeHub(now = MONDAY) {
  const drafts = new Map<string, Kept>()
  const filed: Filed[] = []
  const schools: School[] = [oakfield]
  /** What "Have we spoken before?" finds, whoever is asked about. */
  const earlier: EarlierCall[] = []
  const asked: { name: string; input: unknown }[] = []
  const state = { weather: 'fine' as Weather, now, filing: 'fine' as Weather }
  const flushes = { save: (): Promise<void> => Promise.resolve() }

  const operations: Partial<Bridge> = {
    onFlush: (save) => {
      flushes.save = save
    },
    'account.session': () => answer(ok(session)),
    'setting.list': () => answer(ok({ settings: seedSettings(), now: state.now })),
    'call.saveDraft': (input) => answer(saveDraft(input)),
    'call.drafts': () =>
      answer(
        ok(
          [...drafts.values()].map(({ draft, savedAt }) => ({
            id: draft.id,
            startedAt: draft.startedAt,
            savedAt,
            callerKind: draft.callerKind,
            schoolText: draft.schoolText,
            callerName: draft.callerName
          }))
        )
      ),
    'call.openDraft': ({ id }) => {
      const kept = drafts.get(id)
      return answer(kept ? ok(structuredClone(kept)) : no({ code: 'not-found' }))
    },
    'call.setAside': ({ id }) => {
      drafts.delete(id)
      return answer(ok(null))
    },
    'call.file': (draft) => answer(file(draft)),
    'call.list': () =>
      answer(
        ok({
          rows: filed.map((each) => ({ ...rowOf(each), excerpt: noExcerpt })),
          next: '',
          sort: 'newest'
        })
      ),
    'call.count': () => answer(ok({ total: String(filed.length) })),
    'call.read': ({ id }) => {
      const found = filed.find(({ draft }) => draft.id === id)
      return answer(found ? ok(read(found)) : no({ code: 'not-found' }))
    },
    'call.addAddendum': ({ id, callId, field, text }) => {
      const found = filed.find(({ draft }) => draft.id === callId)
      found?.addenda.push({ id, field, text, at: state.now, byName: 'Priya Patel' })
      return answer(ok({ id, at: state.now }))
    },
    'call.previousCallers': () =>
      answer(ok([{ name: 'Alice Green', role: 'Head', phone: '01438 000001', mayLeaveMessage: true }])),
    'call.spokenBefore': () => answer(ok({ families: [], calls: structuredClone(earlier), days: 90 })),
    'school.search': ({ text }) =>
      answer(ok(schools.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())))),
    'school.read': ({ id }) => {
      const school = schools.find((each) => each.id === id)
      return answer(school ? ok(school) : no({ code: 'not-found' }))
    },
    'school.add': (details) => {
      const school: School = { ...oakfield, ...details, urn: '', toCheck: true }
      schools.push(school)
      return answer(ok(school))
    }
  }

  function saveDraft({
    draft,
    savedBefore
  }: Input<'call.saveDraft'>): Result<{ savedAt: string; saves: number }> {
    if (state.weather === 'failing') return fault
    const kept = drafts.get(draft.id)
    if (filed.some((each) => each.draft.id === draft.id)) {
      return no({ code: 'refused', reason: 'call-already-filed' })
    }
    if (kept && kept.saves > savedBefore + 1) return no({ code: 'changed-since' })
    const saves = (kept?.saves ?? 0) + 1
    const savedAt = new Date().toISOString()
    drafts.set(draft.id, { draft: structuredClone(draft), saves, savedAt })
    return state.weather === 'lost' ? fault : ok({ savedAt, saves })
  }

  function file(draft: CallDraft): Result<{ id: string; reference: string; filedAt: string }> {
    if (state.filing === 'failing') return fault
    const before = filed.find((each) => each.draft.id === draft.id)
    if (before) return ok({ id: draft.id, reference: before.reference, filedAt: state.now })
    const rules = rulesOn(seedSettings(), londonDate(tookPlaceAt(draft)))
    const problems = problemsWith(draft, rules, { now: state.now })
    if (problems.length > 0) return no({ code: 'invalid', fields: problems })
    const reference = `HUB-7KQ3-${String(filed.length + 1).padStart(6, '0')}`
    filed.unshift({ draft: structuredClone(draft), reference, addenda: [] })
    drafts.delete(draft.id)
    return state.filing === 'lost' ? fault : ok({ id: draft.id, reference, filedAt: state.now })
  }

  function rowOf({ draft, reference }: Filed): CallRow {
    const settings = seedSettings()
    const rules = rulesOn(settings, londonDate(tookPlaceAt(draft)))
    const school = schools.find(({ id }) => id === draft.schoolId)
    return {
      id: draft.id,
      reference,
      tookPlaceAt: tookPlaceAt(draft),
      filedAt: state.now,
      line: draft.line,
      callerKind: draft.callerKind || 'school',
      otherKind: draft.otherKind,
      schoolName: school?.name ?? '',
      callerName: draft.callerName,
      adviserName: 'Priya Patel',
      childNames: draft.children.map(({ name }) => name).join(', '),
      outcome: draft.outcome || 'turned-away',
      inHours: countsAsInHours(settings, draft),
      turnedAway: gate(draft, rules).answer === 'turned-away',
      toCheck: school?.toCheck ?? false,
      inError: false
    }
  }

  function read(found: Filed): FiledCall {
    const { draft, reference, addenda } = found
    const rules = rulesOn(seedSettings(), londonDate(tookPlaceAt(draft)))
    return {
      ...draft,
      ...rowOf({ draft, reference, addenda }),
      adviserProfession: 'social-worker',
      schoolTown: 'Stevenage',
      assessmentReference: '',
      assessmentFamilyId: '',
      matches: [],
      levelName: rules.levels.find(({ key }) => key === draft.level)?.name ?? '',
      signpost: gate(draft, rules).signpost,
      bookedAt: '',
      hubName: 'Stevenage and North Herts',
      rulesVersion: 'a1b2c3',
      deskCode: '7KQ3',
      children: draft.children.map((child) => ({ ...child, birthDate: '2015-09-03', ageYears: 11 })),
      actions: draft.actions.map((action) => ({ ...action, doneAt: '', doneNote: '', ownerName: '' })),
      addenda,
      adviserId: 'adviser',
      hubId: 'hub',
      links: [],
      attempts: [],
      referrals: [],
      flags: [],
      errors: []
    }
  }

  const hub = new Proxy(operations, {
    get(target, name: keyof Bridge) {
      const run = target[name] as ((input: unknown) => unknown) | undefined
      return (input: unknown) => {
        asked.push({ name, input })
        return run ? run(input) : answer(no({ code: 'not-found' }))
      }
    }
  }) as Bridge

  return { hub, state, drafts, filed, schools, earlier, asked, flushes }
}

/** The page is gone, and nothing in it runs on. */
export function leavePage() {
  if (!getActivePinia()) return
  const openCalls = useOpenCalls()
  for (const { id } of [...openCalls.calls]) openCalls.forget(id)
  openCalls.$dispose()
}

/** A page just loaded by the person of `session`, with nothing left of the one before. */
export async function freshPage(hub: Bridge) {
  leavePage()
  window.hub = hub
  const pinia = createPinia()
  setActivePinia(pinia)
  await useSession().refresh()
  return pinia
}
