import type { CivilDate, Instant } from '../shared/ids.ts'
import { indexedKeys } from '../shared/person/nameKeys.ts'
import { addDays, daysBetween, londonDate, londonTime, weekday, weekdays } from '../shared/time/london.ts'
import { addEpisodeFunctions, EPISODE_TRIGGERS, fillEpisodes } from './episodes.ts'
import { addKeyworkerFunctions, fillKeyworkers, KEYWORKER_TRIGGERS } from './keyworkers.ts'
import { addFamilyFunctions, FAMILY_TRIGGERS, fillFamilies } from './families.ts'
import { NOTE_TRIGGERS, noteWords, PLACE_NOTES } from './notes.ts'
import type { Connection } from './open.ts'
import { addStepDownFunctions, fillStepDowns, STEP_DOWN_TRIGGERS } from './stepDowns.ts'
import { addStepUpFunctions } from './stepUps.ts'

/**
 * Bump it when the words below change: the indexes are then made anew at the next opening. They hold no text, so
 * nothing but the record can fill them.
 */
const VERSION = 11

const latestError = `(SELECT in_error FROM call_error WHERE call_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1)`
const bare = (uuid: string) => `replace(${uuid}, '-', '')`

/**
 * What a call is filtered by, one word each, so that any mixture of filters and searched words is one look into the
 * index, newest first. `callFacts` in electron/call/facts.ts asks for them.
 */
const callFacts = `
    ${bare('c.hub_id')} || ' ' || ${bare('c.created_by')} || ' ' || ${bare('c.school_id')} || ' ' ||
    'line' || replace(c.line, '-', 'q0q') || ' outcome' || replace(c.outcome, '-', 'q0q') || ' ' ||
    'level' || replace(c.level, '-', 'q0q') || ' other' || replace(c.other_kind, '-', 'q0q') || ' ' ||
    iif(c.in_hours, 'inhours ', 'outofhours ') || iif(c.gate = 'turned-away', 'turnedaway ', 'letthrough ') ||
    iif(c.school_to_check, 'tocheck ', '') || iif(c.school_id = '', 'noschool ', '') || iif(${latestError}, 'inerror ', 'counted ') ||
    iif(c.outcome = 'contact-form', 'referral' || coalesce((SELECT replace(answer, '-', 'q0q') FROM call_referral
      WHERE call_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1), 'unanswered') || ' ', '') ||
    time_words(c.took_place_at) || ' ' ||
    coalesce((SELECT group_concat(person_words(name, birth_date, upn, postcode), ' ')
      FROM call_child WHERE call_id = c.id), '')`

/**
 * Everything typed in one call, in one document: words of a query need not stand in the same field. What is decided
 * about a flag is left out: it is of two calls, and whoever may read only this one must not find it (L25).
 */
const callWords = (where: string) => `
  SELECT d.docid,
    c.reference || ' ' || c.school_name || ' ' || c.school_town || ' ' || c.assessment_confirmed_by || ' ' ||
    c.caller_name || ' ' || c.caller_role || ' ' || c.caller_phone || ' ' || c.caller_digits || ' ' ||
    c.concern || ' ' || c.level_name || ' ' || c.level_why || ' ' || c.advice || ' ' || c.disagreement || ' ' ||
    c.set_back_reason || ' ' ||
    coalesce((SELECT group_concat(name || ' ' || birth_text || ' ' || upn || ' ' || relation || ' ' || address, ' ')
      FROM call_child WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(what || ' ' || who || ' ' || done_note, ' ')
      FROM call_action WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(text, ' ') FROM call_addendum WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(note, ' ') FROM call_attempt WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(reason, ' ') FROM call_referral WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(reason, ' ') FROM call_error WHERE call_id = c.id), '') || ' ' ||
    joined_words(c.caller_name || ' ' || c.school_name || ' ' ||
      coalesce((SELECT group_concat(name, ' ') FROM call_child WHERE call_id = c.id), '')),
    ${callFacts}
  FROM call c JOIN call_search d ON d.call_id = c.id WHERE ${where}`

/** What one call has promised and nobody has closed; of a call entered in error nothing waits (L22, L23, L30). */
const openLoops = (where: string) => `
  SELECT k.kind || '/' || c.id, c.id, k.kind, c.took_place_at,
    coalesce((SELECT to_id FROM call_hand_over h WHERE h.call_id = c.id AND h.kind = k.kind
      ORDER BY h.created_at DESC, h.id DESC LIMIT 1), c.created_by),
    c.hub_id
  FROM call c JOIN (SELECT 'call-back' AS kind, 'call-back' AS outcome UNION ALL SELECT 'referral', 'contact-form') k
    ON k.outcome = c.outcome
  WHERE ${where} AND NOT coalesce(${latestError}, 0) AND CASE k.kind
    WHEN 'call-back' THEN NOT EXISTS (SELECT 1 FROM call_attempt WHERE call_id = c.id AND result = 'called-back')
    ELSE NOT EXISTS (SELECT 1 FROM call_referral WHERE call_id = c.id) END`

const followLoops = (row: string) => `
  DELETE FROM call_loop WHERE call_id = ${row};
  INSERT INTO call_loop (id, call_id, kind, since, owner_id, hub_id) ${openLoops(`c.id = ${row}`)};`

/** For the invariants: the list of what is open is what the record says is open. */
export const loopsAstray = `
  SELECT * FROM (SELECT id, call_id, kind, since, owner_id, hub_id FROM call_loop EXCEPT ${openLoops('1')})
  UNION ALL
  SELECT * FROM (SELECT * FROM (${openLoops('1')}) EXCEPT SELECT id, call_id, kind, since, owner_id, hub_id FROM call_loop)`

const milliseconds = `CAST(round((julianday(new.created_at) - 2440587.5) * 86400000) AS INTEGER) * 1000`

/**
 * Triggers write local-only tables (sync.md, schema rule 10). A table rebuild in a migration drops them silently
 * (stack.md gotcha 2), so they are made again at every opening. A call's children, actions and addenda may arrive
 * before it or after it.
 */
const TRIGGERS = `
DROP TRIGGER IF EXISTS call_indexed;
CREATE TRIGGER call_indexed AFTER INSERT ON call BEGIN
  INSERT INTO call_search (docid, call_id) VALUES (
    coalesce((SELECT max(docid) + 1 FROM call_search WHERE docid BETWEEN ${milliseconds} AND ${milliseconds} + 999),
      ${milliseconds}),
    new.id);
  INSERT INTO call_words (rowid, words, scope) ${callWords('c.id = new.id')};
  ${followLoops('new.id')}
END;
${['call_child', 'call_action', 'call_addendum', 'call_attempt', 'call_referral', 'call_error']
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_indexed;
CREATE TRIGGER ${table}_indexed AFTER INSERT ON ${table}
WHEN EXISTS (SELECT 1 FROM call_search WHERE call_id = new.call_id) BEGIN
  INSERT OR REPLACE INTO call_words (rowid, words, scope) ${callWords('c.id = new.call_id')};
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS call_action_reindexed;
CREATE TRIGGER call_action_reindexed AFTER UPDATE OF done_note ON call_action WHEN new.done_note <> old.done_note BEGIN
  INSERT OR REPLACE INTO call_words (rowid, words, scope) ${callWords('c.id = new.call_id')};
END;
${['call_attempt', 'call_referral', 'call_error', 'call_hand_over']
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_followed;
CREATE TRIGGER ${table}_followed AFTER INSERT ON ${table} BEGIN ${followLoops('new.call_id')}
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS school_indexed;
CREATE TRIGGER school_indexed AFTER INSERT ON school BEGIN
  INSERT INTO school_search (version_id) VALUES (new.id);
  INSERT INTO school_words (rowid, words)
    SELECT docid, new.words FROM school_search WHERE version_id = new.id;
END;
${FAMILY_TRIGGERS}
${EPISODE_TRIGGERS}
${KEYWORKER_TRIGGERS}
${NOTE_TRIGGERS}
${STEP_DOWN_TRIGGERS}`

/**
 * For the time of a migration: a trigger that names a table which is being rebuilt makes the rebuild fail. The file may
 * have some that an earlier version made and this one no longer knows.
 */
export function dropSearchTriggers(connection: Connection): void {
  const triggers = connection.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all()
  for (const name of triggers) connection.exec(`DROP TRIGGER "${String(name)}"`)
}

/**
 * Makes the triggers, and, where what they write has changed since the file was last opened, all of it anew: `onFill`
 * is told before, for that takes minutes at a million calls.
 */
export function keepSearchInStep(connection: Connection, onFill: () => void = () => undefined): void {
  connection
    .transaction(() => {
      connection.exec(TRIGGERS)
      if (connection.pragma('user_version', { simple: true }) === VERSION) return
      onFill()
      fillSearch(connection)
      fillFamilies(connection)
      fillKeyworkers(connection)
      fillEpisodes(connection)
      fillStepDowns(connection)
      connection.pragma(`user_version = ${String(VERSION)}`)
    })
    .immediate()
}

/** What the index gathers before it writes it, in bytes, and how many pieces it merges: SQLite's own. */
const AS_CALLS_COME_IN = { hashsize: 1_048_576, automerge: 4, crisismerge: 16 }
/** With few large pieces, merged once at the end, the words of all calls are not merged over and over. */
const ALL_AT_ONCE = { hashsize: 64 * AS_CALLS_COME_IN.hashsize, automerge: 0, crisismerge: 1_999 }

/**
 * The index merges pieces of a level into one of the next, some with each call, and all at once where a level has too
 * many. The piece with all calls must lie high: low down it would be merged again some hundred calls later, and whoever
 * files one of them would wait half a minute. To merge all there is goes two levels up, unless all lie on one: so a
 * beginning is made, larger than what is gathered at a time (a smaller piece would come down to it), raised by two
 * calls of their own, and then the rest is added. A case note has fewer words than a call.
 */
const BEGINNING = { call_words: 60_000, note_words: 300_000 }
const RAISED_BY = 2

/** Fills the indexes of calls and of case notes from the record. */
export function fillSearch(connection: Connection): void {
  fillWords(connection, { index: 'call_words', places: 'call_search', words: callWords })
  connection.exec(`
    DELETE FROM call_loop;
    INSERT INTO call_loop (id, call_id, kind, since, owner_id, hub_id) ${openLoops('1')};
    ${PLACE_NOTES}`)
  fillWords(connection, { index: 'note_words', places: 'note_search', words: noteWords })
}

/** Fills one full-text index, of everything that has a place in it. */
function fillWords(
  connection: Connection,
  {
    index,
    places,
    words
  }: { index: keyof typeof BEGINNING; places: string; words: (where: string) => string }
): void {
  const { all } = connection.prepare(`SELECT count(*) AS "all" FROM ${places}`).get() as { all: number }
  const begun = Math.max(0, Math.min(all - RAISED_BY - 1, BEGINNING[index]))
  const raising = numbers(begun, begun + RAISED_BY - 1)
  const set = (options: typeof ALL_AT_ONCE) =>
    Object.entries(options)
      .map(([name, value]) => `INSERT INTO ${index} (${index}, rank) VALUES ('${name}', ${String(value)});`)
      .join('')
  const add = (from: number, count: number) => `
    INSERT INTO ${index} (rowid, words, scope)
      ${words(`1 ORDER BY d.docid LIMIT ${String(count)} OFFSET ${String(from)}`)};
    INSERT INTO ${index} (${index}) VALUES ('optimize');`
  connection.exec(`
    INSERT INTO ${index} (${index}) VALUES ('delete-all');
    ${set(ALL_AT_ONCE)}
    ${add(0, begun)}
    ${raising.map((from) => add(from, 1)).join('')}
    ${add(begun + RAISED_BY, all)}
    ${set(AS_CALLS_COME_IN)}`)
}

/** A word as it is typed; what is written with an apostrophe or a dash is one. */
const TYPED = /[\p{L}\p{N}]+(?:['’‘ʼ`´\p{Pd}][\p{L}\p{N}]+)*/gu

/**
 * What a person typed as a full-text query: every word quoted, each the beginning of a word, and O’Brien an O with
 * Brien after it: all that begins with an O would take sixty times as long. Undefined where nothing is left to look
 * for. Raw text never reaches MATCH.
 */
export function wordQuery(text: string): string | undefined {
  const words = text.normalize('NFC').match(TYPED)
  return words?.map((word) => `"${word}"*`).join(' ')
}

/**
 * As `wordQuery`, among a million calls: a third of them have a word that begins with one given letter. Beside longer
 * words a letter is left out; alone it is a word of its own.
 */
export function wordQueryOfCalls(text: string): string | undefined {
  const words = text.normalize('NFC').match(TYPED)
  const longer = words?.filter((word) => word.length > 1) ?? []
  return longer.length > 0 ? wordQuery(longer.join(' ')) : words?.map((word) => `"${word}"`).join(' ')
}

/** What is written with an apostrophe or a dash, as one word without: so that "obrien" finds O’Brien (L16). */
function joinedWords(text: string): string {
  return (text.match(TYPED) ?? [])
    .map((word) => ({ word, joined: word.replaceAll(/[^\p{L}\p{N}]/gu, '') }))
    .filter(({ word, joined }) => word !== joined)
    .map(({ joined }) => joined)
    .join(' ')
}

/** Most texts have no such word, and to look at each word of them takes longer than to store it. */
const withJoinedWords = (text: string): string =>
  /['’‘ʼ`´\p{Pd}]/u.test(text) ? `${text} ${joinedWords(text)}` : text

/**
 * A full-text query of calls: searched words, and facts of which each group needs one. A fact is a word of the index
 * made by us, never what a person typed.
 */
export function inCalls(words: string | undefined, facts: readonly (readonly string[])[]): string {
  const groups = facts.map((group) => `scope : (${group.map((fact) => `"${factWord(fact)}"`).join(' OR ')})`)
  return [...(words === undefined ? [] : [`words : (${words})`]), ...groups].join(' AND ')
}

const factWord = (fact: string): string => fact.replaceAll(/[^\p{L}\p{N}]/gu, '')

/** What the triggers call: a connection that writes must know these. */
export function addSearchFunctions(connection: Connection): void {
  addFamilyFunctions(connection)
  addEpisodeFunctions(connection)
  addKeyworkerFunctions(connection)
  addStepDownFunctions(connection)
  addStepUpFunctions(connection)
  connection.function('joined_words', { deterministic: true }, (text: unknown) => joinedWords(String(text)))
  connection.function('with_joined_words', { deterministic: true }, (text: unknown) =>
    withJoinedWords(String(text))
  )
  connection.function('time_words', { deterministic: true }, (instant: unknown) => timeWords(String(instant)))
  connection.function(
    'person_words',
    { deterministic: true },
    (name: unknown, birthDate: unknown, upn: unknown, postcode: unknown) =>
      indexedKeys({
        name: String(name),
        birthDate: String(birthDate),
        upn: String(upn),
        postcode: String(postcode)
      })
  )
}

/** The London year, month, day, weekday and hour of an instant, as words: `y2026 m202611 d20261123 w1 h14`. */
export function timeWords(instant: Instant): string {
  const date = londonDate(instant)
  const ofWeek = weekdays.indexOf(weekday(date)) + 1
  const hour = Number(londonTime(instant).slice(0, 2))
  const [year = '', month = '', day = ''] = date.split('-')
  return `y${year} m${year}${month} d${year}${month}${day} w${String(ofWeek)} h${String(hour)}`
}

/**
 * Of the words above, those that every day of a range has one of, and no other day: its whole years, the whole months
 * of what is left, and the days of what is left of that. None where the range is empty.
 */
export function wordsOfDays(from: CivilDate, to: CivilDate): string[] {
  const isWithin = (first: CivilDate, last: CivilDate) => first >= from && last <= to
  const overlaps = (first: CivilDate, last: CivilDate) => first <= to && last >= from
  const years = numbers(Number(from.slice(0, 4)), Number(to.slice(0, 4))).map((year) => padded(year, 4))
  return years.flatMap((year) => {
    if (isWithin(`${year}-01-01`, `${year}-12-31`)) return [`y${year}`]
    const months = numbers(1, 12).map((month) => `${year}-${padded(month, 2)}`)
    return months.flatMap((month) => {
      const days = numbers(1, daysInMonth(month)).map((day) => `${month}-${padded(day, 2)}`)
      const [first = '', last = ''] = [days[0], days.at(-1)]
      if (!overlaps(first, last)) return []
      if (isWithin(first, last)) return [`m${month.replace('-', '')}`]
      return days.filter((day) => isWithin(day, day)).map((day) => `d${day.replaceAll('-', '')}`)
    })
  })
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
const padded = (count: number, length: number): string => String(count).padStart(length, '0')
/** Of `YYYY-MM`. */
const daysInMonth = (month: string): number => {
  const next = addDays(`${month}-28`, 4).slice(0, 7)
  return daysBetween(`${month}-01`, `${next}-01`)
}
