import { spawn } from 'node:child_process'
import { inProject, node24 } from './places.mjs'

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} its exit code
 */
export function playwright(args, env = {}) {
  const cli = inProject('node_modules', '@playwright', 'test', 'cli.js')
  const child = spawn(node24(), [cli, 'test', ...args], {
    cwd: inProject(),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env }
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
