import { sql } from 'drizzle-orm'
import type { Actor } from '../../shared/access/roles.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'

/** Who wrote a new row of what belongs to the whole county: people and settings. */
export const signedNew = (actor: Actor) => ({
  hubId: COUNTY_HUB_ID,
  createdAt: actor.now,
  createdBy: actor.id,
  deviceId: actor.deviceId,
  updatedAt: actor.now,
  updatedBy: actor.id
})

/** Who changed a row: its next version. */
export const signedChange = (actor: Actor) => ({
  rowVersion: sql<number>`row_version + 1`,
  updatedAt: actor.now,
  updatedBy: actor.id
})

export const signedDeletion = (actor: Actor) => ({
  ...signedChange(actor),
  deletedAt: actor.now,
  deletedBy: actor.id
})
