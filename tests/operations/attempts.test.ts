import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  attempt,
  clearFailures,
  forgetPending,
  readAttempts,
  waitBefore
} from '../../electron/account/attempts.ts'
import { changeDeskCode, settleDesk } from '../../electron/account/deskFile.ts'
import { readDeskCode } from '../../shared/account/deskCode.ts'
import { newId } from '../../shared/ids.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attempts-'))
})
afterEach(() => rm(folder, { recursive: true }))

const ines = { bucket: newId(), accountId: newId() }
const nobody = { bucket: 'unknown', accountId: null } as const
const noon = Date.parse('2026-11-23T12:00:00.000Z')

const wrong = (at: number, who: Parameters<typeof attempt>[1] = ines) =>
  attempt<string>(
    folder,
    who,
    () => Promise.resolve(undefined),
    () => at
  )
const right = (at: number) =>
  attempt(
    folder,
    ines,
    () => Promise.resolve('opened'),
    () => at
  )
const damage = (text: string) => writeFile(join(folder, 'attempts.json'), text)

describe('wrong passphrases', () => {
  it('make the next wait longer, on disk before they are answered', async () => {
    expect(await wrong(noon)).toEqual({ opened: undefined, tried: true, waitMs: 1000 })
    expect(await right(noon + 999)).toEqual({ opened: undefined, tried: false, waitMs: 1 })
    expect(await wrong(noon + 1000)).toEqual({ opened: undefined, tried: true, waitMs: 2000 })
    expect((await stat(join(folder, 'attempts.json'))).mode & 0o777).toBe(0o600)
  })

  it('reach five minutes and stay there', async () => {
    let now = noon
    let waitMs = 0
    for (let count = 0; count < 14; count++) {
      const answer = await wrong(now)
      waitMs = answer.opened === undefined ? answer.waitMs : 0
      now += waitMs
    }
    expect(waitMs).toBe(300_000)
  })

  it('are forgotten once it opens, though still to be audited', async () => {
    await wrong(noon)
    expect(await right(noon + 1000)).toEqual({ opened: 'opened' })
    const attempts = await readAttempts(folder, () => noon + 1000)
    expect(waitBefore(attempts, ines.bucket, noon + 1000)).toBe(0)
    expect(attempts.pending).toMatchObject([{ at: '2026-11-23T12:00:00.000Z', ...ines }])
    await forgetPending(
      folder,
      attempts.pending.map(({ id }) => id)
    )
    expect((await readAttempts(folder)).pending).toEqual([])
  })

  it('keep one person’s wait apart from another’s, and count unknown names together', async () => {
    await wrong(noon)
    expect(await wrong(noon, nobody)).toMatchObject({ waitMs: 1000 })
    expect(await wrong(noon + 1000, nobody)).toMatchObject({ waitMs: 2000 })
    await clearFailures(folder, ines.bucket)
    expect(await right(noon)).toEqual({ opened: 'opened' })
  })

  it('cannot be tried several at a time', async () => {
    const answers = await Promise.all([wrong(noon), wrong(noon), wrong(noon)])
    expect(answers.map((answer) => answer.opened === undefined && answer.tried)).toEqual([true, false, false])
  })

  it('leave no file behind when there were none', async () => {
    await right(noon)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('the file of attempts', () => {
  it.each(['', '{', 'null', '{"version":1}', '{"version":2,"buckets":{},"pending":[],"notListed":0}'])(
    'means five minutes for everybody when it holds %j',
    async (text) => {
      await damage(text)
      expect(await right(noon)).toEqual({ opened: undefined, tried: false, waitMs: 300_000 })
      expect(await right(noon + 299_999)).toMatchObject({ waitMs: 1 })
      expect(await wrong(noon + 300_000)).toMatchObject({ tried: true, waitMs: 300_000 })
      expect(await right(noon + 600_000)).toEqual({ opened: 'opened' })
      expect(await wrong(noon + 600_000, nobody)).toMatchObject({ waitMs: 1000 })
    }
  )

  it('is read without a fault whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await damage(text)
        expect(await right(noon)).toMatchObject({ opened: undefined, waitMs: 300_000 })
      }),
      { numRuns: 50 }
    )
  })

  it('makes the wait run from now when the clock was moved back, and only once', async () => {
    await wrong(noon)
    await wrong(noon + 1000)
    const yesterday = noon - 86_400_000
    expect(await right(yesterday)).toMatchObject({ waitMs: 2000 })
    expect(await right(yesterday + 1500)).toMatchObject({ waitMs: 500 })
    expect(await right(yesterday + 2000)).toEqual({ opened: 'opened' })
  })
})

describe('this desk', () => {
  it('proposes a code and keeps it, with the device, until it is changed', async () => {
    const desk = await settleDesk(folder)
    expect(readDeskCode(desk.deskCode)).toBe(desk.deskCode)
    expect(await settleDesk(folder)).toEqual(desk)
    expect(await changeDeskCode(folder, '7KQ3')).toEqual({ ...desk, deskCode: '7KQ3' })
    expect(await settleDesk(folder)).toEqual({ ...desk, deskCode: '7KQ3' })
    await expect(changeDeskCode(folder, 'HUB!')).rejects.toThrow()
  })

  it('is the same desk when asked twice at once', async () => {
    const [one, other] = await Promise.all([settleDesk(folder), settleDesk(folder)])
    expect(one).toEqual(other)
  })

  it('does not become another desk because its file is damaged', async () => {
    await writeFile(join(folder, 'desk.json'), '{"deskCode":')
    await expect(settleDesk(folder)).rejects.toMatchObject({ name: 'DeskFileError' })
  })
})
