// How well people are found who are told of as callers tell of them (L15): 2,000 who are in a county's record and 2,000
// who are not but look like somebody who is. Half are typed into the one box, half into a form, through the operations
// themselves. Nothing here is timed.
import { chanceFrom } from '../scripts/county/chance.ts'
import type { Output } from '../shared/ipc/contract.ts'
import { newId, type CivilDate } from '../shared/ids.ts'
import { findPostcode } from '../shared/person/postcode.ts'
import { CALLS_BESIDE, FAMILIES, folderOf, isQuick, openDesk } from './desk.ts'
import { once, say } from './figures.ts'
import { withoutRecord, withRecord, type Asked } from './people/asked.ts'
import { siblingsOf, somePeople, type Known } from './people/known.ts'

const EACH = isQuick ? 200 : 2_000
/** Not all have what a kind of slip needs: those who have not are passed over. */
const TO_CHOOSE_FROM = 30_000
const LEAST_RECALL = 97
const MOST_WRONG = 0.5

const desk = await openDesk(await folderOf(CALLS_BESIDE, FAMILIES), CALLS_BESIDE, FAMILIES)
const { reader } = desk.store
const chance = chanceFrom(2_026)

say('choosing people')
const people = somePeople(reader, chance, Math.min(TO_CHOOSE_FROM, FAMILIES.people / 2)).values()
const strangers = withoutRecord(chance, people, (known: Known) => siblingsOf(reader, known), EACH)
const known = withRecord(chance, people, EACH)

/** As it is read out. */
const asSaid = (date: CivilDate): string => date.split('-').reverse().map(Number).join('/')

const inTheBox = ({ name, birth, upn, phone, address }: Asked): Promise<Output<'person.find'>> => {
  const text = [name, birth && asSaid(birth), upn, phone, findPostcode(address) ?? '']
    .filter(Boolean)
    .join(' ')
  return desk.does('person.find', { text })
}

const inAForm = ({ name, birth, upn, address, schoolId }: Asked): Promise<Output<'person.findLike'>> =>
  desk.does('person.findLike', {
    person: { id: newId(), name, birth: birth && asSaid(birth), upn, relation: '', address },
    schoolId
  })

interface Answered {
  asked: Asked
  /** Of somebody in the record: they are among those who are shown. */
  isFound: boolean
  /** Somebody else is said to be surely the one. */
  isWrong: boolean
}

async function answers(all: readonly Asked[]): Promise<Answered[]> {
  const answered: Answered[] = []
  for (const [index, asked] of all.entries()) {
    const found = await (index % 2 === 0 ? inTheBox(asked) : inAForm(asked))
    answered.push({
      asked,
      isFound: found.some(({ personId }) => personId === asked.personId),
      isWrong: found.some(({ personId, strength }) => strength === 'strong' && personId !== asked.personId)
    })
    if (index % 200 === 199) say(`${String(index + 1)} of ${String(all.length)}`)
  }
  return answered
}

const percent = (all: readonly Answered[], counts: (each: Answered) => boolean): number =>
  (100 * all.filter(counts).length) / all.length

function byKind(all: readonly Answered[]): [kind: string, answered: Answered[]][] {
  const kinds = [...new Set(all.map(({ asked: { kind } }) => kind))]
  return kinds.map((kind) => [kind, all.filter(({ asked }) => asked.kind === kind)])
}

const found = await answers(known)
const unknown = await answers(strangers)
desk.store.close()

const isFound = ({ isFound: is }: Answered) => is
const isWrong = ({ isWrong: is }: Answered) => is
for (const [kind, some] of byKind(found))
  once({ name: `Found among the first five: ${kind}`, unit: '%' }, percent(some, isFound))
for (const [kind, some] of byKind([...found, ...unknown]))
  once({ name: `Somebody else is said to be the one: ${kind}`, unit: '%' }, percent(some, isWrong))

const recall = percent(found, isFound)
const wrong = percent([...found, ...unknown], isWrong)
const among = `among ${FAMILIES.people.toLocaleString('en-GB')} people`
once(
  { name: `Found among the first five, ${among}`, unit: '%' },
  recall,
  `at least ${String(LEAST_RECALL)} %`,
  recall >= LEAST_RECALL
)
once(
  { name: `Somebody else is said to be the one, ${among}`, unit: '%' },
  wrong,
  `under ${String(MOST_WRONG)} %`,
  wrong < MOST_WRONG
)
