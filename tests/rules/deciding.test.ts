import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import {
  agreementStands,
  decidedIn,
  emptyDecision,
  eventOfRoute,
  needsKeyworker,
  NOT_AGREED,
  problemsWithDecision
} from '../../shared/stepDown/deciding.ts'
import { fillIn, unknownFields } from '../../shared/letter/fields.ts'
import { settingProblems } from '../../shared/setting/problems.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import {
  emptyTriageLetter,
  nextForFamily,
  nextForSender,
  problemsWithTriageLetter,
  triageLetterFields,
  triageLetterKinds
} from '../../shared/stepDown/letter.ts'
import type { StepDownVersion } from '../../shared/stepDown/record.ts'
import { routes, type DecisionDraft } from '../../shared/stepDown/stepDown.ts'
import { aDecision } from '../fixtures/decisions.ts'

const about = { today: '2026-11-23', receivedAt: '2026-11-20T09:00:00.000Z', isAgreed: true }
const paths = (changes: Partial<DecisionDraft>, isAgreed = true) =>
  problemsWithDecision(aDecision(newId(), changes), { ...about, isAgreed }).map(({ path }) => path)

describe('problemsWithDecision', () => {
  it('R50: nothing of it may be left out, in the order of the form', () => {
    const empty = emptyDecision(newId(), newId())
    expect(problemsWithDecision(empty, about).map(({ path }) => path)).toEqual([
      ...['level', 'rationale', 'route', 'evidence', 'considered']
    ])
    expect(paths({})).toEqual([])
    expect(paths({ rationale: ' ', routeReason: '\n', evidence: '', considered: '\t' })).toEqual([
      ...['rationale', 'routeReason', 'evidence', 'considered']
    ])
  })

  it.each([
    ['partner-agency', ['agencyId']],
    ['universal', ['signposting']],
    ['not-accepted', ['familyNext']],
    ['former-keyworker', []],
    ['intensive-team', []]
  ] as const)('R48, R49: %s needs %j', (route, wanted) => {
    expect(paths({ route })).toEqual(wanted)
  })

  it('R24, R47: only a route to a keyworker needs agreement, and what to do is said', () => {
    expect(routes.filter((route) => paths({ route }, false).includes('route'))).toEqual([
      ...['intensive-team', 'partner-agency', 'former-keyworker']
    ])
    const [problem] = problemsWithDecision(aDecision(newId()), { ...about, isAgreed: false })
    expect(problem).toEqual({ path: 'route', message: NOT_AGREED })
  })

  it.each([
    ['', []],
    ['20/11/2026', []],
    ['19/11/2026', ['decidedOn']],
    ['23/11/2026', []],
    ['24/11/2026', ['decidedOn']],
    ['31/11/2026', ['decidedOn']],
    ['yesterday', ['decidedOn']]
  ])('decided on %j, received on 20 November, on 23 November', (decidedOn, wanted) => {
    expect(paths({ decidedOn })).toEqual(wanted)
  })
})

describe('decidedIn', () => {
  it('whatever was typed for other routes: only what belongs to the one that was chosen is kept (seed 50)', () => {
    const said = { agencyId: newId(), practitionerId: newId(), signposting: ' A ', familyNext: ' B ' }
    fc.assert(
      fc.property(fc.constantFrom(...routes), (route) => {
        const { agencyId, practitionerId, signposting, familyNext } = decidedIn(
          aDecision(newId(), { ...said, route }),
          '2026-11-23'
        )
        const kept = { agencyId, practitionerId, signposting, familyNext }
        const wanted = {
          'intensive-team': {},
          'partner-agency': { agencyId: said.agencyId },
          'former-keyworker': { practitionerId: said.practitionerId },
          universal: { signposting: 'A' },
          'not-accepted': { familyNext: 'B' }
        }[route]
        expect(kept).toEqual({ agencyId: '', practitionerId: '', signposting: '', familyNext: '', ...wanted })
      }),
      { seed: 50 }
    )
  })

  it('an empty day is today', () => {
    expect(decidedIn(aDecision(newId()), '2026-11-23').decidedOn).toBe('2026-11-23')
    expect(decidedIn(aDecision(newId(), { decidedOn: '20/11/2026' }), '2026-11-23').decidedOn).toBe(
      '2026-11-20'
    )
  })

  it('R48 to R50: what needs a keyworker goes on to be allocated, and nothing else', () => {
    for (const route of routes)
      expect(eventOfRoute(route)).toBe(needsKeyworker(route) ? 'decide-keyworker' : 'decide-elsewhere')
  })
})

describe('agreementStands', () => {
  const version = (agreement: StepDownVersion['agreement'], recordedAt: string) => ({ agreement, recordedAt })
  const withdrawn = [{ event: 'withdraw-agreement' as const, recordedAt: '2026-11-23T10:00:00.000Z' }]

  it.each([
    ['given', '2026-11-23T09:59:59.999Z', [], true],
    ['refused', '2026-11-23T09:59:59.999Z', [], false],
    ['not-asked', '2026-11-23T09:59:59.999Z', [], false],
    ['', '2026-11-23T09:59:59.999Z', [], false],
    ['given', '2026-11-23T09:59:59.999Z', withdrawn, false],
    ['given', '2026-11-23T10:00:00.000Z', withdrawn, false],
    ['given', '2026-11-23T10:00:00.001Z', withdrawn, true]
  ] as const)('%s, told at %s', (agreement, recordedAt, events, wanted) => {
    expect(agreementStands(version(agreement, recordedAt), events)).toBe(wanted)
  })
})

describe('letters of triage', () => {
  it.each(triageLetterKinds)('the seed of %s names only what it can fill in', (kind) => {
    const seed = seedSettings().find((each) => each.kind === 'triage-letter' && each.key === kind)
    expect(seed).toBeDefined()
    expect(settingProblems('triage-letter', kind, seed?.value, '2026-11-24', '', '2026-11-23')).toEqual([])
  })

  it('a field of another of the three is refused, beside its field', () => {
    const value = { name: 'X', subject: 'About {{missing}}', text: 'Dear {{to}}' }
    expect(
      settingProblems('triage-letter', 'decision-family', value, '2026-11-24', '', '2026-11-23')
    ).toEqual([{ path: 'value.subject', message: 'A letter cannot fill in {{missing}}' }])
    expect(unknownFields('{{to}} {{worker}}', triageLetterFields.return)).toEqual(['{{to}}'])
  })

  it('a reason with braces in it is never read as a field', () => {
    expect(fillIn('{{reason}} {{to}}', { reason: 'See {{to}}', to: 'Jo' }).text).toBe('See {{to}} Jo')
  })

  const told = {
    agencyName: 'Lantern Trust',
    practitionerName: 'Priya Shah',
    signposting: 'The family centre, 01992 555 111',
    familyNext: 'The school goes on seeing you'
  }

  it.each(routes)('%s: what happens next is said in words without codes, to both', (route) => {
    for (const next of [nextForFamily({ ...told, route }), nextForSender({ ...told, route })]) {
      expect(next).not.toContain('{{')
      expect(next).not.toMatch(/triage|allocat\w* to|step-down|-team/i)
      expect(next.trim()).not.toBe('')
    }
  })

  it('R24: whoever is offered a keyworker is told that they may say no, and of the rest nobody is', () => {
    const saysNo = routes.filter((route) => nextForFamily({ ...told, route }).includes('You can say no'))
    expect(saysNo).toEqual(routes.filter(needsKeyworker))
  })

  it('R49: a former keyworker whom nobody knows by name is still told of', () => {
    const unnamed = { ...told, practitionerName: '', route: 'former-keyworker' as const }
    expect(nextForFamily(unnamed)).toContain('the keyworker whom you had before')
    expect(nextForSender(unnamed)).toContain('the keyworker whom the family had before')
  })

  it('is made with nothing left in it, to somebody who may be written to', () => {
    const jo = newId()
    const draft = {
      ...emptyTriageLetter(newId(), { stepDownId: newId(), kind: 'decision-family', aboutId: newId() }),
      ...{ toPersonId: jo, toName: 'Jo', subject: 'A', body: 'B' }
    }
    const wrong = (changes: Partial<typeof draft>) =>
      problemsWithTriageLetter({ ...draft, ...changes }, [jo]).map(({ path }) => path)
    expect(wrong({})).toEqual([])
    expect(wrong({ toPersonId: '' })).toEqual([])
    expect(wrong({ toPersonId: newId() })).toEqual(['toPersonId'])
    expect(wrong({ kind: 'decision-sender' })).toEqual(['toPersonId'])
    expect(wrong({ toName: ' ', subject: '', body: 'Dear {{to' })).toEqual(['toName', 'subject', 'body'])
  })
})
