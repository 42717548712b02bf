import { computed, defineComponent, h, ref } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useRules } from '../../renderer/desk/useRules.ts'
import { provideEpisode } from '../../renderer/episode/theEpisode.ts'
import NotesPanel from '../../renderer/note/NotesPanel.vue'
import SearchNotesPage from '../../renderer/note/SearchNotesPage.vue'
import { notesSearched } from '../../renderer/note/useNoteSearch.ts'
import { noteSaid } from '../../renderer/note/words.ts'
import type { EpisodeRecord } from '../../shared/episode/episode.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import type { FoundNote, NoteDraft, NoteRow } from '../../shared/note/note.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const EPISODE = '0197a000-0000-7000-8000-0000000000e1'
const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
const ROBIN = '0197a000-0000-7000-8000-0000000000a1'
const SAM = '0197a000-0000-7000-8000-0000000000a2'
const SAM_ONCE = '0197a000-0000-7000-8000-0000000000a3'

const person = (keptId: Id, name: string, changes: Partial<EpisodeRecord['people'][number]> = {}) => ({
  ...{ keptId, personIds: [keptId], name, role: 'child' as const, isHere: true, until: '' },
  ...changes
})
const anEpisode = (changes: Partial<EpisodeRecord> = {}): EpisodeRecord =>
  ({
    ...{ id: EPISODE, reference: 'FFA-7KQ3-000001', familyId: FAMILY, familyReference: 'FAM-7KQ3-000001' },
    ...{ hubId: 'hub', hubName: 'Broxbourne and East Herts', state: 'assessing', registeredOn: '2026-11-02' },
    ...{
      registeredByName: 'Priya Patel',
      needs: '',
      goesOnBecause: '',
      previous: undefined,
      following: undefined
    },
    people: [person(ROBIN, 'Robin Vale'), person(SAM, 'Sam Vale', { personIds: [SAM, SAM_ONCE] })],
    ...{ keyworkers: [], steps: [], levels: [], due: [], closures: [], takesPart: true },
    ...changes
  }) as EpisodeRecord

const aRow = (changes: Partial<NoteRow> = {}): NoteRow => ({
  ...{
    id: newId(),
    familyId: FAMILY,
    episodeId: EPISODE,
    episodeReference: 'FFA-7KQ3-000001',
    kind: 'visit'
  },
  ...{
    happenedAt: '2026-11-20T09:15:00.000Z',
    recordedAt: MONDAY,
    byName: 'Priya Patel',
    words: 'A calm visit'
  },
  ...{
    childsVoice: '',
    aboutIds: [ROBIN],
    presentIds: [],
    present: '',
    familyMaySee: true,
    restrictedWhy: ''
  },
  ...{ afterClosing: false, addenda: [], files: [] },
  ...changes
})

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY), toFake: ['Date'] })
  notesSearched.text = ''
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** The part of the page with the notes: the list, or the form of `formId`. */
async function openPanel(answers: Partial<Bridge>, { formId = '', episode = anEpisode(), query = '' } = {}) {
  const hub = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'note.list': () => ok({ rows: [], next: '' }),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    ...answers
  })
  const told = ref('')
  const Panel = defineComponent({
    inheritAttrs: false,
    props: { formId: { type: String, default: '' } },
    setup(props) {
      provideEpisode(
        computed(() => episode),
        {
          form: computed(() => '' as const),
          formId: computed(() => props.formId),
          reload: () => Promise.resolve(),
          tell: (words) => {
            told.value = words
          }
        }
      )
      return () => h(NotesPanel)
    }
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/assessments/:id/notes', component: Panel },
      { path: '/assessments/:id/note/:formId', component: Panel, props: true }
    ]
  })
  await router.push(
    formId ? `/assessments/${EPISODE}/note/${formId}${query}` : `/assessments/${EPISODE}/notes${query}`
  )
  const { wrapper } = await show(RouterView, session, [router])
  await useRules().loadOnce()
  await settled()
  return { ...hub, router, told, page: wrapper }
}

const typed = (id: Id, changes: Partial<NoteDraft> = {}): NoteDraft => ({
  ...emptyNote({ id, familyId: FAMILY, episodeId: EPISODE }),
  ...{ kind: 'visit', words: 'A calm visit', aboutIds: [ROBIN, SAM], familyMaySee: 'yes' },
  ...changes
})
/** The form as it was left. */
const goOn = (changes: Partial<NoteDraft> = {}, answers: Partial<Bridge> = {}, episode = anEpisode()) => {
  const id = newId()
  return openPanel(
    {
      'draft.open': () => ok({ form: { kind: 'note', body: typed(id, changes) }, savedAt: MONDAY, saves: 1 }),
      'note.add': () => ok({ id, recordedAt: MONDAY }),
      ...answers
    },
    { formId: id, episode }
  )
}
const options = (page: Awaited<ReturnType<typeof openPanel>>['page'], legend: string) =>
  page
    .findAll('fieldset')
    .find((each) => each.find('legend').text() === legend)
    ?.findAll('label')
    .map((each) => each.text())
const template = (page: Awaited<ReturnType<typeof openPanel>>['page']) =>
  field(page, 'Begin with a template (optional)')
const noteText = (page: Awaited<ReturnType<typeof openPanel>>['page']) =>
  (field(page, 'The note').element as HTMLTextAreaElement).value

describe('adding a case note', () => {
  it('begins today, of nobody and no kind, and says next to each field what is missing', async () => {
    const { page, asked } = await openPanel({}, { formId: newId() })
    expect((field(page, 'Day it happened').element as HTMLInputElement).value).toBe('23/11/2026')
    expect(options(page, 'Whom is it about?')).toEqual(['Robin Vale', 'Sam Vale'])
    await submit(page)
    for (const path of ['kind', 'aboutIds', 'words', 'familyMaySee'])
      expect(page.find(`#field-${path}-error`).exists()).toBe(true)
    expect(asked('note.add')).toEqual([])
    await field(page, 'The note').setValue('Rang his school')
    expect(page.find('#field-words-error').exists()).toBe(false)
  })

  it('is filed once about both, and says so', async () => {
    const { page, asked, router, told } = await goOn()
    await submit(page)
    expect(asked('note.add')).toMatchObject([{ words: 'A calm visit', aboutIds: [ROBIN, SAM] }])
    expect(router.currentRoute.value.path).toBe(`/assessments/${EPISODE}/notes`)
    expect(told.value).toBe('Case note added about Robin Vale and Sam Vale')
  })

  it('somebody whose records were merged since is ticked as one, and who was taken out no more', async () => {
    const { page, asked } = await goOn({ aboutIds: [SAM_ONCE, SAM, newId()], presentIds: [SAM_ONCE] })
    await submit(page)
    expect(asked('note.add')).toMatchObject([{ aboutIds: [SAM], presentIds: [SAM] }])
  })

  it('what could not be filed stays typed', async () => {
    const fault = () => no({ code: 'fault', reference: 'A1B2C3' })
    const { page, router } = await goOn({}, { 'note.add': fault })
    await submit(page)
    expect(page.text()).toContain('A1B2C3')
    expect(noteText(page)).toBe('A calm visit')
    expect(router.currentRoute.value.path).toContain('/note/')
  })

  it('asks why only where the family may not see it', async () => {
    const { page } = await goOn()
    expect(page.find('#field-restrictedWhy').exists()).toBe(false)
    await page.get('input[type=radio][value=no]').setValue(true)
    expect(page.find('#field-restrictedWhy').exists()).toBe(true)
  })

  it('says of an ended assessment that the note is marked', async () => {
    const { page } = await goOn({}, {}, anEpisode({ state: 'closed' }))
    expect(page.text()).toContain('marked as recorded after it ended')
  })
})

describe('a template', () => {
  it('fills an empty note, names its kind, and is changed for another while nothing was answered', async () => {
    const { page } = await openPanel({}, { formId: newId() })
    await template(page).setValue('home-visit')
    expect(noteText(page)).toMatch(/^Why I visited:\n/)
    expect((page.get('input[type=radio][value=visit]').element as HTMLInputElement).checked).toBe(true)
    await template(page).setValue('phone-call')
    expect(noteText(page)).toMatch(/^Who called whom, and why:\n/)
    expect(document.body.textContent).not.toContain('You have typed something already')
  })

  it('is put below what was typed only when asked', async () => {
    const { page } = await goOn()
    await template(page).setValue('decision')
    await settled()
    expect(document.body.textContent).toContain('You have typed something already')
    expect(noteText(page)).toBe('A calm visit')
    const add = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Add the template below it'
    )
    add?.click()
    await settled()
    expect(noteText(page)).toMatch(/^A calm visit\n\nWhat was decided:\n/)
  })
})

describe('the list', () => {
  it('shows each note with what was added to it, what the family may not see, and what came late', async () => {
    const addendum = {
      ...{ id: newId(), words: 'It was Tuesday', recordedAt: MONDAY, byName: 'Sam Okoro' },
      ...{ afterClosing: true, files: [] }
    }
    const late = aRow({
      familyMaySee: false,
      restrictedWhy: 'A neighbour told us',
      aboutIds: [ROBIN, SAM_ONCE]
    })
    const { page } = await openPanel({
      'note.list': () => ok({ rows: [{ ...late, addenda: [addendum] }], next: '' })
    })
    const note = page.get('article').text()
    for (const words of [
      'Visit, 20 November 2026, 09:15',
      'About Robin Vale and Sam Vale',
      'The family may not see this',
      'A neighbour told us',
      'Priya Patel, recorded 23 November 2026, 10:00',
      'It was Tuesday',
      'Sam Okoro, 23 November 2026, 10:00',
      'Recorded after the assessment ended'
    ])
      expect(note).toContain(words)
  })

  it('is empty in one way where there are none, and in another where the filter leaves none', async () => {
    const { page, asked } = await openPanel({})
    expect(page.text()).toContain('No case notes yet.')
    await button(page, 'Decision').trigger('click')
    await field(page, 'Words in the notes').setValue('boiler')
    await settled()
    expect(page.text()).toContain('No case note matches this.')
    expect(asked('note.list').at(-1)).toEqual({
      ...{ familyId: FAMILY, episodeId: EPISODE, noteId: '', kinds: ['decision'], personId: '' },
      ...{ text: 'boiler', after: '' }
    })
    await button(page, 'Show every note').trigger('click')
    await settled()
    expect(page.text()).toContain('No case notes yet.')
  })

  it('a note that was come to from a search stands alone until all are asked for', async () => {
    const { id } = aRow()
    const { page, asked } = await openPanel({}, { query: `?note=${id}` })
    expect(asked('note.list')).toMatchObject([{ noteId: id }])
    await button(page, 'Show every note').trigger('click')
    await settled()
    expect(asked('note.list').at(-1)).toMatchObject({ noteId: '' })
  })

  it('reads on to the end before it prints', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    const pages: Record<string, { rows: NoteRow[]; next: string }> = {
      '': { rows: [aRow()], next: 'two' },
      two: { rows: [aRow(), aRow()], next: '' }
    }
    const { page } = await openPanel({ 'note.list': ({ after }: Input<'note.list'>) => ok(pages[after]!) })
    expect(page.text()).toContain('The newest 1 case note')
    await button(page, 'Print these notes').trigger('click')
    await settled()
    expect(print).toHaveBeenCalledOnce()
    expect(page.findAll('article')).toHaveLength(3)
    vi.unstubAllGlobals()
  })

  it('a file that was added stands with its note, and the pages that were read stay', async () => {
    const [first, old] = [aRow(), aRow()]
    const letter = {
      ...{ id: newId(), name: 'Letter.pdf', mediaType: 'application/pdf' as const, size: 2_048, at: MONDAY },
      byName: 'Priya Patel'
    }
    const { page } = await openPanel({
      'note.list': ({ after }: Input<'note.list'>) =>
        ok(after === '' ? { rows: [first], next: 'two' } : { rows: [old], next: '' }),
      'attachment.attach': () => ok({ added: letter }),
      'attachment.progress': () => ok({ state: 'idle', done: 0, total: 0 })
    })
    await button(page, 'Show more').trigger('click')
    await settled()
    const [, second] = page.findAll('article')
    await second
      ?.findAll('button')
      .find((each) => each.text().startsWith('Add a file'))
      ?.trigger('click')
    await settled()
    expect(page.findAll('article').map((each) => each.text().includes('Letter.pdf'))).toEqual([false, true])
  })

  it('an answer that comes late belongs to a filter that is no longer there', async () => {
    const waiting: ((rows: NoteRow[]) => void)[] = []
    const { page } = await openPanel({
      'note.list': () =>
        new Promise((resolve) => waiting.push((rows) => resolve({ ok: true, value: { rows, next: '' } })))
    })
    await button(page, 'Call').trigger('click')
    const [first, second] = waiting
    second?.([aRow({ words: 'The second' })])
    await settled()
    first?.([aRow({ words: 'The first' })])
    await settled()
    expect(page.get('article').text()).toContain('The second')
  })
})

describe('searching all families', () => {
  const found = (changes: Partial<FoundNote> = {}): FoundNote => ({
    ...{
      id: newId(),
      familyId: FAMILY,
      episodeId: EPISODE,
      episodeReference: 'FFA-7KQ3-000001',
      kind: 'call'
    },
    ...{
      childNames: 'Robin Vale',
      happenedAt: '2026-11-20T09:15:00.000Z',
      byName: 'Priya Patel',
      familyMaySee: true
    },
    excerpt: {
      part: 'addendum',
      pieces: [
        { text: 'the ', hit: false },
        { text: 'boiler', hit: true }
      ]
    },
    ...changes
  })
  const search = async (answer: Bridge['note.search']) => {
    const hub = standInHub({ 'note.search': answer })
    const { wrapper } = await show(SearchNotesPage, session)
    await field(wrapper, 'Words in the notes').setValue('boiler')
    await submit(wrapper)
    return { ...hub, page: wrapper }
  }

  it('shows where the words stand', async () => {
    const { page } = await search(() => ok({ rows: [found()], next: '' }))
    expect(page.get('li').text()).toContain('Added later: the boiler')
    expect(page.get('mark').text()).toBe('boiler')
    expect(page.text()).toContain('1 case note')
  })

  it('of somebody who may read few of many it goes on when asked', async () => {
    const { page, asked } = await search(({ after }) =>
      after === '' ? ok({ rows: [], next: '17' }) : ok({ rows: [found()], next: '' })
    )
    expect(page.text()).toContain('None of the newest notes with these words is one that you may read.')
    await field(page, 'Words in the notes').setValue('something else')
    await button(page, 'Look further back').trigger('click')
    await settled()
    expect(asked('note.search').at(-1)).toEqual({ text: 'boiler', after: '17' })
    expect(page.findAll('li')).toHaveLength(1)
  })

  it('says when nothing has the words, and when the search failed', async () => {
    const { page } = await search(() => ok({ rows: [], next: '' }))
    expect(page.text()).toContain('No case note that you may read has these words.')
    document.body.innerHTML = ''
    const failed = await search(() => no({ code: 'fault', reference: 'A1B2C3' }))
    expect(failed.page.get('[role=alert]').text()).toContain('A1B2C3')
  })
})

describe('in the chronology', () => {
  const names = {
    person: (id: Id) => (id === ROBIN ? 'Robin Vale' : 'Sam Vale'),
    hub: () => '',
    account: () => ''
  }
  const body = {
    ...{
      noteKind: 'call' as const,
      addsTo: '',
      episodeId: EPISODE,
      familyMaySee: true,
      aboutIds: [ROBIN, SAM]
    },
    ...{ cameFromId: '', begins: 'Rang his school', isWhole: true }
  }

  it('a note is told with whom it is about and how it begins', () => {
    expect(noteSaid(body, names)).toEqual({
      what: 'Case note, call, about Robin Vale and Sam Vale',
      details: ['Rang his school', '']
    })
    const hidden = noteSaid({ ...body, isWhole: false, familyMaySee: false }, names)
    expect(hidden.details).toEqual(['Rang his school …', 'The family may not see this note'])
  })

  it('and so is what was added to one', () => {
    expect(noteSaid({ ...body, addsTo: newId(), aboutIds: [SAM] }, names).what).toBe(
      'Added to a case note (call), about Sam Vale'
    )
  })
})
