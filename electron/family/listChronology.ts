import { sql, type SQL } from 'drizzle-orm'
import { placeOfNote } from '../../db/families.ts'
import type { ReadDb } from '../../db/open.ts'
import { inWords } from '../../db/prepared.ts'
import { call } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Decision } from '../../shared/agreement/agreement.ts'
import type { AttachedTo } from '../../shared/attachment/attachment.ts'
import type { ImportedBodies } from '../../shared/caseImport/caseImport.ts'
import type { ClosureKind, PlannedKind, StepKind } from '../../shared/episode/episode.ts'
import type { ChronologyBodies, ChronologyKind, ChronologyRow } from '../../shared/family/chronology.ts'
import type { FactKind, FactRow, FactValue } from '../../shared/family/fact.ts'
import type { MemberRole } from '../../shared/family/family.ts'
import { withheldFacts, withoutWords } from '../../shared/family/withheld.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { NoteKind } from '../../shared/note/note.ts'
import type { OutcomeEnding, PlanTold, Progress } from '../../shared/plan/plan.ts'
import type { RuleCode } from '../../shared/rule/rule.ts'
import type { SharingGround, SharingHow } from '../../shared/sharing/sharing.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import type { Route, StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import type { StepUpEvent } from '../../shared/stepUp/stepUp.ts'
import type {
  NotesGiven,
  TransferKind,
  TransferReason,
  TransferStep
} from '../../shared/transfer/transfer.ts'
import { readable } from '../call/readable.ts'
import { memberName } from '../plan/memberName.ts'
import { besideAsJson, factsAsJson, peopleOf } from './peopleOf.ts'
import { letIn, standingFor, type Standing } from './readableFamily.ts'

const PAGE = 50
/** One more tells whether there is another page. */
const pageAndOne = sql.raw(String(PAGE + 1))
/** How much of a case note is told, in characters. */
const BEGINS = 200

/** A row of `chronology`, or a case note as one, with what stands elsewhere in the record. */
interface Told {
  id: Id
  kind: ChronologyKind
  on: CivilDate
  recordedAt: Instant
  byName: string
  personId: Id
  /** Columns of the row that it tells of, as they are named there, and `table` (db/families.ts). */
  body: Columns
  /** Of a fact: whether a later version stands in its place. */
  isSuperseded: boolean
  practitionerName: string
  awayName: string
  /** Of a keyworker: taken back before their first day. */
  isTakenBack: boolean
  call: ChronologyBodies['call'] | null
  /** Of a plan: what its action or outcome says now, and on whose behalf progress was recorded. */
  planned: { words: string; memberName: string }
  /** Of what was shared: whom it is about, by the records that count. */
  sharedAbout: Id[]
  /** Of a case note: whom it is about, by the records that count. */
  aboutIds: Id[]
  /** Of a case note that was brought in: the assessment there. */
  cameFromId: Id
}
type Columns = Record<string, string | number>

interface Found extends Standing {
  rows: string
  addressesAndPhones: string
  beside: string
}

/**
 * The chronology of a family: what was recorded of it, and of its people from the beginning of their record until they
 * left. Newest first, 50 at a time; `after` is the last entry of the page before. Left out are calls that this person may
 * not read and the words of what is withheld (ADR 14).
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listChronology(
  db: ReadDb,
  query: Parsed<'family.chronology'>,
  actor: Actor
): Promise<Output<'family.chronology'>> {
  const { rows, addressesAndPhones, beside } = letIn(pageOf(db, query, actor), actor)
  const withheld = withheldFacts(
    [addressesAndPhones, beside].flatMap((facts) => JSON.parse(facts) as FactRow[])
  )
  const told = JSON.parse(rows) as Told[]
  const shown = told.slice(0, PAGE)
  return {
    rows: shown.map((row) => asEntry(row, withheld)),
    next: told.length > PAGE ? (shown.at(-1)?.id ?? '') : ''
  }
}

/** Of a plan: the words of what made progress or was scored, as they are now, and whose word it is. */
const plannedAs = (today: CivilDate) => sql`(SELECT json_object('words',
    coalesce((SELECT words FROM plan_action WHERE id = json_extract(c.body, '$.action_id')),
      (SELECT words FROM plan_outcome WHERE id = json_extract(c.body, '$.outcome_id')), ''),
    'memberName', ${memberName(sql`json_extract(c.body, '$.member_id')`, today)}) WHERE c.kind = 'plan')`

/** Of an entry of the family the person that it names. What a kind does not tell is not looked for in its body either. */
export const personNamed = sql`CASE WHEN c.kind IN ('member', 'plan', 'team', 'agreement') THEN coalesce((
    SELECT kept_id FROM person_index WHERE person_id =
      json_extract(c.body, iif(c.kind = 'agreement', '$.by_person_id', '$.person_id'))), '')
  WHEN c.kind = 'brought-in' THEN coalesce((
    SELECT kept_id FROM person_index WHERE person_id = json_extract(json_extract(c.body, '$.body'), '$.hereId')), '')
  ELSE '' END`

/** Of what was shared the records that count for those whom it is about. */
const sharedAbout = sql`iif(c.kind = 'sharing', (SELECT json_group_array(DISTINCT p.kept_id) FROM json_each(
    '["' || replace(json_extract(c.body, '$.person_ids'), ' ', '","') || '"]') each
  JOIN person_index p ON p.person_id = each.value), '[]')`

/** Whom a note is about stands with the note that it is or adds to. */
const peopleOfNote = (
  id: SQL,
  addsTo: SQL
) => sql`case_note_person x JOIN person_index p ON p.person_id = x.person_id
  WHERE x.note_id = iif(${addsTo} = '', ${id}, ${addsTo}) AND x.is_about`

const aboutIds = sql`iif(c.kind = 'note', (SELECT json_group_array(DISTINCT kept_id)
  FROM (SELECT p.kept_id FROM ${peopleOfNote(sql`c.id`, sql`json_extract(c.body, '$.adds_to')`)}
    ORDER BY x.created_at, x.id)), '[]')`

/** Of an entry of the family whom it is about, where that is the person asked for. */
const personAsked = (personId: Id) => sql`iif(c.kind = 'sharing',
  (SELECT w.kept_id FROM who w WHERE instr(json_extract(c.body, '$.person_ids'), w.person_id)
    AND w.kept_id = (SELECT kept_id FROM person_index WHERE person_id = ${personId})),
  ${personNamed})`

/** A merge is told of both records: as long as it stands, once. */
const isToldTwice = sql`(c.kind = 'merge' AND c.id IN (
  SELECT t.id || '/2' FROM who o CROSS JOIN chronology t ON t.subject_id = o.person_id WHERE t.kind = 'merge'))`

const callOf = sql`iif(c.kind = 'call', (SELECT json_object('callId', id, 'reference', reference, 'callerKind', caller_kind,
    'outcome', outcome, 'inError', json(iif(coalesce((SELECT in_error FROM call_error e WHERE e.call_id = call.id
      ORDER BY e.created_at DESC, e.id DESC LIMIT 1), 0), 'true', 'false')))
  FROM call WHERE id = json_extract(c.body, '$.call_id')), NULL)`

const practitionerName = sql`iif(c.kind IN ('keyworker', 'transfer', 'cover', 'team', 'step-down'), coalesce((
  SELECT name FROM practitioner WHERE id = coalesce(json_extract(c.body, '$.practitioner_id'),
    (SELECT practitioner_id FROM step_down_allocation WHERE id = json_extract(c.body, '$.about_id')))), ''), '')`

/** Of a cover who is away. */
const awayName = sql`iif(c.kind = 'cover', coalesce((SELECT w.name FROM cover v JOIN practitioner w ON w.id = v.practitioner_id
  WHERE v.id = json_extract(c.body, '$.cover_id')), ''), '')`

const isTakenBack = sql`json(iif(c.kind = 'keyworker' AND EXISTS (SELECT 1 FROM keyworker_end x
  WHERE x.row_id = c.id AND x.last_day < json_extract(c.body, '$.valid_from')), 'true', 'false'))`

const isSuperseded = sql`json(iif(c.kind = 'fact' AND EXISTS (SELECT 1 FROM fact later
  WHERE later.of_id = json_extract(c.body, '$.of_id') AND (later.created_at, later.id) > (c.recorded_at, c.id)),
  'true', 'false'))`

/**
 * Opening and page in one question. Which entries the page has is found by the index, so that of a family known for long
 * no more is read than is shown. Of its people there is never much.
 */
function pageOf(db: ReadDb, query: Parsed<'family.chronology'>, actor: Actor) {
  const { id, after, ...filter } = query
  const isAsked = (person: SQL) =>
    all(
      ...narrowed(filter, person),
      mayBeTold(actor),
      ...(after === '' ? [] : [sql`c.place < (SELECT place FROM reached)`])
    )
  return db.get<Found | undefined>(sql`WITH ${peopleOf(id)},
    reached AS (
      SELECT place FROM chronology WHERE id = ${after}
      UNION ALL SELECT ${place} FROM case_note n WHERE n.id = ${after}),
    of_people AS (
      SELECT c.rowid AS entry, c.place, w.kept_id AS personId, 0 AS is_note
      FROM who w CROSS JOIN chronology c ON c.subject_id = w.person_id
      WHERE iif(c.kind = 'fact', c.id IN (SELECT id FROM told_fact), c.on_day <= w.until) AND NOT ${isToldTwice}
        AND ${isAsked(sql`w.kept_id`)}),
    of_family AS (
      SELECT c.rowid AS entry, c.place, NULL AS personId, 0 AS is_note FROM chronology c
      WHERE c.subject_id = ${id} AND ${isAsked(personAsked(filter.personId))} ORDER BY c.place DESC LIMIT ${pageAndOne}),
    of_notes AS (${newestNotes(query)}),
    page AS (
      SELECT * FROM (SELECT * FROM of_people UNION ALL SELECT * FROM of_family UNION ALL SELECT * FROM of_notes)
      ORDER BY place DESC LIMIT ${pageAndOne}),
    ${shownEntries}
    SELECT ${standingFor(actor)},
      (SELECT json_group_array(json_object(${entrySaid}, 'planned', json(${plannedAs(londonDate(actor.now))}))
        ORDER BY c.place DESC)
        FROM shown c LEFT JOIN account a ON a.id = c.recorded_by LEFT JOIN imported_origin o ON o.id = c.id) AS rows,
      ${addressesAndPhones} AS addressesAndPhones, ${besideAsJson} AS beside
    FROM family_index WHERE family_id = ${id}`)
}

/**
 * Some entries of the chronology by their ids, in its order, for whoever has been let into all that they are of. Those of a
 * person's own records are about that person.
 *
 * @param withheld what is told without its words, by `ofId`
 */
export function entriesById(
  db: ReadDb,
  ids: readonly Id[],
  keptId: Id,
  withheld: ReadonlySet<Id>,
  actor: Actor
): ChronologyRow[] {
  const { rows } = db.get<{ rows: string }>(sql`WITH page AS (
      SELECT c.rowid AS entry, c.place, 0 AS is_note, iif(EXISTS (SELECT 1 FROM person_index o
        WHERE o.person_id = c.subject_id AND o.kept_id = ${keptId}), ${keptId}, NULL) AS personId
      FROM json_each(${JSON.stringify(ids)}) each CROSS JOIN chronology c ON c.id = each.value),
    ${shownEntries}
    SELECT json_group_array(json_object(${entrySaid}, 'planned', json(${plannedAs(londonDate(actor.now))}))
      ORDER BY c.place) AS rows
    FROM shown c LEFT JOIN account a ON a.id = c.recorded_by LEFT JOIN imported_origin o ON o.id = c.id`)
  return (JSON.parse(rows) as Told[]).map((row) => asEntry(row, withheld))
}

const place = sql.raw(placeOfNote('n'))

const begins = sql.raw(String(BEGINS))
/** What is told of a case note. */
const noteSaid = sql`json_object('table', 'case_note', 'episode_id', n.episode_id, 'kind', n.kind,
  'adds_to', n.adds_to, 'family_may_see', n.family_may_see, 'begins', substr(n.words, 1, ${begins}),
  'is_whole', length(n.words) <= ${begins})`

/** What stands of the entries of `page`, wherever they are kept. */
const shownEntries = inWords(sql`shown AS (
    SELECT c.id, c.kind, c.on_day, c.place, c.recorded_at, c.recorded_by, c.body, page.personId
    FROM page CROSS JOIN chronology c ON c.rowid = page.entry WHERE NOT page.is_note
    UNION ALL SELECT n.id, 'note', substr(page.place, 1, 10), page.place, n.created_at, n.created_by, ${noteSaid}, NULL
    FROM page CROSS JOIN case_note n ON n.rowid = page.entry WHERE page.is_note)`)

/** Of a row of `shown` all that is told, but for what hangs on the day (`plannedAs`). */
const entrySaid = inWords(sql`'id', c.id, 'kind', c.kind, 'on', c.on_day,
  'recordedAt', coalesce(o.at, c.recorded_at), 'byName', coalesce(o.by_name, a.name, ''),
  'cameFromId', coalesce(o.episode_id, ''),
  'personId', coalesce(c.personId, ${personNamed}), 'body', json(c.body),
  'isSuperseded', ${isSuperseded}, 'practitionerName', ${practitionerName}, 'awayName', ${awayName},
  'isTakenBack', ${isTakenBack}, 'call', json(${callOf}),
  'sharedAbout', json(${sharedAbout}), 'aboutIds', json(${aboutIds})`)

const addressesAndPhones = inWords(factsAsJson(sql`f.kind IN ('address', 'phone')`))

/**
 * The case notes that a page may have. Their index knows when they happened; within a day they stand as they were recorded.
 * So where there are more than a page, what happened on the last day of those is looked at too.
 */
function newestNotes(query: Parsed<'family.chronology'>): SQL {
  const isAsked = notesAsked(query)
  const asLongAgo = sql`(SELECT date(n.happened_at, '-1 day') FROM case_note n WHERE ${isAsked}
    ORDER BY n.happened_at DESC LIMIT 1 OFFSET ${PAGE})`
  return sql`SELECT n.rowid AS entry, ${place} AS place, NULL AS personId, 1 AS is_note FROM case_note n
    WHERE ${isAsked} AND n.happened_at >= coalesce(${asLongAgo}, '') ORDER BY place DESC LIMIT ${pageAndOne}`
}

/**
 * The day of London that a note happened on is the day of UTC or the one after. What may be of the days asked for is a
 * span of the index ("U" comes after the "T" of an instant), and of that what is.
 */
function notesAsked({ id, after, kinds, personId, from, to }: Parsed<'family.chronology'>): SQL {
  if (kinds.length > 0 && !kinds.includes('note')) return sql`0`
  return all(
    sql`n.family_id = ${id}`,
    ...(from === '' ? [] : [sql`n.happened_at >= ${addDays(from, -1)}`]),
    ...(to === '' ? [] : [sql`n.happened_at < ${`${to}U`}`]),
    ...(after === ''
      ? []
      : [sql`n.happened_at < coalesce((SELECT substr(place, 1, 10) || 'U' FROM reached), 'U')`]),
    ...(from === '' ? [] : [sql`london_day(n.happened_at) >= ${from}`]),
    ...(to === '' ? [] : [sql`london_day(n.happened_at) <= ${to}`]),
    ...(after === '' ? [] : [sql`${place} < (SELECT place FROM reached)`]),
    ...(personId === ''
      ? []
      : [
          sql`(SELECT kept_id FROM person_index WHERE person_id = ${personId}) IN
            (SELECT p.kept_id FROM ${peopleOfNote(sql`n.id`, sql`n.adds_to`)})`
        ])
  )
}

type Filter = Omit<Parsed<'family.chronology'>, 'id' | 'after'>

/** Only what is asked for is put into words: SQLite plans the question anew each time. */
const narrowed = ({ kinds, personId, from, to }: Filter, person: SQL): SQL[] => [
  ...(kinds.length === 0 ? [] : [sql`c.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))`]),
  ...(personId === ''
    ? []
    : [sql`${person} = (SELECT kept_id FROM person_index WHERE person_id = ${personId})`]),
  sql`c.on_day >= ${from}`,
  ...(to === '' ? [] : [sql`c.on_day <= ${to}`])
]

const all = (...conditions: SQL[]): SQL => sql.join(conditions, sql` AND `)

const mayBeTold = (actor: Actor): SQL => sql`(c.kind <> 'call' OR EXISTS (SELECT 1 FROM ${call}
  WHERE ${call.id} = json_extract(c.body, '$.call_id') AND ${readable(actor) ?? sql`1`}))`

/** The union of the kinds is made here, from rows that the triggers wrote. */
const asEntry = ({ id, on, recordedAt, byName, personId, ...row }: Told, withheld: ReadonlySet<Id>) =>
  ({
    id,
    on,
    ...recordedWhere(row, { recordedAt, byName }),
    personId,
    episodeId: episodeOf(id, row),
    kind: row.kind,
    body: bodies[row.kind](row, withheld, personId)
  }) as ChronologyRow

/** What was brought in was recorded there. */
function recordedWhere(
  { kind, body }: Pick<Told, 'kind' | 'body'>,
  here: Pick<Told, 'recordedAt' | 'byName'>
): Pick<Told, 'recordedAt' | 'byName'> {
  if (kind !== 'brought-in') return here
  const { recordedAt, byName } = broughtInBody(body).entry
  return { recordedAt, byName }
}

function episodeOf(id: Id, { kind, body }: Pick<Told, 'kind' | 'body'>): Id {
  if (kind === 'brought-in') return broughtInBody(body).hereEpisodeId
  return body['table'] === 'episode' ? id : text(body, 'episode_id')
}

const broughtInBody = (body: Columns) => JSON.parse(text(body, 'body')) as ImportedBodies['entry']

type Telling = Pick<
  Told,
  | 'body'
  | 'cameFromId'
  | 'isSuperseded'
  | 'practitionerName'
  | 'awayName'
  | 'isTakenBack'
  | 'call'
  | 'planned'
  | 'sharedAbout'
  | 'aboutIds'
>

const bodies: {
  [K in ChronologyKind]: (row: Telling, withheld: ReadonlySet<Id>, personId: Id) => ChronologyBodies[K] | null
} = {
  registered: ({ body }) => ({ reference: text(body, 'reference') }),
  member: ({ body }, _withheld, personId) => ({
    ...version(body),
    personId,
    role: text(body, 'role') as MemberRole
  }),
  fact: ({ body, isSuperseded }, withheld) => {
    const isWithheld = withheld.has(text(body, 'of_id'))
    const told = {
      ...version(body),
      kind: text(body, 'kind') as FactKind,
      value: JSON.parse(text(body, 'value')) as FactValue
    }
    return { ...(isWithheld ? withoutWords(told) : told), withheld: isWithheld, isSuperseded }
  },
  agreement: ({ body }) => ({
    decision: text(body, 'decision') as Decision,
    byPersonId: text(body, 'by_person_id'),
    byName: text(body, 'by_name'),
    relation: text(body, 'relation'),
    takePart: yes(body, 'take_part'),
    share: yes(body, 'share'),
    reason: text(body, 'reason'),
    throughPersonId: text(body, 'through_person_id')
  }),
  sharing: ({ body, sharedAbout: personIds }) => ({
    agencyName: text(body, 'agency_name'),
    personThere: text(body, 'person_there'),
    personIds,
    what: text(body, 'what'),
    purpose: text(body, 'purpose'),
    how: text(body, 'how') as SharingHow,
    isAgreed: yes(body, 'is_agreed'),
    ground: text(body, 'ground') as SharingGround | '',
    advisedBy: text(body, 'advised_by'),
    reason: text(body, 'reason')
  }),
  episode: ({ body }) =>
    body['table'] === 'episode'
      ? {
          began: true,
          reference: text(body, 'reference'),
          reason: text(body, 'reason'),
          goesOnBecause: text(body, 'goes_on_because')
        }
      : {
          began: false,
          episodeId: text(body, 'episode_id'),
          closureKind: text(body, 'kind') as ClosureKind,
          closureReason: text(body, 'closure_reason'),
          withdrawalReason: text(body, 'withdrawal_reason'),
          adviceSought: yes(body, 'advice_sought'),
          signposted: yes(body, 'signposted'),
          couldTransfer: text(body, 'could_transfer') as '' | 'yes' | 'no',
          transferNote: text(body, 'transfer_note'),
          stepOutAdvice: text(body, 'step_out_advice'),
          note: text(body, 'note')
        },
  closing: ({ body }) => ({
    part: text(body, 'kind') as 'told' | 'goes-on',
    who: text(body, 'who'),
    words: text(body, 'words')
  }),
  reopening: ({ body }) => ({ episodeId: text(body, 'episode_id'), reason: text(body, 'reason') }),
  step: ({ body }) => ({
    episodeId: text(body, 'episode_id'),
    step: text(body, 'step') as StepKind,
    note: text(body, 'note'),
    severalAgencies: text(body, 'several_agencies') as '' | 'yes' | 'no',
    progressingWell: text(body, 'progressing_well') as '' | 'yes' | 'no',
    alreadyIdentified: text(body, 'already_identified') as '' | 'yes' | 'no'
  }),
  level: ({ body }) => ({
    episodeId: text(body, 'episode_id'),
    levelName: text(body, 'level_name'),
    rationale: text(body, 'rationale')
  }),
  override: ({ body }) => ({
    episodeId: text(body, 'episode_id'),
    rule: text(body, 'rule') as RuleCode,
    dueOn: text(body, 'due_on'),
    reason: text(body, 'reason')
  }),
  keyworker: ({ body, practitionerName: name, isTakenBack }) => ({
    episodeId: text(body, 'episode_id'),
    practitionerId: text(body, 'practitioner_id'),
    practitionerName: name,
    validFrom: text(body, 'valid_from'),
    validTo: text(body, 'valid_to'),
    byTransfer: text(body, 'kind') === 'transfer',
    isTakenBack
  }),
  'step-up': ({ body }) =>
    body['table'] === 'step_up'
      ? {
          of: 'request',
          reference: text(body, 'reference'),
          unmetNeeds: text(body, 'unmet_needs'),
          oldNotesReason: text(body, 'old_notes_reason')
        }
      : {
          of: 'event',
          event: text(body, 'event') as StepUpEvent,
          who: text(body, 'who'),
          words: text(body, 'words')
        },
  'step-down': ({ body, practitionerName: name }) => stepDownTold(body, name),
  transfer: ({ body, practitionerName: name }) => transferTold(body, name),
  cover: ({ body, practitionerName: name, awayName }) =>
    body['table'] === 'cover_part'
      ? {
          ended: false,
          practitionerName: name,
          awayName,
          fromDay: text(body, 'from_day'),
          toDay: text(body, 'to_day'),
          toldOn: text(body, 'told_on'),
          notToldWhy: text(body, 'not_told_why'),
          note: text(body, 'note')
        }
      : { ended: true, lastDay: text(body, 'last_day'), reason: text(body, 'reason') },
  date: ({ body }) => ({
    kind: text(body, 'kind') as PlannedKind,
    dueOn: text(body, 'due_on'),
    note: text(body, 'note'),
    ending: text(body, 'ending') as '' | 'done' | 'cancelled',
    endedWhy: text(body, 'ended_why')
  }),
  note: ({ body, aboutIds, cameFromId }) => ({
    noteKind: text(body, 'kind') as NoteKind,
    addsTo: text(body, 'adds_to'),
    episodeId: text(body, 'episode_id'),
    familyMaySee: yes(body, 'family_may_see'),
    ...{ aboutIds, cameFromId },
    begins: text(body, 'begins'),
    isWhole: yes(body, 'is_whole')
  }),
  assessment: ({ body }) => ({
    episodeId: text(body, 'episode_id'),
    isFirst: text(body, 'based_on') === '',
    note: text(body, 'note')
  }),
  plan: ({ body, planned }) => planTold(body, planned),
  team: ({ body, practitionerName: name }) => ({
    ...version(body),
    name: name || text(body, 'name'),
    role: text(body, 'role')
  }),
  meeting: ({ body }) =>
    body['table'] === 'meeting_record'
      ? { isCopy: false, heldOn: text(body, 'held_on') }
      : { isCopy: true, toWhom: text(body, 'to_whom'), how: text(body, 'how') },
  letter: ({ body }) => ({
    familyId: text(body, 'family_id'),
    templateName: text(body, 'template_name'),
    toName: text(body, 'to_name')
  }),
  advice: ({ body }) => ({
    askedWhom: text(body, 'asked_whom'),
    question: text(body, 'question'),
    answer: text(body, 'answer'),
    answersId: text(body, 'answers_id')
  }),
  call: ({ call: told }) => told,
  check: ({ body }) => ({
    checkId: text(body, 'check_id'),
    answer: text(body, 'answer') as ChronologyBodies['check']['answer']
  }),
  merge: ({ body }) => ({ isUndone: body['table'] === 'person_unmerge', reason: text(body, 'reason') }),
  access: ({ body }) => ({ factId: text(body, 'fact_id'), reason: text(body, 'reason') }),
  file: ({ body }) => ({
    attachedTo: text(body, 'attached_to') as AttachedTo,
    attachedId: text(body, 'attached_id'),
    name: text(body, 'name')
  }),
  'brought-in': ({ body }) => {
    const { reference, entry } = broughtInBody(body)
    return { reference, entry }
  }
}

function stepDownTold(body: Columns, practitionerName: string): ChronologyBodies['step-down'] {
  const stepDownId = text(body, 'step_down_id')
  switch (text(body, 'table')) {
    case 'step_down':
      return { of: 'receipt', stepDownId: text(body, 'id'), reference: text(body, 'reference') }
    case 'step_down_decision':
      return {
        of: 'decision',
        stepDownId,
        levelName: text(body, 'level_name'),
        rationale: text(body, 'rationale'),
        route: text(body, 'route') as Route,
        routeReason: text(body, 'route_reason')
      }
    case 'step_down_allocation':
      return { of: 'proposal', stepDownId, practitionerName, note: text(body, 'note') }
    default:
      return {
        of: 'event',
        stepDownId,
        event: text(body, 'event') as StepDownEvent,
        practitionerName,
        who: text(body, 'who'),
        reason: text(body, 'reason'),
        words: text(body, 'words')
      }
  }
}

function transferTold(body: Columns, practitionerName: string): ChronologyBodies['transfer'] {
  const note = text(body, 'note')
  switch (text(body, 'table')) {
    case 'transfer':
      return {
        of: 'request',
        kind: text(body, 'kind') as TransferKind,
        reason: text(body, 'reason') as TransferReason,
        belowThreshold: text(body, 'below_threshold') as '' | 'yes' | 'no',
        authorityName: text(body, 'authority_name'),
        note
      }
    case 'transfer_notes':
      return { of: 'notes', given: text(body, 'given') as NotesGiven, note }
    default:
      return {
        of: 'step',
        step: text(body, 'step') as TransferStep,
        onDay: text(body, 'on_day'),
        practitionerName,
        who: text(body, 'who'),
        how: text(body, 'how'),
        note
      }
  }
}

function planTold(body: Columns, { words, memberName: name }: Telling['planned']): PlanTold {
  switch (text(body, 'table')) {
    case 'plan_progress':
      return {
        of: 'progress',
        action: words,
        progress: text(body, 'progress') as Progress,
        words: text(body, 'words'),
        evidence: text(body, 'evidence'),
        memberName: name
      }
    case 'plan_score':
      return { of: 'score', outcome: words, score: Number(body['score']), words: text(body, 'words') }
    default:
      return changeTold(body)
  }
}

function changeTold(body: Columns): PlanTold {
  const said = { isNew: body['version'] === 1, words: text(body, 'words') }
  return text(body, 'action_id') === ''
    ? { of: 'outcome', ...said, ending: text(body, 'ending') as OutcomeEnding, why: text(body, 'why') }
    : { of: 'action', ...said, ownerName: text(body, 'owner_name'), dueOn: text(body, 'due_on') }
}

const version = (body: Columns) => ({
  ofId: text(body, 'of_id'),
  validFrom: text(body, 'valid_from'),
  validTo: text(body, 'valid_to'),
  inError: yes(body, 'in_error'),
  reason: text(body, 'reason')
})

const text = (columns: Columns, name: string): string => String(columns[name] ?? '')
const yes = (columns: Columns, name: string): boolean => columns[name] === 1
