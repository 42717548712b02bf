import { z } from 'zod'
import { sexes } from '../family/fact.ts'
import { memberRoles } from '../family/family.ts'
import { decidedLevels, risks, stepDownSources } from './stepDown.ts'

/** The version of the format that this desk reads. Another shape is another version, with a schema of its own beside it. */
export const STEP_DOWNS_VERSION = 'step-downs-1'

/** As many as the form holds. */
export const MOST_PEOPLE = 30

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
const aText = { error: 'Enter a text between quotation marks' }

/** What cannot be seen, turns the direction of writing, or was not read rightly; a long text may have lines and tabs. */
const HIDDEN_CHARACTERS =
  'There are characters in this text that cannot be seen or were not read rightly. Write it again without them'
const oneLine = /^[^\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFFD]*$/u
const manyLines = /^(?:[^\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]|[\t\n\r])*$/u

const tooLong = (limit: number) => `Use ${limit.toLocaleString('en-GB')} characters or fewer`
const line = (limit: number) => z.string(aText).max(limit, tooLong(limit)).regex(oneLine, HIDDEN_CHARACTERS)
const words = (limit: number) =>
  z.string(aText).max(limit, tooLong(limit)).regex(manyLines, HIDDEN_CHARACTERS)
const day = z.iso.date({ error: 'Enter a date like 2026-11-23' })

/** Of something else than braces, and of a field that there is not: a name that is mistyped leaves nothing out in silence. */
const between = (
  what: string
): { error: z.core.$ZodErrorMap<z.core.$ZodIssueInvalidType | z.core.$ZodIssueUnrecognizedKeys> } => ({
  error: (issue) => {
    if (issue.code === 'invalid_type') return `Enter ${what} between braces`
    return issue.code === 'unrecognized_keys'
      ? `There is no field ${issue.keys.map((key) => `“${short(key)}”`).join(', ')}`
      : undefined
  }
})
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, {
    error: ({ input }) =>
      typeof input === 'string'
        ? `“${short(input)}” is none of ${values.join(', ')}`
        : `Enter one of ${values.join(', ')}`
  })

/** Somebody of the family, as a file tells of them. What is not known is left out. */
export const filePerson = z.strictObject(
  {
    role: oneOf(memberRoles).describe('Who this is: child, unborn, parent-carer or other'),
    name: line(200).optional().describe('The full name. An unborn child may have none'),
    date_of_birth: day.optional().describe('The date of birth. Leave it out where nobody knows it'),
    expected_date: day.optional().describe('Of an unborn child only: when it is expected'),
    sex: oneOf(sexes).optional().describe('female, male or not-known'),
    upn: line(20).optional().describe('The unique pupil number'),
    school: line(200).optional().describe('The school by its name'),
    school_urn: z
      .string(aText)
      .regex(/^\d{5,7}$/, 'Enter a URN of five to seven digits')
      .optional()
      .describe('The URN of the school: it is looked up in the directory'),
    relation: line(100).optional().describe('To the first child, like mother or brother'),
    phone: line(60).optional().describe('One telephone number'),
    needs: words(5_000).optional().describe('What this child needs')
  },
  between('a person')
)
export type FilePerson = z.output<typeof filePerson>

/** A step-down as a file tells of it (R47). What is not known is left out: it is asked for afterwards (C7). */
export const fileStepDown = z.strictObject(
  {
    step_down_id: line(100)
      .regex(/\S/, 'Enter what the step-down goes by in the other system')
      .describe('What the step-down goes by in the other system. Must be there'),
    received_on: day
      .optional()
      .describe('When it arrived, with received_time. Left out, it arrives when it is imported'),
    received_time: z
      .string(aText)
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 14:30')
      .optional()
      .describe('The time of that day in London, like 14:30'),
    source: oneOf(stepDownSources)
      .optional()
      .describe('What it comes of: assessment, child-in-need or child-protection'),
    sending_team: line(200).optional().describe('The team that sends it'),
    worker_name: line(200).optional().describe('The social worker'),
    worker_phone: line(60).optional().describe('Their telephone number'),
    worker_email: line(200).optional().describe('Their email address'),
    worker_address: words(500).optional().describe('Where a letter reaches them'),
    work_completed_on: day.optional().describe('When statutory work was completed'),
    address: words(300).optional().describe('Where the children live, with the postcode at its end'),
    district: line(100).optional().describe('The district, where the postcode does not tell it'),
    areas_to_progress: words(10_000).optional().describe('The areas that still have to progress'),
    tried: words(10_000).optional().describe('What has been tried'),
    agreement: oneOf(['given', 'refused', 'not-asked'])
      .optional()
      .describe('What the family said to early help: given, refused or not-asked'),
    agreed_by: line(200).optional().describe('Who agreed or refused'),
    agreed_relation: line(100)
      .optional()
      .describe('Who that is to the children, where they are none of the people'),
    agreed_on: day.optional().describe('On which day'),
    agreed_scope: words(2_000).optional().describe('To what they agreed'),
    previous_assessment: oneOf(['yes', 'no'])
      .optional()
      .describe('Was there an early help assessment before: yes or no'),
    previous_reference: line(100).optional().describe('Its reference'),
    previous_keyworker: line(200).optional().describe('Its keyworker'),
    last_plan: words(10_000).optional().describe('The last plan'),
    risk: oneOf(risks).optional().describe('How high the risk is: high, medium or low'),
    risks: words(10_000).optional().describe('What the risks are'),
    requested_level: oneOf(decidedLevels)
      .optional()
      .describe('The level that is asked for: universal, targeted or intensive'),
    note: words(2_000).optional().describe('What else is to be known'),
    people: z
      .array(filePerson, { error: 'Enter a list of people between square brackets' })
      .max(MOST_PEOPLE, `A step-down has at most ${String(MOST_PEOPLE)} people`)
      .describe('Its children, and whoever else is told of')
  },
  between('a step-down')
)
export type FileStepDown = z.output<typeof fileStepDown>

/** Step-downs as another system writes them: docs/schemas/step-downs-1.json says the same. */
export const stepDownsFile = z.strictObject({
  version: z.literal(STEP_DOWNS_VERSION).describe('Of this format'),
  step_downs: z.array(fileStepDown).describe('At most 50,000')
})

export type StepDownField = Exclude<keyof FileStepDown, 'people'>
export type PersonField = keyof FilePerson

/** Of a CSV file as well, which repeats the first in each row: one row for each child. */
export const stepDownFields = Object.keys(fileStepDown.shape).filter(
  (field): field is StepDownField => field !== 'people'
)
export const personFields = Object.keys(filePerson.shape) as PersonField[]

/** What stands in a field, as the page and the published schema say it. */
export const fieldWords = (field: StepDownField | PersonField): string =>
  (field in filePerson.shape
    ? filePerson.shape[field as PersonField]
    : fileStepDown.shape[field as StepDownField]
  ).description ?? ''
