import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * A trial is a package made out of the fallback runtime: it carries the SQLite binding rebuilt for it, says so at
 * start, and is not for delivery. `trial.json` beside the application says which file that is.
 */
export interface Trial {
  isTrial: boolean
  /** Path of the SQLite binding to load; undefined for the one that comes with the driver. */
  nativeBinding: string | undefined
}

interface Where {
  isPackaged: boolean
  resourcesPath: string
  env: NodeJS.ProcessEnv
}

export function readTrial({ isPackaged, resourcesPath, env }: Where): Trial {
  // in a build the environment could name any library to load into the process that holds the key
  if (!isPackaged) return { isTrial: false, nativeBinding: env['HUB_NATIVE_BINDING'] }
  const file = bindingNamedIn(join(resourcesPath, 'trial.json'))
  if (file === undefined) return { isTrial: false, nativeBinding: undefined }
  return { isTrial: true, nativeBinding: join(resourcesPath, file) }
}

function bindingNamedIn(file: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const trial: unknown = JSON.parse(text)
  const name = typeof trial === 'object' && trial !== null && 'nativeBinding' in trial && trial.nativeBinding
  if (typeof name !== 'string' || name !== basename(name) || !name.endsWith('.node')) {
    throw new Error('trial.json names no binding beside it')
  }
  return name
}
