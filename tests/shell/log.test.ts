import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../electron/shell/log.ts'
import { describeFault, redact } from '../../electron/shell/redact.ts'

/** Invented people. Nothing of this may ever be seen in the log. */
const personal = [
  'Siobhan',
  'Okonkwo-Reilly',
  "O'Brien",
  'Zoë',
  '03/09/2015',
  '3.9.15',
  '2015-09-03',
  '03092015',
  '3 September 2015',
  '01632 960123',
  '07700900123',
  '+44 7700 900 123',
  '0300-123-0000',
  'WD18 0HU',
  'wd180hu',
  'siobhan@school.example',
  'A123456789012',
  '943 476 5919',
  '"bruise on the left arm"',
  'JANE',
  'jane.smith',
  'jane-smith'
]

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const written = (): string =>
  readdirSync(join(folder, 'logs'))
    .map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
    .join('')

describe('redact', () => {
  it('lets through what the desk made itself', () => {
    const line =
      'operation-fault operation=call.file reference=7F3A91 id=0193a5b2-7c1e-7d3f-9a4b-5c6d7e8f9a0b ' +
      'code=SQLITE_BUSY error=SqliteError stack=fileCall@database.js:120|run@database.js:7 count=3 ms=1200'
    expect(redact(line)).toBe(line)
    expect(redact('operation-fault reference=HUB-7KQ3-000123')).toBe(
      'operation-fault reference=HUB-7KQ3-000123'
    )
    expect(redact('app-started version=v0.1.0')).toBe('app-started version=v0.1.0')
    expect(redact('database-refused code=ENOENT')).toBe('database-refused code=ENOENT')
  })

  it.each(personal)('keeps %s out, bare, in a sentence and in every field', (text) => {
    expect(redact(text)).toBe('[redacted]')
    expect(redact(`Error: no child ${text} at this address`)).toBe('[redacted]')
    for (const field of [
      'operation',
      'reference',
      'id',
      'code',
      'reason',
      'version',
      'error',
      'stack',
      'count',
      'ms'
    ]) {
      const word = text.replaceAll(/\s+/gu, '')
      const redacted = redact(`operation-fault ${field}=${word}`)
      expect(redacted).toBe(`operation-fault ${field}=[redacted]`)
    }
  })

  it('lets no line of free text through, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z][a-z'-]{1,12}$/u), { minLength: 1 }), (names) => {
        expect(redact(names.join(' '))).toBe('[redacted]')
      })
    )
  })
})

describe('describeFault', () => {
  const path = '/opt/desk/out/main/database.js'
  const thrown = (message: string, stack: string, extra: object = {}): Error =>
    Object.assign(new Error(message), { stack }, extra)

  it('keeps kinds, the first code and places of an error and its causes, and no message', () => {
    const cause = thrown(
      'UNIQUE failed: Siobhan 03/09/2015',
      `SqliteError: UNIQUE failed: Siobhan 03/09/2015\n    at insertCall (${path}:88:3)`,
      { name: 'SqliteError', code: 'SQLITE_CONSTRAINT' }
    )
    const error = thrown(
      'cannot file the call of Okonkwo-Reilly',
      `TypeError: cannot file the call of Okonkwo-Reilly\n    at async fileCall (file://${path}:120:9)\n    at file://${path}:7:1`,
      { name: 'TypeError', cause }
    )
    expect(describeFault(error)).toEqual({
      error: 'TypeError<SqliteError',
      code: 'SQLITE_CONSTRAINT',
      stack: 'fileCall@database.js:120|anonymous@database.js:7|insertCall@database.js:88'
    })
  })

  it('is not taken in by a message that looks like a stack, or a code or name that is a person’s', () => {
    const message = `x\n    at Siobhan (${path}:1:2)`
    const error = thrown(message, `Error: ${message}\n    at run (${path}:3:4)`, {
      name: 'Siobhan',
      code: 'Okonkwo'
    })
    expect(describeFault(error)).toEqual({ error: 'Error', code: undefined, stack: 'run@database.js:3' })
  })

  it.each([['Siobhan'], [{ name: 'Siobhan' }], [null], [undefined], [7700900123]])(
    'says nothing of %j',
    (value) => {
      expect(describeFault(value)).toEqual({ error: 'Error', code: undefined, stack: undefined })
    }
  )

  it('ends on causes that go round in a ring', () => {
    const error = new Error('a')
    error.cause = error
    expect(describeFault(error).error).toBe('Error<Error<Error<Error<Error')
  })
})

describe('openLog', () => {
  it('writes nothing personal, from messages, causes, fields or the shape of an error', () => {
    const log = openLog(folder)
    for (const text of personal) {
      const cause = new RangeError(`row ${text}`)
      log.fault('operation-fault', new TypeError(`bad ${text}\n    at ${text} (/a.js:1:1)`, { cause }), {
        reference: '7F3A91'
      })
      log.fault('uncaught-exception', text)
      log.fault('uncaught-exception', new AggregateError([cause], text))
      log.event('operation-fault', { operation: text, reference: text, id: text, code: text, reason: text })
      // what a caller without types could hand over
      log.event(text as 'app-started', { [text]: text })
    }
    const found = written()
    for (const text of personal) expect(found).not.toContain(text)
    expect(found).toContain('operation-fault')
    expect(found).toContain('error=TypeError<RangeError')
    expect(found).toContain('stack=anonymous@log.test.ts:')
  })

  it('names real places in our own code', () => {
    openLog(folder).fault('operation-fault', new Error('Siobhan'))
    expect(written()).toMatch(/^\S+Z error operation-fault error=Error stack=\S*log\.test\.ts:\d+/u)
  })

  it('is its owner’s alone, and turns over at its size, keeping three', () => {
    const log = openLog(folder, 2_000)
    for (let count = 0; count < 500; count += 1) log.event('import-finished', { count })
    const logs = join(folder, 'logs')
    expect(readdirSync(logs).sort()).toEqual(['desk.1.log', 'desk.2.log', 'desk.log'])
    for (const name of readdirSync(logs)) {
      expect(statSync(join(logs, name)).size).toBeLessThan(2_200)
      expect(statSync(join(logs, name)).mode & 0o777).toBe(0o600)
    }
    expect(statSync(logs).mode & 0o777).toBe(0o700)
    expect(readFileSync(join(logs, 'desk.log'), 'utf8')).toContain('count=499')
  })
})
