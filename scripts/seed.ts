// Makes a desk to try: invented people, schools and calls, in a folder of its own.
//
//   npm run seed                                    into ./demo-desk, 300 calls
//   npm run seed -- --calls 1000000 --seed 1        a county: three years of calls
//   npm run seed -- --families 200000 --people 600000   and the families of a county
//   npm run seed -- --families 120000 --people 360000 --notes 2000000   and the case notes of 60,000 assessments
//   npm run seed -- --families 24000 --step-downs 50000   and step-downs of ten years, of which 1,500 wait
//   npm run seed -- --folder /somewhere --until 2026-11-20
//   npm start -- --user-data-dir=./demo-desk
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { civilDate } from '../shared/ids.ts'
import { copyCounty, countyFolder } from './county/cache.ts'
import type { County } from './county/county.ts'
import { FIRST, PASSPHRASE } from './county/people.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'demo-desk' },
    calls: { type: 'string', default: '300' },
    families: { type: 'string', default: '0' },
    people: { type: 'string' },
    notes: { type: 'string', default: '0' },
    'step-downs': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    until: { type: 'string', default: '2026-11-20' }
  }
})
const wholeNumber = (
  name: 'calls' | 'seed' | 'families' | 'people' | 'notes' | 'step-downs',
  unsaid = 0
): number => {
  const said = values[name] ?? String(unsaid)
  if (!/^\d{1,8}$/.test(said)) throw new Error(`--${name} wants a whole number`)
  return Number(said)
}
const families = wholeNumber('families')
const people = wholeNumber('people', families * 3)
if (people < families) throw new Error('--people wants at least one for each family')
const stepDowns = wholeNumber('step-downs')
if (stepDowns > 0 && families === 0) throw new Error('--step-downs wants --families that they are of')
/** As many as a county of 50,000 has waiting, and of few all. */
const WAITING = 1_500
const county: County = {
  ...(stepDowns > 0 && { steppedDown: { stepDowns, open: Math.min(stepDowns, WAITING) } }),
  ...(families > 0 && { registered: { families, people, notes: wholeNumber('notes') } }),
  calls: wholeNumber('calls'),
  seed: wholeNumber('seed'),
  until: civilDate.parse(values.until)
}
const userData = resolve(values.folder)
if (existsSync(join(userData, 'store'))) throw new Error(`There is a desk in ${userData} already.`)

const began = performance.now()
let last = ''
const made = await countyFolder(county, (step, share) => {
  const line = share === undefined ? step : `${step} ${(share * 100).toFixed(0)} %`
  if (line === last) return
  last = line
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  process.stdout.write(`  ${seconds.padStart(4)} s  ${line}\n`)
})
copyCounty(made, userData)
process.stdout.write(
  `A desk with ${county.calls.toLocaleString('en-GB')} calls and ${families.toLocaleString('en-GB')} families up to ${county.until} is in ${userData}\n` +
    `Open it:  npm start -- --user-data-dir=${values.folder}\n` +
    `Name: ${FIRST}   Passphrase: ${PASSPHRASE}   (invented people; never use it for real ones)\n`
)
