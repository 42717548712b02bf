// Case notes that leave the real application as PDF, in turn with what one bare Chromium print of the same words takes:
// its time and the memory of the pages that are printed. Then twice as many notes while somebody types: what main keeps
// waiting, how long a draft takes to be saved, and how soon Cancel is heard.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../scripts/places.mjs'
import { chanceFrom } from '../scripts/county/chance.ts'
import { FIRST, PASSPHRASE } from '../scripts/county/people.ts'
import { concernAbout } from '../scripts/county/words.ts'
import type { CaseNotesExport } from '../shared/export/caseNotes.ts'
import { newId } from '../shared/ids.ts'
import type { ExportStep } from '../electron/export/underWay.ts'
import { launchDesk } from '../tests/e2e/launch.ts'
import { MONDAY_MORNING, unlock } from '../tests/e2e/screens/desk.ts'
import { saveTo } from '../tests/e2e/screens/files.ts'
import { ask } from '../tests/e2e/screens/hub.ts'
import { anExport } from '../tests/fixtures/exports.ts'
import { aFamily } from '../tests/fixtures/families.ts'
import { aNote } from '../tests/fixtures/notes.ts'
import { again, delayWhile, typeACall } from './delay.ts'
import { copyOf, isQuick, openDesk, VILLAGE } from './desk.ts'
import { atMostMore, atMostTimes, once, p95AtMost, say } from './figures.ts'

/** What is printed against a bare print; beside which work goes on there are twice as many. */
const NOTES = isQuick ? 5_000 : 10_000
const REST_MS = 10_000
/** The bare print is ended when it takes longer: what it took and held until then is the least of what it takes. */
const BARE_MS = 120_000

const folder = mkdtempSync(join(cacheFolder(), 'export-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const inFolder = (name: string) => join(folder, name)

const userDataDir = await copyOf(VILLAGE)
const making = await openDesk(userDataDir, VILLAGE)

async function familyWith(notes: number) {
  const chance = chanceFrom(notes)
  const family = await aFamily(making)
  say(`taking ${notes.toLocaleString('en-GB')} case notes`)
  for (let note = 0; note < notes; note += 1) {
    const day = new Date(Date.UTC(2024, 10, 1 + (note % 730))).toISOString().slice(0, 10)
    const words = concernAbout(chance, 'Robin')
    await making.does('note.add', aNote(family.form, { words, happenedOn: day, happenedTime: '9:15' }))
  }
  return family
}

const asPdf = (family: Awaited<ReturnType<typeof familyWith>>): CaseNotesExport =>
  anExport(family, { format: 'pdf' })

/** The words of an export in one page, with the style of its parts. */
async function inOnePage(draft: CaseNotesExport): Promise<string> {
  const documents: string[] = []
  const path = inFolder('not-printed.zip')
  const answered = async (name: 'export.write' | 'export.goOn', input: unknown): Promise<ExportStep> => {
    const result = await making.record(name, input)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value as ExportStep
  }
  let step = await answered('export.write', { ...draft, reference: 'EXP-7KQ3-000001', path })
  while ('print' in step) {
    documents.push(step.print.document)
    step = await answered('export.goOn', { id: draft.id, file: Buffer.from('printed elsewhere') })
  }
  rmSync(path)
  const bodyOf = (document: string) =>
    document.slice(document.indexOf('<body>') + 6, document.indexOf('</body>'))
  const [first = ''] = documents
  return first.replace(bodyOf(first), () => documents.map(bodyOf).join('\n'))
}

const family = await familyWith(NOTES)
const large = await familyWith(2 * NOTES)
writeFileSync(inFolder('bare.html'), await inOnePage(asPdf(family)))
making.store.close()

const { app, page, close } = await launchDesk({ userDataDir, clock: MONDAY_MORNING })
page.setDefaultTimeout(60_000)
await unlock(page, { name: FIRST, role: '', profession: '', passphrase: PASSPHRASE })
await saveTo(app, inFolder('ours.zip'))

interface Printed {
  ms: number
  /** The most that the pages which are printed held at once. */
  megabytes: number
}

/** Watches the processes of pages beside the desk's own. */
async function printed(within: typeof app, work: () => Promise<unknown>): Promise<Printed> {
  await within.evaluate(({ app: desk }) => {
    const pages = () => desk.getAppMetrics().filter(({ type }) => type === 'Tab')
    const before = new Set(pages().map(({ pid }) => pid))
    const watched = { peak: 0, timer: setInterval(look, 20) }
    function look() {
      const others = pages().filter(({ pid }) => !before.has(pid))
      const held = others.reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
      watched.peak = Math.max(watched.peak, held)
    }
    Object.assign(globalThis, { watched })
  })
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  const kilobytes = await within.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: { peak: number; timer: NodeJS.Timeout } }
    clearInterval(watched.timer)
    return watched.peak
  })
  return { ms, megabytes: kilobytes / 1024 }
}

const exported = async (of: typeof family) => {
  const end = await ask(page, 'export.save', { ...asPdf(of), id: newId() })
  if (end.stage !== 'done') throw new Error(JSON.stringify(end))
  return end
}

/** As a program would that prints a page and keeps it. Whether it came to its end in time: it may take an hour. */
const bare = (within: typeof app) =>
  within.evaluate(
    async ({ BrowserWindow, session }, [html, pdf, longest]) => {
      const { readFile, writeFile } = process.getBuiltinModule('node:fs/promises')
      const { protocol } = session.fromPartition('bare')
      const headers = { 'Content-Type': 'text/html' }
      // the desk lets no page load a file
      if (!protocol.isProtocolHandled('hub'))
        protocol.handle('hub', async () => new Response(await readFile(html), { headers }))
      const webPreferences = { partition: 'bare', sandbox: true, javascript: false }
      const window = new BrowserWindow({ show: false, webPreferences })
      const margins = { top: 0.75, bottom: 0.75, left: 0.6, right: 0.6 }
      const print = async () => {
        await window.loadURL('hub://app/bare')
        const file = await window.webContents.printToPDF({
          ...{ pageSize: 'A4', margins, displayHeaderFooter: true },
          ...{ headerTemplate: '<span></span>', footerTemplate: '<span class="pageNumber"></span>' },
          ...{ generateTaggedPDF: true, generateDocumentOutline: true }
        })
        await writeFile(pdf, file)
        return true
      }
      const tooLong = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), longest))
      // what is ended here fails, and nobody waits for it
      const printing = print().catch(() => false)
      const isWhole = await Promise.race([printing, tooLong])
      window.destroy()
      return isWhole
    },
    [inFolder('bare.html'), inFolder('bare.pdf'), BARE_MS] as const
  )

/** As the page of a case note does while somebody types; milliseconds until it is kept. */
async function saveADraft(): Promise<number> {
  const form = { kind: 'note', body: aNote(family.form) }
  return page.evaluate(async (typed) => {
    const { hub } = globalThis as unknown as {
      hub: Record<string, (input: unknown) => Promise<{ ok: boolean }>>
    }
    const begun = performance.now()
    const kept = await hub['draft.save']?.({ form: typed, savedBefore: 0 })
    if (!kept?.ok) throw new Error('A draft was not saved')
    return performance.now() - begun
  }, form)
}

async function isPrinting(part: number): Promise<void> {
  for (;;) {
    const progress = await ask(page, 'export.progress', {})
    if (progress.stage === 'running' && progress.part === part) return
  }
}

const notes = NOTES.toLocaleString('en-GB')
say(`printing ${notes} notes, in turn with a bare print`)
const memory: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] }
async function kept(
  side: keyof typeof memory,
  within: typeof app,
  work: () => Promise<unknown>
): Promise<number> {
  const { ms, megabytes } = await printed(within, work)
  memory[side].push(megabytes)
  say(`${side}: ${ms.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`)
  return ms
}
// a bare print of 10,000 notes takes minutes: once, between two of ours
const ours = [await kept('ours', app, () => exported(family))]
let isWhole = false
// in a runtime of its own: what prints goes on for a while after it was ended, and nothing else is printed until then
const other = await launchDesk({ clock: MONDAY_MORNING })
const theirs = [
  await kept('bare', other.app, async () => {
    isWhole = await bare(other.app)
  })
]
await other.kill()
rmSync(other.userDataDir, { recursive: true, force: true })
ours.push(await kept('ours', app, () => exported(family)))
const against = isWhole ? 'one bare print' : 'one bare print until it was ended'
atMostTimes({ name: `${notes} notes as PDF`, unit: 'ms' }, 0.8, ours, against, theirs)
atMostTimes(
  { name: `Memory of the pages that print ${notes} notes`, unit: 'MB' },
  0.5,
  memory.ours,
  against,
  memory.bare
)

say('at rest')
const rest = await delayWhile(app, () => new Promise((resolve) => setTimeout(resolve, REST_MS)))
const many = (2 * NOTES).toLocaleString('en-GB')
say(`exporting ${many} notes while somebody types`)
const saving: number[] = []
const busy = await delayWhile(app, () =>
  again(exported(large), async () => {
    const typed = typeACall(page)
    await again(typed, async () => saving.push(await saveADraft()))
  })
)
p95AtMost({ name: `A draft is saved while ${many} notes are exported`, unit: 'ms' }, 50, saving)
atMostMore(
  { name: `Main’s delay while ${many} notes are exported and somebody types`, unit: 'ms', statistic: 'p99' },
  10,
  busy,
  'at rest',
  rest
)

say('cancelling, while a part is printed')
const before = (await ask(page, 'export.progress', {})).stage
const going = ask(page, 'export.save', { ...asPdf(large), id: newId() })
await isPrinting(2)
const from = performance.now()
await ask(page, 'export.cancel', {})
const { stage } = await going
const cancelled = (performance.now() - from) / 1_000
once(
  { name: `Until Cancel has left nothing of ${many} notes`, unit: 's' },
  cancelled,
  'at most 2 s',
  cancelled <= 2 && before === 'done' && stage === 'none' && !existsSync(inFolder('ours.zip.part'))
)
await close()
