import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { counter } from '../../db/schema/index.ts'
import { refuse } from '../../shared/errors.ts'

/** The desk code may change until a reference carries it: after the first filing it stays (decisions 5). */
export async function mayChangeDeskCode(tx: Tx): Promise<null> {
  const [filed] = await tx.select().from(counter).where(eq(counter.name, 'call'))
  return filed ? refuse('desk-code-fixed') : null
}
