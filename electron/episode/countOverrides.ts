import { asc, count, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, ruleOverride } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { knownFamilies } from '../family/readableFamily.ts'

/** How often each rule was overridden (C12), among the families that this person may know of: a count tells too. */
export const countOverrides = async (
  db: ReadDb,
  _input: Parsed<'episode.overrides'>,
  actor: Actor
): Promise<Output<'episode.overrides'>> =>
  db
    .select({ rule: ruleOverride.rule, count: count() })
    .from(ruleOverride)
    .innerJoin(familyIndex, eq(familyIndex.familyId, ruleOverride.familyId))
    .where(knownFamilies(actor))
    .groupBy(ruleOverride.rule)
    .orderBy(asc(ruleOverride.rule))
