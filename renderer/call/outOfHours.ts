import type { CallDraft } from '../../shared/call/call.ts'
import { CALL_BACK_ACTION } from '../../shared/call/loop.ts'
import { newId, type Instant } from '../../shared/ids.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { londonDate, londonTime, showDay } from '../../shared/time/london.ts'

/** Out of hours a call is a message: a call-back at the next opening is proposed, and nothing typed is changed. */
export function proposeCallBack(draft: CallDraft, opening: Instant | undefined, who: string): void {
  if (draft.outcome === '') draft.outcome = 'call-back'
  if (draft.actions.length > 0) return
  draft.actions.push({
    id: newId(),
    what: CALL_BACK_ACTION,
    who,
    byWhen: opening ? writeDate(londonDate(opening)) : ''
  })
}

/** Takes the proposal back where it still is as it was made. */
export function withdrawCallBack(draft: CallDraft, who: string): void {
  if (draft.outcome === 'call-back') draft.outcome = ''
  const proposed = draft.actions.findIndex((action) => action.what === CALL_BACK_ACTION && action.who === who)
  if (proposed >= 0) draft.actions.splice(proposed, 1)
}

/** `Monday 23 November 9:00` */
export function openingWords(opening: Instant): string {
  const day = showDay(londonDate(opening)).replace(/ \d{4}$/, '')
  return `${day} ${londonTime(opening).replace(/^0/, '')}`
}
