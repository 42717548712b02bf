const bare = (uuid: string) => `replace(${uuid}, '-', '')`

/**
 * Everything typed in one note and added to it, in one document: words of a query need not stand in the same field. Beside
 * them its family and its assessment, and not the hub, for a family moves: who may read is asked of `family_index` (ADR 27).
 */
export const noteWords = (where: string): string => `
  SELECT d.docid,
    with_joined_words(n.words || ' ' || n.childs_voice || ' ' || n.present || ' ' || n.restricted_why || ' ' ||
      coalesce((SELECT group_concat(a.words, ' ' ORDER BY a.created_at, a.id) FROM case_note a WHERE a.adds_to = n.id), '')),
    ${bare('n.family_id')} || ' ' || ${bare('n.episode_id')}
  FROM note_search d CROSS JOIN case_note n ON n.id = d.note_id
  WHERE ${where}`

/** Every minute has room for as many notes as it has microseconds. */
const ROOM = 60_000_000
const minute = (happenedAt: string) => `unixepoch(substr(${happenedAt}, 1, 16)) * 1000000`

/**
 * The places of all notes, by the minute in which they happened and within it as they were recorded, so that what
 * happened last is found first.
 */
export const PLACE_NOTES = `
  DELETE FROM note_search;
  INSERT INTO note_search (docid, note_id, family_id)
    SELECT begins + row_number() OVER (PARTITION BY begins ORDER BY created_at, id) - 1, id, family_id
    FROM (SELECT id, family_id, created_at, ${minute('happened_at')} AS begins FROM case_note WHERE adds_to = '');`

const placeOfNew = `(SELECT coalesce(max(docid) + 1, ${minute('new.happened_at')}) FROM note_search
  WHERE docid BETWEEN ${minute('new.happened_at')} AND ${minute('new.happened_at')} + ${String(ROOM - 1)})`

/**
 * As those of calls (db/search.ts): they write what is this computer's only. What is added to a note may arrive before
 * it.
 */
export const NOTE_TRIGGERS = `
DROP TRIGGER IF EXISTS case_note_indexed;
CREATE TRIGGER case_note_indexed AFTER INSERT ON case_note WHEN new.adds_to = '' BEGIN
  INSERT INTO note_search (docid, note_id, family_id) VALUES (${placeOfNew}, new.id, new.family_id);
  INSERT INTO note_words (rowid, words, scope) ${noteWords('d.note_id = new.id')};
END;
DROP TRIGGER IF EXISTS case_note_addendum_indexed;
CREATE TRIGGER case_note_addendum_indexed AFTER INSERT ON case_note
WHEN EXISTS (SELECT 1 FROM note_search WHERE note_id = new.adds_to) BEGIN
  INSERT OR REPLACE INTO note_words (rowid, words, scope) ${noteWords('d.note_id = new.adds_to')};
END;
`
