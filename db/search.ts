import type { Connection } from './open.ts'

/**
 * Everything typed in one call, in one document: words of a query need not stand in the same field. Beside it the hub
 * and the author, so that someone who reads few of the calls does not wait for all that match.
 */
const callWords = (row: string) => `
  SELECT d.docid,
    c.reference || ' ' || c.school_name || ' ' || c.school_town || ' ' || c.assessment_confirmed_by || ' ' ||
    c.caller_name || ' ' || c.caller_role || ' ' || c.caller_phone || ' ' || c.caller_digits || ' ' ||
    c.concern || ' ' || c.level_name || ' ' || c.level_why || ' ' || c.advice || ' ' || c.disagreement || ' ' ||
    c.set_back_reason || ' ' ||
    coalesce((SELECT group_concat(name || ' ' || birth_text || ' ' || upn || ' ' || relation || ' ' || address, ' ')
      FROM call_child WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(what || ' ' || who, ' ') FROM call_action WHERE call_id = c.id), '') || ' ' ||
    coalesce((SELECT group_concat(text, ' ') FROM call_addendum WHERE call_id = c.id), ''),
    replace(c.hub_id, '-', '') || ' ' || replace(c.created_by, '-', '')
  FROM call c JOIN call_search d ON d.call_id = c.id WHERE c.id = ${row}`

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
  INSERT INTO call_words (rowid, words, scope) ${callWords('new.id')};
END;
${['call_child', 'call_action', 'call_addendum']
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_indexed;
CREATE TRIGGER ${table}_indexed AFTER INSERT ON ${table}
WHEN EXISTS (SELECT 1 FROM call_search WHERE call_id = new.call_id) BEGIN
  INSERT OR REPLACE INTO call_words (rowid, words, scope) ${callWords('new.call_id')};
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS school_indexed;
CREATE TRIGGER school_indexed AFTER INSERT ON school BEGIN
  INSERT INTO school_search (version_id) VALUES (new.id);
  INSERT INTO school_words (rowid, words)
    SELECT docid, new.words FROM school_search WHERE version_id = new.id;
END;
`

const triggerNames = [...TRIGGERS.matchAll(/CREATE TRIGGER (\w+)/g)].map(([, name]) => name)

/** For the time of a migration: a trigger that names a table which is being rebuilt makes the rebuild fail. */
export function dropSearchTriggers(connection: Connection): void {
  for (const name of triggerNames) connection.exec(`DROP TRIGGER IF EXISTS ${name}`)
}

export function keepSearchInStep(connection: Connection): void {
  connection.transaction(() => connection.exec(TRIGGERS)).immediate()
}

/**
 * What a person typed as a full-text query: every word quoted, each the beginning of a word. Undefined where nothing
 * is left to look for. Raw text never reaches MATCH.
 */
export function wordQuery(text: string): string | undefined {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu)
  return words?.map((word) => `"${word}"*`).join(' ')
}

/** What `query` finds in the words of calls: of every call, or of those of some hubs or authors. */
export function inCalls(query: string, hubsAndAuthors: readonly string[] | undefined): string {
  const tokens = hubsAndAuthors?.map((id) => `"${id.replaceAll('-', '')}"`)
  return tokens === undefined
    ? `words : (${query})`
    : `words : (${query}) AND scope : (${tokens.join(' OR ')})`
}
