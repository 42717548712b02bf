import { howLabels } from '../../shared/words/sharing.ts'
import { optionsOf } from '../words/labels.ts'

export * from '../../shared/words/sharing.ts'

/** Nobody reads out a file. */
export const waysOfAFile = optionsOf(howLabels).filter(({ value }) => value !== 'phone')
