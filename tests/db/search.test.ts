import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Connection, Tx } from '../../db/open.ts'
import { fillSearch } from '../../db/search.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
let writer: Connection
beforeEach(async () => {
  desk = await openTestDesk()
  writer = await desk.store.write((tx) => Promise.resolve((tx as Tx & { $client: Connection }).$client))
  for (let call = 0; call < 6; call++) await desk.does('call.file', aKeyworkersCall())
})
afterEach(() => desk.close())

const pieces = () => writer.prepare('SELECT DISTINCT segid FROM call_words_idx').pluck().all()
const found = (word: string) =>
  writer.prepare('SELECT count(*) FROM call_words WHERE call_words MATCH ?').pluck().get(word)

it('an index made anew has all calls in one piece, which those that come later leave alone', () => {
  fillSearch(writer)
  const filled = pieces()
  expect(filled).toHaveLength(1)
  expect(found('bruises')).toBe(6)
  const add = writer.prepare(`INSERT INTO call_words (rowid, words, scope) VALUES (?, 'bruises', '')`)
  for (let later = 1; later <= 300; later++) add.run(later)
  expect(pieces()).toEqual(expect.arrayContaining(filled))
  expect(found('bruises')).toBe(306)
})

it('merges what comes later as SQLite does by itself', () => {
  fillSearch(writer)
  const options = writer.prepare(`SELECT k, v FROM call_words_config WHERE k <> 'version' ORDER BY k`)
  expect(options.raw().all()).toEqual([
    ['automerge', 4],
    ['crisismerge', 16],
    ['hashsize', 1_048_576]
  ])
})

it.each([0, 1, 2, 3, 4])('an index of %s calls is made anew', (calls) => {
  writer.exec(
    `DELETE FROM call_search WHERE docid NOT IN (SELECT docid FROM call_search LIMIT ${String(calls)})`
  )
  fillSearch(writer)
  expect(found('bruises')).toBe(calls)
})
