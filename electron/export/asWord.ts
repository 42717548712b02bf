import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
  type IRunOptions,
  type ParagraphChild
} from 'docx'
import type { Block, Cell, Line, PaperPart, TableOf } from './blocks.ts'

/** A4 and its margins, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, side: 1_134, end: 1_247, edge: 567 }
const LINE_WIDTH = PAGE.width - 2 * PAGE.side

/** How much of the line each column has. */
const shares: Record<TableOf, readonly number[]> = {
  facts: [0.25, 0.75],
  counts: [0.6, 0.2, 0.2],
  parts: [0.34, 0.26, 0.4],
  people: [0.5, 0.5],
  entries: [0.23, 0.57, 0.2]
}
const isNumber = (of: TableOf, column: number): boolean => of === 'counts' && column > 0

/** A part of an export as a Word document (DOCX). Takes about a second for 2,000 notes: not for a thread that answers. */
export const asWord = (part: PaperPart): Promise<Uint8Array> => Packer.toBuffer(documentOf(part))

function documentOf({ title, classification, name, exportedBy, which, blocks }: PaperPart): Document {
  const writer = 'Families First Desk'
  return new Document({
    ...{ title, subject: classification, creator: writer, lastModifiedBy: writer },
    styles: { default: styles },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: {
              ...{ top: PAGE.end, bottom: PAGE.end, left: PAGE.side, right: PAGE.side },
              ...{ header: PAGE.edge, footer: PAGE.edge }
            }
          }
        },
        headers: { default: new Header({ children: [margin(classification, [name])] }) },
        footers: {
          default: new Footer({
            children: [
              margin(`Exported by ${exportedBy}`, [
                `${which}Page `,
                PageNumber.CURRENT,
                ' of ',
                PageNumber.TOTAL_PAGES
              ])
            ]
          })
        },
        children: blocks.flatMap(asParagraphs)
      }
    ]
  })
}

const headed = (size: number, before: number) => ({
  run: { size, bold: true, color: '000000' },
  paragraph: { keepNext: true, spacing: { before, after: 60 } }
})

const styles = {
  document: {
    run: { font: 'Arial', size: 21, language: { value: 'en-GB' } },
    paragraph: { spacing: { after: 85, line: 276 } }
  },
  heading1: headed(36, 0),
  heading2: {
    ...headed(28, 450),
    paragraph: {
      keepNext: true,
      spacing: { before: 450, after: 110 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 8, color: '000000', space: 1 } }
    }
  },
  heading3: headed(23, 280),
  heading4: headed(21, 170)
}

const levels = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4
}

/** A line above or below every page. */
const margin = (left: string, right: IRunOptions['children']): Paragraph =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: LINE_WIDTH }],
    children: [new TextRun({ size: 16, children: [written(left), new Tab(), ...(right ?? [])] })]
  })

function asParagraphs(block: Block): (Paragraph | Table)[] {
  switch (block.is) {
    case 'heading':
      return [paragraph([{ text: block.text }], { heading: levels[block.level] })]
    case 'line':
      return [
        paragraph(
          block.line,
          block.look === 'begin' ? { spacing: { before: 170 } } : {},
          block.look === 'by' || block.look === 'hash' ? { size: 19, color: '333333' } : {}
        )
      ]
    case 'list':
      return block.lines.map((line) => paragraph(line, { bullet: { level: 0 } }))
    case 'table':
      return [table(block)]
  }
}

const table = ({ of, head, rows }: Extract<Block, { is: 'table' }>): Table => {
  const widths = shares[of].map((share) => Math.round(share * LINE_WIDTH))
  const rule = { style: BorderStyle.SINGLE, size: 4, color: '999999' }
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const isRowNamed = of !== 'entries'
  return new Table({
    width: { size: LINE_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    borders: {
      ...{ top: none, left: none, right: none, insideVertical: none },
      ...{ bottom: rule, insideHorizontal: rule }
    },
    tableLook: { firstRow: head.length > 0, firstColumn: isRowNamed },
    rows: [
      ...(head.length === 0
        ? []
        : [
            new TableRow({
              ...{ tableHeader: true, cantSplit: true },
              children: head.map((label, column) => tableCell([[{ text: label }]], of, column, widths, true))
            })
          ]),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((cell, column) =>
              tableCell(cell, of, column, widths, isRowNamed && column === 0)
            )
          })
      )
    ]
  })
}

const tableCell = (
  cell: Cell,
  of: TableOf,
  column: number,
  widths: readonly number[],
  isHead: boolean
): TableCell =>
  new TableCell({
    width: { size: widths[column] ?? 0, type: WidthType.DXA },
    children: cell.map((line) =>
      paragraph(
        line,
        { spacing: { after: 40 }, ...(isNumber(of, column) ? { alignment: AlignmentType.RIGHT } : {}) },
        isHead ? { bold: true } : {}
      )
    )
  })

/** Text is read in its own direction: that of its first letter. */
const isRightToLeft = (line: Line): boolean =>
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(
    line.map(({ text }) => text).join('')
  )

function paragraph(
  line: Line,
  options: Omit<ConstructorParameters<typeof Paragraph>[0] & object, 'children' | 'text'> = {},
  look: IRunOptions = {}
): Paragraph {
  const isTurned = isRightToLeft(line)
  const turned = isTurned ? { rightToLeft: true } : {}
  return new Paragraph({
    ...options,
    ...(isTurned ? { bidirectional: true } : {}),
    children: line.flatMap(({ text, isMark }) =>
      textRuns(text, { ...look, ...(isMark ? { bold: true } : {}), ...turned })
    )
  })
}

/** A run for each line of what was typed. */
const textRuns = (text: string, look: IRunOptions): ParagraphChild[] =>
  written(text)
    .split(/\r\n|\r|\n/)
    .map((each, index) => new TextRun({ ...look, text: each, ...(index > 0 ? { break: 1 } : {}) }))

/** What XML cannot hold, such as half a character or one that controls a terminal, would leave a file that Word cannot open. */
const written = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
