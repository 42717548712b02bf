import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, errors, type ElectronApplication, type Page } from '@playwright/test'
import { virtualDisplay } from '../../scripts/display.mjs'

export type Desk = {
  app: ElectronApplication
  page: Page
  userDataDir: string
  /** Ends the desk; a folder that it was not given is removed. */
  close: () => Promise<void>
  /** Ends it as a power cut would; the folder stays. */
  kill: () => Promise<void>
}

export type LaunchOptions = {
  /** Keep it to start the same desk twice; else each launch has a new one. */
  userDataDir?: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** The time of day at the start, as an instant: '2026-11-23T10:00:00Z'. */
  clock?: string
}

type Where = { executable: string; args: string[]; env: Record<string, string> }

/** One for all the desks of a worker, and it ends with the worker: two windows do not fight for the focus. */
let display: Promise<{ env: Record<string, string> }> | undefined

/** How to start the built desk, as `npm run --silent where` prints it, on this worker's display. */
export async function where(): Promise<Where> {
  const found = process.env['HUB_WHERE']
  if (found === undefined) throw new Error('run this by Playwright, whose global set-up finds the desk')
  const { executable, args, env } = JSON.parse(found) as Where
  return { executable, args, env: { ...env, ...(await (display ??= virtualDisplay())).env } }
}

/** The built application in a real window, and its first page. */
export async function launchDesk(options: LaunchOptions = {}): Promise<Desk> {
  const { executable, args, env } = await where()
  const userDataDir = options.userDataDir ?? mkdtempSync(path.join(tmpdir(), 'desk-'))
  const clock = options.clock === undefined ? [] : [`--clock=${options.clock}`]
  const app = await begun({
    executablePath: executable,
    args: [...args, `--user-data-dir=${userDataDir}`, ...clock, ...(options.args ?? [])],
    env: { ...inherited(), ...env, ...options.env }
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(10_000)
  await page.waitForLoadState('domcontentloaded')
  return {
    app,
    page,
    userDataDir,
    close: async () => {
      await ended(app)
      if (options.userDataDir === undefined) rmSync(userDataDir, { recursive: true, force: true })
    },
    kill: async () => {
      const gone = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await gone
    }
  }
}

/** One runtime in some hundred stands still on a busy machine before a line of the desk has run: then another is begun. */
async function begun(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: 20_000 })
  } catch (cause) {
    if (!(cause instanceof errors.TimeoutError)) throw cause
    process.stdout.write('The runtime did not begin within 20 seconds, and is begun again\n')
    return _electron.launch({ ...options, timeout: 30_000 })
  }
}

/** And one in some hundred stands still while it ends, when the desk has closed its record: a power cut loses nothing. */
async function ended(app: ElectronApplication): Promise<void> {
  const late = setTimeout(() => {
    process.stdout.write('The runtime did not end within 20 seconds, and is killed\n')
    app.process().kill('SIGKILL')
  }, 20_000)
  await app.close()
  clearTimeout(late)
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
}
