import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { emptyCall, type CallDraft } from '../../shared/call/call.ts'
import type { School } from '../../shared/school/school.ts'
import type { Desk } from './launch.ts'
import { field, goTo, lock, openDesk, relaunch, unlock } from './screens/desk.ts'
import { addSchool, ask } from './screens/hub.ts'

const KILLS = 5

/** What the desk has said yes to. A kill may take what was asked for last, and nothing else. */
interface Acknowledged {
  /** Reference by call id. */
  filed: Map<string, string>
  /** The newest concern that was saved, by call id. */
  drafts: Map<string, string>
}

function someCall(school: School, concern: string): CallDraft {
  return {
    ...emptyCall(newId(), newId(), '2026-11-23T10:00:00.000Z'),
    callerKind: 'school',
    schoolId: school.id,
    schoolText: school.name,
    callerName: 'Sam Whitlock',
    concern,
    advice: 'Talk to the parents first.',
    outcome: 'advice-only',
    seconds: 60
  }
}

/** Types, saves and files, one after another, until the desk is gone. */
async function workUntilKilled(page: Page, school: School, said: Acknowledged): Promise<void> {
  for (let count = 1; ; count += 1) {
    const call = someCall(school, '')
    for (const [saves, concern] of ['Half', 'Half a sentence', 'Half a sentence more.'].entries()) {
      call.concern = `${String(count)}. ${concern}`
      await ask(page, 'call.saveDraft', { draft: call, savedBefore: saves })
      said.drafts.set(call.id, call.concern)
    }
    // every third stays a draft
    if (count % 3 === 0) continue
    const { reference } = await ask(page, 'call.file', call)
    said.filed.set(call.id, reference)
    said.drafts.delete(call.id)
  }
}

async function expectAllThere(page: Page, said: Acknowledged): Promise<void> {
  const drafts = await ask(page, 'call.drafts', {})
  for (const [id, reference] of said.filed) {
    expect((await ask(page, 'call.read', { id })).reference).toBe(reference)
    expect(
      drafts.map((draft) => draft.id),
      'a filed call is no draft'
    ).not.toContain(id)
  }
  for (const [id, concern] of said.drafts) {
    // its filing may have been under way: then it is filed whole, or still a draft
    const kept = await ask(page, 'call.openDraft', { id }).then(
      ({ draft }) => draft,
      () => ask(page, 'call.read', { id })
    )
    // what was asked for last may be there too
    expect(kept.concern).toContain(concern)
  }
}

test(`${String(KILLS)} kills while calls are typed and filed: nothing that was acknowledged is lost`, async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const first = await openDesk({ userDataDir })
  const school = await addSchool(first.page)
  const said: Acknowledged = { filed: new Map(), drafts: new Map() }
  let desk: Desk = first
  for (let kills = 1; kills <= KILLS; kills += 1) {
    const working = workUntilKilled(desk.page, school, said)
    // any moment will do, so long as it is another one each time
    const moment = new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 500))
    await Promise.race([working, moment])
    await Promise.all([desk.kill(), working.catch(() => undefined)])
    desk = await relaunch(desk)
    await unlock(desk.page)
  }
  await expectAllThere(desk.page, said)
  expect(said.filed.size).toBeGreaterThan(KILLS)
  expect(said.drafts.size).toBeGreaterThan(0)

  const { page } = desk
  await goTo(page, 'Calls')
  const references = [...said.filed.values()]
  expect(new Set(references).size).toBe(references.length)
  // each start sets the clock back, so that the last one need not be the newest
  const last = references.at(-1) ?? ''
  await field(page, 'Search calls').fill(last)
  await expect(page.getByRole('link', { name: last })).toBeVisible()
  await lock(page)
  await desk.close()
  rmSync(userDataDir, { recursive: true })
})
