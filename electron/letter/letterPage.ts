import { createHash } from 'node:crypto'
import { html, Markup } from '../../shared/export/html.ts'
import type { PaperLetter } from '../../shared/letter/letter.ts'
import { showDate } from '../../shared/time/london.ts'
import type { PrintedPage } from '../shell/print.ts'

/** The address stands where the window of a DL envelope is (BS 4264), with the margins of print.ts. */
const STYLE = `
  @page { size: A4; }
  body { font: 12pt/1.5 Arial, system-ui, sans-serif; color: #000; margin: 0; padding: 0 5mm; }
  p { margin: 0; overflow-wrap: anywhere; orphans: 3; widows: 3; }
  .from { font-weight: 700; min-height: 22mm; }
  .to { min-height: 34mm; white-space: pre-line; line-height: 1.35; }
  .day { margin-bottom: 6mm; }
  h1 { font-size: 13pt; line-height: 1.3; margin: 0 0 4mm; break-after: avoid; }
  .body { white-space: pre-line; }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** A letter as a page to print. Everything that was typed is escaped, and read in its own direction. */
export function letterPage(letter: PaperLetter): PrintedPage {
  const { reference, hubName, onDay, toName, address, subject, body } = letter
  return {
    document: html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <title>Letter ${reference}</title>
          ${new Markup(`<style>${STYLE}</style>`)}
        </head>
        <body>
          <p class="from">Families First, ${hubName}</p>
          <p class="to" dir="auto">${[toName, address].filter(Boolean).join('\n')}</p>
          <p class="day">${showDate(onDay)}</p>
          <h1 dir="auto">${subject}</h1>
          <p class="body" dir="auto">${body}</p>
        </body>
      </html>`.text,
    styleHash: STYLE_HASH,
    header: '<span></span>',
    footer: html`<div
      style="display: flex; justify-content: space-between; width: 100%; margin: 0 20mm; font: 8pt Arial, system-ui, sans-serif"
    >
      <span>${reference}</span
      ><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>
    </div>`.text
  }
}
