import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addSlot,
  changeKeyFile,
  createKeyFile,
  findSlot,
  openRecovery,
  openSlot,
  readKeyFile,
  removeSlots,
  renameSlot,
  replacePassphrase,
  replaceRecovery,
  wipe,
  writeKeyFile
} from '../../electron/account/keyFile.ts'
import { deskCosts, KeyFileError, parseKeyFile, type KeyFile } from '../../electron/account/keyFileFormat.ts'
import { newOneTimePassphrase } from '../../electron/account/recoveryKey.ts'
import { stretchingIn } from '../../electron/account/stretch.ts'
import { formatRecoveryKey } from '../../shared/account/recoveryKey.ts'
import { newId } from '../../shared/ids.ts'
import { cheapCosts, stretchingHere } from '../fixtures/stretchHere.ts'

const keyThread = new URL('../../electron/account/keyThread.ts', import.meta.url)
const ines = { accountId: newId(), name: 'Inês Ferreira', passphrase: 'walnut bicycle harbour' }
const tom = { accountId: newId(), name: 'Tom O’Connor', passphrase: 'lantern gravel otter' }

let desk: Awaited<ReturnType<typeof createKeyFile>>
let both: KeyFile
beforeAll(async () => {
  desk = await createKeyFile(stretchingHere, ines)
  both = await addSlot(stretchingHere, desk.file, desk.dataKey, tom)
})

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const openAs = async (file: KeyFile, name: string, passphrase: string) =>
  openSlot(stretchingHere, file, await findSlot(stretchingHere, file, name), passphrase)
const refused = (problem: string) => expect.objectContaining({ name: 'KeyFileError', problem }) as unknown
const keysIn = (text: string): Promise<void> => writeFile(join(folder, 'keys.json'), text)

describe('opening', () => {
  it('gives each person the same data key under their own passphrase', async () => {
    const opened = await openAs(both, " tom  o'connor", tom.passphrase)
    expect(opened).toMatchObject({ dataKey: desk.dataKey, accountId: tom.accountId, mustChange: false })
    expect((await openAs(both, 'INES FERREIRA', ines.passphrase))?.dataKey).toEqual(desk.dataKey)
  })

  it('opens nothing for a wrong passphrase, another person’s, or an unknown name', async () => {
    expect(await openAs(both, tom.name, 'lantern gravel otters')).toBeUndefined()
    expect(await openAs(both, tom.name, ines.passphrase)).toBeUndefined()
    expect(await openAs(both, 'Nobody Atall', ines.passphrase)).toBeUndefined()
    expect(await openAs(both, '', '')).toBeUndefined()
  })

  it('stretches as often for an unknown name as for a known one', async () => {
    const costs: number[][] = []
    for (const name of [tom.name, 'Nobody Atall']) {
      const asked: number[] = []
      const counting = {
        ...stretchingHere,
        stretch: (secret: string, kdf: Parameters<typeof stretchingHere.stretch>[1]) => {
          asked.push(kdf.memoryKiB)
          return stretchingHere.stretch(secret, kdf)
        }
      }
      await openSlot(counting, both, await findSlot(counting, both, name), 'not the passphrase')
      costs.push(asked)
    }
    expect(costs[0]).toEqual(costs[1])
  })

  it('treats the same characters typed on another keyboard as the same passphrase', async () => {
    const file = await replacePassphrase(stretchingHere, both, desk.dataKey, both.people[1]?.id ?? '', {
      name: tom.name,
      passphrase: 'cafe\u0301 gravel lantern'
    })
    expect(await openAs(file, tom.name, 'caf\u00e9 gravel lantern')).toBeDefined()
  })

  it('holds no name in plain words', () => {
    expect(JSON.stringify(both)).not.toMatch(/tom|connor|ines|ferreira/i)
  })

  it('does it in a thread at the full price', { timeout: 60_000 }, async () => {
    const thread = stretchingIn(keyThread)
    const { file, dataKey } = await createKeyFile(thread, ines)
    expect(parseKeyFile(JSON.stringify(file))).toEqual(file)
    const slot = await findSlot(thread, file, ines.name)
    expect((await openSlot(thread, file, slot, ines.passphrase))?.dataKey).toEqual(dataKey)
    expect(await openSlot(thread, file, slot, tom.passphrase)).toBeUndefined()
  })

  it('gets the same key from the thread as from hash-wasm itself, and an error rather than silence', async () => {
    const thread = stretchingIn(keyThread, cheapCosts)
    const kdf = both.nameKdf
    for (const secret of ['tom oconnor', '', 'Siân 🦦'.repeat(40)]) {
      expect(await thread.stretch(secret, kdf)).toEqual(await stretchingHere.stretch(secret, kdf))
    }
    await expect(thread.stretch('tom oconnor', { ...kdf, memoryKiB: 1 })).rejects.toThrow()
  })

  it('begins another thread beside one that stands still, so that nobody waits at the door for ever', async () => {
    const begun = join(folder, 'begun')
    const still = join(folder, 'still.mjs')
    await writeFile(
      still,
      `import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      if (existsSync(${JSON.stringify(begun)})) await import(${JSON.stringify(keyThread.href)})
      else {
        writeFileSync(${JSON.stringify(begun)}, '')
        parentPort.on('message', () => undefined)
      }`
    )
    const thread = stretchingIn(pathToFileURL(still), cheapCosts, 300)
    expect(await thread.stretch('tom oconnor', both.nameKdf)).toEqual(
      await stretchingHere.stretch('tom oconnor', both.nameKdf)
    )
  })
})

describe('changing', () => {
  it('refuses a second person of the same name, and a second slot for one person', async () => {
    const again = { accountId: newId(), name: 'tom oconnor', passphrase: 'granite teapot willow' }
    await expect(addSlot(stretchingHere, both, desk.dataKey, again)).rejects.toEqual(refused('name-taken'))
    await expect(
      addSlot(stretchingHere, both, desk.dataKey, { ...again, accountId: tom.accountId })
    ).rejects.toEqual(refused('account-has-slot'))
    await expect(addSlot(stretchingHere, both, desk.dataKey, { ...again, name: ' - ' })).rejects.toEqual(
      refused('name-empty')
    )
  })

  it('refuses a poor passphrase and says why', async () => {
    await expect(
      createKeyFile(stretchingHere, { ...ines, passphrase: 'passwordpassword' })
    ).rejects.toMatchObject({
      problem: 'passphrase-refused',
      passphraseProblem: 'too-common'
    })
  })

  it('changes a passphrase: the old one opens nothing, the same one again is refused', async () => {
    const slotId = both.people[1]?.id ?? ''
    const change = (passphrase: string) =>
      replacePassphrase(stretchingHere, both, desk.dataKey, slotId, { name: tom.name, passphrase })
    const file = await change('granite teapot willow')
    expect(await openAs(file, tom.name, tom.passphrase)).toBeUndefined()
    expect(await openAs(file, tom.name, 'granite teapot willow')).toBeDefined()
    await expect(change(tom.passphrase)).rejects.toEqual(refused('passphrase-unchanged'))
  })

  it('gives a one-time passphrase, typed in any case, that must be changed for another', async () => {
    const passphrase = newOneTimePassphrase()
    const slotId = both.people[1]?.id ?? ''
    const file = await replacePassphrase(stretchingHere, both, desk.dataKey, slotId, {
      name: tom.name,
      passphrase,
      mustChange: true
    })
    const typed = passphrase.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
    expect(await openAs(file, tom.name, typed)).toMatchObject({ mustChange: true, dataKey: desk.dataKey })
    await expect(
      replacePassphrase(stretchingHere, file, desk.dataKey, slotId, { name: tom.name, passphrase: typed })
    ).rejects.toEqual(refused('passphrase-unchanged'))
  })

  it('renames without the passphrase, and not to a name that is taken', async () => {
    const slotId = both.people[1]?.id ?? ''
    const file = await renameSlot(stretchingHere, both, slotId, 'Tom Adeyemi')
    expect(await openAs(file, 'tom adeyemi', tom.passphrase)).toBeDefined()
    expect(await openAs(file, tom.name, tom.passphrase)).toBeUndefined()
    await expect(renameSlot(stretchingHere, both, slotId, 'ines ferreira')).rejects.toEqual(
      refused('name-taken')
    )
    expect(await renameSlot(stretchingHere, both, slotId, 'TOM OCONNOR')).toEqual(both)
  })

  it('removes a person, but never the last', async () => {
    const file = removeSlots(both, tom.accountId)
    expect(await openAs(file, tom.name, tom.passphrase)).toBeUndefined()
    expect(() => removeSlots(file, ines.accountId)).toThrow(expect.objectContaining({ problem: 'last-slot' }))
  })

  it('opens by the recovery key however it is typed, until it is replaced', () => {
    const typed = formatRecoveryKey(desk.recoveryKey).toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l')
    expect(openRecovery(both, typed)).toEqual(desk.dataKey)
    const { file, recoveryKey } = replaceRecovery(both, desk.dataKey)
    expect(openRecovery(file, desk.recoveryKey)).toBeUndefined()
    expect(openRecovery(file, recoveryKey)).toEqual(desk.dataKey)
    expect(openRecovery(file, 'nonsense')).toBeUndefined()
  })

  it('never wraps an overwritten data key, though it locks in the middle of the change', async () => {
    const dataKey = Uint8Array.from(desk.dataKey)
    const person = { accountId: newId(), name: 'Wen Li', passphrase: 'granite teapot willow' }
    const adding = addSlot(stretchingHere, both, dataKey, person)
    wipe(dataKey)
    await expect(adding).rejects.toEqual(refused('wrong-data-key'))
  })

  it('keeps every passphrase true through any sequence of changes', { timeout: 60_000 }, async () => {
    const step = fc.tuple(fc.constantFrom('add', 'change', 'rename', 'remove', 'recovery'), fc.nat(5))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        let file = both
        let recoveryKey = desk.recoveryKey
        let people = [ines, tom]
        for (const [index, [act, pick]] of steps.entries()) {
          const person = people[pick % people.length] ?? ines
          const slotId = file.people.find((slot) => slot.accountId === person.accountId)?.id ?? ''
          const others = people.filter((other) => other !== person)
          const passphrase = `granite ${index} teapot willow`
          if (act === 'add') {
            const added = { accountId: newId(), name: `Person ${index}`, passphrase }
            file = await addSlot(stretchingHere, file, desk.dataKey, added)
            people = [...people, added]
          } else if (act === 'change') {
            file = await replacePassphrase(stretchingHere, file, desk.dataKey, slotId, {
              name: person.name,
              passphrase
            })
            people = [...others, { ...person, passphrase }]
          } else if (act === 'rename') {
            file = await renameSlot(stretchingHere, file, slotId, `Renamed ${index}`)
            people = [...others, { ...person, name: `Renamed ${index}` }]
          } else if (act === 'recovery') {
            ;({ file, recoveryKey } = replaceRecovery(file, desk.dataKey))
          } else if (others.length > 0) {
            file = removeSlots(file, person.accountId)
            people = others
          }
        }
        expect(parseKeyFile(JSON.stringify(file), cheapCosts)).toEqual(file)
        expect(file.people).toHaveLength(people.length)
        expect(openRecovery(file, recoveryKey)).toEqual(desk.dataKey)
        for (const { name, passphrase, accountId } of people) {
          expect(await openAs(file, name, passphrase)).toMatchObject({ accountId, dataKey: desk.dataKey })
        }
      }),
      { numRuns: 30 }
    )
  })
})

describe('tampering', () => {
  const edited = (
    edit: (file: { people: Record<string, unknown>[]; [field: string]: unknown }) => void
  ): KeyFile => {
    const copy = JSON.parse(JSON.stringify(both)) as Parameters<typeof edit>[0]
    edit(copy)
    return parseKeyFile(JSON.stringify(copy), cheapCosts)
  }

  it.each([
    ['id', newId()],
    ['accountId', newId()],
    ['mustChange', true]
  ])('does not open a slot whose %s was edited', async (field, value) => {
    const file = edited(({ people }) => Object.assign(people[1] ?? {}, { [field]: value }))
    expect(await openAs(file, tom.name, tom.passphrase)).toBeUndefined()
  })

  it('does not open a slot moved to another file or given another’s key', async () => {
    const moved = edited((file) => Object.assign(file, { fileId: newId() }))
    expect(await openAs(moved, tom.name, tom.passphrase)).toBeUndefined()
    expect(openRecovery(moved, desk.recoveryKey)).toBeUndefined()
    const swapped = edited(({ people: [first, second] }) => {
      Object.assign(second ?? {}, { wrapped: first?.['wrapped'], kdf: first?.['kdf'] })
    })
    expect(await openAs(swapped, tom.name, ines.passphrase)).toBeUndefined()
  })

  it('refuses parameters below the floor, and ones that would freeze the computer', () => {
    const text = (memoryKiB: number) =>
      JSON.stringify(both).replaceAll('"memoryKiB":16', `"memoryKiB":${memoryKiB}`)
    expect(() => parseKeyFile(text(15), cheapCosts)).toThrow(expect.objectContaining({ problem: 'too-weak' }))
    expect(() => parseKeyFile(text(16), deskCosts)).toThrow(expect.objectContaining({ problem: 'too-weak' }))
    expect(() => parseKeyFile(text(2 ** 31), cheapCosts)).toThrow(
      expect.objectContaining({ problem: 'damaged' })
    )
  })

  it('answers any text with a key file or a typed error', () => {
    const parses = (text: string) => {
      try {
        parseKeyFile(text, cheapCosts)
      } catch (error) {
        expect(error).toBeInstanceOf(KeyFileError)
      }
    }
    fc.assert(fc.property(fc.string(), parses))
    fc.assert(fc.property(fc.json(), parses))
    fc.assert(
      fc.property(fc.nat(), fc.nat(40), fc.string({ maxLength: 20 }), (at, length, put) => {
        const text = JSON.stringify(both)
        const from = at % text.length
        parses(text.slice(0, from) + put + text.slice(from + length))
      })
    )
  })

  it(
    'opens with the true key, or not at all, whatever in the file is replaced',
    { timeout: 60_000 },
    async () => {
      const spots = [...pathsIn(both)]
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...spots), fc.jsonValue(), async (path, value) => {
          let file: KeyFile
          try {
            file = parseKeyFile(JSON.stringify(replacedAt(both, path, value)), cheapCosts)
          } catch (error) {
            expect(error).toBeInstanceOf(KeyFileError)
            return
          }
          const opened = await openAs(file, tom.name, tom.passphrase)
          if (opened)
            expect(opened).toMatchObject({
              dataKey: desk.dataKey,
              accountId: tom.accountId,
              mustChange: false
            })
        }),
        { numRuns: 300 }
      )
    }
  )
})

function* pathsIn(value: unknown, path: string[] = []): Generator<string[]> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, key])
}

function replacedAt(value: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? replacedAt(item, rest, put) : item))
  const object = value as Record<string, unknown>
  return { ...object, [key]: replacedAt(object[key], rest, put) }
}

describe('on disk', () => {
  it('is nothing before it is written, and for its owner only afterwards', async () => {
    expect(await readKeyFile(folder, cheapCosts)).toBeUndefined()
    await writeKeyFile(folder, desk.file)
    await writeKeyFile(folder, both)
    expect(await readKeyFile(folder, cheapCosts)).toEqual({ file: both, from: 'current' })
    expect(await readdir(folder)).toEqual(['keys.json', 'keys.previous.json'])
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  })

  it('falls back to the previous file when the current one is missing or damaged, and puts it right', async () => {
    await writeKeyFile(folder, desk.file)
    await writeKeyFile(folder, both)
    await keysIn(JSON.stringify(both).slice(0, 300))
    expect(await readKeyFile(folder, cheapCosts)).toEqual({ file: desk.file, from: 'previous' })
    await rm(join(folder, 'keys.json'))
    expect(await readKeyFile(folder, cheapCosts)).toEqual({ file: desk.file, from: 'previous' })
    await writeKeyFile(folder, both)
    expect(await readKeyFile(folder, cheapCosts)).toEqual({ file: both, from: 'current' })
  })

  it('does not bring a stopped person back by the previous file', async () => {
    await writeKeyFile(folder, both)
    await writeKeyFile(folder, removeSlots(both, tom.accountId))
    await rm(join(folder, 'keys.json'))
    expect((await readKeyFile(folder, cheapCosts))?.file.people).toHaveLength(1)
  })

  it('says so when neither can be read, or a newer version wrote it, and leaves it alone', async () => {
    await keysIn('{')
    await expect(readKeyFile(folder, cheapCosts)).rejects.toEqual(refused('damaged'))
    await expect(writeKeyFile(folder, both)).rejects.toEqual(refused('damaged'))
    await keysIn(JSON.stringify({ ...both, version: 2 }))
    await expect(writeKeyFile(folder, both)).rejects.toEqual(refused('newer'))
    await keysIn(' '.repeat(3_000_000))
    await expect(readKeyFile(folder, cheapCosts)).rejects.toEqual(refused('damaged'))
    expect(await readFile(join(folder, 'keys.json'), 'utf8')).toHaveLength(3_000_000)
  })

  it('loses neither of two changes made at once', async () => {
    await writeKeyFile(folder, desk.file)
    const add = (name: string) =>
      changeKeyFile(
        folder,
        async (file) => ({
          file: await addSlot(stretchingHere, file, desk.dataKey, { ...tom, accountId: newId(), name })
        }),
        cheapCosts
      )
    await Promise.all([add('Wen Li'), add('Ada Brook'), add('wen li').catch(() => undefined)])
    expect((await readKeyFile(folder, cheapCosts))?.file.people).toHaveLength(3)
  })
})
