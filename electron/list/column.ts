import type { CivilDate, Instant } from '../../shared/ids.ts'

/** What stands in a cell, whatever a format makes of it; `null`: nothing. */
export type Cell = string | number | boolean | null

/** `date`: a civil date. `day`, `time` and `instant`: London’s day, London’s time, or both, of an instant. */
export type ColumnKind = 'text' | 'phone' | 'date' | 'day' | 'time' | 'instant' | 'number' | 'yes-no'

/** How a column is told, in every format alike. */
export interface Head {
  label: string
  kind: ColumnKind
  /** Of a column in a workbook: characters. */
  width: number
}

export interface Column<Row> extends Head {
  cell: (row: Row) => Cell
}

const NARROW = 12
const MIDDLE = 22
const WIDE = 50

export const text = <Row>(label: string, cell: (row: Row) => string): Column<Row> => ({
  ...{ label, kind: 'text', width: MIDDLE, cell }
})
/** What somebody wrote, which may be long. */
export const prose = <Row>(label: string, cell: (row: Row) => string): Column<Row> => ({
  ...{ label, kind: 'text', width: WIDE, cell }
})
/** As it was typed: it is told as it is dialled from England. */
export const phone = <Row>(label: string, cell: (row: Row) => string): Column<Row> => ({
  ...{ label, kind: 'phone', width: MIDDLE, cell }
})
/** '' for none, as of the three that follow. */
export const date = <Row>(label: string, cell: (row: Row) => CivilDate): Column<Row> => ({
  ...{ label, kind: 'date', width: NARROW, cell }
})
export const day = <Row>(label: string, cell: (row: Row) => Instant): Column<Row> => ({
  ...{ label, kind: 'day', width: NARROW, cell }
})
export const time = <Row>(label: string, cell: (row: Row) => Instant): Column<Row> => ({
  ...{ label, kind: 'time', width: NARROW, cell }
})
export const instant = <Row>(label: string, cell: (row: Row) => Instant): Column<Row> => ({
  ...{ label, kind: 'instant', width: 17, cell }
})
export const number = <Row>(label: string, cell: (row: Row) => number | null): Column<Row> => ({
  ...{ label, kind: 'number', width: NARROW, cell }
})
export const yesNo = <Row>(label: string, cell: (row: Row) => boolean): Column<Row> => ({
  ...{ label, kind: 'yes-no', width: NARROW, cell }
})
