import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { ToldRecord } from '../../shared/export/told.ts'

/** SHA-256, hex, of the canonical JSON of an item as the record has it: what says something else now has another. */
export const itemSha256 = (item: ToldRecord): string =>
  createHash('sha256').update(canonicalJson(item)).digest('hex')
