import { zipInto, type ZipFile } from '../export/zipFile.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { Cell, ColumnKind, Head } from './column.ts'
import { shortDate, toldOnce, yesOrNo, type Told } from './told.ts'

/** A sheet of a workbook: its name, and its rows a piece at a time. */
export interface Sheet {
  name: string
  rows: () => AsyncIterable<readonly (readonly Cell[])[]>
}

/**
 * An Excel workbook, a piece at a time and never held (ADR 43): the header row is bold and stays in sight, text is text whatever
 * it begins with, and days and times are Excel's own.
 *
 * @param at the date that its parts bear
 */
export async function* asXlsx(
  heads: readonly Head[],
  sheets: readonly Sheet[],
  at: Instant
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  // an entry of unknown size is Zip64 by itself, which not every Excel opens
  const zip = zipInto({ write: (piece) => writer.write(piece) }, '', at, { zip64: false })
  const written = addParts(zip, heads, sheets)
    .then(() => writer.close())
    // whoever reads hears of it
    .catch((error: unknown) => writer.abort(error))
  yield* readable
  await written
}

async function addParts(zip: ZipFile, heads: readonly Head[], sheets: readonly Sheet[]): Promise<void> {
  const add = (name: string, xml: string) => zip.add(name, Buffer.from(`${DECLARATION}${xml}`), false)
  await add('[Content_Types].xml', contentTypes(sheets.length))
  await add('_rels/.rels', relationships([{ type: 'officeDocument', target: 'xl/workbook.xml' }]))
  await add('xl/workbook.xml', workbook(sheets))
  await add(
    'xl/_rels/workbook.xml.rels',
    relationships([
      ...sheets.map((_, place) => ({ type: 'worksheet', target: `worksheets/${sheetFile(place)}` })),
      { type: 'styles', target: 'styles.xml' }
    ])
  )
  await add('xl/styles.xml', styles)
  for (const [place, sheet] of sheets.entries())
    await zip.add(`xl/worksheets/${sheetFile(place)}`, worksheet(heads, sheet), false)
  await zip.close()
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_ML = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const sheetFile = (place: number): string => `sheet${String(place + 1)}.xml`

function contentTypes(sheets: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}" ContentType="${SHEET_ML}.${type}+xml"/>`
  return `<Types xmlns="${PACKAGE}/content-types">
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
    <Default Extension="xml" ContentType="application/xml"/>
    ${part('workbook.xml', 'sheet.main')}${part('styles.xml', 'styles')}
    ${Array.from({ length: sheets }, (_, place) => part(`worksheets/${sheetFile(place)}`, 'worksheet')).join('')}
  </Types>`
}

const relationships = (all: readonly { type: string; target: string }[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(
      ({ type, target }, place) =>
        `<Relationship Id="rId${String(place + 1)}" Type="${OFFICE}/${type}" Target="${target}"/>`
    )
    .join('')}</Relationships>`

const workbook = (sheets: readonly Sheet[]): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
    .map(({ name }, place) => {
      const number = String(place + 1)
      return `<sheet name="${inXml(name)}" sheetId="${number}" r:id="rId${number}"/>`
    })
    .join('')}</sheets></workbook>`

/** Places in `cellXfs` below. `text` is Excel's own "Text": a number that is typed over another keeps its first 0. */
const style = { header: 1, text: 2, date: 3, time: 4, instant: 5, number: 6 } as const
const TOP = '<alignment vertical="top" wrapText="1"/>'

const styles = `<styleSheet xmlns="${MAIN}">
  <numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="hh:mm"/><numFmt numFmtId="166" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>
  <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
  <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
  <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
  <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
  <cellXfs count="7">
    <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
    <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">${TOP}</xf>
    ${[49, 164, 165, 166, 0]
      .map(
        (format) =>
          `<xf numFmtId="${String(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${TOP}</xf>`
      )
      .join('')}
  </cellXfs>
  <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`

async function* worksheet(heads: readonly Head[], { rows }: Sheet): AsyncGenerator<Uint8Array> {
  const told = toldOnce()
  const writers = heads.map(({ kind }) => writerOf(kind, told))
  const columns = heads.map(({ width }, place) => {
    const number = String(place + 1)
    return `<col min="${number}" max="${number}" width="${String(width)}" customWidth="1"/>`
  })
  let number = 1
  const row = (cells: readonly CellXml[]): string => {
    const line = String(number++)
    const filled = cells.map((cell, place) =>
      cell === '' ? '' : `<c r="${lettersOf(place)}${line}"${cell}</c>`
    )
    return `<row r="${line}">${filled.join('')}</row>`
  }
  const header = row(heads.map(({ label }) => textCell(label, style.header)))
  yield Buffer.from(`${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">
    <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
    <cols>${columns.join('')}</cols><sheetData>${header}`)
  for await (const some of rows()) {
    const lines = some.map((cells) => row(cells.map((cell, place) => writers[place]?.(cell) ?? '')))
    yield Buffer.from(lines.join(''))
  }
  yield Buffer.from('</sheetData></worksheet>')
}

/** `A` to `Z`, then `AA`: how Excel names a column. */
const lettersOf = (place: number): string =>
  (place < 26 ? '' : lettersOf(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26))

/** What stands in a cell behind its address; '' where nothing does. */
type CellXml = string
const textCell = (text: string, as: number): CellXml =>
  text === '' ? '' : ` s="${String(as)}" t="inlineStr"><is><t xml:space="preserve">${inCell(text)}</t></is>`
const numberCell = (value: number, as: number): CellXml => ` s="${String(as)}"><v>${String(value)}</v>`

function writerOf(kind: ColumnKind, { londonDay, londonTime, phone }: Told): (cell: Cell) => CellXml {
  const orNothing = (write: (text: string) => CellXml) => (cell: Cell) =>
    typeof cell === 'string' && cell !== '' ? write(cell) : ''
  switch (kind) {
    case 'text':
      return orNothing((text) => textCell(text, style.text))
    case 'phone':
      return orNothing((typed) => textCell(phone(typed), style.text))
    case 'date':
      return orNothing(dateCell)
    case 'day':
      return orNothing((at) => dateCell(londonDay(at)))
    case 'time':
      return orNothing((at) => numberCell(partOfDay(londonTime(at)), style.time))
    case 'instant':
      return orNothing((at) => numberCell(daysOf(londonDay(at)) + partOfDay(londonTime(at)), style.instant))
    case 'number':
      return (cell) => (typeof cell === 'number' ? numberCell(cell, style.number) : '')
    case 'yes-no':
      return (cell) => (typeof cell === 'boolean' ? textCell(yesOrNo(cell), style.text) : '')
  }
}

const DAY_MS = 86_400_000
/** The day before which Excel counts one day too many: it has a 29 February 1900. */
const FIRST_DAY = '1900-03-01'

/** Excel's number of a day: 1 March 1900 is 61. */
const daysOf = (date: CivilDate): number => (Date.parse(date) - Date.UTC(1899, 11, 30)) / DAY_MS

const dateCell = (date: CivilDate): string =>
  date < FIRST_DAY ? textCell(shortDate(date), style.text) : numberCell(daysOf(date), style.date)

/** `06:00` is a quarter. */
function partOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) / 1_440
}

/** Excel holds no more in a cell, and calls a workbook that has more damaged. */
const MOST_IN_CELL = 32_767
const CUT = ' … [Cut here: Excel holds no more in a cell. A CSV file of this list has all of it.]'

function inCell(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n')
  return inXml(lines.length <= MOST_IN_CELL ? lines : `${lines.slice(0, MOST_IN_CELL - CUT.length)}${CUT}`)
}

/** Everything but what XML has a place for: control characters, halves of a character. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** `_x0041_` is told as it is: Excel would read it as `A`. */
const inXml = (text: string): string =>
  text
    .replace(NOT_IN_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
