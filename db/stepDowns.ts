import type { Id, Instant } from '../shared/ids.ts'
import type { Setting } from '../shared/setting/setting.ts'
import { dueAt } from '../shared/stepDown/clock.ts'
import { fromArrival, standingOf, type EventInOrder } from '../shared/stepDown/state.ts'
import type { StepDownState } from '../shared/stepDown/stepDown.ts'
import type { Connection } from './open.ts'

/** By what a due time is worked out. */
const CLOCK_KINDS = `'opening-hours', 'closed-day', 'triage'`

const settings = `(SELECT json_group_array(json_array(
    w.id, w.kind, w.key, json(w.value), w.valid_from, w.valid_to, w.created_at))
  FROM setting w WHERE w.kind IN (${CLOCK_KINDS}) AND w.deleted_at IS NULL)`

const events = `(SELECT json_group_array(json_array(x.event, x.about_id, x.to_id, x.created_at)
    ORDER BY x.created_at, x.id)
  FROM step_down_event x WHERE x.step_down_id = s.id)`

const newest = (table: string) => `(SELECT n.id FROM ${table} n WHERE n.step_down_id = s.id
    ORDER BY n.created_at DESC, n.id DESC LIMIT 1)`

/** The newest of what is recorded by somebody who may be looking at the same one: their page is older then. */
const lastOf = (column: 'id' | 'created_at') => `coalesce((SELECT ${column} FROM (
    SELECT x.id, x.created_at FROM step_down_event x WHERE x.step_down_id = s.id
    UNION ALL SELECT x.id, x.created_at FROM step_down_version x WHERE x.step_down_id = s.id
    UNION ALL SELECT x.id, x.created_at FROM step_down_family x WHERE x.step_down_id = s.id)
  ORDER BY created_at DESC, id DESC LIMIT 1), s.${column})`

const COLUMNS = `step_down_id, hub_id, is_open, state, ending, risk_rank, source, sending_team, received_at, since, due_at,
  owner_id, practitioner_id, family_id, version_id, decision_id, last_id, last_at`

/** Of a family that is known, its hub counts; until then what the sender told last. */
const asItStands = (where: string) => `
  SELECT s.id, coalesce((SELECT i.hub_id FROM family_index i WHERE i.family_id = f.family_id), v.hub_id, s.hub_id),
    j.value ->> 'state' <> 'done', j.value ->> 'state', j.value ->> 'ending',
    CASE v.risk WHEN 'low' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END, coalesce(v.source, ''), coalesce(v.sending_team, ''),
    s.received_at, j.value ->> 'since', j.value ->> 'dueAt', j.value ->> 'ownerId', j.value ->> 'practitionerId',
    coalesce(f.family_id, ''), coalesce(v.id, ''), coalesce(${newest('step_down_decision')}, ''),
    ${lastOf('id')}, ${lastOf('created_at')}
  FROM step_down s CROSS JOIN json_each(step_down_standing(${events}, s.received_at, ${settings})) j
    LEFT JOIN step_down_version v ON v.id = ${newest('step_down_version')}
    LEFT JOIN step_down_family f ON f.id = ${newest('step_down_family')}
  WHERE ${where}`

const keep = (stepDownId: string) =>
  `INSERT OR REPLACE INTO step_down_now (${COLUMNS}) ${asItStands(`s.id = ${stepDownId}`)};`

/** Of these every row changes how its step-down stands. */
const belongings = ['step_down_version', 'step_down_event', 'step_down_family', 'step_down_decision']

const clocksAnew = `
  UPDATE step_down_now SET due_at = step_down_due(state, since, ${settings}) WHERE is_open;`

/**
 * As those of calls: they write what is this computer's only, and fire for rows of other desks too (db/search.ts). When a
 * clock ends follows from the settings, so that other hours, closed days or targets work out the open ones anew.
 */
export const STEP_DOWN_TRIGGERS = `
DROP TRIGGER IF EXISTS step_down_kept;
CREATE TRIGGER step_down_kept AFTER INSERT ON step_down BEGIN ${keep('new.id')}
END;
${belongings
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_kept;
CREATE TRIGGER ${table}_kept AFTER INSERT ON ${table} BEGIN ${keep('new.step_down_id')}
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS step_down_family_moved;
CREATE TRIGGER step_down_family_moved AFTER INSERT ON family_index BEGIN
  UPDATE step_down_now SET hub_id = new.hub_id WHERE family_id = new.family_id;
END;
DROP TRIGGER IF EXISTS step_down_clocks_set;
CREATE TRIGGER step_down_clocks_set AFTER INSERT ON setting WHEN new.kind IN (${CLOCK_KINDS}) BEGIN ${clocksAnew}
END;
DROP TRIGGER IF EXISTS step_down_clocks_changed;
CREATE TRIGGER step_down_clocks_changed AFTER UPDATE OF value, valid_from, valid_to, deleted_at ON setting
WHEN new.kind IN (${CLOCK_KINDS}) BEGIN ${clocksAnew}
END;
`

/** How every step-down stands, from the record; after `family_index`, which says where a family belongs. */
export function fillStepDowns(connection: Connection): void {
  connection.exec(`
    DELETE FROM step_down_now;
    INSERT INTO step_down_now (${COLUMNS}) ${asItStands('1')};`)
}

/** For the invariants: what the triggers keep is what the record says. */
export const stepDownsAstray = `
  SELECT step_down_id FROM (SELECT ${COLUMNS} FROM step_down_now EXCEPT ${asItStands('1')})
  UNION ALL SELECT id FROM (SELECT * FROM (${asItStands('1')}) EXCEPT SELECT ${COLUMNS} FROM step_down_now)`

type EventAsRow = [event: EventInOrder['event'], aboutId: Id, toId: Id, recordedAt: Instant]
type SettingAsRow = [
  id: Id,
  kind: Setting['kind'],
  key: string,
  value: Setting['value'],
  validFrom: string,
  validTo: string,
  recordedAt: Instant
]

/** The same list for as long as the text is the same: the days of a list are worked out once (shared/setting/hours.ts). */
function settingsOf(): (text: string) => readonly Setting[] {
  let last = { text: '', settings: [] as readonly Setting[] }
  return (text) => {
    if (last.text !== text) last = { text, settings: (JSON.parse(text) as SettingAsRow[]).map(asSetting) }
    return last.settings
  }
}

const asSetting = ([id, kind, key, value, validFrom, validTo, recordedAt]: SettingAsRow): Setting => ({
  ...{ id, kind, key, value, validFrom, validTo, recordedAt },
  provisional: false,
  source: ''
})

/** What the triggers above call. */
export function addStepDownFunctions(connection: Connection): void {
  const settingsIn = settingsOf()
  connection.function(
    'step_down_standing',
    { deterministic: true },
    (rows: unknown, receivedAt: unknown, rules: unknown): string => {
      const inOrder = (JSON.parse(String(rows)) as EventAsRow[]).map(
        ([event, aboutId, toId, recordedAt]) => ({
          ...{ event, aboutId, toId, recordedAt }
        })
      )
      const { state, ending, since, ownerId, practitionerId } = standingOf(
        fromArrival(inOrder, String(receivedAt))
      )
      const began = since || String(receivedAt)
      const due = dueAt(settingsIn(String(rules)), state, began)
      return JSON.stringify([{ state, ending, since: began, dueAt: due, ownerId, practitionerId }])
    }
  )
  connection.function(
    'step_down_due',
    { deterministic: true },
    (state: unknown, since: unknown, rules: unknown): string =>
      dueAt(settingsIn(String(rules)), state as StepDownState, String(since))
  )
}
