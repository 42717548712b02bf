import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import { connect, type Connection } from '../../db/open.ts'
import { draftForm } from '../../shared/draft/draft.ts'
import { emptyClosing } from '../../shared/episode/closing.ts'
import { emptyRecordedAgreement, emptyRegistration, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { emptyMeetingDraft } from '../../shared/meeting/emptyForms.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { emptySharing } from '../../shared/sharing/emptySharing.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { insertRow } from '../fixtures/rows.ts'

const migrations = readMigrations(migrationsFolder)
const AT = '2026-11-23T10:00:00.000Z'
const ACCOUNT = newId()

let folder: string
let connection: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyworkers-'))
  connection = connect({ file: join(folder, 'desk.db'), key: new Uint8Array(randomBytes(32)) })
  connection.exec(`CREATE TABLE __drizzle_migrations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)`)
  for (const { sql, hash, folderMillis } of migrations.slice(0, 5)) {
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

describe('migration 0005, with rows', () => {
  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    prepare(connection, migrations)
    const kept = connection
      .prepare(
        `SELECT id, kind, key, value, valid_from AS validFrom, valid_to AS validTo, provisional, source FROM setting
         WHERE kind IN ('neighbour', 'caseload', 'term', 'letter-template') AND created_by = ? ORDER BY kind, key`
      )
      .all(ACCOUNT)
    const expected = seedSettings()
      .filter(({ kind }) => ['neighbour', 'caseload', 'term', 'letter-template'].includes(kind))
      .map(({ recordedAt: _, value, provisional, ...row }) => ({
        ...row,
        ...{ value: JSON.stringify(value), provisional: Number(provisional) }
      }))
      .sort((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1))
    expect(expected).toHaveLength(14)
    expect(kept).toEqual(expected)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('half-typed forms of every kind that there was open', () => {
    const familyId = newId()
    const of = { familyId, episodeId: newId() }
    const ids = { ...of, agreementId: newId(), personId: newId() }
    const forms = [
      { kind: 'registration', body: { ...emptyRegistration(ids, AT), reason: 'Half typed' } },
      { kind: 'agreement', body: emptyRecordedAgreement({ ...ids, agreementId: newId() }, '') },
      { kind: 'withdrawal', body: emptyWithdrawal(newId(), familyId, newId()) },
      { kind: 'sharing', body: { ...emptySharing(newId(), familyId), what: 'Half typed' } },
      { kind: 'note', body: { ...emptyNote({ ...of, id: newId() }), words: 'Half typed' } },
      { kind: 'meeting', body: emptyMeetingDraft({ ...of, id: newId(), meetingId: newId() }) },
      { kind: 'closing', body: emptyClosing({ ...of, id: newId(), kind: 'closed' }) }
    ]
    for (const { kind, body } of forms)
      insert('form_draft', {
        ...{ id: body.id, kind, owner_id: ACCOUNT, saved_at: AT, saves: 1, body: JSON.stringify(body) }
      })
    prepare(connection, migrations)
    const kept = connection.prepare('SELECT id, kind, body FROM form_draft').all() as Draft[]
    expect(kept).toHaveLength(forms.length)
    for (const { id, kind, body } of kept)
      expect(draftForm.parse({ kind, body: JSON.parse(body) as unknown })).toEqual(
        forms.find((form) => form.body.id === id)
      )
  })

  it('whoever was the keyworker is it from the same day on, and an assessment that nobody owns has none', () => {
    const owned = anEpisode('FFA-7KQ3-000001')
    const unowned = anEpisode('FFA-7KQ3-000002')
    const practitionerId = newId()
    insert('practitioner', {
      ...{ id: practitionerId, name: 'Priya Shah', created_at: AT, updated_at: AT },
      ...{ trained_on: '2026-01-12', registered_on: '2026-02-09' }
    })
    const rowId = newId()
    insert('episode_keyworker', {
      ...{ id: rowId, family_id: owned.familyId, episode_id: owned.id, practitioner_id: practitionerId },
      ...{ valid_from: '2026-11-02', created_at: AT }
    })
    prepare(connection, migrations)
    const rows = connection.prepare('SELECT id, kind, over_id, source_id FROM episode_keyworker').all()
    expect(rows).toEqual([{ id: rowId, kind: 'named', over_id: '', source_id: '' }])
    const spans = 'SELECT episode_id, from_day, to_day, practitioner_id, is_cover FROM keyworker_span'
    expect(connection.prepare(spans).all()).toEqual([
      {
        ...{ episode_id: owned.id, from_day: '2026-11-02', to_day: LAST_DAY },
        ...{ practitioner_id: practitionerId, is_cover: 0 }
      }
    ])
    const standing = connection.prepare('SELECT episode_id, owned_from FROM episode_now ORDER BY owned_from')
    expect(standing.all()).toEqual([
      { episode_id: unowned.id, owned_from: '' },
      { episode_id: owned.id, owned_from: '2026-11-02' }
    ])
    expect(connection.prepare('SELECT left_on, left_why FROM practitioner').all()).toEqual([
      { left_on: '', left_why: '' }
    ])
  })
})

interface Draft {
  id: Id
  kind: string
  body: string
}

/** An open assessment of a family of its own, as it stood and as it was worked out before. */
function anEpisode(reference: string): { id: Id; familyId: Id } {
  const of = { id: newId(), familyId: newId() }
  insert('family', { id: of.familyId, created_at: AT })
  insert('episode', {
    ...{ id: of.id, family_id: of.familyId, reference, registered_on: '2026-11-02', created_at: AT }
  })
  insert('agreement', {
    ...{ id: newId(), family_id: of.familyId, decision: 'given', take_part: 1, created_at: AT },
    decided_on: '2026-11-02'
  })
  insert('episode_now', { episode_id: of.id, family_id: of.familyId, registered_on: '2026-11-02' })
  return of
}
