import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import { londonDate } from '../../shared/time/london.ts'
import { readable } from '../call/readable.ts'
import { toldMeetings } from '../export/toldMeeting.ts'
import { personNamed } from '../family/listChronology.ts'
import { readPlan } from '../plan/readPlan.ts'
import { belonged, subjectOf, type Subject } from './subject.ts'
import { broughtInOf } from './toldBroughtIn.ts'

/** Rows looked at in one turn. */
const ROWS = 200

/**
 * Everything that the record holds of somebody, in every family in which they are or were, by any of their records (L20),
 * the oldest first: what is about them or names them, and what is of the whole family on the days on which they belonged to
 * it. What was entered in error is among it. A piece at a time, so that nobody who types waits.
 *
 * @param most rows looked at in one turn
 * @throws Refusal not-found, family-restricted, and what `giveWay` throws
 */
export async function everythingOf(
  store: Store,
  personId: Id,
  actor: Actor,
  giveWay: () => Promise<void>,
  most = ROWS
): Promise<ItemRef[]> {
  const subject = await store.read((db) => subjectOf(db, personId, actor))
  const found: ItemRef[] = []
  for (const familyId of subject.familyIds) {
    for (const some of [notesOf, entriesOf, assessmentsOf]) {
      for (let after = ''; ;) {
        const { refs, next } = await store.read((db) =>
          Promise.resolve(some(db, familyId, subject, { after, most }))
        )
        found.push(...refs)
        await giveWay()
        if (next === '') break
        after = next
      }
    }
    found.push(...(await ofEpisodes(store, familyId, subject, actor, giveWay)))
    found.push(...(await store.read((db) => Promise.resolve(recordsOf(db, familyId, subject)))))
    found.push(...(await store.read((db) => Promise.resolve(broughtInOf(db, familyId, subject)))))
    await giveWay()
  }
  found.push(...(await store.read((db) => Promise.resolve(ownEntries(db, subject)))))
  found.push(...(await store.read((db) => Promise.resolve(callsOf(db, subject, actor)))))
  await giveWay()
  return oldestFirst(found)
}

const oldestFirst = (refs: readonly ItemRef[]): ItemRef[] =>
  refs
    .map((ref) => ({ ref, place: placeOf(ref) }))
    .sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0))
    .map(({ ref }) => ref)
const placeOf = ({ on, kind, id }: ItemRef): string => `${on} ${kind} ${id}`

/** A page is asked for by where the one before ended, '' for the first. */
interface Asked {
  after: string
  most: number
}

/** What was found in it; `next` is '' at the end. */
interface Some {
  refs: ItemRef[]
  next: string
}

function notesOf(db: ReadDb, familyId: Id, subject: Subject, { after, most }: Asked): Some {
  const [afterAt = '', afterId = ''] = after.split(' ')
  const rows = db.all<{ id: Id; happenedAt: Instant; isTheirs: 0 | 1; words: string }>(sql`
    SELECT n.id, n.happened_at AS happenedAt, isTheirs, iif(isTheirs, '', ${wordsOfNote}) AS words
    FROM (SELECT n.*, EXISTS (SELECT 1 FROM case_note_person p JOIN person_index i ON i.person_id = p.person_id
        WHERE p.note_id = n.id AND i.kept_id = ${subject.keptId}) AS isTheirs
      FROM case_note n
      WHERE n.adds_to = '' AND n.family_id = ${familyId} AND (n.happened_at, n.id) > (${afterAt}, ${afterId})
      ORDER BY n.happened_at, n.id LIMIT ${most}) n
    ORDER BY n.happened_at, n.id`)
  const last = rows.at(-1)
  return {
    refs: rows
      .filter(({ isTheirs, words }) => isTheirs === 1 || subject.isNamedIn(words))
      .map(({ id, happenedAt }) => ({ id, kind: 'note', familyId, on: londonDate(happenedAt) })),
    next: last && rows.length === most ? `${last.happenedAt} ${last.id}` : ''
  }
}

/** Everything that was written in a note and added to it, and what its files are called. */
const wordsOfNote = sql`n.words || char(10) || n.childs_voice || char(10) || n.present || char(10) || n.restricted_why
  || coalesce((SELECT group_concat(char(10) || x.words, '') FROM case_note x WHERE x.adds_to = n.id), '')
  || coalesce((SELECT group_concat(char(10) || f.name, '') FROM attachment f WHERE f.attached_to = 'note'
    AND f.attached_id IN (SELECT n.id UNION ALL SELECT x.id FROM case_note x WHERE x.adds_to = n.id)), '')`

/**
 * Entries whose record is an item by itself: it says all that they say. Of a plan what was changed since stays, for the
 * outcome tells how it stands today.
 */
const saidElsewhere = sql`(c.kind IN ('note', 'call', 'assessment', 'letter', 'meeting', 'step-down', 'step-up')
  OR c.kind = 'file' AND json_extract(c.body, '$.attached_to') = 'note'
  OR c.kind = 'plan' AND NOT (json_extract(c.body, '$.table') = 'plan_change' AND EXISTS (
    SELECT 1 FROM plan_change later WHERE later.outcome_id = json_extract(c.body, '$.outcome_id')
      AND later.action_id = json_extract(c.body, '$.action_id')
      AND later.version > json_extract(c.body, '$.version'))))`

/** Is an entry of the family about them, or about the family as a whole? Agreement is everybody's, whoever gave it. */
const isShared = ({ keptId }: Subject): SQL => sql`CASE c.kind WHEN 'agreement' THEN 1
  WHEN 'sharing' THEN EXISTS (SELECT 1 FROM person_index o WHERE o.kept_id = ${keptId}
    AND instr(json_extract(c.body, '$.person_ids'), o.person_id))
  ELSE ${personNamed} IN ('', ${keptId}) END`

function entriesOf(db: ReadDb, familyId: Id, subject: Subject, { after, most }: Asked): Some {
  const rows = db.all<{ id: Id; kind: string; on: CivilDate; place: string; about: Id; isAsked: 0 | 1 }>(sql`
    SELECT c.id, c.kind, c.on_day AS "on", c.place, ${personNamed} AS about,
      (NOT ${saidElsewhere} AND ${isShared(subject)}) AS isAsked
    FROM chronology c WHERE c.subject_id = ${familyId} AND c.place > ${after}
    ORDER BY c.place LIMIT ${most}`)
  const last = rows.at(-1)
  return {
    refs: rows
      .filter(
        ({ kind, isAsked, about, on }) =>
          isAsked === 1 &&
          // another desk knew the family before this one did
          (about === subject.keptId || kind === 'brought-in' || belonged(subject, familyId, on))
      )
      .map(({ id, on }) => ({ id, kind: 'entry', familyId, on })),
    next: last && rows.length === most ? last.place : ''
  }
}

/** What was recorded of them by themselves, once of two records that were merged; of a merge that was undone what is theirs. */
const ownEntries = (db: ReadDb, { keptId }: Subject): ItemRef[] =>
  db
    .all<{ id: Id; on: CivilDate }>(
      sql`SELECT c.id, c.on_day AS "on"
      FROM person_index o CROSS JOIN chronology c ON c.subject_id = o.person_id
      WHERE o.kept_id = ${keptId} AND c.kind <> 'call'
        AND (c.kind <> 'fact' OR EXISTS (SELECT 1 FROM fact f WHERE f.id = c.id AND (f.merge_id = '' OR NOT EXISTS (
          SELECT 1 FROM person_unmerge u WHERE u.merge_id = f.merge_id))))
        AND NOT (c.kind = 'merge' AND c.id IN (SELECT t.id || '/2' FROM person_index w
          CROSS JOIN chronology t ON t.subject_id = w.person_id WHERE w.kept_id = ${keptId} AND t.kind = 'merge'))`
    )
    .map(({ id, on }) => ({ id, kind: 'entry', familyId: '', on }))

function assessmentsOf(db: ReadDb, familyId: Id, subject: Subject, { after, most }: Asked): Some {
  const rows = db.all<{ id: Id; at: Instant; keptId: Id; words: string }>(sql`
    SELECT n.id, n.created_at AS at, p.kept_id AS keptId,
      n.strengths || char(10) || n.needs || char(10) || n.views AS words
    FROM assessment_entry n JOIN person_index p ON p.person_id = n.person_id
    WHERE n.family_id = ${familyId} AND n.id > ${after} ORDER BY n.id LIMIT ${most}`)
  const last = rows.at(-1)
  return {
    refs: rows
      .filter(({ keptId, words }) => keptId === subject.keptId || subject.isNamedIn(words))
      .map(({ id, at }) => ({ id, kind: 'assessment', familyId, on: londonDate(at) })),
    next: last && rows.length === most ? last.id : ''
  }
}

/** What is planned in each assessment, and the meetings of its team. */
async function ofEpisodes(
  store: Store,
  familyId: Id,
  subject: Subject,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<ItemRef[]> {
  const refs: ItemRef[] = []
  const episodes = await store.read((db) =>
    Promise.resolve(db.all<{ id: Id }>(sql`SELECT id FROM episode WHERE family_id = ${familyId}`))
  )
  for (const { id } of episodes) {
    refs.push(...(await store.read((db) => outcomesOf(db, id, familyId, subject, actor))))
    refs.push(...(await store.read((db) => meetingsOf(db, id, familyId, subject, actor))))
    await giveWay()
  }
  return refs
}

/** Outcomes for them, for the whole family while they belonged to it, and those that name them. */
async function outcomesOf(
  db: ReadDb,
  episodeId: Id,
  familyId: Id,
  subject: Subject,
  actor: Actor
): Promise<ItemRef[]> {
  const { outcomes } = await readPlan(db, { episodeId }, actor)
  const begun = db.all<{ id: Id; at: Instant }>(
    sql`SELECT id, created_at AS at FROM plan_outcome WHERE episode_id = ${episodeId}`
  )
  const days = new Map(begun.map(({ id, at }) => [id, londonDate(at)]))
  return outcomes
    .map((outcome) => ({ outcome, on: days.get(outcome.id) ?? '' }))
    .filter(
      ({ outcome, on }) =>
        outcome.personId === subject.keptId ||
        (outcome.personId === '' && belonged(subject, familyId, on)) ||
        subject.isNamedIn(JSON.stringify(outcome))
    )
    .map(({ outcome: { id }, on }) => ({ id, kind: 'outcome', familyId, on }))
}

const meetingsOf = async (
  db: ReadDb,
  episodeId: Id,
  familyId: Id,
  subject: Subject,
  actor: Actor
): Promise<ItemRef[]> =>
  (await toldMeetings(db, episodeId, actor))
    .filter(
      ({ on, texts }) =>
        belonged(subject, familyId, on) || subject.isNamedIn(...texts.map(({ text }) => text))
    )
    .map(({ id, on }) => ({ id, kind: 'meeting', familyId, on }))

/** What was recorded of the family as a whole: letters, what was exported of it, step-downs and step-ups. */
function recordsOf(db: ReadDb, familyId: Id, subject: Subject): ItemRef[] {
  const of = (kind: ItemRef['kind'], rows: SQL): ItemRef[] =>
    db.all<{ id: Id; on: CivilDate }>(rows).map(({ id, on }) => ({ id, kind, familyId, on }))
  const whileThere = [
    ...of('letter', sql`SELECT id, on_day AS "on" FROM letter WHERE family_id = ${familyId}`),
    // with an agency it is told as what was shared
    ...of(
      'entry',
      sql`SELECT id, london_day(created_at) AS "on" FROM case_export
      WHERE family_id = ${familyId} AND sharing_id = ''
        AND (scope <> 'child' OR subject_id IN (SELECT person_id FROM person_index WHERE kept_id = ${subject.keptId}))`
    )
  ].filter(({ on }) => belonged(subject, familyId, on))
  return [
    ...whileThere,
    // what brought a family here is older than its record
    ...of(
      'step-down',
      sql`SELECT s.id, london_day(s.received_at) AS "on" FROM step_down s
      WHERE s.id IN (SELECT f.step_down_id FROM step_down_family f WHERE f.family_id = ${familyId}
        AND NOT EXISTS (SELECT 1 FROM step_down_family later WHERE later.step_down_id = f.step_down_id
          AND (later.created_at, later.id) > (f.created_at, f.id)))`
    ),
    ...of('step-up', sql`SELECT id, requested_on AS "on" FROM step_up WHERE family_id = ${familyId}`)
  ]
}

/** Calls about a child who they were chosen to be (L15). */
const callsOf = (db: ReadDb, { keptId }: Subject, actor: Actor): ItemRef[] =>
  db
    .all<{ id: Id; on: CivilDate }>(
      sql`SELECT DISTINCT call.id, london_day(call.took_place_at) AS "on"
      FROM person_index o CROSS JOIN person_choice c ON c.person_id = o.person_id CROSS JOIN call ON call.id = c.call_id
      WHERE o.kept_id = ${keptId} AND c.about = 'call-child' AND NOT EXISTS (SELECT 1 FROM person_choice later
        WHERE later.about_id = c.about_id AND (later.created_at, later.id) > (c.created_at, c.id))
        AND ${readable(actor) ?? sql`1`}`
    )
    .map(({ id, on }) => ({ id, kind: 'call', familyId: '', on }))
