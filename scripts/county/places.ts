import type { Chance } from './chance.ts'

/** Towns of the ten districts, by ONS code, each with the postcode districts that its addresses end in. */
const towns: Record<string, readonly (readonly [town: string, outward: string])[]> = {
  E07000095: [
    ['Cheshunt', 'EN8'],
    ['Hoddesdon', 'EN11'],
    ['Broxbourne', 'EN10'],
    ['Waltham Cross', 'EN8']
  ],
  E07000242: [
    ['Hertford', 'SG13'],
    ['Ware', 'SG12'],
    ['Bishop’s Stortford', 'CM23'],
    ['Sawbridgeworth', 'CM21'],
    ['Buntingford', 'SG9']
  ],
  E07000103: [
    ['Watford', 'WD17'],
    ['Watford', 'WD24']
  ],
  E07000102: [
    ['Rickmansworth', 'WD3'],
    ['Abbots Langley', 'WD5'],
    ['South Oxhey', 'WD19']
  ],
  E07000243: [
    ['Stevenage', 'SG1'],
    ['Stevenage', 'SG2']
  ],
  E07000099: [
    ['Hitchin', 'SG5'],
    ['Letchworth Garden City', 'SG6'],
    ['Baldock', 'SG7'],
    ['Royston', 'SG8']
  ],
  E07000241: [
    ['Hatfield', 'AL10'],
    ['Welwyn Garden City', 'AL7'],
    ['Welwyn', 'AL6']
  ],
  E07000098: [
    ['Borehamwood', 'WD6'],
    ['Potters Bar', 'EN6'],
    ['Bushey', 'WD23'],
    ['Radlett', 'WD7']
  ],
  E07000096: [
    ['Hemel Hempstead', 'HP1'],
    ['Hemel Hempstead', 'HP2'],
    ['Berkhamsted', 'HP4'],
    ['Tring', 'HP23']
  ],
  E07000240: [
    ['St Albans', 'AL1'],
    ['Harpenden', 'AL5'],
    ['London Colney', 'AL2']
  ]
}

export const districtCodes = Object.keys(towns)

const streets =
  'Mill Lane,Church Street,High Street,Station Road,The Ridgeway,Orchard Close,Meadow Way,Oak Avenue,Green Lane,Park Road,Queens Road,Chestnut Drive,Valley Rise,Priory Court,Longfield,Beech Crescent,Windmill Hill,Bridge Street,Almond Walk,Hazel Grove,Swallow Gardens,Kestrel Way,Tudor Road,Castle Mead,Cross Lane,Hillside,Firs Close,Brook Street,Old London Road,Warren Way'.split(
    ','
  )

const letters = 'ABDEFGHJLNPQRSTUWXYZ'.split('')

export interface Place {
  street: string
  town: string
  postcode: string
}

/** Somewhere in a district: the street and the number are invented, the end of the postcode is chance. */
export function somewhere(chance: Chance, district: string): Place {
  const [town, outward] = chance.pick(towns[district] ?? Object.values(towns).flat())
  const letter = () => chance.pick(letters)
  return {
    street: `${String(chance.between(1, 180))} ${chance.pick(streets)}`,
    town,
    postcode: `${outward} ${String(chance.below(10))}${letter()}${letter()}`
  }
}
