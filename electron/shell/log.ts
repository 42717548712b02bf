import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import electronLog from 'electron-log/node.js'
import { describeFault, redact, type LogEvent, type LogFields } from './redact.ts'

export interface Log {
  event(name: LogEvent, fields?: LogFields): void
  /** The same, with what was thrown brought down to kinds, a code and places. */
  fault(name: LogEvent, thrown: unknown, fields?: LogFields): void
}

const MEGABYTE = 1024 * 1024
const KEPT_FILES = 3

/**
 * The desk's log, written by main only: `logs/desk.log` and two older ones of up to a megabyte, for their owner's eyes.
 * It takes no free text, and what reaches the file is redacted there once more.
 */
export function openLog(userData: string, maxSize = MEGABYTE): Log {
  const folder = join(userData, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const logger = electronLog.create({ logId: folder })
  logger.transports.console.level = false
  const { file } = logger.transports
  file.resolvePathFn = () => join(folder, 'desk.log')
  file.maxSize = maxSize
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  file.archiveLogFn = () => rotate(folder)
  file.format = ({ data, level, message }) => [
    `${message.date.toISOString()} ${level} ${redact(data.map(String).join(' '))}`
  ]
  return {
    event: (name, fields = {}) => logger.info(name, ...asWords(fields)),
    fault: (name, thrown, fields = {}) =>
      logger.error(name, ...asWords({ ...fields, ...describeFault(thrown) }))
  }
}

function asWords(fields: LogFields): string[] {
  return (
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      // a space would make words of its own out of one value
      .map(([name, value]) => `${name}=${String(value).replaceAll(/\s/gu, '_')}`)
  )
}

function rotate(folder: string): void {
  const older = (age: number): string => join(folder, age === 0 ? 'desk.log' : `desk.${String(age)}.log`)
  for (let age = KEPT_FILES - 2; age >= 0; age -= 1) {
    if (existsSync(older(age))) renameSync(older(age), older(age + 1))
  }
}
