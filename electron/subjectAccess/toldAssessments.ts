import { sql } from 'drizzle-orm'
import type { Domain } from '../../shared/assessment/assessment.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { domainLabels, wordsKeys, wordsLabels } from '../../shared/words/assessment.ts'
import type { Names } from '../../shared/words/facts.ts'
import type { Teller } from './tellers.ts'

interface Found {
  id: Id
  at: Instant
  byName: string
  reference: string
  keptId: Id
  domain: Domain
  strengths: string
  needs: string
  views: string
}

/** What was assessed of somebody in one domain, each time that it was written. */
export const toldAssessments: Teller = ({ db, subject }, refs) =>
  Promise.resolve(
    db
      .all<Found>(
        sql`SELECT n.id, n.created_at AS at, coalesce(a.name, '') AS byName, coalesce(e.reference, '') AS reference,
          p.kept_id AS keptId, n.domain, n.strengths, n.needs, n.views
        FROM json_each(${JSON.stringify(refs.map(({ id }) => id))}) each
        CROSS JOIN assessment_entry n ON n.id = each.value
        JOIN person_index p ON p.person_id = n.person_id
        LEFT JOIN episode e ON e.id = n.episode_id LEFT JOIN account a ON a.id = n.created_by`
      )
      .map((found) => toldAssessment(found, subject.names))
  )

const toldAssessment = (found: Found, names: Names): ToldRecord => ({
  ...{ id: found.id, kind: 'assessment', reference: found.reference },
  ...{ title: `Assessment: ${domainLabels[found.domain]}`, on: londonDate(found.at) },
  ...{ recordedAt: found.at, byName: found.byName },
  texts: [
    { path: 'about', label: 'About', text: names.person(found.keptId) },
    ...wordsKeys.map((key) => ({ path: key, label: wordsLabels[key], text: found[key] }))
  ],
  files: []
})
