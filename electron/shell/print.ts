import { randomUUID } from 'node:crypto'
import { BrowserWindow, session, type Session } from 'electron'
import { Refusal } from '../../shared/errors.ts'
import { scheme, startPage } from './page.ts'

/** What goes to paper. Header and footer stand in the margin of each page; Chromium fills in its numbers. */
export interface PrintedPage {
  /** A whole HTML document, in which everything that came from outside is escaped. */
  document: string
  /** SHA-256, in base64, of the text of its one `<style>`. */
  styleHash: string
  header: string
  footer: string
  /** Its headings become the bookmarks of the PDF. */
  outline?: boolean
}

/** In memory, and apart from the desk's: it has no page but what is being printed. */
const partition = 'print'
/** For a page of any length, and for each thousand characters of it: some thirty times what a quiet machine takes. */
const PRINTING_MS = 30_000
const PRINTING_MS_A_THOUSAND = 50
const MARGIN_INCHES = { top: 0.75, bottom: 0.75, left: 0.6, right: 0.6 }

/** What is being printed at the moment, by its address. It never touches the disk. */
const documents = new Map<string, PrintedPage>()

/** Ends the printing of each. */
const stops = new Map<PrintedPage, () => void>()

/** What is being printed ends here, and its window goes: this page, or every one where the desk is being locked. */
export function stopPrinting(page?: PrintedPage): void {
  for (const [each, stop] of stops) if (page === undefined || each === page) stop()
}

/**
 * A tagged PDF, made in a hidden window that runs no script, reaches nothing and is gone afterwards.
 *
 * @throws Refusal not-printed where Chromium does not answer in time, or it is stopped
 */
export async function printPdf(page: PrintedPage): Promise<Uint8Array> {
  const address = `${startPage}${randomUUID()}`
  documents.set(address, page)
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: printSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false
    }
  })
  const stopped = new Promise<never>((_, reject) => {
    stops.set(page, () => {
      reject(notPrinted())
      window.destroy()
    })
  })
  try {
    return await withinTime(
      stopped,
      window.loadURL(address).then(() =>
        window.webContents.printToPDF({
          pageSize: 'A4',
          margins: MARGIN_INCHES,
          displayHeaderFooter: true,
          headerTemplate: page.header,
          footerTemplate: page.footer,
          generateTaggedPDF: true,
          generateDocumentOutline: page.outline ?? false
        })
      ),
      PRINTING_MS + (page.document.length / 1_000) * PRINTING_MS_A_THOUSAND
    )
  } finally {
    documents.delete(address)
    stops.delete(page)
    window.destroy()
  }
}

let prepared: Session | undefined

function printSession(): Session {
  if (prepared) return prepared
  prepared = session.fromPartition(partition)
  prepared.protocol.handle(scheme, ({ url }) => serve(documents.get(url)))
  return prepared
}

function serve(page: PrintedPage | undefined): Response {
  if (!page) return new Response(null, { status: 404 })
  return new Response(page.document, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${page.styleHash}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store'
    }
  })
}

const notPrinted = () => new Refusal({ code: 'refused', reason: 'not-printed' })

async function withinTime<T>(stopped: Promise<never>, work: Promise<T>, ms: number): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(notPrinted()), ms)
  })
  try {
    return await Promise.race([stopped, work, tooLate])
  } finally {
    clearTimeout(late)
  }
}
