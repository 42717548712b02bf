import { createHash } from 'node:crypto'
import type { Rules } from '../../shared/setting/inForce.ts'

/** Names the rules that a call went by: two calls under the same settings carry the same version. */
export const rulesVersion = ({ settingIds }: Rules): string =>
  createHash('sha256').update(settingIds.join('\n')).digest('hex').slice(0, 16)
