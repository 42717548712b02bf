import { createHash } from 'node:crypto'
import { html, Markup } from '../../shared/export/html.ts'
import type { PrintedPage } from '../shell/print.ts'
import type { Block, Cell, Line, PaperPart } from './blocks.ts'

const STYLE = `
  @page { size: A4; }
  body { font: 10.5pt/1.4 system-ui, 'Segoe UI', Arial, sans-serif; color: #000; margin: 0; padding: 0 1mm; }
  h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm; }
  h2 { font-size: 14pt; margin: 8mm 0 2mm; border-bottom: 1pt solid #000; break-after: avoid; }
  h3 { font-size: 11.5pt; margin: 5mm 0 1mm; break-after: avoid; }
  h4 { font-size: 10.5pt; margin: 3mm 0 0.5mm; break-after: avoid; }
  p, ul { margin: 0 0 1.5mm; orphans: 3; widows: 3; overflow-wrap: anywhere; }
  p { break-inside: avoid; }
  p, li, th, td { white-space: pre-line; }
  ul { padding-left: 5mm; }
  b { font-weight: 600; }
  .by { color: #333; font-size: 9.5pt; }
  h2 + .by { break-after: avoid; }
  .begin { margin-top: 3mm; }
  .hash, .parts td:last-child { font-family: ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
  th, td { text-align: left; vertical-align: top; padding: 1mm 4mm 1mm 0; overflow-wrap: anywhere; }
  thead { display: table-header-group; }
  tr { border-bottom: 0.5pt solid #999; break-inside: avoid; }
  th { font-weight: 600; }
  thead th { overflow-wrap: break-word; }
  .facts th { width: 42mm; }
  .counts :is(th, td):not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; width: 28mm; }
  .entries th:first-child { width: 40mm; }
  .people thead th:last-child { width: 40mm; }
  .entries td:first-child { white-space: nowrap; }
  .entries th:last-child { width: 34mm; }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** A part as a page to print: everything that was typed is escaped, and read in its own direction. */
export function asPage({ title, classification, name, exportedBy, which, blocks }: PaperPart): PrintedPage {
  return {
    document: html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
          ${new Markup(`<style>${STYLE}</style>`)}
        </head>
        <body>
          ${blocks.map(asMarkup)}
        </body>
      </html>`.text,
    styleHash: STYLE_HASH,
    header: margin(classification, html`${name}`),
    footer: margin(
      `Printed by ${exportedBy}`,
      html`${which}Page <span class="pageNumber"></span> of <span class="totalPages"></span>`
    ),
    outline: true
  }
}

/** A line in the margin of every page. Chromium prints it as a document of its own: it knows no style but this. */
const margin = (left: string, right: Markup): string =>
  html`<div
    style="display: flex; justify-content: space-between; width: 100%; margin: 0 15mm; font: 8pt system-ui, 'Segoe UI', Arial, sans-serif"
  >
    <span>${left}</span><span>${right}</span>
  </div>`.text

function asMarkup(block: Block): Markup {
  switch (block.is) {
    case 'heading':
      return headings[block.level](block.text)
    case 'line':
      return block.look === ''
        ? html`<p dir="auto">${runs(block.line)}</p> `
        : html`<p class="${block.look}" dir="auto">${runs(block.line)}</p> `
    case 'list':
      return html`<ul>
        ${block.lines.map((line) => html`<li dir="auto">${runs(line)}</li>`)}
      </ul>`
    case 'table':
      return table(block)
  }
}

const headings: Record<1 | 2 | 3 | 4, (text: string) => Markup> = {
  1: (text) => html`<h1>${text}</h1> `,
  2: (text) => html`<h2>${text}</h2> `,
  3: (text) => html`<h3 dir="auto">${text}</h3> `,
  4: (text) => html`<h4 dir="auto">${text}</h4> `
}

const table = ({ of, head, rows }: Extract<Block, { is: 'table' }>): Markup =>
  html`<table class="${of}">
    ${
      head.length === 0
        ? ''
        : html`<thead>
            <tr>
              ${head.map((label) => html`<th scope="col">${label}</th>`)}
            </tr>
          </thead>`
    }
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, column) =>
              of !== 'entries' && column === 0
                ? html`<th scope="row" dir="auto">${lines(cell)}</th>`
                : html`<td dir="auto">${lines(cell)}</td>`
            )}
          </tr>`
      )}
    </tbody>
  </table>`

/** A cell of one line needs nothing around it, and of a long table that is half of what is printed. */
const lines = (cell: Cell): Markup => {
  const [only] = cell
  return cell.length === 1 && only
    ? html`${runs(only)}`
    : html`${cell.map((each) => html`<div dir="auto">${runs(each)}</div>`)}`
}

const runs = (line: Line): Markup[] =>
  line.map(({ text, isMark }) => (isMark ? html`<b>${text}</b>` : html`${text}`))
