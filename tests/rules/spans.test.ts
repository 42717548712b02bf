import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import {
  keyworkerSpans,
  LAST_DAY,
  spanOn,
  type KeyworkerRow,
  type KeyworkerSpan
} from '../../shared/keyworker/spans.ts'
import { addDays } from '../../shared/time/london.ts'

const JO = newId()
const PRIYA = newId()
const SAM = newId()

let recorded = 0
/** A row, recorded after those before it. */
function row(practitionerId: Id, validFrom: CivilDate, changes: Partial<KeyworkerRow> = {}): KeyworkerRow {
  recorded += 1
  return {
    ...{ id: newId(), practitionerId, kind: 'named', overId: '', validFrom, validTo: '', lastDay: '' },
    createdAt: new Date(Date.UTC(2026, 0, 1) + recorded * 60_000).toISOString(),
    ...changes
  }
}
const cover = (
  over: KeyworkerRow,
  practitionerId: Id,
  validFrom: CivilDate,
  validTo: CivilDate,
  changes: Partial<KeyworkerRow> = {}
) => row(practitionerId, validFrom, { kind: 'cover', overId: over.id, validTo, ...changes })

const names = new Map([
  [JO, 'Jo'],
  [PRIYA, 'Priya'],
  [SAM, 'Sam']
])
/** `Jo 2026-11-23 – 2026-12-02`; no last day where there is none. */
const told = (rows: readonly KeyworkerRow[]) =>
  keyworkerSpans(rows).map(
    ({ from, to, practitionerId, isCover }) =>
      `${names.get(practitionerId) ?? '?'}${isCover ? ' covers' : ''} ${from} – ${to === LAST_DAY ? '' : to}`
  )

describe('R33, R40: who is the keyworker from when to when', () => {
  const jo = row(JO, '2026-11-23')

  it.each<[string, KeyworkerRow[], string[]]>([
    ['nobody', [], []],
    ['one who goes on', [jo], ['Jo 2026-11-23 – ']],
    [
      'R38: a transfer to a day to come',
      [jo, row(PRIYA, '2026-12-03', { kind: 'transfer' })],
      ['Jo 2026-11-23 – 2026-12-02', 'Priya 2026-12-03 – ']
    ],
    [
      'back-dated between two that were recorded before it',
      [jo, row(PRIYA, '2026-12-10', { kind: 'transfer' }), row(SAM, '2026-12-01', { kind: 'transfer' })],
      ['Jo 2026-11-23 – 2026-11-30', 'Sam 2026-12-01 – 2026-12-09', 'Priya 2026-12-10 – ']
    ],
    [
      'two of one day: whoever was recorded later',
      [jo, row(PRIYA, '2026-12-03'), row(SAM, '2026-12-03')],
      ['Jo 2026-11-23 – 2026-12-02', 'Sam 2026-12-03 – ']
    ],
    ['on the very day on which the first began', [jo, row(PRIYA, '2026-11-23')], ['Priya 2026-11-23 – ']],
    [
      'the end of February of a leap year',
      [row(JO, '2028-02-28'), row(PRIYA, '2028-02-29'), row(SAM, '2028-03-01')],
      ['Jo 2028-02-28 – 2028-02-28', 'Priya 2028-02-29 – 2028-02-29', 'Sam 2028-03-01 – ']
    ],
    [
      'the end of February of another year',
      [row(JO, '2027-02-28'), row(PRIYA, '2027-03-01')],
      ['Jo 2027-02-28 – 2027-02-28', 'Priya 2027-03-01 – ']
    ],
    [
      'the day on which the clocks go forward',
      [row(JO, '2027-03-27'), row(PRIYA, '2027-03-28')],
      ['Jo 2027-03-27 – 2027-03-27', 'Priya 2027-03-28 – ']
    ],
    [
      'the day on which the clocks go back',
      [row(JO, '2026-10-24'), row(PRIYA, '2026-10-25'), row(SAM, '2026-10-26')],
      ['Jo 2026-10-24 – 2026-10-24', 'Priya 2026-10-25 – 2026-10-25', 'Sam 2026-10-26 – ']
    ],
    [
      'taken back before its day',
      [jo, row(PRIYA, '2026-12-03', { kind: 'transfer', lastDay: '2026-12-02' })],
      ['Jo 2026-11-23 – ']
    ]
  ])('%s', (_name, rows, spans) => {
    expect(told(rows)).toEqual(spans)
  })

  it.each<[string, (jo: KeyworkerRow) => KeyworkerRow[], string[]]>([
    [
      'R40: the keyworker is back by itself',
      (over) => [cover(over, PRIYA, '2026-12-01', '2026-12-05')],
      ['Jo 2026-11-23 – 2026-11-30', 'Priya covers 2026-12-01 – 2026-12-05', 'Jo 2026-12-06 – ']
    ],
    [
      'for one day',
      (over) => [cover(over, PRIYA, '2026-12-01', '2026-12-01')],
      ['Jo 2026-11-23 – 2026-11-30', 'Priya covers 2026-12-01 – 2026-12-01', 'Jo 2026-12-02 – ']
    ],
    [
      'back sooner',
      (over) => [cover(over, PRIYA, '2026-12-01', '2026-12-05', { lastDay: '2026-12-03' })],
      ['Jo 2026-11-23 – 2026-11-30', 'Priya covers 2026-12-01 – 2026-12-03', 'Jo 2026-12-04 – ']
    ],
    [
      'back before it began',
      (over) => [cover(over, PRIYA, '2026-12-01', '2026-12-05', { lastDay: '2026-11-30' })],
      ['Jo 2026-11-23 – ']
    ],
    [
      'before the days of whoever is covered it counts on none of them',
      (over) => [cover(over, PRIYA, '2026-11-01', '2026-11-22')],
      ['Jo 2026-11-23 – ']
    ],
    [
      'from before their first day on',
      (over) => [cover(over, PRIYA, '2026-11-01', '2026-11-24')],
      ['Priya covers 2026-11-23 – 2026-11-24', 'Jo 2026-11-25 – ']
    ],
    [
      'a transfer in the middle ends it',
      (over) => [
        cover(over, PRIYA, '2026-12-01', '2026-12-20'),
        row(SAM, '2026-12-10', { kind: 'transfer' })
      ],
      ['Jo 2026-11-23 – 2026-11-30', 'Priya covers 2026-12-01 – 2026-12-09', 'Sam 2026-12-10 – ']
    ],
    [
      'a cover that overlaps another: the one recorded later counts',
      (over) => [
        cover(over, PRIYA, '2026-12-01', '2026-12-10'),
        cover(over, SAM, '2026-12-05', '2026-12-15')
      ],
      [
        'Jo 2026-11-23 – 2026-11-30',
        'Priya covers 2026-12-01 – 2026-12-04',
        'Sam covers 2026-12-05 – 2026-12-15',
        'Jo 2026-12-16 – '
      ]
    ],
    [
      'within another one: the first goes on after it',
      (over) => [
        cover(over, PRIYA, '2026-12-01', '2026-12-10'),
        cover(over, SAM, '2026-12-04', '2026-12-05')
      ],
      [
        'Jo 2026-11-23 – 2026-11-30',
        'Priya covers 2026-12-01 – 2026-12-03',
        'Sam covers 2026-12-04 – 2026-12-05',
        'Priya covers 2026-12-06 – 2026-12-10',
        'Jo 2026-12-11 – '
      ]
    ],
    [
      'whoever covers becomes keyworker for good',
      (over) => [
        cover(over, PRIYA, '2026-12-01', '2026-12-10'),
        row(PRIYA, '2026-12-05', { kind: 'transfer' })
      ],
      ['Jo 2026-11-23 – 2026-11-30', 'Priya covers 2026-12-01 – 2026-12-04', 'Priya 2026-12-05 – ']
    ]
  ])('cover: %s', (_name, rows, spans) => {
    const over = row(JO, '2026-11-23')
    expect(told([over, ...rows(over)])).toEqual(spans)
  })

  it('a cover of somebody who covers counts on none of the days: it is the keyworker who is stood in for', () => {
    const over = row(JO, '2026-11-23')
    const first = cover(over, PRIYA, '2026-12-01', '2026-12-10')
    expect(told([over, first, cover(first, SAM, '2026-12-02', '2026-12-03')])).toEqual(told([over, first]))
  })
})

const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2028-02-01', days))
const person = fc.constantFrom(JO, PRIYA, SAM)
const oneRow = fc.record({
  practitionerId: person,
  from: day,
  days: fc.integer({ min: 0, max: 20 }),
  kind: fc.constantFrom('named', 'transfer', 'cover'),
  over: fc.nat(9),
  cut: fc.constantFrom('no', 'never', 'sooner')
})

/** Rows as they could stand in a record: a cover is over one of those before it. */
const someRows = fc.array(oneRow, { maxLength: 10 }).map((drawn) => {
  const rows: KeyworkerRow[] = []
  for (const { practitionerId, from, days, kind, over, cut } of drawn) {
    const lasting = rows.filter((each) => each.kind !== 'cover')
    const isCover = kind === 'cover' && lasting.length > 0
    const ended = cut === 'never' ? addDays(from, -1) : addDays(from, Math.floor(days / 2))
    rows.push(
      row(practitionerId, from, {
        kind: isCover ? 'cover' : kind === 'cover' ? 'named' : kind,
        overId: isCover ? (lasting[over % lasting.length]?.id ?? '') : '',
        validTo: isCover ? addDays(from, days) : '',
        lastDay: cut === 'no' || (cut === 'sooner' && !isCover) ? '' : ended
      })
    )
  }
  return rows
})

const isGapless = (spans: readonly KeyworkerSpan[]) =>
  spans.every(
    ({ from, to }, index) =>
      from <= to && (spans[index + 1]?.from ?? '') === (to === LAST_DAY ? '' : addDays(to, 1))
  )

describe('L19, R33: whatever the rows', () => {
  it('the spans follow each other without a gap, and the last has no end', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const spans = keyworkerSpans(rows)
        const counted = rows.filter(({ kind, validFrom, lastDay }) => {
          return kind !== 'cover' && !(lastDay !== '' && lastDay < validFrom)
        })
        expect(isGapless(spans)).toBe(true)
        expect(spans.at(-1)?.to).toBe(counted.length > 0 ? LAST_DAY : undefined)
        expect(spans[0]?.from).toBe(counted.map(({ validFrom }) => validFrom).toSorted()[0])
      }),
      { numRuns: 500 }
    )
  })

  it('they are the same in whatever order the rows of other desks come', () => {
    const shuffled = someRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))
    )
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        expect(keyworkerSpans(other)).toEqual(keyworkerSpans(rows))
      })
    )
  })

  it('each day is of a row that was made for it: a cover of its days, anybody else from theirs on', () => {
    fc.assert(
      fc.property(someRows, day, (rows, on) => {
        const span = spanOn(keyworkerSpans(rows), on)
        const made = rows.find(({ id }) => id === span?.rowId)
        if (!span || !made) return
        expect(made.practitionerId).toBe(span.practitionerId)
        expect(made.validFrom <= on).toBe(true)
        if (made.kind === 'cover') {
          expect(made.validTo >= on && (made.lastDay === '' || made.lastDay >= on)).toBe(true)
          expect(span.isCover).toBe(true)
        }
      })
    )
  })
})
