// Progress goes to stderr, so that `npm run --silent where` can be read by a program.
const frames = ['|', '/', '-', '\\']
const out = process.stderr

/**
 * One line per step. On a terminal a slow step turns a spinner; elsewhere it says every 15 s that it still runs.
 * @template T
 * @param {string} name
 * @param {(say: (detail: string) => void) => T | Promise<T>} work
 * @param {(result: T) => string} describe
 * @returns {Promise<T>}
 */
export async function step(name, work, describe) {
  const began = Date.now()
  let detail = ''
  let frame = 0
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const spin = () => {
    if (seconds() >= 1)
      out.write(`\r\x1b[K${frames[frame++ % frames.length]} ${name}: ${detail} ${seconds()} s`)
  }
  const timer = out.isTTY
    ? setInterval(spin, 120)
    : setInterval(() => out.write(`  ${name}: ${detail} (${seconds()} s)\n`), 15_000)
  const clear = () => {
    clearInterval(timer)
    if (out.isTTY) out.write('\r\x1b[K')
  }
  try {
    const result = await work((text) => {
      if (!out.isTTY && text !== detail && !/%$/.test(text)) out.write(`  ${name}: ${text}\n`)
      detail = text
    })
    clear()
    out.write(`  ${name}: ${describe(result)}\n`)
    return result
  } catch (error) {
    clear()
    out.write(`  ${name}: failed\n`)
    throw error
  }
}

/**
 * For what the reader can mend: the message alone is shown, without a stack.
 * @param {string} message
 */
export function stop(message) {
  return Object.assign(new Error(message), { name: 'Stop' })
}

/**
 * Runs a script's body and turns its end into an exit code.
 * @param {() => Promise<number | void>} body
 */
export async function run(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    const isStop = error instanceof Error && error.name === 'Stop'
    process.stderr.write(
      `\n${isStop ? error.message : error instanceof Error ? error.stack : String(error)}\n`
    )
    process.exitCode = 1
  }
}
