// What the record of a county's families costs: finding anyone by whatever is told of them, the page of a family that has
// been known for long, the list of them, "Have we spoken before?" with families in it, registering one where there are
// few and where there are many. Everything that is compared is taken in turn, in one run.
import type { Connection } from '../db/open.ts'
import { listChronology } from '../electron/family/listChronology.ts'
import { readFamily } from '../electron/family/readFamily.ts'
import type { Act } from '../scripts/county/acts.ts'
import { chanceFrom } from '../scripts/county/chance.ts'
import { daysOf } from '../scripts/county/days.ts'
import { familyActsOf } from '../scripts/county/family/acts.ts'
import { asActor } from '../scripts/county/people.ts'
import type { RegistrationDraft } from '../shared/family/family.ts'
import { newId, type Id } from '../shared/ids.ts'
import { findPostcode } from '../shared/person/postcode.ts'
import {
  CALLS_BESIDE,
  copyOf,
  FAMILIES,
  FEW_FAMILIES,
  inTurn,
  NOW,
  openDesk,
  someone,
  timed,
  type Measuring
} from './desk.ts'
import { atMostTimes, once, p95AtMost, say } from './figures.ts'
import { somePeople, type Known } from './people/known.ts'

const ROUNDS = 200
const PEOPLE = 600

const size = ({ people }: { people: number }) => `${people.toLocaleString('en-GB')} people`
const folders = {
  many: await copyOf(CALLS_BESIDE, FAMILIES),
  few: await copyOf(CALLS_BESIDE, FEW_FAMILIES)
}
const county = await openDesk(folders.many, CALLS_BESIDE, FAMILIES)
const town = await openDesk(folders.few, CALLS_BESIDE, FEW_FAMILIES)
const { reader } = county.store
const people = somePeople(reader, chanceFrom(7), PEOPLE)
const having = (...fields: (keyof Known)[]): Known[] =>
  people.filter((each) => fields.every((field) => each[field] !== ''))

/** The first letters of each word, as somebody has typed so far. */
const begun = (name: string, letters: number): string =>
  name
    .split(' ')
    .map((word) => word.slice(0, letters))
    .join(' ')

const references = reader.prepare('SELECT reference FROM family LIMIT 100').all() as { reference: string }[]
const asSaid = (date: string): string => date.split('-').reverse().map(Number).join('/')
const postcode = ({ address }: Known): string => findPostcode(address) ?? ''

/** What is typed in the one box (L16). */
const typed: Record<string, string[]> = {
  'a whole name': people.map(({ name }) => name),
  'a name and a date of birth': having('birth').map(({ name, birth }) => `${name} ${asSaid(birth)}`),
  'a name and a postcode': people.map((each) => `${each.name} ${postcode(each)}`),
  'a surname': people.map(({ name }) => name.split(' ').at(-1) ?? ''),
  'a first name': people.map(({ name }) => name.split(' ')[0] ?? ''),
  'a name half typed': people.map(({ name }) => begun(name, 3)),
  'two letters': people.map(({ name }) => name.slice(0, 2)),
  'two letters and two': people.map(({ name }) => begun(name, 2)),
  'a date of birth': having('birth').map(({ birth }) => asSaid(birth)),
  'a postcode': people.map(postcode),
  'a telephone number': having('phone').map(({ phone }) => phone),
  'a UPN': having('upn').map(({ upn }) => upn),
  'a reference': references.map(({ reference }) => reference)
}

for (const [what, texts] of Object.entries(typed)) {
  say(`Finding by ${what}`)
  const { find } = await inTurn(ROUNDS, {
    find: (round) => county.times('person.find', { text: texts[round % texts.length]! })
  })
  p95AtMost({ name: `Find anyone among ${size(FAMILIES)}: ${what}`, unit: 'ms' }, 50, find)
}

say('Finding as a coordinator')
const coordinator = someone(county, 'coordinator')
const everyWay = Object.values(typed)
const { narrowed } = await inTurn(2 * ROUNDS, {
  narrowed: (round) => {
    const texts = everyWay[round % everyWay.length]!
    return county.times('person.find', { text: texts[round % texts.length]! }, coordinator)
  }
})
p95AtMost(
  { name: `Find anyone in one hub of a county of ${size(FAMILIES)}, in every way`, unit: 'ms' },
  50,
  narrowed
)

/** How many statements some work asks of the connection that reads. */
async function statements(connection: Connection, work: () => Promise<unknown>): Promise<number> {
  const statement = Object.getPrototypeOf(connection.prepare('SELECT 1')) as Record<
    'all' | 'get',
    (...values: unknown[]) => unknown
  >
  const { all, get } = statement
  let asked = 0
  const counting = (run: typeof all) =>
    function (this: unknown, ...values: unknown[]) {
      asked += 1
      return run.apply(this, values)
    }
  Object.assign(statement, { all: counting(all), get: counting(get) })
  try {
    await work()
    return asked
  } finally {
    Object.assign(statement, { all, get })
  }
}

say('The page of a family')
const { longId } = reader
  .prepare(
    'SELECT family_id AS longId FROM episode_date GROUP BY family_id ORDER BY count(*) DESC, family_id LIMIT 1'
  )
  .get() as { longId: Id }
const { entries } = reader
  .prepare('SELECT count(*) AS entries FROM chronology WHERE subject_id = ?')
  .get(longId) as { entries: number }

const page = () =>
  county.store.read(async (db) => {
    await readFamily(db, { id: longId }, county.actor)
    await listChronology(
      db,
      { id: longId, kinds: [], personId: '', from: '', to: '', after: '' },
      county.actor
    )
  })

/** The rows of the page by statements of a table each: what they alone cost. */
const bareStatements = [
  'SELECT y.*, x.* FROM family y JOIN family_index x ON x.family_id = y.id WHERE y.id = ?',
  'SELECT * FROM family_member WHERE family_id = ?',
  'SELECT * FROM fact WHERE subject_id = ?',
  `SELECT f.* FROM family_member m JOIN person_index p ON p.person_id = m.person_id
   JOIN person_index g ON g.kept_id = p.kept_id JOIN fact f ON f.subject_id = g.person_id WHERE m.family_id = ?`,
  'SELECT * FROM agreement WHERE family_id = ?',
  'SELECT * FROM episode WHERE family_id = ?',
  `SELECT k.*, p.name FROM episode e JOIN keyworker_span k ON k.episode_id = e.id
   JOIN practitioner p ON p.id = k.practitioner_id WHERE e.family_id = ?`,
  'SELECT d.* FROM episode e JOIN episode_date d ON d.episode_id = e.id WHERE e.family_id = ?',
  'SELECT c.* FROM episode e JOIN episode_closure c ON c.episode_id = e.id WHERE e.family_id = ?',
  'SELECT * FROM family_access WHERE family_id = ?',
  'SELECT * FROM sharing WHERE family_id = ?',
  `SELECT s.value FROM family_index x JOIN setting s ON s.kind = 'local-hub' AND s.key = x.hub_id WHERE x.family_id = ?`,
  `SELECT g.* FROM family_member m JOIN person_merge g ON g.merged_id = m.person_id WHERE m.family_id = ?`,
  `WITH y(id) AS (SELECT ?) SELECT * FROM chronology WHERE subject_id IN (
     SELECT id FROM y UNION ALL SELECT m.person_id FROM y JOIN family_member m ON m.family_id = y.id)
   ORDER BY place DESC LIMIT 51`,
  'SELECT * FROM case_note WHERE family_id = ? ORDER BY happened_at DESC LIMIT 51'
].map((sql) => reader.prepare(sql))

const asked = await statements(reader, page)
const taken = await inTurn(ROUNDS, {
  page: async () => {
    const from = performance.now()
    await page()
    return performance.now() - from
  },
  bare: () => timed(() => bareStatements.forEach((statement) => statement.all(longId)))
})
const ofLong = `The page of a family with ${String(entries)} entries`
atMostTimes({ name: ofLong, unit: 'ms' }, 2, taken.page, 'bare statements', taken.bare)
once({ name: `${ofLong}: statements`, unit: '' }, asked, 'at most 3', asked <= 3)

say('The list of families')
const { list } = await inTurn(ROUNDS, { list: () => county.times('family.list', { hubId: '', after: '' }) })
p95AtMost({ name: `The list of families among ${size(FAMILIES)}`, unit: 'ms' }, 5, list)

say('Have we spoken before?')
const adviser = someone(county, 'adviser')
const { before } = await inTurn(ROUNDS, {
  before: (round) => {
    const { name, birth, upn, address, schoolId } = people[(round * 17) % people.length]!
    const child = { id: newId(), name, birth: birth && asSaid(birth), upn, relation: '', address }
    return county.times(
      'call.spokenBefore',
      { callId: newId(), startedAt: NOW, schoolId, children: [child] },
      adviser
    )
  }
})
p95AtMost({ name: `Have we spoken before? Among ${size(FAMILIES)} and calls`, unit: 'ms' }, 30, before)

type Registering = Omit<Act, 'draft'> & { draft: RegistrationDraft }

/** Forms of the day after the last one, of people who are all new, with a keyworker whom the desk knows. */
function* newForms({ ledger, store }: Measuring, seed: number): Generator<Registering> {
  const { id } = store.reader.prepare('SELECT id FROM practitioner').get() as { id: Id }
  const days = daysOf(ledger.settings, '2026-11-23', '2026-11-23')
  const wanted = { families: ROUNDS * 2, people: ROUNDS * 6 }
  for (const act of familyActsOf({ ...ledger, days }, chanceFrom(seed), wanted, NOW)) {
    if (act.operation !== 'family.register') continue
    const draft = act.input as RegistrationDraft
    yield { ...act, draft: { ...draft, practitionerId: draft.practitionerId === '' ? '' : id } }
  }
}

function registering(desk: Measuring, seed: number): () => Promise<number> {
  const forms = newForms(desk, seed)
  return () => {
    const { draft, by, at } = forms.next().value as Registering
    return desk.times('family.register', draft, asActor(by, desk.ledger, at))
  }
}

say('Registering families')
const registered = await inTurn(ROUNDS, { many: registering(county, 101), few: registering(town, 102) })
atMostTimes(
  { name: `Register a family among ${size(FAMILIES)}`, unit: 'ms' },
  1.5,
  registered.many,
  size(FEW_FAMILIES),
  registered.few
)
county.store.close()
town.store.close()
