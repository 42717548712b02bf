import { and, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agency } from '../../db/schema/index.ts'
import type { Agency } from '../../shared/agency/agency.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { fold } from '../../shared/person/fold.ts'
import { asDigits } from '../school/words.ts'

const PAGE = 50

export function asAgency({ id, name, kind, phone, address, rowVersion }: typeof agency.$inferSelect): Agency {
  return { id, name, kind, phone, address, rowVersion }
}

/** Agencies by name, 50 at a time; with words to look for, those that have every one of them. */
export async function listAgencies(
  db: ReadDb,
  { text, after }: Parsed<'agency.list'>
): Promise<Output<'agency.list'>> {
  const words = (asDigits(text) ?? fold(text)).split(' ')
  const rows = await db
    .select()
    .from(agency)
    .where(
      and(
        sql`${agency.deletedAt} IS NULL`,
        ...words.map((word) => sql`instr(${agency.words}, ${word}) > 0`),
        after === ''
          ? undefined
          : sql`(${agency.sortKey}, ${agency.id}) > (SELECT sort_key, id FROM agency WHERE id = ${after})`
      )
    )
    .orderBy(agency.sortKey, agency.id)
    .limit(PAGE + 1)
  return {
    rows: rows.slice(0, PAGE).map(asAgency),
    next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? '') : ''
  }
}
