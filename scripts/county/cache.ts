import { createHash } from 'node:crypto'
import {
  constants,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync
} from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, inProject, workFolder } from '../places.mjs'
import { makeCounty, type County, type Progress } from './county.ts'

/** What a county's rows depend on besides its numbers. */
const SOURCES = [
  'scripts/county/*.ts',
  'db/{search,open}.ts',
  'db/{schema,migrations}/*.{ts,sql}',
  'shared/call/{call,gate,problems,tookPlace}.ts',
  'shared/{person,setting}/*.ts',
  'electron/account/keyFile*.ts'
]
/** And those of its families. */
const FAMILY_SOURCES = [
  'scripts/county/family/*.ts',
  'db/{families,episodes,notes,stepDowns}.ts',
  'shared/{family,agreement,episode,meeting,note,stepDown}/*.ts',
  'electron/agreement/insertAgreement.ts'
]

/**
 * The folder of a county in the cache; it is made where it is not there yet, and takes the place of one of the same
 * size and seed that an earlier version of this program made. Nobody may write into it.
 */
export async function countyFolder(county: County, say: Progress): Promise<string> {
  const counties = join(cacheFolder(), 'counties')
  mkdirSync(counties, { recursive: true })
  const { calls, seed, until, registered, steppedDown } = county
  const families = registered
    ? `families-${[registered.families, registered.people, registered.notes ?? 0].join('-')}-`
    : ''
  const stepDowns = steppedDown
    ? `step-downs-${String(steppedDown.stepDowns)}-${String(steppedDown.open)}-`
    : ''
  const label = `${stepDowns}${families}${String(calls)}-${String(seed)}-${until}-`
  const folder = join(counties, label + sourcesHash(registered ? [...SOURCES, ...FAMILY_SOURCES] : SOURCES))
  if (existsSync(folder)) return folder
  const being = workFolder()
  await makeCounty(being, county, say)
  for (const older of readdirSync(counties).filter((name) => name.startsWith(label)))
    rmSync(join(counties, older), { recursive: true })
  renameSync(being, folder)
  return folder
}

function sourcesHash(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of globSync([...sources], { cwd: inProject() }).sort())
    hash.update(readFileSync(inProject(file)))
  return hash.digest('hex').slice(0, 16)
}

/** A copy to work in: of the same blocks where the file system can do that. */
export function copyCounty(from: string, to: string): void {
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
}
