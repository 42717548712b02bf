import {
  nextForFamily,
  nextForSender,
  triageLetterFields,
  type TriageLetterField,
  type TriageLetterKind
} from '../../shared/stepDown/letter.ts'
import { neededLabels, routeLabels } from '../../shared/words/stepDown.ts'
import type { LetterExample } from '../letter/invented.ts'
import { triageLetterFieldLabels } from './letterWords.ts'

/** Nobody: for whoever writes a letter of triage in the settings and would like to see how it reads. */
const invented: Record<Exclude<TriageLetterField, 'next'>, string> = {
  to: 'Jo Vale',
  worker: 'Sam Okafor',
  sendingTeam: 'Assessment Team East',
  reference: 'SD-7KQ3-000001',
  receivedDate: '23 November 2026',
  missing: `– ${neededLabels['last-plan']}\n– ${neededLabels.agreement}`,
  reason: 'Without them we do not know what the family has said yes to.',
  replyBy: '30 November 2026',
  level: 'Intensive',
  rationale: 'The children have needs at home and at school.',
  route: routeLabels['intensive-team'],
  routeReason: 'The family needs somebody several times a week.',
  childrensServices: '0300 123 4043',
  helpdesk: '01438 737575',
  sender: 'Morgan Ellis, Triage manager'
}

const decided = {
  route: 'intensive-team' as const,
  ...{ agencyName: '', practitionerName: '', signposting: '', familyNext: '' }
}

/** How a letter of triage reads to people who do not exist. */
export function triageLetterExample(kind: TriageLetterKind): LetterExample {
  const isToFamily = kind === 'decision-family'
  return {
    fields: triageLetterFields[kind].map((field) => ({ field, label: triageLetterFieldLabels[field] })),
    known: { ...invented, next: isToFamily ? nextForFamily(decided) : nextForSender(decided) },
    head: {
      hubName: 'Broxbourne and East Herts',
      day: '24 November 2026',
      toName: isToFamily ? invented.to : invented.worker,
      address: isToFamily ? '4 Mill Lane\nHertford SG14 1AB' : 'County Hall\nHertford SG13 8DE'
    }
  }
}
