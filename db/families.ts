import { factKinds, type FactKind, type FactValue } from '../shared/family/fact.ts'
import { fold } from '../shared/person/fold.ts'
import { bareCode, indexedKeys } from '../shared/person/nameKeys.ts'
import { readPhone } from '../shared/person/phone.ts'
import { londonDate } from '../shared/time/london.ts'
import { isOpenEpisode } from './episodes.ts'
import type { Connection } from './open.ts'

/** Which facts a person is found and matched by. */
export const cardKinds = ['name', 'other-name', 'birth', 'upn', 'address', 'phone', 'school'] as const
export type CardKind = (typeof cardKinds)[number]
/** The counter of how far people were looked up for doubles, by `docid`. */
export const LOOKED_UP = 'people-looked-up'
/** What `person_index.card` holds: every fact that was ever true, the earliest first. */
export type Card = { [K in CardKind]: [K, FactValue<K>] }[CardKind][]

const kinds = (...names: readonly FactKind[]) => names.map((name) => `'${name}'`).join(', ')

/** The newest version, not in error, and of no merge that was undone. */
const counts = (f: string) => `NOT ${f}.in_error
    AND NOT EXISTS (SELECT 1 FROM fact later WHERE later.of_id = ${f}.of_id
      AND (later.created_at, later.id) > (${f}.created_at, ${f}.id))
    AND (${f}.merge_id = '' OR NOT EXISTS (SELECT 1 FROM person_unmerge u WHERE u.merge_id = ${f}.merge_id))`

const cardOf = (
  personId: string
) => `coalesce((SELECT json_group_array(json_array(f.kind, json(f.value)) ORDER BY f.created_at, f.id)
    FROM fact f WHERE f.subject_id = ${personId} AND f.kind IN (${kinds(...cardKinds)}) AND ${counts('f')}), '[]')`

/** Whose record counts: where a merge that stands says so, the other's, and so on. */
const keptOf = (personId: string) => `(WITH RECURSIVE kept(id, step) AS (
    SELECT ${personId}, 0 UNION ALL
    SELECT m.kept_id, step + 1 FROM kept JOIN person_merge m ON m.merged_id = kept.id
    WHERE step < 20 AND NOT EXISTS (SELECT 1 FROM person_unmerge u WHERE u.merge_id = m.id))
  SELECT id FROM kept ORDER BY step DESC LIMIT 1)`

const carry = (personId: string) => `
  UPDATE person_index SET card = ${cardOf(personId)} WHERE person_id = ${personId};
  INSERT OR REPLACE INTO person_words (rowid, words, scope)
    SELECT docid, card_names(card), card_keys(card) FROM person_index WHERE person_id = ${personId};`

const newestFact = (
  familyId: string,
  kind: FactKind
) => `(SELECT f.value FROM fact f WHERE f.subject_id = ${familyId}
    AND f.kind = '${kind}' AND f.valid_to = '' AND ${counts('f')} ORDER BY f.valid_from DESC, f.created_at DESC, f.id DESC LIMIT 1)`

/** Where it belongs: by the hub that was recorded last, which is the one it was registered in where there is none. */
const indexedFamily = (where: string) => `
  SELECT y.id, coalesce(json_extract(${newestFact('y.id', 'hub')}, '$.hubId'), y.hub_id), y.created_by,
    coalesce(json_extract(${newestFact('y.id', 'restriction')}, '$.named'), ''), y.created_at
  FROM family y WHERE ${where}`

const LISTED = 'family_id, hub_id, created_by, named, registered_at'

/**
 * A row of the chronology for each row of these tables: whom it is about, of what kind it is, the day that it is about,
 * and what of the row is told.
 */
interface Told {
  table: string
  subject: string
  kind: string
  on: string
  tells: readonly string[]
  /** Its rows are versions: `of_id` names the first. */
  isVersioned?: true
  /** Whom it is told of, '' for the family, and which kind of fact it is. */
  of?: { person: string; factKind: string }
  /** A row that is told only where this holds. */
  where?: string
  /** Told of the second of two as well. */
  besides?: string
  /** When it was first told of, where that is not when the row was written. */
  firstTold?: string
  /** A row of another table that it tells of, and that may arrive after it: which rows it is told of again. */
  awaits?: { table: string; rows: string }
}

const recordedOn = 'london_day(r.created_at)'
/** When a row was first recorded, here or at the desk that it was brought in from. */
const firstRecorded = (row: string) =>
  `coalesce((SELECT o.at FROM imported_origin o WHERE o.id = ${row}.id), ${row}.created_at)`
const since = `iif(r.valid_from = '', ${recordedOn}, r.valid_from)`
/** A version stands where the first one does, so that a correction is beside it; one that ends it on the last day. */
const versionsDay = (table: string) => `coalesce(
      (SELECT iif(r.valid_to <> '' AND r.valid_to <> o.valid_to, r.valid_to,
        iif(o.valid_from = '', london_day(o.created_at), o.valid_from)) FROM ${table} o WHERE o.id = r.of_id), ${since})`

/** Of what was chosen for one child of a call the last counts (L15). */
const lastChoice = (choice: string) => `NOT EXISTS (SELECT 1 FROM person_choice later
      WHERE later.about_id = ${choice}.about_id AND (later.created_at, later.id) > (${choice}.created_at, ${choice}.id))`

/** The family that a step-down is of, by the last word on it; NULL where nobody has said, '' where it is none. */
const familyOfStepDown = (stepDownId: string) => `(SELECT f.family_id FROM step_down_family f
      WHERE f.step_down_id = ${stepDownId} ORDER BY f.created_at DESC, f.id DESC LIMIT 1)`
/** What is told of a step-down, to the family that it is of; whenever that is another one, of that one. */
const ofStepDown = (stepDownId: string) => ({
  subject: familyOfStepDown(stepDownId),
  kind: 'step-down',
  where: `${familyOfStepDown(stepDownId)} <> ''`,
  awaits: { table: 'step_down_family', rows: `${stepDownId} = new.step_down_id` }
})

const told: readonly Told[] = [
  { table: 'family', subject: 'r.id', kind: 'registered', on: recordedOn, tells: ['reference'] },
  {
    table: 'family_member',
    subject: 'r.family_id',
    kind: 'member',
    on: versionsDay('family_member'),
    isVersioned: true,
    of: { person: 'r.person_id', factKind: `''` },
    tells: ['of_id', 'person_id', 'role', 'valid_from', 'valid_to', 'in_error', 'reason']
  },
  {
    table: 'fact',
    subject: 'r.subject_id',
    kind: 'fact',
    on: versionsDay('fact'),
    isVersioned: true,
    of: { person: `iif(r.subject = 'family', '', r.subject_id)`, factKind: 'r.kind' },
    tells: ['of_id', 'kind', 'value', 'valid_from', 'valid_to', 'in_error', 'reason', 'merge_id']
  },
  {
    table: 'agreement',
    subject: 'r.family_id',
    kind: 'agreement',
    on: 'r.decided_on',
    tells: [
      'decision',
      'by_person_id',
      'by_name',
      'relation',
      'take_part',
      'share',
      'reason',
      'through_person_id'
    ]
  },
  {
    table: 'sharing',
    subject: 'r.family_id',
    kind: 'sharing',
    on: 'r.shared_on',
    tells: [
      'agency_name',
      'person_there',
      'person_ids',
      'what',
      'purpose',
      'how',
      'is_agreed',
      'ground',
      'advised_by',
      'reason'
    ]
  },
  {
    table: 'episode',
    subject: 'r.family_id',
    kind: 'episode',
    on: 'r.registered_on',
    tells: ['reference', 'reason', 'goes_on_because']
  },
  {
    table: 'episode_closure',
    subject: 'r.family_id',
    kind: 'episode',
    on: 'r.closed_on',
    tells: [
      'episode_id',
      'kind',
      'closure_reason',
      'withdrawal_reason',
      'advice_sought',
      'signposted',
      'could_transfer',
      'transfer_note',
      'step_out_advice',
      'note'
    ]
  },
  {
    table: 'closure_part',
    subject: 'r.family_id',
    kind: 'closing',
    on: `coalesce((SELECT c.closed_on FROM episode_closure c WHERE c.id = r.closure_id), ${recordedOn})`,
    tells: ['episode_id', 'kind', 'who', 'words'],
    // what became of an outcome is told of the plan
    where: `r.kind <> 'outcome'`,
    awaits: { table: 'episode_closure', rows: 'r.closure_id = new.id' }
  },
  {
    table: 'episode_reopening',
    subject: 'r.family_id',
    kind: 'reopening',
    on: 'r.reopened_on',
    tells: ['episode_id', 'reason']
  },
  {
    table: 'episode_step',
    subject: 'r.family_id',
    kind: 'step',
    on: 'r.on_day',
    tells: ['episode_id', 'step', 'note', 'several_agencies', 'progressing_well', 'already_identified']
  },
  {
    table: 'episode_level',
    subject: 'r.family_id',
    kind: 'level',
    on: 'r.on_day',
    tells: ['episode_id', 'level_name', 'rationale']
  },
  {
    table: 'rule_override',
    subject: 'r.family_id',
    kind: 'override',
    on: recordedOn,
    tells: ['episode_id', 'rule', 'due_on', 'reason']
  },
  {
    table: 'episode_keyworker',
    subject: 'r.family_id',
    kind: 'keyworker',
    on: 'r.valid_from',
    tells: ['episode_id', 'practitioner_id', 'valid_from', 'valid_to', 'kind'],
    // of who stands in the part of the cover tells more
    where: `r.kind <> 'cover'`
  },
  {
    table: 'transfer',
    subject: 'r.family_id',
    kind: 'transfer',
    on: 'r.requested_on',
    tells: ['episode_id', 'kind', 'reason', 'below_threshold', 'authority_name', 'note']
  },
  {
    table: 'transfer_step',
    subject: 'r.family_id',
    kind: 'transfer',
    // the day of these two is to come
    on: `iif(r.step IN ('plan-review', 'propose'), ${recordedOn}, r.on_day)`,
    tells: ['episode_id', 'step', 'on_day', 'practitioner_id', 'who', 'how', 'note']
  },
  {
    table: 'transfer_notes',
    subject: 'r.family_id',
    kind: 'transfer',
    on: 'r.on_day',
    tells: ['episode_id', 'given', 'note']
  },
  {
    table: 'step_up',
    subject: 'r.family_id',
    kind: 'step-up',
    on: 'r.requested_on',
    tells: ['episode_id', 'reference', 'unmet_needs', 'old_notes_reason']
  },
  {
    table: 'step_up_event',
    subject: 'r.family_id',
    kind: 'step-up',
    on: 'r.on_day',
    tells: ['episode_id', 'event', 'who', 'words']
  },
  {
    ...ofStepDown('r.id'),
    table: 'step_down',
    on: 'london_day(r.received_at)',
    tells: ['id', 'reference']
  },
  {
    ...ofStepDown('r.step_down_id'),
    table: 'step_down_decision',
    on: 'r.decided_on',
    tells: ['step_down_id', 'level_name', 'rationale', 'route', 'route_reason']
  },
  {
    ...ofStepDown('r.step_down_id'),
    table: 'step_down_allocation',
    on: recordedOn,
    tells: ['step_down_id', 'practitioner_id', 'note']
  },
  {
    ...ofStepDown('r.step_down_id'),
    table: 'step_down_event',
    on: 'r.on_day',
    tells: ['step_down_id', 'event', 'about_id', 'who', 'reason', 'words'],
    // what was decided and who was asked is told above; the rest is the desk's own work
    where: `r.event IN ('return', 'accept', 'decline', 'take-back', 'withdraw-agreement', 'end', 'reopen')
      AND ${familyOfStepDown('r.step_down_id')} <> ''`
  },
  {
    table: 'cover_part',
    subject: 'r.family_id',
    kind: 'cover',
    on: 'r.from_day',
    tells: [
      'episode_id',
      'cover_id',
      'practitioner_id',
      'from_day',
      'to_day',
      'told_on',
      'not_told_why',
      'note'
    ]
  },
  {
    table: 'keyworker_end',
    subject: 'r.family_id',
    kind: 'cover',
    on: `date(r.last_day, '+1 day')`,
    tells: ['episode_id', 'row_id', 'last_day', 'reason'],
    where: `EXISTS (SELECT 1 FROM episode_keyworker k WHERE k.id = r.row_id AND k.kind = 'cover')`,
    awaits: { table: 'episode_keyworker', rows: 'r.row_id = new.id' }
  },
  {
    table: 'episode_date',
    subject: 'r.family_id',
    kind: 'date',
    on: recordedOn,
    tells: ['episode_id', 'kind', 'due_on', 'note']
  },
  {
    table: 'assessment',
    subject: 'r.family_id',
    kind: 'assessment',
    on: recordedOn,
    tells: ['episode_id', 'based_on', 'note']
  },
  {
    table: 'plan_change',
    subject: 'r.family_id',
    kind: 'plan',
    on: 'r.on_day',
    tells: [
      'episode_id',
      'outcome_id',
      'action_id',
      'version',
      'words',
      'person_id',
      'owner_name',
      'due_on',
      'ending',
      'why'
    ]
  },
  {
    table: 'plan_progress',
    subject: 'r.family_id',
    kind: 'plan',
    on: 'r.on_day',
    tells: ['episode_id', 'action_id', 'progress', 'words', 'evidence', 'member_id']
  },
  {
    table: 'plan_score',
    subject: 'r.family_id',
    kind: 'plan',
    on: 'r.on_day',
    tells: ['episode_id', 'outcome_id', 'score', 'words']
  },
  {
    table: 'team_member',
    subject: 'r.family_id',
    kind: 'team',
    on: versionsDay('team_member'),
    isVersioned: true,
    tells: [
      'episode_id',
      'of_id',
      'person_id',
      'practitioner_id',
      'name',
      'role',
      'valid_from',
      'valid_to',
      'in_error',
      'reason'
    ]
  },
  {
    table: 'meeting_record',
    subject: 'r.family_id',
    kind: 'meeting',
    on: 'r.held_on',
    tells: ['episode_id', 'meeting_id', 'held_on']
  },
  {
    table: 'meeting_copy',
    subject: 'r.family_id',
    kind: 'meeting',
    on: 'r.given_on',
    tells: ['episode_id', 'meeting_id', 'to_whom', 'how']
  },
  {
    table: 'letter',
    subject: 'r.family_id',
    kind: 'letter',
    on: 'r.on_day',
    tells: ['family_id', 'episode_id', 'template_name', 'to_name']
  },
  {
    table: 'advice',
    subject: 'r.family_id',
    kind: 'advice',
    on: 'r.asked_on',
    tells: ['episode_id', 'asked_whom', 'question', 'answer', 'answers_id']
  },
  {
    table: 'family_access',
    subject: 'r.family_id',
    kind: 'access',
    on: recordedOn,
    tells: ['fact_id', 'reason']
  },
  {
    table: 'person_choice',
    subject: 'r.person_id',
    kind: 'call',
    on: `coalesce((SELECT london_day(took_place_at) FROM call WHERE id = r.call_id), ${recordedOn})`,
    tells: ['call_id'],
    where: `r.about = 'call-child' AND r.person_id <> '' AND ${lastChoice('r')}`,
    awaits: { table: 'call', rows: 'r.call_id = new.id' }
  },
  {
    table: 'check_answer',
    subject: 'r.family_id',
    kind: 'check',
    on: recordedOn,
    tells: ['check_id', 'answer'],
    where: `r.family_id <> ''`
  },
  {
    table: 'person_merge',
    subject: 'r.kept_id',
    kind: 'merge',
    on: recordedOn,
    tells: ['kept_id', 'merged_id', 'reason'],
    besides: 'r.merged_id'
  },
  {
    table: 'person_unmerge',
    subject: '(SELECT kept_id FROM person_merge WHERE id = r.merge_id)',
    kind: 'merge',
    on: recordedOn,
    tells: ['merge_id', 'reason'],
    besides: '(SELECT merged_id FROM person_merge WHERE id = r.merge_id)',
    where: 'r.merge_id IN (SELECT id FROM person_merge)',
    awaits: { table: 'person_merge', rows: 'r.merge_id = new.id' }
  },
  {
    table: 'attachment',
    subject: 'r.family_id',
    kind: 'file',
    on: `london_day(${firstRecorded('r')})`,
    firstTold: firstRecorded('r'),
    tells: ['attached_to', 'attached_id', 'name'],
    awaits: { table: 'imported_origin', rows: 'r.id = new.id' }
  },
  {
    table: 'imported_item',
    subject: 'r.family_id',
    kind: 'brought-in',
    on: 'r.on_day',
    firstTold: `json_extract(r.body, '$.entry.recordedAt')`,
    tells: ['body'],
    where: `r.kind = 'entry'`
  }
]

/** Sorts the list: see `place` in db/schema/family.ts. */
const placeOf = (row: { on: string; firstTold: string; inAct: string; recordedAt: string; id: string }) =>
  `${row.on} || ' ' || ${row.firstTold} || ' ' || ${row.inAct} || ' ' || ${row.recordedAt} || ' ' || ${row.id}`

/**
 * SQL of where a case note stands in the chronology, which has no row of it: there are millions, and each would be written
 * in one more place of the file (ADR 29). It begins with the day on which the note happened.
 */
export const placeOfNote = (note: string): string =>
  placeOf({
    on: `london_day(${note}.happened_at)`,
    firstTold: firstRecorded(note),
    inAct: `in_act('case_note', '', '', ${note}.id)`,
    recordedAt: `${note}.created_at`,
    id: `${note}.id`
  })

const TOLD = 'id, subject_id, kind, on_day, place, recorded_at, recorded_by, body'

/** What the rows of one table tell, as a query. */
const tellings = (
  { table, subject, kind, on, tells, isVersioned, of, where = '1', besides, firstTold: told }: Told,
  rows: string
) => {
  const body = tells.map((column) => `'${column}', r.${column}`).join(', ')
  const firstTold = isVersioned
    ? `coalesce((SELECT o.created_at FROM ${table} o WHERE o.id = r.of_id), r.created_at)`
    : (told ?? 'r.created_at')
  const first = isVersioned ? 'r.of_id' : 'r.id'
  const inAct = `in_act('${table}', ${of?.person ?? `''`}, ${of?.factKind ?? `''`}, ${first})`
  const one = (id: string, about: string) => `SELECT ${id}, ${about}, '${kind}', ${on},
    ${placeOf({ on, firstTold, inAct, recordedAt: 'r.created_at', id })}, r.created_at, r.created_by,
    json_object('table', '${table}', ${body}) FROM ${table} r WHERE ${rows} AND ${where}`
  const second = besides === undefined ? '' : ` UNION ALL ${one(`r.id || '/2'`, besides)}`
  return `${one('r.id', subject)}${second}`
}

/** A first version that arrives after its corrections moves them beside itself. */
const newlyTold = ({ isVersioned }: Told) =>
  isVersioned ? 'r.of_id = new.of_id AND (r.id = new.id OR new.id = new.of_id)' : 'r.id = new.id'

const datesEnded = (rows: string) => `SELECT d.id || '/ended', d.family_id, 'date', london_day(d.ended_at),
    london_day(d.ended_at) || ' ' || d.ended_at || ' ' || in_act('episode_date', '', '', d.id) || ' ' || d.id, d.ended_at, d.updated_by,
    json_object('table', 'episode_date', 'episode_id', d.episode_id, 'kind', d.kind, 'due_on', d.due_on, 'note', d.note,
      'ending', d.ending, 'ended_why', d.ended_why)
  FROM episode_date d WHERE ${rows} AND d.ending <> ''`

/** Of everybody who is one with some people, also where the person whose record counts has yet to arrive. */
const recount = (personIds: string) => `UPDATE person_index SET kept_id = ${keptOf('person_index.person_id')}
  WHERE kept_id IN (SELECT kept_id FROM person_index WHERE person_id IN (${personIds}) UNION ${personIds});`

/** As those of calls: they write what is this computer's only, and fire for rows of other desks too (db/search.ts). */
export const FAMILY_TRIGGERS = `
DROP TRIGGER IF EXISTS person_indexed;
CREATE TRIGGER person_indexed AFTER INSERT ON person BEGIN
  INSERT INTO person_index (person_id, kept_id, card) VALUES (new.id, ${keptOf('new.id')}, '[]');
  ${carry('new.id')}
END;
DROP TRIGGER IF EXISTS fact_indexed;
CREATE TRIGGER fact_indexed AFTER INSERT ON fact WHEN new.kind IN (${kinds(...cardKinds)}) BEGIN ${carry('new.subject_id')}
END;
DROP TRIGGER IF EXISTS fact_placed;
CREATE TRIGGER fact_placed AFTER INSERT ON fact WHEN new.kind IN (${kinds('hub', 'restriction')}) BEGIN
  INSERT OR REPLACE INTO family_index (${LISTED}) ${indexedFamily('y.id = new.subject_id')};
END;
DROP TRIGGER IF EXISTS family_placed;
CREATE TRIGGER family_placed AFTER INSERT ON family BEGIN
  INSERT OR REPLACE INTO family_index (${LISTED}) ${indexedFamily('y.id = new.id')};
END;
DROP TRIGGER IF EXISTS person_merge_indexed;
CREATE TRIGGER person_merge_indexed AFTER INSERT ON person_merge BEGIN
  ${recount('SELECT new.kept_id UNION SELECT new.merged_id')}
END;
DROP TRIGGER IF EXISTS person_unmerge_indexed;
CREATE TRIGGER person_unmerge_indexed AFTER INSERT ON person_unmerge BEGIN
  ${recount('SELECT merged_id FROM person_merge WHERE id = new.merge_id')}
  UPDATE person_index SET card = ${cardOf('person_index.person_id')}
    WHERE person_id IN (SELECT subject_id FROM fact WHERE merge_id = new.merge_id);
  INSERT OR REPLACE INTO person_words (rowid, words, scope)
    SELECT docid, card_names(card), card_keys(card) FROM person_index
    WHERE person_id IN (SELECT subject_id FROM fact WHERE merge_id = new.merge_id);
END;
${told
  .map(
    (each) => `
DROP TRIGGER IF EXISTS ${each.table}_told;
CREATE TRIGGER ${each.table}_told AFTER INSERT ON ${each.table} BEGIN
  INSERT OR REPLACE INTO chronology (${TOLD}) ${tellings(each, newlyTold(each))};
END;`
  )
  .join('')}
${told
  .map((each) =>
    each.awaits === undefined
      ? ''
      : `
DROP TRIGGER IF EXISTS ${each.table}_told_later;
CREATE TRIGGER ${each.table}_told_later AFTER INSERT ON ${each.awaits.table} BEGIN
  INSERT OR REPLACE INTO chronology (${TOLD}) ${tellings(each, each.awaits.rows)};
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS person_choice_changed;
CREATE TRIGGER person_choice_changed AFTER INSERT ON person_choice BEGIN
  DELETE FROM chronology WHERE kind = 'call' AND id IN (SELECT c.id FROM person_choice c
    WHERE c.about_id = new.about_id AND NOT ${lastChoice('c')});
END;
DROP TRIGGER IF EXISTS step_down_of_another;
CREATE TRIGGER step_down_of_another AFTER INSERT ON step_down_family BEGIN
  DELETE FROM chronology WHERE kind = 'step-down' AND subject_id IS NOT ${familyOfStepDown('new.step_down_id')}
    AND id IN (SELECT new.step_down_id
      UNION ALL SELECT d.id FROM step_down_decision d WHERE d.step_down_id = new.step_down_id
      UNION ALL SELECT l.id FROM step_down_allocation l WHERE l.step_down_id = new.step_down_id
      UNION ALL SELECT x.id FROM step_down_event x WHERE x.step_down_id = new.step_down_id);
END;
DROP TRIGGER IF EXISTS episode_date_came_ended;
CREATE TRIGGER episode_date_came_ended AFTER INSERT ON episode_date WHEN new.ending <> '' BEGIN
  INSERT OR REPLACE INTO chronology (${TOLD}) ${datesEnded('d.id = new.id')};
END;
DROP TRIGGER IF EXISTS episode_date_ended;
CREATE TRIGGER episode_date_ended AFTER UPDATE OF ending ON episode_date WHEN new.ending <> old.ending AND new.ending <> '' BEGIN
  INSERT OR REPLACE INTO chronology (${TOLD}) ${datesEnded('d.id = new.id')};
END;
`

const everythingTold = [...told.map((each) => tellings(each, '1')), datesEnded('1')].join(' UNION ALL ')

/** Everything of families that triggers keep, from the record. */
export function fillFamilies(connection: Connection): void {
  connection.exec(`
    DELETE FROM person_index;
    DELETE FROM counter WHERE name = '${LOOKED_UP}';
    INSERT INTO person_words (person_words) VALUES ('delete-all');
    INSERT INTO person_index (person_id, kept_id, card)
      SELECT p.id, ${keptOf('p.id')}, ${cardOf('p.id')} FROM person p ORDER BY p.created_at, p.id;
    INSERT INTO person_words (rowid, words, scope) SELECT docid, card_names(card), card_keys(card) FROM person_index;
    DELETE FROM family_index;
    INSERT INTO family_index (${LISTED}) ${indexedFamily('1')};
    DELETE FROM chronology;
    INSERT INTO chronology (${TOLD}) ${everythingTold};`)
}

/** For the invariants: what the triggers keep is what the record says. */
export const familiesAstray = `
  SELECT id FROM (SELECT id FROM person EXCEPT SELECT person_id FROM person_index)
  UNION ALL SELECT person_id FROM person_index WHERE card <> ${cardOf('person_index.person_id')}
  UNION ALL SELECT person_id FROM person_index WHERE kept_id <> ${keptOf('person_index.person_id')}
  UNION ALL SELECT family_id FROM (SELECT ${LISTED} FROM family_index EXCEPT ${indexedFamily('1')})
  UNION ALL SELECT id FROM (SELECT id FROM family EXCEPT SELECT family_id FROM family_index)
  UNION ALL SELECT id FROM (SELECT * FROM (${everythingTold}) EXCEPT SELECT ${TOLD} FROM chronology)`

/** R20: at most one assessment of a family is open. */
export const twoOpenEpisodes = `SELECT e.family_id FROM episode e
  WHERE ${isOpenEpisode('e.id')} GROUP BY e.family_id HAVING count(*) > 1`

const read = (card: unknown): Card => JSON.parse(String(card)) as Card

/** The words by which a person is looked for as they are typed: every name, and numbers without spaces. */
function cardNames(card: Card): string {
  return card
    .flatMap(([kind, value]) =>
      kind === 'name' || kind === 'other-name' ? [value.name, fold(value.name)] : []
    )
    .join(' ')
}

/** How one fact is asked for in `person_words`; `phoneFact('01992 555980')` is `h01992555980`. */
export const phoneFact = (number: string): string => `h${readPhone(number).digits}`
export const schoolFact = (schoolId: string): string => `s${bareCode(schoolId)}`

/** Every name with the date of birth, and everything else that a person is matched by (L15). */
function cardKeys(card: Card): string {
  const of = <K extends CardKind>(kind: K) =>
    card.filter((each) => each[0] === kind).map((each) => each[1] as FactValue<K>)
  const nobody = { name: '', birthDate: '', upn: '', postcode: '' }
  return [
    ...[...of('name'), ...of('other-name')].map(({ name }) => indexedKeys({ ...nobody, name })),
    ...of('birth').map(({ date }) => indexedKeys({ ...nobody, birthDate: date })),
    ...of('upn').map(({ upn }) => indexedKeys({ ...nobody, upn })),
    ...of('address').map(({ postcode }) => indexedKeys({ ...nobody, postcode })),
    ...of('phone').map(({ number }) => phoneFact(number)),
    ...of('school').map(({ schoolId }) => schoolFact(schoolId))
  ].join(' ')
}

/** Taken from it, a printable character gives the one as far from the other end. */
const SPACE_AND_TILDE = 0x20 + 0x7e

/** The parts of a registration form as it is read down; what belongs to none of them comes last. */
const formParts = ['family', 'person', 'agreement', 'episode', 'episode_keyworker']

/**
 * Where a row stands among those that were recorded at one instant: in the order of the form, each person with how they
 * belong to the family, then their name, then the rest. The list is read from the newest down, so that what the form has
 * first sorts last: every character is turned about.
 */
function placeInAct(table: unknown, personId: unknown, factKind: unknown, id: unknown): string {
  const part = personId === '' ? (table === 'fact' ? 'family' : table) : 'person'
  const known = formParts.findIndex((each) => each === part)
  const step = known === -1 ? formParts.length : known
  const kind = factKinds.findIndex((each) => each === factKind) + 1
  const place = `${String(step)} ${String(personId)} ${String(kind).padStart(2, '0')} ${String(id)}`
  return place.replace(/./g, (each) => String.fromCharCode(SPACE_AND_TILDE - each.charCodeAt(0)))
}

/** Clocks in London are never two hours from UTC: by far the most instants are of the same day in both. */
const IN_THE_DAY = /^(\d{4}-\d\d-\d\d)T(?:0[2-9]|1\d|2[01]):/

/** A calendar takes its time, and what is told at once bears one instant. */
function londonDays(): (instant: unknown) => string {
  let last = { instant: '', day: '' }
  return (instant) => {
    if (last.instant !== instant) {
      const text = String(instant)
      last = { instant: text, day: IN_THE_DAY.exec(text)?.[1] ?? londonDate(text) }
    }
    return last.day
  }
}

/** What the triggers above call. */
export function addFamilyFunctions(connection: Connection): void {
  const pure = { deterministic: true }
  connection.function('card_names', pure, (card: unknown) => cardNames(read(card)))
  connection.function('card_keys', pure, (card: unknown) => cardKeys(read(card)))
  connection.function('in_act', pure, placeInAct)
  connection.function('london_day', pure, londonDays())
}
