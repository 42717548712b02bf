import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '../../electron/ipc/dispatch.ts'
import { roles, type Role } from '../../shared/access/roles.ts'
import { newId } from '../../shared/ids.ts'
import { contract, type Definition } from '../../shared/ipc/contract.ts'
import { operations } from '../../shared/ipc/operations.ts'
import { aKeyworkersCall, aSchool, callsWith } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const send = (name: string, raw: unknown, actor = desk.first) =>
  dispatch(desk.store, name, raw, actor, ({ error }) => void desk.faults.push(error))

/** Every row of every table, so that "nothing was written" means just that. */
function everything(): string {
  const { reader } = desk.store
  const tables = reader
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_words%'"
    )
    .pluck()
    .all() as string[]
  return JSON.stringify(tables.map((name) => [name, reader.prepare(`SELECT * FROM ${name}`).all()]))
}
const audits = () =>
  desk.store.reader
    .prepare('SELECT operation, result, reason, subject_ids AS subjects FROM audit ORDER BY sequence')
    .all()

describe('whatever a page sends', () => {
  it('never throws and never writes: any value, any name', async () => {
    const before = everything()
    const name = fc.oneof(
      fc.constantFrom(...operations),
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString')
    )
    await fc.assert(
      fc.asyncProperty(name, fc.anything(), async (operation, raw) => {
        const isHarmless = raw !== null && typeof raw === 'object' && Object.keys(raw).length === 0
        fc.pre(!isHarmless)
        const result = await send(operation, raw)
        expect(result.ok).toBe(false)
      }),
      { numRuns: 1_000 }
    )
    expect(everything()).toBe(before)
    expect(desk.faults).toEqual([])
  })

  it('never throws and never writes: a good call with one field gone bad', async () => {
    const before = everything()
    const draft = aKeyworkersCall()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(draft) as (keyof typeof draft)[])),
        fc
          .anything()
          .filter(
            (value) => typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number'
          ),
        async (field, value) => {
          fc.pre(!Array.isArray(draft[field]) || !Array.isArray(value))
          const result = await send('call.file', { ...draft, [field]: value })
          expect(result).toMatchObject({ ok: false, error: { code: 'invalid' } })
        }
      ),
      { numRuns: 500 }
    )
    expect(everything()).toBe(before)
  })

  it('refuses keys that the operation does not know: the page cannot say who it is', async () => {
    const before = everything()
    for (const extra of [
      { createdBy: newId() },
      { actor: { roles: ['administrator'] } },
      { hubId: newId() }
    ]) {
      expect(await send('call.file', { ...aKeyworkersCall(), ...extra })).toMatchObject({
        error: { code: 'invalid' }
      })
    }
    expect(everything()).toBe(before)
  })

  it('refuses what main answers itself', async () => {
    for (const name of operations.filter((each) => contract[each].kind === 'session')) {
      expect((await send(name, {})).ok, name).toBe(false)
    }
  })
})

describe('roles', () => {
  const inputs: Partial<Record<(typeof operations)[number], unknown>> = {
    'call.list': callsWith(''),
    'call.count': { filter: callsWith('').filter },
    'call.drafts': {},
    'school.list': { text: '', toCheck: false, after: '' },
    'setting.list': {},
    'account.list': {},
    'audit.list': { actorId: '', subjectId: '', operation: '', from: '', to: '', after: '' },
    'audit.checkChain': {}
  }
  const pairs = Object.keys(inputs).flatMap((name) =>
    roles.map((role) => ({ name: name as keyof typeof inputs, role }))
  )

  it.each(pairs)(
    '$role asks for $name',
    async ({ name, role }: { name: keyof typeof inputs; role: Role }) => {
      const { may }: Definition = contract[name]
      const result = await send(name, inputs[name], desk.actor(role))
      expect(result.ok).toBe(may === 'anyone' || may.includes(role))
      if (!result.ok)
        expect(audits().at(-1)).toMatchObject({ operation: name, result: 'refused', reason: 'not-allowed' })
    }
  )

  it('has every operation, and none beside', () => {
    expect(Object.keys(contract).toSorted()).toEqual(operations.toSorted())
  })

  it('gives the auditor nothing to write and nothing to export', () => {
    const writes = operations.filter((name) => {
      const { may, kind }: Definition = contract[name]
      return kind !== 'read' && may !== 'anyone' && may.includes('auditor')
    })
    // a report counts, the chain is reckoned again and an answer to a subject access request is gone through a piece at a
    // time: none of these writes anything; a reason to see a family is their own
    expect(writes).toEqual([
      'account.changePassphrase',
      'family.giveReason',
      'family.showWithheld',
      'subjectAccess.items',
      'subjectAccess.search',
      'subjectAccess.standing',
      'report.calls',
      'report.triage',
      'report.triageRows',
      'audit.checkChain'
    ])
  })
})

describe('the audit row', () => {
  it('comes with the act, in one transaction, and names what it is about by id', async () => {
    const draft = aKeyworkersCall()
    await send('call.file', draft)
    expect(audits().at(-1)).toEqual({
      operation: 'call.file',
      result: 'done',
      reason: '',
      subjects: draft.id
    })
  })

  it('stays when the act is refused after the rollback', async () => {
    const draft = aKeyworkersCall()
    await send('call.saveDraft', { draft, savedBefore: 0 })
    await send('call.file', draft, desk.actor('adviser'))
    expect(audits().at(-1)).toMatchObject({
      operation: 'call.file',
      result: 'refused',
      reason: 'not-your-draft'
    })
    expect(desk.store.reader.prepare('SELECT count(*) FROM call').pluck().get()).toBe(0)
  })

  it('undoes the act when it cannot be written', async () => {
    await desk.store.write(async (tx) => {
      tx.run("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
      await Promise.resolve()
    })
    const result = await send('call.file', aKeyworkersCall())
    expect(result).toMatchObject({ ok: false, error: { code: 'fault' } })
    expect(desk.store.reader.prepare('SELECT count(*) FROM call').pluck().get()).toBe(0)
  })

  it('gives a fault a reference and tells the person no more', async () => {
    await desk.store.write(async (tx) => {
      tx.run("CREATE TRIGGER no_call BEFORE INSERT ON call BEGIN SELECT RAISE(ABORT, 'Ann Dean'); END")
      await Promise.resolve()
    })
    const result = await send('call.file', aKeyworkersCall())
    expect(JSON.stringify(result)).not.toContain('Ann')
    const reference = !result.ok && result.error.code === 'fault' ? result.error.reference : ''
    expect(reference).toMatch(/^[0-9A-F]{6}$/)
    expect(audits().at(-1)).toMatchObject({ result: 'fault', reason: reference })
  })

  it('holds no name, no free text and no search words', async () => {
    const school = await aSchool(desk)
    await send('call.list', callsWith('Zebedee'), desk.actor('auditor'))
    await send('school.search', { text: 'Zebedee', includeClosed: false }, desk.actor('auditor'))
    await send('call.file', aKeyworkersCall({ concern: 'Zebedee', callerName: 'Zebedee' }))
    const text = JSON.stringify(desk.store.reader.prepare('SELECT * FROM audit').all())
    expect(text).not.toMatch(/Zebedee|Oakfield|Morgan/)
    expect(text).toContain(school.id)
  })

  it('is not left by an auditor’s look at what everyone may read', async () => {
    const before = audits().length
    await send('setting.list', {}, desk.actor('auditor'))
    await send('school.list', { text: '', toCheck: false, after: '' }, desk.actor('auditor'))
    expect(audits()).toHaveLength(before)
  })

  it('is left by an auditor’s reading of a record, and not by that of a person who works with it', async () => {
    await send('call.list', callsWith(''))
    const before = audits().length
    await send('call.list', callsWith(''))
    expect(audits()).toHaveLength(before)
    await send('call.list', callsWith(''), desk.actor('auditor'))
    expect(audits()).toHaveLength(before + 1)
  })
})
