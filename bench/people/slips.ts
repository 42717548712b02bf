import type { CivilDate } from '../../shared/ids.ts'
import { isRealDate } from '../../shared/time/london.ts'
import type { Chance } from '../../scripts/county/chance.ts'

// What goes wrong between a name that is said and one that is typed. These lists are the bench's own: the matcher knows
// none of them, so that it is not measured by what it was made from.

/** Who says the one name and is written down by the other; as families and schools call children. */
const shortFor: readonly (readonly [full: string, ...shorts: string[]])[] = [
  ['Abigail', 'Abbie'],
  ['Alexander', 'Alex', 'Xander'],
  ['Alexandra', 'Lexie'],
  ['Amanda', 'Mandy'],
  ['Andrew', 'Andy'],
  ['Anthony', 'Tony'],
  ['Benjamin', 'Ben'],
  ['Bethany', 'Beth'],
  ['Bradley', 'Brad'],
  ['Charles', 'Charlie'],
  ['Charlotte', 'Lottie', 'Charlie'],
  ['Christopher', 'Chris'],
  ['Daniel', 'Dan', 'Danny'],
  ['Danielle', 'Dani'],
  ['David', 'Dave'],
  ['Deborah', 'Debbie'],
  ['Dominic', 'Dom'],
  ['Edward', 'Ed', 'Teddy'],
  ['Eleanor', 'Ellie'],
  ['Elizabeth', 'Liz', 'Beth', 'Lizzie'],
  ['Felicity', 'Fliss'],
  ['Florence', 'Flo'],
  ['Frances', 'Fran'],
  ['Francesca', 'Fran', 'Chess'],
  ['Frederick', 'Fred', 'Freddie'],
  ['Gabriel', 'Gabe'],
  ['Georgina', 'Georgie'],
  ['Gregory', 'Greg'],
  ['Harriet', 'Hattie'],
  ['Harrison', 'Harry'],
  ['Isabella', 'Bella', 'Izzy'],
  ['Jacob', 'Jake'],
  ['James', 'Jim', 'Jamie'],
  ['Jennifer', 'Jen', 'Jenny'],
  ['Jessica', 'Jess'],
  ['Jonathan', 'Jon'],
  ['Joseph', 'Joe'],
  ['Joshua', 'Josh'],
  ['Katherine', 'Kate', 'Kath'],
  ['Kimberley', 'Kim'],
  ['Matthew', 'Matt'],
  ['Melissa', 'Mel'],
  ['Michael', 'Mike', 'Mick'],
  ['Mohammed', 'Mo'],
  ['Nathaniel', 'Nate'],
  ['Nicholas', 'Nick'],
  ['Nicola', 'Nicky'],
  ['Oliver', 'Ollie'],
  ['Patrick', 'Paddy'],
  ['Penelope', 'Penny'],
  ['Peter', 'Pete'],
  ['Philippa', 'Pippa'],
  ['Rebecca', 'Becky', 'Bex'],
  ['Richard', 'Rick', 'Richie'],
  ['Robert', 'Rob', 'Bobby'],
  ['Samantha', 'Sam'],
  ['Samuel', 'Sam'],
  ['Sebastian', 'Seb'],
  ['Stephen', 'Steve'],
  ['Suzanne', 'Sue'],
  ['Theodore', 'Theo'],
  ['Thomas', 'Tom', 'Tommy'],
  ['Timothy', 'Tim'],
  ['Victoria', 'Vicky', 'Tori'],
  ['William', 'Will', 'Bill'],
  ['Zachary', 'Zach']
]

/** Names that are said alike, as they are written down by somebody who has only heard them. */
const saidAlike: readonly (readonly string[])[] = [
  ['Aidan', 'Aiden', 'Aydan'],
  ['Alan', 'Allan'],
  ['Amelia', 'Emelia'],
  ['Amy', 'Aimee'],
  ['Catriona', 'Katrina'],
  ['Chloe', 'Khloe', 'Cloe'],
  ['Claire', 'Clare', 'Clair'],
  ['Connor', 'Conor', 'Conner'],
  ['Eilidh', 'Ailey'],
  ['Ellie', 'Elly'],
  ['Erin', 'Eryn'],
  ['Evie', 'Evvie'],
  ['Finley', 'Finlay'],
  ['Fatima', 'Fateema'],
  ['Freya', 'Freyja'],
  ['Geraint', 'Gerraint'],
  ['Hannah', 'Hanna'],
  ['Hussain', 'Hussein', 'Hossain'],
  ['Isla', 'Ayla'],
  ['Jasmine', 'Jazmin', 'Yasmin'],
  ['Katherine', 'Catherine', 'Kathryn'],
  ['Khadija', 'Kadijah'],
  ['Leah', 'Lia'],
  ['Lewis', 'Louis'],
  ['Lucy', 'Lucie'],
  ['Mhairi', 'Vari'],
  ['Mia', 'Mya'],
  ['Mohammed', 'Muhammad', 'Mohamed'],
  ['Naomi', 'Nayomi'],
  ['Niamh', 'Neve', 'Neave'],
  ['Nicholas', 'Nicolas'],
  ['Oisín', 'Osheen'],
  ['Phoebe', 'Feebee', 'Pheobe'],
  ['Rachel', 'Rachael'],
  ['Rhys', 'Reece'],
  ['Saoirse', 'Sersha'],
  ['Sean', 'Shaun', 'Shawn'],
  ['Siân', 'Sharn'],
  ['Sophie', 'Sofie'],
  ['Stephen', 'Steven'],
  ['Theo', 'Teo'],
  ['Yusuf', 'Youssef'],
  ['Zara', 'Zahra'],
  ['Zoe', 'Zoey']
]

/** Spellings that English ears take for one another, within a word. */
const heardAs: readonly (readonly [RegExp, string])[] = [
  [/ph/i, 'f'],
  [/ck/i, 'k'],
  [/ie$/i, 'y'],
  [/y$/i, 'ie'],
  [/ey$/i, 'y'],
  [/ll/i, 'l'],
  [/tt/i, 't'],
  [/nn/i, 'n'],
  [/ss/i, 's'],
  [/([^l])l([^l])/i, '$1ll$2'],
  [/c(?=[aou])/i, 'k'],
  [/k(?=[aou])/i, 'c'],
  [/c(?=[ei])/i, 's'],
  [/ee/i, 'ea'],
  [/ea/i, 'ee'],
  [/ai/i, 'ay'],
  [/ou/i, 'oo'],
  [/er$/i, 'a'],
  [/ough/i, 'uff'],
  [/w(?=h)/i, ''],
  [/(?<=w)h/i, ''],
  [/z/i, 's'],
  [/j/i, 'g'],
  [/ham$/i, 'um'],
  [/son$/i, 'sen'],
  [/ton$/i, 'tan'],
  [/ley$/i, 'leigh'],
  [/ley$/i, 'ly'],
  [/field$/i, 'feild'],
  [/worth$/i, 'werth'],
  [/ford$/i, 'forde']
]

/** Keys beside each other. */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

const inCaseOf = (written: string, like: string): string =>
  like === like.toUpperCase() ? written.toUpperCase() : written

/** One finger wrong: a letter left out, struck twice, changed over with the next, or the key beside it. */
export function mistype(chance: Chance, word: string): string {
  if (word.length < 3) return word
  const at = chance.between(1, word.length - 1)
  const letter = word[at]!
  const slips: Record<'left out' | 'twice' | 'changed over' | 'beside', () => string> = {
    'left out': () => word.slice(0, at) + word.slice(at + 1),
    twice: () => word.slice(0, at) + letter + word.slice(at),
    'changed over': () =>
      at + 1 < word.length
        ? word.slice(0, at) + word[at + 1]! + letter + word.slice(at + 2)
        : word.slice(0, at),
    beside: () => word.slice(0, at) + beside(chance, letter) + word.slice(at + 1)
  }
  return slips[chance.pick(['left out', 'twice', 'changed over', 'beside'] as const)]()
}

function beside(chance: Chance, letter: string): string {
  const row = rows.find((each) => each.includes(letter.toLowerCase()))
  if (!row) return letter
  const place = row.indexOf(letter.toLowerCase()) + chance.pick([-1, 1])
  return inCaseOf(row[place] ?? row.at(-2)!, letter)
}

/** As somebody writes it who has heard it; undefined where there is but one way. */
export function misheard(chance: Chance, word: string): string | undefined {
  const alike = saidAlike.find((names) => names.includes(word))
  if (alike) return chance.pick(alike.filter((name) => name !== word))
  const ways = heardAs.filter(([sound]) => sound.test(word))
  if (ways.length === 0) return undefined
  const [sound, written] = chance.pick(ways)
  return capital(word.replace(sound, written))
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** What somebody is called for short, or in full; undefined for a name that has none. */
export function nickname(chance: Chance, given: string): string | undefined {
  const names = shortFor.filter((each) => each.includes(given))
  if (names.length === 0) return undefined
  const [full, ...shorts] = chance.pick(names)
  return given === full ? chance.pick(shorts) : full
}

/** Without the accents that nobody types. */
export const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '')

/** Day and month told the American way; the same date where that is none. */
export function dayAndMonthSwapped(date: CivilDate): CivilDate {
  const [year = '', month = '', day = ''] = date.split('-')
  return Number(day) <= 12 ? `${year}-${day}-${month}` : date
}

/** The last figure of the year, and those of month and day. */
const FIGURES = [3, 5, 6, 8, 9]

/** One figure of a date wrong, so that it is still a date. */
export function wrongFigure(chance: Chance, date: CivilDate): CivilDate {
  const wrong = FIGURES.flatMap((place) =>
    [...'0123456789'].map((figure) => date.slice(0, place) + figure + date.slice(place + 1))
  )
  return chance.pick(wrong.filter((each) => each !== date && isRealDate(each)))
}
