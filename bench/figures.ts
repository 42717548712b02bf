/** Milliseconds (or megabytes) of one thing measured over and over. */
export interface Figures {
  median: number
  p95: number
  max: number
}

export function figures(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { median: at(0.5), p95: at(0.95), max: at(1) }
}

/** Two things measured side by side in one run, and their ratio: the claim that survives a busy machine. */
export function report(title: string, ours: Figures, bare: Figures, unit: string, goal: string): void {
  const row = (name: string, { median, p95, max }: Figures) =>
    `  ${name.padEnd(10)} median ${median.toFixed(2)} ${unit}, p95 ${p95.toFixed(2)}, max ${max.toFixed(2)}`
  process.stdout.write(
    [
      title,
      row('ours', ours),
      row('bare', bare),
      `  ratio of medians ${(ours.median / bare.median).toFixed(2)}x (goal: ${goal})`,
      ''
    ].join('\n')
  )
}
