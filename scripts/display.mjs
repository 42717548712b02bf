import { spawn } from 'node:child_process'
import { stop } from './progress.mjs'

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

// the shell ends Xvfb when its input closes: so it goes with us even where we are killed
const untilInputCloses = 'Xvfb "$@" & trap "kill $!; wait" EXIT; read gone'

/**
 * A display of our own, which nobody sees: Xvfb picks a free number. It ends with `close` or with this process.
 * @param {{ frameBufferFolder?: string }} [options] where Xvfb keeps the picture, to look at it
 * @returns {Promise<{ env: Record<string, string>, close: () => void }>}
 */
export async function virtualDisplay({ frameBufferFolder } = {}) {
  if (process.platform !== 'linux') return { env: {}, close: () => undefined }
  const folder = frameBufferFolder === undefined ? [] : ['-fbdir', frameBufferFolder]
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset', ...folder]
  const shell = spawn('sh', ['-c', untilInputCloses, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe']
  })
  const answer = /** @type {import('node:net').Socket} */ (shell.stdio[3])
  const number = await new Promise((resolve, reject) => {
    let said = ''
    // the number and the end of its line come apart, and Xvfb dies where nobody listens to the second
    answer.on('data', (chunk) => {
      said += String(chunk)
      if (said.endsWith('\n')) resolve(said.trim())
    })
    answer.once('end', () => reject(stop('Xvfb does not start. Run: npm run setup')))
  })
  // neither the shell nor its pipes keep this process waiting
  shell.unref()
  answer.destroy()
  const input = /** @type {import('node:net').Socket} */ (shell.stdin)
  input.unref()
  return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '' }, close: () => input.destroy() }
}
