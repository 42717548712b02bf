import type { CivilDate, Id } from '../ids.ts'
import { NO_HUB } from '../keyworker/keyworker.ts'
import type { Rules } from '../setting/inForce.ts'
import { showDate } from '../time/london.ts'
import { queueAgeLabels, stepDownEndingLabels } from '../words/stepDown.ts'
import { stepUpStateLabels } from '../words/stepUp.ts'
import { clockLabels, flowStepLabels, openTimeWords, overrideLabel } from '../words/triageReport.ts'
import { share } from './describe.ts'
import type { FlowStep } from './period.ts'
import type { ReportRange } from './report.ts'
import type { LoadRow, TriageFigure, TriageMeasure, TriageReport } from './triage.ts'

/** What a number opens: the rows that it counts, or a keyworker, or the keyworkers of a hub or, with `NO_HUB`, of none. */
export type Opens =
  { rows: { measure: TriageMeasure; key: string; range: ReportRange } } | { keyworkerId: Id } | { hubId: Id }

/** A cell in words, or a number with what it opens. */
export type TriageCell = string | { count: number; opens: Opens }

export interface TriageLine {
  key: string
  /** What the line is about: the first cell. */
  name: string
  cells: TriageCell[]
}

/** The numbers of a picture, as the screen shows them and the CSV holds them. */
export interface TriageTable {
  columns: string[]
  lines: TriageLine[]
}

/** The table of a picture, named as the rules of today name it. */
export function triageTable(figure: TriageFigure, report: TriageReport, rules: Rules): TriageTable {
  const { range } = report
  const opens = (measure: TriageMeasure, key: string, within = range): Opens => ({
    rows: { measure, key, range: within }
  })
  const counted = (
    measure: TriageMeasure,
    columns: [string, string],
    rows: readonly { key: string; name: string; count: number }[]
  ): TriageTable => ({
    columns,
    lines: rows.map(({ key, name, count }) => ({
      key,
      name,
      cells: [{ count, opens: opens(measure, key) }]
    }))
  })
  const hubName = (hubId: string) => rules.hubs.find(({ key }) => key === hubId)?.name ?? 'No local hub'

  switch (figure) {
    case 'flow':
      return {
        columns: [periodHeading(report.step), 'Received', 'Opened again', 'Done', 'Waiting at the end'],
        // the newest first: that is what somebody looks for
        lines: report.flow.toReversed().map(({ from, to, ...counts }) => ({
          key: from,
          name: periodName(from, report.step),
          cells: (['received', 'reopened', 'done', 'waiting'] as const).map((measure) => ({
            count: counts[measure],
            opens: opens(measure, '', { from, to })
          }))
        }))
      }
    case 'endings':
      return counted('done', ['Ending', 'Step-downs'], named(report.endings, stepDownEndingLabels))
    case 'ages':
      return counted('waiting', ['Age', 'Step-downs'], named(report.ages, queueAgeLabels))
    case 'clocks':
      return {
        columns: [
          'Clock',
          'Target',
          'Ended',
          'In time',
          'Late',
          'Share in time',
          'Half took',
          'Nine in ten took'
        ],
        lines: report.clocks.map(({ clock, target, inTime, late, half, nineInTen }) => {
          const ended = inTime + late
          return {
            key: clock,
            name: clockLabels[clock],
            cells: [
              `${String(target)} working ${target === 1 ? 'day' : 'days'}`,
              { count: ended, opens: opens(clock, '') },
              { count: inTime, opens: opens(clock, 'in-time') },
              { count: late, opens: opens(clock, 'late') },
              share(inTime, ended),
              ended === 0 ? '' : openTimeWords(half),
              ended === 0 ? '' : openTimeWords(nineInTen)
            ]
          }
        })
      }
    case 'load-hubs':
      return {
        columns: ['Local hub', 'Keyworkers', 'Families', 'Can hold', 'Load'],
        lines: report.hubs.map((row) => ({
          key: row.id,
          name: row.name || 'No local hub',
          cells: [
            { count: row.keyworkers, opens: { hubId: row.id || NO_HUB } },
            { count: row.load.held, opens: { hubId: row.id || NO_HUB } },
            ...loadCells(row)
          ]
        }))
      }
    case 'load-keyworkers':
      return {
        columns: ['Keyworker', 'Families', 'Can hold', 'Load'],
        lines: report.keyworkers.map((row) => ({
          key: row.id,
          name: row.name,
          cells: [{ count: row.load.held, opens: { keyworkerId: row.id } }, ...loadCells(row)]
        }))
      }
    case 'returns':
      return counted('returns', ['Sending team', 'Times'], unnamed(report.returns, 'No team named'))
    case 'declines-keyworker':
      return counted(figure, ['Keyworker', 'Times'], unnamed(report.declinesByKeyworker, 'Not known'))
    case 'declines-hub':
      return counted(
        figure,
        ['Local hub', 'Times'],
        report.declinesByHub.map((row) => ({ ...row, name: hubName(row.key) }))
      )
    case 'step-ups':
      return counted('step-ups', ['How it stands', 'Step-ups'], named(report.stepUps, stepUpStateLabels))
    case 'overrides':
      return counted(
        'overrides',
        ['Rule', 'Times'],
        report.overrides.map((row) => ({ ...row, name: overrideLabel(row.key) }))
      )
  }
}

function named<Key extends string>(
  rows: readonly { key: Key; count: number }[],
  labels: Record<Key, string>
) {
  return rows.map((row) => ({ ...row, name: labels[row.key] }))
}

const unnamed = (rows: readonly { key: string; name: string; count: number }[], nobody: string) =>
  rows.map((row) => ({ ...row, name: row.name || nobody }))

/** Of how many families, and the per cent. */
const loadCells = ({ load }: LoadRow): string[] => [
  String(Math.round(load.capacity * 10) / 10),
  `${String(load.percent)}%${load.percent > 100 ? ', over' : ''}`
]

const periodHeading = (step: FlowStep): string => (step === 'week' ? 'Week from' : flowStepLabels[step])

/** "3 November 2026", of a month "November 2026". */
export const periodName = (from: CivilDate, step: FlowStep): string => {
  const day = showDate(from)
  return step === 'month' ? day.slice(day.indexOf(' ') + 1) : day
}
