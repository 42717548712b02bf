/** Notes and entries of the chronology in one print or Word document: printed, 20,000 at once take 1.3 GB and half a minute (decisions 9). */
export const PART = 2_000

/** What a part holds: so many entries of the chronology, then so many notes, each from a place on. */
export interface PartOf {
  entries: { from: number; to: number }
  notes: { from: number; to: number }
}

/** The chronology and then the notes, in parts of 2,000; one part where there is nothing at all. */
export function partsOf(entries: number, notes: number): PartOf[] {
  const all = entries + notes
  return Array.from({ length: Math.max(1, Math.ceil(all / PART)) }, (_, index) => {
    const from = index * PART
    const to = Math.min(all, from + PART)
    return {
      entries: { from: Math.min(from, entries), to: Math.min(to, entries) },
      notes: { from: Math.max(0, from - entries), to: Math.max(0, to - entries) }
    }
  })
}

/** `Chronology 1 to 1,200, case notes 1 to 800` */
export function partSays({ entries, notes }: PartOf): string {
  const said = (what: string, { from, to }: { from: number; to: number }) =>
    from === to ? '' : `${what} ${(from + 1).toLocaleString('en-GB')} to ${to.toLocaleString('en-GB')}`
  const parts = [said('chronology', entries), said('case notes', notes)].filter((part) => part !== '')
  const words = parts.join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
