// From the start of the process to the unlock screen, and the memory it then takes, against a blank window of the same
// runtime: taken in turn.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { openDesk } from '../tests/e2e/screens/desk.ts'
import { atMostMore, atMostTimes, median } from './figures.ts'

const ROUNDS = 7
const SETTLE_MS = 1_500

const { executable, args, env } = JSON.parse(process.env['HUB_WHERE'] ?? '') as {
  executable: string
  args: string[]
  env: Record<string, string>
}
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([, value]) => value !== undefined)
) as Record<string, string>
const switches = args.slice(1)

interface Taken {
  ms: number
  megabytes: number
}

async function start(appFolder: string, userData: string, heading: string): Promise<Taken> {
  const from = performance.now()
  const app = await _electron.launch({
    executablePath: executable,
    args: [appFolder, ...switches, `--user-data-dir=${userData}`],
    env: { ...inherited, ...env }
  })
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: heading }).waitFor()
  const ms = performance.now() - from
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const megabytes = memoryOf(app)
  await app.close()
  return { ms, megabytes }
}

/** Proportional set size over the whole process tree: shared pages are counted once. */
function memoryOf(app: ElectronApplication): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // gone in the meantime
    }
  }
  const root = app.process().pid ?? 0
  const isOurs = (pid: number): boolean => pid === root || (pid > 1 && isOurs(parents.get(pid) ?? 0))
  const kilobytes = [...parents.keys()].filter(isOurs).map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
    } catch {
      return 0
    }
  })
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}

const work = mkdtempSync(join(tmpdir(), 'bench-'))
const made = join(work, 'made')
await (await openDesk({ userDataDir: made })).close()
const blank = join(import.meta.dirname, 'blank')

const taken = { ours: [] as Taken[], bare: [] as Taken[] }
for (let round = 0; round <= ROUNDS; round += 1) {
  const userData = join(work, `desk-${round}`)
  cpSync(made, userData, { recursive: true, filter: (path) => !path.includes('Singleton') })
  const pair = {
    ours: await start(args[0] ?? '', userData, 'Unlock this desk'),
    bare: await start(blank, join(work, `blank-${round}`), 'Blank')
  }
  // the first pair warms the disk's cache
  if (round === 0) continue
  taken.ours.push(pair.ours)
  taken.bare.push(pair.bare)
}
const of = (all: Taken[], what: keyof Taken) => all.map((each) => each[what])
const against = 'a blank window'
atMostTimes(
  { name: 'Start to the unlock screen', unit: 'ms' },
  1.5,
  of(taken.ours, 'ms'),
  against,
  of(taken.bare, 'ms')
)
atMostMore(
  { name: 'Memory (PSS of the process tree)', unit: 'MB', statistic: 'median' },
  120,
  median(of(taken.ours, 'megabytes')),
  against,
  median(of(taken.bare, 'megabytes'))
)
rmSync(work, { recursive: true })
