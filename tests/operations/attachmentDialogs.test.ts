import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attach, saveCopy } from '../../electron/attachment/chooseFile.ts'
import type { Desk } from '../../electron/account/session.ts'
import { Refusal, type AppError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { anAgreementOf, aPdf, type Place } from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let record: TestDesk
let place: Place
let outside: string
let desk: Desk
let asked: { title: string; suggested?: string; extension?: string; extensions?: string[] }[]
let chosen: string | undefined

beforeAll(async () => {
  record = await openTestDesk()
  outside = mkdtempSync(join(tmpdir(), 'outside-'))
  place = await anAgreementOf(record)
})
afterAll(() => {
  expect(record.faults).toEqual([])
  record.close()
  rmSync(outside, { recursive: true })
})
beforeEach(() => {
  asked = []
  const answer = (question: (typeof asked)[number]) => {
    asked.push(question)
    return Promise.resolve(chosen)
  }
  desk = {
    deskCode: '7KQ3',
    state: {
      stage: 'open',
      person: { ...record.first, name: 'Morgan Ellis' },
      database: { record: record.record }
    },
    surroundings: {
      desk: { deviceId: record.first.deviceId },
      now: () => record.first.now,
      chooseFile: answer,
      chooseSavePath: answer
    }
  } as unknown as Desk
})

const inFolder = (name: string) => join(outside, name)
async function errorOf(work: Promise<unknown>): Promise<AppError | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refusal) return error.error
      throw error
    }
  )
}
async function added(name: string) {
  chosen = inFolder(name)
  writeFileSync(chosen, aPdf(300))
  const { added: file } = await attach(desk, { id: newId(), ...place })
  if (!file) throw new Error('Nothing was added')
  return file
}

describe('main asks', () => {
  it('which file, of those that are taken, and where a copy goes, under the name it came with', async () => {
    const file = await added('Letter: to Jo?.pdf')
    expect(file.name).toBe('Letter: to Jo?.pdf')
    chosen = inFolder('copy.pdf')
    expect(await saveCopy(desk, { id: file.id, familyId: place.familyId })).toEqual({ fileName: 'copy.pdf' })
    expect(readFileSync(chosen)).toEqual(readFileSync(inFolder('Letter: to Jo?.pdf')))
    expect(asked).toMatchObject([
      { extensions: ['pdf', 'jpg', 'jpeg', 'png', 'heic', 'docx', 'xlsx', 'txt'] },
      { suggested: 'Letter- to Jo-.pdf', extension: 'pdf' }
    ])
  })

  it('and nothing happens where nothing is chosen', async () => {
    const { id } = await added('letter.pdf')
    chosen = undefined
    expect(await attach(desk, { id: newId(), ...place })).toEqual({ added: null })
    expect(await saveCopy(desk, { id, familyId: place.familyId })).toEqual({ fileName: '' })
  })

  it('but not where to save what may not be read: no dialog is shown', async () => {
    const { id } = await added('letter.pdf')
    asked = []
    expect(await errorOf(saveCopy(desk, { id, familyId: newId() }))).toEqual({ code: 'not-found' })
    expect(asked).toEqual([])
    const last = record.store.reader.prepare(
      'SELECT operation, result FROM audit ORDER BY sequence DESC LIMIT 1'
    )
    expect(last.get()).toEqual({ operation: 'attachment.saveCopy', result: 'refused' })
  })

  it('and does nothing for a desk that was locked while the dialog stood open', async () => {
    const { id } = await added('letter.pdf')
    const rows = () => record.store.reader.prepare('SELECT count(*) FROM attachment').pluck().get()
    const before = rows()
    chosen = inFolder('late.pdf')
    const locked = { code: 'locked' }
    const saving = saveCopy(desk, { id, familyId: place.familyId })
    const attaching = attach(desk, { id: newId(), ...place })
    desk.state = { stage: 'locked' }
    expect(await errorOf(saving)).toEqual(locked)
    expect(await errorOf(attaching)).toEqual(locked)
    expect(rows()).toBe(before)
  })
})
