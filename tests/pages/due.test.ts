import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import FamiliesDue from '../../renderer/desk/FamiliesDue.vue'
import { useWaiting } from '../../renderer/desk/waiting.ts'
import { OPEN_ROWS } from '../../shared/call/loop.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { nothingDue } from '../fixtures/waiting.ts'
import { inBody } from './body.ts'
import { session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { ok, standInHub } from './standInHub.ts'

enableAutoUnmount(afterEach)

const aReview = (familyName: string): FamilyDue => ({
  ...{ kind: 'agreement-review', id: newId(), rowVersion: 1, familyId: newId(), familyName },
  ...{ familyReference: 'FAM-7KQ3-000001', dueOn: '2026-11-20', ownerName: 'Priya Patel', note: '' }
})
/** Each answer comes when it is told to. */
async function familiesDue() {
  const answers: ((answer: Result<FamilyDue[]>) => void)[] = []
  const { asked } = standInHub({
    'call.due': () => ok(nothingDue()),
    'family.due': () => new Promise((resolve) => answers.push(resolve))
  })
  const { wrapper } = await show(FamiliesDue, session)
  const told = async (index: number, answer: FamilyDue[] | AppError) => {
    answers[index]?.(Array.isArray(answer) ? { ok: true, value: answer } : { ok: false, error: answer })
    await settled()
  }
  return { asked, told, wrapper }
}

describe('what is due on the desk', () => {
  it('is that of whom the list above is about: an answer that comes late is of nobody', async () => {
    const { asked, told } = await familiesDue()
    expect(inBody.text()).toContain('Looking up what is due')
    await useWaiting().show('everyone')
    await settled()
    await told(1, [aReview('The Okoros')])
    await told(0, [aReview('The Vales')])
    expect(asked('family.due')).toEqual([{ whose: 'mine' }, { whose: 'everyone' }])
    expect(inBody.text()).toContain('The Okoros')
    expect(inBody.text()).toContain('For Priya Patel')
    expect(inBody.text()).not.toContain('The Vales')
  })

  it('says that of a kind it has the first hundred', async () => {
    const { told } = await familiesDue()
    const reviews = Array.from({ length: OPEN_ROWS }, (_, at) => aReview(`Family ${String(at)}`))
    await told(0, reviews.slice(1))
    expect(inBody.text()).not.toContain('Of each kind')
    window.dispatchEvent(new Event('focus'))
    await told(1, reviews)
    expect(inBody.text()).toContain('Of each kind the 100 that are due first stand here.')
  })

  it('stays where it could not be brought up to date, and is looked up again when asked', async () => {
    const { told, wrapper } = await familiesDue()
    await told(0, [aReview('The Vales')])
    expect(wrapper.get('h2').text()).toBe('Families 1')
    window.dispatchEvent(new Event('focus'))
    await told(1, { code: 'fault', reference: '7F3A' })
    expect(wrapper.get('[role=alert]').text()).toContain('What is due about families could not be brought up')
    expect(inBody.text()).toContain('The Vales')
    await inBody.press('Try again')
    await told(2, [])
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
    expect(inBody.text()).toContain('Nothing due')
    expect(inBody.text()).not.toContain('The Vales')
  })
})
