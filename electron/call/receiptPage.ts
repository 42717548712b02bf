import { createHash } from 'node:crypto'
import type { Receipt, Section } from '../../shared/call/receipt.ts'
import { html, Markup } from '../../shared/export/html.ts'
import type { PrintedPage } from '../shell/print.ts'

/** GOV.UK, Government Security Classifications: the case of an identified child. */
const CLASSIFICATION = 'OFFICIAL-SENSITIVE'

const STYLE = `
  @page { size: A4; }
  body { font: 10.5pt/1.4 system-ui, 'Segoe UI', Arial, sans-serif; color: #000; margin: 0; padding: 0 1mm; }
  h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2mm; }
  h2 { font-size: 11.5pt; margin: 4.5mm 0 1mm; break-after: avoid; }
  p { margin: 0 0 1.5mm; orphans: 3; widows: 3; overflow-wrap: anywhere; }
  .said { white-space: pre-line; }
  .by, .intro { color: #333; }
  table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
  th, td { text-align: left; vertical-align: top; padding: 1mm 4mm 1mm 0; overflow-wrap: anywhere; }
  th { font-weight: 600; }
  tr { border-bottom: 0.5pt solid #999; break-inside: avoid; }
  .facts th { width: 34mm; }
  .facts td > div + div { margin-top: 0.5mm; }
  .actions th:nth-child(2) { width: 45mm; }
  .actions th:nth-child(3) { width: 38mm; }
  .numbers { border: 1pt solid #000; padding: 2.5mm 4mm 1mm; margin-top: 6mm; break-inside: avoid; }
  .numbers h2 { margin-top: 0; }
  .number { font-weight: 700; white-space: nowrap; }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The receipt as a page to print. Everything that was typed is escaped, and read in its own direction. */
export function receiptPage(receipt: Receipt): PrintedPage {
  const { reference, facts, sections, actions, addenda, numbers, printed } = receipt
  const body = html` <h1>Advice receipt</h1>
    <p class="intro">This is what was said in your call. If something is not right, tell the adviser.</p>
    <table class="facts">
      <tr>
        <th scope="row">Reference</th>
        <td>${reference}</td>
      </tr>
      ${facts.map(
        ({ label, lines }) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td>${lines.map((line) => html`<div dir="auto">${line}</div>`)}</td>
          </tr>`
      )}
    </table>
    ${sections.map(said)} ${actions.length === 0 ? '' : actionsTable(actions)}
    ${
      addenda.length === 0
        ? ''
        : html`<h2>Added or corrected later</h2>
            ${addenda.map(added)}`
    }
    <section class="numbers">
      <h2>Whom to ring</h2>
      ${numbers.map(
        ({ name, number, note }) => html`<p>${note}: ${name}, <span class="number">${number}</span></p>`
      )}
    </section>`
  return {
    document: html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <title>Advice receipt ${reference}</title>
          ${new Markup(`<style>${STYLE}</style>`)}
        </head>
        <body>
          ${body}
        </body>
      </html>`.text,
    styleHash: STYLE_HASH,
    header: margin(CLASSIFICATION, html`Advice receipt ${reference}`),
    footer: margin(printed, html`Page <span class="pageNumber"></span> of <span class="totalPages"></span>`)
  }
}

const said = ({ heading, text }: Section): Markup =>
  html`<h2>${heading}</h2>
    <p class="said" dir="auto">${text}</p>`

const added = ({ heading, text, by }: Receipt['addenda'][number]): Markup =>
  html`<p class="by">${heading}. ${by}</p>
    <p class="said" dir="auto">${text}</p>`

const actionsTable = (actions: Receipt['actions']): Markup =>
  html` <h2>Who does what, and by when</h2>
    <table class="actions">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">By when</th>
        </tr>
      </thead>
      <tbody>
        ${actions.map(
          ({ what, who, byWhen }) =>
            html`<tr>
              <td dir="auto">${what}</td>
              <td dir="auto">${who}</td>
              <td>${byWhen}</td>
            </tr>`
        )}
      </tbody>
    </table>`

/** A line in the margin of every page. Chromium prints it as a document of its own: it knows no style but this. */
const margin = (left: string, right: Markup): string =>
  html`<div
    style="display: flex; justify-content: space-between; width: 100%; margin: 0 15mm; font: 8pt system-ui, 'Segoe UI', Arial, sans-serif"
  >
    <span>${left}</span><span>${right}</span>
  </div>`.text
