export * from '../../shared/words/labels.ts'

/** A label map as the options of a select or a radio group. */
export function optionsOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return (Object.entries(labels) as [K, string][]).map(([value, label]) => ({ value, label }))
}
