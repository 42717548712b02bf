import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { virtualDisplay } from './display.mjs'
import { stop } from './progress.mjs'

const PATIENCE_MS = 20_000

/**
 * The packed desk opens a window that has something in it, and ends when it is asked to. Its fuses keep Playwright
 * out, so this looks at the screen itself.
 * @param {string} executable
 * @param {string} work an empty folder
 */
export async function smoke(executable, work) {
  const display = await virtualDisplay({ frameBufferFolder: work })
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const args = [`--user-data-dir=${path.join(work, 'user')}`, ...(asRoot ? ['--no-sandbox'] : [])]
  const desk = spawn(executable, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...display.env }
  })
  let output = ''
  const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString())
  desk.stdout.on('data', keep)
  desk.stderr.on('data', keep)
  const ended = new Promise((resolve) => desk.once('exit', resolve))
  const began = Date.now()
  try {
    while (!isPainted(path.join(work, 'Xvfb_screen0'), began)) {
      if (desk.exitCode !== null) throw stop(`The packed desk ended at once:\n${output}`)
      if (Date.now() - began > PATIENCE_MS) throw stop(`The packed desk showed no window:\n${output}`)
      await pause(50)
    }
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    desk.kill('SIGTERM')
    const isEnded = await Promise.race([ended.then(() => true), pause(10_000, false)])
    if (!isEnded) throw stop('The packed desk did not end within 10 s of SIGTERM.')
    return `a window in ${seconds} s, gone after SIGTERM`
  } finally {
    desk.kill('SIGKILL')
    display.close()
  }
}

/**
 * Whether the virtual screen, which X keeps in a file of its XWD form, holds more than bare windows: smoothed letters
 * have many shades. Where there is no such screen, a desk that runs for five seconds is taken as open.
 * @param {string} screen
 * @param {number} began
 */
function isPainted(screen, began) {
  if (process.platform !== 'linux') return Date.now() - began > 5000
  if (!existsSync(screen)) return false
  const picture = readFileSync(screen)
  const [headerSize, colours] = [picture.readUInt32BE(0), picture.readUInt32BE(19 * 4)]
  const shades = new Set()
  for (let at = headerSize + colours * 12; at + 4 <= picture.length && shades.size <= 8; at += 4 * 3)
    shades.add(picture.readUInt32LE(at))
  return shades.size > 8
}
