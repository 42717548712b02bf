import { createHash } from 'node:crypto'
import type {
  ExportedAssessment,
  ExportedEntry,
  ExportedNote,
  ExportedPlan,
  ExportSummary
} from '../../shared/export/caseNotesFile.ts'
import { html, Markup } from '../../shared/export/html.ts'
import { excludedOf, reasonsOf, type Counted, type TallySection } from '../../shared/export/tally.ts'
import { showDate, showDateTime } from '../../shared/time/london.ts'
import { domainLabels, wordsKeys, wordsLabels } from '../../shared/words/assessment.ts'
import { exclusionLabels, sectionLabels } from '../../shared/words/export.ts'
import type { Names } from '../../shared/words/facts.ts'
import { memberRoleLabels, noteKindLabels } from '../../shared/words/labels.ts'
import { endingLabels, progressLabels } from '../../shared/words/plan.ts'
import type { PrintedPage } from '../shell/print.ts'

/** GOV.UK, Government Security Classifications: the case of an identified child. */
const CLASSIFICATION = 'OFFICIAL-SENSITIVE'

const STYLE = `
  @page { size: A4; }
  body { font: 10.5pt/1.4 system-ui, 'Segoe UI', Arial, sans-serif; color: #000; margin: 0; padding: 0 1mm; }
  h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm; }
  h2 { font-size: 14pt; margin: 8mm 0 2mm; border-bottom: 1pt solid #000; break-after: avoid; }
  h3 { font-size: 11.5pt; margin: 5mm 0 1mm; break-after: avoid; }
  h4 { font-size: 10.5pt; margin: 3mm 0 0.5mm; break-after: avoid; }
  p, ul { margin: 0 0 1.5mm; orphans: 3; widows: 3; overflow-wrap: anywhere; }
  ul { padding-left: 5mm; }
  .said { white-space: pre-line; }
  .by { color: #333; font-size: 9.5pt; }
  .mark { font-weight: 600; }
  .hash { font-family: ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
  th, td { text-align: left; vertical-align: top; padding: 1mm 4mm 1mm 0; overflow-wrap: anywhere; }
  thead { display: table-header-group; }
  tr { border-bottom: 0.5pt solid #999; break-inside: avoid; }
  th { font-weight: 600; }
  .facts th { width: 42mm; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 16mm; }
  .entries th:first-child { width: 32mm; }
  .entries th:last-child { width: 34mm; }
  .entry { margin: 0 0 3mm; }
  .entry > * { break-inside: avoid; }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** One of the files that an export is printed in. */
export interface PrintedPart {
  /** From 1. */
  part: number
  parts: number
}

/** The other parts of an export, told in the first: what each file is and how to know it again. */
export interface MadePart {
  name: string
  says: string
  sha256: string
}

/** A part as a page to print: everything that was typed is escaped, and read in its own direction. */
export function partPage(
  summary: Pick<ExportSummary, 'reference' | 'byName' | 'exportedAt'>,
  { part, parts }: PrintedPart,
  body: readonly Markup[]
): PrintedPage {
  const { reference, byName, exportedAt } = summary
  const which = parts === 1 ? '' : `Part ${String(part)} of ${String(parts)}. `
  return {
    document: html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <title>
            Case notes ${reference}${parts === 1 ? '' : `, part ${String(part)} of ${String(parts)}`}
          </title>
          ${new Markup(`<style>${STYLE}</style>`)}
        </head>
        <body>
          ${body}
        </body>
      </html>`.text,
    styleHash: STYLE_HASH,
    header: margin(CLASSIFICATION, html`Case notes ${reference}`),
    footer: margin(
      `Printed by ${byName}, ${showDateTime(exportedAt)}`,
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

/** The first page: what this is, for whom and what for, what is in it and what was left out and why (L26). */
export function cover(summary: ExportSummary, of: string, made: readonly MadePart[]): Markup {
  const { reference, exportedAt, byName, receiverName, personThere, purpose, itemsSha256 } = summary
  const facts: [label: string, words: string][] = [
    ['Reference', reference],
    ['Case notes of', of],
    ['For', [receiverName, personThere].filter((part) => part !== '').join(', ')],
    ['Purpose', purpose],
    ['Case notes from', daysAsked(summary)],
    ['Kinds', kindsAsked(summary)],
    ['Exported', `${showDateTime(exportedAt)}, by ${byName}`]
  ]
  return html`<h1>Case notes</h1>
    <table class="facts">
      ${facts.map(
        ([label, words]) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td dir="auto">${words}</td>
          </tr>`
      )}
    </table>
    <h2>What is included</h2>
    ${countsTable(summary.sections)}
    <h2>What was left out, and why</h2>
    ${leftOutList(summary.sections)}
    <h3>How to know this export again</h3>
    <p class="hash">SHA-256 of what is included, as canonical JSON: ${itemsSha256}</p>
    ${made.length === 0 ? '' : partsTable(made)}`
}

function daysAsked({ from, to }: ExportSummary): string {
  if (from === '' && to === '') return 'The beginning to the day of the export'
  return `${from === '' ? 'The beginning' : showDate(from)} to ${to === '' ? 'the day of the export' : showDate(to)}`
}

const kindsAsked = ({ kinds }: ExportSummary): string =>
  kinds.length === 0 ? 'All' : kinds.map((kind) => noteKindLabels[kind]).join(', ')

type Sections = ExportSummary['sections']
const sectionsOf = (sections: Sections): [TallySection, Counted | null][] =>
  (Object.keys(sectionLabels) as TallySection[]).map((section) => [section, sections[section]])
const shown = (count: number): string => count.toLocaleString('en-GB')

const countsTable = (sections: Sections): Markup =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Section</th>
        <th scope="col" class="number">Included</th>
        <th scope="col" class="number">Left out</th>
      </tr>
    </thead>
    <tbody>
      ${sectionsOf(sections).map(
        ([section, counted]) =>
          html`<tr>
            <th scope="row">${sectionLabels[section]}</th>
            ${
              counted === null
                ? html`<td colspan="2">Not asked for</td>`
                : html`<td class="number">${shown(counted.included)}</td>
                    <td class="number">${shown(excludedOf(counted))}</td>`
            }
          </tr>`
      )}
    </tbody>
  </table>`

function leftOutList(sections: Sections): Markup {
  const reasons = sectionsOf(sections).flatMap(([section, counted]) =>
    counted === null
      ? []
      : reasonsOf(counted).map(
          ({ why, count }) =>
            html`<li>${sectionLabels[section]}: ${shown(count)}. ${exclusionLabels[why]}.</li>`
        )
  )
  return reasons.length === 0
    ? html`<p>Nothing was left out.</p>`
    : html`<ul>
        ${reasons}
      </ul>`
}

const partsTable = (made: readonly MadePart[]): Markup =>
  html`<h3>The parts</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">What is in it</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        ${made.map(
          ({ name, says, sha256 }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${says}</td>
              <td class="hash">${sha256 === '' ? 'This file' : sha256}</td>
            </tr>`
        )}
      </tbody>
    </table>`

/** What was assessed and the plan of each assessment. Empty ones are printed too. */
export function assessmentPages(
  assessments: readonly ExportedAssessment[],
  plans: readonly ExportedPlan[],
  sections: Sections,
  names: Names
): Markup {
  if (sections.assessment === null)
    return html`<h2>Assessment and plan</h2>
      <p>Not asked for.</p>`
  return html`<h2>Assessment and plan</h2>
    ${assessments.length === 0 ? html`<p>There is no assessment.</p>` : ''}
    ${assessments.map(
      ({ reference, registeredOn, entries }, index) =>
        html`<h3>Assessment ${reference}, registered on ${showDate(registeredOn)}</h3>
          ${entries.length === 0 ? html`<p>Nothing is written in it.</p>` : ''}
          ${entries.map(
            (entry) =>
              html`<div class="entry">
                <h4 dir="auto">${names.person(entry.personId)}: ${domainLabels[entry.domain]}</h4>
                ${wordsKeys
                  .filter((key) => entry[key] !== '')
                  .map(
                    (key) =>
                      html`<p dir="auto">
                        <span class="mark">${wordsLabels[key]}:</span> <span class="said">${entry[key]}</span>
                      </p>`
                  )}
                <p class="by">${entry.byName}, ${showDateTime(entry.at)}</p>
              </div>`
          )}
          ${planOf(plans[index], names)}`
    )}`
}

function planOf(plan: ExportedPlan | undefined, names: Names): Markup {
  const outcomes = plan?.outcomes ?? []
  if (outcomes.length === 0)
    return html`<h4>Plan</h4>
      <p>There is no outcome in the plan.</p>`
  return html`<h4>Plan</h4>
    ${outcomes.map(
      ({ words, personId, ending, endedOn, endedWhy, actions, scores }) =>
        html`<div class="entry">
          <p class="mark" dir="auto">
            ${words}${personId === '' ? '' : html` (for ${names.person(personId)})`}
          </p>
          ${
            ending === ''
              ? ''
              : html`<p dir="auto">${endingLabels[ending]} on ${showDate(endedOn)}. ${endedWhy}</p>`
          }
          ${
            actions.length === 0
              ? ''
              : html`<ul>
                  ${actions.map(
                    ({ words: action, ownerName, dueOn, progress }) =>
                      html`<li dir="auto">
                        ${action}. ${ownerName}, by ${showDate(dueOn)}.
                        ${progress.map(
                          (each) =>
                            html`${progressLabels[each.progress]}, ${showDate(each.on)}, recorded by
                            ${each.byName}. ${each.words} ${each.evidence} `
                        )}
                      </li>`
                  )}
                </ul>`
          }
          ${scores.map(
            ({ on, score, words: said }) =>
              html`<p dir="auto">${showDate(on)}: ${String(score)} out of 10. ${said}</p>`
          )}
        </div>`
    )}`
}

/** The beginning of a section; `isMore` where it goes on from the part before. */
export const sectionHead = (title: string, isMore: boolean): Markup =>
  html`<h2>${title}${isMore ? ', continued' : ''}</h2>`

export const emptySection = (title: string, isAsked: boolean): Markup =>
  html`<h2>${title}</h2>
    <p>${isAsked ? 'There is none.' : 'Not asked for.'}</p>`

export const entryRow = ({ on, who, what, details, byName }: ExportedEntry): Markup =>
  html`<tr>
    <td>${showDate(on)}</td>
    <td dir="auto">
      ${who === '' ? '' : html`<span class="mark">${who} </span>`}${what}
      ${details.map((detail) => html`<div class="said" dir="auto">${detail}</div>`)}
    </td>
    <td dir="auto">${byName}</td>
  </tr>`

export const entriesTable = (rows: readonly Markup[]): Markup =>
  html`<table class="entries">
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col">What happened</th>
        <th scope="col">Recorded by</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`

/** A case note as it is printed, with what was added to it and the names of its files. */
export function noteText(note: ExportedNote, names: Names): Markup {
  const named = (ids: readonly string[]) => ids.map((id) => names.person(id)).join(', ')
  const present = [named(note.presentIds), note.present].filter((part) => part !== '').join(', ')
  return html`<div class="entry">
    <h3>${String(note.number)}. ${noteKindLabels[note.kind]}, ${showDateTime(note.happenedAt)}</h3>
    <p class="by" dir="auto">
      Assessment ${note.episodeReference}. About
      ${named(note.aboutIds)}.${present === '' ? '' : ` There: ${present}.`}
    </p>
    ${
      note.familyMaySee
        ? ''
        : html`<p class="mark" dir="auto">The family may not see this note. ${note.restrictedWhy}</p>`
    }
    <p class="said" dir="auto">${note.words}</p>
    ${
      note.childsVoice === ''
        ? ''
        : html`<p dir="auto">
            <span class="mark">The child’s voice:</span> <span class="said">${note.childsVoice}</span>
          </p>`
    }
    ${note.files.map(fileLine)}
    <p class="by">
      Recorded by ${note.byName}, ${showDateTime(note.recordedAt)}${afterClosing(note.afterClosing)}
    </p>
    ${note.addenda.map(
      (addendum) =>
        html`<p dir="auto">
            <span class="mark">Added later:</span> <span class="said">${addendum.words}</span>
          </p>
          ${addendum.files.map(fileLine)}
          <p class="by">
            Added by ${addendum.byName},
            ${showDateTime(addendum.recordedAt)}${afterClosing(addendum.afterClosing)}
          </p>`
    )}
  </div>`
}

const afterClosing = (is: boolean): string => (is ? ', after the assessment had closed' : '')

const fileLine = ({ name, entry }: ExportedNote['files'][number]): Markup =>
  html`<p dir="auto">
    <span class="mark">File:</span> ${name}
    (${entry === '' ? 'not in this export' : `${entry} in this export`})
  </p>`

/** `Child`: everybody whom the notes may name. */
export const peopleTable = (
  people: readonly { name: string; role: keyof typeof memberRoleLabels }[]
): Markup =>
  people.length === 0
    ? emptySection('People', true)
    : html`<h2>People</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">In the family</th>
            </tr>
          </thead>
          <tbody>
            ${people.map(
              ({ name, role }) =>
                html`<tr>
                  <th scope="row" dir="auto">${name}</th>
                  <td>${memberRoleLabels[role]}</td>
                </tr>`
            )}
          </tbody>
        </table>`
