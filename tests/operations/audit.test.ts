import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../../db/open.ts'
import { audit } from '../../db/schema/index.ts'
import { appendAudit, hashOf } from '../../electron/audit/appendAudit.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AuditQuery } from '../../shared/audit/audit.ts'
import { newId } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const ROWS = 130
const everything: AuditQuery = { actorId: '', subjectId: '', operation: '', from: '', to: '', after: '' }

let desk: TestDesk
let auditor: Actor
const subject = newId()
const other: Actor[] = []

beforeAll(async () => {
  desk = await openTestDesk()
  auditor = desk.actor('auditor')
  other.push(desk.actor('adviser'), { ...desk.actor('adviser'), deviceId: newId() })
  await desk.store.write(async (tx) => {
    for (let index = 0; index < ROWS; index++) {
      const now = new Date(Date.UTC(2026, 5, 1, 8, index * 30)).toISOString()
      const act = {
        operation: index % 5 ? 'call.read' : 'call.file',
        subjectIds: index % 10 ? [newId()] : [subject, newId()],
        result: 'done' as const
      }
      await appendAudit(tx, act, { ...(other[index % 2] as Actor), now })
    }
  })
})
afterAll(() => {
  desk.close()
})

const list = (query: Partial<AuditQuery> = {}) =>
  desk.does('audit.list', { ...everything, ...query }, auditor)

async function listAll(query: Partial<AuditQuery> = {}) {
  const rows = []
  for (let after = ''; ;) {
    const page = await list({ ...query, after })
    expect(page.rows.length).toBeLessThanOrEqual(50)
    rows.push(...page.rows)
    if (!page.next) return rows
    after = page.next
  }
}

describe('the audit list', () => {
  it('is the auditor’s, and reading it is audited', async () => {
    expect(await desk.run('audit.list', everything, desk.first)).toMatchObject({
      error: { code: 'not-allowed' }
    })
    await list()
    const [newest] = (await list({ operation: 'audit.list', actorId: auditor.id })).rows
    expect(newest).toMatchObject({ actorId: auditor.id, operation: 'audit.list', result: 'done' })
  })

  it('shows every row once, newest first, page after page', async () => {
    const rows = await listAll({ to: '2026-06-30' })
    expect(rows).toHaveLength(ROWS)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(ROWS)
    expect(rows.map(({ at }) => at)).toEqual(
      rows
        .map(({ at }) => at)
        .sort()
        .reverse()
    )
  })

  it('can be narrowed by person, subject, operation and date', async () => {
    expect(await listAll({ actorId: other[0]?.id ?? '' })).toHaveLength(ROWS / 2)
    expect(await listAll({ subjectId: subject })).toHaveLength(ROWS / 10)
    expect(await listAll({ operation: 'call.file' })).toHaveLength(ROWS / 5)
    expect(
      await listAll({ operation: 'call.file', subjectId: subject, actorId: other[1]?.id ?? '' })
    ).toEqual([])
  })

  it('goes by days in London, both ends included', async () => {
    const day = await listAll({ from: '2026-06-02', to: '2026-06-02' })
    // summer time: from 23:00 UTC to 22:30 UTC
    expect(day.map(({ at }) => at)).toHaveLength(48)
    expect(day.at(-1)?.at).toBe('2026-06-01T23:00:00.000Z')
    expect(day.at(0)?.at).toBe('2026-06-02T22:30:00.000Z')
  })

  it('holds codes and ids only', async () => {
    for (const row of await listAll()) {
      expect(row.operation).toMatch(/^[a-z]+\.[A-Za-z]+$/)
      expect([row.actorId, row.deviceId, ...row.subjectIds].join()).toMatch(/^[0-9a-f,-]*$/)
      expect(row.reason).toMatch(/^[A-Za-z0-9-]*$/)
    }
  })
})

describe('the chain', () => {
  const check = () => desk.does('audit.checkChain', {}, auditor)

  /** Breaks the chain behind the application’s back, asks, and puts it right again. */
  async function brokenBy(work: (tx: Tx) => Promise<unknown>) {
    const before = await desk.store.read(async (db) => db.select().from(audit))
    await desk.store.write(work)
    const result = await check()
    await desk.store.write(async (tx) => {
      await tx.delete(audit)
      for (let at = 0; at < before.length; at += 500)
        await tx.insert(audit).values(before.slice(at, at + 500))
    })
    return result
  }

  it('is whole along every device', async () => {
    const rows = await desk.store.read(async (db) => db.$count(audit))
    // that it was asked for stands in the chain before it is checked
    expect(await check()).toEqual({ whole: true, rows: rows + 1 })
  })

  it('tells the row in which any field was altered', async () => {
    const rows = await desk.store.read(async (db) => db.select().from(audit))
    const field = fc.constantFrom(
      'at',
      'actorId',
      'deviceId',
      'operation',
      'subjectIds',
      'reason',
      'result',
      'id',
      'previousHash',
      'hash',
      'sequence'
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(rows.length - 1), field, fc.uuid(), async (index, name, text) => {
        const row = rows[index]
        if (!row) return
        const value = name === 'sequence' ? row.sequence + 1_000 : text
        const result = await brokenBy((tx) =>
          tx
            .update(audit)
            .set({ [name]: value })
            .where(eq(audit.id, row.id))
        )
        const brokenAt = { sequence: row.sequence, at: row.at, id: row.id, [name]: value }
        const { sequence, at, id } = brokenAt
        expect(result).toMatchObject({ whole: false, brokenAt: { sequence, at, id } })
      }),
      { numRuns: 40 }
    )
  })

  it('tells where a row is gone', async () => {
    const rows = await desk.store.read(async (db) =>
      db
        .select()
        .from(audit)
        .where(eq(audit.deviceId, other[1]?.deviceId ?? ''))
    )
    const gone = rows.find(({ sequence }) => sequence === 7)
    const next = rows.find(({ sequence }) => sequence === 8)
    const result = await brokenBy((tx) => tx.delete(audit).where(eq(audit.id, gone?.id ?? '')))
    expect(result).toMatchObject({ whole: false, brokenAt: { sequence: 8, id: next?.id } })
  })

  it('tells a row whose hash was made to fit', async () => {
    const result = await brokenBy(async (tx) => {
      const [row] = await tx.select().from(audit).where(eq(audit.sequence, 5)).limit(1)
      if (!row) throw new Error('No fifth row')
      const forged = { ...row, actorId: newId() }
      await tx
        .update(audit)
        .set({ actorId: forged.actorId, hash: hashOf(forged) })
        .where(eq(audit.id, row.id))
    })
    expect(result).toMatchObject({ whole: false, brokenAt: { sequence: 6 } })
  })
})
