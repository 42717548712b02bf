import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { instantsOf } from '../../shared/report/period.ts'
import { lookedAt, type TriageItem, type TriageRow } from '../../shared/report/triage.ts'
import { waitingOf } from '../../shared/report/triageHistory.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { childrenTold } from '../stepDown/childrenTold.ts'
import { nameOfHub } from '../stepDown/readStepDown.ts'
import { takeTriage } from './triageItems.ts'

const PAGE = 50

/**
 * The rows behind a number of `report.triage`, the newest first, 50 at a time: the same things, taken from the same place. Of
 * a family that is restricted and not open to this person nobody hears a name, nor what somebody said.
 */
export async function triageRows(
  store: Store,
  query: Parsed<'report.triageRows'>,
  actor: Actor
): Promise<Output<'report.triageRows'>> {
  const newest = newestFirst(await itemsFor(store, query, actor))
  const left = query.after === '' ? newest : newest.filter(({ place }) => place < query.after)
  const shown = left.slice(0, PAGE)
  const rows = await store.read((db) =>
    Promise.resolve(
      toldOf(
        db,
        shown.map(({ item }) => item),
        actor
      )
    )
  )
  const last = left.length > PAGE ? shown.at(-1) : undefined
  return { rows, next: last?.place ?? '', total: newest.length }
}

type Narrowed = Omit<Parsed<'report.triageRows'>, 'after'>

/** All of them in the same order, for a file: what is counted is taken once. */
export async function everyTriageRow(
  store: Store,
  query: Narrowed,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<TriageRow[]> {
  const newest = newestFirst(await itemsFor(store, query, actor))
  const rows: TriageRow[] = []
  for (let at = 0; at < newest.length; at += PAGE) {
    const some = newest.slice(at, at + PAGE).map(({ item }) => item)
    rows.push(...(await store.read((db) => Promise.resolve(toldOf(db, some, actor)))))
    await giveWay()
  }
  return rows
}

const newestFirst = (items: readonly TriageItem[]) =>
  items.map((item) => ({ item, place: placeOf(item) })).sort((a, b) => (a.place < b.place ? 1 : -1))

async function itemsFor(store: Store, query: Narrowed, actor: Actor): Promise<TriageItem[]> {
  const { range, measure, key } = query
  const { from, until } = instantsOf(range)
  const on = lookedAt(range, londonDate(actor.now))
  const found: TriageItem[] = []
  const add = (item: TriageItem) => {
    const isWithin = measure === 'waiting' || (from <= item.at && item.at < until)
    if (item.measure === measure && isWithin && (key === '' || item.key === key)) found.push(item)
  }
  const settings = await store.read(settingsInRecord)
  await takeTriage(store, query, settings, actor, {
    add,
    addStepDown(items) {
      const waiting = measure === 'waiting' ? waitingOf(items, until, on) : undefined
      if (waiting) add(waiting)
      else items.forEach(add)
    }
  })
  return found
}

/** Newest first; what is counted under two keys is two rows. */
const placeOf = ({ at, id, key }: TriageItem): string => `${at} ${id} ${key}`

interface Told {
  id: Id
  reference: string
  childNames: string
  hubName: string
  who: string
  words: string
  hasFamily: number
  hubId: Standing['hubId'] | null
  createdBy: Standing['createdBy'] | null
  named: Standing['named'] | null
  wasGivenReason: number
}

function toldOf(db: ReadDb, items: readonly TriageItem[], actor: Actor): TriageRow[] {
  const today = londonDate(actor.now)
  const told = new Map(
    [
      ...toldOfStepDowns(db, itemsAbout(items, 'step-down'), actor),
      ...toldOfStepUps(db, itemsAbout(items, 'step-up'), today, actor),
      ...toldOfOverrides(db, itemsAbout(items, 'assessment'), today, actor)
    ].map((row) => [row.id, row])
  )
  return items.flatMap((item): TriageRow[] => {
    const row = told.get(item.id)
    if (!row) return []
    const { reference, hubName: hub } = row
    const isRestricted = row.hasFamily === 1 && !isOpenTo(actor, asStanding(row))
    const { childNames: names, who, words } = isRestricted ? untold : row
    const { at, about, aboutId, key } = item
    return [
      {
        ...{ id: `${item.id} ${key}`, at, about, aboutId, reference, isRestricted, hubName: hub },
        ...{ childNames: names, who, words }
      }
    ]
  })
}

const untold = { childNames: '', who: '', words: '' }
const itemsAbout = (items: readonly TriageItem[], about: TriageItem['about']): string =>
  JSON.stringify(items.filter((item) => item.about === about).map(({ id, aboutId }) => [id, aboutId]))

const asStanding = ({ hubId, createdBy, named, wasGivenReason }: Told): Standing => ({
  hubId: hubId ?? '',
  createdBy: createdBy ?? '',
  named: named ?? '',
  wasGivenReason: wasGivenReason === 1
})

/**
 * An event, or the step-down itself where it is counted as a whole: what was said then, and who was asked, the sender for more
 * or a keyworker.
 */
const toldOfStepDowns = (db: ReadDb, asked: string, actor: Actor): Told[] =>
  db.all<Told>(sql`SELECT asked.value ->> 0 AS id, s.reference, ${nameOfHub(sql`n.hub_id`)} AS hubName,
      ${childrenTold(sql`n.version_id`)} AS childNames,
      coalesce(r.sending_team, (SELECT name FROM practitioner
        WHERE id = coalesce(a.practitioner_id, n.practitioner_id)), '') AS who,
      coalesce(CASE WHEN e.event = 'propose' THEN trim(a.over_reason || char(10) || a.outside_reason, char(10))
        WHEN e.event = 'return' THEN r.words ELSE e.words END, '') AS words,
      family_index.family_id IS NOT NULL AS hasFamily, ${standingFor(actor)}
    FROM json_each(${asked}) asked JOIN step_down s ON s.id = asked.value ->> 1
      JOIN step_down_now n ON n.step_down_id = s.id
      LEFT JOIN step_down_event e ON e.id = asked.value ->> 0
      LEFT JOIN step_down_allocation a ON a.id = e.about_id
      LEFT JOIN step_down_return r ON r.id = e.about_id
      LEFT JOIN family_index ON family_index.family_id = n.family_id`)

const toldOfStepUps = (db: ReadDb, asked: string, today: CivilDate, actor: Actor): Told[] =>
  db.all<Told>(sql`SELECT u.id, u.reference, ${hubName} AS hubName,
      ${childNames(sql`u.family_id`, today)} AS childNames, '' AS who, u.old_notes_reason AS words,
      1 AS hasFamily, ${standingFor(actor)}
    FROM json_each(${asked}) asked JOIN step_up u ON u.id = asked.value ->> 0
      JOIN family_index ON family_index.family_id = u.family_id`)

const toldOfOverrides = (db: ReadDb, asked: string, today: CivilDate, actor: Actor): Told[] =>
  db.all<Told>(sql`SELECT o.id, e.reference, ${hubName} AS hubName,
      ${childNames(sql`o.family_id`, today)} AS childNames, '' AS who, o.reason AS words,
      1 AS hasFamily, ${standingFor(actor)}
    FROM json_each(${asked}) asked JOIN rule_override o ON o.id = asked.value ->> 0
      JOIN episode e ON e.id = o.episode_id
      JOIN family_index ON family_index.family_id = o.family_id`)
