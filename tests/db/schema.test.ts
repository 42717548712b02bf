import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../db/schema/index.ts'
import { migrationsFolder, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

/** Tables that stay on this computer; every other one is shared between desks one day. */
const LOCAL = [
  'call_draft',
  'call_filter',
  'call_loop',
  'call_search',
  'school_search',
  'counter',
  'chronology',
  'family_index',
  'form_draft',
  'episode_now',
  'export_under_way',
  'keyworker_span',
  'note_search',
  'person_index',
  'step_down_now',
  'audit_subject',
  'sync_conflict',
  'write_rejection'
]
const APPEND_ONLY = [
  'imported_item',
  'imported_origin',
  'subject_redaction',
  'subject_request',
  'subject_request_event',
  'subject_review',
  'advice',
  'imported_step_down',
  'impact_meeting_record',
  'step_down',
  'step_down_allocation',
  'step_down_decision',
  'step_down_event',
  'step_down_family',
  'step_down_letter',
  'step_down_person',
  'step_down_return',
  'step_down_version',
  'step_up',
  'step_up_event',
  'cover',
  'cover_part',
  'keyworker_end',
  'letter',
  'reassignment',
  'transfer',
  'transfer_notes',
  'transfer_step',
  'working_pattern',
  'call',
  'call_child',
  'call_addendum',
  'call_attempt',
  'call_referral',
  'call_error',
  'call_link',
  'call_hand_over',
  'school',
  'agreement',
  'assessment_check',
  'assessment',
  'assessment_entry',
  'attachment',
  'case_export',
  'case_note',
  'case_note_person',
  'closure_part',
  'episode_level',
  'episode_reopening',
  'episode_step',
  'meeting',
  'meeting_attendance',
  'meeting_copy',
  'meeting_invitation',
  'meeting_record',
  'plan_change',
  'plan_progress',
  'plan_score',
  'rule_override',
  'team_member',
  'check_answer',
  'check_child',
  'check_disclosure',
  'check_ending',
  'check_family',
  'check_try',
  'episode',
  'episode_closure',
  'episode_keyworker',
  'fact',
  'family',
  'family_member',
  'imported_family',
  'person',
  'person_choice',
  'person_merge',
  'person_pair',
  'person_unmerge',
  'sharing'
]

const tables = Object.values(schema as Record<string, SQLiteTable>).map((table) => getTableConfig(table))
const shared = tables.filter(({ name }) => !LOCAL.includes(name) && name !== 'audit')
const names = (table: (typeof tables)[number]) => table.columns.map(({ name }) => name)

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

describe('sync.md, the eleven schema rules', () => {
  it.each(tables)(
    'rule 1: $name has one text primary key, made by the application',
    ({ columns, primaryKeys, name }) => {
      const [key, ...others] = columns.filter(({ primary }) => primary)
      expect(primaryKeys).toEqual([])
      expect(others).toEqual([])
      if (!LOCAL.includes(name))
        expect({ key: key?.name, type: key?.getSQLType() }).toEqual({ key: 'id', type: 'text' })
    }
  )

  it.each(shared)(
    'rule 2: $name has no UNIQUE and no CHECK',
    ({ checks, uniqueConstraints, indexes, columns }) => {
      expect(checks).toEqual([])
      expect(uniqueConstraints).toEqual([])
      expect(columns.filter(({ isUnique }) => isUnique)).toEqual([])
      expect(indexes.filter(({ config }) => config.unique)).toEqual([])
    }
  )

  it('rule 2: every table is STRICT in the file itself', () => {
    const loose = desk.store.reader
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_words%' AND name <> '__drizzle_migrations'`
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
  })

  it('rule 3: foreign keys wait for the commit and cascade nothing', () => {
    const sql = tables
      .filter(({ foreignKeys }) => foreignKeys.length > 0)
      .map(({ name }) =>
        String(desk.store.reader.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(name))
      )
    expect(sql.length).toBeGreaterThan(3)
    for (const each of sql) {
      expect(each.match(/FOREIGN KEY/g)).toHaveLength(
        each.match(/DEFERRABLE INITIALLY DEFERRED/g)?.length ?? 0
      )
      expect(each).not.toMatch(/CASCADE|SET NULL/)
    }
  })

  it.each(shared)('rule 4: $name says where it belongs and who wrote it', (table) => {
    expect(names(table)).toEqual(expect.arrayContaining(['hub_id', 'created_at', 'created_by', 'device_id']))
  })

  it.each(shared)('rules 4, 5, 6: $name is versioned and softly deleted, or append-only', (table) => {
    const changing = ['row_version', 'updated_at', 'updated_by', 'deleted_at', 'deleted_by']
    const has = changing.filter((name) => names(table).includes(name))
    expect(has).toEqual(APPEND_ONLY.includes(table.name) ? [] : changing)
  })

  it.each(tables)('rule 9: $name holds TEXT and INTEGER only', ({ columns }) => {
    const types = columns.map((column) => column.getSQLType())
    expect(types.filter((type) => !['text', 'integer', 'real'].includes(type))).toEqual([])
  })

  it('rule 10: triggers write local tables only', () => {
    const triggers = desk.store.reader
      .prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
      .pluck()
      .all()
    expect(triggers.length).toBeGreaterThan(3)
    const written = triggers.flatMap((sql) =>
      [...String(sql).matchAll(/(?:INTO|UPDATE(?! OF)|DELETE FROM)\s+(\w+)/g)].map(([, name]) => name ?? '')
    )
    expect(new Set(written)).toEqual(
      new Set([
        'call_loop',
        'call_search',
        'call_words',
        'chronology',
        'episode_now',
        'keyworker_span',
        'family_index',
        'note_search',
        'note_words',
        'person_index',
        'person_words',
        'school_search',
        'school_words',
        'step_down_now'
      ])
    )
  })

  it('rule 11: conflicts and rejections have their tables from the start', () => {
    const count = (name: string) => desk.store.reader.prepare(`SELECT count(*) FROM ${name}`).pluck().get()
    expect([count('sync_conflict'), count('write_rejection')]).toEqual([0, 0])
  })
})

describe('migrations on file', () => {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }

  it('rise in time: an earlier one would be skipped silently', () => {
    const times = journal.entries.map(({ when }) => when)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
  })

  it.each(journal.entries)('$tag drops no table that nobody has read', ({ tag }) => {
    expect(readFileSync(join(migrationsFolder, `${tag}.sql`), 'utf8')).not.toMatch(
      /DROP TABLE(?!.*-- read by)/
    )
  })
})
