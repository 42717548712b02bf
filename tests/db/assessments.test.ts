import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import { connect, type Connection } from '../../db/open.ts'
import { draftForm } from '../../shared/draft/draft.ts'
import { emptyRecordedAgreement, emptyRegistration, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { insertRow } from '../fixtures/rows.ts'

const migrations = readMigrations(migrationsFolder)
const AT = '2026-11-23T10:00:00.000Z'
const ACCOUNT = newId()

let folder: string
let connection: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assessments-'))
  connection = connect({ file: join(folder, 'desk.db'), key: new Uint8Array(randomBytes(32)) })
  connection.exec(`CREATE TABLE __drizzle_migrations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)`)
  for (const { sql, hash, folderMillis } of migrations.slice(0, 4)) {
    for (const statement of sql) connection.exec(statement)
    connection
      .prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
      .run(hash, folderMillis)
  }
  insert('account', { id: ACCOUNT, name: 'Morgan Ellis', status: 'active' })
  insert('account_role', { id: newId(), account_id: ACCOUNT, role: 'administrator' })
  insert('setting', {
    ...{ id: newId(), hub_id: 'county', created_at: AT, created_by: ACCOUNT, kind: 'screen', key: 'desk' },
    ...{ value: '{"hideFromRecordings":true}', valid_from: '2019-12-01' }
  })
})
afterEach(() => {
  connection.close()
  rmSync(folder, { recursive: true })
})

const insert = (table: string, values: Record<string, unknown>) => insertRow(connection, table, values)

describe('migration 0004, with rows', () => {
  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    prepare(connection, migrations)
    const kept = connection
      .prepare(
        `SELECT id, kind, key, value, valid_from AS validFrom, valid_to AS validTo, provisional, source FROM setting
         WHERE kind IN ('assessment', 'note-template') AND created_by = ? ORDER BY kind, key`
      )
      .all(ACCOUNT)
    const expected = seedSettings()
      .filter(({ kind }) => kind === 'assessment' || kind === 'note-template')
      .map(({ recordedAt: _, value, provisional, ...row }) => ({
        ...row,
        ...{ value: JSON.stringify(value), provisional: Number(provisional) }
      }))
      .sort((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1))
    expect(expected).toHaveLength(7)
    expect(kept).toEqual(expected)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('half-typed forms open: a registration, an agreement, a withdrawal', () => {
    const familyId = newId()
    const ids = { familyId, episodeId: newId(), agreementId: newId(), personId: newId() }
    const forms = [
      { kind: 'registration', body: { ...emptyRegistration(ids, AT), reason: 'Half typed' } },
      { kind: 'agreement', body: emptyRecordedAgreement({ ...ids, agreementId: newId() }, '') },
      { kind: 'withdrawal', body: emptyWithdrawal(newId(), familyId, newId()) }
    ]
    for (const { kind, body } of forms) {
      const { goesOnBecause: _, ...before } = { goesOnBecause: '', ...body }
      insert('form_draft', {
        ...{ id: body.id, kind, owner_id: ACCOUNT, saved_at: AT, saves: 1, body: JSON.stringify(before) }
      })
    }
    prepare(connection, migrations)
    const kept = connection.prepare('SELECT id, kind, body FROM form_draft').all() as {
      id: string
      kind: string
      body: string
    }[]
    expect(kept).toHaveLength(3)
    for (const { id, kind, body } of kept)
      expect(draftForm.parse({ kind, body: JSON.parse(body) as unknown })).toEqual(
        forms.find((form) => form.body.id === id)
      )
  })

  it('what stood of assessments stands as it did: one that is open, one that a withdrawal closed', () => {
    const open = {
      id: newId(),
      family_id: newId(),
      reference: 'FFA-7KQ3-000001',
      registered_on: '2026-11-02'
    }
    const over = {
      id: newId(),
      family_id: newId(),
      reference: 'FFA-7KQ3-000002',
      registered_on: '2026-10-05'
    }
    for (const episode of [open, over]) {
      insert('family', { id: episode.family_id, created_at: AT })
      insert('episode', { ...episode, created_at: AT })
      const said = { id: newId(), family_id: episode.family_id, decision: 'given', take_part: 1 }
      insert('agreement', { ...said, decided_on: episode.registered_on, created_at: AT })
    }
    const closure = { id: newId(), family_id: over.family_id, episode_id: over.id, closed_on: '2026-11-20' }
    insert('episode_closure', { ...closure, created_at: AT, closure_reason: 'They withdrew' })
    prepare(connection, migrations)
    expect(
      connection.prepare('SELECT id, reference, goes_on_because FROM episode ORDER BY reference').all()
    ).toEqual([
      { id: open.id, reference: open.reference, goes_on_because: '' },
      { id: over.id, reference: over.reference, goes_on_because: '' }
    ])
    expect(
      connection.prepare('SELECT id, closure_reason, kind, could_transfer FROM episode_closure').all()
    ).toEqual([{ id: closure.id, closure_reason: 'They withdrew', kind: 'closed', could_transfer: '' }])
  })
})
