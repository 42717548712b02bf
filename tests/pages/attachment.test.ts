import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, ref } from 'vue'
import FilesOf from '../../renderer/attachment/FilesOf.vue'
import { sizeWords } from '../../renderer/attachment/words.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { AttachmentRow, FileProgress } from '../../shared/attachment/attachment.ts'
import type { Result } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const FAMILY = '0197a000-0000-7000-8000-0000000000f1'
const AGREEMENT = '0197a000-0000-7000-8000-0000000000f2'
const place = { familyId: FAMILY, attachedTo: 'agreement' as const, attachedId: AGREEMENT }
const letter: AttachmentRow = {
  id: '0197a000-0000-7000-8000-0000000000f3',
  name: 'Letter.pdf',
  mediaType: 'application/pdf',
  size: 1_500_000,
  at: MONDAY,
  byName: 'Morgan Ellis'
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** The files on an agreement, as a page shows them that reads them again when one is added. */
async function showFiles(answers: Partial<Bridge>, files: AttachmentRow[] = [], role: Role = 'adviser') {
  const desk = standInHub(answers)
  const all = ref(files)
  const added = (file: AttachmentRow) => all.value.push(file)
  const person =
    session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session
  await show(
    { render: () => h(FilesOf, { ...place, files: all.value, of: 'the agreement', onAdded: added }) },
    person
  )
  return desk
}

async function aWhileLater() {
  await vi.advanceTimersByTimeAsync(700)
  await settled()
}

describe('the files on a record', () => {
  it('say what each is, how large, whose and since when', async () => {
    await showFiles({}, [
      letter,
      { ...letter, id: AGREEMENT, name: 'Words.txt', mediaType: 'text/plain', size: 20 }
    ])
    expect(inBody.text()).toContain(
      'Letter.pdfPDF document, 1.5 MB, added by Morgan Ellis, 23 November 2026, 10:00'
    )
    expect(inBody.text()).toContain('Words.txtPlain text, 1 KB')
    expect(inBody.has('Save a copy of Words.txt')).toBe(true)
  })

  it('are said to be none, and can be looked at but not changed or taken away by an auditor', async () => {
    await showFiles({})
    expect(inBody.text()).toContain('No files')
    document.body.innerHTML = ''
    await showFiles({}, [letter], 'auditor')
    expect(inBody.text()).toContain('Letter.pdf')
    expect(inBody.has('Save a copy of Letter.pdf')).toBe(false)
    expect(inBody.has('Add a file to the agreement')).toBe(false)
  })

  it('are added to by what main asks for, and it is said which was', async () => {
    const desk = await showFiles({ 'attachment.attach': () => ok({ added: letter }) })
    await inBody.press('Add a file to the agreement')
    expect(desk.asked('attachment.attach')).toMatchObject([place])
    expect(inBody.text()).toContain('Letter.pdf was added')
    expect(inBody.has('Save a copy of Letter.pdf')).toBe(true)
  })

  it('say beside the button why one was not added, until the next is', async () => {
    let refusal = true
    await showFiles({
      'attachment.attach': () =>
        refusal ? no({ code: 'refused', reason: 'attachment-too-large' }) : ok({ added: null })
    })
    await inBody.press('Add a file to the agreement')
    expect(inBody.text()).toContain('This file is larger than 25 MB.')
    refusal = false
    await inBody.press('Add a file to the agreement')
    expect(inBody.text()).not.toContain('This file is larger than 25 MB.')
    expect(inBody.text()).not.toContain('was added')
  })

  it('tell how far one is, and that it was cancelled', async () => {
    let answer: (result: Result<{ added: null }>) => void = () => undefined
    const progress: FileProgress = {
      state: 'storing',
      attachedId: AGREEMENT,
      done: 1_048_576,
      total: 26_214_400
    }
    const desk = await showFiles({
      'attachment.attach': () => new Promise((resolve) => (answer = resolve)),
      'attachment.progress': () => ok(progress),
      'attachment.cancel': () => ok(null)
    })
    await inBody.press('Add a file to the agreement')
    await aWhileLater()
    expect(inBody.text()).toContain('Adding the file: 1 MB of 25 MB')
    await inBody.press('Add a file to the agreement')
    expect(desk.asked('attachment.attach')).toHaveLength(1)
    await inBody.press('Cancel')
    inBody.button('Cancelling').element.focus()
    await inBody.press('Cancelling')
    expect(desk.asked('attachment.cancel')).toHaveLength(1)
    answer({ ok: true, value: { added: null } })
    await settled()
    expect(inBody.text()).toContain('Cancelled. The file was not added.')
    expect(inBody.has('Cancelling')).toBe(false)
    expect(document.activeElement).toBe(inBody.button('Add a file to the agreement').element)
  })
})

describe('saving a copy', () => {
  it('warns that it will be outside the desk, and says where it went', async () => {
    const desk = await showFiles({ 'attachment.saveCopy': () => ok({ fileName: 'copy.pdf' }) }, [letter])
    await inBody.press('Save a copy of Letter.pdf')
    expect(inBody.text()).toContain('The copy is outside the desk and is not encrypted.')
    await inBody.press('Choose where to save')
    expect(desk.asked('attachment.saveCopy')).toEqual([{ id: letter.id, familyId: FAMILY }])
    expect(inBody.text()).toContain('Saved as copy.pdf.')
    expect(document.activeElement).toBe(inBody.button('Close').element)
    await inBody.press('Close')
    expect(inBody.text()).not.toContain('copy.pdf')
  })

  it('says why there is none', async () => {
    await showFiles({ 'attachment.saveCopy': () => no({ code: 'refused', reason: 'attachment-damaged' }) }, [
      letter
    ])
    await inBody.press('Save a copy of Letter.pdf')
    await inBody.press('Choose where to save')
    expect(inBody.text()).toContain('This file was damaged or belongs to another record')
  })

  it('stays open while the copy is written', async () => {
    let answer: (result: Result<{ fileName: string }>) => void = () => undefined
    const progress: FileProgress = { state: 'saving', attachedId: AGREEMENT, done: 0, total: 1_500_000 }
    await showFiles(
      {
        'attachment.saveCopy': () => new Promise((resolve) => (answer = resolve)),
        'attachment.progress': () => ok(progress)
      },
      [letter]
    )
    await inBody.press('Save a copy of Letter.pdf')
    await inBody.press('Choose where to save')
    await aWhileLater()
    await inBody.press('Close')
    expect(inBody.has('Choose where to save')).toBe(true)
    expect(inBody.text()).toContain('Saving the copy: 0 KB of 1.5 MB')
    answer({ ok: true, value: { fileName: '' } })
    await settled()
    expect(inBody.has('Choose where to save')).toBe(true)
    await inBody.press('Close')
    expect(inBody.has('Choose where to save')).toBe(false)
  })
})

it('a size is never told smaller than it is', () => {
  expect([1, 1_024, 1_025, 1_022_976, 1_022_977, 26_214_400].map(sizeWords)).toEqual([
    '1 KB',
    '1 KB',
    '2 KB',
    '999 KB',
    '1 MB',
    '25 MB'
  ])
})
