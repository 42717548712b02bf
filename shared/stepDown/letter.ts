import { z } from 'zod'
import type { FieldError } from '../errors.ts'
import { id, type Id } from '../ids.ts'
import type { PaperLetter } from '../letter/letter.ts'
import { problemsWithWords } from '../letter/problems.ts'
import type { StepDownDecision } from './record.ts'
import { needed } from './stepDown.ts'

/** Letters of triage: to the sender of what lacks something (C7), and of a decision to the sender and to the family (R48 to R50). */
export const triageLetterKinds = ['return', 'decision-sender', 'decision-family'] as const
export type TriageLetterKind = (typeof triageLetterKinds)[number]

export const isTriageLetterKind = (key: string): key is TriageLetterKind =>
  (triageLetterKinds as readonly string[]).includes(key)

/** What the template of each may name, between double braces: `{{worker}}`. */
export const triageLetterFields = {
  return: [
    'worker',
    'sendingTeam',
    'reference',
    'receivedDate',
    'missing',
    'reason',
    'replyBy',
    'childrensServices',
    'helpdesk',
    'sender'
  ],
  'decision-sender': [
    'worker',
    'sendingTeam',
    'reference',
    'receivedDate',
    'level',
    'rationale',
    'route',
    'routeReason',
    'next',
    'childrensServices',
    'helpdesk',
    'sender'
  ],
  'decision-family': ['to', 'next', 'level', 'childrensServices', 'helpdesk', 'sender']
} as const satisfies Record<TriageLetterKind, readonly string[]>
export type TriageLetterField = (typeof triageLetterFields)[TriageLetterKind][number]

const idOrNone = z.union([z.literal(''), id])

/**
 * Which letter is to be filled in. A return is not recorded yet when its letter is written: it comes with what is missing
 * and the reason as they are typed. `aboutId`: the decision. `toPersonId`: a person of the family that it is of or, as long
 * as nobody has said which that is, one of whom the sender told; `toName`: how the letter addresses them, '' for the name
 * of `toPersonId`.
 */
export const triageLetterQuery = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('return'),
    stepDownId: id,
    versionId: id,
    missing: z.array(z.enum(needed)).max(needed.length),
    words: z.string().max(5_000)
  }),
  z.strictObject({ kind: z.literal('decision-sender'), stepDownId: id, aboutId: id }),
  z.strictObject({
    kind: z.literal('decision-family'),
    stepDownId: id,
    aboutId: id,
    toPersonId: idOrNone,
    toName: z.string().max(200)
  })
])

/** A letter of a decision as it is typed, in any state. That of a return is part of the return. */
export const triageLetterDraft = z.strictObject({
  /** The letter's id. */
  id,
  stepDownId: id,
  kind: z.enum(['decision-sender', 'decision-family']),
  /** The decision. */
  aboutId: id,
  toPersonId: idOrNone,
  toName: z.string().max(200),
  withAddress: z.boolean(),
  subject: z.string().max(300),
  body: z.string().max(20_000)
})
export type TriageLetterDraft = z.output<typeof triageLetterDraft>

export const emptyTriageLetter = (
  id: Id,
  of: Pick<TriageLetterDraft, 'stepDownId' | 'kind' | 'aboutId'>
): TriageLetterDraft => ({
  ...of,
  id,
  toPersonId: '',
  toName: '',
  withAddress: of.kind === 'decision-sender',
  subject: '',
  body: ''
})

/** Somebody of a family to whom a letter may be. */
export interface Recipient {
  id: Id
  name: string
}

/** A template filled in. What the record does not know is named, and stands in the text as it was written. */
export interface FilledTriageLetter {
  templateId: Id
  subject: string
  body: string
  /** The sender's; of a family where `toPersonId` lives today. A line each; '' where nobody knows, or where it is withheld. */
  address: string
  addressWithheld: boolean
  /** To whom a letter to the family may be; of one to the sender nobody is to be chosen. */
  recipients: Recipient[]
  /** How the letter addresses whoever it is to, until a person types it in another way. */
  toName: string
  missing: TriageLetterField[]
}

type Told = Pick<StepDownDecision, 'route' | 'agencyName' | 'practitionerName' | 'signposting' | 'familyNext'>

const KEYWORKER =
  'A keyworker is one person who listens to your family and brings everybody who helps you together. They will call you to say who they are, and to ask when they may visit.'
const VOLUNTARY = 'You can say no to this help, and you can stop at any time.'
const HARDER =
  'If things get harder, please tell a worker or a school that you trust. They can ask us to think again.'
const paragraphs = (...all: string[]): string => all.filter((each) => each.trim() !== '').join('\n\n')

/** What happens next, to the family and in plain words (R48 to R50): agreement to it is theirs to give and to take back. */
export function nextForFamily({
  route,
  agencyName,
  practitionerName,
  signposting,
  familyNext
}: Told): string {
  switch (route) {
    case 'intensive-team':
      return paragraphs(
        `We would like to find you a keyworker in the Intensive Family Support Team. ${KEYWORKER}`,
        VOLUNTARY
      )
    case 'partner-agency':
      return paragraphs(`We would like to find you a keyworker at ${agencyName}. ${KEYWORKER}`, VOLUNTARY)
    case 'former-keyworker':
      return paragraphs(
        `We would like ${practitionerName || 'the keyworker whom you had before'} to be your keyworker again. They will call you. If they cannot help now, we will find somebody else and tell you who it is.`,
        VOLUNTARY
      )
    case 'universal':
      return paragraphs(
        'We think that you do not need a keyworker now. This is who can help you, and how to ask them:',
        signposting,
        `It is up to you whether you ask for this help. ${HARDER}`
      )
    case 'not-accepted':
      return paragraphs('We cannot offer you a keyworker now.', familyNext, HARDER)
  }
}

/** What happens next, to the social worker who stepped the case down. */
export function nextForSender({
  route,
  agencyName,
  practitionerName,
  signposting,
  familyNext
}: Told): string {
  switch (route) {
    case 'intensive-team':
      return 'We are finding a keyworker in the Intensive Family Support Team, and will tell you who it is.'
    case 'partner-agency':
      return `We are finding a keyworker at ${agencyName}, and will tell you who it is.`
    case 'former-keyworker':
      return practitionerName === ''
        ? 'We are asking the keyworker whom the family had before, and will tell you what they say.'
        : `We are asking ${practitionerName}, the keyworker whom the family had before, and will tell you what they say.`
    case 'universal':
      return `No keyworker is allocated. The family is told of these services: ${signposting}`
    case 'not-accepted':
      return familyNext
  }
}

/** What stands between what was typed and a letter of a decision, in the order of the form. `people`: to whom it may be. */
export const problemsWithTriageLetter = (draft: TriageLetterDraft, people: readonly Id[]): FieldError[] => [
  ...problemsWithRecipient(draft, people),
  ...problemsWithTriageWords(draft)
]

/** One to the sender is to nobody of the family. */
export function problemsWithRecipient(
  { kind, toPersonId, toName }: Pick<TriageLetterDraft, 'kind' | 'toPersonId' | 'toName'>,
  people: readonly Id[]
): FieldError[] {
  const problems: FieldError[] = []
  const isKnown = toPersonId === '' || (kind === 'decision-family' && people.includes(toPersonId))
  if (!isKnown) problems.push({ path: 'toPersonId', message: 'Choose somebody who belongs to the family' })
  if (toName.trim() === '') problems.push({ path: 'toName', message: 'Enter how the letter addresses them' })
  return problems
}

/** What stands between the words of any letter of triage and the letter, that of a return among them. */
export const problemsWithTriageWords = ({
  subject,
  body
}: {
  subject: string
  body: string
}): FieldError[] => [
  ...problemsWithWords('subject', subject, 'Enter what the letter is about'),
  ...problemsWithWords('body', body, 'Enter the letter')
]

/** What a saved letter is called before a person calls it something else: nothing that names anybody. */
export const triageLetterFileName = ({
  reference,
  onDay
}: Pick<PaperLetter, 'reference' | 'onDay'>): string => `letter-${reference}-${onDay}.pdf`
