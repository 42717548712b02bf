import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import RecordRequestPage from '../../renderer/subjectAccess/RecordRequestPage.vue'
import RequestPage from '../../renderer/subjectAccess/RequestPage.vue'
import RequestsPage from '../../renderer/subjectAccess/RequestsPage.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { emptyRequest } from '../../shared/subjectAccess/emptyRequest.ts'
import type { AnswerStanding } from '../../shared/subjectAccess/goingThrough.ts'
import type { RequestRecord } from '../../shared/subjectAccess/request.ts'
import type { RequestRow, SubjectAccessDraft } from '../../shared/subjectAccess/subjectAccess.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const REQUEST = newId()
const ROBIN = newId()

afterEach(() => {
  document.body.innerHTML = ''
})

const aRow = (changes: Partial<RequestRow> = {}): RequestRow => ({
  ...{
    id: REQUEST,
    reference: 'SAR-7KQ3-000001',
    kind: 'subject-access',
    personId: ROBIN,
    name: 'Robin Vale'
  },
  ...{ receivedOn: '2026-11-02', dueOn: '2026-12-02', isExtended: false, state: 'open' },
  ...{ ownerId: newId(), ownerName: 'Priya Patel' },
  ...changes
})
const aRecord = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  ...aRow(),
  ...{ requester: 'person', requesterName: '', contact: 'By post to 1 Elm Road', entitledBy: '' },
  ...{ answerBy: '', identityHow: 'Passport', identityOn: '2026-11-02', from: '', to: '', wanted: '' },
  ...{ recordedAt: MONDAY, recordedByName: 'Priya Patel', begins: '2026-11-02', firstDueOn: '2026-12-02' },
  ...{ events: [], lastId: newId(), mayDo: ['identified', 'withdraw'], exports: [] },
  ...changes
})
const standing = (changes: Partial<AnswerStanding> = {}): AnswerStanding => ({
  counts: { all: 2, 'to-decide': 2, changed: 0, include: 0, redact: 0, exclude: 0 },
  ...{ decisionsSha256: '', redactors: [], reviews: [], isAgreed: false, mayReview: 'to-decide' },
  ...changes
})
const agreed = standing({
  counts: { all: 2, 'to-decide': 0, changed: 0, include: 2, redact: 0, exclude: 0 },
  ...{ isAgreed: true, redactors: [{ id: newId(), name: 'Priya Patel' }], mayReview: 'redactor' }
})

const as = (...roles: Role[]): Session =>
  'account' in session ? { ...session, account: { ...session.account, roles } } : session

async function open(path: string, answers: Partial<Bridge> = {}, person = as('adviser')) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'export.progress': () => ok({ stage: 'none' }),
    'subjectAccess.standing': () => ok(standing()),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/subject-access', component: RequestsPage },
      { path: '/subject-access/record/:id', component: RecordRequestPage, props: true },
      { path: '/subject-access/:id', component: RequestPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } }
    ]
  })
  await router.push(path)
  const { wrapper } = await show(RouterView, person, [router])
  await settled()
  return { asked, router, wrapper }
}

describe('the list of subject access requests', () => {
  const list = (answers: Partial<Bridge>, person?: Session) => open('/subject-access', answers, person)

  it('says of each whom it is about and by when, and of who is restricted no name', async () => {
    const rows = [
      aRow({ dueOn: '2026-11-20' }),
      aRow({ id: newId(), name: '', dueOn: '', reference: 'SAR-7KQ3-000002' }),
      aRow({ id: newId(), name: 'Sam Okoro', isExtended: true, kind: 'court-order' })
    ]
    const { wrapper } = await list({ 'subjectAccess.list': () => ok({ rows, next: '' }) })
    const [, late, waits, extended] = wrapper.findAll('tr')
    expect(late?.text()).toContain('Robin Vale')
    expect(late?.get('strong').classes()).toContain('late')
    expect(waits?.text()).toContain('Restricted')
    expect(waits?.text()).toContain('Waits for identity since')
    expect(waits?.get('strong').classes()).not.toContain('late')
    expect(extended?.text()).toContain('Time extended')
    expect(extended?.text()).toContain('Order of a court')
    expect(inBody.text()).toContain('3 requests shown')
  })

  it('reads on, and shows what is done when it is asked for', async () => {
    const { asked, wrapper } = await list({
      'subjectAccess.list': ({ standing: which, after }) => {
        if (which === 'done') return ok({ rows: [aRow({ id: newId(), state: 'withdrawn' })], next: '' })
        return ok(after ? { rows: [aRow({ id: newId() })], next: '' } : { rows: [aRow()], next: 'there' })
      }
    })
    await inBody.press('Show more')
    expect(asked('subjectAccess.list').at(-1)).toEqual({ standing: 'open', after: 'there' })
    expect(wrapper.findAll('tbody tr')).toHaveLength(2)
    expect(inBody.has('Show more')).toBe(false)
    await wrapper.get('input[value=done]').setValue(true)
    await settled()
    expect(asked('subjectAccess.list').at(-1)).toEqual({ standing: 'done', after: '' })
    expect(wrapper.get('tbody').text()).toContain('Withdrawn')
  })

  it('says that there is none, and that it could not be read', async () => {
    const none = await list({ 'subjectAccess.list': () => ok({ rows: [], next: '' }) })
    expect(inBody.text()).toContain('No request waits for an answer.')
    await none.wrapper.get('input[value=done]').setValue(true)
    await settled()
    expect(inBody.text()).toContain('No request is done yet.')
    document.body.innerHTML = ''
    let isThere = false
    const { wrapper } = await list({
      'subjectAccess.list': () =>
        isThere ? ok({ rows: [aRow()], next: '' }) : no({ code: 'fault', reference: '7F3A' })
    })
    expect(inBody.text()).toContain('Reference 7F3A')
    isThere = true
    await inBody.press('Try again')
    expect(wrapper.get('tbody').text()).toContain('Robin Vale')
  })

  it('has a way to record one for those who may', async () => {
    const rows = { 'subjectAccess.list': () => ok({ rows: [], next: '' }) }
    await list(rows)
    expect(inBody.text()).toContain('Record a subject access request')
    document.body.innerHTML = ''
    await list(rows, as('auditor'))
    expect(inBody.text()).not.toContain('Record a subject access request')
    document.body.innerHTML = ''
    const { asked } = await list(rows, as('helpdesk'))
    expect(inBody.text()).toContain('Advisers and triage managers answer subject access requests')
    expect(inBody.text()).not.toContain('Reading the requests')
    expect(asked('subjectAccess.list')).toEqual([])
  })
})

describe('a subject access request', () => {
  const one = (record: RequestRecord, answers: Partial<Bridge> = {}, person?: Session) =>
    open(`/subject-access/${REQUEST}`, { 'subjectAccess.read': () => ok(record), ...answers }, person)

  it('says by when, from whom and what happened, and what is to be done now', async () => {
    const events: RequestRecord['events'] = [
      {
        ...{ id: newId(), event: 'identified', on: '2026-11-03', toName: '', words: 'Showed a passport' },
        ...{ byName: 'Ann Dean', recordedAt: MONDAY }
      }
    ]
    const { wrapper } = await one(
      aRecord({ requester: 'parent', requesterName: 'Jo Vale', entitledBy: 'Birth certificate', events })
    )
    expect(inBody.heading('Subject access: Robin Vale')).toBeDefined()
    const facts = wrapper.get('dl').text()
    for (const words of [
      '2 December 2026, 9 days left (counted from 2 November 2026)',
      'Jo Vale, somebody with parental responsibility. Birth certificate',
      'Passport, 2 November 2026'
    ])
      expect(facts).toContain(words)
    expect(wrapper.get('[aria-labelledby="request-history"]').text()).toContain('Showed a passport')
    expect(wrapper.get('[aria-labelledby="request-answer"]').text()).toContain('0 of 2 items decided')
    expect(inBody.text()).toContain('Next: Go through the items')
    expect(inBody.has('Save the answer')).toBe(false)
  })

  it('until they have proved who they are it has no month, and is not saved', async () => {
    const { wrapper } = await one(aRecord({ dueOn: '', begins: '', identityHow: '', identityOn: '' }), {
      'subjectAccess.standing': () => ok(agreed)
    })
    expect(wrapper.get('dl').text()).toContain('The month begins when they have proved who they are')
    expect(wrapper.get('dl').text()).toContain('Not proved yet')
    expect(inBody.text()).toContain('Next: Record how whoever asks proved who they are')
    expect(inBody.has('Save the answer')).toBe(false)
  })

  it('tells an auditor how it stands, and nothing to do', async () => {
    await one(aRecord(), {}, as('auditor'))
    expect(inBody.text()).toContain('Not every item is decided yet.')
    expect(inBody.text()).not.toContain('Next:')
    expect(inBody.text()).toContain('Look at the items')
  })

  it('says what is next where nothing is held, once they have proved who they are', async () => {
    const counts = { all: 0, 'to-decide': 0, changed: 0, include: 0, redact: 0, exclude: 0 }
    const none = { 'subjectAccess.standing': () => ok(standing({ counts, mayReview: 'yes' })) }
    await one(aRecord(), none)
    expect(inBody.text()).toContain('Next: Tell whoever asks that nothing is held')
    document.body.innerHTML = ''
    await one(aRecord({ begins: '' }), none)
    expect(inBody.text()).toContain('Next: Record how whoever asks proved who they are')
  })

  it('has acts only for those who may, and only those that may happen now', async () => {
    await one(aRecord())
    expect(inBody.has('Record identity')).toBe(true)
    expect(inBody.has('Record that it was answered')).toBe(false)
    document.body.innerHTML = ''
    await one(aRecord(), {}, as('auditor'))
    expect(inBody.has('Record identity')).toBe(false)
    expect(inBody.text()).toContain('Not every item is decided yet.')
  })

  it('keeps what was typed of an act that is refused, and says beside the field why', async () => {
    let isRefused = true
    const fields = [{ path: 'words', message: 'Say it in other words' }]
    const { asked } = await one(aRecord(), {
      'subjectAccess.act': () => (isRefused ? no({ code: 'invalid', fields }) : ok(null))
    })
    await inBody.press('Record that it was withdrawn')
    await inBody.press('Record')
    expect(inBody.errors()).toEqual(['Enter why it is withdrawn'])
    expect(asked('subjectAccess.act')).toEqual([])
    const words = inBody.field('Why it is withdrawn')
    await words.setValue('They rang: it is settled')
    await inBody.press('Record')
    expect(document.getElementById(`${words.element.id}-error`)?.textContent).toContain(
      'Say it in other words'
    )
    expect(words.element.value).toBe('They rang: it is settled')
    isRefused = false
    await inBody.press('Record')
    expect(asked('subjectAccess.act').at(-1)).toMatchObject({
      ...{ requestId: REQUEST, event: 'withdraw', on: '23/11/2026', words: 'They rang: it is settled' }
    })
    expect(inBody.text()).toContain('Recorded: record that it was withdrawn')
    expect(asked('subjectAccess.read')).toHaveLength(2)
  })

  it('of a family that opens only with a reason asks for it, and then is there', async () => {
    const familyId = newId()
    let isOpen = false
    const { asked } = await one(aRecord(), {
      'subjectAccess.read': () =>
        isOpen ? ok(aRecord()) : no({ code: 'refused', reason: 'family-restricted' }),
      'subjectAccess.families': () =>
        ok([
          { id: familyId, reference: 'FAM-7KQ3-000002', isOpen: false },
          { id: newId(), reference: 'FAM-7KQ3-000003', isOpen: true }
        ]),
      'family.giveReason': () => {
        isOpen = true
        return ok(null)
      }
    })
    expect(inBody.text()).not.toContain('Robin Vale')
    expect(inBody.has('Open FAM-7KQ3-000003')).toBe(false)
    await inBody.press('Open FAM-7KQ3-000002')
    await inBody.field('Reason').setValue('I prepare the answer')
    await inBody.press('Open this family')
    expect(asked('family.giveReason')).toMatchObject([{ familyId, reason: 'I prepare the answer' }])
    expect(inBody.heading('Subject access: Robin Vale')).toBeDefined()
    expect(inBody.text()).not.toContain('Open the family first')
  })

  it('that is not there says so, and one that could not be read is read again', async () => {
    await one(aRecord(), { 'subjectAccess.read': () => no({ code: 'not-found' }) })
    expect(inBody.text()).toContain('This is not here any more.')
    expect(inBody.has('Try again')).toBe(false)
    document.body.innerHTML = ''
    let isThere = false
    await one(aRecord(), {
      'subjectAccess.read': () => (isThere ? ok(aRecord()) : no({ code: 'fault', reference: '7F3A' }))
    })
    isThere = true
    await inBody.press('Try again')
    expect(inBody.heading('Subject access: Robin Vale')).toBeDefined()
  })

  it('is saved once somebody else has agreed; without a passphrase only with a reason, which stays', async () => {
    const { asked, wrapper } = await one(aRecord(), {
      'subjectAccess.standing': () => ok(agreed),
      'subjectAccess.save': () => ok({ stage: 'failed', reason: 'file-disk-full' })
    })
    await wrapper.get('input[type=checkbox]').setValue(false)
    await wrapper.get('form.save').trigger('submit')
    await settled()
    expect(wrapper.get('[id="field-openReason-error"]').text()).toContain('without a passphrase')
    expect(asked('subjectAccess.save')).toEqual([])
    const reason = wrapper.get<HTMLTextAreaElement>('[id="field-openReason"]')
    await reason.setValue('They cannot open a zip')
    await wrapper.get('form.save').trigger('submit')
    await settled()
    expect(asked('subjectAccess.save')).toMatchObject([
      { requestId: REQUEST, format: 'pdf', isProtected: false, openReason: 'They cannot open a zip' }
    ])
    expect(wrapper.get('[role=alert]').text()).toContain('full')
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-openReason"]').element.value).toBe(
      'They cannot open a zip'
    )
  })
})

describe('“Record a subject access request”', () => {
  const id = newId()
  const form = (answers: Partial<Bridge> = {}, person?: Session) =>
    open(`/subject-access/record/${id}`, answers, person)
  type Page = Awaited<ReturnType<typeof form>>['wrapper']
  const errorOf = (wrapper: Page, path: string) => {
    const found = wrapper.find(`[id="field-${path}-error"]`)
    return found.exists() ? found.text() : ''
  }
  const record = async (wrapper: Page) => {
    await wrapper.get('form').trigger('submit')
    await settled()
  }

  it('says beside each field what is missing, and sends nothing', async () => {
    const { asked, wrapper } = await form()
    await record(wrapper)
    expect(errorOf(wrapper, 'kind')).toContain('Choose what was received')
    expect(errorOf(wrapper, 'receivedOn')).toContain('Enter the day it was received')
    expect(errorOf(wrapper, 'personId')).toContain('Choose the person from the list')
    expect(errorOf(wrapper, 'contact')).toContain('Enter how the answer reaches them')
    expect(asked('subjectAccess.record')).toEqual([])
    await wrapper.get('[id="field-contact"]').setValue('By post')
    expect(errorOf(wrapper, 'contact')).toBe('')
    expect(errorOf(wrapper, 'kind')).not.toBe('')
  })

  it('of a court asks for the order and its day, and nobody’s identity', async () => {
    const { wrapper } = await form()
    expect(inBody.heading('Identity')).toBeDefined()
    await wrapper.get('input[value="court-order"]').setValue(true)
    expect(inBody.heading('Identity')).toBeUndefined()
    expect(wrapper.find('input[value=parent]').exists()).toBe(false)
    expect(inBody.field('Which court?')).toBeDefined()
    await record(wrapper)
    expect(errorOf(wrapper, 'answerBy')).toContain('by when the order asks for it')
    expect(errorOf(wrapper, 'requester')).toBe('')
    await wrapper.get('input[value="subject-access"]').setValue(true)
    expect(wrapper.find('[id="field-answerBy"]').exists()).toBe(false)
    expect(wrapper.find('[id="field-requesterName"]').exists()).toBe(false)
    await wrapper.get('input[value=parent]').setValue(true)
    expect(inBody.field('By what right do they ask?')).toBeDefined()
  })

  it('keeps what was typed where it is refused, and opens the request once it is recorded', async () => {
    const begun: SubjectAccessDraft = {
      ...emptyRequest(id),
      ...{ kind: 'subject-access', receivedOn: '02/11/2026', requester: 'person' },
      ...{ personId: ROBIN, personText: 'Robin Vale' }
    }
    let answer: 'field' | 'other' | 'done' = 'field'
    const fields = [{ path: 'personId', message: 'Choose the person again' }]
    const { asked, router, wrapper } = await form({
      'draft.open': () => ok({ form: { kind: 'subject-access', body: begun }, savedAt: MONDAY, saves: 2 }),
      'subjectAccess.record': () => {
        if (answer === 'field') return no({ code: 'invalid', fields })
        if (answer === 'other') return no({ code: 'refused', reason: 'clashing-id' })
        return ok({ id, reference: 'SAR-7KQ3-000009' })
      },
      'subjectAccess.read': () => ok(aRecord({ id }))
    })
    await wrapper.get('[id="field-contact"]').setValue('By post')
    await record(wrapper)
    expect(errorOf(wrapper, 'personId')).toContain('Choose the person again')
    answer = 'other'
    await record(wrapper)
    expect(inBody.errors()).toEqual([expect.stringContaining('Something else is recorded')])
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-contact"]').element.value).toBe('By post')
    answer = 'done'
    await record(wrapper)
    expect(asked('subjectAccess.record').at(-1)).toMatchObject({
      ...{ id, kind: 'subject-access', receivedOn: '02/11/2026', personId: ROBIN, requester: 'person' }
    })
    expect(router.currentRoute.value.path).toBe(`/subject-access/${id}`)
    expect(inBody.text()).toContain('Recorded as SAR-7KQ3-000009')
  })

  it('left for later is stored first, and is not there for who may not record one', async () => {
    const { asked, router, wrapper } = await form()
    await wrapper.get('[id="field-contact"]').setValue('By post')
    await inBody.press('Leave for later')
    expect(asked('draft.save').at(-1)).toMatchObject({
      form: { kind: 'subject-access', body: { id, contact: 'By post' } }
    })
    expect(router.currentRoute.value.path).toBe('/subject-access')
    document.body.innerHTML = ''
    const auditor = await form({}, as('auditor'))
    expect(auditor.wrapper.find('form').exists()).toBe(false)
    expect(inBody.text()).toContain('Advisers and triage managers record subject access requests.')
  })
})
