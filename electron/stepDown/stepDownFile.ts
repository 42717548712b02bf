import { extname } from 'node:path'
import { z } from 'zod'
import type { CivilDate } from '../../shared/ids.ts'
import type { StepDownImportProblem } from '../../shared/stepDown/import.ts'
import {
  findStepDownColumns,
  readStepDownRow,
  stepDownOfRows,
  type StepDownPlaces,
  type StepDownRow
} from '../../shared/stepDown/importRow.ts'
import {
  importedStepDown,
  type ImportedStepDown,
  type PlacedProblem
} from '../../shared/stepDown/importStepDown.ts'
import {
  MOST_PEOPLE,
  personFields,
  stepDownFields,
  STEP_DOWNS_VERSION
} from '../../shared/stepDown/stepDownFile.ts'
import { NotAList, readCsvFile, type CsvFile } from '../import/csvFile.ts'
import { readJsonFile } from '../import/jsonFile.ts'
import { takeTurns } from '../import/turns.ts'

/** All of it is held in memory until it is stored, of a CSV as of a JSON file. */
const MOST_ROWS = 50_000
const MOST_CSV_BYTES = 50_000_000
/** The page names them all beside it. */
const COLUMNS_NAMED = 5

/** A step-down of the file, or what is wrong with it, and where each part of it stands. */
export interface FoundStepDown {
  /** Undefined where something is wrong: it is left out whole. */
  stepDown: ImportedStepDown | undefined
  problems: StepDownImportProblem[]
  placed: (problem: PlacedProblem) => StepDownImportProblem
}

export interface StepDownFile extends CsvFile {
  /** In the order in which they begin in the file. */
  found: FoundStepDown[]
  /** Rows that name no step-down. */
  loose: StepDownImportProblem[]
  unreadColumns: string[]
}

export interface ReadOptions {
  today: CivilDate
  signal: AbortSignal
  progress: (read: number) => void
}

/**
 * Reads a file of step-downs, JSON or CSV by its name: the thread's other work goes on between two pieces of it.
 *
 * @throws NotAList where it cannot be read to its end
 */
export async function readStepDownFile(path: string, options: ReadOptions): Promise<StepDownFile> {
  const kind = extname(path).toLowerCase()
  if (kind !== '.json' && kind !== '.csv') throw new NotAList('Choose a file that ends in .json or .csv.')
  const file = await (kind === '.json' ? readJson : readCsv)(path, options)
  return { ...file, found: withoutRepeats(file.found) }
}

async function readJson(path: string, { signal, progress }: ReadOptions): Promise<StepDownFile> {
  const found: FoundStepDown[] = []
  const { rest, ...file } = await readJsonFile(path, 'step_downs', signal, ({ value, line }, index) => {
    if (index >= MOST_ROWS) throw tooMany('step-downs')
    found.push(foundAs(value, placedInJson(line, `/step_downs/${String(index)}`)))
    progress(index + 1)
  })
  mustBeOurs(rest)
  return { ...file, found, loose: [], unreadColumns: [] }
}

const tooMany = (what: string) =>
  new NotAList(`The file has more than ${MOST_ROWS.toLocaleString('en-GB')} ${what}. Split it up.`)

const ours = z.strictObject({ version: z.literal(STEP_DOWNS_VERSION), step_downs: z.array(z.never()) })

function mustBeOurs(rest: Record<string, unknown>): void {
  const [wrong] = ours.safeParse(rest).error?.issues ?? []
  if (!wrong) return
  const unknown = wrong.code === 'unrecognized_keys' ? (wrong.keys[0] ?? '').slice(0, 40) : undefined
  if (unknown !== undefined) throw new NotAList(`There is no field “${unknown}” beside “step_downs”.`)
  throw new NotAList(
    wrong.path[0] === 'version'
      ? `The file must say “version”: “${STEP_DOWNS_VERSION}”.`
      : 'The file must have a list “step_downs”.'
  )
}

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1')
const fields = [...stepDownFields, ...personFields, 'people' as const]
const fieldOf = (path: readonly PropertyKey[]): StepDownImportProblem['field'] =>
  fields.find((field) => field === path.findLast((part) => typeof part === 'string')) ?? ''

const placedInJson =
  (line: number, at: string): FoundStepDown['placed'] =>
  ({ path, message }) => ({
    ...{ line, message, field: fieldOf(path) },
    pointer: [at, ...path.map(escaped)].join('/')
  })

function foundAs(
  value: unknown,
  placed: FoundStepDown['placed'],
  before: readonly StepDownImportProblem[] = []
): FoundStepDown {
  const read = importedStepDown(value)
  const problems = [...before, ...('problems' in read ? read.problems.map(placed) : [])]
  return { stepDown: problems.length === 0 && 'key' in read ? read : undefined, problems, placed }
}

async function readCsv(path: string, { today, signal, progress }: ReadOptions): Promise<StepDownFile> {
  let places: StepDownPlaces | undefined
  let rows = 0
  const loose: StepDownImportProblem[] = []
  const byKey = new Map<string, { rows: StepDownRow[]; problems: StepDownImportProblem[] }>()

  function takeRow(known: StepDownPlaces, cells: string[], line: number) {
    if (++rows > MOST_ROWS) throw tooMany('rows')
    const { row, problems } = readStepDownRow(known, cells, line, today)
    if (row.key === '') return loose.push(...problems)
    const own = byKey.get(row.key) ?? { rows: [], problems: [] }
    byKey.set(row.key, own)
    // of a key that stands on every row no more is kept than shows that they are too many
    if (own.rows.length > MOST_PEOPLE) return
    own.rows.push(row)
    own.problems.push(...problems)
  }

  const takeLine = (cells: string[], line: number) => {
    if (cells.every((cell) => cell.trim() === '')) return
    if (places) takeRow(places, cells, line)
    else places = placesOf(cells)
    progress(rows)
  }
  const file = await readCsvFile(path, signal, takeLine, MOST_CSV_BYTES)
  if (!places) throw new NotAList('The file is empty.')
  const found: FoundStepDown[] = []
  const others = takeTurns(signal)
  for (const own of byKey.values()) {
    const { value, lines, problems } = stepDownOfRows(own.rows)
    const first = own.rows[0]?.line ?? 0
    found.push(foundAs(value, placedInRows(first, lines), [...own.problems, ...problems]))
    await others()
  }
  return { ...file, found, loose, unreadColumns: places.unread }
}

function placesOf(header: string[]): StepDownPlaces {
  const places = findStepDownColumns(header)
  if (!('missing' in places)) return places
  const named = places.missing.slice(0, COLUMNS_NAMED).map((name) => `“${name}”`)
  const more = places.missing.length - named.length
  throw new NotAList(
    `The file has no column ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}.`
  )
}

const placedInRows =
  (first: number, lines: readonly number[]): FoundStepDown['placed'] =>
  ({ path, message }) => ({
    line: path[0] === 'people' ? (lines[Number(path[1])] ?? first) : first,
    ...{ pointer: '', field: fieldOf(path), message }
  })

/** In JSON the same key may stand twice: nobody knows which is meant, so neither comes in. */
function withoutRepeats(found: readonly FoundStepDown[]): FoundStepDown[] {
  const times = new Map<string, number>()
  for (const { stepDown } of found) {
    if (stepDown) times.set(stepDown.key, (times.get(stepDown.key) ?? 0) + 1)
  }
  return found.map((each) => {
    if (!each.stepDown || times.get(each.stepDown.key) === 1) return each
    const message = 'The file has another step-down with this step_down_id'
    return { ...each, stepDown: undefined, problems: [each.placed({ path: ['step_down_id'], message })] }
  })
}
