import type { ReasonCode } from '../subjectAccess/subjectAccess.ts'

/** Why something does not go out, as it stands beside a bar and in the index of what was withheld. */
export const reasonLabels: Record<ReasonCode, string> = {
  'third-party': 'third party',
  'serious-harm': 'serious harm',
  'legal-privilege': 'legal privilege',
  exempt: 'exempt'
}
