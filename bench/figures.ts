/** One thing measured, with what it is held against. */
export interface Figure {
  name: string
  /** '' for a number of things. */
  unit: 'ms' | 'MB' | 's' | '%' | ''
  /** What `ours` is of the measured values: their median, or their 95th of a hundred. */
  statistic: 'median' | 'p95' | 'p99' | 'once'
  ours: number
  /** What was measured side by side with it; '' where it is held against a number alone. */
  against: string
  theirs: number | null
  /** `ours` divided by `theirs`, or less `theirs` where the goal is a difference. */
  compared: number | null
  goal: string
  met: boolean
}

export type Measured = readonly number[]

/** The value that so many hundredths of all are at most. */
export function percentile(values: Measured, hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * hundredths) / 100))] ?? NaN
}

export const median = (values: Measured): number => percentile(values, 50)

type Named = Pick<Figure, 'name' | 'unit'>

/** Medians of two things taken in turn, and their ratio: the claim that survives a busy machine. */
export function atMostTimes(
  { name, unit }: Named,
  most: number,
  ours: Measured,
  against: string,
  theirs: Measured
): void {
  const compared = median(ours) / median(theirs)
  report({
    ...{ name, unit, against, compared },
    statistic: 'median',
    ours: median(ours),
    theirs: median(theirs),
    goal: `at most ${String(most)}x`,
    met: compared <= most
  })
}

/** The 95th of a hundred, at most so much. */
export function p95AtMost({ name, unit }: Named, most: number, ours: Measured): void {
  const p95 = percentile(ours, 95)
  report({
    ...{ name, unit },
    statistic: 'p95',
    ours: p95,
    against: '',
    theirs: null,
    compared: null,
    goal: `at most ${String(most)} ${unit}`,
    met: p95 <= most
  })
}

/** Two single figures, and by how much the first may be greater. */
export function atMostMore(
  { name, unit, statistic }: Named & Pick<Figure, 'statistic'>,
  most: number,
  ours: number,
  against: string,
  theirs: number
): void {
  report({
    ...{ name, unit, statistic, ours, against, theirs },
    compared: ours - theirs,
    goal: `at most ${String(most)} ${unit} more`,
    met: ours - theirs <= most
  })
}

/** One figure, with the most or the least that it may be; '' as the goal where it is only told. */
export function once({ name, unit }: Named, ours: number, goal = '', met = true): void {
  report({ ...{ name, unit, ours, goal, met }, statistic: 'once', against: '', theirs: null, compared: null })
}

/** A line of JSON on stdout: `scripts/bench.mjs` makes the table of them. */
export const report = (figure: Figure): void => void process.stdout.write(`${JSON.stringify(figure)}\n`)

/** For whoever waits; stdout holds figures only. */
export const say = (text: string): void => void process.stderr.write(`  ${text}\n`)
