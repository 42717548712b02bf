import { versionRow, type Districts } from '../../electron/school/asSchool.ts'
import type { SchoolRow } from '../../electron/school/schoolInForce.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Chance } from './chance.ts'
import { personName } from './names.ts'
import { districtCodes, somewhere } from './places.ts'

const saints =
  'Mary,John,Andrew,Peter,Michael,Joseph,Catherine,Margaret,Thomas,Paul,Helen,Nicholas,Cuthbert,Alban,Augustine,Teresa'.split(
    ','
  )
const firsts =
  'Oak,Ash,Elm,Beech,Hazel,Willow,Maple,Thorn,Alder,Birch,Chestnut,Cherry,Larch,Rowan,Holly,Fern,Heron,Swan,Lark,Falcon,Robin,Stone,Mill,Brook,Spring,River,Green,North,West,High'.split(
    ','
  )
const lasts = 'field,wood,dale,brook,hurst,ley,mead,croft,hill,bank,grove,combe,ridge,gate'.split(',')
const kinds = [
  ['Primary School', 'Local authority maintained schools', 'Community school', 22],
  ['Junior Mixed and Infant School', 'Local authority maintained schools', 'Community school', 14],
  ['Infant School', 'Local authority maintained schools', 'Community school', 8],
  ['Academy', 'Academies', 'Academy converter', 22],
  ['School', 'Academies', 'Academy converter', 14],
  ['Nursery School', 'Local authority maintained schools', 'Local authority nursery school', 4],
  ['Special School', 'Special schools', 'Community special school', 5],
  ['Preparatory School', 'Independent schools', 'Other independent school', 6],
  ['Education Support Centre', 'Academies', 'Academy alternative provision converter', 3],
  ['Sixth Form College', 'Colleges', 'Further education', 2]
] as const

/** The directory: as many schools as told, over all ten districts, each written down by hand at that moment. */
export function someSchools(count: number, chance: Chance, districts: Districts, actor: Actor): SchoolRow[] {
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const district = districtCodes[index % districtCodes.length]!
    const { street, town, postcode } = somewhere(chance, district)
    const kind = chance.weighted(kinds.map((each) => [each, each[3]] as const))
    const name = freeName(chance, taken, town, kind[0])
    const known = {
      name,
      typeGroup: kind[1],
      typeName: kind[2],
      address: street,
      town,
      postcode,
      district,
      phone: `01632 960${String(index % 1_000).padStart(3, '0')}`,
      leadName: personName(chance),
      importId: '',
      urn: '',
      status: chance.yes(0.02) ? ('closed' as const) : ('open' as const),
      toCheck: chance.yes(0.02)
    }
    const id = chance.id(Date.parse(actor.now) + index)
    return versionRow(id, { ...known, schoolId: id }, districts, actor)
  })
}

function freeName(chance: Chance, taken: Set<string>, town: string, kind: string): string {
  const own = chance.yes(0.3)
    ? `St ${chance.pick(saints)}’s ${chance.yes(0.5) ? 'Church of England ' : 'Catholic '}`
    : `${chance.pick(firsts)}${chance.pick(lasts)} `
  const name = `${own}${kind}`
  const known = `${name} ${town}`
  if (taken.has(known)) return freeName(chance, taken, town, kind)
  taken.add(known)
  return name
}
