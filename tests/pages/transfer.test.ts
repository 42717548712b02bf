import { describe, expect, it } from 'vitest'
import { checklist, type Standing } from '../../renderer/transfer/words.ts'
import { newId } from '../../shared/ids.ts'
import { mayDo } from '../../shared/transfer/state.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'

const DAY = '2026-11-23'
const CHANGEOVER = '2026-12-03'

describe('the card of a transfer', () => {
  const asked: Transfer = {
    ...{
      id: newId(),
      familyId: newId(),
      episodeId: newId(),
      reference: 'FFA-7KQ3-000001',
      childNames: 'Robin'
    },
    ...{ kind: 'in-county', reason: 'job-change', belowThreshold: '', requestedOn: DAY, note: '' },
    ...{ authorityName: '', state: 'requested', isWaiting: true, toId: '', toName: '', changeoverOn: '' },
    ...{ reviewPlannedFor: '', reviewHeldOn: '', familyToldOn: '', agreementReviewedOn: '' },
    ...{ authorityContactedOn: '', introducedOn: '', notesGiven: '', steps: [], recordedAt: '', byName: '' },
    mayDo: mayDo('in-county', [], DAY)
  }
  const standings = (transfer: Transfer, today = DAY) =>
    Object.fromEntries(checklist(transfer, today).map(({ key, standing: is }) => [key, is])) as Record<
      string,
      Standing
    >

  it('says what is next, and what something else comes before', () => {
    expect(standings(asked)).toEqual({
      ...{ review: 'To do', family: 'To do', proposal: 'Not yet', answer: 'Not yet', agreement: 'To do' },
      ...{ notes: 'Not yet', changeover: 'Not yet', introduction: 'If possible' }
    })
    const told = { ...asked, familyToldOn: DAY, reviewPlannedFor: CHANGEOVER }
    expect(standings(told)).toMatchObject({ review: 'Planned', proposal: 'To do' })
  })

  it('R30: says that the notes do not open until agreement is reviewed', () => {
    const accepted: Transfer = { ...asked, state: 'accepted', toName: 'Priya Shah', changeoverOn: CHANGEOVER }
    const hint = checklist(accepted, DAY).find(({ key }) => key === 'agreement')?.hint
    expect(hint).toContain('the notes do not open for Priya Shah')
    expect(standings(accepted)['notes']).toBe('Not yet')
    const reviewed = { ...accepted, agreementReviewedOn: DAY }
    expect(standings(reviewed)).toMatchObject({ agreement: 'Done', notes: 'To do', changeover: 'Not yet' })
    expect(standings(reviewed, CHANGEOVER)['changeover']).toBe('Done')
  })

  it('R39: out of the county the authority comes in, and the hand-over instead of the changeover', () => {
    const out: Transfer = { ...asked, kind: 'out-of-county', authorityName: 'Luton' }
    expect(Object.keys(standings(out))).toEqual([
      ...[
        'review',
        'family',
        'authority',
        'proposal',
        'answer',
        'agreement',
        'notes',
        'hand-over',
        'introduction'
      ]
    ])
  })
})
