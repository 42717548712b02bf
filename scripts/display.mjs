import { spawn } from 'node:child_process'
import { stop } from './progress.mjs'

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

/**
 * A display of our own, which nobody sees: Xvfb picks a free number. It ends with this process or with `close`.
 * @param {{ frameBufferFolder?: string }} [options] where Xvfb keeps the picture, to look at it
 * @returns {Promise<{ env: Record<string, string>, close: () => void }>}
 */
export async function virtualDisplay({ frameBufferFolder } = {}) {
  if (process.platform !== 'linux') return { env: {}, close: () => undefined }
  const folder = frameBufferFolder === undefined ? [] : ['-fbdir', frameBufferFolder]
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset', ...folder]
  const xvfb = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const close = () => {
    process.off('exit', close)
    xvfb.kill()
  }
  process.on('exit', close)
  /** @type {string} */
  const number = await new Promise((resolve, reject) => {
    xvfb.stdio[3]?.once('data', (chunk) => resolve(String(chunk).trim()))
    xvfb.once('error', (error) => reject(stop(`Xvfb does not start (${error.message}). Run: npm run setup`)))
    xvfb.once('exit', (code) => reject(stop(`Xvfb ended at once (exit code ${code}).`)))
  })
  xvfb.unref()
  return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '' }, close }
}
