import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { ImportedBodies } from '../../shared/caseImport/caseImport.ts'
import type { ToldRecord, ToldText } from '../../shared/export/told.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import { showDateTime } from '../../shared/time/london.ts'
import { domainLabels, wordsKeys, wordsLabels } from '../../shared/words/assessment.ts'
import { joined, toldTexts } from '../export/toldTexts.ts'
import type { Subject } from './subject.ts'
import type { Teller } from './tellers.ts'
import { outcomeTexts } from './toldOutcomes.ts'

/** An assessment or a plan of another desk, as it is kept beside the record. */
interface Kept {
  id: Id
  kind: 'assessment' | 'plan'
  onDay: CivilDate
  at: Instant
  byName: string
  body: string
  /** Everybody of its file: JSON of `ImportedBodies['person'][]`. */
  people: string
}

const keptWhere = (db: ReadDb, condition: SQL): Kept[] =>
  db.all(sql`SELECT i.id, i.kind, i.on_day AS onDay, i.created_at AS at, coalesce(a.name, '') AS byName, i.body,
      (SELECT json_group_array(json(p.body)) FROM imported_item p
        WHERE p.family_id = i.family_id AND p.kind = 'person' AND p.import_id = i.import_id) AS people
    FROM imported_item i LEFT JOIN account a ON a.id = i.created_by WHERE ${condition}`)

/** What was assessed and planned of somebody at another desk, and for their whole family there (ADR 46). */
export const broughtInOf = (db: ReadDb, familyId: Id, subject: Subject): ItemRef[] =>
  keptWhere(db, sql`i.family_id = ${familyId} AND i.kind IN ('assessment', 'plan')`)
    .filter((kept) => textsOf(db, kept, subject).length > 0)
    .map(({ id, kind, onDay }) => ({ id, kind: kind === 'plan' ? 'outcome' : kind, familyId, on: onDay }))

/** The same as it is told: of others alone nothing is. */
export const toldBroughtIn: Teller = ({ db, subject }, refs) => {
  const ids = JSON.stringify(refs.map(({ id }) => id))
  return Promise.resolve(
    keptWhere(
      db,
      sql`i.id IN (SELECT value FROM json_each(${ids})) AND i.kind IN ('assessment', 'plan')`
    ).map((kept): ToldRecord => ({
      ...{ id: kept.id, kind: kept.kind === 'plan' ? 'outcome' : kept.kind, reference: '' },
      title: kept.kind === 'plan' ? 'Plan of another desk' : 'Assessment of another desk',
      ...{ on: kept.onDay, recordedAt: kept.at, byName: kept.byName, files: [] },
      texts: textsOf(db, kept, subject)
    }))
  )
}

function textsOf(db: ReadDb, kept: Kept, subject: Subject): ToldText[] {
  const people = JSON.parse(kept.people) as ImportedBodies['person'][]
  const whoIs = (id: Id): Id => people.find((person) => person.id === id)?.hereId || id
  const own = ownIds(db, subject)
  const there: There = {
    isTheirs: (id) => own.has(whoIs(id)),
    name: (id) =>
      people.find((person) => person.id === id && person.hereId === '')?.name ??
      subject.names.person(whoIs(id))
  }
  const { reference } = JSON.parse(kept.body) as ImportedBodies['assessment' | 'plan']
  const said =
    kept.kind === 'plan'
      ? planSaid(JSON.parse(kept.body) as ImportedBodies['plan'], subject, there)
      : assessmentSaid(JSON.parse(kept.body) as ImportedBodies['assessment'], subject, there)
  return said.length === 0 ? [] : [...toldTexts([['reference', 'Reference there', reference]]), ...said]
}

const ownIds = (db: ReadDb, { keptId }: Subject): ReadonlySet<Id> =>
  new Set(
    db
      .all<{ id: Id }>(sql`SELECT person_id AS id FROM person_index WHERE kept_id = ${keptId}`)
      .map(({ id }) => id)
  )

/** Who of a file is whom the request is about, and what everybody there is called. */
interface There {
  isTheirs: (id: Id) => boolean
  name: (id: Id) => string
}

const assessmentSaid = (
  { entries }: ImportedBodies['assessment'],
  { isNamedIn }: Subject,
  { isTheirs, name }: There
): ToldText[] =>
  entries.flatMap((entry, index) =>
    isTheirs(entry.personId) || isNamedIn(entry.strengths, entry.needs, entry.views)
      ? toldTexts([
          [`${String(index)}.about`, 'About', joined(name(entry.personId), domainLabels[entry.domain])],
          ...wordsKeys.map((key) => [`${String(index)}.${key}`, wordsLabels[key], entry[key]] as const),
          [`${String(index)}.by`, 'Written there by', joined(entry.byName, showDateTime(entry.at))]
        ])
      : []
  )

/** Each text by its place: ids of another desk's file may be there twice. */
const planSaid = (
  { outcomes }: ImportedBodies['plan'],
  { isNamedIn }: Subject,
  { isTheirs, name }: There
): ToldText[] =>
  outcomes.flatMap((outcome, index) =>
    outcome.personId === '' || isTheirs(outcome.personId) || isNamedIn(JSON.stringify(outcome))
      ? outcomeTexts(outcome, outcome.personId && name(outcome.personId))
          .map((told, place) => ({ ...told, path: `${String(index)}.${String(place)}` }))
          .filter(({ text }) => text !== '')
      : []
  )
