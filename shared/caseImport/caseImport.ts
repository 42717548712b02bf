/** What comes with case notes from another desk and is kept as the file has it. */
export const importedKinds = ['person', 'entry', 'assessment', 'plan'] as const
export type ImportedKind = (typeof importedKinds)[number]
