import { constants } from 'node:os'
import type { OpenProblem } from '../../db/open.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { operations } from '../../shared/ipc/operations.ts'

/**
 * What may stand in the log. Names cannot be recognised, so nothing is searched for and struck out: a word passes
 * only when it is known to be harmless, and everything else becomes '[redacted]'.
 */
export const events = [
  'app-started',
  'app-closing',
  'second-start',
  'page-gone',
  'process-gone',
  'uncaught-exception',
  'unhandled-rejection',
  'operation-fault',
  'sender-refused',
  'desk-locked',
  'desk-unlocked',
  'flush-timed-out',
  'database-opened',
  'database-refused',
  'database-closed',
  'migration-started',
  'migration-finished',
  'migration-failed',
  'key-file-refused',
  'import-finished',
  'import-failed'
] as const

export type LogEvent = (typeof events)[number]

/** The fields that a line may carry. Values that do not look as their field should are redacted all the same. */
export interface LogFields {
  operation?: string | undefined
  /** The fault's reference that the person was shown, or a call's. */
  reference?: string | undefined
  id?: string | undefined
  code?: string | undefined
  reason?: string | undefined
  version?: string | undefined
  error?: string | undefined
  stack?: string | undefined
  count?: number | undefined
  ms?: number | undefined
}

const errorCodes: Record<ErrorCode, true> = {
  invalid: true,
  'not-allowed': true,
  locked: true,
  'not-found': true,
  'changed-since': true,
  'wrong-passphrase': true,
  wait: true,
  refused: true,
  fault: true
}

const codes = new Set([...Object.keys(errorCodes), ...Object.keys(constants.errno)])
/** Why the record did not open, and why Chromium says that a process is gone. */
const openProblems: Record<OpenProblem, true> = {
  'not-encrypted': true,
  'network-folder': true,
  'wrong-key': true,
  'newer-file': true,
  'migration-failed': true,
  'no-space': true
}
const gone = [
  'abnormal-exit',
  'crashed',
  'integrity-failure',
  'killed',
  'launch-failed',
  'memory-eviction',
  'oom'
]
const reasons = new Set([...Object.keys(openProblems), ...gone])
/** Beside the page's operations, what the database thread does for itself. */
const acts = new Set<string>([...operations, 'audit', 'open'])
const errorNames = new Set([
  'AggregateError',
  'CannotOpen',
  'Error',
  'RangeError',
  'ReferenceError',
  'Refusal',
  'SqliteError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'ZodError'
])

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** A call's reference, or a fault's: three random bytes. */
const reference = /^(?:HUB-[0-9A-HJKMNP-TV-Z]{4}-\d{6}|[0-9A-F]{6})$/
const systemCode = /^(?:SQLITE|ERR)_[A-Z0-9_]{2,40}$/
const shortNumber = /^\d{1,7}$/
/** With its v, without which 3.9.15 is somebody's birthday. */
const version = /^v\d{1,4}\.\d{1,4}\.\d{1,4}$/
const frame = /^[\w$.<>#]{1,80}@[\w.-]{1,60}:\d{1,6}$/

const isCode = (text: string): boolean => codes.has(text) || systemCode.test(text)
const isReference = (text: string): boolean => reference.test(text) || uuid.test(text)
const isNumber = (text: string): boolean => shortNumber.test(text)

const passes: Record<keyof LogFields, (value: string) => boolean> = {
  operation: (value) => acts.has(value),
  reference: isReference,
  id: (value) => uuid.test(value),
  code: isCode,
  reason: (value) => reasons.has(value),
  version: (value) => version.test(value),
  error: (value) => value.split('<').every((name) => errorNames.has(name)),
  stack: (value) => value.split('|').every((each) => frame.test(each)),
  count: isNumber,
  ms: isNumber
}

const isEvent = (word: string): word is LogEvent => events.some((name) => name === word)
const isField = (name: string): name is keyof LogFields => name in passes

/** One word of a line: an event, `field=value`, or a bare id or error code. */
function isHarmless(word: string): boolean {
  const equals = word.indexOf('=')
  if (equals === -1) return isEvent(word) || uuid.test(word) || isCode(word)
  const name = word.slice(0, equals)
  return isField(name) && passes[name](word.slice(equals + 1))
}

/** The last thing that happens to a line before it is written. */
export function redact(text: string): string {
  const words = text.split(/\s+/u).map((word) => (isHarmless(word) ? word : redactedWord(word)))
  return words.filter((word, at) => word !== '[redacted]' || words[at - 1] !== '[redacted]').join(' ')
}

/** Keeps the field's name where there is one, so that a line still tells what was left out. */
function redactedWord(word: string): string {
  const name = word.slice(0, word.indexOf('='))
  return isField(name) ? `${name}=[redacted]` : '[redacted]'
}

interface Described {
  error: string
  code: string | undefined
  stack: string | undefined
}

/** Of an error and what caused it: kinds, the first code, and where. Never a message, which may quote a row. */
export function describeFault(thrown: unknown): Described {
  const chain = [...causes(thrown)]
  const frames = chain.flatMap((error) => framesOf(error))
  return {
    error: chain.map(kindOf).join('<') || 'Error',
    code: chain.map(codeOf).find((code) => code !== undefined),
    stack: frames.length === 0 ? undefined : frames.join('|')
  }
}

const DEEPEST_CAUSE = 5
const FRAMES_OF_EACH = 8

function* causes(thrown: unknown): Generator<Error> {
  let error = thrown
  for (let depth = 0; depth < DEEPEST_CAUSE && error instanceof Error; depth += 1) {
    yield error
    error = error.cause
  }
}

function kindOf(error: Error): string {
  return errorNames.has(error.name) ? error.name : 'Error'
}

function codeOf(error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && isCode(code) ? code : undefined
}

const stackLine =
  /^ {4}at (?:async )?(?:(?:new )?([\w$.<>#]+)(?: \[as [\w$]+\])? )?\(?(?:file:|node:|\/|[A-Z]:\\).*?([\w.-]+):(\d+):\d+\)?$/

function framesOf(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : ''
  // a message may hold lines that look like frames
  const trace = stack.includes(error.message)
    ? stack.slice(stack.indexOf(error.message) + error.message.length)
    : stack
  const found = trace.split('\n').map((line) => stackLine.exec(line))
  return found
    .filter((match) => match !== null)
    .slice(0, FRAMES_OF_EACH)
    .map(([, name = 'anonymous', file, line]) => `${name}@${file ?? ''}:${line ?? ''}`)
}
